"""Vaults, the daily plan, and the proof that a backup can be restored."""

from __future__ import annotations

import pytest

from infra.aws.backup import BackupArgs
from infra.aws.backup_vault import BackupVaultArgs
from infra.aws.place import Place
from tests.infra.aws.conftest import Registrations, referred

HOME = Place(account="123456789012", region="eu-central-1")


def test_every_day_a_backup_and_a_copy_in_the_second_region(registered: Registrations) -> None:
    """One rule, once a day, whose copy names its region and account before either vault exists."""
    (rule,) = registered("backup/plan:Plan", "daily-copy").at("rules")
    assert (rule["schedule"], rule["scheduleExpressionTimezone"]) == ("cron(0 3 * * ? *)", "Etc/UTC")
    assert rule["targetVaultName"] == "governed-vault"
    assert rule["lifecycle"] == {"deleteAfter": 30}
    assert rule["copyActions"] == [
        {
            "destinationVaultArn": "arn:aws:backup:eu-west-3:123456789012:backup-vault:far-vault",
            "lifecycle": {"deleteAfter": 30},
        }
    ]


def test_selection_goes_by_type_and_tag(registered: Registrations) -> None:
    """Every volume of the region that says `backup=daily`, whatever the account has opted in to."""
    selection = registered("backup/selection:Selection", "daily-copy-selection")
    assert selection.at("resources") == ["arn:aws:ec2:eu-central-1:123456789012:volume/*"]
    tagged = {"key": "aws:ResourceTag/backup", "value": "daily"}
    assert selection.at("conditions") == [{"stringEquals": [tagged]}]
    # A tag beside a type would be an alternative to it: then every disk would be backed up, those of logs too.
    assert selection.at("selectionTags") is None
    assert referred(selection.at("iamRoleArn")) == {"daily-copy-role"}


def test_restores_are_tested_each_week(registered: Registrations) -> None:
    """A random backup of the vault is restored on Sundays, and what was restored goes within the hour."""
    plan = registered("backup/restoreTestingPlan:RestoreTestingPlan", "daily-copy-restore-test")
    assert plan.at("scheduleExpression") == "cron(0 9 ? * SUN *)"
    assert plan.at("recoveryPointSelection.includeVaults") == [
        "arn:aws:backup:eu-central-1:123456789012:backup-vault:governed-vault"
    ]
    kind = "backup/restoreTestingSelection:RestoreTestingSelection"
    selection = registered(kind, "daily-copy-restore-test-selection")
    assert selection.at("protectedResourceType") == "EBS"
    assert selection.at("validationWindowHours") == 1
    assert referred(selection.at("iamRoleArn")) == {"daily-copy-restore-role"}


@pytest.mark.parametrize(("vault", "days"), [("governed-vault", None), ("immutable-vault", 7)])
def test_vaults_are_locked(registered: Registrations, vault: str, days: int | None) -> None:
    """Floor and ceiling are locked; without days of grace in governance mode, with them for good."""
    lock = registered("backup/vaultLockConfiguration:VaultLockConfiguration", f"{vault}-lock")
    assert (lock.at("minRetentionDays"), lock.at("maxRetentionDays")) == (14, 30)
    assert lock.at("changeableForDays") == days


def test_a_vault_is_encrypted_protected_and_never_emptied(registered: Registrations) -> None:
    """Under the customer key, and nobody may delete what is in it."""
    vault = registered("backup/vault:Vault", "governed-vault")
    assert referred(vault.at("kmsKeyArn")) == {"vault-key"}
    assert (vault.protect, vault.at("forceDestroy")) == (True, False)
    (statement,) = registered.statements("backup/vaultPolicy:VaultPolicy", "governed-vault-policy").values()
    assert (statement["Effect"], statement["Principal"]) == ("Deny", "*")
    assert "backup:DeleteRecoveryPoint" in statement["Action"]


@pytest.mark.parametrize("role", ["daily-copy-role", "daily-copy-restore-role"])
def test_backup_roles_are_bounded(registered: Registrations, role: str) -> None:
    """Each carries the boundary, and only AWS Backup for this account may assume it."""
    assert referred(registered("iam/role:Role", role).at("permissionsBoundary")) == {"pin"}
    trust = registered.statements("iam/role:Role", role, "assumeRolePolicy")["Assume"]
    assert trust["Principal"] == {"Service": "backup.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}


def test_the_backup_role_reads_only_what_asks_for_backups(registered: Registrations) -> None:
    """Volumes without the tag stay closed to it, and it deletes only snapshots that AWS Backup made."""
    statements = registered.statements("iam/rolePolicy:RolePolicy", "daily-copy-role-policy")
    assert statements["ReadVolumes"]["Condition"] == {"StringEquals": {"aws:ResourceTag/backup": "daily"}}
    deleting = {sid for sid, item in statements.items() if any("Delete" in name for name in item["Action"])}
    assert deleting == {"ExpireSnapshots"}
    assert statements["ExpireSnapshots"]["Condition"] == {
        "Null": {"aws:ResourceTag/aws:backup:source-resource": "false"}
    }


def test_the_backup_role_may_copy_to_the_second_vault_only(registered: Registrations) -> None:
    """Without the right to copy from a vault every copy fails; with it for any vault, data could go anywhere."""
    statement = registered.statements("iam/rolePolicy:RolePolicy", "daily-copy-role-policy")["CopyToVault"]
    assert statement["Action"] == ["backup:CopyFromBackupVault"]
    assert statement["Condition"] == {
        "ForAllValues:ArnEquals": {
            "backup:CopyTargets": ["arn:aws:backup:eu-west-3:123456789012:backup-vault:far-vault"]
        }
    }


def test_a_copy_leaves_its_region_at_a_real_hour() -> None:
    """Both mistakes are told at once."""
    with pytest.raises(ValueError, match=r"eu-central-1: wanted a second region; hour 24"):
        BackupArgs(
            place=HOME,
            vault="vault",
            copy_place=HOME,
            copy_vault="copy",
            keys=("key",),
            keep_days=(14, 30),
            hour=24,
            boundary="arn",
        )


@pytest.mark.parametrize(
    ("keep_days", "grace", "message"),
    [((30, 14), None, "not above the ceiling"), ((14, 30), 2, "wanted at least 3")],
)
def test_a_lock_that_aws_refuses_is_refused_first(keep_days: tuple[int, int], grace: int | None, message: str) -> None:
    """A floor above its ceiling, or a grace shorter than AWS takes."""
    with pytest.raises(ValueError, match=message):
        BackupVaultArgs(key_arn="arn", keep_days=keep_days, immutable_after_days=grace)
