"""Where an AWS resource lies and how it is tagged, once its provider has had its say."""

from __future__ import annotations

from typing import Any

from baseline.estate.builder import Builder, place, undecided
from baseline.graph import UNKNOWN, Resource


def region_name(builder: Builder, resource: Resource) -> Any:
    """The effective region by name: the resource's own, else its provider's, else UNKNOWN."""
    own = resource.inputs.get("region")
    if own is not None:
        return own
    provider = builder.provider_of(resource)
    return provider.inputs.get("region", UNKNOWN) if provider is not None else UNKNOWN


def region_of(builder: Builder, resource: Resource) -> Any:
    """The effective region as a Location, or what leaves it undecided."""
    return place("aws", region_name(builder, resource))


def tag(builder: Builder, resource: Resource, key: str) -> Any:
    """One tag of a resource, or the one that its provider gives everything (`defaultTags`); None where neither does."""
    own = resource.inputs.get("tags")
    if undecided(own):
        return UNKNOWN
    if own and key in own:
        return own[key]
    provider = builder.provider_of(resource)
    default = provider.at("defaultTags.tags") if provider is not None else None
    return UNKNOWN if undecided(default) else (default or {}).get(key)
