"""What of Hetzner's holds and admits nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TYPES: Final[Mapping[str, str]] = {
    "hcloud:index/networkSubnet:NetworkSubnet": "a part of a network's address plan",
    "hcloud:index/placementGroup:PlacementGroup": "spreads servers over machines",
    "hcloud:index/rdns:Rdns": "the reverse name of an address",
    # Whose key it is no rule asks: policies/declared names networks that may administer, and no operators' keys.
    "hcloud:index/sshKey:SshKey": "a public key, which opens nothing until a server names it, at its birth",
    "hcloud:index/serverNetwork:ServerNetwork": "an address inside a private network",
}
