"""What there is to recover from: the live list of a cloud, and the locks of a backend."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from baseline.estate.builder import is_default_provider
from baseline.recovery import Begun, Existing, Lock, Managed
from baseline.sources import files
from baseline.sources.records import STACK_TYPE
from baseline.sources.state import State

LISTED_BY = "the listing in docs/recovery.md"


def live_list(file: str, content: bytes) -> tuple[Existing, ...]:
    """What exists in the clouds: a JSON list of {type, id, name, urn, inputs, outputs, kept}; type and id are needed.

    An empty id says that the type was asked for, and that there is none.

    Raises BadInput for anything else.
    """
    return files.decoded(file, content, tuple[Existing, ...], LISTED_BY)


def managed(state: State) -> tuple[Managed, ...]:
    """What a state manages; not what a program only reads."""
    return tuple(
        Managed(
            urn=record.urn,
            type=record.type,
            id=record.id,
            waiting=record.delete,
            errors=record.init_errors or (),
            said={**(record.outputs or {}), **(record.inputs or {})},
        )
        for record in state.records
        if record.type != STACK_TYPE and not record.external
    )


def begun(state: State) -> tuple[Begun, ...]:
    """What the engine had begun when it was cut off."""
    return tuple(
        Begun(
            operation=item.type,
            urn=item.resource.urn,
            type=item.resource.type,
            custom=item.resource.custom,
            parent=item.resource.component,
            # The engine's default provider is none that the program makes.
            provider="" if is_default_provider(item.resource.served_by) else item.resource.served_by,
            protect=item.resource.protect,
            inputs=item.resource.inputs or {},
        )
        for item in state.pending
    )


def locks(backend: str, project: str, stack: str, folder: Path = Path()) -> tuple[Sequence[Lock], str]:
    """(the locks of a stack, how to ask where nobody here can see them). `folder` is that of the project.

    Source: where a self-managed backend keeps its locks, and what it writes there: pkg/backend/diy/lock.go and
    massageBlobPath in pkg/backend/diy/backend.go, v3.259.0.
    """
    name = stack.rpartition("/")[2]
    place = f".pulumi/locks/organization/{project}/{name}"
    if backend.startswith(_FILE):
        return _in_folder(_resolved(backend, folder), place)
    url = urlsplit(backend)
    words = f"{url.netloc}/{path}/{place}/" if (path := url.path.strip("/")) else f"{url.netloc}/{place}/"
    if url.scheme == "s3":
        query = parse_qs(url.query)
        options = "".join(
            f" {option} {shlex.quote(query[key][0])}"
            for key, option in (("region", "--region"), ("endpoint", "--endpoint-url"))
            if key in query
        )
        return (), f"aws s3 ls {shlex.quote(f's3://{words}')}{options}"
    if url.scheme == "gs":
        return (), f"gcloud storage ls {shlex.quote(f'gs://{words}')}"
    if url.scheme in ("http", "https"):
        return (), f"pulumi stack --stack {shlex.quote(stack)}"
    return (), f"look into {place} of {backend}" if backend else "`pulumi whoami --verbose` says where its state lies"


_FILE = "file://"


def _resolved(backend: str, folder: Path) -> Path:
    """The folder that a `file://` address means to Pulumi: what follows is a path, relative or of the home too."""
    path = unquote(backend.removeprefix(_FILE).partition("?")[0])
    if path.startswith("~"):
        return Path.home() / path[2:]
    return folder / path


def _in_folder(backend: Path, place: str) -> tuple[Sequence[Lock], str]:
    if not (backend / ".pulumi").is_dir():
        return (), f"{backend} is no backend of Pulumi: run this where Pulumi runs, or look where its state lies"
    try:
        return tuple(_read(backend / place)), ""
    except OSError as error:
        return (), f"{backend / place} cannot be read: {error.strerror}"


def _read(folder: Path) -> Iterator[Lock]:
    if not folder.is_dir():
        return
    for path in sorted(each for each in folder.iterdir() if each.suffix == ".json"):
        try:
            found = msgspec.json.decode(path.read_bytes(), type=dict)
        except (OSError, msgspec.DecodeError):
            found = {}  # a lock that nobody can read locks all the same
        known = {key: value for key, value in found.items() if key in Lock.__struct_fields__ and key != "file"}
        try:
            yield msgspec.convert({**known, "file": str(path)}, Lock)
        except msgspec.ValidationError:
            yield Lock(file=str(path))
