"""Security groups: the internet reaches the balancer, the balancer the app, the app the database."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

import pulumi
from pulumi_aws import ec2
from pulumi_aws.vpc import SecurityGroupEgressRule as Egress
from pulumi_aws.vpc import SecurityGroupIngressRule as Ingress

HTTPS = 443
SSH = 22
POSTGRES = 5432
INTERNET = "0.0.0.0/0"
WIDEST_MIRROR = 16


@dataclass(frozen=True, kw_only=True)
class FirewallArgs:
    """The VPC, who may administer hosts over SSH, and from where a database host may fetch packages over HTTPS.

    `admin_networks` is empty where sessions go through Systems Manager. ValueError for a mirror so wide that it is no
    list any more.
    """

    vpc_id: pulumi.Input[str]
    admin_networks: tuple[IPv4Network | IPv6Network, ...]
    package_mirrors: tuple[IPv4Network, ...]

    def __post_init__(self) -> None:
        wide = [str(network) for network in self.package_mirrors if network.prefixlen < WIDEST_MIRROR]
        if wide:
            raise ValueError(f"package_mirrors {', '.join(wide)}: wanted /{WIDEST_MIRROR} or narrower")


class Firewall(pulumi.ComponentResource):
    """Four groups without inline rules, and one resource a rule, so that no two tools fight over a list.

    The resolver and the clock of a VPC are not subject to security groups, so neither needs a rule.
    """

    def __init__(self, name: str, args: FirewallArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:Firewall", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        balancer = self._group(f"{name}-balancer", args.vpc_id, "Balancer: HTTPS from the internet to the app")
        app = self._group(f"{name}-app", args.vpc_id, "App hosts: HTTPS from the balancer")
        database = self._group(f"{name}-database", args.vpc_id, "Database host: PostgreSQL from the app")
        endpoints = self._group(f"{name}-endpoints", args.vpc_id, "Endpoints of AWS services: HTTPS from hosts")

        self._allow(Ingress, f"{name}-internet-to-balancer", balancer, HTTPS, prefix=INTERNET)
        self._connect(f"{name}-balancer-to-app", balancer, app, HTTPS)
        self._connect(f"{name}-app-to-database", app, database, POSTGRES)
        self._connect(f"{name}-database-to-endpoints", database, endpoints, HTTPS)
        # The app's way out to everyone covers the endpoints too: one rule says it.
        self._allow(Egress, f"{name}-app-to-internet", app, HTTPS, prefix=INTERNET)
        self._allow(Ingress, f"{name}-app-to-endpoints", endpoints, HTTPS, group=app)
        for mirror in args.package_mirrors:
            self._allow(Egress, f"{name}-database-to-{mirror}", database, HTTPS, prefix=str(mirror))
        for network in args.admin_networks:
            for role, group in (("app", app), ("database", database)):
                self._allow(Ingress, f"{name}-{network}-administers-{role}", group, SSH, prefix=str(network))

        self.balancer, self.app, self.database, self.endpoints = (
            balancer.id,
            app.id,
            database.id,
            endpoints.id,
        )
        self.register_outputs({})

    def _group(self, name: str, vpc_id: pulumi.Input[str], description: str) -> ec2.SecurityGroup:
        return ec2.SecurityGroup(name, vpc_id=vpc_id, description=description, tags={"Name": name}, opts=self._child)

    def _connect(self, name: str, source: ec2.SecurityGroup, target: ec2.SecurityGroup, port: int) -> None:
        self._allow(Egress, f"{name}-out", source, port, group=target)
        self._allow(Ingress, f"{name}-in", target, port, group=source)

    def _allow(
        self,
        rule: type[Ingress | Egress],
        name: str,
        at: ec2.SecurityGroup,
        port: int,
        *,
        prefix: str | None = None,
        group: ec2.SecurityGroup | None = None,
    ) -> None:
        rule(
            name,
            security_group_id=at.id,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            cidr_ipv4=None if prefix and ":" in prefix else prefix,
            cidr_ipv6=prefix if prefix and ":" in prefix else None,
            referenced_security_group_id=group.id if group else None,
            tags={"Name": name},
            opts=self._child,
        )
