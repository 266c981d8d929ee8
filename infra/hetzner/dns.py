"""The declared names, who may issue certificates for them, and names that hosts need to be known beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_hcloud as hcloud

from infra.hetzner.catalogue import is_registrable
from infra.hetzner.labels import labels
from infra.host.facts import refuse

ISSUER = "letsencrypt.org"
"""The CA's name in CAA records. Source: Let's Encrypt documentation, "CAA", as of 2026-11-23."""

_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class DnsArgs:
    """A zone, the names in it that lead to the balancer, and aliases by their label for names known only later.

    `notified` hears of certificates that another issuer was asked for.
    """

    environment: str
    zone: str
    domain_names: tuple[str, ...]
    ipv4: pulumi.Input[str]
    ipv6: pulumi.Input[str]
    aliases: Mapping[str, pulumi.Input[str]]
    notified: tuple[str, ...]

    def __post_init__(self) -> None:
        problems = [
            f"domain name {name}: not in the zone {self.zone}"
            for name in self.domain_names
            if name != self.zone and not name.endswith(f".{self.zone}")
        ]
        if not is_registrable(self.zone):
            problems.append(f"zone {self.zone}: inside another domain, for which Hetzner takes none")
        taken = {label_in(name, self.zone) for name in self.domain_names} & set(self.aliases)
        problems += [f"alias {label}: is a domain name too" for label in sorted(taken)]
        refuse("dns", problems)


class Dns(pulumi.ComponentResource):
    """A primary zone with A, AAAA and CAA records."""

    def __init__(self, name: str, args: DnsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:hetzner:Dns", name, None, opts)
        self._name = name
        self._environment = args.environment
        zone = hcloud.Zone(
            name,
            name=args.zone,
            mode="primary",
            ttl=_SECONDS,
            delete_protection=True,
            labels=labels(args.environment),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self._zone = zone.name
        self._records("@", "CAA", *issuers(args.notified))
        for domain_name in args.domain_names:
            label = label_in(domain_name, args.zone)
            self._records(label, "A", args.ipv4)
            self._records(label, "AAAA", args.ipv6)
        for label, target in args.aliases.items():
            self._records(label, "CNAME", pulumi.Output.concat(target, "."))
        self.register_outputs({"name_servers": zone.authoritative_nameservers})

    def _records(self, label: str, kind: str, *values: pulumi.Input[str]) -> None:
        hcloud.ZoneRrset(
            f"{self._name}-{'apex' if label == '@' else label}-{kind.lower()}",
            zone=self._zone,
            name=label,
            type=kind,
            ttl=_SECONDS,
            records=[hcloud.ZoneRrsetRecordArgs(value=value) for value in values],
            labels=labels(self._environment),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )


def label_in(domain_name: str, zone: str) -> str:
    """The name of a record in its zone, `@` for the zone's own."""
    return "@" if domain_name == zone else domain_name.removesuffix(f".{zone}")


def issuers(notified: tuple[str, ...]) -> tuple[str, ...]:
    """CAA records: one issuer, no wildcards, and whom others tell that they were asked."""
    reports = (f'0 iodef "mailto:{address}"' for address in notified)
    return (f'0 issue "{ISSUER}"', '0 issuewild ";"', *reports)
