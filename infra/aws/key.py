"""A customer key: rotated, slow to delete, and usable for one purpose only."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi_aws import kms

from infra.aws.place import Place
from infra.aws.policy import Statement, allow, document

DELETION_DAYS = 30
"""The longest waiting period that KMS knows."""

ROTATION_DAYS = 365

_ADMINISTRATION = (
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
)

_USE = (
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)


@dataclass(frozen=True, kw_only=True)
class KeyArgs:
    """What a key is for and who may use it; ValueError when nobody may.

    `uses` come from the functions below. The account may administer the key but neither disable nor delete it: whoever
    means to destroy what it protects has to change its policy first, and that is on the trail.
    """

    place: Place
    description: str
    uses: tuple[Statement, ...]

    def __post_init__(self) -> None:
        if not self.uses:
            raise ValueError(f"key {self.description!r}: nobody may use it")


class Key(pulumi.ComponentResource):
    """A symmetric KMS key of one region, with an alias of the component's name."""

    def __init__(self, name: str, args: KeyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:Key", name, None, opts)
        child = pulumi.ResourceOptions(parent=self, protect=True)
        key = kms.Key(
            name,
            description=args.description,
            policy=key_policy(args),
            key_usage="ENCRYPT_DECRYPT",
            customer_master_key_spec="SYMMETRIC_DEFAULT",
            enable_key_rotation=True,
            rotation_period_in_days=ROTATION_DAYS,
            deletion_window_in_days=DELETION_DAYS,
            is_enabled=True,
            multi_region=False,
            tags={"Name": name},
            opts=child,
        )
        kms.Alias(f"{name}-alias", name=f"alias/{name}", target_key_id=key.key_id, opts=child)
        self.arn = key.arn
        self.register_outputs({"arn": self.arn})


def key_policy(args: KeyArgs) -> str:
    """The key's policy; in a key policy the resource `*` is this key."""
    administration = allow("Administration", _ADMINISTRATION, ["*"], to={"AWS": args.place.root})
    return document(administration, *args.uses)


def disk_uses(place: Place) -> tuple[Statement, ...]:
    """Disks and their snapshots: identities of the account, only through EC2, grants only for AWS itself."""
    return _uses_through(place, "Disks", "ec2")


def vault_uses(place: Place) -> tuple[Statement, ...]:
    """Backups: identities of the account through AWS Backup, and through EC2, which copies the snapshots."""
    return (*_uses_through(place, "Vault", "backup"), *_uses_through(place, "Snapshots", "ec2"))


def log_group_uses(place: Place) -> tuple[Statement, ...]:
    """Log groups of this account and region."""
    groups = place.arn("logs", "log-group:*")
    return (
        allow(
            "LogGroups",
            _USE,
            ["*"],
            to={"Service": f"logs.{place.region}.amazonaws.com"},
            when={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
        ),
    )


def trail_uses(place: Place, trail: str) -> tuple[Statement, ...]:
    """One trail writes; identities of the account read, through S3 only."""
    arn = place.arn("cloudtrail", f"trail/{trail}")
    cloudtrail = {"Service": "cloudtrail.amazonaws.com"}
    source = {"StringEquals": {"aws:SourceArn": arn}}
    context = {
        "StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": place.arn("cloudtrail", "trail/*", region="*")}
    }
    return (
        allow("TrailWrites", ["kms:GenerateDataKey"], ["*"], to=cloudtrail, when={**source, **context}),
        allow("TrailChecksKey", ["kms:DescribeKey"], ["*"], to=cloudtrail, when=source),
        allow("TrailIsRead", ["kms:Decrypt"], ["*"], to={"AWS": place.root}, when=_through(place, "s3")),
    )


def event_uses(place: Place) -> tuple[Statement, ...]:
    """EventBridge publishes to encrypted topics of this account; whose rules may publish, the topic's policy says.

    Named by topic, not by source: `aws:SourceAccount` and `aws:SourceArn` in the policy of a key keep every event from
    an encrypted topic (SNS Developer Guide, "Key management", as of 2026-11-23).
    """
    return (
        allow(
            "Events",
            ["kms:Decrypt", "kms:GenerateDataKey"],
            ["*"],
            to={"Service": "events.amazonaws.com"},
            when={"ArnLike": {"kms:EncryptionContext:aws:sns:topicArn": place.arn("sns", "*")}},
        ),
    )


def _uses_through(place: Place, sid: str, service: str) -> tuple[Statement, ...]:
    through = _through(place, service)
    principal = {"AWS": place.root}
    return (
        allow(f"{sid}Use", _USE, ["*"], to=principal, when=through),
        allow(
            f"{sid}Grant",
            ["kms:CreateGrant"],
            ["*"],
            to=principal,
            when={**through, "Bool": {"kms:GrantIsForAWSResource": "true"}},
        ),
    )


def _through(place: Place, service: str) -> dict[str, dict[str, str]]:
    via = f"{service}.{place.region}.amazonaws.com"
    return {"StringEquals": {"kms:ViaService": via, "kms:CallerAccount": place.account}}
