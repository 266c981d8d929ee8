"""Names that Hetzner knows. Its provider refuses a wrong one only after half an environment has been made.

Places have no countries here: where one lies, and whether it may be used, is for the judge to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LOCATIONS: Mapping[str, str] = MappingProxyType(
    {
        "fsn1": "eu-central",
        "hel1": "eu-central",
        "nbg1": "eu-central",
        "ash": "us-east",
        "hil": "us-west",
        "sin": "ap-southeast",
    }
)
"""Location to its network zone. Source: Hetzner Cloud API, `GET /locations`, as of 2026-11-23."""

SERVER_TYPES = frozenset(
    [f"cx{size}" for size in (23, 33, 43, 53)]
    + [f"cpx{size}" for size in (12, 22, 32, 42, 52, 62)]
    + [f"cax{size}" for size in (11, 21, 31, 41)]
    + [f"ccx{size}" for size in (13, 23, 33, 43, 53, 63)]
)
"""Source: Hetzner Cloud API, `GET /server_types` without the deprecated ones, as of 2026-11-23."""

BALANCER_TYPES = frozenset({"lb11", "lb21", "lb31"})
"""Source: Hetzner Cloud API, `GET /load_balancer_types`, as of 2026-11-23."""

BOX_SNAPSHOTS: Mapping[str, int] = MappingProxyType({"bx11": 10, "bx21": 20, "bx31": 30, "bx41": 40})
"""Storage box type to the most automatic snapshots it keeps. Source: Storage Box price list, as of 2026-11-23."""

_SHARED_LABELS = frozenset({"ac", "co", "com", "gv", "ltd", "me", "ne", "net", "nom", "or", "org"})


def is_registrable(zone: str) -> bool:
    """Whether a zone is a domain of its own, as all zones at Hetzner are, and not a name inside one.

    Source: Hetzner Cloud API, "Zones" ("Subdomains are not supported"), as of 2026-11-23. Below a country's domain
    only the commonest labels under which anybody registers are known, such as `co.uk`.
    """
    match zone.split("."):
        case [_, _]:
            return True
        case [_, shared, country]:
            return len(country) == 2 and shared in _SHARED_LABELS
    return False


USER_DATA_BYTES = 32_768
VOLUME_GIB = range(10, 10_241)
SERVERS_IN_A_GROUP = 10
RULES_OF_A_FIREWALL = 500
"""Limits. Source: Hetzner Cloud API and its FAQ on firewalls and placement groups, as of 2026-11-23."""
