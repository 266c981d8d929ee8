"""Where a program hands secrets to AWS: variables by name, lists of names and values, and whole documents."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baseline.estate.facts.secret_inputs import DOCUMENTS, DOCUMENTS_OF, MAPPINGS, PAIRS, SECRET_INPUTS
from baseline.estate.facts.secrets import names_a_secret
from baseline.graph import SECRET, UNKNOWN
from baseline.rule import resource
from tests.baseline.estate.aws.judging import nested, outcomes, passed
from tests.baseline.estate.aws.sdk import inputs, marked

RULE = "secret_in_plain_input"
TOLD = [(type_, path) for type_, paths in MAPPINGS.items() for path in paths]
LISTED = [(type_, *pair) for type_, pairs in PAIRS.items() for pair in pairs]
WRITTEN = [("aws:ecs/taskDefinition:TaskDefinition", "containerDefinitions")]
WRITTEN += [(type_, path) for type_, paths in DOCUMENTS_OF.items() for path in paths]


def test_every_path_is_an_input_of_its_type() -> None:
    """A misspelt path would see nothing."""
    named = [(type_, path) for type_, paths in SECRET_INPUTS.items() for path in paths]
    named += [*TOLD, *WRITTEN]
    named += [(type_, f"{path}.{part}") for type_, path, key, value in LISTED for part in (key, value)]
    assert [f"{type_} {path}" for type_, path in named if path not in inputs()[type_]] == []


@pytest.mark.parametrize(("type_", "path"), TOLD)
def test_a_variable_says_by_its_name_that_it_is_a_secret(type_: str, path: str) -> None:
    """In plain text it is found, marked as a secret it passes, and a mapping that nobody knows is unknown."""
    plain = resource(type_, "it", **nested(path, {"DB_PASSWORD": "correct-horse"}))
    assert outcomes(RULE, plain) == {("fail", "it", f"{path}.DB_PASSWORD")}
    assert passed(RULE, resource(type_, "it", **nested(path, {"DB_PASSWORD": SECRET}))) == {"it"}
    assert not outcomes(RULE, resource(type_, "it", **nested(path, {"STAGE": "correct-horse"})))
    assert outcomes(RULE, resource(type_, "it", **nested(path, UNKNOWN))) == {("unknown", "it", path)}


@pytest.mark.parametrize(("type_", "path", "key", "value"), LISTED)
def test_a_listed_variable_says_so_too(type_: str, path: str, key: str, value: str) -> None:
    """Name and value stand side by side; a name that nobody knows may be that of a secret."""

    def it(name: Any, said: Any) -> Any:
        return resource(type_, "it", **nested(path, [{key: name, value: said}]))

    at = f"{path}.0.{value}"
    assert outcomes(RULE, it("API_TOKEN", "correct-horse")) == {("fail", "it", at)}
    assert passed(RULE, it("API_TOKEN", SECRET)) == {"it"}
    assert outcomes(RULE, it("API_TOKEN", UNKNOWN)) == {("unknown", "it", at)}
    assert not outcomes(RULE, it("STAGE", "correct-horse"))
    assert outcomes(RULE, it(UNKNOWN, "correct-horse")) == {("unknown", "it", at)}
    assert outcomes(RULE, resource(type_, "it", **nested(path, UNKNOWN))) == {("unknown", "it", path)}


@pytest.mark.parametrize(("type_", "path"), TOLD)
def test_a_variable_of_any_name_holds_a_secret_by_its_looks(type_: str, path: str) -> None:
    """By a mark of its own, or as one setting among several."""
    for value in (f"sk_live_{'a' * 24}", "Server=db;Password=correct-horse", "amqps://shop:correct-horse@queue"):
        assert outcomes(RULE, resource(type_, "it", **nested(path, {"STRIPE": value}))) == {
            ("fail", "it", f"{path}.STRIPE")
        }


@pytest.mark.parametrize(("type_", "path"), [(type_, path) for type_, paths in SECRET_INPUTS.items() for path in paths])
def test_an_input_that_is_there_for_a_secret_holds_one(type_: str, path: str) -> None:
    """Whatever its name says."""
    assert outcomes(RULE, resource(type_, "it", **nested(path, "correct-horse"))) == {("fail", "it", path)}
    assert passed(RULE, resource(type_, "it", **nested(path, SECRET))) == {"it"}


def test_the_key_of_an_endpoint_is_a_secret() -> None:
    """The SDK marks nothing inside a block."""
    stream = resource(
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
        "it",
        httpEndpointConfiguration={"url": "https://logs.example", "accessKey": "correct-horse"},
    )
    assert outcomes(RULE, stream) == {("fail", "it", "httpEndpointConfiguration.accessKey")}


def test_what_the_sdk_marks_is_known() -> None:
    """Each input that pulumi-aws calls a secret is read as one; a new one fails until somebody says what it is."""
    read = {(type_, path) for type_, paths in (*SECRET_INPUTS.items(), *MAPPINGS.items()) for path in paths}
    unread = {
        (type_, name)
        for type_, names in marked().items()
        for name in names
        if not names_a_secret(name) and name not in DOCUMENTS and (type_, name) not in read
    }
    assert unread == {(type_, name) for type_, names in NO_SECRETS.items() for name in names.split()}


NO_SECRETS = {
    "aws:cloudcontrol/resource:Resource": "schema",
    "aws:directoryservice/sharedDirectory:SharedDirectory": "notes",
    "aws:dms/certificate:Certificate": "certificatePem",
    "aws:iot/authorizer:Authorizer": "tokenSigningPublicKeys",
    "aws:iot/caCertificate:CaCertificate": "caCertificatePem verificationCertificatePem",
    "aws:iot/certificate:Certificate": "caPem certificatePem",
    "aws:pinpoint/admChannel:AdmChannel": "clientId",
    **{
        f"aws:pinpoint/{kind[0].lower()}{kind[1:]}Channel:{kind}Channel": "bundleId certificate teamId tokenKeyId"
        for kind in ("Apns", "ApnsSandbox", "ApnsVoip", "ApnsVoipSandbox")
    },
    "aws:redshiftserverless/namespace:Namespace": "adminUsername",
    "aws:s3/objectCopy:ObjectCopy": "kmsEncryptionContext kmsKeyId",
    "aws:sns/platformApplication:PlatformApplication": "platformPrincipal",
    "aws:ssm/parameter:Parameter": "value valueWo",
    "aws:transfer/certificate:Certificate": "certificate certificateChain",
    "aws:transfer/server:Server": "postAuthenticationLoginBanner preAuthenticationLoginBanner",
}
"""What the SDK marks and is public by its nature, a name, or (a parameter's value) a secret by the type beside it."""


def test_a_variable_of_a_build_may_only_say_where_its_value_is_kept() -> None:
    """Its type says so; without one it is plain."""
    kind, path = "aws:codebuild/project:Project", "environment.environmentVariables"

    def build(**more: Any) -> Any:
        return resource(kind, "it", **nested(path, [{"name": "DB_PASSWORD", "value": "/shop/password", **more}]))

    assert not outcomes(RULE, build(type="PARAMETER_STORE"))
    assert outcomes(RULE, build(type="PLAINTEXT")) == {("fail", "it", f"{path}.0.value")}
    assert outcomes(RULE, build(type=UNKNOWN)) == {("unknown", "it", f"{path}.0.value")}


@pytest.mark.parametrize(("type_", "path"), WRITTEN)
@pytest.mark.parametrize(
    "document",
    [
        json.dumps({"environment": [{"name": "DB_PASSWORD", "value": "correct-horse"}]}),
        json.dumps({"environment": [{"value": "correct-horse", "name": "DB_PASSWORD"}]}, indent=1),
        json.dumps({"dbPassword": "correct-horse"}),
        "sasl.password=correct-horse",
    ],
)
def test_a_document_holds_a_secret(type_: str, path: str, document: str) -> None:
    """As the value of a name, in either order, or behind a key."""
    assert outcomes(RULE, resource(type_, "it", **nested(path, document))) == {("fail", "it", path)}


@pytest.mark.parametrize(("type_", "path"), WRITTEN)
def test_a_document_without_one_passes(type_: str, path: str) -> None:
    """So does one that says where its secrets are kept; what only deployment knows is unknown."""
    kept = {
        "environment": [{"name": "STAGE", "value": "correct-horse"}],
        "secrets": [{"name": "DB_PASSWORD", "valueFrom": "arn:aws:ssm:eu-central-1:123456789012:parameter/x"}],
    }
    assert passed(RULE, resource(type_, "it", **nested(path, json.dumps(kept)))) == {"it"}
    assert outcomes(RULE, resource(type_, "it", **nested(path, UNKNOWN))) == {("unknown", "it", path)}
