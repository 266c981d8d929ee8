"""Daily backups of every volume tagged for it, copied to a second region, restored as a test each week."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi_aws import backup

from infra.aws.backup_vault import vault_arn
from infra.aws.place import Place
from infra.aws.policy import Condition, Statement, allow
from infra.aws.role import ServiceRole, ServiceRoleArgs

TAG, DAILY = "backup", "daily"

START_MINUTES = 60
COMPLETION_MINUTES = 480


@dataclass(frozen=True, kw_only=True)
class BackupArgs:
    """From where to where, kept how long (days, floor and ceiling), at which hour (UTC).

    Vaults and key aliases (without `alias/`) are named, not referred to, so that a preview knows both ends of a copy.
    ValueError when the copy would stay in the region or the hour does not exist.
    """

    place: Place
    vault: str
    copy_place: Place
    copy_vault: str
    keys: tuple[str, ...]
    keep_days: tuple[int, int]
    hour: int
    boundary: pulumi.Input[str]

    def __post_init__(self) -> None:
        floor, ceiling = self.keep_days
        problems = []
        if self.place.region == self.copy_place.region:
            problems.append(f"copy_place {self.copy_place.region}: wanted a second region")
        if not 0 <= self.hour <= 23:
            problems.append(f"hour {self.hour}: wanted 0 to 23")
        if not 1 <= floor <= ceiling:
            problems.append(f"keep_days {self.keep_days}: wanted a floor of at least 1, not above the ceiling")
        if problems:
            raise ValueError("; ".join(problems))


class Backup(pulumi.ComponentResource):
    """The plan, its selection by type and tag, the restore test, and a role for each of the two."""

    def __init__(self, name: str, args: BackupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:Backup", name, None, opts)
        self._plan(name, args, self._role(f"{name}-role", args, "Takes daily backups", backup_statements(args)))
        self._restore_test(
            name,
            args,
            self._role(f"{name}-restore-role", args, "Restores backups as a test", restore_statements(args)),
        )
        self.register_outputs({})

    def _role(self, name: str, args: BackupArgs, description: str, statements: tuple[Statement, ...]) -> ServiceRole:
        return ServiceRole(
            name,
            ServiceRoleArgs(
                place=args.place,
                service="backup.amazonaws.com",
                description=description,
                statements=statements,
                boundary=args.boundary,
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _plan(self, name: str, args: BackupArgs, role: ServiceRole) -> None:
        _, ceiling = args.keep_days
        plan = backup.Plan(
            name,
            name=name,
            rules=[
                backup.PlanRuleArgs(
                    rule_name=DAILY,
                    target_vault_name=args.vault,
                    schedule=f"cron(0 {args.hour} * * ? *)",
                    schedule_expression_timezone="Etc/UTC",
                    start_window=START_MINUTES,
                    completion_window=COMPLETION_MINUTES,
                    enable_continuous_backup=False,
                    lifecycle=backup.PlanRuleLifecycleArgs(delete_after=ceiling),
                    copy_actions=[
                        backup.PlanRuleCopyActionArgs(
                            destination_vault_arn=vault_arn(args.copy_place, args.copy_vault),
                            lifecycle=backup.PlanRuleCopyActionLifecycleArgs(delete_after=ceiling),
                        )
                    ],
                )
            ],
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        tag = backup.SelectionConditionStringEqualArgs(key=f"aws:ResourceTag/{TAG}", value=DAILY)
        backup.Selection(
            f"{name}-selection",
            name=name,
            plan_id=plan.id,
            iam_role_arn=role.arn,
            # The type is named, for by tag alone a switch of the account would decide; and the tag is a condition, for
            # `selection_tags` would be an alternative to the type and so take the disks of logs too.
            resources=[args.place.arn("ec2", "volume/*")],
            conditions=[backup.SelectionConditionArgs(string_equals=[tag])],
            opts=pulumi.ResourceOptions(parent=self, protect=True, depends_on=[role]),
        )

    def _restore_test(self, name: str, args: BackupArgs, role: ServiceRole) -> None:
        # These names take no hyphens.
        physical = name.replace("-", "_")
        plan = backup.RestoreTestingPlan(
            f"{name}-restore-test",
            name=physical,
            schedule_expression=f"cron(0 {(args.hour + 6) % 24} ? * SUN *)",
            schedule_expression_timezone="Etc/UTC",
            start_window_hours=1,
            recovery_point_selection=backup.RestoreTestingPlanRecoveryPointSelectionArgs(
                algorithm="RANDOM_WITHIN_WINDOW",
                include_vaults=[vault_arn(args.place, args.vault)],
                recovery_point_types=["SNAPSHOT"],
                selection_window_days=args.keep_days[0],
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        tag = backup.RestoreTestingSelectionProtectedResourceConditionsStringEqualArgs(
            key=f"aws:ResourceTag/{TAG}", value=DAILY
        )
        backup.RestoreTestingSelection(
            f"{name}-restore-test-selection",
            name=physical,
            restore_testing_plan_name=plan.name,
            iam_role_arn=role.arn,
            protected_resource_type="EBS",
            protected_resource_arns=["*"],
            protected_resource_conditions=backup.RestoreTestingSelectionProtectedResourceConditionsArgs(
                string_equals=[tag]
            ),
            # A restored volume is a copy of data: it goes as soon as its restore is proven.
            validation_window_hours=1,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[role]),
        )


def backup_statements(args: BackupArgs) -> tuple[Statement, ...]:
    """What taking, copying and expiring a backup of a volume needs, and no other type of resource.

    Source: the parts of AWSBackupServiceRolePolicyForBackup that EBS needs, as of 2026-11-23.
    """
    volumes = args.place.arn("ec2", "volume/*")
    snapshots = _snapshots(args)
    ours = {"StringEquals": {f"aws:ResourceTag/{TAG}": DAILY}}
    expiring = {"Null": {"aws:ResourceTag/aws:backup:source-resource": "false"}}
    vaults = [vault_arn(args.place, args.vault), vault_arn(args.copy_place, args.copy_vault)]
    return (
        allow("FindVolumes", ["ec2:DescribeSnapshots", "ec2:DescribeVolumes", "tag:GetResources"], ["*"]),
        allow("ReadVolumes", ["ec2:CreateSnapshot"], [volumes], when=ours),
        allow("WriteSnapshots", ["ec2:CopySnapshot", "ec2:CreateSnapshot", "ec2:CreateTags"], snapshots),
        allow("ExpireSnapshots", ["ec2:DeleteSnapshot"], snapshots, when=expiring),
        allow("UseVaults", ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"], vaults),
        allow(
            "CopyToVault",
            ["backup:CopyFromBackupVault"],
            ["*"],
            when={"ForAllValues:ArnEquals": {"backup:CopyTargets": vaults[1:]}},
        ),
        *_key_statements(args),
    )


def restore_statements(args: BackupArgs) -> tuple[Statement, ...]:
    """What restoring a volume needs; AWS Backup removes it afterwards under a role of its own."""
    targets = [args.place.arn("ec2", "volume/*"), *_snapshots(args)]
    describe = ("ec2:DescribeAvailabilityZones", "ec2:DescribeSnapshots", "ec2:DescribeVolumes")
    return (
        allow("Find", describe, ["*"]),
        allow("CreateVolumes", ["ec2:CreateVolume"], targets),
        allow(
            "TagVolumes",
            ["ec2:CreateTags"],
            targets[:1],
            when={"StringEquals": {"ec2:CreateAction": "CreateVolume"}},
        ),
        *_key_statements(args),
    )


def _snapshots(args: BackupArgs) -> list[str]:
    # The ARN of a snapshot names no account.
    return [place.arn("ec2", "snapshot/*", account="") for place in (args.place, args.copy_place)]


def _key_statements(args: BackupArgs) -> tuple[Statement, ...]:
    keys = [place.arn("kms", "key/*") for place in (args.place, args.copy_place)]
    named: Condition = {"ForAnyValue:StringEquals": {"kms:ResourceAliases": [f"alias/{key}" for key in args.keys]}}
    use = (
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
    )
    granted: Condition = {**named, "Bool": {"kms:GrantIsForAWSResource": "true"}}
    return (
        allow("UseKeys", use, keys, when=named),
        allow("GrantKeys", ["kms:CreateGrant"], keys, when=granted),
    )
