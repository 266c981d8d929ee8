"""Ways to lay data down in plain, under other people's keys, or beside its own key."""

from __future__ import annotations

from tests.baseline.sabotage.mutations import (
    ABSENT,
    AWS,
    DE,
    DEV,
    HETZNER,
    Sabotage,
    Table,
    added,
    all_of,
    changed,
    edited,
    exported,
    given_out,
    previewed,
    registered,
    without,
)

_RUN = "\nruncmd:\n"
_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz\n"
_PEM = "\n- path: /root/.ssh/id_ed25519\n  content: |\n" + "".join(f"    {line}\n" for line in _KEY.splitlines())
_VOLUME = "hcloud:index/volume:Volume"

ENCRYPTION: Table = {
    "key_deleted_by_change": (
        Sabotage(AWS, previewed("delete", "backup-key", "Key"), "the key of the backups is deleted"),
        Sabotage(AWS, previewed("replace", "backup-key", "Key"), "the key of the backups is replaced"),
    ),
    "data_disk_without_host_encryption": (
        Sabotage(
            HETZNER,
            edited("database-1", "Server", "userData", "    /dev/mapper/data /var/lib", "    /dev/sdb /var/lib"),
            "the disk itself is mounted, past LUKS",
        ),
        Sabotage(
            HETZNER,
            edited("app-1", "Server", "userData", "data LABEL=data-luks /run/disk-key luks,noauto", ""),
            "no LUKS behind the mapped name",
        ),
        Sabotage(
            HETZNER,
            edited("app-1", "Server", "userData", "log LABEL=log-luks /run/disk-key luks,noauto", ""),
            "no LUKS below the logs",
        ),
        Sabotage(
            HETZNER,
            edited("database-1", "Server", "userData", "path: /etc/crypttab", "path: /etc/crypttab.off"),
            "a crypttab under another name",
        ),
        Sabotage(
            HETZNER,
            edited("database-1", "Server", "userData", "/run/disk-key luks,noauto", "/dev/urandom swap"),
            "swap instead of LUKS",
        ),
        Sabotage(
            HETZNER,
            all_of(
                changed("database-1", "Server", "userData", ABSENT),
                registered("database-1", "Server", {"ignore_changes": ("image",)}),
            ),
            "no user data",
        ),
        Sabotage(HETZNER, without("database-1-data", "VolumeAttachment"), "a volume that no host has"),
        Sabotage(
            DE + DEV,
            added(_VOLUME, "more", {"location": "nbg1", "size": 10, "labels": {"holds": "data"}}),
            "one more volume that no host has",
        ),
    ),
    "key_without_rotation": (
        Sabotage(AWS, changed("data-key", "Key", "enableKeyRotation", False), "off"),
        Sabotage(AWS, changed("backup-key", "Key", "enableKeyRotation", ABSENT), "off by default"),
        Sabotage(AWS, changed("log-key", "Key", "rotationPeriodInDays", 2560), "every seven years"),
        Sabotage(AWS, changed("copy-backup-key", "Key", "enableKeyRotation", False), "off in the second region"),
        Sabotage(AWS, added("aws:kms/key:Key", "extra", {}), "one more key as it comes"),
    ),
    "secret_in_plain_input": (
        Sabotage(
            HETZNER, changed("backup-fsn1", "StorageBox", "password", "Correct-Horse-7-Battery"), "the box's password"
        ),
        Sabotage(
            HETZNER,
            edited(
                "database-1", "Server", "userData", _RUN, f"{_RUN}- PGPASSWORD=Tr0ub4dor-and-3 psql -c 'select 1'\n"
            ),
            "a password on a command line",
        ),
        Sabotage(
            HETZNER, edited("app-1", "Server", "userData", "\nwrite_files:\n", f"\nwrite_files:{_PEM}"), "a private key"
        ),
        Sabotage(
            AWS,
            edited(
                "app-1",
                "Instance",
                "userData",
                _RUN,
                f"{_RUN}- export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYzQ8vTq2LmNs4\n",
            ),
            "an access key",
        ),
        Sabotage(
            AWS,
            edited(
                "database-1", "Instance", "userData", _RUN, f"{_RUN}- curl https://deploy:s3cr3tPassw0rd@git.example/\n"
            ),
            "a password in a URL",
        ),
        Sabotage(
            AWS,
            added(
                "aws:ssm/parameter:Parameter",
                "token",
                {"type": "String", "name": "/app/api-token", "value": "f81d4fae7dec"},
            ),
            "a parameter",
        ),
        Sabotage(
            AWS,
            added(
                "aws:secretsmanager/secretVersion:SecretVersion",
                "token",
                {"secretId": "token", "secretString": "f81d4fae7dec"},
            ),
            "a secret that is none",
        ),
    ),
    "secret_in_plain_output": (
        Sabotage(HETZNER + AWS, given_out("databasePassword", "Tr0ub4dor-and-3"), "a password by its name"),
        Sabotage(HETZNER + AWS, given_out("database", "postgres://shop:Tr0ub4dor@10.0.0.1/shop"), "one in an address"),
    ),
    "state_without_secrets_provider": (
        Sabotage(HETZNER + AWS, exported("secrets", ABSENT), "none"),
        Sabotage(HETZNER + AWS, exported("secrets", "default"), "Pulumi's own"),
        Sabotage(HETZNER + AWS, exported("secrets", ""), "an empty one"),
    ),
    "store_under_no_customer_key": (
        Sabotage(AWS, changed("flow-logs", "LogGroup", "kmsKeyId", ABSENT), "flow logs"),
        Sabotage(
            AWS,
            changed(
                "trail-encryption",
                "BucketServerSideEncryptionConfiguration",
                "rules",
                [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}],
            ),
            "the trail's bucket under a key of S3's own",
        ),
        Sabotage(
            AWS,
            changed(
                "trail-encryption",
                "BucketServerSideEncryptionConfiguration",
                "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId",
                "alias/aws/s3",
            ),
            "the trail's bucket under the alias of a key of AWS's own",
        ),
        Sabotage(AWS, without("trail-encryption", "BucketServerSideEncryptionConfiguration"), "no configuration"),
        Sabotage(AWS, changed("vault", "Vault", "kmsKeyArn", ABSENT), "the vault"),
        Sabotage(AWS, changed("copy-vault", "Vault", "kmsKeyArn", ABSENT), "the vault of the second region"),
        Sabotage(AWS, changed("database-1-data", "Volume", "kmsKeyId", "alias/aws/ebs"), "a volume under AWS's key"),
        Sabotage(
            AWS,
            all_of(
                without("region-settings-disk-key", "DefaultKmsKey"),
                changed("database-1-data", "Volume", "kmsKeyId", ABSENT),
            ),
            "a volume that names no key, in a region without one",
        ),
        Sabotage(
            AWS,
            changed("app-1", "Instance", "rootBlockDevice.kmsKeyId", "alias/aws/ebs"),
            "a root disk under AWS's key",
        ),
    ),
    "store_without_encryption": (
        Sabotage(AWS, changed("database-1-data", "Volume", "encrypted", False), "a volume"),
        Sabotage(AWS, changed("app-1-log", "Volume", "encrypted", False), "a volume of logs"),
        Sabotage(AWS, changed("app-1", "Instance", "rootBlockDevice.encrypted", False), "a root disk"),
        Sabotage(AWS, changed("detection", "Topic", "kmsMasterKeyId", ABSENT), "a topic"),
        Sabotage(
            AWS,
            all_of(
                without("region-settings-disk-encryption", "EncryptionByDefault"),
                changed("database-1-data", "Volume", "encrypted", ABSENT),
            ),
            "a volume that says nothing, in a region without a default",
        ),
        Sabotage(AWS, added("aws:sqs/queue:Queue", "jobs", {"sqsManagedSseEnabled": False}), "a queue"),
        Sabotage(AWS, added("aws:rds/instance:Instance", "orders", {"storageEncrypted": False}), "a database"),
        Sabotage(AWS, added("aws:efs/fileSystem:FileSystem", "files", {}), "a file system as it comes"),
    ),
}
