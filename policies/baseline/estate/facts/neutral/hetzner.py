"""What of Hetzner's holds and admits nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TYPES: Final[Mapping[str, str]] = {
    "hcloud:index/networkSubnet:NetworkSubnet": "a part of a network's address plan",
    "hcloud:index/placementGroup:PlacementGroup": "spreads servers over machines",
    "hcloud:index/rdns:Rdns": "the reverse name of an address",
    "hcloud:index/serverNetwork:ServerNetwork": "an address inside a private network",
}
