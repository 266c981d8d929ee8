"""The algebra of prefixes, against brute force wherever a space is small enough to count."""

from functools import reduce
from ipaddress import IPv4Network, IPv6Network, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.estate import prefixes


def _within(base: int, bits: int, longest: int, make: type[IPv4Network] | type[IPv6Network]) -> st.SearchStrategy[str]:
    """Prefixes of `bits` to `longest` in the block that starts at `base`."""
    width = 32 if make is IPv4Network else 128

    def build(length: int, number: int) -> str:
        address = base | (number << (width - longest))
        return str(make((address, length), strict=False))

    return st.builds(build, st.integers(bits, longest), st.integers(0, 2 ** (longest - bits) - 1))


SMALL = st.one_of(
    _within(int(ip_network("192.0.2.0/25").network_address), 25, 32, IPv4Network),
    _within(int(ip_network("2001:db8::/121").network_address), 121, 128, IPv6Network),
)
WIDE = _within(0, 0, 16, IPv4Network)


def _addresses(*texts: str) -> set[tuple[int, int]]:
    """All addresses of small prefixes, counted out."""
    return {(net.version, int(address)) for net in map(ip_network, texts) for address in net}


@given(SMALL, SMALL)
def test_covers_and_overlaps_agree_with_counting(one: str, other: str) -> None:
    """A prefix covers another exactly if no address of the other is missing from it."""
    assert prefixes.covers(one, other) == (_addresses(one) >= _addresses(other))
    assert prefixes.overlaps(one, other) == bool(_addresses(one) & _addresses(other))


@given(SMALL, st.lists(SMALL, max_size=6))
def test_uncovered_is_what_no_allowed_prefix_holds(prefix: str, allowed: list[str]) -> None:
    """What is uncovered is the set difference, in ascending prefixes that do not overlap."""
    left = prefixes.uncovered(prefix, allowed)
    assert _addresses(*left) == _addresses(prefix) - _addresses(*allowed)
    assert sum(ip_network(text).num_addresses for text in left) == len(_addresses(*left))
    assert list(left) == sorted(left, key=lambda text: int(ip_network(text).network_address))
    assert prefixes.within(prefix, allowed) == (not left)


@given(SMALL)
def test_uncovered_uses_the_fewest_prefixes(prefix: str) -> None:
    """A gap that is itself a prefix comes back as that one prefix."""
    assert prefixes.uncovered(prefix, ()) == (prefix,)


def _public_blocks(text: str) -> set[int]:
    """The publicly reachable /16 blocks of an IPv4 prefix of at most 16 bits, counted out."""
    network = IPv4Network(text)
    first = int(network.network_address) >> 16
    blocks = range(first, first + (1 << (16 - network.prefixlen)))
    special = {
        block
        for low, high in (
            ("0.0", "0.255"),
            ("10.0", "10.255"),
            ("100.64", "100.127"),
            ("127.0", "127.255"),
            ("169.254", "169.254"),
            ("172.16", "172.31"),
            ("192.168", "192.168"),
            ("198.18", "198.19"),
            ("224.0", "255.255"),
        )
        for block in range(_block(low), _block(high) + 1)
    }
    return set(blocks) - special


def _block(text: str) -> int:
    return reduce(lambda high, low: high * 256 + low, map(int, text.split(".")))


@given(WIDE)
def test_exposure_counts_public_addresses_only(prefix: str) -> None:
    """Exposure is the number of public addresses, and a prefix is the internet above one /16 of them."""
    blocks = _public_blocks(prefix)
    assert prefixes.internet_exposure(prefix) == len(blocks) << 16
    assert prefixes.is_internet(prefix) == (len(blocks) > 1)
    assert prefixes.private(prefix) == (not blocks)


@given(st.lists(WIDE, max_size=5))
def test_prefixes_open_the_internet_together_when_their_union_does(texts: list[str]) -> None:
    """Repeated and nested prefixes count once."""
    union: set[int] = set().union(*map(_public_blocks, texts))
    assert prefixes.merged_internet(texts) == (len(union) > 1)


@pytest.mark.parametrize(
    "prefix",
    ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "203.0.0.0/8", "10.0.0.0/7", "52.0.0.0/15", "::/0", "2000::/3"],
)
def test_wide_public_space_is_the_internet(prefix: str) -> None:
    """Comparing with 0.0.0.0/0 alone misses all of these but one."""
    assert prefixes.is_internet(prefix)


@pytest.mark.parametrize(
    "prefix",
    [
        "203.0.113.0/24",
        "198.51.0.0/16",
        "192.168.0.0/15",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "224.0.0.0/3",
        "fc00::/7",
        "2001:db8::/32",
        "fe80::/10",
        "192.0.2.7",
    ],
)
def test_own_and_private_networks_are_not_the_internet(prefix: str) -> None:
    """A network that somebody can own, or that nobody can reach, admits no strangers."""
    assert not prefixes.is_internet(prefix)


def test_many_narrow_prefixes_open_the_internet_together() -> None:
    """The 65,536 networks of 16 bits are each somebody's own; together they are everybody's."""
    every_16 = [f"{high}.{low}.0.0/16" for high in range(256) for low in range(256)]
    assert not any(prefixes.is_internet(text) for text in every_16)
    assert prefixes.merged_internet(every_16)
    assert prefixes.merged_internet(["0.0.0.0/1", "128.0.0.0/1"])
    assert prefixes.merged_internet(["2001:db8::/32", "2001:db9::/32"])
    assert not prefixes.merged_internet(["203.0.113.0/24", "198.51.100.0/24", "10.0.0.0/8", "2001:db8::/32"])


def test_what_lies_between_two_prefixes_does_not_count() -> None:
    """Two addresses with a third between them open two, overlapping or not."""
    two = ["203.0.113.0", "203.0.113.2", "203.0.113.2/32"]
    assert prefixes.merged_internet(two, {4: 1, 6: 1})
    assert not prefixes.merged_internet(two, {4: 2, 6: 2})


def test_two_halves_cover_the_whole() -> None:
    """A union of allowed prefixes is as good as one that spells it out; with a hole in it, it is not."""
    assert prefixes.within("0.0.0.0/0", ["0.0.0.0/1", "128.0.0.0/1"])
    assert prefixes.uncovered("192.0.2.0/24", ["192.0.2.0/25", "192.0.2.192/26"]) == ("192.0.2.128/26",)
    assert not prefixes.within("::/0", ["0.0.0.0/0"])


@pytest.mark.parametrize(
    "text",
    ["", "10.0.0.0/33", "10.0.0/8", "::/129", "fe80::1%eth0", "10.0.0.0/-1", "10.0.0.0/", "pl-0123", "any"],
)
def test_what_is_no_prefix_is_named(text: str) -> None:
    """An error says which text is wrong."""
    with pytest.raises(ValueError, match="is no IP prefix") as error:
        prefixes.is_internet(text)
    assert repr(text) in str(error.value)


def test_host_bits_are_masked_away() -> None:
    """EC2 takes 10.0.0.5/8 for 10.0.0.0/8, so a comparison must as well."""
    assert prefixes.covers("10.5.0.0/8", "10.0.0.0/16")
    assert prefixes.covers("10.5.0.0/8", "10.255.0.0/16")
    assert prefixes.family("10.0.0.5/8") == 4
    assert prefixes.family("2001:db8::1") == 6
