"""What shows or hands on what passes by: mirrors, connectors, sinks; and doors that AWS alone serves."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate.build import build
from baseline.estate.builder import undecided
from baseline.estate.nouns import Grant
from baseline.graph import SECRET, UNKNOWN, Resource
from baseline.rule import aws_provider, example, ref, resource
from tests.baseline.estate.aws.judging import findings, outcomes, passed

COPY, BITS, PLAIN = "copy_outside_countries", "tls_below_256_bits", "plain_listener"
SESSION, TARGET = "aws:ec2/trafficMirrorSession:TrafficMirrorSession", "aws:ec2/trafficMirrorTarget:TrafficMirrorTarget"
AT = "trafficMirrorTargetId"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"networkInterfaceId": "eni-1"}, ""),
        ({"networkInterfaceId": "eni-1", "region": "us-east-1"}, "fail"),
        (
            {"networkLoadBalancerArn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/x/1"},
            "fail",
        ),
        ({"networkLoadBalancerArn": UNKNOWN}, "unknown"),
        ({"gatewayLoadBalancerEndpointId": "vpce-1"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_a_mirror_goes_where_its_target_is(said: dict[str, Any], outcome: str) -> None:
    """An endpoint's service may be anybody's."""
    target = resource(TARGET, "target", **said)
    found = outcomes(COPY, target, resource(SESSION, "it", trafficMirrorTargetId=ref(target)))
    assert found == ({(outcome, "it", AT)} if outcome else set())


def test_a_mirror_to_a_target_of_others_or_by_reference() -> None:
    """Of a target that is not seen nobody knows; a balancer of this program is where it is."""
    assert outcomes(COPY, resource(SESSION, "it", trafficMirrorTargetId="tmt-1")) == {("unknown", "it", AT)}
    balancer = resource("aws:lb/loadBalancer:LoadBalancer", "balancer", region="us-east-1")
    target = resource(TARGET, "target", networkLoadBalancerArn=ref(balancer))
    session = resource(SESSION, "it", trafficMirrorTargetId=ref(target))
    assert ("fail", "it", AT) in outcomes(COPY, balancer, target, session)


CONNECTOR = "aws:mskconnect/connector:Connector"


def test_a_connector_moves_data_anywhere() -> None:
    """Its plugin alone knows where to."""
    (found,) = findings(COPY, resource(CONNECTOR, "it", connectorConfiguration={"connector.class": "x"}))
    assert (found.outcome, "its plugin alone" in found.message or "plugin" in found.message) == ("unknown", True)


@pytest.mark.parametrize(
    ("kind", "outcome"), [(None, "fail"), ("PLAINTEXT", "fail"), ("TLS", "not_observable"), (UNKNOWN, "unknown")]
)
def test_a_connector_speaks_plainly_to_its_brokers_unless_it_is_told(kind: Any, outcome: str) -> None:
    """That is the default."""
    said: dict[str, Any] = {} if kind is None else {"kafkaClusterEncryptionInTransit": {"encryptionType": kind}}
    at = "kafkaClusterEncryptionInTransit.encryptionType"
    assert outcomes(BITS, resource(CONNECTOR, "it", **said)) == {(outcome, "it", at)}


LINK, SINK = "aws:oam/link:Link", "aws:oam/sink:Sink"


def test_a_link_shows_logs_to_another_account() -> None:
    """It is granted to the sink's account, but for a sink of this program."""

    def grants(*resources: Resource) -> list[Grant]:
        case = example("", aws_provider(), *resources)
        return [grant for grant in build(case.graph, case.terms).all(Grant) if grant.origin.type == LINK]

    arn = "arn:aws:oam:us-east-1:111122223333:sink/1"
    assert outcomes(COPY, resource(LINK, "it", sinkIdentifier=arn)) == {("fail", "it", "sinkIdentifier")}
    (grant,) = grants(resource(LINK, "it", sinkIdentifier=arn))
    assert grant.principals == (arn,)
    sink = resource(SINK, "sink")
    own = resource(LINK, "it", sinkIdentifier=ref(sink))
    assert not grants(sink, own)
    assert passed(COPY, sink, own) == {"it"}
    (unseen,) = grants(resource(LINK, "it", sinkIdentifier=UNKNOWN))
    assert undecided(unseen.given("principals"))


@pytest.mark.parametrize("type_", ["aws:amplify/branch:Branch", "aws:amplify/domainAssociation:DomainAssociation"])
def test_a_site_of_amplify_is_a_door_that_aws_serves(type_: str) -> None:
    """Nobody chooses its suites, nor whether it answers plainly to send on."""
    assert {found[0] for found in outcomes(PLAIN, resource(type_, "it"))} == {"not_observable"}
    assert {found[0] for found in outcomes(BITS, resource(type_, "it"))} == {"not_observable"}
    assert {found[0] for found in outcomes("balancer_port_other_than_443", resource(type_, "it"))} == {"not_observable"}


def test_a_site_that_computes_logs_to_a_group_of_its_own() -> None:
    """By the app's id, which only deployment makes up."""
    rule, kind = "log_without_retention", "aws:amplify/app:App"
    for platform, expected in (("WEB_COMPUTE", "fail"), (UNKNOWN, "unknown"), ("WEB", "")):
        app = resource(kind, "app", platform=platform)
        branch = resource("aws:amplify/branch:Branch", "it", appId=ref(app))
        assert outcomes(rule, app, branch) == ({(expected, "it", "appId")} if expected else set())
    silent = resource(kind, "app")
    assert not outcomes(rule, silent, resource("aws:amplify/branch:Branch", "it", appId=ref(silent)))
    assert outcomes(rule, resource("aws:amplify/branch:Branch", "it", appId="d1")) == {("unknown", "it", "appId")}


@pytest.mark.parametrize("type_", ["aws:amplify/branch:Branch", "aws:amplify/app:App"])
def test_the_login_of_a_site_is_a_secret(type_: str) -> None:
    """It is a name and a password behind base64."""
    rule, at = "secret_in_plain_input", "basicAuthCredentials"
    assert outcomes(rule, resource(type_, "it", basicAuthCredentials="c2hvcDpwYXNz")) == {("fail", "it", at)}
    assert passed(rule, resource(type_, "it", basicAuthCredentials=SECRET)) == {"it"}


DEV = "aws:glue/devEndpoint:DevEndpoint"
DOOR, NEED = "host_reachable_from_internet", "public_address_without_need"


def test_a_development_endpoint_outside_a_network_is_open() -> None:
    """It has a public address, and everyone may try the keys that it knows."""
    assert outcomes(DOOR, resource(DEV, "it", publicKey="ssh-rsa x")) == {("fail", "it", "publicKey")}
    assert outcomes(DOOR, resource(DEV, "it", publicKeys=["a", "b"])) == {
        ("fail", "it", "publicKeys.0"),
        ("fail", "it", "publicKeys.1"),
    }
    assert outcomes(DOOR, resource(DEV, "it", publicKey=UNKNOWN)) == {("unknown", "it", "publicKey")}
    assert not outcomes(DOOR, resource(DEV, "it"))
    assert passed(NEED, resource(DEV, "it")) == {"it"}
    inside = resource(DEV, "it", publicKey="ssh-rsa x", subnetId="subnet-1")
    assert not outcomes(DOOR, inside)
    assert not passed(NEED, inside)
    doubtful = resource(DEV, "it", publicKey="ssh-rsa x", subnetId=UNKNOWN)
    assert outcomes(DOOR, doubtful) == {("unknown", "it", "publicKey")}
