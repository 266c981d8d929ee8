"""File systems, gateways, archives, and the buckets that are no plain ones of S3.

Sources, read 2026-11-26: the arguments and defaults of pulumi-aws 7.51.1; FSx, S3, Glacier, Storage Gateway, Lightsail
and Elastic Disaster Recovery guides on encryption at rest, which all of them apply always.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from baseline.estate.aws.kept.row import Door, Fixed, Policy, Row, Rows, Switch
from baseline.estate.aws.places import ON_AN_OUTPOST
from baseline.estate.builder import Builder
from baseline.graph import Resource, unknown_because

_AT_ITS_OWNERS: Final = unknown_because("is not known: the gateway stands wherever its owner has put it")


def _outpost(_: Builder, __: Resource) -> Any:
    return ON_AN_OUTPOST


def _at_its_owners(_: Builder, __: Resource) -> Any:
    return _AT_ITS_OWNERS


def _recovery_key(_: Builder, template: Resource) -> Mapping[str, Any]:
    """A key counts only beside the word that asks for it."""
    custom = Switch("ebsEncryption", ("CUSTOM",)).on(template)
    return {} if custom is True else {"customer_key": custom}


def _share_key(_: Builder, share: Resource) -> Mapping[str, Any]:
    keyed = Switch("kmsEncrypted").on(share)
    return {} if keyed is True else {"customer_key": keyed}


_VECTORS: Final = "encryptionConfigurations.kmsKeyArn"
_TABLES: Final = "encryptionConfiguration.kmsKeyArn"

ROWS: Final[Rows] = MappingProxyType(
    {
        "aws:fsx/lustreFileSystem:LustreFileSystem": Row("file system", key=("kmsKeyId",)),
        "aws:fsx/ontapFileSystem:OntapFileSystem": Row("file system", key=("kmsKeyId",)),
        "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": Row("file system", key=("kmsKeyId",)),
        "aws:fsx/windowsFileSystem:WindowsFileSystem": Row("file system", key=("kmsKeyId",)),
        "aws:fsx/ontapVolume:OntapVolume": Row("volume of a file system"),
        "aws:fsx/openZfsVolume:OpenZfsVolume": Row("volume of a file system"),
        "aws:fsx/openZfsSnapshot:OpenZfsSnapshot": Row("snapshot of a file system", "backups", keeps_backups=True),
        "aws:fsx/backup:Backup": Row("backup of a file system", "backups", keeps_backups=True),
        "aws:fsx/fileCache:FileCache": Row("file cache", "queue", key=("kmsKeyId",)),
        "aws:s3/directoryBucket:DirectoryBucket": Row("directory bucket"),
        "aws:s3/filesFileSystem:FilesFileSystem": Row("file system", key=("kmsKeyId",)),
        "aws:s3/vectorsVectorBucket:VectorsVectorBucket": Row(
            "vector bucket",
            key=(_VECTORS,),
            name="vectorBucketName",
            policy=Policy("aws:s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy", "vectorBucketArn"),
        ),
        "aws:s3/vectorsIndex:VectorsIndex": Row("vector index", key=(_VECTORS,)),
        "aws:s3control/bucket:Bucket": Row(
            "bucket on an outpost",
            name="bucket",
            policy=Policy("aws:s3control/bucketPolicy:BucketPolicy", "bucket"),
            place=_outpost,
        ),
        "aws:s3/bucketMetadataConfiguration:BucketMetadataConfiguration": Row(
            "list of objects",
            "queue",
            key=tuple(
                f"metadataConfiguration.{kind}TableConfiguration.encryptionConfiguration.kmsKeyArn"
                for kind in ("inventory", "journal")
            ),
        ),
        "aws:s3tables/tableBucket:TableBucket": Row(
            "table bucket",
            key=(_TABLES,),
            policy=Policy("aws:s3tables/tableBucketPolicy:TableBucketPolicy", "tableBucketArn", "resourcePolicy"),
        ),
        "aws:s3tables/table:Table": Row(
            "table of a bucket",
            key=(_TABLES,),
            policy=Policy("aws:s3tables/tablePolicy:TablePolicy", "name", "resourcePolicy"),
        ),
        "aws:glacier/vault:Vault": Row("archive", inline="accessPolicy"),
        "aws:storagegateway/gateway:Gateway": Row("cache of a gateway", "queue", place=_at_its_owners),
        "aws:storagegateway/cachesIscsiVolume:CachesIscsiVolume": Row(
            "volume of a gateway", key=("kmsKey",), answer=_share_key
        ),
        "aws:storagegateway/storedIscsiVolume:StoredIscsiVolume": Row(
            "volume of a gateway", key=("kmsKey",), answer=_share_key
        ),
        "aws:storagegateway/nfsFileShare:NfsFileShare": Row(
            "file share", "queue", key=("kmsKeyArn",), answer=_share_key
        ),
        "aws:storagegateway/smbFileShare:SmbFileShare": Row(
            "file share", "queue", key=("kmsKeyArn",), answer=_share_key
        ),
        "aws:drs/replicationConfigurationTemplate:ReplicationConfigurationTemplate": Row(
            "replica of disks",
            "backups",
            key=("ebsEncryptionKeyArn",),
            public=Switch("createPublicIp"),
            answer=_recovery_key,
        ),
        "aws:lightsail/instance:Instance": Row("instance disk"),
        "aws:lightsail/disk:Disk": Row("disk"),
        "aws:lightsail/bucket:Bucket": Row("bucket"),
        "aws:mediastore/container:Container": Row(
            "media container", policy=Policy("aws:mediastore/containerPolicy:ContainerPolicy", "containerName")
        ),
    }
)
"""Volumes and snapshots of a file system are under its key and take none of their own; Lightsail takes none at all."""

_WEBSITE: Final = Door("bucket behind", tls=Fixed(False))

DOORS: Final[Mapping[str, Door]] = MappingProxyType(
    {
        "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": _WEBSITE,
        "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": _WEBSITE,
        "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint": Door(
            "buckets behind",
            public=Switch("details.publicAccessBlock.restrictPublicBuckets", (False,)),
        ),
    }
)
"""A bucket's website speaks no TLS (S3 User Guide, "Website endpoints", read 2026-11-26)."""
