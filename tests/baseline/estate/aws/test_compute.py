"""Machines, jobs and add-ons: disks that AWS makes for them, what jobs say in documents, and who asks a cluster."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baseline.graph import UNKNOWN, Resource
from baseline.rule import ref, resource
from tests.baseline.estate.aws.judging import findings, outcomes, passed

PLAIN, BITS, NEED = "store_without_encryption", "tls_below_256_bits", "public_address_without_need"
FOR_EVER, ABROAD, COPY = "log_without_retention", "log_outside_countries", "copy_outside_countries"
ENVIRONMENT = "aws:batch/computeEnvironment:ComputeEnvironment"
KEY = resource("aws:kms/key:Key", "key", enableKeyRotation=True)
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"


def template(encrypted: Any) -> Resource:
    """A launch template with one disk."""
    mapping = {"deviceName": "/dev/xvda", "ebs": {"encrypted": encrypted}}
    return resource(TEMPLATE, "pattern", blockDeviceMappings=[mapping])


def environment(kind: Any, **more: Any) -> Resource:
    """A compute environment of Batch."""
    return resource(ENVIRONMENT, "jobs", computeResources={"type": kind, **more})


@pytest.mark.parametrize("name", ["launchTemplateId", "launchTemplateName"])
def test_the_disks_of_jobs_are_those_of_their_template(name: str) -> None:
    """Without one they are as plain as the image; Fargate encrypts its own."""
    at = "computeResources"
    for kind in ("EC2", "SPOT"):
        assert outcomes(PLAIN, environment(kind)) == {("fail", "jobs", at)}
        by_template = environment(kind, launchTemplate={name: ref(template(True))})
        assert passed(PLAIN, template(True), by_template) >= {"jobs"}
        assert ("fail", "jobs", at) in outcomes(PLAIN, template(False), by_template)
        assert outcomes(PLAIN, environment(kind, launchTemplate={name: "lt-1"})) == {("unknown", "jobs", at)}
    assert passed(PLAIN, environment("FARGATE")) == {"jobs"}
    assert outcomes(PLAIN, environment(UNKNOWN)) == {("unknown", "jobs", at)}
    assert not passed(PLAIN, resource(ENVIRONMENT, "jobs", type="UNMANAGED"))


def test_the_disks_of_managed_machines_are_for_aws_to_know() -> None:
    """A key that is named encrypts them."""
    tasks, functions = "aws:ecs/capacityProvider:CapacityProvider", "aws:lambda/capacityProvider:CapacityProvider"
    managed = resource(tasks, "it", managedInstancesProvider={"infrastructureRoleArn": "arn"})
    assert outcomes(PLAIN, managed) == {("not_observable", "it", "managedInstancesProvider")}
    scaling = resource(tasks, "it", autoScalingGroupProvider={"autoScalingGroupArn": "arn"})
    assert not outcomes(PLAIN, scaling)
    assert outcomes(PLAIN, resource(functions, "it")) == {("not_observable", "it", "kmsKeyArn")}
    assert passed(PLAIN, KEY, resource(functions, "it", kmsKeyArn=ref(KEY))) >= {"it"}
    assert outcomes(PLAIN, resource(functions, "it", kmsKeyArn=UNKNOWN)) == {("unknown", "it", "kmsKeyArn")}


JOB = "aws:batch/jobDefinition:JobDefinition"


def wrapped(path: str, said: Any) -> Resource:
    """A job of one container that says something, in each way to declare it."""
    shapes: dict[str, Any] = {
        "containerProperties": said,
        "ecsProperties": {"taskProperties": [{**said, "containers": [said]}]},
        "nodeProperties": {"nodeRangeProperties": [{"targetNodes": "0:", "container": said}]},
        "nodes of tasks": {
            "nodeRangeProperties": [{"ecsProperties": {"taskProperties": [{**said, "Containers": [said]}]}}]
        },
    }
    said_in: dict[str, Any] = {ELSEWHERE.get(path, path): json.dumps(shapes[path])}
    return resource(JOB, "job", **said_in)


WAYS = ["containerProperties", "ecsProperties", "nodeProperties", "nodes of tasks"]
ELSEWHERE = {"nodes of tasks": "nodeProperties"}


@pytest.mark.parametrize("way", WAYS)
def test_a_job_may_be_given_an_address(way: str) -> None:
    """Whether its network has another way out its queue decides."""
    at = ELSEWHERE.get(way, way)
    given = {"networkConfiguration": {"assignPublicIp": "ENABLED"}}
    assert outcomes(NEED, wrapped(way, given)) == {("unknown", "job", at)}
    assert not outcomes(NEED, wrapped(way, {"networkConfiguration": {"assignPublicIp": "DISABLED"}}))


@pytest.mark.parametrize("way", WAYS)
def test_a_job_mounts_files_plainly_unless_it_is_said(way: str) -> None:
    """As a task does."""
    at = ELSEWHERE.get(way, way)

    def mounted(**more: Any) -> Resource:
        return wrapped(way, {"volumes": [{"name": "f", "efsVolumeConfiguration": {"fileSystemId": "fs-1", **more}}]})

    assert outcomes(BITS, mounted()) == {("fail", "job", at)}
    assert outcomes(BITS, mounted(transitEncryption="ENABLED")) == {("not_observable", "job", at)}
    assert not outcomes(BITS, wrapped(way, {"volumes": [{"name": "f", "host": {"sourcePath": "/f"}}]}))


def group(name: str, **more: Any) -> Resource:
    """A declared log group."""
    return resource("aws:cloudwatch/logGroup:LogGroup", "group", name=name, retentionInDays=30, **more)


def logging(driver: str, **options: str) -> dict[str, Any]:
    """Where a container logs."""
    return {"logConfiguration": {"logDriver": driver, "options": options}}


@pytest.mark.parametrize("way", WAYS)
def test_a_job_logs_to_a_group_of_batchs_making(way: str) -> None:
    """It is kept for ever unless it is declared, or the container is told to log elsewhere."""
    at = ELSEWHERE.get(way, way)
    for said in ({}, logging("awslogs")):
        assert outcomes(FOR_EVER, wrapped(way, said)) == {("fail", "job", at)}
        assert not outcomes(FOR_EVER, group("/aws/batch/job"), wrapped(way, said))
    told = wrapped(way, logging("awslogs", **{"awslogs-group": "/shop/jobs"}))
    assert outcomes(FOR_EVER, told) == {("unknown", "job", at)}
    assert not outcomes(FOR_EVER, group("/shop/jobs"), told)
    abroad = wrapped(way, logging("awslogs", **{"awslogs-group": "/shop/jobs", "awslogs-region": "us-east-1"}))
    assert outcomes(ABROAD, group("/shop/jobs"), abroad) == {("fail", "job", at)}
    assert outcomes(ABROAD, wrapped(way, logging("splunk"))) == {("unknown", "job", at)}
    strange: dict[str, Any] = {"logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": ["x"]}}}
    assert outcomes(FOR_EVER, wrapped(way, strange)) == {("unknown", "job", at)}


@pytest.mark.parametrize("path", WAYS[:3])
@pytest.mark.parametrize("strange", [UNKNOWN, "no JSON", "[1]", "7"])
def test_a_document_that_nobody_can_read_is_unknown(path: str, strange: Any) -> None:
    """It may say anything."""
    job = resource(JOB, "job", **{path: strange})
    for rule in (NEED, FOR_EVER):
        assert {found[0] for found in outcomes(rule, job)} == {"unknown"}


ADDON = "aws:eks/addon:Addon"


def test_an_add_on_of_awss_own_sends_nothing_away() -> None:
    """Of any other nobody knows what it sends."""
    assert not outcomes(COPY, resource(ADDON, "it", addonName="vpc-cni"))
    (found,) = findings(COPY, resource(ADDON, "it", addonName="datadog_operator"))
    assert (found.outcome, "datadog_operator" in found.message or "add-on" in found.message) == ("unknown", True)
    assert outcomes(COPY, resource(ADDON, "it", addonName=UNKNOWN)) == {("unknown", "it", "addonName")}


@pytest.mark.parametrize("rule", [PLAIN, "store_without_daily_backup", "store_under_no_customer_key"])
def test_a_driver_makes_volumes_that_no_resource_shows(rule: str) -> None:
    """Kubernetes asks for them."""
    assert outcomes(rule, resource(ADDON, "it", addonName="aws-ebs-csi-driver")) == {("unknown", "it", "addonName")}
    assert not outcomes(rule, resource(ADDON, "it", addonName="aws-efs-csi-driver"))


def test_the_observer_of_a_cluster_makes_four_groups() -> None:
    """Each has to be declared; its configuration may switch some off."""
    name = "amazon-cloudwatch-observability"
    addon = resource(ADDON, "it", addonName=name, clusterName="shop")
    assert outcomes(FOR_EVER, addon) == {("fail", "it", "addonName")}
    groups = [
        resource(
            "aws:cloudwatch/logGroup:LogGroup", kind, name=f"/aws/containerinsights/shop/{kind}", retentionInDays=30
        )
        for kind in ("application", "dataplane", "host", "performance")
    ]
    for left_out in groups:
        declared = [item for item in groups if item is not left_out]
        assert outcomes(FOR_EVER, *declared, addon) == {("fail", "it", "addonName")}
    assert not findings(FOR_EVER, *groups, addon)
    configured = resource(ADDON, "it", addonName=name, clusterName="shop", configurationValues="{}")
    assert {found.outcome for found in findings(FOR_EVER, configured)} == {"unknown"}


LOGIN = "aws:eks/identityProviderConfig:IdentityProviderConfig"


@pytest.mark.parametrize(
    ("oidc", "expected"),
    [
        ({"issuerUrl": "https://login.shop.example"}, set()),
        ({"issuerUrl": "https://gitlab.com", "clientId": "k8s"}, {"fail"}),
        ({"issuerUrl": "https://gitlab.com", "requiredClaims": {"sub": "project_path:shop/infra"}}, set()),
        ({"issuerUrl": "https://gitlab.com", "requiredClaims": {"sub": UNKNOWN}}, {"unknown"}),
        ({"issuerUrl": "https://accounts.google.com", "clientId": "k8s"}, set()),
        ({"issuerUrl": UNKNOWN}, {"unknown"}),
        (UNKNOWN, {"unknown"}),
    ],
)
def test_a_login_that_is_open_to_everyone_lets_everyone_ask_a_cluster(oidc: Any, expected: set[str]) -> None:
    """Unless a claim says whose token it has to be."""
    found = outcomes("public_resource_policy", resource(LOGIN, "it", oidc=oidc))
    assert {outcome for outcome, _, _ in found} == expected
