"""Where things are: by table, never by the look of a name."""

import pycountry
import pytest

from baseline.estate.facts.locations import (
    AWS_DNS_SUFFIXES,
    AWS_REGIONS,
    GLOBAL,
    HETZNER_LOCATIONS,
    UnknownPlace,
    countries,
    network_zone,
    partition,
    region_of,
)


@pytest.mark.parametrize(
    ("provider", "place", "expected"),
    [
        ("hetzner", "fsn1", {"DE"}),
        ("hetzner", "nbg1", {"DE"}),
        ("hetzner", "hel1", {"FI"}),
        ("hetzner", "ash", {"US"}),
        ("hetzner", "sin", {"SG"}),
        ("hetzner", "eu-central", {"DE", "FI"}),
        ("hetzner", "us-west", {"US"}),
        ("aws", "eu-central-1", {"DE"}),
        ("aws", "eu-central-2", {"CH"}),
        ("aws", "eu-west-2", {"GB"}),
        ("aws", "ap-southeast-4", {"AU"}),
        ("aws", "ap-southeast-1", {"SG"}),
        ("aws", "eusc-de-east-1", {"DE"}),
        ("aws", "us-east-1", {"US"}),
        ("aws", GLOBAL, set()),
    ],
)
def test_places_lie_in_their_countries(provider: str, place: str, expected: set[str]) -> None:
    """A zone that spans countries lies in all of them, and what is global lies in none."""
    assert countries(provider, place) == expected


@pytest.mark.parametrize(
    ("provider", "place"),
    [
        ("hetzner", "fsn2"),
        ("hetzner", "eu-central-1"),
        ("hetzner", ""),
        ("hetzner", "fsn1-dc14"),
        ("aws", "fsn1"),
        ("aws", "eu-central-9"),
        ("aws", "eu-central-9a"),
        ("aws", "us-west-2b"),
        ("aws", "us-east-1-bue-1a"),
        ("aws", "us-east-1-wl1-bos-wlz-1"),
        ("aws", "us-east-1ab"),
        ("aws", "EU-CENTRAL-1"),
        ("azure", "westeurope"),
    ],
)
def test_places_that_no_table_knows_are_named(provider: str, place: str) -> None:
    """A place without an entry is nowhere that anyone promised; a zone is no region, and may stand elsewhere."""
    with pytest.raises(UnknownPlace) as error:
        countries(provider, place)
    assert repr(place) in str(error.value)
    assert error.value.place == place


def test_regions_partitions_and_zones() -> None:
    """The sovereign cloud is a partition of its own, and a zone is its region and a letter."""
    assert partition("eusc-de-east-1") == "aws-eusc"
    assert AWS_DNS_SUFFIXES[partition("eusc-de-east-1")] == "amazonaws.eu"
    assert partition("eu-central-1") == "aws"
    assert region_of("ap-southeast-2c") == "ap-southeast-2"
    assert network_zone("hel1") == "eu-central"
    for place in ("ap-southeast-2", "fsn1"):
        with pytest.raises(UnknownPlace):
            region_of(place)
    with pytest.raises(UnknownPlace):
        partition("fsn1")
    with pytest.raises(UnknownPlace):
        network_zone("eu-central")


def test_every_country_exists_and_every_partition_has_a_domain() -> None:
    """The tables hold ISO 3166-1 alpha-2 codes, and no partition without its domain."""
    codes = {country for country, _ in (*HETZNER_LOCATIONS.values(), *AWS_REGIONS.values())}
    assert {code for code in codes if pycountry.countries.get(alpha_2=code) is None} == set()
    assert {name for _, name in AWS_REGIONS.values()} == set(AWS_DNS_SUFFIXES)
