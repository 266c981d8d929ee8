"""Settings of one region of the account, there for whatever is made by hand or by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pulumi
from pulumi_aws import ebs, ec2


@dataclass(frozen=True, kw_only=True)
class RegionSettingsArgs:
    """The key for disks that name none, and whether networks of the region may call out to the internet.

    `internet` is `outbound` where hosts work (VPC Block Public Access then needs an exclusion for each public subnet),
    `none` where only copies rest.
    """

    key_arn: pulumi.Input[str]
    internet: Literal["outbound", "none"]


class RegionSettings(pulumi.ComponentResource):
    """Disks encrypted, metadata by token, nothing shared in public, no console, no way in by default."""

    def __init__(self, name: str, args: RegionSettingsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:RegionSettings", name, None, opts)
        child = pulumi.ResourceOptions(parent=self, protect=True)
        ebs.EncryptionByDefault(f"{name}-disk-encryption", enabled=True, opts=child)
        ebs.DefaultKmsKey(f"{name}-disk-key", key_arn=args.key_arn, opts=child)
        ebs.SnapshotBlockPublicAccess(f"{name}-snapshots", state="block-all-sharing", opts=child)
        ec2.ImageBlockPublicAccess(f"{name}-images", state="block-new-sharing", opts=child)
        ec2.InstanceMetadataDefaults(
            f"{name}-metadata",
            http_endpoint="enabled",
            http_tokens="required",
            http_put_response_hop_limit=1,
            instance_metadata_tags="disabled",
            opts=child,
        )
        ec2.SerialConsoleAccess(f"{name}-serial-console", enabled=False, opts=child)
        # The first change ever in a region may be reported as failed ("unexpected state 'default-state'") although it
        # took effect: the provider asks too early (terraform-provider-aws, issue 49517). A second `up` goes through.
        modes = {"outbound": "block-ingress", "none": "block-bidirectional"}
        ec2.VpcBlockPublicAccessOptions(
            f"{name}-internet", internet_gateway_block_mode=modes[args.internet], opts=child
        )
        self.register_outputs({})
