"""Front doors of AWS that are no load balancers: how each becomes a Listener and the legs that begin at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from baseline.estate import passage
from baseline.estate.builder import Builder, undecided
from baseline.estate.facts.tls_policies import Agreed
from baseline.estate.nouns import Listener
from baseline.graph import Resource, not_observable_because

CLEAR: Final = (0, "none: it is plain", frozenset[str]())
"""The strength of a leg without TLS."""


def add_door(
    builder: Builder,
    origin: Resource,
    *,
    path: str = "",
    public: Any = True,
    port: Any = 443,
    plain: Any = False,
    redirects: Any = False,
    plain_behind: Any = False,
    passes: Any = None,
) -> None:
    """Adds the Listener of a door that ends TLS itself, unless it is `plain`; `passes`: where TLS ends behind it."""
    ends = plain if undecided(plain) else "nowhere" if plain else "balancer"
    protocol = plain if undecided(plain) else "http" if plain else "https"
    builder.add(
        Listener(
            origin=origin,
            path=path,
            balancer=origin.name,
            public=public,
            port=port,
            protocol=protocol if passes is None else "tcp",
            tls_ends=ends if passes is None else passes,
            redirects_plain=redirects,
            plain_leg_behind=plain_behind,
            hosts=(),
        )
    )


def add_leg(builder: Builder, origin: Resource, name: str, strength: tuple[Any, Any, Any], path: str = "") -> None:
    """Adds one leg by its (bits, weakest suite, versions)."""
    passage.add_leg(builder, origin, name, *strength, path)


def add_stray_leg(builder: Builder, rule: Resource, plain: Any) -> None:
    """Adds the leg behind a listener of another program to which a rule of this one sends, unless it is encrypted."""
    if plain is not False:
        add_leg(builder, rule, f"of {rule.name} to its targets", (plain,) * 3 if undecided(plain) else CLEAR)


def of_policy(policies: Mapping[str, Agreed], value: Any, default: str) -> tuple[Any, Any, Any]:
    """What a security policy lets through: bits of the weakest suite, its name, the versions."""
    if undecided(value):
        return value, value, value
    policy = default if value is None else str(value)
    agreed = policies.get(policy)
    if agreed is None:
        doubt = not_observable_because(f"of security policy {policy} is in no table that was checked")
        return doubt, doubt, doubt
    if agreed.weakest is None:
        doubt = not_observable_because(f"of security policy {policy} is not observable: AWS publishes no suites of it")
        return doubt, doubt, agreed.versions
    return agreed.key_bits, agreed.weakest, agreed.versions


def no_choice(what: str) -> tuple[Any, Any, Any]:
    """The strength of a leg whose suites AWS alone decides, and shows nowhere."""
    doubt = not_observable_because(f"is not observable: {what} takes no choice of suites")
    return doubt, doubt, doubt
