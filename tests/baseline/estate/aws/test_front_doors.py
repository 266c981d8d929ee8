"""Front doors that are no load balancers: plain ones are found, short keys are named, and what nobody shows is said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baseline.estate.aws.services import BEHIND, SERVICES
from baseline.estate.aws.suites import MAIL, SUITES
from baseline.estate.facts.tls_policies import API_GATEWAY, CLOUDFRONT, CONNECTOR, IOT, OPENSEARCH, TRANSFER
from baseline.graph import UNKNOWN, Resource
from baseline.rule import ref, resource
from tests.baseline.estate.aws.judging import findings, nested, outcomes, passed
from tests.baseline.estate.aws.sdk import inputs

BITS = "tls_below_256_bits"
VERSIONS = "protocol_below_tls_1_2"
PLAIN = "plain_listener"
CUSTOM = {"httpPort": 80, "httpsPort": 443, "originProtocolPolicy": "https-only", "originSslProtocols": ["TLSv1.2"]}


def distribution(viewers: Any = "https-only", certificate: Any = None, **origin: Any) -> Resource:
    """A distribution with one behavior and one origin of its own."""
    return resource(
        "aws:cloudfront/distribution:Distribution",
        "cdn",
        defaultCacheBehavior={"viewerProtocolPolicy": viewers, "targetOriginId": "web"},
        origins=[{"originId": "web", "domainName": "web.shops.example", "customOriginConfig": CUSTOM | origin}],
        viewerCertificate=certificate or {"acmCertificateArn": "arn:x", "minimumProtocolVersion": "TLSv1.2_2021"},
    )


@pytest.mark.parametrize("viewers", ["allow-all", "redirect-to-https"])
def test_a_distribution_that_answers_plainly_is_found(viewers: str) -> None:
    """The first request of a redirect has travelled for all to read."""
    assert outcomes(PLAIN, distribution(viewers)) == {("fail", "cdn", "defaultCacheBehavior.viewerProtocolPolicy")}


@pytest.mark.parametrize("viewers", [UNKNOWN, {"no": "text"}])
def test_what_viewers_may_ask_is_unknown_until_it_is_said(viewers: Any) -> None:
    """A value that deployment decides, or that no provider takes."""
    assert {outcome for outcome, _, _ in outcomes(PLAIN, distribution(viewers))} == {"unknown"}


def test_a_distribution_for_https_only_passes() -> None:
    """Nothing is answered on port 80."""
    assert passed(PLAIN, distribution()) == {"cdn"}
    assert passed("tls_ended_at_balancer_with_plain_leg", distribution()) == {"cdn"}


def test_every_behavior_counts() -> None:
    """A strict default does not shut what another path opens."""
    mixed = distribution()
    mixed.inputs["orderedCacheBehaviors"] = [{"viewerProtocolPolicy": "allow-all", "pathPattern": "/old/*"}]
    assert outcomes(PLAIN, mixed) == {("fail", "cdn", "orderedCacheBehaviors.0.viewerProtocolPolicy")}


def test_all_security_policies_of_cloudfront_agree_on_128_bits() -> None:
    """Not one of them is without AES-128; the certificate of CloudFront itself admits TLS 1.0."""
    for policy in CLOUDFRONT:
        strict = distribution(certificate={"acmCertificateArn": "arn:x", "minimumProtocolVersion": policy})
        assert ("fail", "cdn", "") in outcomes(BITS, strict), policy
    default = distribution(certificate={"cloudfrontDefaultCertificate": True, "minimumProtocolVersion": "TLSv1.2_2021"})
    (found,) = findings(VERSIONS, default)
    assert found.message == "cdn: the way from viewers to cdn speaks TLSv1, TLSv1.1"
    assert ("not_observable", "cdn", "") in outcomes(
        BITS, distribution(certificate={"acmCertificateArn": "arn:x", "minimumProtocolVersion": "TLSv9"})
    )


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ({"originProtocolPolicy": "http-only"}, "fail"),
        ({"originProtocolPolicy": "match-viewer"}, "not_observable"),
        ({}, "not_observable"),
        ({"originProtocolPolicy": UNKNOWN}, "unknown"),
    ],
)
def test_the_way_to_an_origin_is_a_leg_of_its_own(origin: dict[str, Any], expected: str) -> None:
    """Nobody chooses CloudFront's suites towards origins; plain is plain."""
    assert (expected, "cdn", "origins.0.customOriginConfig") in outcomes(BITS, distribution(**origin))


