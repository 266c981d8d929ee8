"""Names that an environment may use: where machines can stand and which sizes they come in.

Only for telling a name from a typing error, and so without countries: whether a place keeps a promise is for
the judge to say, from a table of its own. Lists change; each names the source and the date of reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Architecture = Literal["arm64", "x86_64"]

HETZNER_LOCATIONS: Mapping[str, str] = MappingProxyType(
    {
        "fsn1": "eu-central",
        "nbg1": "eu-central",
        "hel1": "eu-central",
        "ash": "us-east",
        "hil": "us-west",
        "sin": "ap-southeast",
    }
)
"""Location to network zone. Source: Hetzner Cloud documentation, read 2026-11-23."""

# Each area numbers its regions from 1, without gaps.
_AWS_AREAS: Mapping[str, int] = MappingProxyType(
    {
        "af-south": 1,
        "ap-east": 2,
        "ap-northeast": 3,
        "ap-south": 2,
        "ap-southeast": 7,
        "ca-central": 1,
        "ca-west": 1,
    }
    | {"eu-central": 2, "eu-north": 1, "eu-south": 2, "eu-west": 3, "eusc-de-east": 1, "il-central": 1}
    | {"me-central": 1, "me-south": 1, "mx-central": 1, "sa-east": 1, "us-east": 2, "us-west": 2}
)

AWS_REGIONS = frozenset(f"{area}-{number + 1}" for area, count in _AWS_AREAS.items() for number in range(count))
"""Regions of the partitions `aws` and `aws-eusc`. Source: botocore 1.43.11, read 2026-11-23."""


def _sizes(architecture: Architecture, family: str, *sizes: str) -> dict[str, Architecture]:
    return {f"{family}{size}": architecture for size in sizes}


SERVER_TYPES: Mapping[str, Architecture] = MappingProxyType(
    _sizes("x86_64", "cx", "23", "33", "43", "53")
    | _sizes("x86_64", "cpx", "12", "22", "32")
    | _sizes("arm64", "cax", "11", "21", "31", "41")
)
"""Server types known to be on offer, not all that are (cx22 to cx52 are gone). Read 2026-11-23."""

INSTANCE_TYPES: Mapping[str, Architecture] = MappingProxyType(
    _sizes("arm64", "t4g.", "small", "medium", "large", "xlarge")
    | _sizes("arm64", "m7g.", "medium", "large", "xlarge", "2xlarge")
    | _sizes("arm64", "r7g.", "medium", "large", "xlarge", "2xlarge")
    | _sizes("x86_64", "t3.", "small", "medium", "large", "xlarge")
    | _sizes("x86_64", "m7i.", "large", "xlarge", "2xlarge")
    | _sizes("x86_64", "r7i.", "large", "xlarge", "2xlarge")
)
"""Instance types in use here, not all that exist: Nitro only. Source: pulumi-aws 7.51.1, ec2.InstanceType."""

CLOUDWATCH_RETENTION_DAYS = frozenset(
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]
)
"""The only periods that a log group takes, but for ever. Source: pulumi-aws 7.51.1, cloudwatch.LogGroup."""
