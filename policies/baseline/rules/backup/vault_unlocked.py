"""The last thing that an intruder deletes is the backups."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Vault
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Vault,
    clauses=("5.1/3",),
    remedy="Add a VaultLockConfiguration with the floor and ceiling of retention; `changeableForDays` (at least 3) "
    "makes it a lock that nobody can lift, which fits production and never a try-out.",
)
def vault_unlocked(vault: Vault, _: Estate) -> Iterator[Problem]:
    """A vault has no lock.

    Who holds the account's credentials deletes recovery points one by one before asking for ransom. A lock refuses
    that: in governance mode to all but a few, in compliance mode to everybody.
    """
    if vault.lock == "none":
        yield Problem(
            f"vault {vault.label} in {vault.location.name} has no lock: its backups can be deleted at any time"
        )


_AWS = aws_provider()
_VAULT = resource("aws:backup/vault:Vault", "vault", name="vault")
_LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"


def _plan(vault: str, *copies: str) -> Resource:
    copied = [{"destinationVaultArn": copy} for copy in copies]
    return resource("aws:backup/plan:Plan", "plan", rules=[{"targetVaultName": vault, "copyActions": copied}])


EXAMPLES = (
    example("governance", _AWS, _VAULT, resource(_LOCK, "lock", backupVaultName="vault", maxRetentionDays=30)),
    example("compliance", _AWS, _VAULT, resource(_LOCK, "lock", backupVaultName=ref(_VAULT), changeableForDays=3)),
    example(
        "a vault that is made to be locked",
        _AWS,
        resource("aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault", "gapped", name="gapped"),
    ),
    example("no lock", _AWS, _VAULT, fails("vault")),
    example(
        "the lock is of a vault with the same name in another region",
        _AWS,
        _VAULT,
        resource("aws:backup/vault:Vault", "far", region="eu-west-1", name="vault"),
        resource(_LOCK, "lock", region="eu-west-1", backupVaultName="vault"),
        fails("vault"),
    ),
    example("backups go to a vault that nobody sees", _AWS, _plan("typo"), unknown("plan", "rules.0.targetVaultName")),
    example(
        "copies go to a vault that nobody sees",
        _AWS,
        _VAULT,
        resource(_LOCK, "lock", backupVaultName="vault"),
        _plan("vault", "arn:aws:backup:eu-central-1:210987654321:backup-vault:copies"),
        unknown("plan", "rules.0.copyActions.0.destinationVaultArn"),
    ),
    example(
        "only deployment knows whose lock it is",
        _AWS,
        _VAULT,
        resource(_LOCK, "lock", backupVaultName=UNKNOWN),
        unknown("vault"),
    ),
)