def test_an_origin_by_old_versions_is_found() -> None:
    """The list says what CloudFront may use, so the oldest one counts."""
    old = distribution(originSslProtocols=["TLSv1", "TLSv1.2"])
    assert outcomes(VERSIONS, old) == {("fail", "cdn", "origins.0.customOriginConfig")}


def test_an_origin_goes_as_plain_as_viewers_may() -> None:
    """`match-viewer` behind `allow-all` is plain, and so is S3, which is asked as the viewer asked."""
    plain = distribution("allow-all", originProtocolPolicy="match-viewer")
    assert ("fail", "cdn", "origins.0.customOriginConfig") in outcomes(BITS, plain)
    bucket = distribution("allow-all")
    bucket.inputs["origins"] = [{"originId": "web", "domainName": "files.s3.amazonaws.com"}]
    assert ("fail", "cdn", "origins.0") in outcomes(BITS, bucket)


@pytest.mark.parametrize("key", ["origins", "defaultCacheBehavior", "viewerCertificate", "orderedCacheBehaviors"])
@pytest.mark.parametrize("strange", ["a text", 7, ["a text"], [None], UNKNOWN])
def test_no_shape_of_a_distribution_breaks_the_judge(key: str, strange: Any) -> None:
    """What no provider takes is unknown, and nothing passes by it."""
    spoilt = distribution()
    spoilt.inputs[key] = strange
    said = outcomes(PLAIN, spoilt) | outcomes(BITS, spoilt) | outcomes(VERSIONS, spoilt)
    assert "unknown" in {outcome for outcome, _, _ in said}


REST = "aws:apigateway/restApi:RestApi"


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ({}, {("fail", "api", "")}),
        ({"securityPolicy": "TLS_1_0"}, {("fail", "api", "")}),
        ({"securityPolicy": "TLS_1_2"}, set()),
        ({"endpointConfiguration": {"types": "PRIVATE"}}, set()),
        ({"securityPolicy": UNKNOWN}, {("unknown", "api", "")}),
        ({"disableExecuteApiEndpoint": True}, set()),
    ],
)
def test_the_default_endpoint_of_a_rest_api_speaks_tls_1_0(says: dict[str, Any], expected: set[Any]) -> None:
    """Without a policy it does so, unless it is private or switched off."""
    assert outcomes(VERSIONS, resource(REST, "api", **says)) == expected


@pytest.mark.parametrize(
    ("type_", "path"),
    [
        ("aws:apigateway/domainName:DomainName", "securityPolicy"),
        ("aws:apigatewayv2/domainName:DomainName", "domainNameConfiguration.securityPolicy"),
    ],
)
def test_names_of_apis_are_judged_by_suites(type_: str, path: str) -> None:
    """The policy called TLS_1_2 agrees on AES-128; one that nobody read is not observable."""
    assert outcomes(BITS, resource(type_, "name", **nested(path, "TLS_1_2"))) == {("fail", "name", "")}
    unseen = resource(type_, "name", **nested(path, "SecurityPolicy_TLS13_1_2_PQ_2025_09"))
    assert outcomes(BITS, unseen) == {("not_observable", "name", "")}


