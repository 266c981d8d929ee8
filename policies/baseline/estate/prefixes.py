"""Algebra of IP prefixes: what lies inside what, and how much of the public internet a prefix opens.

A prefix is text such as `10.0.0.0/8`, `::/0` or a bare address. Host bits are masked away, as EC2 does,
because the meaning is clear. Every function raises ValueError, naming the text, for what is no prefix.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from typing import Literal, NamedTuple

from baseline.foreign import whole

Family = Literal[4, 6]


class Span(NamedTuple):
    """A closed interval of addresses of one family, as integers."""

    family: Family
    first: int
    last: int


WIDEST_OWN = {4: 1 << 16, 6: 1 << 96}
"""Addresses in the widest network that one owner plausibly has: an IPv4 /16, an IPv6 /32."""

WIDEST_HOLDER = {4: 1 << 24, 6: 1 << 109}
"""Addresses in the largest allocation to one holder, an IPv4 /8, an IPv6 /19 (RIPE and ARIN, read 2026-11-23).

The measure for going out: a service that many share, such as a mirror, names the networks of its provider.
"""

# Not globally reachable by the IANA special-purpose address registries (RFC 6890), read 2026-11-23.
# The documentation prefixes are left out on purpose: examples use them in the place of real public networks.
_UNREACHABLE_TEXT = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/127",
    "::ffff:0:0/96",
    "fc00::/7",
    "fe80::/10",
    "ff00::/8",
)


@lru_cache(maxsize=1 << 16)
def span(prefix: str) -> Span:
    """The addresses of a prefix."""
    address, slash, length_text = prefix.partition("/")
    version: Family = 6 if ":" in address else 4
    bits = 128 if version == 6 else 32
    try:
        if "%" in address:
            raise ValueError("a zone index")
        number = int(IPv6Address(address) if version == 6 else IPv4Address(address))
    except ValueError:
        raise ValueError(f"{prefix!r} is no IP prefix: {address!r} is no address") from None
    if not slash:
        return Span(version, number, number)
    length = whole(length_text, bits)
    if length is None:
        raise ValueError(f"{prefix!r} is no IP prefix: its length is not a number from 0 to {bits}")
    host_mask = (1 << (bits - length)) - 1
    return Span(version, number & ~host_mask, number | host_mask)


def family(prefix: str) -> Family:
    """4 or 6."""
    return span(prefix).family


def covers(outer: str, inner: str) -> bool:
    """Whether every address of `inner` is in `outer`."""
    a, b = span(outer), span(inner)
    return a.family == b.family and a.first <= b.first and b.last <= a.last


def overlaps(one: str, other: str) -> bool:
    """Whether the two prefixes share an address."""
    a, b = span(one), span(other)
    return a.family == b.family and a.first <= b.last and b.first <= a.last


def within(prefix: str, allowed: Iterable[str]) -> bool:
    """Whether the *union* of the allowed prefixes holds all of `prefix`: two halves make a whole."""
    return not _less(span(prefix), map(span, allowed))


def uncovered(prefix: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """The part of `prefix` that no allowed prefix covers, as the fewest prefixes, in ascending order."""
    return tuple(text for gap in _less(span(prefix), map(span, allowed)) for text in _prefixes(gap))


def private(prefix: str) -> bool:
    """Whether no address of `prefix` can be reached over the internet: private, shared, loopback, ..."""
    return internet_exposure(prefix) == 0


@lru_cache(maxsize=1 << 16)
def internet_exposure(prefix: str) -> int:
    """How many publicly reachable addresses a prefix opens to."""
    return _size(_less(span(prefix), _UNREACHABLE))


def is_internet(prefix: str, widest: Mapping[int, int] = WIDEST_OWN) -> bool:
    """Whether a prefix opens more public space than one network could own, so that it admits strangers.

    More than an IPv4 /16 or an IPv6 /32, counted after private space is taken away: 0.0.0.0/1 is the
    internet, and so is 10.0.0.0/7 (half of it is public), but 192.168.0.0/15 is not.
    """
    return internet_exposure(prefix) > widest[family(prefix)]


def merged_internet(prefixes: Iterable[str], widest: Mapping[int, int] = WIDEST_OWN) -> bool:
    """Whether prefixes open the internet *together*, narrow as each may be. An address counts once."""
    spans = [span(prefix) for prefix in prefixes]
    return any(
        sum(_size(_less(union, _UNREACHABLE)) for union in _union(spans, version)) > widest[version]
        for version in (4, 6)
    )


def _union(spans: Iterable[Span], version: int) -> Iterator[Span]:
    """The spans of one family as disjoint intervals in ascending order."""
    current: Span | None = None
    for each in sorted(s for s in spans if s.family == version):
        if current is None or each.first > current.last:
            if current is not None:
                yield current
            current = each
        elif each.last > current.last:
            current = Span(current.family, current.first, each.last)
    if current is not None:
        yield current


def _less(whole: Span, holes: Iterable[Span]) -> list[Span]:
    """What is left of `whole` when the holes are cut out of it."""
    left, first = [], whole.first
    for hole in sorted(h for h in holes if h.family == whole.family):
        if hole.last < first:
            continue
        if hole.first > whole.last:
            break
        if hole.first > first:
            left.append(Span(whole.family, first, hole.first - 1))
        first = hole.last + 1
    if first <= whole.last:
        left.append(Span(whole.family, first, whole.last))
    return left


def _size(spans: Iterable[Span]) -> int:
    return sum(s.last - s.first + 1 for s in spans)


def _prefixes(gap: Span) -> Iterator[str]:
    """The fewest prefixes that make up an interval: at each step the largest that is aligned and fits."""
    bits = 128 if gap.family == 6 else 32
    first = gap.first
    while first <= gap.last:
        aligned = first & -first or 1 << bits
        size = min(aligned, 1 << ((gap.last - first + 1).bit_length() - 1))
        address = IPv6Address(first) if gap.family == 6 else IPv4Address(first)
        yield f"{address}/{bits + 1 - size.bit_length()}"
        first += size


_UNREACHABLE = tuple(span(text) for text in _UNREACHABLE_TEXT)
