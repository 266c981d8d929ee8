"""The one public door: port 443, passed through unopened to the TLS edge of the hosts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address

import pulumi
import pulumi_hcloud as hcloud

from infra.hetzner.catalogue import BALANCER_TYPES, LOCATIONS
from infra.hetzner.labels import labels
from infra.hetzner.network import Network
from infra.host.facts import refuse
from infra.host.firewall import EDGE_PORT


@dataclass(frozen=True, kw_only=True)
class LoadBalancerArgs:
    """Where the balancer stands, its private address, and the server id of each target by its name."""

    environment: str
    size: str
    place: str
    address: IPv4Address
    network: Network
    targets: Mapping[str, pulumi.Input[int]]

    def __post_init__(self) -> None:
        problems = []
        if self.size not in BALANCER_TYPES:
            problems.append(f"size {self.size}: wanted one of {', '.join(sorted(BALANCER_TYPES))}")
        if self.place not in LOCATIONS:
            problems.append(f"location {self.place}: wanted one of {', '.join(sorted(LOCATIONS))}")
        if not self.targets:
            problems.append("targets: none, so that nobody would answer")
        refuse("load balancer", problems)


class LoadBalancer(pulumi.ComponentResource):
    """A balancer of protocol tcp. Which TLS versions and suites its own https would accept is in no field."""

    def __init__(self, name: str, args: LoadBalancerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:hetzner:LoadBalancer", name, None, opts)
        child = pulumi.ResourceOptions(parent=self, protect=True)
        balancer = hcloud.LoadBalancer(
            name,
            load_balancer_type=args.size,
            location=args.place,
            algorithm=hcloud.LoadBalancerAlgorithmArgs(type="least_connections"),
            delete_protection=True,
            labels=labels(args.environment),
            opts=child,
        )
        balancer_id = balancer.id.apply(int)
        attached = hcloud.LoadBalancerNetwork(
            name,
            load_balancer_id=balancer_id,
            network_id=args.network.network_id,
            ip=str(args.address),
            enable_public_interface=True,
            opts=pulumi.ResourceOptions.merge(
                child, pulumi.ResourceOptions(depends_on=[args.network.public[args.place]])
            ),
        )
        hcloud.LoadBalancerService(
            name,
            load_balancer_id=balancer.id,
            protocol="tcp",
            listen_port=EDGE_PORT,
            destination_port=EDGE_PORT,
            proxyprotocol=True,
            health_check=hcloud.LoadBalancerServiceHealthCheckArgs(
                protocol="tcp", port=EDGE_PORT, interval=10, timeout=5, retries=3
            ),
            opts=child,
        )
        for target, server_id in args.targets.items():
            hcloud.LoadBalancerTarget(
                f"{name}-{target}",
                load_balancer_id=balancer_id,
                type="server",
                server_id=server_id,
                use_private_ip=True,
                # Hetzner refuses a private target until the balancer itself is in the network.
                opts=pulumi.ResourceOptions.merge(child, pulumi.ResourceOptions(depends_on=[attached])),
            )
        self.ipv4 = balancer.ipv4
        self.ipv6 = balancer.ipv6
        self.register_outputs({"ipv4": self.ipv4, "ipv6": self.ipv6})