@pytest.mark.parametrize(
    ("kind", "target", "expected"),
    [
        ("HTTP_PROXY", "http://10.0.0.8/", "fail"),
        ("HTTP_PROXY", "https://web.shops.example/", "not_observable"),
        ("HTTP", UNKNOWN, "unknown"),
        ("AWS_PROXY", "arn:aws:apigateway:eu-central-1:lambda:path/f", ""),
        ("MOCK", None, ""),
        (UNKNOWN, "http://10.0.0.8/", "unknown"),
    ],
)
def test_an_integration_may_go_on_in_plain_text(kind: Any, target: Any, expected: str) -> None:
    """A gateway that ends TLS and calls http is half a promise."""
    for type_, (name, path) in {
        "aws:apigateway/integration:Integration": ("type", "uri"),
        "aws:apigatewayv2/integration:Integration": ("integrationType", "integrationUri"),
    }.items():
        said = outcomes(BITS, resource(type_, "on", **{**nested(name, kind), **nested(path, target)}))
        assert said == ({(expected, "on", path)} if expected else set())


@pytest.mark.parametrize(
    "type_", ["aws:apigateway/restApi:RestApi", "aws:apigateway/restApiPut:RestApiPut", "aws:apigatewayv2/api:Api"]
)
def test_a_document_that_holds_integrations_is_not_taken_for_none(type_: str) -> None:
    """Nobody here reads OpenAPI, so nobody knows how the gateway goes on."""
    assert ("not_observable", "api", "body") in outcomes(BITS, resource(type_, "api", body="openapi: 3.0.1"))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("http://web.shops.example", {"fail"}),
        ("https://web.shops.example", {"not_observable"}),
        ("arn:aws:lambda:eu-central-1:123456789012:function:f", set()),
        (UNKNOWN, {"unknown"}),
    ],
)
def test_an_api_that_is_made_in_one_go_goes_on_to_its_target(target: Any, expected: set[str]) -> None:
    """`target` makes an integration that no resource shows."""
    said = outcomes(BITS, resource("aws:apigatewayv2/api:Api", "api", protocolType="HTTP", target=target))
    assert {outcome for outcome, _, path in said if path == "target"} == expected


@pytest.mark.parametrize("type_", sorted(SERVICES))
def test_suites_that_nobody_chooses_are_not_observable(type_: str) -> None:
    """A service of AWS that ends TLS itself never passes by its name."""
    assert outcomes(BITS, resource(type_, "door")) == {("not_observable", "door", "")}
    assert passed(PLAIN, resource(type_, "door")) == {"door"}


@pytest.mark.parametrize("type_", sorted(SUITES))
def test_a_search_domain_is_judged_by_its_policy(type_: str) -> None:
    """The oldest policy speaks TLS 1.0; suites are published for none."""
    path = SUITES[type_][0]
    old = resource(type_, "search", **nested(path, "Policy-Min-TLS-1-0-2019-07"))
    assert outcomes(VERSIONS, old) == {("fail", "search", "")}
    assert outcomes(BITS, old) == {("not_observable", "search", "")}
    assert passed(VERSIONS, resource(type_, "search", **nested(path, "Policy-Min-TLS-1-2-2019-07"))) == {"search"}
    assert outcomes(VERSIONS, resource(type_, "search", **nested(path, UNKNOWN))) == {("unknown", "search", "")}


@pytest.mark.parametrize("type_", sorted(MAIL))
def test_mail_without_demand_goes_plain(type_: str) -> None:
    """TLS that is only tried is TLS that anyone on the way can take out."""
    path, default = MAIL[type_]
    demand = "REQUIRED" if "mailmanager" in type_ else "REQUIRE" if default.isupper() else "Require"
    assert outcomes(BITS, resource(type_, "mail")) == {("fail", "mail", path)}
    assert outcomes(BITS, resource(type_, "mail", **nested(path, demand))) == {("not_observable", "mail", path)}
    assert outcomes(BITS, resource(type_, "mail", **nested(path, UNKNOWN))) == {("unknown", "mail", path)}


@pytest.mark.parametrize(("asked", "expected"), [(True, ""), (False, "fail"), (None, "fail"), (UNKNOWN, "unknown")])
def test_a_proxy_before_a_database_has_to_ask_for_tls(asked: Any, expected: str) -> None:
    """It serves plain sessions unless it is told to refuse them."""
    said = outcomes("store_admits_plain_requests", resource("aws:rds/proxy:Proxy", "proxy", requireTls=asked))
    assert said == ({(expected, "proxy", "requireTls")} if expected else set())


