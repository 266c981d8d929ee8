"""Names at Hetzner."""

from contextlib import nullcontext
from typing import Any

import pytest

from infra.hetzner.catalogue import is_registrable
from infra.hetzner.dns import Dns, DnsArgs
from infra.hetzner.labels import labels
from tests.infra.registrations import registered


def args(**changes: Any) -> DnsArgs:
    """The arguments of a zone with an apex, a name and an alias, with changes."""
    declared: dict[str, Any] = {
        "environment": "dev",
        "zone": "shops.example",
        "domain_names": ("shops.example", "api.shops.example"),
        "ipv4": "192.0.2.1",
        "ipv6": "2001:db8::1",
        "aliases": {"backup": "u1.storage.example"},
        "notified": ("security@ops.example",),
    }
    return DnsArgs(**(declared | changes))


def records() -> dict[tuple[str, str], list[str]]:
    """The values of each record by name and type."""
    return {
        (one.inputs["name"], one.inputs["type"]): [record["value"] for record in one.inputs["records"]]
        for (kind, _), one in registered(lambda: Dns("dns", args())).items()
        if kind == "ZoneRrset"
    }


def test_declared_names_lead_to_the_balancer_in_both_families() -> None:
    """Each has an A and an AAAA record, the zone's own name too."""
    found = records()
    for name in ("@", "api"):
        assert found[name, "A"] == ["192.0.2.1"]
        assert found[name, "AAAA"] == ["2001:db8::1"]


def test_one_issuer_may_give_out_certificates() -> None:
    """Wildcards are for nobody, and another issuer that is asked tells the notification target."""
    assert records()["@", "CAA"] == [
        '0 issue "letsencrypt.org"',
        '0 issuewild ";"',
        '0 iodef "mailto:security@ops.example"',
    ]


def test_an_alias_is_an_absolute_name() -> None:
    """Without the dot at its end it would be looked for inside the zone."""
    assert records()["backup", "CNAME"] == ["u1.storage.example."]


def test_a_zone_is_protected() -> None:
    """Whoever could make the zone anew could have its certificates."""
    zone = registered(lambda: Dns("dns", args()))["Zone", "dns"]
    assert zone.protect
    assert zone.inputs["deleteProtection"] is True
    assert zone.inputs["name"] == "shops.example"


def test_names_that_cannot_be_in_the_zone_are_refused() -> None:
    """A name of another zone, and an alias that is a declared name, are told at once."""
    with pytest.raises(ValueError, match=r"name api\.other\.example: not in the zone.*alias backup: is a domain"):
        args(domain_names=("api.other.example", "backup.shops.example"))


@pytest.mark.parametrize(
    ("zone", "taken"),
    [
        ("shops.example", True),
        ("shops.co.uk", True),
        ("de.shops.example", False),
        ("api.shops.co.uk", False),
        ("example", False),
    ],
)
def test_a_zone_is_a_domain_of_its_own(zone: str, taken: bool) -> None:
    """Hetzner refuses a zone inside another domain, but only when everything else has been made."""
    assert is_registrable(zone) is taken
    with nullcontext() if taken else pytest.raises(ValueError, match=f"zone {zone}: inside another domain"):
        args(zone=zone, domain_names=(zone,))


def test_labels_that_hetzner_does_not_take_are_refused() -> None:
    """The text says which."""
    with pytest.raises(ValueError, match="labels role='an app'"):
        labels("dev", role="an app")
