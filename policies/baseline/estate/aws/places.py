"""Where an AWS resource lies and how it is tagged, once its provider has had its say."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from baseline.estate.builder import Builder, place, undecided
from baseline.estate.endpoints import location_of_host
from baseline.estate.facts import locations
from baseline.graph import UNKNOWN, Resource, unknown_because

ON_AN_OUTPOST: Final = unknown_because("is an outpost: AWS's machines, wherever their owner has put them")


def region_name(builder: Builder, resource: Resource) -> Any:
    """The effective region by name: the resource's own, else its provider's, else UNKNOWN."""
    own = resource.inputs.get("region")
    if own is not None:
        return own
    provider = builder.provider_of(resource)
    return provider.inputs.get("region", UNKNOWN) if provider is not None else UNKNOWN


def region_of(builder: Builder, resource: Resource) -> Any:
    """The effective region as a Location, or what leaves it undecided. Endpoints of the provider's own win over it."""
    provider = builder.provider_of(resource)
    away = None if provider is None else endpoint_of(provider)
    return place("aws", region_name(builder, resource)) if away is None else away


def zone_of(builder: Builder, resource: Resource) -> Any:
    """The region in which the zone of a resource lies, where it names one.

    Undecided for local zones and outposts, which may stand in another country than the region that they belong to.
    """
    if resource.inputs.get("outpostArn") is not None:
        return ON_AN_OUTPOST
    zone = resource.inputs.get("availabilityZone")
    if zone is None:
        return region_of(builder, resource)
    if undecided(zone):
        return zone
    try:
        return place("aws", locations.region_of(str(zone)))
    except locations.UnknownPlace as unknown:
        return unknown_because(f"is not known: {unknown}")


def endpoint_of(provider: Resource) -> Any:
    """The Location to which a provider's `endpoints` lead all its resources; None where it names none.

    Hetzner's Object Storage is used in this way: the region beside it is then only a word that the signature needs.
    """
    endpoints = provider.inputs.get("endpoints")
    if undecided(endpoints):
        return UNKNOWN
    if not endpoints:
        return None
    if any(undecided(entry) or any(map(undecided, entry.values())) for entry in endpoints):
        return UNKNOWN
    hosts = (urlsplit(str(url)).hostname or "" for entry in endpoints for url in entry.values() if url)
    found = {location_of_host(host) for host in hosts}
    return found.pop() if len(found) == 1 else unknown_because("is not known: the endpoints lead to several places")


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
