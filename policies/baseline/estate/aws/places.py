"""Where an AWS resource is: its own region, else that of its explicit provider."""

from __future__ import annotations

from typing import Any

from baseline.estate.builder import UNKNOWN, Builder, place, undecided
from baseline.graph import Resource


def region_of(builder: Builder, resource: Resource) -> Any:
    """The name of the effective region; UNKNOWN where only the default provider's surroundings decide it."""
    region = resource.inputs.get("region")
    if region is None and (provider := builder.provider_of(resource)) is not None:
        region = provider.inputs.get("region")
    return UNKNOWN if region is None else region


def place_of(builder: Builder, resource: Resource) -> Any:
    """The Location of the effective region."""
    return place("aws", region_of(builder, resource))


def region_in(arn: Any) -> Any:
    """The region that stands in an ARN; UNKNOWN where the text is no ARN or names none."""
    if undecided(arn) or arn is None:
        return UNKNOWN if arn is None else arn
    parts = str(arn).split(":", 5)
    return parts[3] if len(parts) == 6 and parts[0] == "arn" and parts[3] else UNKNOWN
