"""Ways to have no backup on the day that it is needed."""

from __future__ import annotations

from tests.baseline.sabotage.mutations import (
    ABSENT,
    AP,
    AWS,
    DE,
    DEV,
    FI,
    HETZNER,
    US,
    Sabotage,
    Table,
    added,
    changed,
    edited,
    previewed,
    without,
)

_PLAN = ("backup", "Plan")
_BOX = ("backup-fsn1", "StorageBox")
_DATABASE = ("database-1", "Server", "userData")
_TIMER = "[Timer]\n    OnCalendar=*-*-* "
_DAILY = "    Description=Daily backup\n    [Timer]\n    OnCalendar=*-*-* "
_ARN = "rules.0.copyActions.0.destinationVaultArn"

BACKUP: Table = {
    "backups_deleted_by_change": (
        Sabotage(HETZNER, previewed("replace", "app-1", "Server"), "a server with backups is replaced"),
        Sabotage(HETZNER, previewed("delete", "app-1", "Server"), "a server with backups is deleted"),
        Sabotage(HETZNER, previewed("replace", "backup-fsn1", "StorageBox"), "a box is replaced"),
    ),
    "backups_switched_off_by_change": (
        Sabotage(
            AWS,
            previewed(
                "update",
                "trail-versioning",
                "BucketVersioning",
                changed("trail-versioning", "BucketVersioning", "versioningConfiguration.status", "Suspended"),
            ),
            "the trail's bucket keeps no more versions",
        ),
        Sabotage(
            HETZNER,
            previewed("update", "app-1", "Server", changed("app-1", "Server", "backups", False)),
            "a server's backups go off",
        ),
        Sabotage(
            HETZNER,
            previewed("update", *_BOX, changed(*_BOX, "snapshotPlan", ABSENT)),
            "a box loses its snapshot plan",
        ),
        Sabotage(
            HETZNER,
            previewed("replace", "database-1", "Server", edited(*_DATABASE, _TIMER, "[Timer]\n    OnCalendar=never ")),
            "a host comes again without its timer",
        ),
        Sabotage(HETZNER, previewed("delete", "database-1-data", "VolumeAttachment"), "a volume leaves its host"),
        Sabotage(
            HETZNER,
            previewed(
                "update", "database-1-data", "Volume", changed("database-1-data", "Volume", "labels.holds", "system")
            ),
            "a volume is said to hold nothing of worth",
        ),
        Sabotage(AWS, previewed("delete", "backup-selection", "Selection"), "a selection goes"),
        Sabotage(AWS, previewed("delete", "backup", "Plan"), "a plan goes"),
        Sabotage(AWS, previewed("forget", "backup-selection", "Selection"), "a selection is managed no more"),
        Sabotage(
            AWS,
            previewed("update", "database-1-data", "Volume", changed("database-1-data", "Volume", "tags.backup", "no")),
            "a volume loses the tag by which it is taken",
        ),
    ),
    "store_without_daily_backup": (
        Sabotage(AWS, changed(*_PLAN, "rules.0.schedule", "cron(0 5 ? * MON-FRI *)"), "weekdays only"),
        Sabotage(AWS, changed(*_PLAN, "rules.0.schedule", "cron(0 5 ? * SUN *)"), "weekly"),
        Sabotage(AWS, changed(*_PLAN, "rules.0.schedule", "cron(0 5 1/2 * ? *)"), "every other day"),
        Sabotage(AWS, changed(*_PLAN, "rules.0.schedule", "rate(7 days)"), "every seven days"),
        Sabotage(AWS, changed("database-1-data", "Volume", "tags.backup", ABSENT), "a volume without its tag"),
        Sabotage(AWS, changed("database-1-data", "Volume", "tags.backup", "weekly"), "a volume with another tag"),
        Sabotage(AWS, without("backup-selection", "Selection"), "a plan that selects nothing"),
        Sabotage(
            AWS, changed("vault-lock", "VaultLockConfiguration", "maxRetentionDays", 7), "a vault that refuses them"
        ),
        Sabotage(
            AWS,
            added("aws:ebs/volume:Volume", "more", {"encrypted": True, "availabilityZone": "us-east-1a", "size": 8}),
            "one more volume",
        ),
    ),
    "backup_in_same_place": (
        Sabotage(AWS, changed(*_PLAN, "rules.0.copyActions", []), "no copy"),
        Sabotage(
            US, changed(*_PLAN, _ARN, "arn:aws:backup:us-east-1:111122223333:backup-vault:vault"), "a copy beside"
        ),
        Sabotage(
            AP, changed(*_PLAN, _ARN, "arn:aws:backup:ap-southeast-2:444455556666:backup-vault:vault"), "a copy beside"
        ),
    ),
    "backup_leaves_countries": (
        Sabotage(AWS, changed(*_PLAN, _ARN, "arn:aws:backup:eu-west-2:111122223333:backup-vault:far"), "to the UK"),
        Sabotage(HETZNER, changed("backup-fsn1", "StorageBox", "location", "sin"), "a box in Singapore"),
        Sabotage(DE + DEV, changed("backup-fsn1", "StorageBox", "location", "hel1"), "a box in Finland"),
    ),
    "backup_retention_over_ceiling": (
        Sabotage(AWS, changed(*_PLAN, "rules.0.lifecycle.deleteAfter", 400), "400 days"),
        Sabotage(AWS, changed(*_PLAN, "rules.0.lifecycle", ABSENT), "for ever, for lack of a lifecycle"),
        Sabotage(AWS, changed(*_PLAN, "rules.0.copyActions.0.lifecycle.deleteAfter", 36), "a copy, one day too long"),
        Sabotage(AWS, changed(*_PLAN, "rules.0.copyActions.0.lifecycle", ABSENT), "a copy, for ever"),
        Sabotage(HETZNER, edited(*_DATABASE, "KEEP_DAYS_CEILING=", "KEEP_DAYS_CEILING=4"), "what the host keeps"),
    ),
    "backup_retention_under_floor": (
        Sabotage(AWS, changed(*_PLAN, "rules.0.lifecycle.deleteAfter", 6), "six days"),
        Sabotage(AWS, changed(*_PLAN, "rules.0.copyActions.0.lifecycle.deleteAfter", 1), "a copy of one day"),
        Sabotage(
            DE + FI,
            edited(
                *_DATABASE, "KEEP_DAYS_FLOOR=14\n    KEEP_DAYS_CEILING=20", "KEEP_DAYS_FLOOR=1\n    KEEP_DAYS_CEILING=2"
            ),
            "what the host keeps",
        ),
    ),
    "backup_unencrypted": (
        Sabotage(AWS, changed("database-1-data", "Volume", "encrypted", False), "as plain as its volume"),
        Sabotage(
            HETZNER,
            edited(*_DATABASE, "| age --encrypt --recipients-file /etc/backup-recipients --output", "| tee"),
            "sent as it is",
        ),
    ),
    "log_outlives_period_in_backup": (
        Sabotage(AWS, changed("app-1-log", "Volume", "tags.backup", "daily"), "a volume of logs in the plan"),
        Sabotage(AWS, changed("backup-selection", "Selection", "conditions", ABSENT), "a selection of all volumes"),
        Sabotage(
            HETZNER, changed("app-1-log", "Volume", "labels.holds", "data"), "logs on the disk that Hetzner copies"
        ),
    ),
    "no_restore_test": (
        Sabotage(AWS, without("backup-restore-test", "RestoreTestingPlan"), "no plan"),
        Sabotage(AWS, without("backup-restore-test-selection", "RestoreTestingSelection"), "a plan that takes nothing"),
        Sabotage(
            AWS,
            changed("backup-restore-test-selection", "RestoreTestingSelection", "protectedResourceType", "RDS"),
            "a plan that takes something else",
        ),
        Sabotage(
            AWS,
            changed(
                "backup-restore-test",
                "RestoreTestingPlan",
                "recoveryPointSelection.includeVaults",
                ["arn:aws:backup:us-east-1:111122223333:backup-vault:other"],
            ),
            "from another vault",
        ),
    ),
    "server_backups_switched_off": (
        Sabotage(HETZNER, changed("app-1", "Server", "backups", False), "off"),
        Sabotage(HETZNER, changed("database-1", "Server", "backups", ABSENT), "off by default"),
    ),
    "vault_unlocked": (
        Sabotage(AWS, without("vault-lock", "VaultLockConfiguration"), "the vault"),
        Sabotage(AWS, without("copy-vault-lock", "VaultLockConfiguration"), "the vault of the second region"),
        Sabotage(
            AWS, changed("vault-lock", "VaultLockConfiguration", "backupVaultName", "other"), "a lock of another vault"
        ),
        Sabotage(AWS, added("aws:backup/vault:Vault", "more", {"name": "more"}), "one more vault"),
    ),
}
