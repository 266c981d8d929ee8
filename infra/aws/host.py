"""A machine: private address only, encrypted root disk under a customer key, metadata by token only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import pulumi
from pulumi_aws import ec2

from infra.address_plan import Seat
from infra.host.facts import Role
from infra.host.release import DEBIAN

USER_DATA_BYTES = 16_384
"""What EC2 takes at most, before encoding (EC2 user guide, as of 2026-11-23)."""

ROOT_GIB = 16

DEBIAN_OWNER = "136693071363"
"""The account of Debian's cloud team (wiki.debian.org/Cloud/AmazonEC2Image, as of 2026-11-23)."""

DEBIAN_IMAGES: Mapping[str, str] = MappingProxyType(
    {"arm64": f"debian-{DEBIAN}-arm64-*", "x86_64": f"debian-{DEBIAN}-amd64-*"}
)


@dataclass(frozen=True, kw_only=True)
class HostArgs:
    """Where a host sits (`seat.place` is its zone), what it is, and what guards it.

    ValueError for a user data document that EC2 would refuse. The security group binds at birth.
    """

    seat: Seat
    role: Role
    size: str
    architecture: Literal["arm64", "x86_64"]
    subnet_id: pulumi.Input[str]
    security_group_id: pulumi.Input[str]
    profile: pulumi.Input[str]
    key_arn: pulumi.Input[str]
    user_data: str

    def __post_init__(self) -> None:
        size = len(self.user_data.encode())
        if not self.user_data.startswith("#cloud-config\n") or size > USER_DATA_BYTES:
            raise ValueError(
                f"{self.seat.name}: user data of {size} bytes, wanted #cloud-config up to {USER_DATA_BYTES}"
            )


class Host(pulumi.ComponentResource):
    """The instance. Data and logs lie on `Disk`s, which survive it; the root disk holds nothing personal."""

    def __init__(self, name: str, args: HostArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:Host", name, None, opts)
        instance = ec2.Instance(
            name,
            ami=self._image(args),
            instance_type=args.size,
            availability_zone=args.seat.place,
            subnet_id=args.subnet_id,
            private_ip=str(args.seat.address),
            associate_public_ip_address=False,
            source_dest_check=True,
            vpc_security_group_ids=[args.security_group_id],
            iam_instance_profile=args.profile,
            metadata_options=ec2.InstanceMetadataOptionsArgs(
                http_endpoint="enabled",
                http_tokens="required",
                http_put_response_hop_limit=1,
                http_protocol_ipv6="disabled",
                instance_metadata_tags="disabled",
            ),
            root_block_device=ec2.InstanceRootBlockDeviceArgs(
                encrypted=True,
                kms_key_id=args.key_arn,
                volume_type="gp3",
                volume_size=ROOT_GIB,
                delete_on_termination=True,
                tags={"Name": f"{name}-root", "role": args.role},
            ),
            ebs_optimized=True,
            monitoring=True,
            disable_api_termination=True,
            disable_api_stop=True,
            instance_initiated_shutdown_behavior="stop",
            get_password_data=False,
            user_data=args.user_data,
            user_data_replace_on_change=False,
            tags={"Name": name, "role": args.role},
            # A newer image or first-boot document must not replace or restart a machine that holds data.
            opts=pulumi.ResourceOptions(parent=self, protect=True, ignore_changes=["ami", "userData"]),
        )
        self.instance_id = instance.id
        self.register_outputs({"instance_id": instance.id})

    def _image(self, args: HostArgs) -> pulumi.Output[str]:
        image = ec2.get_ami_output(
            owners=[DEBIAN_OWNER],
            most_recent=True,
            filters=[
                {"name": "name", "values": [DEBIAN_IMAGES[args.architecture]]},
                {"name": "architecture", "values": [args.architecture]},
                {"name": "virtualization-type", "values": ["hvm"]},
            ],
            opts=pulumi.InvokeOutputOptions(parent=self),
        )
        return image.id
