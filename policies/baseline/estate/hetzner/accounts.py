"""Hetzner projects. A token belongs to one, but neither the token nor the API says to which."""

from __future__ import annotations

from baseline.estate.builder import NOT_OBSERVABLE, Builder, is_default_provider
from baseline.estate.nouns import Account, Location

PROVIDER = "pulumi:providers:hcloud"


def read(builder: Builder) -> None:
    """One Account for each explicit provider."""
    anywhere = Location("hetzner", "global", frozenset())
    for provider in builder.of(PROVIDER):
        if not is_default_provider(provider.urn):
            builder.add(Account(origin=provider, provider="hetzner", id=NOT_OBSERVABLE, location=anywhere))
