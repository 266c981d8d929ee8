"""A fire takes a whole place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from baseline.estate import Estate, some
from baseline.estate.facts.locations import other_places
from baseline.estate.nouns import Backup, Location, Store
from baseline.estate.terms import Terms
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, aws_provider, example, fails, not_observable, ref, resource, rule, unknown


@rule(
    Backup,
    clauses=("5.1/3",),
    remedy="Copy the backup to another place of the allowed countries: on AWS by a copy action to a vault of a second "
    "region, on Hetzner from the host to a storage box in a location where the host is not.",
    applies=lambda backup: some(lambda store: store.holds == "data", backup.stores),
)
def backup_in_same_place(backup: Backup, estate: Estate) -> Iterator[Problem]:
    """Every backup of a store lies in the store's own place.

    What destroys the place destroys both. A place is a region of AWS or a location of Hetzner. It is no defect where
    the allowed countries have no other place of the same provider (on AWS: of the same partition).
    """
    near: dict[Location, list[str]] = {}
    for store in backup.stores:
        if store.holds == "data" and not some(partial(_elsewhere, store), [backup, *estate.backups_of(store)]):
            near.setdefault(store.location, []).append(store.label)
    for location, names in near.items():
        if others := other_places(location.provider, location.name, estate.terms.countries):
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            yield Problem(
                f"every backup of {', '.join(names[:3])}{more} lies in {location}, where the data is too; "
                f"allowed is also {', '.join(others)}"
            )


def _elsewhere(store: Store, backup: Backup) -> bool:
    return any(location[:2] != store.location[:2] for location in backup.locations)


_AWS = aws_provider("us-east-1")
_US = Terms(stack="example", allowed_countries=frozenset({"US"}))
_DATA = resource("aws:ebs/volume:Volume", "data", availabilityZone="us-east-1a")


def _plan(*targets: Any) -> Resource:
    copies = [{"destinationVaultArn": target} for target in targets]
    rule_ = {"targetVaultName": "vault", "schedule": "rate(1 day)", "copyActions": copies}
    return resource("aws:backup/plan:Plan", "plan", rules=[rule_])


_ALL = resource("aws:backup/selection:Selection", "all", planId=ref(_plan()), resources=["*"])
_WEST = resource("aws:backup/vault:Vault", "west", region="us-west-2", name="west")
_SNAPSHOTS = {"hour": 2, "minute": 0, "maxSnapshots": 7}

EXAMPLES = (
    example(
        "copied to the other coast",
        _AWS,
        _DATA,
        _plan("arn:aws:backup:us-west-2:123456789012:backup-vault:copies"),
        _ALL,
        terms=_US,
    ),
    example("copied to a vault of another region", _AWS, _DATA, _plan(ref(_WEST)), _ALL, _WEST, terms=_US),
    example("never copied", _AWS, _DATA, _plan(), _ALL, fails("plan", "rules.0"), terms=_US),
    example(
        "copied to a second vault of the same region",
        _AWS,
        _DATA,
        _plan("arn:aws:backup:us-east-1:123456789012:backup-vault:copies"),
        _ALL,
        fails("plan", "rules.0"),
        terms=_US,
    ),
    example(
        "the vault of the other region refuses what the copy keeps",
        _AWS,
        _DATA,
        _plan(ref(_WEST)),
        _ALL,
        _WEST,
        resource(
            "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
            "lock",
            region="us-west-2",
            backupVaultName="west",
            maxRetentionDays=14,
        ),
        fails("plan", "rules.0"),
        terms=_US,
    ),
    example(
        "only deployment knows where the copy goes",
        _AWS,
        _DATA,
        _plan(UNKNOWN),
        _ALL,
        unknown("plan", "rules.0"),
        terms=_US,
    ),
    example(
        "AWS has no other region in Germany",
        aws_provider(),
        resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1a"),
        _plan(),
        _ALL,
    ),
    example(
        "snapshots of a box of data",
        resource("hcloud:index/storageBox:StorageBox", "box", location="fsn1", snapshotPlan=_SNAPSHOTS),
        fails("box", "snapshotPlan"),
    ),
    example(
        "Hetzner does not say where it keeps images",
        resource("hcloud:index/server:Server", "web", location="fsn1", backups=True),
        not_observable("web", "backups"),
    ),
)
