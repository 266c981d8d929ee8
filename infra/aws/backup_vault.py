"""Where backups rest: a vault under a customer key that nobody can empty before its time."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi_aws import backup

from infra.aws.place import Place
from infra.aws.policy import deny, document


@dataclass(frozen=True, kw_only=True)
class BackupVaultArgs:
    """Floor and ceiling of retention in days, and the lock's mode; ValueError when they cannot be locked.

    `immutable_after_days` None is governance mode: someone with the right to may still lift the lock. A number (3 or
    more) is compliance mode: from then on nobody may, AWS included, and the bounds cannot change either.
    """

    key_arn: pulumi.Input[str]
    keep_days: tuple[int, int]
    immutable_after_days: int | None

    def __post_init__(self) -> None:
        floor, ceiling = self.keep_days
        problems = []
        if not 1 <= floor <= ceiling:
            problems.append(f"keep_days {self.keep_days}: wanted a floor of at least 1, not above the ceiling")
        if self.immutable_after_days is not None and self.immutable_after_days < 3:
            problems.append(
                f"immutable_after_days {self.immutable_after_days}: wanted at least 3, to change one's mind"
            )
        if problems:
            raise ValueError("; ".join(problems))


class BackupVault(pulumi.ComponentResource):
    """A vault of the component's name, its lock, and a policy that refuses deletion to everyone."""

    def __init__(self, name: str, args: BackupVaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:BackupVault", name, None, opts)
        child = pulumi.ResourceOptions(parent=self, protect=True)
        vault = backup.Vault(name, name=name, kms_key_arn=args.key_arn, force_destroy=False, opts=child)
        floor, ceiling = args.keep_days
        backup.VaultLockConfiguration(
            f"{name}-lock",
            backup_vault_name=vault.name,
            min_retention_days=floor,
            max_retention_days=ceiling,
            changeable_for_days=args.immutable_after_days,
            opts=child,
        )
        backup.VaultPolicy(f"{name}-policy", backup_vault_name=vault.name, policy=vault_policy(), opts=child)
        self.name = vault.name
        self.register_outputs({"name": vault.name})


def vault_arn(place: Place, name: str) -> str:
    """The ARN of a vault, known before it exists."""
    return place.arn("backup", f"backup-vault:{name}")


def vault_policy() -> str:
    """Backups end by their lifecycle only. Expiry is the service's own act and passes this policy."""
    destruction = (
        "backup:DeleteBackupVault",
        "backup:DeleteRecoveryPoint",
        "backup:DisassociateRecoveryPoint",
        "backup:UpdateRecoveryPointLifecycle",
    )
    return document(deny("NoDeletion", destruction, ["*"], to="*"))
