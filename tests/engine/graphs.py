"""One program as each source shows it, and what differs between two of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from baseline.graph import SECRET, UNKNOWN, WRITTEN_OUT, Graph, Ref, Resource, decode, encode
from baseline.sources import preview, sdk, state
from baseline.sources.project import Project, open_project
from baseline.sources.recorder import record
from baseline.sources.sites import Sites
from baseline.surfaces.workers import run_all
from tests.engine.operator import Done, Operator
from tests.recordings import REPOSITORY


def recorded(operator: Operator, stack: str) -> Graph:
    """What the recorder sees of the program on a desk."""
    sdk.warm(REPOSITORY)
    project = open_project(operator.project)
    (outcome,) = run_all(partial(_record, project), [stack])
    assert not outcome.exit_code, outcome.message
    return decode(outcome.payload)


def _record(project: Project, stack: str) -> bytes:
    """In a process of its own: the desk's modules instead of the repository's, which bear the same names."""
    for name in [name for name in sys.modules if name.partition(".")[0] in ("infra", "stacks")]:
        del sys.modules[name]
    sys.path.insert(0, str(project.folder))
    return encode(record(project, stack))


def previewed(operator: Operator, stack: str) -> Graph:
    """What `pulumi preview --json --show-sames` shows."""
    return preview.graph("preview", json.dumps(operator.preview(stack)).encode(), _sites(operator))


def exported(operator: Operator, stack: str) -> Graph:
    """What `pulumi stack export` shows."""
    return state.graph("state", json.dumps(operator.export(stack)).encode(), _sites(operator))


def shown_to_a_pack(operator: Operator, stack: str, *options: str) -> tuple[Graph, Done]:
    """What a preview shows the policy pack, and what came of it."""
    seen = operator.folder / "seen.json"
    seen.unlink(missing_ok=True)
    done = operator.pulumi("preview", "--stack", stack, "--policy-pack", str(pack(operator)), *options)
    assert seen.exists(), done.said
    return decode(seen.read_bytes()), done


def pack(operator: Operator) -> Path:
    """The pack as policies/pack serves it, but for the project on the desk; it also writes down what it has judged."""
    return a_pack(
        operator,
        "pack",
        "from baseline.graph import encode\n"
        "from baseline.surfaces.crossguard import PACK, policies\n"
        f"seen = Path({str(operator.folder / 'seen.json')!r})\n"
        f"project = Path({str(operator.project)!r})\n"
        "PolicyPack(PACK, policies=policies(project, lambda graph: seen.write_bytes(encode(graph)) and None))\n",
    )


def a_pack(operator: Operator, name: str, program: str) -> Path:
    """A policy pack on the desk that runs a program."""
    folder = operator.folder / name
    folder.mkdir(exist_ok=True)
    (folder / "PulumiPolicy.yaml").write_text("runtime: python\nversion: 0.1.0\n", encoding="utf-8")
    begins = "from pathlib import Path\nfrom pulumi_policy import *\n"
    (folder / "__main__.py").write_text(begins + program, encoding="utf-8")
    return folder


def _sites(operator: Operator) -> Sites:
    return Sites(open_project(operator.project).program_folder)


def differences(before: Graph, after: Graph, *, resolved: bool = False, without_lines: bool = False) -> Iterator[str]:
    """What one Graph says and the other does not; with `resolved` the second may know what was unknown to the first."""
    for urn in sorted(before.by_urn.keys() ^ after.by_urn.keys()):
        yield f"{urn}: only in {'the first' if urn in before.by_urn else 'the second'}"
    for urn, mine in before.by_urn.items():
        if (other := after.by_urn.get(urn)) is not None:
            yield from _differences(mine, other, resolved, without_lines)


def _differences(mine: Resource, other: Resource, resolved: bool, without_lines: bool) -> Iterator[str]:
    for field in Resource.__struct_fields__:
        if field == "inputs" or (without_lines and field.endswith("_at")):
            continue
        if getattr(mine, field) != getattr(other, field):
            yield f"{mine.urn}: {field}: {getattr(mine, field)!r} and {getattr(other, field)!r}"
    for path, first, second in _values("", mine.inputs, other.inputs, resolved):
        yield f"{mine.urn}: {path}: {first!r} and {second!r}"


def _values(path: str, first: Any, second: Any, resolved: bool) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(first, dict) and "Statement" in first and isinstance(second, str):
        second = json.loads(second)  # providers make a text of a document that a program writes in parts
    if isinstance(first, dict) and isinstance(second, dict):
        for key in sorted(first.keys() | second.keys()):
            yield from _values(f"{path}.{key}".lstrip("."), first.get(key), second.get(key), resolved)
    elif isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        for index, (one, two) in enumerate(zip(first, second, strict=True)):
            yield from _values(f"{path}.{index}", one, two, resolved)
    elif not _same(first, second, resolved):
        yield path, first, second


def _same(first: Any, second: Any, resolved: bool) -> bool:
    if first is WRITTEN_OUT:
        return second is SECRET  # only who sees the program's files knows what stands in them
    if first is second or (type(first) is type(second) and first == second):
        return True
    if not resolved:
        return False
    if isinstance(first, Ref):
        # A reference to one of several, or what it came to.
        return second.urns <= first.urns if isinstance(second, Ref) else second not in (None, UNKNOWN, SECRET)
    return first is UNKNOWN and second is not SECRET
