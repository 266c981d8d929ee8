"""Where a service is that somebody names by its host instead of by its region."""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.builder import place
from baseline.estate.facts.locations import AWS_DNS_SUFFIXES, AWS_REGIONS
from baseline.graph import unknown_because

OBJECT_STORAGE: Final = ".your-objectstorage.com"
"""Domain of Hetzner's Object Storage, below which stands the location (Hetzner Docs, as of 2026-11-23)."""


def location_of_host(host: str) -> Any:
    """The Location that serves a host name, or undecided with the reason: an AWS name without a region is no place."""
    if host.endswith(OBJECT_STORAGE):
        return place("hetzner", host.removesuffix(OBJECT_STORAGE).rpartition(".")[2])
    if any(host.endswith(f".{suffix}") for suffix in AWS_DNS_SUFFIXES.values()):
        regions = [part for part in host.split(".") if part in AWS_REGIONS]
        if len(regions) == 1:
            return place("aws", regions[0])
    return unknown_because(f"is not known: nobody here knows where {host or 'that endpoint'} keeps its data")
