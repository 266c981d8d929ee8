"""The cloud: an append-only ledger of what took effect or was refused, from which all that exists is rebuilt.

An entry is on its way to the disk before anybody is answered, so that a process that is killed forgets nothing.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec

from baseline.sources.wire import SECRET_SIGNATURE, SIGNATURE

FILE: Final = "ledger.jsonl"


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """What exists. `kept` says why the cloud holds it although it was deleted; secrets are their hashes."""

    cloud: str
    type: str
    id: str
    urn: str
    name: str  # as the program calls it
    place: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]
    kept: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line: `create`, `update`, `delete`, or `refuse` with the message."""

    number: int
    operation: str
    thing: Thing
    message: str = ""


class Ledger:
    """The ledger of one cloud folder, and what exists by it. Not safe for threads but under `lock`."""

    def __init__(self, folder: Path) -> None:
        self.lock = threading.RLock()
        self.things: dict[tuple[str, str], Thing] = {}
        self.number = 0
        self._file = (folder / FILE).open("a+b", buffering=0)
        self._read = 0
        with self._alone():
            self._mend()
        self.catch_up()

    def close(self) -> None:
        """Lets the file go."""
        self._file.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While no other process writes: the cloud and an operator's commands share one file."""
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _mend(self) -> None:
        """Drops a last line that was cut off, or the next entry would be written onto it."""
        self._file.seek(0)
        written = self._file.read()
        whole = written.rfind(b"\n") + 1
        if whole < len(written):
            self._file.truncate(whole)

    def catch_up(self) -> None:
        """Reads what somebody else has written since: an operator's own commands."""
        if os.fstat(self._file.fileno()).st_size == self._read:
            return
        self._file.seek(self._read)
        lines = self._file.read().split(b"\n")
        for line in lines[:-1]:
            self._read += len(line) + 1
            entry = msgspec.json.decode(line, type=Entry)
            self.number = entry.number
            apply(self.things, entry)

    def write(self, operation: str, thing: Thing, message: str = "") -> None:
        """Appends one entry."""
        with self._alone():
            self.catch_up()
            entry = Entry(number=self.number + 1, operation=operation, thing=thing, message=message)
            left = memoryview(msgspec.json.encode(entry) + b"\n")
            while left:
                left = left[self._file.write(left) :]
            self.catch_up()

    def imported(self, type_: str, written: str, place: str) -> Thing | None:
        """What an import id means that is no id: the one thing of the type and place of whose own words it is made."""
        here = (thing for thing in self.of(type_) if not place or thing.place == place)
        found = [thing for thing in here if not _left(written, thing)]
        return found[0] if len(found) == 1 else None

    def of(self, *types: str) -> Iterator[Thing]:
        """Everything of these types that exists and is not only kept."""
        return (thing for thing in list(self.things.values()) if thing.type in types and not thing.kept)


def _left(written: str, thing: Thing) -> str:
    """What is left of an import id without the words of a thing and what stands between them."""
    said = {**thing.outputs, **thing.inputs}
    words = [str(int(each) if isinstance(each, float) else each) for each in (thing.id, *said.values()) if each]
    for word in sorted(set(words), key=len, reverse=True):
        written = re.sub(rf"(?<![^|,:/_]){re.escape(word)}(?![^|,:/_])", "", written)
    return re.sub(r"default|server|[|,:/_]", "", written)


def apply(things: dict[tuple[str, str], Thing], entry: Entry) -> None:
    """What an entry makes of what exists."""
    thing = entry.thing
    if entry.operation in ("create", "update") or (entry.operation == "delete" and thing.kept):
        things[thing.type, thing.id] = thing
    elif entry.operation == "delete":
        things.pop((thing.type, thing.id), None)


def entries(folder: Path) -> list[Entry]:
    """All entries, in order. A last line that was cut off is none: nobody was answered."""
    try:
        lines = (folder / FILE).read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    return [msgspec.json.decode(line, type=Entry) for line in lines[:-1]]


def living(folder: Path) -> list[Thing]:
    """Everything that exists, and what the cloud keeps, in the order in which it was made."""
    things: dict[tuple[str, str], Thing] = {}
    for entry in entries(folder):
        apply(things, entry)
    return list(things.values())


def sealed(value: Any) -> Any:
    """A value in which each secret is a hash of its content."""
    if isinstance(value, Mapping):
        if value.get(SIGNATURE) == SECRET_SIGNATURE:
            text = json.dumps(value.get("value"), sort_keys=True)
            return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
        return {key: sealed(item) for key, item in value.items()}
    return [sealed(item) for item in value] if isinstance(value, list) else value
