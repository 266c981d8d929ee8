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
    """What the volume holds, how large it is (GiB) and on whose server; ValueError for what Hetzner would refuse.

    `after` is the volume that has to exist before this one, so that it has the lesser id.
    """

    environment: str
    role: Role
    holds: Literal["data", "logs"]
    gib: int
    place: str
    server_id: pulumi.Input[int]
    after: pulumi.Resource | None = None

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
        self.volume = hcloud.Volume(
            name,
            size=args.gib,
            location=args.place,
            delete_protection=True,
            labels=labels(args.environment, role=args.role, holds=args.holds),
            opts=pulumi.ResourceOptions(parent=self, protect=True, depends_on=[args.after] if args.after else None),
        )
        hcloud.VolumeAttachment(
            name,
            server_id=args.server_id,
            volume_id=self.volume.id.apply(int),
            automount=False,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.register_outputs({"volume_id": self.volume.id})
