"""The zone, the names that lead to the balancer, and who may issue certificates for them.

Without query logs and DNSSEC for now: Route 53 takes the log group and the signing key of either in us-east-1 only, and
an environment of another country may keep neither there.
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi_aws import route53

CERTIFICATE_AUTHORITY = "letsencrypt.org"
"""The issuer's CAA identity (letsencrypt.org/docs/caa, as of 2026-11-23)."""

CAA_SECONDS = 3600


@dataclass(frozen=True, kw_only=True)
class DnsArgs:
    """The zone, names at or under it, and the balancer.

    `security_contact` is told of refused certificate requests. ValueError for a name outside the zone.
    """

    zone: str
    names: tuple[str, ...]
    balancer_name: pulumi.Input[str]
    balancer_zone: pulumi.Input[str]
    security_contact: str

    def __post_init__(self) -> None:
        strays = [name for name in self.names if name != self.zone and not name.endswith(f".{self.zone}")]
        problems = [f"name {name}: outside the zone {self.zone}" for name in strays]
        if not self.names:
            problems.append("names: wanted one or more")
        if problems:
            raise ValueError("; ".join(problems))


class Dns(pulumi.ComponentResource):
    """A public zone with an alias and a CAA record for each name."""

    def __init__(self, name: str, args: DnsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:Dns", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        zone = route53.Zone(
            name,
            name=args.zone,
            comment="Names of the front door",
            force_destroy=False,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        for domain in args.names:
            route53.Record(
                f"{name}-{domain}-a",
                zone_id=zone.zone_id,
                name=domain,
                type="A",
                aliases=[
                    route53.RecordAliasArgs(
                        name=args.balancer_name, zone_id=args.balancer_zone, evaluate_target_health=True
                    )
                ],
                opts=child,
            )
        for domain in sorted({args.zone, *args.names}):
            route53.Record(
                f"{name}-{domain}-caa",
                zone_id=zone.zone_id,
                name=domain,
                type="CAA",
                ttl=CAA_SECONDS,
                records=list(caa(args.security_contact)),
                opts=child,
            )
        self.name_servers = zone.name_servers
        self.register_outputs({"name_servers": zone.name_servers})


def caa(security_contact: str) -> tuple[str, ...]:
    """CAA values (RFC 8659): one issuer, no wildcards, and whom to tell."""
    return (
        f'0 issue "{CERTIFICATE_AUTHORITY}"',
        '0 issuewild ";"',
        f'0 iodef "mailto:{security_contact}"',
    )
