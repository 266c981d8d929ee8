"""What an update takes away in place, while the resource stays: objects that come to expire, and replicas.

Source: S3 User Guide, "Expiring objects" (a rule takes what is there already too); DynamoDB and Secrets Manager guides,
on removing a replica; read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import msgspec

from baseline.estate.builder import items, number, undecided
from baseline.estate.nouns import Loss
from baseline.graph import UNKNOWN, Resource

LIFECYCLES: Final[Mapping[str, str]] = {
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "rules",
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": "rules",
    "aws:s3/bucket:Bucket": "lifecycleRules",
    "aws:s3/bucketV2:BucketV2": "lifecycleRules",
}
"""Type -> the input with the rules by which objects expire."""

REPLICAS: Final[Mapping[str, str]] = {
    "aws:dynamodb/table:Table": "regionName",
    "aws:dynamodb/globalTable:GlobalTable": "regionName",
    "aws:secretsmanager/secret:Secret": "region",
}
"""Type -> the input of each of its `replicas` that names where it is."""


def lost(old: Resource | None, new: Resource, *, expiring: bool) -> Any:
    """The losses by an update, or by a lifecycle that is new: the certain ones, or a doubt where there is none.

    `expiring` says whether what expires is nobody else's matter: days of logs are judged in the result.
    """
    found: list[Any] = []
    if new.type in REPLICAS and old is not None:
        found += _replicas(old, new, REPLICAS[new.type])
    if new.type in LIFECYCLES and expiring:
        found += _expiries(old, new, LIFECYCLES[new.type])
    certain = tuple(each for each in found if isinstance(each, Loss))
    return certain or next(iter(found), ())


def _replicas(old: Resource, new: Resource, key: str) -> Iterator[Any]:
    if old.inputs.get("replicas") == new.inputs.get("replicas"):
        return
    before, after = ([_named(item, key) for item in items(each.inputs.get("replicas"))] for each in (old, new))
    doubts = [place for place in (*before, *after) if undecided(place)]
    for place in before:
        if place not in after:
            yield doubts[0] if doubts else Loss("replicas", f"delete the replica in {place}")


def _named(item: Any, key: str) -> Any:
    return item.get(key, UNKNOWN) if isinstance(item, dict) else UNKNOWN


class _Expiry(NamedTuple):
    """When one rule takes what it covers: `days`, or a date as text; undecided where a part of it is."""

    versions: bool  # older versions alone
    covers: str  # its filter, in a canonical form; empty for all
    when: Any
    path: str


def _expiries(old: Resource | None, new: Resource, path: str) -> Iterator[Any]:
    was = [] if old is None else list(_all(old.inputs.get(path), path))
    for expiry in _all(new.inputs.get(path), path):
        alike = [each.when for each in was if each.versions == expiry.versions and each.covers in ("", expiry.covers)]
        what = "older versions of objects" if expiry.versions else "objects"
        if expiry.when in [each for each in alike if not undecided(each)]:
            continue
        if undecided(expiry.when):
            if not any(each is expiry.when for each in alike):
                yield expiry.when
        elif isinstance(expiry.when, str):
            yield Loss(expiry.path, f"delete {what} at {expiry.when}")
        elif any(undecided(each) for each in alike):
            yield next(each for each in alike if undecided(each))
        elif not any(isinstance(each, int) and each <= expiry.when for each in alike):
            yield Loss(expiry.path, f"delete {what} that are older than {expiry.when} days, and did not before")


def _all(listed: Any, path: str) -> Iterator[_Expiry]:
    for index, rule in enumerate(items(listed)):
        at = f"{path}.{index}" if isinstance(listed, list | tuple) else path
        if not isinstance(rule, dict):
            yield _Expiry(False, "", rule if undecided(rule) else UNKNOWN, at)
            continue
        on = _on(rule)
        if on is False:
            continue
        for versions, key in ((False, "expiration"), (True, "noncurrentVersionExpiration")):
            for block in (*items(rule.get(key)), *items(rule.get(f"{key}s"))):
                when = _when(block)
                if when is not None:
                    yield _Expiry(versions, _covers(rule), when if on is True else on, f"{at}.{key}")


def _on(rule: dict[str, Any]) -> Any:
    said = rule.get("status", rule.get("enabled"))
    return said if undecided(said) else str(said).lower() in ("enabled", "true")


def _when(block: Any) -> Any:
    """Days or a date; None where the block takes nothing but the marks of deleted objects."""
    if not isinstance(block, dict):
        return block if undecided(block) else UNKNOWN
    said = next((block[key] for key in ("days", "noncurrentDays", "date") if block.get(key) is not None), None)
    if said is None or undecided(said):
        return said
    return str(said) if block.get("date") is not None else number(said)


def _covers(rule: dict[str, Any]) -> str:
    filters = _without_empty({key: rule.get(key) for key in ("filter", "prefix", "tags")})
    return msgspec.json.encode(filters, enc_hook=repr, order="deterministic").decode() if filters else ""


def _without_empty(value: dict[str, Any]) -> dict[str, Any]:
    """An empty prefix is none."""
    found = {key: _without_empty(each) if isinstance(each, dict) else each for key, each in value.items()}
    return {key: each for key, each in found.items() if undecided(each) or each not in (None, "", {}, [])}
