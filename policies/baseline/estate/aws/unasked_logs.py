"""Log groups that services of AWS make by themselves where nobody declared one of the name: they are kept for ever."""

from __future__ import annotations

from typing import Any

from baseline.estate.aws.log_makers import GROUP, Made, made
from baseline.estate.aws.places import region_name, region_of
from baseline.estate.builder import Builder, undecided
from baseline.estate.nouns import Log
from baseline.graph import Resource, unknown_because

_DECLARED = "declared"
_PERHAPS_DECLARED = unknown_because("is not known: the group may be one whose name only deployment knows")


def read(builder: Builder) -> None:
    """A Log for each such group that is not declared in the region of its service."""
    declared: dict[Any, set[str]] = {}
    doubtful: set[Any] = set()
    for group in builder.peek(GROUP):
        name, region = group.inputs.get("name"), _region(builder, group)
        if isinstance(name, str):
            declared.setdefault(region, set()).add(name)
        elif name is not None:
            doubtful.add(region)
    for wanted in made(builder):
        region = _region(builder, wanted.owner)
        days = _days(wanted, declared.get(region, set()))
        days = _PERHAPS_DECLARED if days is None and region in doubtful else days
        if days is not _DECLARED:
            builder.add(
                Log(
                    origin=wanted.owner,
                    path=wanted.path,
                    name=f"the log group that AWS makes for {wanted.owner.name}",
                    kind="service_log",
                    location=region_of(builder, wanted.owner),
                    keep_at_least=days,
                    keep_at_most=days,
                )
            )


def _days(wanted: Made, declared: set[str]) -> Any:
    """None, which is for ever, or _DECLARED; undecided where a group that is declared may be the one."""
    if undecided(wanted.kind):
        return wanted.kind  # perhaps it writes nothing
    end = f"/{wanted.kind}" if wanted.kind else ""
    if isinstance(wanted.name, str):
        return _DECLARED if f"{wanted.folder}{wanted.name}{end}" in declared else None
    likely = undecided(wanted.name) and any(name.startswith(wanted.folder) and name.endswith(end) for name in declared)
    return _PERHAPS_DECLARED if likely else None


def _region(builder: Builder, resource: Resource) -> Any:
    name = region_name(builder, resource)
    return name if isinstance(name, str) else ""
