"""Which environment serves a shop whose platform is in country X (clause 5.2.1 of the privacy policy).

The clause lets the location of the shopping platform decide: Hetzner in Germany or Finland, or AWS in the
United States or another country. The table below decides for every code of ISO 3166-1 (Kosovo has none).

Groups follow the regions of the UN's M49 (unstats.un.org/unsd/methodology/m49), after two exceptions
that go by law and not by map: where EU law holds, data stays in the EU, overseas too; Nordic autonomies stay
with the Nordic countries. What belongs to an EU state without being part of the EU (Aruba) goes by the map.
The table says where, not whether: sanctions, and laws that demand storage at home, are questions for counsel.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

CLAUSE = "5.2.1"


class UnknownCountry(ValueError):
    """A code that ISO 3166-1 does not assign; the text says what to write."""


@dataclass(frozen=True, kw_only=True)
class Placement:
    """The stack that serves a country, and why."""

    stack: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """Countries that are served from the same place for the same reason."""

    name: str
    stack: str
    reason: str
    countries: tuple[str, ...]


def _group(name: str, stack: str, reason: str, countries: str) -> Group:
    return Group(name=name, stack=stack, reason=reason, countries=tuple(countries.split()))


_NEAR_FINLAND = "Helsinki is the nearest place under EU law"
_EU_LAW = "EU or EEA law holds, and Germany is the nearest place under it"
_EUROPE = "Germany is near, and the EU's law is the one that its own law is measured by"
_AFRICA = "its cables land in Europe, where Germany is the nearest of our places"
_AMERICAS = "the United States are the nearest of our places"
_PACIFIC = "Australia is the only one of our places in Asia and the Pacific"

GROUPS: tuple[Group, ...] = (
    # Greenland is Northern America to M49; autonomies take part in the Helsinki Treaty as their states do.
    _group("Nordic countries", "hetzner-fi", _NEAR_FINLAND, "AX DK FI FO GL IS NO SE SJ"),
    _group("Baltic countries", "hetzner-fi", _NEAR_FINLAND, "EE LT LV"),
    _group(
        "EU and EEA",
        "hetzner-de",
        _EU_LAW,
        "AT BE BG CY CZ DE ES FR GR HR HU IE IT LI LU MT NL PL PT RO SI SK",
    ),
    # Article 349 TFEU: part of the EU wherever the map puts them, so the Americas would take data out of it.
    _group(
        "Outermost regions of the EU",
        "hetzner-de",
        "part of the EU though overseas, so its data stays in the EU",
        "GF GP MF MQ RE YT",
    ),
    _group("Switzerland", "hetzner-de", _EUROPE, "CH"),
    _group("United Kingdom and Crown Dependencies", "hetzner-de", _EUROPE, "GB GG IM JE"),
    _group("Eastern Europe", "hetzner-de", _EUROPE, "BY MD RU UA"),
    _group("Southern Europe", "hetzner-de", _EUROPE, "AD AL BA GI ME MK RS SM VA"),
    _group("Western Europe", "hetzner-de", _EUROPE, "MC"),
    _group("Northern Africa", "hetzner-de", _AFRICA, "DZ EG EH LY MA SD TN"),
    _group(
        "Eastern Africa",
        "hetzner-de",
        _AFRICA,
        "BI DJ ER ET IO KE KM MG MU MW MZ RW SC SO SS TF TZ UG ZM ZW",
    ),
    _group("Middle Africa", "hetzner-de", _AFRICA, "AO CD CF CG CM GA GQ ST TD"),
    _group("Southern Africa", "hetzner-de", _AFRICA, "BW LS NA SZ ZA"),
    _group("Western Africa", "hetzner-de", _AFRICA, "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG"),
    _group(
        "Western Asia",
        "hetzner-de",
        "its routes to us lead through Europe, where Germany is the nearest of our places",
        "AE AM AZ BH GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    ),
    _group(
        "Central Asia",
        "hetzner-de",
        "its routes to us lead over land through Europe, where Germany is the nearest of our places",
        "KG KZ TJ TM UZ",
    ),
    _group(
        "Antarctica and Bouvet Island",
        "hetzner-de",
        "nobody lives there, and where nothing speaks for a place the strictest law does",
        "AQ BV",
    ),
    _group("Northern America", "aws-us", _AMERICAS, "BM CA PM US"),
    _group("Central America", "aws-us", _AMERICAS, "BZ CR GT HN MX NI PA SV"),
    _group(
        "Caribbean",
        "aws-us",
        _AMERICAS,
        "AG AI AW BB BL BQ BS CU CW DM DO GD HT JM KN KY LC MS PR SX TC TT VC VG VI",
    ),
    _group("South America", "aws-us", _AMERICAS, "AR BO BR CL CO EC FK GS GY PE PY SR UY VE"),
    # M49 has no entry for Taiwan, ISO 3166-1 has: by the map it is Eastern Asia.
    _group("Eastern Asia", "aws-ap", _PACIFIC, "CN HK JP KP KR MN MO TW"),
    _group("South-eastern Asia", "aws-ap", _PACIFIC, "BN ID KH LA MM MY PH SG TH TL VN"),
    _group("Southern Asia", "aws-ap", _PACIFIC, "AF BD BT IN IR LK MV NP PK"),
    _group("Australia and New Zealand", "aws-ap", _PACIFIC, "AU CC CX HM NF NZ"),
    _group("Melanesia", "aws-ap", _PACIFIC, "FJ NC PG SB VU"),
    _group("Micronesia", "aws-ap", _PACIFIC, "FM GU KI MH MP NR PW UM"),
    _group("Polynesia", "aws-ap", _PACIFIC, "AS CK NU PF PN TK TO TV WF WS"),
)

PLACEMENTS: Mapping[str, Placement] = MappingProxyType(
    {
        country: Placement(stack=group.stack, reason=f"{group.name}: {group.reason}")
        for group in GROUPS
        for country in group.countries
    }
)

COUNTRIES = frozenset(PLACEMENTS)
"""Every code of ISO 3166-1 alpha-2; a test holds it against the list that pycountry carries."""

# Exceptional reservations that the UK and the EU's institutions write daily.
_HABITS: Mapping[str, str] = MappingProxyType({"UK": "GB", "EL": "GR"})


def environment_for(country: str) -> Placement:
    """The stack that serves a country of ISO 3166-1 alpha-2, in either case; UnknownCountry for others."""
    code = country.strip().upper()
    if code not in PLACEMENTS:
        hint = f"write {_HABITS[code]}" if code in _HABITS else "write its two letters, such as DE or BR"
        raise UnknownCountry(f"{country!r} is no country of ISO 3166-1 alpha-2: {hint}")
    return PLACEMENTS[code]


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer on the command line; exit code 2 when a country is unknown, and then nothing is answered."""
    parser = argparse.ArgumentParser(
        prog="python -m stacks.placement",
        description=f"Says which environment serves a shop by the country of its platform (clause {CLAUSE}).",
        epilog="Example: python -m stacks.placement BR de FI",
    )
    parser.add_argument("countries", nargs="*", metavar="COUNTRY", help="ISO 3166-1 alpha-2, in either case: BR, de")
    parser.add_argument("--all", action="store_true", help="print the whole table, group by group")
    chosen = parser.parse_args(arguments)
    if chosen.all == bool(chosen.countries):
        parser.error("name one country or more, or --all (and not both)")
    lines = _table() if chosen.all else _answers(chosen.countries, parser)
    print("\n".join(lines))
    return 0


def _answers(countries: Sequence[str], parser: argparse.ArgumentParser) -> list[str]:
    answers, problems = [], []
    for country in countries:
        try:
            placement = environment_for(country)
        except UnknownCountry as problem:
            problems.append(str(problem))
        else:
            answers.append(f"{country.strip().upper()}  {placement.stack:<10}  {placement.reason} (clause {CLAUSE})")
    if problems:
        parser.error("\n".join(problems))
    return answers


def _table() -> list[str]:
    lines = []
    for group in GROUPS:
        lines.append(f"{group.stack:<10}  {group.name}: {group.reason} (clause {CLAUSE})")
        lines.append(f"{'':<10}  {' '.join(group.countries)}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
