"""Keeps the hosts of a role on different physical machines."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_hcloud as hcloud

from infra.hetzner.catalogue import SERVERS_IN_A_GROUP
from infra.hetzner.labels import labels
from infra.host.facts import Role


@dataclass(frozen=True, kw_only=True)
class SpreadArgs:
    """Which hosts are kept apart, and how many; ValueError for more than a placement group takes."""

    environment: str
    role: Role
    count: int

    def __post_init__(self) -> None:
        if not 1 <= self.count <= SERVERS_IN_A_GROUP:
            raise ValueError(f"{self.count} {self.role} hosts: a placement group takes 1 to {SERVERS_IN_A_GROUP}")


class Spread(pulumi.ComponentResource):
    """A placement group of type spread."""

    def __init__(self, name: str, args: SpreadArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:hetzner:Spread", name, None, opts)
        group = hcloud.PlacementGroup(
            name,
            type="spread",
            labels=labels(args.environment, role=args.role),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.group_id = group.id.apply(int)
        self.register_outputs({"group_id": self.group_id})
