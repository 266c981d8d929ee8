"""Names for which any authority may issue a certificate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import DnsName
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    DnsName,
    clauses=("5.1/1", "5.4.1 1)"),
    remedy='Add a CAA record at the name or above it: `0 issue "letsencrypt.org"` and `0 issuewild ";"`.',
)
def name_without_caa(name: DnsName, _: Estate) -> Iterator[Problem]:
    """Any authority may issue a certificate for a name.

    Whoever can deceive the weakest of all authorities then reads along, on a key of any length. The record of the
    nearest name above decides (RFC 8659); one that only says where to report, or only names wildcards, forbids nothing.
    """
    if not name.issuers:
        yield Problem(f"any authority may issue a certificate for {name.name}: no CAA record names an issuer")


_HCLOUD = resource("hcloud:index/zone:Zone", "zone", name="shops.example", mode="primary")
_ROUTE53 = resource("aws:route53/zone:Zone", "zone", name="shops.example")


def _set(name: str, type_: str, *values: Any) -> Resource:
    records = [{"value": value} for value in values]
    kind = "hcloud:index/zoneRrset:ZoneRrset"
    return resource(kind, f"{name}-{type_}", zone="shops.example", name=name, type=type_, records=records)


def _record(name: Any, type_: str, *values: Any, **inputs: Any) -> Resource:
    said = {"zoneId": ref(_ROUTE53), "name": name, "type": type_, "records": list(values), **inputs}
    return resource("aws:route53/record:Record", f"{name}-{type_}", **said)


_ADDRESS = "203.0.113.9"
_ALIAS = {"aliases": [{"name": UNKNOWN, "zoneId": UNKNOWN, "evaluateTargetHealth": True}]}
_ISSUE = '0 issue "letsencrypt.org; validationmethods=dns-01"'

EXAMPLES = (
    example("Hetzner, by the zone's own", _HCLOUD, _set("@", "CAA", _ISSUE), _set("api", "A", _ADDRESS)),
    example("Hetzner, no record", _HCLOUD, _set("api", "A", _ADDRESS), fails("api-A")),
    example("Hetzner, of a sibling", _HCLOUD, _set("app", "CAA", _ISSUE), _set("api", "A", _ADDRESS), fails("api-A")),
    example(
        "Hetzner, the nearer one forbids nothing",
        _HCLOUD,
        _set("@", "CAA", _ISSUE),
        _set("api", "CAA", '0 iodef "mailto:security@shops.example"'),
        _set("api", "AAAA", "2001:db8::9"),
        fails("api-AAAA"),
    ),
    example("Hetzner, nobody may", _HCLOUD, _set("@", "CAA", '0 issue ";"'), _set("@", "A", _ADDRESS)),
    example(
        "Hetzner, wildcards alone",
        _HCLOUD,
        _set("@", "CAA", '0 issuewild ";"'),
        _set("*", "A", _ADDRESS),
        _set("api", "A", _ADDRESS),
        fails("api-A"),
    ),
    example("Hetzner, known after deployment", _HCLOUD, _set("@", "CAA", UNKNOWN), _set("@", "A", "x"), unknown("@-A")),
    example(
        "Hetzner, single records",
        resource("hcloud:index/zoneRecord:ZoneRecord", "api", zone=ref(_HCLOUD), name="api", type="A", value=_ADDRESS),
        _HCLOUD,
        fails("api"),
    ),
    example("AWS, alias", _ROUTE53, _record("shops.example", "CAA", _ISSUE), _record("api", "A", **_ALIAS)),
    example("AWS, no record", _ROUTE53, _record("api.shops.example", "A", **_ALIAS), fails("api.shops.example-A")),
    example(
        "AWS, no host name",
        _ROUTE53,
        _record("_x.shops.example", "CNAME", "y"),
        _record("a", "CAA", _ISSUE),
        _record("a", "A", _ADDRESS),
    ),
    example("AWS, name known after deployment", _ROUTE53, _record(UNKNOWN, "A", _ADDRESS), unknown("UNKNOWN-A")),
)
