"""The types of an environment's fields: what each may hold, and what to do when it holds something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, StrictInt
from pydantic_core import PydanticCustomError

from infra.host.recipients import is_recipient
from stacks import places
from stacks.placement import COUNTRIES

T = TypeVar("T")
Many = TypeVar("Many", bound=tuple[Hashable, ...])


class Refusal(NamedTuple):
    """One thing that is wrong: in which part of a field ("" for all of it), what, and what to do."""

    at: str
    what: str
    remedy: str


def refuse(refusals: Iterable[Refusal]) -> None:
    """Raise what pydantic gathers under the name of the field, if anything is refused."""
    found = tuple(refusals)
    if found:
        text = "; ".join(f"{refusal.what}: {refusal.remedy}" for refusal in found)
        raise PydanticCustomError("refused", "{text}", {"text": text, "refusals": found})


def _must(holds: Callable[[Any], object], what: str, remedy: str) -> AfterValidator:
    def check(value: T) -> T:
        refuse([] if holds(value) else [Refusal("", what.format(value), remedy)])
        return value

    return AfterValidator(check)


def _one_of(known: Iterable[str], what: str) -> AfterValidator:
    names = sorted(known)
    return _must(names.__contains__, what, f"write one of {', '.join(names)} (stacks/places.py)")


def _matches(pattern: str, what: str, remedy: str) -> AfterValidator:
    return _must(re.compile(pattern).fullmatch, what, remedy)


def _distinct(values: Many) -> Many:
    repeated = sorted({str(value) for value in values if values.count(value) > 1})
    refuse(Refusal("", f"{value} is named twice", "name it once") for value in repeated)
    return values


def _parsed(value: object) -> object:
    """Parsed here, because pydantic says of host bits only that the network is not valid."""
    if isinstance(value, IPv4Network | IPv6Network):
        return value
    try:
        return ip_network(str(value))
    except ValueError as problem:
        refuse([Refusal("", str(problem), _nearest(str(value)))])
        raise


def _nearest(value: str) -> str:
    try:
        return f"write {ip_network(value, strict=False)}"
    except ValueError:
        return "write a network, such as 203.0.113.0/28 or 2001:db8::/48"


def _store(url: str) -> bool:
    parts = urlsplit(url)
    return bool(
        (parts.scheme in {"s3", "gs", "azblob", "https"} and parts.netloc) or (parts.scheme == "file" and parts.path)
    )


def _keys(url: str) -> bool:
    parts = urlsplit(url)
    named = parts.scheme in {"awskms", "gcpkms", "azurekeyvault", "hashivault"} and (parts.netloc or parts.path)
    return url in {"passphrase", "default"} or bool(named)


_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})+"

Text = Annotated[str, _must(str.strip, "it is empty", "write a name")]
StackName = Annotated[
    str,
    _matches(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "{!r} is no stack name", "write lower case words joined by hyphens"),
]
HetznerLocation = Annotated[str, _one_of(places.HETZNER_LOCATIONS, "{!r} is no location of Hetzner")]
AwsRegion = Annotated[str, _one_of(places.AWS_REGIONS, "{!r} is no region of AWS")]
AnyPlace = Annotated[
    str,
    _one_of(
        {*places.HETZNER_LOCATIONS, *places.AWS_REGIONS},
        "{!r} is no location of Hetzner and no region of AWS",
    ),
]
Size = Annotated[
    str,
    _one_of({*places.SERVER_TYPES, *places.INSTANCE_TYPES}, "{!r} is no server type and no instance type in use"),
]
Account = Annotated[str, _matches(r"\d{12}", "{!r} is no AWS account", "write its twelve digits, in quotes")]
Count = Annotated[StrictInt, _must(lambda n: n >= 1, "{} hosts cannot serve", "write 1 or more")]
Gibibytes = Annotated[
    StrictInt,
    _must(lambda n: 10 <= n <= 10_240, "{} GiB is no size of a volume", "write 10 to 10240, Hetzner's bounds"),
]
Days = Annotated[StrictInt, _must(lambda n: n >= 1, "{} days keep nothing", "write 1 or more")]
Hour = Annotated[StrictInt, _must(lambda n: 0 <= n <= 23, "{} is no hour of the day", "write 0 to 23, in UTC")]
DomainName = Annotated[
    str,
    _matches(_NAME, "{!r} is no domain name", "write lower case labels joined by dots, without a final dot"),
]
Email = Annotated[
    str,
    _matches(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_NAME}", "{!r} is no e-mail address", "write name@example.com"),
]
Country = Annotated[
    str,
    _must(COUNTRIES.__contains__, "{!r} is no country", "write two capital letters of ISO 3166-1, such as DE"),
]
Recipient = Annotated[
    str,
    _must(is_recipient, "{!r} is no public key of age", "write the whole of what age-keygen prints, age1..."),
]
Backend = Annotated[
    str,
    _must(_store, "{!r} is no place for Pulumi's state", "write a URL such as s3://bucket?region=eu-central-1"),
]
SecretsProvider = Annotated[
    str,
    _must(
        _keys,
        "{!r} is no secrets provider of Pulumi",
        "write passphrase, or a URL such as awskms://alias/name",
    ),
]
# Validators before the type run from the last to the first: parsed, then looked at.
_OF_IPV4 = _must(lambda network: network.version == 4, "{} is not of IPv4", "write one such as 10.50.0.0/16")
PlanNetwork = Annotated[IPv4Network, BeforeValidator(_OF_IPV4.func), BeforeValidator(_parsed)]
AdminNetwork = Annotated[IPv4Network | IPv6Network, BeforeValidator(_parsed)]
Distinct = AfterValidator(_distinct)
NotEmpty = _must(len, "it is empty", "name at least one")
