"""Port ranges in the words of both clouds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.estate.ports import (
    ADMINISTRATION_PORTS,
    ANY,
    DATABASE_PORTS,
    Ports,
    from_aws,
    from_hetzner,
    services,
)

RANGES = st.tuples(st.integers(0, 65535), st.integers(0, 65535)).map(lambda pair: Ports(*sorted(pair)))


@given(RANGES, RANGES)
def test_ranges_agree_with_counting(one: Ports, other: Ports) -> None:
    """Containment and overlap are those of the sets of ports."""
    a, b = set(range(one.first, one.last + 1)), set(range(other.first, other.last + 1))
    assert one.contains(other) == (a >= b)
    assert one.overlaps(other) == bool(a & b)
    assert one.first in one
    assert (one.last + 1) not in one


@given(RANGES)
def test_both_clouds_say_the_same_range(ports: Ports) -> None:
    """A range written for either cloud is read as the same range, also when its numbers arrive as floats."""
    assert from_hetzner("tcp", f"{ports.first}-{ports.last}") == ports
    assert from_aws("tcp", float(ports.first), float(ports.last)) == ports
    assert from_aws("17", ports.first, ports.last) == ports


@pytest.mark.parametrize(
    ("protocol", "first", "last"),
    [("-1", 0, 0), ("all", None, None), ("tcp", -1, -1), ("tcp", None, None), ("-1", 443, 443)],
)
def test_aws_words_for_every_port(protocol: str, first: int | None, last: int | None) -> None:
    """Protocol -1 opens every port whatever stands beside it, and so do absent ports."""
    assert from_aws(protocol, first, last) == ANY


def test_one_port_and_any_at_hetzner() -> None:
    """`22` is one port, `any` is all of them."""
    assert from_hetzner("tcp", "22") == Ports(22, 22)
    assert from_hetzner("udp", "any") == ANY


def test_protocols_without_ports_have_none() -> None:
    """The port fields of ICMP are types and codes, and ESP and GRE know no ports."""
    assert from_aws("icmp", 8, 0) is None
    assert from_aws("50", None, None) is None
    assert from_hetzner("icmp", None) is None
    assert from_hetzner("gre", None) is None


@pytest.mark.parametrize("port", [None, "", "https", "99999", "22-", "-22", "5000-1024", "22,80", "٢٢"])
def test_hetzner_ports_that_only_fail_at_deployment(port: str | None) -> None:
    """The provider lets these through a preview; here they are refused, with the value named."""
    with pytest.raises(ValueError, match="is no port"):
        from_hetzner("tcp", port)


@pytest.mark.parametrize(("first", "last"), [(443, 80), (0, 65536), (1.5, 2)])
def test_impossible_aws_ranges(first: float, last: float) -> None:
    """A range that runs backwards, leaves the port space or is no whole number is refused."""
    with pytest.raises(ValueError, match="is no port range"):
        from_aws("tcp", first, last)


def test_a_range_reaches_the_services_inside_it() -> None:
    """A rule that compares with the string 22 misses the range 20-25."""
    assert list(services(Ports(20, 25), ADMINISTRATION_PORTS)) == ["SSH", "Telnet"]
    assert list(services(Ports(5432, 5432), DATABASE_PORTS)) == ["PostgreSQL"]
    assert list(services(Ports(2377, 2377), ADMINISTRATION_PORTS)) == ["Docker"]
    assert list(services(Ports(443, 443), ADMINISTRATION_PORTS)) == []
    assert {"SSH", "RDP", "WinRM", "VNC"} <= set(services(ANY, ADMINISTRATION_PORTS))


def test_known_services_leave_the_front_door_alone() -> None:
    """No range of either table may contain a port that a web server is allowed to have."""
    for ports in (*ADMINISTRATION_PORTS, *DATABASE_PORTS):
        assert 80 not in ports
        assert 443 not in ports


def test_ranges_print_as_people_write_them() -> None:
    """Messages show 22, 1024-5000 and any."""
    assert [str(Ports(22, 22)), str(Ports(1024, 5000)), str(ANY)] == ["22", "1024-5000", "any"]
