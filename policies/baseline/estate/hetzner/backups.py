"""What Hetzner copies by itself: images of servers, and snapshots of storage boxes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from baseline.estate import schedule, schedule_words
from baseline.estate.builder import NOT_OBSERVABLE, UNKNOWN, Builder, known, undecided
from baseline.estate.doubt import field_of, flag
from baseline.estate.hetzner.places import location_of
from baseline.estate.nouns import Backup, Store
from baseline.graph import Resource, unknown_because

SERVER = "hcloud:index/server:Server"
BOX = "hcloud:index/storageBox:StorageBox"

_SLOTS = 7
"""Images of a server, one a day: the oldest goes when the eighth is made. Source: Hetzner Docs, "Backups/Snapshots",
read 2026-11-23."""


def read(builder: Builder) -> None:
    """Backups of servers and snapshot plans of boxes; what a host sends away by itself is read from its document."""
    for server in builder.of(SERVER):
        switch = flag(server.inputs.get("backups"), False)
        if switch is not False:
            _server(builder, server, switch)
    for box in builder.of(BOX):
        plan = box.inputs.get("snapshotPlan")
        if plan is not None:
            _box(builder, box, plan if isinstance(plan, dict) or undecided(plan) else UNKNOWN)


def _server(builder: Builder, server: Resource, switch: Any) -> None:
    """An image holds the server's own disk; volumes that are attached to it are never in it."""
    disks = tuple(builder.stores.get(server.urn, ()))
    encrypted = all(field_of(disk, "host_encrypted") is True for disk in disks) and bool(disks)
    builder.add(
        Backup(
            origin=server,
            path="backups",
            provider="hetzner",
            kind="server backup",
            stores=disks if switch is True else (),
            perhaps=() if switch is True else disks,
            daily=True,
            # The API says neither where images lie nor whether they are encrypted; what the host encrypts stays so.
            location=NOT_OBSERVABLE,
            locations=NOT_OBSERVABLE,
            encrypted=True if encrypted else NOT_OBSERVABLE,
            keep_at_least=_SLOTS,
            keep_at_most=_SLOTS,
            restore_tested=NOT_OBSERVABLE,
        )
    )


def _box(builder: Builder, box: Resource, plan: Any) -> None:
    """Snapshots lie in the box that they are of."""
    boxes: tuple[Store, ...] = tuple(builder.stores.get(box.urn, ()))
    location = location_of(builder.graph, box, box.inputs.get("location"))
    gap = _gap(plan) if isinstance(plan, dict) else plan
    count = known(plan.get("maxSnapshots"), UNKNOWN) if isinstance(plan, dict) else plan
    days: Any = UNKNOWN
    if isinstance(count, int | float) and not undecided(gap) and gap != schedule.NEVER:
        days = int(count * (gap / timedelta(days=1)))
    builder.add(
        Backup(
            origin=box,
            path="snapshotPlan",
            provider="hetzner",
            kind="box snapshots",
            stores=() if undecided(plan) else boxes,
            perhaps=boxes if undecided(plan) else (),
            daily=gap if undecided(gap) else gap <= schedule.DAY,
            location=location,
            locations=location if undecided(location) else (location,),
            encrypted=NOT_OBSERVABLE,
            keep_at_least=days,
            keep_at_most=days,
            restore_tested=NOT_OBSERVABLE,
        )
    )


def _gap(plan: dict[str, Any]) -> Any:
    """The longest time between two snapshots."""
    fields = {name: plan.get(key) for name, key in _FIELDS.items()}
    doubts = [value for value in fields.values() if undecided(value)]
    if doubts:
        return doubts[0]
    try:
        return schedule.longest_gap(schedule_words.hetzner_plan(**fields))
    except ValueError as error:
        return unknown_because(f"cannot be told from the snapshot plan: {error}")


_FIELDS = {"minute": "minute", "hour": "hour", "day_of_week": "dayOfWeek", "day_of_month": "dayOfMonth"}
