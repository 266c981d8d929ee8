"""Logs of AWS: who writes them to which bucket, what keeps them itself, and the groups that nobody declared."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate.aws.log_buckets import RECORDERS, WRITERS
from baseline.estate.aws.log_makers import EXPORTERS
from baseline.estate.aws.told_logs import STREAM, TOLD
from baseline.graph import UNKNOWN, Resource
from baseline.rule import ref, resource
from tests.baseline.estate.aws.judging import findings, nested, outcomes, passed
from tests.baseline.estate.aws.sdk import inputs

FOR_EVER, ABROAD = "log_without_retention", "log_outside_countries"
FLOWS = "aws:ec2/flowLog:FlowLog"
BUCKET = resource("aws:s3/bucket:Bucket", "logs", bucket="logs-1", region="us-east-1")


def writer(type_: str, path: str, value: Any) -> Any:
    """A resource that writes its logs to a bucket."""
    switches: dict[str, Any] = {"logDestinationType": "s3"} if type_ == FLOWS else {}
    block, _, last = path.rpartition(".")
    if last == "bucket" and block in ("accessLogs", "connectionLogs"):
        switches = {block: {"bucket": value, "enabled": True}}
        return resource(type_, "it", **switches)
    return resource(type_, "it", **nested(path, value), **switches)


@pytest.mark.parametrize(("type_", "path"), [*WRITERS, *RECORDERS])
def test_a_bucket_that_something_writes_logs_to_is_judged_as_a_log(type_: str, path: str) -> None:
    """By reference or by name; a bucket that is not seen is unknown."""
    for value in (ref(BUCKET), "logs-1"):
        found = outcomes(ABROAD, BUCKET, writer(type_, path, value))
        assert {(outcome, name) for outcome, name, _ in found} == {("fail", "logs")}
    assert {found[:2] for found in outcomes(ABROAD, writer(type_, path, "else"))} == {("unknown", "it")}
    assert {found[0] for found in outcomes(ABROAD, writer(type_, path, UNKNOWN))} == {"unknown"}


def test_logs_that_go_to_a_group_are_judged_there() -> None:
    """Neither a reference to a log group nor the ARN of a stream is a bucket that nobody sees."""
    kind = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
    group = resource("aws:cloudwatch/logGroup:LogGroup", "group", name="aws-waf-logs-1", retentionInDays=90)
    arn = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/aws-waf-logs-2"
    assert outcomes(ABROAD, group, resource(kind, "it", logDestinationConfigs=[ref(group)])) == set()
    assert outcomes(ABROAD, resource(kind, "it", logDestinationConfigs=[arn])) == set()
    bucket = "arn:aws:s3:::aws-waf-logs-3"
    assert {found[0] for found in outcomes(ABROAD, resource(kind, "it", logDestinationConfigs=[bucket]))} == {"unknown"}


def test_a_store_of_events_is_kept_for_its_own_days() -> None:
    """Seven years where it does not say, which is more than anybody declared."""
    kind = "aws:cloudtrail/eventDataStore:EventDataStore"
    (long,) = findings("log_kept_too_long", resource(kind, "it"))
    assert "2555" in long.message
    assert outcomes("log_kept_too_long", resource(kind, "it", retentionPeriod=UNKNOWN)) == {
        ("unknown", "it", "retentionPeriod")
    }
    (short,) = findings("log_kept_too_short", resource(kind, "it", retentionPeriod=7))
    assert "7" in short.message


@pytest.mark.parametrize(("type_", "folder", "name", "kinds"), EXPORTERS)
def test_a_group_that_nobody_declared_is_kept_for_ever(type_: str, folder: str, name: str, kinds: str) -> None:
    """A service makes the group that it writes to, unless one of its name is there."""
    end = "cluster" if folder == "/aws/eks/" else "audit"
    group = resource("aws:cloudwatch/logGroup:LogGroup", "group", name=f"{folder}one/{end}", retentionInDays=90)
    named: dict[str, Any] = {name: "one"}
    owner = resource(type_, "it", **named, **nested(kinds, ["audit"]))
    assert outcomes(FOR_EVER, owner) == {("fail", "it", f"{kinds}.0")}
    assert "group" in passed(FOR_EVER, group, owner)
    assert outcomes(FOR_EVER, group, owner) == set()
    assert outcomes(FOR_EVER, resource(type_, "it", **named)) == set()


def test_builds_write_to_a_group_unless_they_are_told_not_to() -> None:
    """The group of a project is made by the first build."""
    kind = "aws:codebuild/project:Project"
    off: dict[str, Any] = {"logsConfig": {"cloudwatchLogs": {"status": "DISABLED"}}}
    assert outcomes(FOR_EVER, resource(kind, "it", name="one")) == {("fail", "it", "")}
    assert outcomes(FOR_EVER, resource(kind, "it", name="one", **off)) == set()
    group = resource("aws:cloudwatch/logGroup:LogGroup", "group", name="/aws/codebuild/one", retentionInDays=90)
    assert outcomes(FOR_EVER, group, resource(kind, "it", name="one")) == set()


@pytest.mark.parametrize(("type_", "path"), [(type_, path) for type_, paths in TOLD.items() for path in paths])
def test_a_group_that_somebody_is_told_to_write_to(type_: str, path: str) -> None:
    """One of this program is judged by itself; of any other nobody knows its days, and an ARN says where it is."""
    assert path in inputs()[type_]

    def told_at(rule: str, *resources: Resource) -> set[str]:
        return {outcome for outcome, _, at in outcomes(rule, *resources) if at == path}

    group = resource("aws:cloudwatch/logGroup:LogGroup", "group", name="/shop/web", retentionInDays=30)
    arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/shop/web"
    for told in (ref(group), "/shop/web", arn, f"{arn}:*"):
        assert not told_at(FOR_EVER, group, resource(type_, "it", **nested(path, told)))
    stream = resource(STREAM, "stream", name="web")
    to_stream = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/web"
    assert not told_at(FOR_EVER, stream, resource(type_, "it", **nested(path, to_stream)))
    unseen = resource(type_, "it", **nested(path, f"{arn}-else"))
    assert told_at(FOR_EVER, group, unseen) == {"unknown"}
    abroad = resource(type_, "it", **nested(path, arn.replace("eu-central-1", "us-east-1")))
    assert told_at(ABROAD, group, abroad) == {"fail"}
    assert told_at(ABROAD, resource(type_, "it", **nested(path, UNKNOWN))) == {"unknown"}
    assert not told_at(FOR_EVER, resource(type_, "it"))


def test_an_endpoint_of_a_model_makes_a_group() -> None:
    """By its name."""
    endpoint = resource("aws:sagemaker/endpoint:Endpoint", "it", name="ranks")
    assert outcomes(FOR_EVER, endpoint) == {("fail", "it", "")}
    group = resource("aws:cloudwatch/logGroup:LogGroup", "group", retentionInDays=30)
    there = group.type, "group"
    assert not outcomes(FOR_EVER, resource(*there, name="/aws/sagemaker/Endpoints/ranks", retentionInDays=30), endpoint)


def test_builds_of_images_make_a_group_each() -> None:
    """By the name of the recipe, and of the pipeline; one that they are told to write to stands in its place."""
    recipe = resource("aws:imagebuilder/imageRecipe:ImageRecipe", "recipe", name="web")
    image = resource("aws:imagebuilder/image:Image", "it", imageRecipeArn=ref(recipe))
    kind = "aws:cloudwatch/logGroup:LogGroup"
    of_recipe = resource(kind, "of-recipe", name="/aws/imagebuilder/web", retentionInDays=30)
    of_pipeline = resource(kind, "of-pipeline", name="/aws/imagebuilder/pipeline/nightly", retentionInDays=30)
    assert outcomes(FOR_EVER, recipe, image) == {("fail", "it", "")}
    assert not outcomes(FOR_EVER, recipe, of_recipe, image)
    unseen = resource(image.type, "it", imageRecipeArn="arn:aws:imagebuilder:eu-central-1:1:image-recipe/web/1.0.0")
    assert outcomes(FOR_EVER, of_recipe, unseen) == {("unknown", "it", "")}
    pipeline = resource(
        "aws:imagebuilder/imagePipeline:ImagePipeline", "it", name="nightly", imageRecipeArn=ref(recipe)
    )
    assert outcomes(FOR_EVER, recipe, pipeline) == {("fail", "it", ""), ("fail", "it", "name")}
    assert not outcomes(FOR_EVER, recipe, of_recipe, of_pipeline, pipeline)
    told: dict[str, Any] = {
        "loggingConfiguration": {"imageLogGroupName": ref(of_recipe), "pipelineLogGroupName": ref(of_pipeline)}
    }
    assert not outcomes(FOR_EVER, recipe, of_recipe, of_pipeline, resource(pipeline.type, "it", name="x", **told))