SERVER = "aws:transfer/server:Server"


def test_a_public_file_server_is_found() -> None:
    """It is public unless it is put into a network, and no group stands before it then."""
    rule = "host_reachable_from_internet"
    (found,) = findings(rule, resource(SERVER, "files", protocols=["SFTP"]))
    assert found.message == "files lets 0.0.0.0/0 send tcp 22 to other"
    assert outcomes(rule, resource(SERVER, "files", endpointType=UNKNOWN)) == {("unknown", "files", "endpointType")}
    inside = resource(SERVER, "files", endpointType="VPC", endpointDetails={"vpcId": "vpc-1"})
    assert not outcomes(rule, inside)


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ({"protocols": ["FTP"]}, "fail"),
        ({"protocols": ["AS2"]}, "fail"),
        ({"protocols": ["SFTP"]}, "fail"),
        ({"protocols": ["FTPS"], "securityPolicyName": "TransferSecurityPolicy-2030-01"}, "not_observable"),
        ({"protocols": [UNKNOWN]}, "unknown"),
    ],
)
def test_protocols_of_a_file_server_are_legs(says: dict[str, Any], expected: str) -> None:
    """FTP is plain, and the policies whose rows are known agree on AES-128."""
    assert outcomes(BITS, resource(SERVER, "files", **says)) == {(expected, "files", "protocols.0")}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://partner.example", "fail"),
        ("https://partner.example", "not_observable"),
        ("sftp://partner.example", "fail"),
        (UNKNOWN, "unknown"),
    ],
)
def test_a_connector_is_a_leg_to_a_partner(url: Any, expected: str) -> None:
    """Data leaves by it, so its suites count too."""
    connector = resource("aws:transfer/connector:Connector", "out", url=url)
    assert {outcome for outcome, _, _ in outcomes(BITS, connector)} == {expected}


LATTICE = "aws:vpclattice/listener:Listener"


@pytest.mark.parametrize(
    ("protocol", "expected"),
    [("HTTP", "fail"), ("HTTPS", ""), ("TLS_PASSTHROUGH", "not_observable"), (UNKNOWN, "unknown")],
)
def test_a_listener_inside_the_network_has_to_speak_tls(protocol: Any, expected: str) -> None:
    """Networks of the providers are isolated, not encrypted."""
    said = outcomes(PLAIN, resource(LATTICE, "inside", protocol=protocol))
    assert said == ({(expected, "inside", "")} if expected else set())


@pytest.mark.parametrize(("behind", "expected"), [("HTTP", "fail"), ("HTTPS", ""), (UNKNOWN, "unknown")])
def test_a_listener_inside_the_network_may_go_on_plainly(behind: Any, expected: str) -> None:
    """What a rule sends to counts as much as the default action."""
    group = resource("aws:vpclattice/targetGroup:TargetGroup", "hosts", type="INSTANCE", config={"protocol": behind})
    listener = resource(LATTICE, "inside", protocol="HTTPS")
    sends = resource(
        "aws:vpclattice/listenerRule:ListenerRule",
        "sends",
        listenerIdentifier=ref(listener),
        action={"forward": {"targetGroups": [{"targetGroupIdentifier": ref(group)}]}},
    )
    said = outcomes("tls_ended_at_balancer_with_plain_leg", group, listener, sends)
    assert said == ({(expected, "inside", "")} if expected else set())


ACCELERATOR = "aws:globalaccelerator/listener:Listener"


