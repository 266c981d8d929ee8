"""Amplify Hosting: each branch and each domain is a front door that AWS serves by its own rules."""

from __future__ import annotations

from typing import Final

from baseline.estate.aws.doors import add_door, add_leg, no_choice
from baseline.estate.builder import Builder
from baseline.graph import not_observable_because

APP: Final = "aws:amplify/app:App"
BRANCH: Final = "aws:amplify/branch:Branch"
DOMAIN: Final = "aws:amplify/domainAssociation:DomainAssociation"
_REDIRECTS: Final = not_observable_because("is not observable: whether Amplify answers plain requests it decides alone")


def read(builder: Builder) -> None:
    """A door on port 443 for each, and the leg to it."""
    for origin in builder.of(BRANCH, DOMAIN):
        add_door(builder, origin, redirects=_REDIRECTS)
        add_leg(builder, origin, f"from clients to {origin.name}", no_choice("Amplify Hosting"))
