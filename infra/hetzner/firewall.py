"""The provider's firewall for the hosts of one role: administration in, declared flows out, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

import pulumi
import pulumi_hcloud as hcloud

from infra.hetzner.catalogue import RULES_OF_A_FIREWALL
from infra.hetzner.labels import labels
from infra.host.facts import Flow, Role, refuse

# The shortest prefixes that still are somebody's: the largest allocations of RIPE to one holder.
_SHORTEST = {4: 8, 6: 19}


@dataclass(frozen=True, kw_only=True)
class FirewallArgs:
    """Who may administer hosts of a role, and what those may reach; no administration networks: nobody."""

    environment: str
    role: Role
    admin_networks: tuple[IPv4Network | IPv6Network, ...]
    flows: tuple[Flow, ...]

    def __post_init__(self) -> None:
        problems = []
        if not self.flows:
            # Without an outbound rule Hetzner allows all, and emptied rules never reach its API.
            problems.append("flows: none named, which would allow them all")
        if self.role == "database":
            problems += [
                f"flow to {network} for {flow.why}: a database host reaches listed networks only"
                for flow in self.flows
                for network in flow.to
                if network.prefixlen < _SHORTEST[network.version]
            ]
        effective = len(self.admin_networks) + sum(len(flow.to) for flow in self.flows)
        if effective > RULES_OF_A_FIREWALL:
            problems.append(f"{effective} effective rules: wanted up to {RULES_OF_A_FIREWALL}")
        refuse(f"firewall of {self.role}", problems)


class Firewall(pulumi.ComponentResource):
    """A firewall, bound to hosts by their `firewallIds` and so before their first boot."""

    def __init__(self, name: str, args: FirewallArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:hetzner:Firewall", name, None, opts)
        firewall = hcloud.Firewall(
            name,
            rules=[*_administration(args), *_egress(args)],
            labels=labels(args.environment, role=args.role),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.firewall_id = firewall.id.apply(int)
        self.register_outputs({"firewall_id": self.firewall_id})


def _administration(args: FirewallArgs) -> list[hcloud.FirewallRuleArgs]:
    if not args.admin_networks:
        return []
    return [
        hcloud.FirewallRuleArgs(
            description="administration",
            direction="in",
            protocol="tcp",
            port="22",
            source_ips=[str(network) for network in args.admin_networks],
        )
    ]


def _egress(args: FirewallArgs) -> list[hcloud.FirewallRuleArgs]:
    return [
        hcloud.FirewallRuleArgs(
            description=flow.why,
            direction="out",
            protocol=flow.protocol,
            port=str(flow.port),
            destination_ips=[str(network) for network in flow.to],
        )
        for flow in args.flows
    ]
