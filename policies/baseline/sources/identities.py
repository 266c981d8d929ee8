"""By which texts a deployed resource is known: those that mean it and nothing else.

A program writes `key.arn`, and what is deployed has the ARN itself. To show both as one reference, the texts that a
resource is known by are looked for in what depends on it. Only what identifies it counts: its id, its names, its ARN,
the addresses at which it is reached. A region, a network, an engine, a port is an output of many things, and may
stand beside a reference as what it is; taken for a reference, it would be judged as unknown.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from baseline.estate.facts.autonames import is_made_up
from baseline.estate.facts.locations import AWS_REGIONS, HETZNER_LOCATIONS

_WORDS: Final = re.compile(r"[A-Z]?[a-z0-9]+")
_ADDRESSES: Final = frozenset(
    {
        *("address", "addresses", "cname", "domain", "endpoint", "fqdn", "host", "hostname"),
        *("ip", "ips", "ipv4", "ipv6", "server", "uri", "url"),
        *(f"{kind} name" for kind in ("dns", "domain", "host")),
    }
)
"""The last words of outputs that say where something is reached."""

_ID_OF_AWS: Final = re.compile(r"[a-z]{1,12}-(?:[0-9a-f]{8}|[0-9a-f]{17})")
_HOST_NAME: Final = re.compile(r"(?:[\w-]+\.){2,}[A-Za-z][\w-]*\.?")
_URL: Final = re.compile(r"[a-z][a-z0-9+.-]*://\S+")
_PLACES: Final = frozenset(
    {*AWS_REGIONS, *HETZNER_LOCATIONS, *(zone for _, zone in HETZNER_LOCATIONS.values())},
)
_PART_OF_A_PLACE: Final = re.compile(r"[a-z]|-dc\d+|-az\d+|-\w+-\d+[a-z]")
"""What follows the name of a region or location in that of a zone, a datacenter or a local zone."""

_ZONE_ID: Final = re.compile(r"[a-z]{2,4}\d-az\d+")  # `euc1-az2`, the same zone for every account
_ACCOUNT: Final = re.compile(r"\d{12}")


def known_by(type_: str, name: str, id_: str, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> Iterator[str]:
    """The texts that identify a resource of a type, which its program calls `name`; some more than once."""
    pairs = [("id", id_), *_texts(inputs), *_texts(outputs)]
    own = _names(type_)
    called = {text for key, text in pairs if text and (key in own or is_made_up(text, name))}
    for key, text in pairs:
        named = (text in called and not _common(text)) or _ID_OF_AWS.fullmatch(text)
        if named or _address(key, text) or _is_arn(key, text, called):
            yield text


def _names(type_: str) -> frozenset[str]:
    """The properties that bear the id or a name: those that any type has, and those called after the type."""
    kind = type_.rpartition(":")[2]
    kind = kind[:1].lower() + kind[1:]
    return frozenset({"id", "identifier", "name", kind, f"{kind}Id", f"{kind}Identifier", f"{kind}Name"})


def _common(text: str) -> bool:
    """Whether a text is of many things, though it be an id too: that of a region's settings is its region."""
    return len(text) < 2 or text.isalpha() or _is_place(text) or bool(_ACCOUNT.fullmatch(text)) or _is_network(text)


def _is_place(text: str) -> bool:
    parts = (text[: len(place)] == place and text[len(place) :] for place in _PLACES)
    return (
        text in _PLACES
        or bool(_ZONE_ID.fullmatch(text))
        or any(rest and _PART_OF_A_PLACE.fullmatch(rest) for rest in parts)
    )


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return "/" in text


def _address(key: str, text: str) -> bool:
    """Whether an output says where a resource is reached: a URL, the name of a host, or its address."""
    words = [word.lower() for word in _WORDS.findall(key)]
    if _ADDRESSES.isdisjoint((" ".join(words[-1:]), " ".join(words[-2:]))):
        return False
    try:
        host = ipaddress.ip_address(text)
    except ValueError:
        return bool(_URL.fullmatch(text) or _HOST_NAME.fullmatch(text))
    return not (host.is_unspecified or host.is_loopback or host.is_multicast)


def _is_arn(key: str, text: str, called: set[str]) -> bool:
    """Whether an output is the ARN of the resource, or of a part of it; it may also be that of something else."""
    return text.startswith("arn:") and (key == "arn" or not called.isdisjoint(_parts(text)))


def _parts(arn: str) -> Iterator[str]:
    """What an ARN names: all behind the account, and each part of that."""
    rest = arn.split(":", 5)[-1]
    yield rest
    yield from re.split(r"[:/]", rest)
    yield rest.partition("/")[2]
    yield rest.partition(":")[2]


def _texts(properties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts at the top of some properties, and in lists there, each with its key."""
    for key, value in properties.items():
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, list) and key != "__defaults":
            yield from ((key, item) for item in value if isinstance(item, str))
