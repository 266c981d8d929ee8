"""Services whose suites hang on the name of a security policy, and proxies that may go without TLS."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from baseline.estate.aws.doors import CLEAR, add_leg, no_choice, of_policy
from baseline.estate.aws.inputs import value_at
from baseline.estate.builder import Builder, known, undecided
from baseline.estate.doubt import flag, negated
from baseline.estate.facts.tls_policies import IOT, IOT_DEFAULT, OPENSEARCH, OPENSEARCH_DEFAULT, Agreed
from baseline.estate.nouns import Opening

_OPTIONS: Final = "domainEndpointOptions.tlsSecurityPolicy"
SUITES: Final[Mapping[str, tuple[str, Mapping[str, Agreed], str]]] = MappingProxyType(
    {
        "aws:cloudsearch/domain:Domain": ("endpointOptions.tlsSecurityPolicy", OPENSEARCH, OPENSEARCH_DEFAULT),
        "aws:elasticsearch/domain:Domain": (_OPTIONS, OPENSEARCH, OPENSEARCH_DEFAULT),
        "aws:opensearch/domain:Domain": (_OPTIONS, OPENSEARCH, OPENSEARCH_DEFAULT),
    }
)
"""Type -> the input that names its policy, the table, and what holds where none is named."""

IOT_NAME: Final = "aws:iot/domainConfiguration:DomainConfiguration"
PROXY: Final = "aws:rds/proxy:Proxy"

MAIL: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "aws:mailmanager/ingressPoint:IngressPoint": ("tlsPolicy", "OPTIONAL"),
        "aws:ses/configurationSet:ConfigurationSet": ("deliveryOptions.tlsPolicy", "Optional"),
        "aws:ses/receiptRule:ReceiptRule": ("tlsPolicy", "Optional"),
        "aws:sesv2/configurationSet:ConfigurationSet": ("deliveryOptions.tlsPolicy", "OPTIONAL"),
    }
)
"""Type -> the input that says whether mail needs TLS, and what holds without it: mail then goes plain as well.

Source: SES Developer Guide, "Amazon SES and security protocols", as of 2026-11-26.
"""


def read(builder: Builder) -> None:
    """A leg for each of them; search domains are stores as well, for another adapter to know."""
    for type_, (path, policies, default) in SUITES.items():
        for origin in builder.peek(type_):
            add_leg(
                builder, origin, f"from clients to {origin.name}", of_policy(policies, value_at(origin, path), default)
            )
    for name in builder.of(IOT_NAME):
        strength = of_policy(IOT, value_at(name, "tlsConfig.securityPolicy"), IOT_DEFAULT)
        add_leg(builder, name, f"from devices to {name.name}", strength)
    for proxy in builder.of(PROXY):
        plain = negated(flag(proxy.inputs.get("requireTls"), False))
        builder.add(Opening(origin=proxy, path="requireTls", kind="database proxy", reachable=(), plain_requests=plain))
        add_leg(builder, proxy, f"from clients to {proxy.name}", no_choice("RDS Proxy"))
    for type_, (path, default) in MAIL.items():
        for origin in builder.of(type_):
            needed = known(value_at(origin, path), default)
            strength = (needed,) * 3 if undecided(needed) else CLEAR
            if not undecided(needed) and str(needed).upper() in ("REQUIRE", "REQUIRED", "FIPS"):
                strength = no_choice("SES")
            add_leg(builder, origin, f"of mail through {origin.name}", strength, path)
