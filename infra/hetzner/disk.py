"""A volume that holds a host's data or logs, and outlives the host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pulumi
import pulumi_hcloud as hcloud

from infra.hetzner.catalogue import LOCATIONS, VOLUME_GIB
from infra.hetzner.labels import labels
from infra.host.facts import Role, refuse

VOLUMES = "/dev/disk/by-id/scsi-0HC_Volume_*"
"""Where a server finds its volumes; names end in their ids, which grow: so the data volume has to be created first."""


@dataclass(frozen=True, kw_only=True)
class DiskArgs:
    """What the volume holds, how large it is (GiB) and on whose server; ValueError for what Hetzner would refuse."""

    environment: str
    role: Role
    holds: Literal["data", "log"]
    gib: int
    place: str
    server_id: pulumi.Input[int]

    def __post_init__(self) -> None:
        problems = []
        if self.gib not in VOLUME_GIB:
            problems.append(f"{self.gib} GiB: wanted {VOLUME_GIB[0]} to {VOLUME_GIB[-1]}")
        if self.place not in LOCATIONS:
            problems.append(f"location {self.place}: wanted one of {', '.join(sorted(LOCATIONS))}")
        refuse(f"{self.holds} volume", problems)


class Disk(pulumi.ComponentResource):
    """A volume, attached without a file system: Hetzner encrypts none, so the host lays LUKS onto it first."""

    def __init__(self, name: str, args: DiskArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:hetzner:Disk", name, None, opts)
        volume = hcloud.Volume(
            name,
            size=args.gib,
            location=args.place,
            delete_protection=True,
            labels=labels(args.environment, role=args.role, holds="logs" if args.holds == "log" else args.holds),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        hcloud.VolumeAttachment(
            name,
            server_id=args.server_id,
            volume_id=volume.id.apply(int),
            automount=False,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.register_outputs({"volume_id": volume.id})
