"""Ways to make deletion easy."""

from __future__ import annotations

from tests.baseline.sabotage.mutations import (
    ABSENT,
    AWS,
    HETZNER,
    Sabotage,
    Table,
    all_of,
    changed,
    previewed,
    registered,
)

_LOOSE = {"protect": False}
_KEYS = all_of(
    registered("backup-fsn1", "StorageBox", {"ignore_changes": ()}),
    changed("backup-fsn1", "StorageBox", "sshKeys", ["ssh-ed25519 AAAA colleague"]),
)

PROTECTION: Table = {
    "data_deleted_by_change": (
        Sabotage(HETZNER + AWS, previewed("delete", "database-1-data", "Volume"), "a volume is deleted"),
        Sabotage(HETZNER + AWS, previewed("replace", "database-1-data", "Volume"), "a volume is replaced"),
        Sabotage(HETZNER + AWS, previewed("forget", "database-1-data", "Volume"), "a volume is managed no more"),
        Sabotage(HETZNER, previewed("replace", "backup-fsn1", "StorageBox"), "a box is replaced"),
        Sabotage(AWS, previewed("replace", "vault", "Vault"), "a vault is replaced"),
        Sabotage(AWS, previewed("replace", "flow-logs", "LogGroup"), "logs are replaced"),
        Sabotage(AWS, previewed("replace", "trail-bucket", "Bucket"), "the trail's bucket is replaced"),
    ),
    "data_without_protect": (
        Sabotage(HETZNER, registered("database-1-data", "Volume", _LOOSE), "a volume"),
        Sabotage(HETZNER, registered("backup-fsn1", "StorageBox", _LOOSE), "the box of backups"),
        Sabotage(AWS, registered("database-1-data", "Volume", _LOOSE), "a volume"),
        Sabotage(AWS, registered("trail-bucket", "Bucket", _LOOSE), "the trail's bucket"),
        Sabotage(AWS, registered("vault", "Vault", _LOOSE), "the vault"),
        Sabotage(AWS, registered("copy-vault", "Vault", _LOOSE), "the vault of the second region"),
    ),
    "delete_protection_off": tuple(
        Sabotage(stacks, changed(name, type_, path, value), meaning)
        for stacks, name, type_, path, off in (
            (HETZNER, "app-1", "Server", "deleteProtection", False),
            (HETZNER, "database-1-data", "Volume", "deleteProtection", False),
            (HETZNER, "balancer", "LoadBalancer", "deleteProtection", False),
            (HETZNER, "network", "Network", "deleteProtection", False),
            (HETZNER, "backup-fsn1", "StorageBox", "deleteProtection", False),
            (HETZNER, "dns", "Zone", "deleteProtection", False),
            (AWS, "database-1", "Instance", "disableApiTermination", False),
            (AWS, "balancer", "LoadBalancer", "enableDeletionProtection", False),
            (AWS, "flow-logs", "LogGroup", "deletionProtectionEnabled", False),
        )
        for value, meaning in ((off, f"{name} {path} off"), (ABSENT, f"{name} {path} off by default"))
    )
    + tuple(
        Sabotage(AWS, changed(name, type_, "forceDestroy", True), f"{name} is emptied before it goes")
        for name, type_ in (("vault", "Vault"), ("copy-vault", "Vault"), ("trail-bucket", "Bucket"), ("dns", "Zone"))
    ),
    "replacement_would_delete_backups": (
        Sabotage(HETZNER, registered("app-1", "Server", _LOOSE), "a server with its backups"),
        Sabotage(HETZNER, registered("backup-fsn1", "StorageBox", _LOOSE), "the box"),
        Sabotage(HETZNER, _KEYS, "a key to the box"),
        Sabotage(AWS, changed("vault", "Vault", "forceDestroy", True), "a vault that is emptied first"),
        Sabotage(
            HETZNER,
            registered("database-1", "Server", _LOOSE),
            "the database host",
        ),
    ),
    "unequal_hetzner_protections": (
        Sabotage(HETZNER, changed("app-1", "Server", "rebuildProtection", False), "rebuild off"),
        Sabotage(HETZNER, changed("app-1", "Server", "rebuildProtection", ABSENT), "rebuild off by default"),
        Sabotage(HETZNER, changed("database-1", "Server", "deleteProtection", False), "delete off"),
    ),
}
