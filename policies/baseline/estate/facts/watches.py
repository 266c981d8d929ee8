"""What watches, records or guards backups, and what ends with it: the resource may come again, the record does not."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WATCHES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aws:backup/vaultLockConfiguration:VaultLockConfiguration": (
            "until another lock is there, whoever may delete backups can delete those in the vault"
        ),
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": (
            "whoever may delete objects can delete at once what is put into the bucket from then on"
        ),
        "aws:cloudtrail/trail:Trail": "until another trail is there, nothing records who changes what",
        "aws:ec2/flowLog:FlowLog": "until another one is there, nothing records the flows of the network",
        "aws:guardduty/detector:Detector": "all that it found goes with it, for good",
    }
)
"""Type -> what ends with the resource, in words.

Sources, read 2026-11-26: GuardDuty User Guide, "Suspending or disabling GuardDuty"; AWS Backup Developer Guide, "Vault
Lock"; S3 User Guide, "Locking objects with Object Lock"; CloudTrail User Guide, "Deleting a
trail"; VPC User Guide, "Delete a flow log".
"""
