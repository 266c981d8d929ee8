"""Services that AWS puts before the internet, or a network, under a TLS of its own: nobody chooses their suites.

Source: pulumi-aws 7.51.1, the arguments of each type, and each service's guide on its endpoint, as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from baseline.estate.aws.doors import CLEAR, add_door, add_leg, no_choice
from baseline.estate.aws.guests import URL
from baseline.estate.aws.inputs import scalars_at, value_at
from baseline.estate.builder import Builder, undecided
from baseline.estate.doubt import flag, negated


class Service(NamedTuple):
    """A type with an endpoint; `where` is the input that says whether it is private, `inside` the value that does."""

    what: str
    where: str = ""
    inside: Any = None


SERVICES: Final[Mapping[str, Service]] = MappingProxyType(
    {
        "aws:apprunner/service:Service": Service(
            "App Runner", "networkConfiguration.ingressConfiguration.isPubliclyAccessible", False
        ),
        "aws:appsync/api:Api": Service("AppSync"),
        "aws:appsync/graphQLApi:GraphQLApi": Service("AppSync", "visibility", "PRIVATE"),
        "aws:appsync/domainName:DomainName": Service("AppSync"),
        "aws:cognito/userPoolDomain:UserPoolDomain": Service("Cognito"),
        URL: Service("Lambda"),
        "aws:transfer/webApp:WebApp": Service("Transfer Family", "endpointDetails.vpc"),
        "aws:verifiedaccess/endpoint:Endpoint": Service("Verified Access"),
    }
)
"""Type -> its service; a `where` without a value to compare makes it private as soon as it is there."""

BEHIND: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:verifiedaccess/endpoint:Endpoint": (
            "loadBalancerOptions.protocol",
            "networkInterfaceOptions.protocol",
            "cidrOptions.protocol",
        ),
    }
)
"""Type -> the inputs that name the protocol by which its service goes on."""


def read(builder: Builder) -> None:
    """A door on port 443 for each of them, and the leg to it."""
    for type_, service in SERVICES.items():
        for origin in builder.of(type_):
            add_door(builder, origin, public=_public(value_at(origin, service.where), service))
            add_leg(builder, origin, f"from clients to {origin.name}", no_choice(service.what))
            for path in BEHIND.get(type_, ()):
                for at, protocol in scalars_at(origin, path):
                    plain = protocol if undecided(protocol) else str(protocol).lower() != "https"
                    strength = (plain,) * 3 if undecided(plain) else CLEAR if plain else no_choice(service.what)
                    add_leg(builder, origin, f"from {origin.name} to what answers", strength, at)


def _public(value: Any, service: Service) -> Any:
    if value is None:
        return True
    if undecided(value):
        return value
    if service.inside is None:
        return False
    return flag(value, True) if service.inside is False else negated(value == service.inside)
