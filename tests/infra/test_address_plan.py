"""Properties of the address plan, over every network and list of places that it accepts."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from infra.address_plan import (
    LARGEST_NETWORK,
    MOST_PLACES,
    PRIVATE_RANGES,
    SMALLEST_NETWORK,
    AddressPlan,
)


@st.composite
def networks(draw: st.DrawFn) -> IPv4Network:
    """Any private network that the plan takes."""
    around = draw(st.sampled_from(PRIVATE_RANGES))
    length = draw(st.integers(LARGEST_NETWORK, SMALLEST_NETWORK))
    position = draw(st.integers(0, 2 ** (length - around.prefixlen) - 1))
    return IPv4Network((int(around[0]) + position * 2 ** (32 - length), length))


PLACES = st.lists(st.text("abcdefgh123", min_size=1, max_size=5), min_size=1, max_size=MOST_PLACES, unique=True)
PLANS = st.builds(
    lambda network, places: AddressPlan(network=network, places=tuple(places)),
    network=networks(),
    places=PLACES,
)


def subnets(plan: AddressPlan) -> list[IPv4Network]:
    """The public and the private subnet of each place in turn."""
    return [subnet for place in plan.places for subnet in (plan.public(place), plan.private(place))]


@given(PLANS)
def test_subnets_lie_in_the_network_and_apart(plan: AddressPlan) -> None:
    """Every subnet is part of the network and overlaps no other."""
    assert all(subnet.subnet_of(plan.network) for subnet in subnets(plan))
    assert not any(one.overlaps(other) for one, other in combinations(subnets(plan), 2))


@given(PLANS)
def test_one_prefix_holds_all_public_and_one_all_private_subnets(plan: AddressPlan) -> None:
    """A rule that names the public or the private half names all of its subnets and none of the other half."""
    for place in plan.places:
        assert plan.public(place).subnet_of(plan.all_public)
        assert plan.private(place).subnet_of(plan.all_private)
    assert not plan.all_public.overlaps(plan.all_private)


@given(PLANS, st.integers(0, 40))
def test_appending_a_place_moves_no_subnet(plan: AddressPlan, count: int) -> None:
    """A place that is appended leaves the subnets of the others where they were, and hosts that had a place each."""
    assume(len(plan.places) < MOST_PLACES)
    longer = AddressPlan(network=plan.network, places=(*plan.places, "appended"))
    assert subnets(longer)[: len(subnets(plan))] == subnets(plan)
    first = min(count, len(plan.places))
    assert longer.seats("app", first) == plan.seats("app", first)


@given(PLANS, st.integers(0, 200), st.integers(0, 8))
def test_hosts_have_addresses_of_their_own_in_their_private_subnet(plan: AddressPlan, app: int, database: int) -> None:
    """No two hosts share a name or an address, and none takes one that a cloud keeps for itself."""
    seats = plan.seats("app", app) + plan.seats("database", database)
    assert len({seat.address for seat in seats}) == len({seat.name for seat in seats}) == len(seats)
    for seat in seats:
        subnet = plan.private(seat.place)
        assert seat.address in list(subnet)[4:-1]


@given(PLANS, st.integers(0, 199))
def test_adding_a_host_moves_no_other(plan: AddressPlan, count: int) -> None:
    """The seats of a larger count begin with those of the smaller one."""
    assert plan.seats("app", count + 1)[:count] == plan.seats("app", count)


def test_two_hosts_of_two_places_are_apart() -> None:
    """Hosts of a role are spread over the places in turn, from the first."""
    plan = AddressPlan(network=IPv4Network("10.1.0.0/16"), places=("fsn1", "nbg1"))
    assert [(seat.name, seat.place, str(seat.address)) for seat in plan.seats("app", 2)] == [
        ("app-1", "fsn1", "10.1.128.16"),
        ("app-2", "nbg1", "10.1.144.17"),
    ]
    assert str(plan.balancer("nbg1")) == "10.1.16.8"


def test_every_mistake_of_a_plan_is_named_at_once() -> None:
    """A plan that is too small, public and without places says all three."""
    with pytest.raises(ValueError, match=r"/24: wanted /16 to /20; .*not inside a private range.*; places \(\)"):
        AddressPlan(network=IPv4Network("192.0.2.0/24"), places=())


def test_what_is_not_in_the_plan_is_refused() -> None:
    """An unknown place, an unknown role, a place named twice and more hosts than addresses are errors."""
    plan = AddressPlan(network=IPv4Network("10.1.0.0/16"), places=("fsn1",))
    with pytest.raises(ValueError, match="place 'ash': not in the plan, which knows fsn1"):
        plan.private("ash")
    with pytest.raises(ValueError, match="role 'cache': wanted one of app, database"):
        plan.seats("cache", 1)
    with pytest.raises(ValueError, match="9 database hosts: wanted 0 to 8"):
        plan.seats("database", 9)
    with pytest.raises(ValueError, match="one is named twice"):
        AddressPlan(network=IPv4Network("10.1.0.0/16"), places=("fsn1", "fsn1"))
