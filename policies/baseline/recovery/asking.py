"""Whether somebody has asked the clouds for what a lost answer may have left, and the commands that ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from baseline.estate.facts.imports import ONCE
from baseline.estate.facts.listings import listing
from baseline.graph import Graph
from baseline.recovery.loose import is_own
from baseline.recovery.records import Existing, Trouble

Asked = Callable[[str, str], bool]
"""(type, region) -> whether the live list covers it; without a region, whether it does everywhere."""


def can_be_lost(type_: str) -> bool:
    """Whether a create of the type, whose answer was lost, leaves something that a second create would not find."""
    return not is_own(type_) and type_ not in ONCE


def regions(declared: Graph | None) -> set[str]:
    """Those of AWS in which the program works, by its providers and its resources."""
    found = (resource.inputs.get("region") for resource in declared or () if "aws" in resource.type.split(":"))
    return {region for region in found if isinstance(region, str)}


def asked(existing: Sequence[Existing] | None, regions: Iterable[str]) -> Asked:
    """Whether the list covers a type in a region (`""`: in all of them). A list by hand covers what it names at all."""
    found: dict[str, set[str]] = {}
    for thing in existing or ():
        where = str(thing.inputs.get("region") or "") if not thing.id else None
        found.setdefault(thing.type, set()).update([where] if where is not None else [])
    everywhere = set(regions)

    def covers(type_: str, region: str) -> bool:
        places = found.get(type_)
        if places is None:
            return False
        return not places or "" in places or (region in places if region else places >= everywhere)

    return covers


def unasked(types: Iterable[str], places: Iterable[str]) -> list[Trouble]:
    """What has to be listed before anybody knows what exists, and by which commands."""
    missing = sorted(types)
    if not missing:
        return []
    commands = [(type_, command) for type_ in missing for command in listing(type_, places)]
    by_hand = sorted(set(missing) - {type_ for type_, _ in commands})
    files = [f"{command} > live/{number:02}.json" for number, (_, command) in enumerate(commands, 1)]
    what = (
        f"Nobody has listed {', '.join(_short(each) for each in missing)}. What a lost answer left of them the next "
        "`pulumi up` would make a second time, or fail on. List them, and ask again with `--live live.json`."
    )
    if by_hand:
        what += (
            f" No command here lists {', '.join(by_hand)}: write what there is of them into a file of live/, as "
            "docs/recovery.md says."
        )
    ask = ("rm -rf live && mkdir live", *files, "jq -s add live/*.json > live.json")
    return [Trouble(kind="unasked", what=what, commands=ask)]


def _short(type_: str) -> str:
    return type_.rpartition(":")[2]
