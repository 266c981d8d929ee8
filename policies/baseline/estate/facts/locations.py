"""Where the providers' locations, zones and regions are.

A place is decided by this table alone, never by a prefix of its name (`eu-west-2` is not in the EU) nor by
its zone. Countries are ISO 3166-1 alpha-2.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

GLOBAL: Final = "global"
"""The place of what AWS keeps for all regions at once, such as IAM: in no country that anyone promises."""


class UnknownPlace(KeyError):
    """No table knows the place, so it is nowhere that anyone promised."""

    def __init__(self, provider: str, place: str) -> None:
        super().__init__(provider, place)
        self.provider = provider
        self.place = place

    def __str__(self) -> str:
        return f"no table knows where {self.provider} has {self.place!r}: see baseline/estate/facts/locations.py"


HETZNER_LOCATIONS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "fsn1": ("DE", "eu-central"),
        "nbg1": ("DE", "eu-central"),
        "hel1": ("FI", "eu-central"),
        "ash": ("US", "us-east"),
        "hil": ("US", "us-west"),
        "sin": ("SG", "ap-southeast"),
    }
)
"""Location -> country, network zone. Source: Hetzner Cloud API, GET /locations, read 2026-11-23."""

AWS_REGIONS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "af-south-1": ("ZA", "aws"),
        "ap-east-1": ("HK", "aws"),
        "ap-east-2": ("TW", "aws"),
        "ap-northeast-1": ("JP", "aws"),
        "ap-northeast-2": ("KR", "aws"),
        "ap-northeast-3": ("JP", "aws"),
        "ap-south-1": ("IN", "aws"),
        "ap-south-2": ("IN", "aws"),
        "ap-southeast-1": ("SG", "aws"),
        "ap-southeast-2": ("AU", "aws"),
        "ap-southeast-3": ("ID", "aws"),
        "ap-southeast-4": ("AU", "aws"),
        "ap-southeast-5": ("MY", "aws"),
        "ap-southeast-6": ("NZ", "aws"),
        "ap-southeast-7": ("TH", "aws"),
        "ca-central-1": ("CA", "aws"),
        "ca-west-1": ("CA", "aws"),
        "eu-central-1": ("DE", "aws"),
        "eu-central-2": ("CH", "aws"),
        "eu-north-1": ("SE", "aws"),
        "eu-south-1": ("IT", "aws"),
        "eu-south-2": ("ES", "aws"),
        "eu-west-1": ("IE", "aws"),
        "eu-west-2": ("GB", "aws"),
        "eu-west-3": ("FR", "aws"),
        "il-central-1": ("IL", "aws"),
        "me-central-1": ("AE", "aws"),
        "me-south-1": ("BH", "aws"),
        "mx-central-1": ("MX", "aws"),
        "sa-east-1": ("BR", "aws"),
        "us-east-1": ("US", "aws"),
        "us-east-2": ("US", "aws"),
        "us-west-1": ("US", "aws"),
        "us-west-2": ("US", "aws"),
        "cn-north-1": ("CN", "aws-cn"),
        "cn-northwest-1": ("CN", "aws-cn"),
        "us-gov-east-1": ("US", "aws-us-gov"),
        "us-gov-west-1": ("US", "aws-us-gov"),
        "us-iso-east-1": ("US", "aws-iso"),
        "us-iso-west-1": ("US", "aws-iso"),
        "us-isob-east-1": ("US", "aws-iso-b"),
        "us-isob-west-1": ("US", "aws-iso-b"),
        "eu-isoe-west-1": ("GB", "aws-iso-e"),
        "us-isof-east-1": ("US", "aws-iso-f"),
        "us-isof-south-1": ("US", "aws-iso-f"),
        "eusc-de-east-1": ("DE", "aws-eusc"),
    }
)
"""Region -> country, partition. Source: endpoints.json of botocore 1.43.11 (regions, partitions, places),
read 2026-11-23; countries after the place names, for eu-isoe-west-1 after its partition's domain."""

AWS_DNS_SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aws": "amazonaws.com",
        "aws-cn": "amazonaws.com.cn",
        "aws-us-gov": "amazonaws.com",
        "aws-iso": "c2s.ic.gov",
        "aws-iso-b": "sc2s.sgov.gov",
        "aws-iso-e": "cloud.adc-e.uk",
        "aws-iso-f": "csp.hci.ic.gov",
        "aws-eusc": "amazonaws.eu",
    }
)
"""Partition -> domain. Source: endpoints.json of botocore 1.43.11, read 2026-11-23."""


def countries(provider: str, place: str) -> frozenset[str]:
    """The countries in which a location, network zone or region lies: none for GLOBAL.

    A zone of AWS is no region, so a provider that names one has no place; ask for the zone's `region_of` first.
    `provider` is `hetzner` or `aws`. Raises UnknownPlace.
    """
    if provider == "hetzner":
        if place in HETZNER_LOCATIONS:
            return frozenset((HETZNER_LOCATIONS[place][0],))
        if spanned := frozenset(country for country, zone in HETZNER_LOCATIONS.values() if zone == place):
            return spanned
    elif provider == "aws":
        if place == GLOBAL:
            return frozenset()
        if place in AWS_REGIONS:
            return frozenset((AWS_REGIONS[place][0],))
    raise UnknownPlace(provider, place)


def network_zone(location: str) -> str:
    """The network zone of a Hetzner location. Raises UnknownPlace."""
    if location not in HETZNER_LOCATIONS:
        raise UnknownPlace("hetzner", location)
    return HETZNER_LOCATIONS[location][1]


def partition(region: str) -> str:
    """The partition of an AWS region, as it stands in ARNs. Raises UnknownPlace."""
    if region not in AWS_REGIONS:
        raise UnknownPlace("aws", region)
    return AWS_REGIONS[region][1]


def region_of(zone: str) -> str:
    """The region of an availability zone, `us-east-1a` -> `us-east-1`. Raises UnknownPlace.

    Local and Wavelength zones bear their region's name but may stand in another country (`us-east-1-bue-1a`
    is in Argentina), so they are unknown places.
    """
    match = re.fullmatch(r"(.+\d)[a-z]", zone)
    if match is None or match[1] not in AWS_REGIONS:
        raise UnknownPlace("aws", zone)
    return match[1]


def other_places(provider: str, place: str, allowed: frozenset[str]) -> tuple[str, ...]:
    """Where else the same provider could keep data in allowed countries; on AWS, within the partition. Sorted.

    Raises UnknownPlace.
    """
    if provider == "hetzner":
        network_zone(place)
        found = {name for name, (country, _) in HETZNER_LOCATIONS.items() if country in allowed}
        return tuple(sorted(found - {place}))
    region = place if place in AWS_REGIONS else region_of(place)
    own = partition(region)
    return tuple(
        sorted(
            name for name, (country, its) in AWS_REGIONS.items() if its == own and country in allowed and name != region
        )
    )
