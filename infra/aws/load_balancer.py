"""The one front door: port 443, passed through to the hosts, where TLS ends under settings of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_aws import lb

HTTPS = 443


@dataclass(frozen=True, kw_only=True)
class LoadBalancerArgs:
    """Public subnets by zone, the balancer's security group, and instance ids by the hosts' names.

    ValueError without two zones or without a target.
    """

    vpc_id: pulumi.Input[str]
    subnets: Mapping[str, pulumi.Input[str]]
    security_group_id: pulumi.Input[str]
    targets: Mapping[str, pulumi.Input[str]]

    def __post_init__(self) -> None:
        problems = []
        if len(self.subnets) < 2:
            problems.append("subnets: wanted two or more, each in a zone of its own")
        if not self.targets:
            problems.append("targets: the balancer would answer to nobody")
        if problems:
            raise ValueError("; ".join(problems))


class LoadBalancer(pulumi.ComponentResource):
    """A network load balancer. Hosts see its addresses and learn the client's from the PROXY protocol."""

    def __init__(self, name: str, args: LoadBalancerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:LoadBalancer", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        balancer = lb.LoadBalancer(
            name,
            # A name that is made up is another one after an import, and would replace what nothing may replace.
            name=name,
            load_balancer_type="network",
            internal=False,
            ip_address_type="ipv4",
            subnets=list(args.subnets.values()),
            security_groups=[args.security_group_id],
            enforce_security_group_inbound_rules_on_private_link_traffic="on",
            enable_cross_zone_load_balancing=True,
            enable_deletion_protection=True,
            tags={"Name": name},
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        group = lb.TargetGroup(
            f"{name}-hosts",
            vpc_id=args.vpc_id,
            target_type="instance",
            protocol="TCP",
            port=HTTPS,
            proxy_protocol_v2=True,
            preserve_client_ip="false",
            connection_termination=True,
            deregistration_delay=60,
            health_check=lb.TargetGroupHealthCheckArgs(
                enabled=True,
                protocol="TCP",
                port="traffic-port",
                interval=10,
                healthy_threshold=2,
                unhealthy_threshold=2,
            ),
            opts=child,
        )
        lb.Listener(
            f"{name}-https",
            load_balancer_arn=balancer.arn,
            port=HTTPS,
            protocol="TCP",
            default_actions=[lb.ListenerDefaultActionArgs(type="forward", target_group_arn=group.arn)],
            opts=child,
        )
        for host, instance_id in args.targets.items():
            lb.TargetGroupAttachment(
                f"{name}-{host}", target_group_arn=group.arn, target_id=instance_id, port=HTTPS, opts=child
            )
        self.dns_name = balancer.dns_name
        self.zone_id = balancer.zone_id
        self.register_outputs({"dns_name": balancer.dns_name})
