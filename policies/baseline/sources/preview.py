"""A preview (`pulumi preview --json --show-sames`) into a Graph: what any program would deploy, and change."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import msgspec

from baseline.graph import Graph
from baseline.sources import files
from baseline.sources.project import CLOSED, BadInput
from baseline.sources.records import STACK_TYPE, Record, owner, resources
from baseline.sources.sites import Sites

WRITTEN_BY = "pulumi preview --json --show-sames"

_STEPS: Final = MappingProxyType(
    {
        "same": "",
        "refresh": "",
        "read": "forget",
        "read-replacement": "replace",
        "discard": "forget",
        "discard-replaced": "forget",
        "create": "create",
        "import": "create",
        "update": "update",
        "replace": "replace",
        "create-replacement": "replace",
        "import-replacement": "replace",
        "delete-replaced": "replace",
        "remove-pending-replace": "replace",
        "delete": "delete",
    }
)
"""Operation of the engine -> what it means for the resource that Pulumi manages; nothing where it stays as it is.

Source: sdk/go/common/apitype/history.go, v3.259.0, read 2026-11-26.
"""

_READS: Final = frozenset({"read", "read-replacement", "discard", "discard-replaced"})
"""Operations on what a program only reads. Where it was managed before, Pulumi relinquishes it, or replaces it if the
program reads another: pkg/resource/deploy/step_generator.go, GenerateReadSteps, v3.259.0, read 2026-11-26."""

_FOREIGN: Final = re.compile(r"[/\\](?:site|dist)-packages[/\\]|^<|[/\\]lib[/\\]python\d|pulumi-language-python")
"""A path of what is no program: a package, the standard library, the language host."""

_OF_THE_OLD: Final = frozenset({"delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"})
"""Operations on what is there; all others show what would be there."""


_REFRESH: Final = "refresh"
"""With --refresh the engine first asks the clouds, so that what it shows afterwards is what is deployed."""


class _Step(msgspec.Struct, frozen=True, rename="camel"):
    op: str
    urn: str
    old_state: Record | None = None
    new_state: Record | None = None


class _Diagnostic(msgspec.Struct, frozen=True):
    message: str = ""
    severity: str = ""


class _Digest(msgspec.Struct, frozen=True, rename="camel"):
    steps: tuple[_Step, ...] | None = None
    diagnostics: tuple[_Diagnostic, ...] | None = None
    maybe_corrupt: bool = False
    change_summary: dict[str, int] | None = None


def graph(file: str, content: bytes, sites: Sites) -> Graph:
    """The Graph of a preview, with what it starts from. Raises BadInput for one that ended early or is none."""
    digest = files.decoded(file, content, _Digest, f"`{WRITTEN_BY}`")
    file = files.called(file)
    _refuse_part(file, digest)
    steps = digest.steps or ()
    project, stack = _whose(file, steps)
    shown = [step for step in steps if step.op != _REFRESH]
    after = {step.urn: _after(step, step.new_state) for step in shown if step.new_state is not None}
    with files.shown(file):
        return Graph(
            project=project,
            stack=stack,
            resources=resources(list(after.values()), sites, masked=CLOSED),
            before=resources(_before(steps), sites, masked=CLOSED),
            steps=_changes(steps),
        )


def _whose(file: str, steps: Sequence[_Step]) -> tuple[str, str]:
    """(project, stack). Raises BadInput for a step of which nobody could tell what it does, or to what."""
    for step in steps:
        if step.op not in _STEPS:
            raise BadInput(f"{file}: has a step {step.op!r} that nobody here knows. It cannot be judged.")
        # What a refresh finds to be gone shows nothing any more.
        if step.op != _REFRESH and (step.old_state if step.op in _OF_THE_OLD else step.new_state) is None:
            raise BadInput(f"{file}: the step {step.op} of {step.urn} shows no resource. It cannot be judged.")
    return owner(file, (record for step in steps for record in (step.old_state, step.new_state) if record))


def _refuse_part(file: str, digest: _Digest) -> None:
    """A preview that failed shows a part of the program; what it does not show would pass."""
    errors = [_in_short(item.message) for item in digest.diagnostics or () if item.severity == "error"]
    if errors:
        said = " ".join(dict.fromkeys(filter(None, errors))) or "nothing."
        raise BadInput(f"{file}: the preview failed, so it does not show the whole program. It says: {said}")
    if digest.maybe_corrupt:
        raise BadInput(f"{file}: Pulumi says that the preview may be corrupt. Write it again with `{WRITTEN_BY}`.")
    if not digest.steps:
        raise BadInput(f"{file}: shows no resource. Write it with `{WRITTEN_BY}`, and look at what that says.")
    if all(step.op == _REFRESH for step in digest.steps):
        raise BadInput(
            f"{file}: previews a refresh, which shows what the clouds hold, and not what the program declares. "
            f"Write it with `{WRITTEN_BY}` (with --refresh too), or judge the state."
        )
    same = (digest.change_summary or {}).get("same", 0)
    shown = sum(step.op == "same" for step in digest.steps)
    if shown < same:
        raise BadInput(
            f"{file}: leaves out {same - shown} of the {same} resources that stay as they are, so they would "
            f"not be judged. Write it with `{WRITTEN_BY}`."
        )


_MARKUP: Final = re.compile(r"<\{%.*?%\}>|\x1b\[[\d;]*m")
"""Colours, as the engine writes them for itself and for terminals."""

_FRAME: Final = re.compile(r'^ *File "(.+)", line (\d+).*\n', re.MULTILINE)
"""A line of a Python traceback that says where."""


def _in_short(message: str) -> str:
    """What a diagnostic says, in one line: of a traceback where it ends in the program, and its last words."""
    plain = _MARKUP.sub("", message).strip()
    frames = list(_FRAME.finditer(plain))
    if not frames:
        # In other languages the frames come last, each behind the word `at`.
        return " ".join(re.split(r"\n\s*at ", plain)[0].split())
    own = next((frame for frame in reversed(frames) if not _FOREIGN.search(frame[1])), frames[-1])
    words = itertools.dropwhile(lambda line: line.startswith(" "), plain[frames[-1].end() :].splitlines())
    return f"{own[1]}:{own[2]}: {' '.join(' '.join(words).split())}"


def _after(step: _Step, record: Record) -> Record:
    """A resource as it would be; what stays keeps the id and outputs that only its old state says."""
    old = step.old_state
    if old is None or _STEPS[step.op] == "replace":
        return record
    return msgspec.structs.replace(record, id=record.id or old.id, outputs=record.outputs or old.outputs)


def _before(steps: Iterable[_Step]) -> list[Record]:
    """What is deployed, under the names that the program has for it now: an alias gives a new URN to an old state.

    What is to be replaced is marked for its deletion already. It is deployed all the same, and is what its URN means.
    """
    found: dict[str, Record] = {}
    for step in steps:
        old = step.new_state if step.op == _REFRESH else step.old_state
        if old is not None and (step.urn not in found or found[step.urn].delete):
            found[step.urn] = old
    names = {record.urn: urn for urn, record in found.items() if record.urn != urn}
    return [_renamed(record, names) if names or record.delete else record for record in found.values()]


def _renamed(record: Record, names: Mapping[str, str]) -> Record:
    """A record that stands under the names of now, and is not marked."""

    def all_of(urns: Iterable[str] | None) -> tuple[str, ...]:
        return tuple(names.get(urn, urn) for urn in urns or ())

    provider, _, id_ = record.provider.rpartition("::")
    return msgspec.structs.replace(
        record,
        urn=names.get(record.urn, record.urn),
        delete=False,
        parent=names.get(record.parent, record.parent),
        provider=f"{names[provider]}::{id_}" if provider in names else record.provider,
        dependencies=all_of(record.dependencies),
        property_dependencies={key: all_of(urns) for key, urns in (record.property_dependencies or {}).items()},
    )


def _changes(steps: Iterable[_Step]) -> dict[str, str]:
    """What becomes of each custom resource. Of one that is deleted and made again the engine writes several steps."""
    found: dict[str, str] = {}
    for step in steps:
        record = step.old_state or step.new_state
        change = _becomes(step)
        if not change or record is None or not record.custom or record.type == STACK_TYPE:
            continue
        if found.get(step.urn) != "replace":
            found[step.urn] = "replace" if {change, found.get(step.urn)} == {"create", "delete"} else change
    return found


def _becomes(step: _Step) -> str:
    """What a step makes of a resource. Of what others manage nothing goes, and what they managed is taken over."""
    old, new, change = step.old_state, step.new_state, _STEPS[step.op]
    if step.op in _READS:
        return "" if old is None or old.external else change
    if change == "replace" and old is not None and old.external:
        return "create" if new is not None and not new.external else ""
    return "forget" if change == "delete" and old is not None and old.retain_on_delete else change
