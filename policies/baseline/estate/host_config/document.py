"""A cloud-init document: the files that it writes, the commands that it runs, and its settings.

Only `#cloud-config` (plain, in base64, in gzip, or as the one such part of a MIME message) says what a machine will be.
A script can do anything, so of what it does nothing is concluded.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_string
from fnmatch import fnmatchcase
from typing import Any

import yaml

from baseline.graph import UNKNOWN

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_BYTES = 1 << 20
_WILD = re.compile(r"[*?\[]")


class Opaque(ValueError):
    """The document does not say what the machine will be; the text says why."""


@dataclass(frozen=True)
class Document:
    """What a document declares. The content of a file is UNKNOWN where it comes from elsewhere."""

    settings: Mapping[str, Any]
    files: Mapping[str, Any] = field(default_factory=dict)
    commands: tuple[str, ...] = ()

    def matching(self, *patterns: str) -> Iterator[tuple[str, Any]]:
        """Files whose path fits one of the patterns, by path, since that is how daemons read their folders."""
        found: set[str] = set()
        for pattern in patterns:
            start = _WILD.split(pattern, 1)[0]
            if start == pattern:
                found.update({pattern} & self.files.keys())
            else:  # the beginning tells most paths apart, and cheaply
                found.update(path for path in self.files if path.startswith(start) and fnmatchcase(path, pattern))
        for path in sorted(found):
            yield path, self.files[path]

    def changed_by_command(self, *fragments: str) -> bool:
        """Whether a command names one of these paths, so that what the file says may not be what will hold."""
        return any(fragment in command for command in self.commands for fragment in fragments)

    def enables(self, unit: str) -> bool | None:
        """Whether its commands switch a unit on (the last one counts); None where none speaks of it."""
        answer = None
        for command in self.commands:
            words = command.split()
            if "systemctl" in words and {unit, unit.removesuffix(".service")} & set(words):
                if {"enable", "start", "reenable"} & set(words):
                    answer = True
                elif {"disable", "mask", "stop"} & set(words):
                    answer = False
        return answer


def parse(text: str) -> Document:
    """The document in user data as Pulumi is given it. Raises Opaque for what is no single cloud-config."""
    text = _unpacked(text).lstrip("\ufeff")
    head = text.split("\n", 1)[0].strip()
    if head == "#cloud-config":
        return _document(text, ())
    if head.lower().startswith(("content-type:", "mime-version:", "from ")):
        return _of_message(text)
    raise Opaque("is in user data that is no #cloud-config, so nobody can say what the machine will do")


def _of_message(text: str) -> Document:
    configs, scripts = [], []
    for part in message_from_string(text).walk():
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        content = payload.decode(errors="replace") if isinstance(payload, bytes) else ""
        if content.startswith("#cloud-config") or part.get_content_type() == "text/cloud-config":
            configs.append(content)
        else:
            scripts.append(content)
    if len(configs) != 1 or not all(script.startswith("#!") for script in scripts):
        raise Opaque("is in user data of several parts that are merged on the machine")
    return _document(configs[0], tuple(line for script in scripts for line in script.splitlines()))


def _document(text: str, commands: tuple[str, ...]) -> Document:
    try:
        settings = yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader, in C where there is one)
    except (yaml.YAMLError, ValueError) as error:
        raise Opaque("is in user data that is no YAML, which cloud-init ignores") from error
    if not isinstance(settings, dict):
        raise Opaque("is in user data that declares nothing")
    runs = [*_list(settings.get("bootcmd")), *_list(settings.get("runcmd"))]
    said = [" ".join(map(str, run)) if isinstance(run, list) else str(run) for run in runs]
    lines = [line for command in said for line in command.splitlines()]
    return Document(settings, _files(settings), (*lines, *commands))


def _files(settings: Mapping[str, Any]) -> dict[str, Any]:
    files: dict[str, Any] = {}
    for entry in _list(settings.get("write_files")):
        if not isinstance(entry, dict) or not isinstance(entry.get("path"), str):
            continue
        path, content = entry["path"], _content(entry)
        if entry.get("append"):
            before = files.get(path, "")
            content = UNKNOWN if UNKNOWN in (before, content) else before + content
        files[path] = content
    return files


def _content(entry: Mapping[str, Any]) -> Any:
    """The text of a file; UNKNOWN where it is fetched, or in an encoding that cannot be undone."""
    content = entry.get("content", "")
    if isinstance(entry.get("source"), dict) and entry["source"].get("uri"):
        return UNKNOWN
    data = content if isinstance(content, bytes) else str(content or "").encode()
    try:
        for step in _ENCODINGS[str(entry.get("encoding") or "text/plain").strip().lower()]:
            data = step(data)
        return data.decode()
    except (KeyError, ValueError, OSError, EOFError, zlib.error):
        return UNKNOWN


def _gunzipped(data: bytes) -> bytes:
    return zlib.decompressobj(wbits=31).decompress(data, _MOST_BYTES)


_BASE64: tuple[Callable[[bytes], bytes], ...] = (base64.b64decode,)
_GZIP: tuple[Callable[[bytes], bytes], ...] = (_gunzipped,)
_ENCODINGS: Mapping[str, tuple[Callable[[bytes], bytes], ...]] = {
    "text/plain": (),
    **dict.fromkeys(("b64", "base64"), _BASE64),
    **dict.fromkeys(("gz", "gzip"), _GZIP),
    **dict.fromkeys(("gz+b64", "gzip+b64", "gz+base64", "gzip+base64"), _BASE64 + _GZIP),
}
"""Source: cloud-init documentation, module "Write Files", read 2026-11-23."""


def _unpacked(text: str) -> str:
    """User data without base64 and gzip around it, both of which the providers and cloud-init undo by themselves."""
    if text.lstrip()[:1] in ("#", "") or ":" in text[:80]:
        return text
    try:
        data = base64.b64decode(text, validate=True)
        return (_gunzipped(data) if data[:2] == b"\x1f\x8b" else data).decode()
    except (binascii.Error, ValueError, zlib.error):
        return text


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
