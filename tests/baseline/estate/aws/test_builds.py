"""What builds: who starts it, what it leaves behind, and the disks that images and fleets bring."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.graph import UNKNOWN, Resource
from baseline.rule import ref, resource
from tests.baseline.estate.aws.judging import nested, outcomes, passed

ANYONE, PLAIN, OWN_KEY = "public_resource_policy", "store_without_encryption", "store_under_no_customer_key"
KEY = resource("aws:kms/key:Key", "key", enableKeyRotation=True)


def webhook(*groups: Any, **more: Any) -> Resource:
    """A webhook whose groups of filters are (type, pattern, excluded)."""
    listed = [
        {"filters": [dict(zip(("type", "pattern", "excludeMatchedPattern"), item, strict=False)) for item in group]}
        for group in groups
    ]
    return resource("aws:codebuild/webhook:Webhook", "it", projectName="shop", filterGroups=listed, **more)


PUSH, ASKED = ("EVENT", "PUSH"), ("EVENT", "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED")
APPROVED: dict[str, Any] = {"pullRequestBuildPolicy": {"requiresCommentApproval": "ALL_PULL_REQUESTS"}}
UNAPPROVED: dict[str, Any] = {"pullRequestBuildPolicy": {"requiresCommentApproval": "DISABLED"}}


@pytest.mark.parametrize(
    "narrow",
    [
        webhook([PUSH]),
        webhook([("EVENT", "push,RELEASED"), ("HEAD_REF", "refs/heads/main")]),
        webhook([ASKED, ("ACTOR_ACCOUNT_ID", "^123$")]),
        webhook([ASKED, ("ACTOR_ACCOUNT_ID", "^(123|456)$")]),
        webhook([PUSH], [ASKED], **APPROVED),
        webhook([ASKED], pullRequestBuildPolicy={"requiresCommentApproval": "FORK_PULL_REQUESTS"}),
    ],
    ids=["push", "release", "account", "accounts", "approved", "forks"],
)
def test_only_writers_start_a_build(narrow: Resource) -> None:
    """By their push, by name, or by their approval."""
    assert passed(ANYONE, narrow) == {"it"}


@pytest.mark.parametrize(
    "wide",
    [
        webhook(),
        resource("aws:codebuild/webhook:Webhook", "it", branchFilter="main"),
        resource("aws:codebuild/webhook:Webhook", "it", filterGroups=UNKNOWN),
        webhook([ASKED]),
        webhook([ASKED], **UNAPPROVED),
        webhook([PUSH], [ASKED]),
        webhook([("EVENT", "PUSH", True)]),
        webhook([("EVENT", "WORKFLOW_JOB_QUEUED")], **APPROVED),
        webhook([("EVENT", UNKNOWN)]),
        webhook([("HEAD_REF", "refs/heads/main")]),
        webhook([ASKED, ("ACTOR_ACCOUNT_ID", "123")]),
        webhook([ASKED, ("ACTOR_ACCOUNT_ID", "^123|456$")]),
        webhook([ASKED, ("ACTOR_ACCOUNT_ID", "^123$", True)]),
        webhook([ASKED], pullRequestBuildPolicy={"requiresCommentApproval": UNKNOWN}),
    ],
)
def test_everyone_may_start_a_build_where_a_repository_is_public(wide: Resource) -> None:
    """By a pull request, which no login is needed for."""
    assert outcomes(ANYONE, wide) == {("unknown", "it", "filterGroups")}


REPORTS = "aws:codebuild/reportGroup:ReportGroup"


def test_reports_of_tests_go_to_a_bucket() -> None:
    """Where it lies they lie; a key counts for what is exported."""
    at = "exportConfig.s3Destination.bucket"
    bucket = resource("aws:s3/bucket:Bucket", "bucket", bucket="reports", region="us-east-1")
    assert outcomes("copy_outside_countries", bucket, resource(REPORTS, "it", **nested(at, "reports"))) == {
        ("fail", "it", at)
    }
    kept = resource(REPORTS, "it", exportConfig={"type": "NO_EXPORT"})
    assert passed(PLAIN, kept) == {"it"}
    assert not outcomes(OWN_KEY, kept)
    exported: dict[str, Any] = {"type": "S3", "s3Destination": {"bucket": "reports"}}
    assert outcomes(OWN_KEY, resource(REPORTS, "it", exportConfig=exported)) == {("fail", "it", "")}
    keyed = exported | {"s3Destination": {"bucket": "reports", "encryptionKey": ref(KEY)}}
    assert "it" in passed(OWN_KEY, KEY, resource(REPORTS, "it", exportConfig=keyed))


RECIPE = "aws:imagebuilder/imageRecipe:ImageRecipe"


def recipe(**disk: Any) -> Resource:
    """A recipe of one disk."""
    return resource(RECIPE, "recipe", blockDeviceMappings=[{"deviceName": "/dev/xvda", "ebs": disk}])


def test_an_image_is_as_its_recipe_says() -> None:
    """Plain unless it says so, under its key, and so is what is built by it; it holds no data."""
    at = "blockDeviceMappings.0"
    assert outcomes(PLAIN, recipe()) == {("fail", "recipe", at)}
    assert passed(PLAIN, recipe(encrypted=True)) == {"recipe"}
    assert outcomes(PLAIN, recipe(encrypted=UNKNOWN)) == {("unknown", "recipe", at)}
    assert outcomes(PLAIN, resource(RECIPE, "recipe")) == {("fail", "recipe", "blockDeviceMappings")}
    assert not outcomes("store_without_daily_backup", recipe(encrypted=True))
    for kind in ("image:Image", "imagePipeline:ImagePipeline"):
        built = resource(f"aws:imagebuilder/{kind}", "it", imageRecipeArn=ref(recipe()))
        assert passed(PLAIN, recipe(encrypted=True), built) == {"recipe", "it"}
        assert ("fail", "it", "") in outcomes(PLAIN, recipe(), built)
        assert outcomes(PLAIN, resource(f"aws:imagebuilder/{kind}", "it", imageRecipeArn="arn")) == {
            ("unknown", "it", "")
        }
        assert passed(PLAIN, resource(f"aws:imagebuilder/{kind}", "it", containerRecipeArn="arn")) == {"it"}
        keyed = recipe(encrypted=True, kmsKeyId=ref(KEY))
        assert "it" in passed(OWN_KEY, KEY, keyed, built)


FLEET = "aws:ec2/spotFleetRequest:SpotFleetRequest"


def fleet(*specifications: Any) -> Resource:
    """A fleet that says itself what it launches."""
    return resource(FLEET, "fleet", launchSpecifications=list(specifications))


def test_the_disks_of_a_fleet() -> None:
    """A root disk that nobody mentions is as plain as its image; each specification counts."""
    root = "launchSpecifications.0.rootBlockDevices.0"
    shut: dict[str, Any] = {"rootBlockDevices": [{"encrypted": True}]}
    assert outcomes(PLAIN, fleet({"ami": "ami-1"})) == {("fail", "fleet", root)}
    assert passed(PLAIN, fleet(shut)) == {"fleet"}
    second = fleet(shut, shut | {"ebsBlockDevices": [{"encrypted": False}]})
    assert outcomes(PLAIN, second) == {("fail", "fleet", "launchSpecifications.1.ebsBlockDevices.0")}
    assert outcomes(PLAIN, fleet(UNKNOWN)) == {("unknown", "fleet", "launchSpecifications.0")}
    assert outcomes("store_without_daily_backup", fleet(shut)) == {("fail", "fleet", root)}


def test_a_fleet_of_templates_has_their_disks() -> None:
    """They are judged there; of a template that is not seen nobody knows."""
    disks = [{"deviceName": "/dev/xvda", "ebs": {"encrypted": True}}]
    template = resource("aws:ec2/launchTemplate:LaunchTemplate", "pattern", blockDeviceMappings=disks)

    def by(value: Any) -> Resource:
        return resource(FLEET, "fleet", launchTemplateConfigs=[{"launchTemplateSpecification": {"id": value}}])

    assert not outcomes(PLAIN, template, by(ref(template)))
    assert outcomes(PLAIN, by("lt-1")) == {("unknown", "fleet", "launchTemplateConfigs")}


def test_user_data_of_a_fleet_is_read() -> None:
    """Every process of the host can read it."""
    rule, at = "secret_in_plain_input", "launchSpecifications.0.userData"
    assert outcomes(rule, fleet({"userData": "export API_TOKEN=abcdef123456"})) == {("fail", "fleet", at)}
    assert outcomes(rule, fleet({"userData": UNKNOWN})) == {("unknown", "fleet", at)}


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"authentication": "GITHUB_HMAC"}, ""),
        ({"authentication": "UNAUTHENTICATED"}, "fail"),
        ({"authentication": "IP", "authenticationConfiguration": {"allowedIpRange": "203.0.113.0/28"}}, ""),
        ({"authentication": "IP", "authenticationConfiguration": {"allowedIpRange": "0.0.0.0/0"}}, "fail"),
        ({"authentication": "IP"}, "fail"),
        ({"authentication": "IP", "authenticationConfiguration": UNKNOWN}, "unknown"),
        ({"authentication": UNKNOWN}, "unknown"),
        ({}, "fail"),
    ],
)
def test_whoever_knows_the_address_of_a_webhook_starts_its_pipeline(said: dict[str, Any], outcome: str) -> None:
    """Unless it asks for a signature, or for a network that is no half of the internet."""
    hook = resource("aws:codepipeline/webhook:Webhook", "it", targetPipeline="shop", **said)
    assert outcomes(ANYONE, hook) == ({(outcome, "it", "authentication")} if outcome else set())


def test_the_secret_of_a_webhook_is_a_secret() -> None:
    """In plain text everyone who reads the program can sign."""
    at = "authenticationConfiguration.secretToken"
    hook = resource("aws:codepipeline/webhook:Webhook", "it", **nested(at, "correct-horse"))
    assert outcomes("secret_in_plain_input", hook) == {("fail", "it", at)}