def test_an_accelerator_passes_tls_on_to_what_is_judged() -> None:
    """A balancer behind it is judged for itself; what nobody sees is never taken for good."""
    balancer = resource("aws:lb/loadBalancer:LoadBalancer", "door")
    listener = resource(ACCELERATOR, "edge", protocol="TCP", portRanges=[{"fromPort": 443, "toPort": 443}])

    def group(endpoint: Any) -> Resource:
        endpoints = [{"endpointId": endpoint}]
        kind = "aws:globalaccelerator/endpointGroup:EndpointGroup"
        return resource(kind, "group", listenerArn=ref(listener), endpointConfigurations=endpoints)

    assert passed(PLAIN, balancer, listener, group(ref(balancer))) == {"edge"}
    assert outcomes(PLAIN, listener, group("arn:x")) == {("not_observable", "edge", "portRanges.0")}
    wide = resource(ACCELERATOR, "edge", protocol="TCP", portRanges=[{"fromPort": 443, "toPort": 8443}])
    assert outcomes("balancer_port_other_than_443", wide) == {("fail", "edge", "portRanges.0")}


@pytest.mark.parametrize(
    ("protocol", "expected"), [("http", "fail"), ("tcp", "fail"), ("https", "not_observable"), (UNKNOWN, "unknown")]
)
def test_a_verified_access_endpoint_goes_on_as_it_says(protocol: Any, expected: str) -> None:
    """It ends TLS before it asks who comes."""
    options = {"protocol": protocol, "port": 443}
    endpoint = resource("aws:verifiedaccess/endpoint:Endpoint", "door", loadBalancerOptions=options)
    assert (expected, "door", "loadBalancerOptions.protocol") in outcomes(BITS, endpoint)


SECURITY = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"
ACCESS = "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (json.dumps([{"Rules": [], "AllowFromPublic": True}]), "fail"),
        (json.dumps([{"Rules": [], "AllowFromPublic": False, "SourceVPCEs": ["vpce-1"]}]), ""),
        (UNKNOWN, "unknown"),
        ("no JSON", "unknown"),
        ("{}", "unknown"),
    ],
)
def test_a_search_collection_for_the_internet_is_found(document: Any, expected: str) -> None:
    """Its network policy says whether strangers may ask."""
    said = outcomes("storage_reachable_from_outside", resource(SECURITY, "net", type="network", policy=document))
    assert said == ({(expected, "net", "policy")} if expected else set())


def test_an_access_policy_of_collections_is_a_grant() -> None:
    """`aoss:*` is everything that can be done with them."""
    rules = [{"Resource": ["index/shops/*"], "Permission": ["aoss:*"]}]
    whole = json.dumps([{"Rules": rules, "Principal": ["arn:aws:iam::123456789012:role/app"]}])
    assert outcomes("wildcard_grant", resource(ACCESS, "all", policy=whole)) == {("fail", "all", "policy.0")}
    assert outcomes("wildcard_grant", resource(ACCESS, "all", policy="[1]")) == {("unknown", "all", "policy")}


def test_every_path_is_an_input_of_its_type() -> None:
    """A misspelt path would judge nothing."""
    given = inputs()
    paths = [(type_, service.where) for type_, service in SERVICES.items() if service.where]
    paths += [(type_, path) for type_, (path, _, _) in SUITES.items()]
    paths += [(type_, path) for type_, (path, _) in MAIL.items()]
    paths += [(type_, path) for type_, each in BEHIND.items() for path in each]
    assert [f"{type_} {path}" for type_, path in paths if path not in given[type_]] == []


def test_devices_are_judged_by_the_policy_that_the_service_knows() -> None:
    """Each of them has AES-128, and so has the default."""
    strict: dict[str, Any] = {"tlsConfig": {"securityPolicy": "IoTSecurityPolicy_TLS13_1_3_2022_10"}}
    for said in (dict[str, Any](), strict):
        devices = resource("aws:iot/domainConfiguration:DomainConfiguration", "devices", **said)
        assert ("fail", "devices", "") in outcomes(BITS, devices)
        assert findings(VERSIONS, devices) == []


def test_no_policy_that_names_suites_reaches_256_bits() -> None:
    """Whoever adds one that does has seen its rows."""
    tables = (API_GATEWAY, CLOUDFRONT, CONNECTOR, IOT, OPENSEARCH, TRANSFER)
    agreed = {name: item.key_bits for table in tables for name, item in table.items() if item.key_bits is not None}
    assert agreed
    assert {name for name, bits in agreed.items() if bits >= 256} == set()
