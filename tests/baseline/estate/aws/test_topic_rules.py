"""Rules of IoT: where they send what things say, and what of it lies open."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.graph import UNKNOWN, Resource
from baseline.rule import ref, resource
from tests.baseline.estate.aws.judging import nested, outcomes, passed
from tests.baseline.estate.aws.sdk import inputs

COPY, OPEN = "copy_outside_countries", "storage_reachable_from_outside"
RULE = "aws:iot/topicRule:TopicRule"
_STAY = ("cloudwatchAlarm", "cloudwatchMetric", "republish")


def sent(path: str, value: Any, **more: Any) -> Resource:
    """A rule that sends messages somewhere."""
    return resource(RULE, "it", **nested(path, value), **more)


def test_every_action_is_read_but_those_that_carry_no_message_away() -> None:
    """Alarms and metrics are numbers, and what is published again stays in IoT."""
    kinds = {path.split(".")[1] for path in inputs()[RULE] if path.startswith("errorAction.")} - set(_STAY)
    for kind in sorted(kinds):
        said = {at for at in inputs()[RULE] if at.startswith(f"errorAction.{kind}.")}
        found = [at for at in said if outcomes(COPY, sent(at, UNKNOWN, region="us-east-1"))]
        assert found, kind


@pytest.mark.parametrize("block", ["", "errorAction."])
def test_what_is_named_without_a_place_lies_beside_its_rule(block: str) -> None:
    """Tables, streams and state machines are called by name in the rule's own region."""
    for path in ("dynamodb.tableName", "kinesis.streamName", "stepFunctions.stateMachineName"):
        kind, _, name = path.partition(".")
        plural = {"dynamodb": "dynamodbs", "kinesis": "kineses"}.get(kind, kind)
        at = f"{block}{kind}.{name}" if block else f"{plural}.{name}"
        assert passed(COPY, sent(at, "orders")) == {"it"}
        assert outcomes(COPY, sent(at, "orders", region="us-east-1")) == {("fail", "it", at)}


@pytest.mark.parametrize("at", ["sqs.queueUrl", "errorAction.sqs.queueUrl", "elasticsearch.endpoint"])
def test_an_address_of_aws_names_its_region(at: str) -> None:
    """Any other address says nothing of places."""
    assert passed(COPY, sent(at, "https://sqs.eu-central-1.amazonaws.com/123456789012/orders")) == {"it"}
    assert outcomes(COPY, sent(at, "https://sqs.us-east-1.amazonaws.com/123456789012/orders")) == {("fail", "it", at)}
    assert outcomes(COPY, sent(at, "https://queue.example/orders")) == {("unknown", "it", at)}
    queue = resource("aws:sqs/queue:Queue", "queue", region="us-east-1")
    assert ("fail", "it", at) in outcomes(COPY, queue, sent(at, ref(queue)))


@pytest.mark.parametrize(
    "at", ["https.url", "errorAction.http.url", "kafkas.destinationArn", "errorAction.kafka.destinationArn"]
)
def test_what_leaves_aws_may_go_anywhere(at: str) -> None:
    """Neither an address nor a broker has a place."""
    assert outcomes(COPY, sent(at, "https://things.example")) == {("unknown", "it", at)}


@pytest.mark.parametrize("block", ["s3", "errorAction.s3"])
def test_a_rule_may_write_objects_for_everyone(block: str) -> None:
    """By the list that it gives each of them."""
    for everyones in ("public-read", "public-read-write", "authenticated-read"):
        assert {found[0] for found in outcomes(OPEN, sent(f"{block}.cannedAcl", everyones))} == {"fail"}
    assert {found[0] for found in outcomes(OPEN, sent(f"{block}.cannedAcl", UNKNOWN))} == {"unknown"}
    assert passed(OPEN, sent(f"{block}.cannedAcl", "private")) == {"it"}
    assert passed(OPEN, sent(f"{block}.bucketName", "b")) == {"it"}
