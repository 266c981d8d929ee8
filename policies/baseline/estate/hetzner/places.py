"""Where a resource of Hetzner lies: the location that it names, at the API that its provider asks."""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.builder import place, undecided
from baseline.graph import Graph, Resource, unknown_because

_OWN: Final = {
    "endpoint": "https://api.hetzner.cloud/v1",
    "endpointHetzner": "https://api.hetzner.com/v1",
}
"""The provider's inputs that name an API, and Hetzner's own (terraform-provider-hcloud, read 2026-11-26)."""

_ELSEWHERE: Final = unknown_because("is not known: the provider asks an API of another address than Hetzner's")


def location_of(graph: Graph, resource: Resource, name: Any) -> Any:
    """The Location that a name means for a resource, or what leaves it undecided: another API has other places."""
    provider = graph.by_urn.get(resource.provider)
    return place("hetzner", name) if provider is None or asks_hetzner(provider) else _ELSEWHERE


def asks_hetzner(provider: Resource) -> bool:
    """Whether a provider certainly talks to Hetzner itself."""
    said = ((provider.inputs.get(key), own) for key, own in _OWN.items())
    return all(value is None or (not undecided(value) and str(value).rstrip("/") == own) for value, own in said)
