"""A declared AWS region: its provider, pinned to the account, and its keys."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws

from infra.aws.key import Key, KeyArgs, disk_uses, event_uses, log_group_uses, trail_uses, vault_uses
from infra.aws.place import Place
from stacks.declaration import Declaration
from stacks.environment import Aws

TRAIL = "trail"


@dataclass(frozen=True, kw_only=True)
class Region:
    """One declared region: where it is, the provider pinned to it, and its keys."""

    place: Place
    opts: pulumi.ResourceOptions
    data_key: pulumi.Output[str]
    backup_key: pulumi.Output[str]
    log_key: pulumi.Output[str]


def declare_region(declaration: Declaration, cloud: Aws, field: str, region: str, prefix: str = "") -> Region:
    """The provider and the keys of one region, named with a prefix, built from the line of a field."""
    place = Place(account=cloud.account, region=region)
    provider = declaration.build(
        field,
        pulumi_aws.Provider,
        f"{prefix}aws",
        region=region,
        allowed_account_ids=[place.account],
        default_tags=pulumi_aws.ProviderDefaultTagsArgs(tags={"environment": declaration.environment.name}),
    )
    opts = pulumi.ResourceOptions(provider=provider)
    logs = (*log_group_uses(place), *trail_uses(place, TRAIL), *event_uses(place))
    data, backups, log = (
        declaration.build(field, Key, f"{prefix}{name}", KeyArgs(place=place, description=purpose, uses=uses), opts)
        for name, purpose, uses in (
            ("data-key", "Disks of hosts", disk_uses(place)),
            ("backup-key", "Backups of disks", vault_uses(place)),
            ("log-key", "Logs, the trail and notifications", logs),
        )
    )
    return Region(place=place, opts=opts, data_key=data.arn, backup_key=backups.arn, log_key=log.arn)


def after(opts: pulumi.ResourceOptions, *resources: pulumi.Resource) -> pulumi.ResourceOptions:
    """The same options, but waiting for other resources."""
    return pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=list(resources)))
