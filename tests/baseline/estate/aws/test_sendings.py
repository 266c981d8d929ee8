"""Where services of AWS send what they hold."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate.aws.sendings import SENDINGS
from baseline.graph import UNKNOWN
from baseline.rule import ref, resource
from tests.baseline.estate.aws.judging import findings, nested, outcomes, passed
from tests.baseline.estate.aws.sdk import inputs

RULE = "copy_outside_countries"
CASES = [(type_, sending) for type_, sendings in SENDINGS.items() for sending in sendings]


@pytest.mark.parametrize(("type_", "sending"), CASES)
def test_what_only_deployment_knows_is_no_answer(type_: str, sending: Any) -> None:
    """Each names an input of its type, and a place that nobody knows is unknown, but for what stays in its region."""
    assert sending.path in inputs()[type_]
    here = sending.find.__name__ == "_here"
    abroad: dict[str, Any] = {"region": "us-east-1"} if here else {}
    sent = resource(type_, "it", **nested(sending.path, UNKNOWN), **abroad)
    assert {found[0] for found in outcomes(RULE, sent)} == {"fail" if here else "unknown"}
    assert outcomes(RULE, resource(type_, "it")) == set()


@pytest.mark.parametrize(("type_", "sending"), [case for case in CASES if case[1].find.__name__ == "_by_region"])
def test_a_region_abroad_is_found(type_: str, sending: Any) -> None:
    """Every input that names a region."""
    (found,) = findings(RULE, resource(type_, "it", **nested(sending.path, "us-east-1")))
    assert found.message.startswith(f"{sending.what}: it goes to us-east-1 (US); ")
    assert passed(RULE, resource(type_, "it", **nested(sending.path, "eu-central-1"))) >= {"it"}


@pytest.mark.parametrize(("type_", "sending"), [case for case in CASES if case[1].find.__name__ == "_by_arn"])
def test_an_arn_abroad_is_found(type_: str, sending: Any) -> None:
    """Every input that names a thing by its ARN, or by a reference to it."""
    abroad = "arn:aws:kinesis:us-east-1:123456789012:stream/all"
    (found,) = findings(RULE, resource(type_, "it", **nested(sending.path, abroad)))
    assert (found.outcome, found.message.split(":")[0]) == ("fail", sending.what)
    stream = resource("aws:kinesis/stream:Stream", "there", region="us-east-1")
    assert {item[0] for item in outcomes(RULE, stream, resource(type_, "it", **nested(sending.path, ref(stream))))} == {
        "fail"
    }


@pytest.mark.parametrize(("type_", "sending"), [case for case in CASES if case[1].find.__name__ == "_by_bucket"])
def test_a_bucket_abroad_is_found(type_: str, sending: Any) -> None:
    """By reference, name, ARN or address; of a bucket that is not seen nobody knows where it is."""
    bucket = resource("aws:s3/bucket:Bucket", "there", bucket="there-1", region="us-east-1")
    for value in (ref(bucket), "there-1", "arn:aws:s3:::there-1", "s3://there-1/folder"):
        sent = resource(type_, "it", **nested(sending.path, value))
        assert {found[0] for found in outcomes(RULE, bucket, sent)} == {"fail"}
    assert {found[0] for found in outcomes(RULE, resource(type_, "it", **nested(sending.path, "else")))} == {"unknown"}


def test_an_address_says_nothing_of_its_place() -> None:
    """What leaves AWS may go anywhere, also where the address is known."""
    sent = resource(
        "aws:cloudwatch/eventApiDestination:EventApiDestination", "it", invocationEndpoint="https://api.example/events"
    )
    (found,) = findings(RULE, sent)
    assert (found.outcome, "addresses say nothing of places" in found.message) == ("unknown", True)


def test_files_go_where_their_location_is() -> None:
    """A bucket's location is in its region, a server's anywhere."""
    task = "aws:datasync/task:Task"
    bucket = resource("aws:datasync/s3Location:S3Location", "bucket", region="us-east-1")
    server = resource("aws:datasync/nfsLocation:NfsLocation", "server", serverHostname="files.example")
    at = "destinationLocationArn"
    assert outcomes(RULE, bucket, resource(task, "it", destinationLocationArn=ref(bucket))) == {("fail", "it", at)}
    assert outcomes(RULE, server, resource(task, "it", destinationLocationArn=ref(server))) == {("unknown", "it", at)}


def test_a_migration_goes_where_its_database_is() -> None:
    """The database behind the endpoint, where it is one of this program."""
    database = resource("aws:rds/instance:Instance", "there", region="us-east-1")
    endpoint = resource("aws:dms/endpoint:Endpoint", "endpoint", serverName=ref(database))
    strange = resource("aws:dms/endpoint:Endpoint", "strange", serverName="db.example")
    kind, at = "aws:dms/replicationTask:ReplicationTask", "targetEndpointArn"
    task = resource(kind, "it", targetEndpointArn=ref(endpoint))
    assert outcomes(RULE, database, endpoint, task) == {("fail", "it", at)}
    assert outcomes(RULE, strange, resource(kind, "it", targetEndpointArn=ref(strange))) == {("unknown", "it", at)}
