"""What there is to recover from: the live list of a cloud, and the locks of a backend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from baseline.recovery import Begun, Existing, Lock, Managed
from baseline.sources import files
from baseline.sources.records import STACK_TYPE
from baseline.sources.state import State

LISTED_BY = "the commands in docs/recovery.md"


def live_list(file: str, content: bytes) -> tuple[Existing, ...]:
    """What exists in the clouds: a JSON list of {type, id, name, urn, inputs, outputs, kept}; type and id are needed.

    Raises BadInput for anything else.
    """
    return files.decoded(file, content, tuple[Existing, ...], LISTED_BY)


def managed(state: State) -> tuple[Managed, ...]:
    """What a state manages; not what a program only reads."""
    return tuple(
        Managed(urn=record.urn, type=record.type, id=record.id, waiting=record.delete)
        for record in state.records
        if record.type != STACK_TYPE and not record.external
    )


def begun(state: State) -> tuple[Begun, ...]:
    """What the engine had begun when it was cut off."""
    return tuple(Begun(operation=item.type, urn=item.resource.urn, type=item.resource.type) for item in state.pending)


def locks(backend: str, project: str, stack: str) -> tuple[Sequence[Lock], str]:
    """(the locks of a stack, the command that lists them where only another program can).

    Source: where a self-managed backend keeps its locks, and what it writes there: pkg/backend/diy/lock.go, v3.259.0.
    """
    folder = f".pulumi/locks/organization/{project}/{stack}"
    url = urlsplit(backend)
    if url.scheme == "file":
        return tuple(_read(Path(unquote(url.path), folder))), ""
    if url.scheme == "s3":
        endpoint = dict(part.partition("=")[::2] for part in url.query.split("&")).get("endpoint", "")
        other = f" --endpoint-url {unquote(endpoint)}" if endpoint else ""
        return (), f"aws s3 ls s3://{url.netloc}/{folder}/{other}"
    return (), f"pulumi stack --stack {stack}"


def _read(folder: Path) -> Iterator[Lock]:
    for path in sorted(folder.glob("*.json")):
        try:
            found = msgspec.json.decode(path.read_bytes(), type=dict)
        except (OSError, msgspec.DecodeError):
            found = {}  # a lock that nobody can read locks all the same
        known = {key: value for key, value in found.items() if key in Lock.__struct_fields__ and key != "file"}
        try:
            yield msgspec.convert({**known, "file": str(path)}, Lock)
        except msgspec.ValidationError:
            yield Lock(file=str(path))
