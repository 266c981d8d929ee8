"""API Gateway, AppSync and Cognito: default endpoints, names of one's own, and the way on to what answers."""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.aws.doors import CLEAR, add_door, add_leg, no_choice, of_policy
from baseline.estate.aws.inputs import scalars_at, value_at
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.doubt import either, flag, negated
from baseline.estate.facts.tls_policies import API_GATEWAY, API_GATEWAY_DEFAULT, API_GATEWAY_PRIVATE
from baseline.graph import Resource, not_observable_because

REST: Final = "aws:apigateway/restApi:RestApi"
HTTP: Final = "aws:apigatewayv2/api:Api"
NAME: Final = "aws:apigateway/domainName:DomainName"
HTTP_NAME: Final = "aws:apigatewayv2/domainName:DomainName"
_TYPES: Final = "endpointConfiguration.types"
_POLICY: Final = "domainNameConfiguration.securityPolicy"
INTEGRATIONS: Final = {
    "aws:apigateway/integration:Integration": ("type", "uri"),
    "aws:apigatewayv2/integration:Integration": ("integrationType", "integrationUri"),
}
_BODY: Final = "aws:apigateway/restApiPut:RestApiPut"
_UNREAD: Final = not_observable_because("is not known: its integrations stand in a document that nobody here reads")
_LOGIN: Final = "aws:cognito/identityProvider:IdentityProvider"
_ADDRESSES: Final = ("url", "uri", "issuer")
_SOURCE: Final = "aws:appsync/dataSource:DataSource"
_ENDPOINTS: Final = ("elasticsearchConfig.endpoint", "httpConfig.endpoint", "opensearchserviceConfig.endpoint")
_FORWARDS: Final = frozenset({"HTTP", "HTTP_PROXY"})  # the other kinds are calls of AWS's own API, or answer themselves


def read(builder: Builder) -> None:
    """A door for each endpoint that clients can use, with its leg; a leg for each integration that goes on by HTTP."""
    for api in builder.of(REST):
        public = _public(api)
        private = public is False
        policy = api.inputs.get("securityPolicy")
        default = API_GATEWAY_PRIVATE if private else API_GATEWAY_DEFAULT
        if flag(api.inputs.get("disableExecuteApiEndpoint"), False) is not True:
            _door(builder, api, public, of_policy(API_GATEWAY, policy, default))
    for api in builder.of(HTTP):
        if flag(api.inputs.get("disableExecuteApiEndpoint"), False) is not True:
            _door(builder, api, True, of_policy(API_GATEWAY, None, API_GATEWAY_PRIVATE))
    for name in builder.of(NAME):
        policy = name.inputs.get("securityPolicy")
        _door(builder, name, _public(name), of_policy(API_GATEWAY, policy, API_GATEWAY_DEFAULT))
    for name in builder.of(HTTP_NAME):
        _door(builder, name, True, of_policy(API_GATEWAY, value_at(name, _POLICY), API_GATEWAY_DEFAULT))
    _read_onward(builder)
    _read_logins_and_sources(builder)


def _read_onward(builder: Builder) -> None:
    """The ways from gateways on: by integrations, by documents that hold them, by the target of an API."""
    for api in builder.of(REST, HTTP, _BODY):
        if api.inputs.get("body") is not None:
            add_leg(builder, api, f"from {api.name} on to what answers", (_UNREAD,) * 3, "body")
        if api.inputs.get("target") is not None:
            _goes_on(builder, api, "HTTP", "target")
    for type_, (kind, uri) in INTEGRATIONS.items():
        for integration in builder.of(type_):
            _goes_on(builder, integration, integration.inputs.get(kind), uri)


def _read_logins_and_sources(builder: Builder) -> None:
    """The ways to providers of logins, and from AppSync on to what answers."""
    for provider in builder.of(_LOGIN):
        said: Any = provider.inputs.get("providerDetails")
        for name in sorted(said) if isinstance(said, dict) else ():
            if name.lower().endswith(_ADDRESSES):
                _asks(builder, provider, f"providerDetails.{name}", said[name])
        if undecided(said):
            _asks(builder, provider, "providerDetails", said)
    for source in builder.of(_SOURCE):
        for path in _ENDPOINTS:
            for at, address in scalars_at(source, path):
                _asks(builder, source, at, address)


def _asks(builder: Builder, origin: Resource, path: str, address: Any) -> None:
    """A leg to an address; what is given as a document instead of one is not asked for."""
    name = f"from {origin.name} to what answers"
    if undecided(address):
        add_leg(builder, origin, name, (address, address, address), path)
    elif str(address).lower().startswith("http://"):
        add_leg(builder, origin, name, CLEAR, path)
    elif str(address).lower().startswith("https://"):
        add_leg(builder, origin, name, no_choice("AWS towards what answers"), path)


def _public(api: Resource) -> Any:
    """Whether an endpoint is on the internet: it is unless it is private (API Gateway API, EndpointConfiguration)."""
    kinds = [value for _, value in scalars_at(api, _TYPES)]
    return negated(either(kind if undecided(kind) else kind == "PRIVATE" for kind in kinds))


def _door(builder: Builder, api: Resource, public: Any, strength: tuple[Any, Any, Any]) -> None:
    add_door(builder, api, public=public)
    add_leg(builder, api, f"from clients to {api.name}", strength)


def _goes_on(builder: Builder, integration: Resource, kind: Any, path: str) -> None:
    name = f"from the gateway on by {integration.name}"
    if undecided(kind) or kind is None:
        doubt = UNKNOWN if kind is None else kind
        add_leg(builder, integration, name, (doubt, doubt, doubt), path)
    elif str(kind).upper() in _FORWARDS:
        target = integration.inputs.get(path)
        if isinstance(target, str) and target.startswith("arn:"):
            if kind == "HTTP" and path == "target":
                return  # a function, which is called through AWS's own API
            target = UNKNOWN  # a listener of a balancer, or a service of a network
        if undecided(target) or not isinstance(target, str):
            # The listener of a balancer inside a VPC, or an address that only deployment knows.
            doubt = target if undecided(target) else UNKNOWN
            add_leg(builder, integration, name, (doubt, doubt, doubt), path)
        elif target.lower().startswith("http://"):
            add_leg(builder, integration, name, CLEAR, path)
        else:
            add_leg(builder, integration, name, no_choice("API Gateway towards what answers"), path)
