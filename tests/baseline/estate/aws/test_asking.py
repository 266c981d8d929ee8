"""Whom services of AWS ask on behalf of others, what they tell of messages, and who logs in without a password."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.graph import SECRET, UNKNOWN, Resource
from baseline.rule import resource
from tests.baseline.estate.aws.judging import nested, outcomes, passed

BITS, COPY, FOR_EVER = "tls_below_256_bits", "copy_outside_countries", "log_without_retention"
SOURCE, LOGIN = "aws:appsync/dataSource:DataSource", "aws:cognito/identityProvider:IdentityProvider"
ANSWERS = [("http://api.example", "fail"), ("https://api.example", "not_observable"), (UNKNOWN, "unknown")]


@pytest.mark.parametrize("kind", ["elasticsearchConfig", "httpConfig", "opensearchserviceConfig"])
@pytest.mark.parametrize(("address", "outcome"), ANSWERS)
def test_a_resolver_asks_plainly_where_its_address_says_so(kind: str, address: Any, outcome: str) -> None:
    """Suites are for the other side to choose."""
    at = f"{kind}.endpoint"
    assert outcomes(BITS, resource(SOURCE, "it", **nested(at, address))) == {(outcome, "it", at)}


def test_what_a_resolver_asks_goes_to_its_address() -> None:
    """Of AWS, whose region stands in the host; of others nobody knows."""
    at = "httpConfig.endpoint"

    def asked(address: str) -> Resource:
        return resource(SOURCE, "it", httpConfig={"endpoint": address})

    assert passed(COPY, asked("https://states.eu-central-1.amazonaws.com")) == {"it"}
    assert outcomes(COPY, asked("https://states.us-east-1.amazonaws.com")) == {("fail", "it", at)}
    assert outcomes(COPY, asked("https://api.example")) == {("unknown", "it", at)}


@pytest.mark.parametrize("name", ["attributes_url", "jwks_uri", "oidc_issuer", "token_url", "MetadataURL"])
@pytest.mark.parametrize(("address", "outcome"), ANSWERS)
def test_a_provider_of_logins_may_answer_plainly(name: str, address: Any, outcome: str) -> None:
    """Each address that it names counts."""
    at = f"providerDetails.{name}"
    assert outcomes(BITS, resource(LOGIN, "it", providerDetails={name: address})) == {(outcome, "it", at)}


def test_what_is_no_address_is_not_asked() -> None:
    """A client's name is none, and details that nobody knows may be any."""
    assert not outcomes(BITS, resource(LOGIN, "it", providerDetails={"client_id": "http"}))
    assert outcomes(BITS, resource(LOGIN, "it", providerDetails=UNKNOWN)) == {("unknown", "it", "providerDetails")}


def test_news_of_builds_go_to_a_topic_or_to_a_chat() -> None:
    """A chat has no region in its ARN."""
    kind, at = "aws:codestarnotifications/notificationRule:NotificationRule", "targets.0.address"

    def told(arn: str) -> Resource:
        return resource(kind, "it", targets=[{"address": arn}])

    assert passed(COPY, told("arn:aws:sns:eu-central-1:123456789012:builds")) == {"it"}
    assert outcomes(COPY, told("arn:aws:sns:us-east-1:123456789012:builds")) == {("fail", "it", at)}
    chat = "arn:aws:chatbot::123456789012:chat-configuration/slack-channel/builds"
    assert outcomes(COPY, told(chat)) == {("unknown", "it", at)}


def test_logins_go_to_an_application_that_counts_them() -> None:
    """By its ARN, or by an id, which says nothing of its place."""
    kind, block = "aws:cognito/userPoolClient:UserPoolClient", "analyticsConfiguration"
    abroad = "arn:aws:mobiletargeting:us-east-1:123456789012:apps/1"
    found = outcomes(COPY, resource(kind, "it", **nested(f"{block}.applicationArn", abroad)))
    assert found == {("fail", "it", f"{block}.applicationArn")}
    by_id = outcomes(COPY, resource(kind, "it", **nested(f"{block}.applicationId", "a1")))
    assert by_id == {("unknown", "it", f"{block}.applicationId")}
    assert not outcomes(COPY, resource(kind, "it"))


