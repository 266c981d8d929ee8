"""The fence around the declared regions: the permissions boundary of every role, and its statements.

Holes, each of them the provider's own: a boundary binds roles that carry it, neither people nor service-linked roles;
what a service does later by configuration is not a call in another region, hence `NoConfiguredExport` names those
calls.
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi_aws import iam

from infra.aws.place import Place, partition_of
from infra.aws.policy import Statement, allow, deny, document

NEEDED_SERVICES = ("backup", "ec2", "ec2messages", "kms", "logs", "ssm", "ssmmessages", "tag")
"""What roles of ours may reach at most: no IAM, no STS, no organization."""

EXPORTING_ACTIONS = (
    "dynamodb:CreateGlobalTable",
    "dynamodb:CreateTableReplica",
    "ecr:PutReplicationConfiguration",
    "elasticache:CreateGlobalReplicationGroup",
    "elasticfilesystem:CreateReplicationConfiguration",
    "kms:ReplicateKey",
    "rds:CreateGlobalCluster",
    "redshift:EnableSnapshotCopy",
    "s3:CreateMultiRegionAccessPoint",
    "s3:PutReplicationConfiguration",
    "secretsmanager:ReplicateSecretToRegions",
)
"""Calls inside a region that send data to other regions from then on; nothing of ours needs one."""

SHARING_ACTIONS = ("ec2:ModifyImageAttribute", "ec2:ModifySnapshotAttribute", "ebs:GetSnapshotBlock")
"""Calls that hand a disk to another account or read it past its volume; nothing of ours needs one."""

EVIDENCE_ACTIONS = (
    "backup:DeleteBackupPlan",
    "backup:DeleteBackupSelection",
    "backup:DeleteBackupVault",
    "backup:DeleteBackupVaultAccessPolicy",
    "backup:DeleteBackupVaultLockConfiguration",
    "backup:DeleteRecoveryPoint",
    "backup:DisassociateRecoveryPoint",
    "backup:PutBackupVaultAccessPolicy",
    "backup:UpdateBackupPlan",
    "backup:UpdateRecoveryPointLifecycle",
    "cloudtrail:DeleteTrail",
    "cloudtrail:StopLogging",
    "cloudtrail:UpdateTrail",
    "ec2:DeleteFlowLogs",
    "guardduty:DeleteDetector",
    "kms:DisableKey",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "logs:DeleteLogGroup",
    "logs:DeleteLogStream",
    "logs:DeleteRetentionPolicy",
    "logs:PutRetentionPolicy",
    "s3:BypassGovernanceRetention",
    "s3:DeleteObjectVersion",
)
"""Calls that destroy backups, keys or logs: for a person who breaks the glass, never for a role."""


@dataclass(frozen=True, kw_only=True)
class RegionPinArgs:
    """The account and all regions that are declared; ValueError without a region or across partitions."""

    account: str
    regions: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.regions or len(set(self.regions)) != len(self.regions):
            raise ValueError(f"regions {self.regions!r}: wanted one or more, each once")
        if len({partition_of(region) for region in self.regions}) > 1:
            raise ValueError(f"regions {self.regions!r}: lie in several partitions")


class RegionPin(pulumi.ComponentResource):
    """The permissions boundary. It grants nothing: a role may do what its policy and this both allow."""

    def __init__(self, name: str, args: RegionPinArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:RegionPin", name, None, opts)
        policy = iam.Policy(
            name,
            name=name,
            # Names no region: IAM changes no description, so another region would replace the policy.
            description="Boundary of every role: nothing outside the declared regions",
            policy=boundary(args),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.arn = policy.arn
        self.register_outputs({"arn": self.arn})


def boundary(args: RegionPinArgs) -> str:
    """The document of the boundary: no exemption at all, as no role of ours calls a global service."""
    ceiling = allow("AtMost", [f"{service}:*" for service in NEEDED_SERVICES], ["*"])
    return document(ceiling, deny_outside(args.regions), *deny_exports(args), no_destruction())


def deny_outside(regions: tuple[str, ...], exempt: tuple[str, ...] = ()) -> Statement:
    """Everything outside `regions` is refused; the `exempt` actions are the holes."""
    statement = deny(
        "NothingOutsideDeclaredRegions",
        ["*"],
        ["*"],
        when={"StringNotEquals": {"aws:RequestedRegion": regions}},
    )
    if not exempt:
        return statement
    rest = {key: value for key, value in statement.items() if key != "Action"}
    return {**rest, "NotAction": list(exempt)}


def deny_exports(args: RegionPinArgs) -> tuple[Statement, ...]:
    """No call may configure data to leave the declared regions or the account, backup copies included."""
    vaults = [Place(account=args.account, region=region).arn("backup", "backup-vault:*") for region in args.regions]
    return (
        deny("NoConfiguredExport", [*EXPORTING_ACTIONS, *SHARING_ACTIONS], ["*"]),
        deny(
            "NoBackupCopyElsewhere",
            ["backup:CopyFromBackupVault"],
            ["*"],
            when={"ForAnyValue:ArnNotLike": {"backup:CopyTargets": vaults}},
        ),
    )


def no_destruction() -> Statement:
    """Backups, keys and logs outlive whoever holds a role's credentials."""
    return deny("NoDestructionOfEvidence", EVIDENCE_ACTIONS, ["*"])
