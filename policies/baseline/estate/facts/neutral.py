"""Types that hold no data, admit no traffic, end no TLS, grant no access and keep no logs, each with the reason.

A type that no adapter reads and that is not listed here is unjudged, and an unjudged resource fails.
"""

from __future__ import annotations

from collections.abc import Mapping

NEUTRAL: Mapping[str, str] = {
    "hcloud:index/placementGroup:PlacementGroup": "spreads servers over machines",
    "hcloud:index/networkSubnet:NetworkSubnet": "a part of a network's address plan",
    "hcloud:index/serverNetwork:ServerNetwork": "an address inside a private network",
    "hcloud:index/rdns:Rdns": "the reverse name of an address",
}
