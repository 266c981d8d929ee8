"""Policies of Data Lifecycle Manager: how long they keep snapshots, and where. Which disks they take is not evaluated.

So that they count as nobody's backup, and are judged for what they leave behind. Source: EBS User Guide, "Automate
backups with Amazon Data Lifecycle Manager", and pulumi-aws 7.51.1, the arguments of the type; read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from baseline.estate.aws.inputs import values_at
from baseline.estate.aws.places import region_of
from baseline.estate.builder import UNKNOWN, Builder, items, number, place, undecided
from baseline.estate.nouns import Backup
from baseline.graph import unknown_because

POLICY: Final = "aws:dlm/lifecyclePolicy:LifecyclePolicy"
_DAYS: Final[Mapping[str, int]] = MappingProxyType({"DAYS": 1, "WEEKS": 7, "MONTHS": 31, "YEARS": 366})
_BY_NUMBER: Final = unknown_because("is not known: the policy keeps a number of snapshots, not a number of days")


def read(builder: Builder) -> None:
    """A Backup of nobody for each schedule."""
    for policy in builder.of(POLICY):
        for path, schedule in values_at(policy, "policyDetails.schedules"):
            kept, places = [_kept(schedule)], [region_of(builder, policy)]
            for rule in _copies(schedule):
                kept.append(_kept(rule))
                places.append(_target(rule))
            doubt = next((days for days in kept if undecided(days)), None)
            builder.add(
                Backup(
                    origin=policy,
                    path=path,
                    provider="aws",
                    kind="snapshot policy",
                    stores=(),
                    daily=UNKNOWN,
                    location=places[0],
                    locations=next((each for each in places if undecided(each)), tuple(places)),
                    encrypted=UNKNOWN,
                    keep_at_least=doubt if doubt is not None else min(kept),
                    keep_at_most=doubt if doubt is not None else max(kept),
                    restore_tested=UNKNOWN,
                )
            )


def _copies(schedule: Any) -> Iterator[Any]:
    if isinstance(schedule, dict):
        yield from items(schedule.get("crossRegionCopyRules"))


def _target(rule: Any) -> Any:
    """The region to which a rule copies; an outpost is no region."""
    if not isinstance(rule, dict):
        return UNKNOWN
    target = rule.get("targetRegion")
    return place("aws", rule.get("target") if target is None else target)


def _kept(rule: Any) -> Any:
    """Days for which a rule keeps what it makes; whoever has no such rule keeps it nobody knows how long."""
    retain = rule.get("retainRule") if isinstance(rule, dict) else rule
    if not isinstance(retain, dict):
        return retain if undecided(retain) else UNKNOWN
    interval, unit = number(retain.get("interval")), retain.get("intervalUnit")
    if interval is None:
        return _BY_NUMBER
    if undecided(interval) or undecided(unit):
        return interval if undecided(interval) else unit
    return interval * _DAYS[unit] if isinstance(unit, str) and unit in _DAYS else UNKNOWN
