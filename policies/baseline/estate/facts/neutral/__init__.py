"""Types that hold no data, admit no traffic, end no TLS, grant no access and keep no logs, each with the reason.

A type that no adapter reads and that is not listed here is unjudged, and an unjudged resource fails. One table for each
group of services; a type stands in one of them only.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from baseline.estate.facts.neutral import (
    aws_access,
    aws_doors,
    aws_network,
    aws_parts,
    aws_stores,
    aws_watching,
    generated,
    hetzner,
)

TABLES: Final = (
    aws_access.TYPES,
    aws_doors.TYPES,
    aws_network.TYPES,
    aws_parts.TYPES,
    aws_stores.TYPES,
    aws_watching.TYPES,
    generated.TYPES,
    hetzner.TYPES,
)

NEUTRAL: Final[Mapping[str, str]] = MappingProxyType({type_: why for table in TABLES for type_, why in table.items()})
