"""What feeds functions, and where what fails goes."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.graph import UNKNOWN, Resource
from baseline.rule import ref, resource
from tests.baseline.estate.aws.judging import nested, outcomes, passed

COPY, BITS, DOOR = "copy_outside_countries", "tls_below_256_bits", "host_reachable_from_internet"
MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"
INVOKE = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"
ENDS = [
    (MAPPING, "destinationConfig.onFailure.destinationArn"),
    (INVOKE, "destinationConfig.onFailure.destination"),
    (INVOKE, "destinationConfig.onSuccess.destination"),
]


@pytest.mark.parametrize(("type_", "path"), ENDS)
def test_what_failed_goes_where_its_destination_is(type_: str, path: str) -> None:
    """A queue by its ARN, a bucket by that of this program; a topic of a broker may be anywhere."""

    def sent(value: Any) -> Resource:
        return resource(type_, "it", **nested(path, value))

    for service in ("sqs", "sns", "lambda", "events"):
        assert outcomes(COPY, sent(f"arn:aws:{service}:us-east-1:123456789012:x")) == {("fail", "it", path)}
        assert passed(COPY, sent(f"arn:aws:{service}:eu-central-1:123456789012:x")) == {"it"}
    queue = resource("aws:sqs/queue:Queue", "queue", region="us-east-1")
    bucket = resource("aws:s3/bucket:Bucket", "bucket", bucket="failed", region="us-east-1")
    assert ("fail", "it", path) in outcomes(COPY, queue, sent(ref(queue)))
    for value in (ref(bucket), "arn:aws:s3:::failed"):
        assert ("fail", "it", path) in outcomes(COPY, bucket, sent(value))
    assert outcomes(COPY, sent("arn:aws:s3:::else")) == {("unknown", "it", path)}
    assert outcomes(COPY, sent("kafka://failed")) == {("unknown", "it", path)}


def test_brokers_outside_aws_decide_alone_whether_they_speak_tls() -> None:
    """Those of AWS are judged themselves."""
    brokers: dict[str, Any] = {"endpoints": {"KAFKA_BOOTSTRAP_SERVERS": "kafka.example:9096"}}
    found = outcomes(BITS, resource(MAPPING, "it", selfManagedEventSource=brokers))
    assert found == {("not_observable", "it", "selfManagedEventSource")}
    managed = "arn:aws:kafka:eu-central-1:123456789012:cluster/x"
    assert not outcomes(BITS, resource(MAPPING, "it", eventSourceArn=managed))


@pytest.mark.parametrize("kind", ["amazonManaged", "selfManaged"])
@pytest.mark.parametrize(
    ("uri", "expected"), [("http://r.example", "fail"), ("https://r.example", "not_observable"), (UNKNOWN, "unknown")]
)
def test_a_registry_may_answer_plainly(kind: str, uri: Any, expected: str) -> None:
    """Its login travels with each question."""
    path = f"{kind}KafkaEventSourceConfig.schemaRegistryConfig.schemaRegistryUri"
    assert outcomes(BITS, resource(MAPPING, "it", **nested(path, uri))) == {(expected, "it", path)}


def test_pollers_wear_groups() -> None:
    """One of this program is judged by its rules; of another one, or of nobody knows what, nothing is known."""
    group = resource("aws:ec2/securityGroup:SecurityGroup", "group")
    at = "sourceAccessConfigurations.0.uri"

    def polled(kind: Any, uri: Any) -> Resource:
        return resource(MAPPING, "it", sourceAccessConfigurations=[{"type": kind, "uri": uri}])

    assert not outcomes(DOOR, group, polled("VPC_SECURITY_GROUP", ref(group)))
    assert outcomes(DOOR, polled("VPC_SECURITY_GROUP", "security_group:sg-1")) == {("unknown", "it", at)}
    assert outcomes(DOOR, polled(UNKNOWN, "security_group:sg-1")) == {("unknown", "it", at)}
    assert not outcomes(DOOR, polled("BASIC_AUTH", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:x"))
    whole = outcomes(DOOR, resource(MAPPING, "it", sourceAccessConfigurations=UNKNOWN))
    assert {found[0] for found in whole} == {"unknown"}


def test_a_filter_is_kept_under_a_key() -> None:
    """AWS's own where none is named; without a filter there is nothing to keep."""
    rule = "store_under_no_customer_key"
    key = resource("aws:kms/key:Key", "key", enableKeyRotation=True)
    criteria: dict[str, Any] = {"filters": [{"pattern": "{}"}]}
    assert outcomes(rule, resource(MAPPING, "it", filterCriteria=criteria)) == {("fail", "it", "filterCriteria")}
    assert passed(rule, key, resource(MAPPING, "it", filterCriteria=criteria, kmsKeyArn=ref(key))) >= {"it"}
    assert not outcomes(rule, resource(MAPPING, "it"))
