"""An address stands in the countries of what is sent to it."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import PublicAddress
from baseline.graph import UNKNOWN
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    PublicAddress,
    clauses=("5.2.1",),
    remedy="Reserve the address at a location in an allowed country: `location` of a primary IP, `homeLocation` of a "
    "floating one.",
    # On AWS the region of an address is one in which the account works: region_outside_countries.
    applies=lambda address: address.location is not None,
)
def address_outside_countries(address: PublicAddress, estate: Estate) -> Iterator[Problem]:
    """A reserved address stands outside the allowed countries.

    All that is sent to an address enters the provider's network where the address is at home, whatever it leads to, and
    a primary IP can serve nothing but a server in the same place.
    """
    place = address.location
    if place is not None and not estate.terms.allow(place.countries):
        yield Problem(f"{address.label} stands in {place}; allowed: {estate.terms.allowed}")


_PRIMARY = "hcloud:index/primaryIp:PrimaryIp"
_FLOATING = "hcloud:index/floatingIp:FloatingIp"
_SERVER = resource("hcloud:index/server:Server", "app", location="fsn1")

EXAMPLES = (
    example(
        "at home in Germany, one of them where its server is",
        _SERVER,
        resource(_PRIMARY, "primary", type="ipv4", location="nbg1"),
        resource(_PRIMARY, "bound", type="ipv4", assigneeId=ref(_SERVER), assigneeType="server"),
        resource(_FLOATING, "floating", type="ipv4", homeLocation="fsn1"),
    ),
    example(
        "in Oregon and in Singapore",
        resource(_PRIMARY, "primary", type="ipv4", location="hil"),
        resource(_FLOATING, "floating", type="ipv6", homeLocation="sin", serverId=123),
        fails("primary"),
        fails("floating"),
    ),
    example(
        "where a server of another program is, and where deployment says",
        resource(_PRIMARY, "primary", type="ipv4", assigneeId=123, assigneeType="server"),
        resource(_FLOATING, "floating", type="ipv6", homeLocation=UNKNOWN),
        unknown("primary"),
        unknown("floating"),
    ),
)
