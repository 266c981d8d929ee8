"""A disk of its own for data or for logs: encrypted under a customer key, attached to a host, outliving it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import pulumi
from pulumi_aws import ebs, ec2

from infra.host.facts import Role

Purpose = Literal["data", "log"]

DEVICES: Mapping[Purpose, str] = MappingProxyType({"data": "/dev/sdf", "log": "/dev/sdg"})
"""Device names from the range that EC2 recommends for data volumes (EC2 user guide, as of 2026-11-23)."""

VOLUMES = "/dev/sd[fg]"
"""Where an instance finds them, data before log."""

_TAGS: Mapping[Purpose, Mapping[str, str]] = MappingProxyType(
    # An image of a log would outlive the period of the log itself.
    {"data": {"holds": "data", "backup": "daily"}, "log": {"holds": "logs"}}
)


@dataclass(frozen=True, kw_only=True)
class DiskArgs:
    """Size in GiB, the zone of its host, and what it is for: data is backed up daily, a log never."""

    purpose: Purpose
    role: Role
    zone: str
    gib: int
    key_arn: pulumi.Input[str]
    instance_id: pulumi.Input[str]

    def __post_init__(self) -> None:
        if not 1 <= self.gib <= 16_384:
            raise ValueError(f"gib {self.gib}: wanted 1 to 16384, the bounds of a gp3 volume")


class Disk(pulumi.ComponentResource):
    """A volume and its attachment."""

    def __init__(self, name: str, args: DiskArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:Disk", name, None, opts)
        child = pulumi.ResourceOptions(parent=self, protect=True)
        volume = ebs.Volume(
            name,
            availability_zone=args.zone,
            size=args.gib,
            type="gp3",
            encrypted=True,
            kms_key_id=args.key_arn,
            multi_attach_enabled=False,
            final_snapshot=False,
            tags={"Name": name, "role": args.role, **_TAGS[args.purpose]},
            opts=child,
        )
        ec2.VolumeAttachment(
            f"{name}-attachment",
            volume_id=volume.id,
            instance_id=args.instance_id,
            device_name=DEVICES[args.purpose],
            stop_instance_before_detaching=True,
            opts=child,
        )
        self.register_outputs({"volume_id": volume.id})