def test_what_became_of_text_messages_is_kept_for_ever() -> None:
    """With the numbers, in two groups: both have to be declared."""
    kind, at = "aws:sns/smsPreferences:SmsPreferences", "deliveryStatusIamRoleArn"
    role = "arn:aws:iam::123456789012:role/messages"
    group, folder = "aws:cloudwatch/logGroup:LogGroup", "sns/eu-central-1/123456789012/DirectPublishToPhoneNumber"
    arrived = resource(group, "arrived", name=folder, retentionInDays=30)
    failed = resource(group, "failed", name=f"{folder}/Failure", retentionInDays=30)
    told = resource(kind, "it", deliveryStatusIamRoleArn=role)
    for declared in ((), (arrived,), (failed,)):
        assert outcomes(FOR_EVER, *declared, told) == {("fail", "it", at)}
    assert not outcomes(FOR_EVER, arrived, failed, told)
    assert not outcomes(FOR_EVER, resource(kind, "it"))
    assert outcomes(FOR_EVER, resource(kind, "it", deliveryStatusIamRoleArn=UNKNOWN)) == {("unknown", "it", at)}


@pytest.mark.parametrize(
    ("mode", "outcome"),
    [({"type": "password"}, ""), ({"type": "iam"}, ""), ({"type": "no-password"}, "fail"), (UNKNOWN, "unknown")],
)
def test_a_user_of_a_memory_database_without_a_password_is_anyone(mode: Any, outcome: str) -> None:
    """As of a cache."""
    found = outcomes("public_resource_policy", resource("aws:memorydb/user:User", "it", authenticationMode=mode))
    assert {each for each, _, _ in found} == ({outcome} if outcome else set())


@pytest.mark.parametrize("path", ["plaintext", "plaintextWo"])
def test_what_is_to_be_encrypted_is_a_secret(path: str) -> None:
    """In plain text it stands beside its ciphertext."""
    rule, kind = "secret_in_plain_input", "aws:kms/ciphertext:Ciphertext"
    told: dict[str, Any] = {path: "correct-horse"}
    kept: dict[str, Any] = {path: SECRET}
    assert outcomes(rule, resource(kind, "it", **told)) == {("fail", "it", path)}
    assert passed(rule, resource(kind, "it", **kept)) == {"it"}


@pytest.mark.parametrize("kind", ["httpNamespace:HttpNamespace", "privateDnsNamespace:PrivateDnsNamespace"])
def test_a_namespace_keeps_names_as_a_zone_does(kind: str) -> None:
    """How, AWS does not say; and names are no data."""
    space = resource(f"aws:servicediscovery/{kind}", "it", region="us-east-1")
    zone = resource("aws:route53/zone:Zone", "zone")
    found = {(outcome, path) for outcome, _, path in outcomes("store_without_encryption", space)}
    assert found == {(outcome, path) for outcome, _, path in outcomes("store_without_encryption", zone)}
    assert not outcomes("store_outside_countries", space)


def test_things_log_to_one_group_of_a_region() -> None:
    """Unless they log nothing."""
    kind, at = "aws:iot/loggingOptions:LoggingOptions", "defaultLogLevel"
    group = resource("aws:cloudwatch/logGroup:LogGroup", "group", name="AWSIotLogsV2", retentionInDays=30)
    assert outcomes(FOR_EVER, resource(kind, "it", defaultLogLevel="INFO")) == {("fail", "it", at)}
    assert not outcomes(FOR_EVER, group, resource(kind, "it", defaultLogLevel="INFO"))
    assert not outcomes(FOR_EVER, resource(kind, "it", defaultLogLevel="DISABLED"))
    assert not outcomes(FOR_EVER, resource(kind, "it", defaultLogLevel="INFO", disableAllLogs=True))
    assert outcomes(FOR_EVER, resource(kind, "it", defaultLogLevel=UNKNOWN)) == {("unknown", "it", at)}


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        ("detective/invitationAccepter:InvitationAccepter", "graphArn"),
        ("guardduty/inviteAccepter:InviteAccepter", "masterAccountId"),
        ("macie2/invitationAccepter:InvitationAccepter", "administratorAccountId"),
        ("securityhub/inviteAccepter:InviteAccepter", "masterId"),
    ],
)
def test_an_account_that_watches_is_let_in(kind: str, who: str) -> None:
    """It is named; one that only deployment knows may be anyone's."""

    def accepted(account: Any) -> Resource:
        return resource(f"aws:{kind}", "it", **nested(who, account))

    assert passed("public_resource_policy", accepted("111122223333")) == {"it"}
    assert outcomes("public_resource_policy", accepted(UNKNOWN)) == {("unknown", "it", who)}
