"""Where everything lies inside one environment's IPv4 network, the same plan on both clouds.

The network is cut into sixteen equal blocks. The lower eight are public (balancers and NAT), the upper eight
private (hosts), so that "every balancer" and "every host" are one prefix each. A place (a Hetzner location or an
AWS availability zone) owns the two blocks of its position: appending a place moves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from types import MappingProxyType

SMALLEST_NETWORK = 20
"""Longest prefix length that the plan fits into: its blocks are then /24."""

LARGEST_NETWORK = 16
"""Shortest prefix length: an AWS VPC holds at most a /16 (VPC quotas, as of 2026-11-23)."""

MOST_PLACES = 8

# The clouds keep the first addresses of a subnet for themselves (AWS four, Hetzner one), and AWS the last.
_BALANCER = 8
_FIRST_HOST: Mapping[str, int] = MappingProxyType({"database": 8, "app": 16})
_PAST_LAST_HOST: Mapping[str, int] = MappingProxyType({"database": 16, "app": 240})

PRIVATE_RANGES = tuple(IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
"""RFC 1918."""


@dataclass(frozen=True, kw_only=True)
class Seat:
    """What is decided of a host before it exists: its name, its place and its private address."""

    name: str
    place: str
    address: IPv4Address


@dataclass(frozen=True, kw_only=True)
class AddressPlan:
    """The subnets and static addresses of an environment; ValueError when they cannot be laid out."""

    network: IPv4Network
    places: tuple[str, ...]

    def __post_init__(self) -> None:
        problems = []
        if not LARGEST_NETWORK <= self.network.prefixlen <= SMALLEST_NETWORK:
            problems.append(f"network {self.network}: wanted /{LARGEST_NETWORK} to /{SMALLEST_NETWORK}")
        if not any(self.network.subnet_of(private) for private in PRIVATE_RANGES):
            problems.append(f"network {self.network}: not inside a private range of RFC 1918")
        if not 1 <= len(self.places) <= MOST_PLACES:
            problems.append(f"places {self.places!r}: wanted 1 to {MOST_PLACES}")
        if len(set(self.places)) != len(self.places):
            problems.append(f"places {self.places!r}: one is named twice")
        if problems:
            raise ValueError("; ".join(problems))

    @property
    def all_public(self) -> IPv4Network:
        """The prefix that holds every public subnet, of places yet to come too."""
        return self._half(0)

    @property
    def all_private(self) -> IPv4Network:
        """The prefix that holds every private subnet, of places yet to come too."""
        return self._half(1)

    def public(self, place: str) -> IPv4Network:
        """The subnet of a place for its balancer and NAT; ValueError for a place that is not in the plan."""
        return self._block(place)

    def private(self, place: str) -> IPv4Network:
        """The subnet of a place for its hosts; ValueError for a place that is not in the plan."""
        return self._block(place, MOST_PLACES)

    def balancer(self, place: str) -> IPv4Address:
        """The address of the balancer in the public subnet of a place."""
        return self.public(place)[_BALANCER]

    def seats(self, role: str, count: int) -> tuple[Seat, ...]:
        """Seats for `count` hosts of a role, spread over the places in turn; ValueError when there is no room."""
        if role not in _FIRST_HOST:
            raise ValueError(f"role {role!r}: wanted one of {', '.join(sorted(_FIRST_HOST))}")
        room = _PAST_LAST_HOST[role] - _FIRST_HOST[role]
        if not 0 <= count <= room:
            raise ValueError(f"{count} {role} hosts: wanted 0 to {room}")
        return tuple(self._seat(role, index) for index in range(count))

    def _seat(self, role: str, index: int) -> Seat:
        place = self.places[index % len(self.places)]
        return Seat(
            name=f"{role}-{index + 1}",
            place=place,
            address=self.private(place)[_FIRST_HOST[role] + index],
        )

    def _half(self, position: int) -> IPv4Network:
        return list(self.network.subnets(prefixlen_diff=1))[position]

    def _block(self, place: str, offset: int = 0) -> IPv4Network:
        if place not in self.places:
            raise ValueError(f"place {place!r}: not in the plan, which knows {', '.join(self.places)}")
        return list(self.network.subnets(prefixlen_diff=4))[offset + self.places.index(place)]
