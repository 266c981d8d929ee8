"""Which mounts lie behind dm-crypt, by the system's own tables: crypttab, fstab, mount units, cloud-init's `mounts`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate.host_config import units
from baseline.estate.host_config.document import Document
from baseline.graph import not_observable_because

_MAPPER = "/dev/mapper/"
_READ = ("/etc/crypttab", "/etc/fstab")
_BY_COMMAND = not_observable_because("may be changed by a command of the user data")


def encrypted_mounts(document: Document) -> Any:
    """Mount points whose device is one that crypttab opens, in order."""
    if document.changed_by_command(*_READ):
        return _BY_COMMAND
    opened = {f"{_MAPPER}{name}" for name in _opened(document)}
    return tuple(sorted({point for device, point in _mounts(document) if device in opened}))


def _opened(document: Document) -> Iterator[str]:
    for words in _table(document, "/etc/crypttab"):
        options = words[3].split(",") if len(words) > 3 else []
        if len(words) > 1 and not any("cipher_null" in option or option.startswith("swap") for option in options):
            yield words[0]


def _mounts(document: Document) -> Iterator[tuple[str, str]]:
    yield from ((words[0], words[1]) for words in _table(document, "/etc/fstab") if len(words) > 1)
    listed = document.settings.get("mounts")
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, list) and len(entry) > 1:
            yield str(entry[0]), str(entry[1])
    for path, _ in document.matching("/etc/systemd/system/*.mount"):
        unit = units.unit(document, path.rpartition("/")[2])
        device, point = unit.get(("Mount", "What")), unit.get(("Mount", "Where"))
        if device and point:
            yield device[-1], point[-1]


def _table(document: Document, path: str) -> Iterator[list[str]]:
    text = document.files.get(path, "")
    for line in text.splitlines() if isinstance(text, str) else ():
        words = line.split()
        if words and not words[0].startswith("#"):
            yield words
