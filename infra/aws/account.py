"""Settings of the whole account: one of each, so two environments in one account would fight over them."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi_aws import s3

from infra.aws.place import Place


@dataclass(frozen=True, kw_only=True)
class AccountSettingsArgs:
    """Which account."""

    place: Place


class AccountSettings(pulumi.ComponentResource):
    """No bucket of the account can be made public, whatever its own settings say."""

    def __init__(self, name: str, args: AccountSettingsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:AccountSettings", name, None, opts)
        s3.AccountPublicAccessBlock(
            f"{name}-buckets",
            account_id=args.place.account,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.register_outputs({})
