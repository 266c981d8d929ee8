"""A backup holds all that its store holds."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate, some
from baseline.estate.nouns import Backup
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, not_observable, ref, resource, rule, unknown


@rule(
    Backup,
    clauses=("5.1/3",),
    remedy="Encrypt the disk that is backed up: AWS Backup encrypts the backup of a disk as the disk itself is. On "
    "Hetzner let the host encrypt: its disks, and what it sends away.",
    # What lies in a store of backups came there by another backup, which is judged itself.
    applies=lambda backup: some(lambda store: store.holds != "backups", (*backup.stores, *backup.perhaps)),
)
def backup_unencrypted(backup: Backup, _: Estate) -> Iterator[Problem]:
    """A backup is not encrypted.

    Whoever gets at the backup has the data, past every guard of the store. A vault's key does not help for disks and
    databases: their recovery points are encrypted only as their source is.
    """
    if not backup.encrypted:
        plain = [store.label for store in backup.stores if not store.encrypted]
        what = f", because {', '.join(plain[:3])} is not" if plain else ""
        yield Problem(f"what the {backup.kind} {backup.label} keeps is not encrypted{what}")


_AWS = aws_provider()
_PLAN = resource("aws:backup/plan:Plan", "plan", rules=[{"targetVaultName": "vault", "schedule": "rate(1 day)"}])
_ALL = resource("aws:backup/selection:Selection", "all", planId=ref(_PLAN), resources=["*"])
_VOLUME = "aws:ebs/volume:Volume"

EXAMPLES = (
    example("an encrypted volume", _AWS, resource(_VOLUME, "data", encrypted=True), _PLAN, _ALL),
    example(
        "a plain volume beside an encrypted one",
        _AWS,
        resource(_VOLUME, "data", encrypted=True),
        resource(_VOLUME, "plain", encrypted=False),
        _PLAN,
        _ALL,
        fails("plan", "rules.0"),
    ),
    example(
        "only deployment knows whether the volume is encrypted",
        _AWS,
        resource(_VOLUME, "data", encrypted=UNKNOWN),
        _PLAN,
        _ALL,
        unknown("plan", "rules.0"),
    ),
    example("a bucket is encrypted by the vault", _AWS, resource("aws:s3/bucket:Bucket", "data"), _PLAN, _ALL),
    example(
        "Hetzner does not say whether it encrypts images",
        resource("hcloud:index/server:Server", "web", location="fsn1", backups=True),
        not_observable("web", "backups"),
    ),
)
