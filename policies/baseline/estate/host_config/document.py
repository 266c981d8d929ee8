"""A cloud-init document: the files that it writes, the commands that it runs, and its settings.

Only `#cloud-config` (plain, in base64, in gzip, or as the one such part of a MIME message) says what a machine will be.
A script can do anything, so of what it does nothing is concluded.
"""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from baseline import foreign
from baseline.graph import UNKNOWN

_MOST_BYTES = 1 << 20
_WILD = re.compile(r"[*?\[]")
_HEAD = re.compile(r"#cloud-config(?!-archive|-jsonp)", re.IGNORECASE)
_ARCHIVE = re.compile(r"#cloud-config-archive", re.IGNORECASE)
_TEMPLATE = re.compile(r"## *template: *jinja[^\n]*\n\s*#cloud-config", re.IGNORECASE)
_MESSAGE = re.compile(r"content-type:|mime-version:|from ", re.IGNORECASE)
_SEPARATORS = re.compile(r"&&|\|\||;")
_ENTERS = re.compile(r"\bcd\s+[\"']?(/[^\s\"';&|]*)")
_WRITES = re.compile(r">\s*([^\s;|&]+)|\b(?:cp|dd|install|ln|mv|patch|perl|rm|sed|tee|truncate)\s([^;|&>]+)")
_SHELL = r"(?:\S*/)?(?:ba|da|z)?sh\b"
_INSTALLS = re.compile(r"\b(?:apk|apt|apt-get|aptitude|dnf|snap|yum|zypper)\b.*\s(?:add|install)\b")
_FETCHED = re.compile(
    rf"\b(?:curl|wget)\b.*\|\s*(?:sudo\s+)?{_SHELL}|{_SHELL}.*(?:\$|<)\(\s*(?:curl|wget)\b|\bansible-pull\b"
)
_REMAKERS = frozenset({"ansible", "chef", "puppet", "salt_minion"})
"""Modules of cloud-init that hand the machine to something else. Source: its documentation, read 2026-11-23."""


class Opaque(ValueError):
    """The document does not say what the machine will be; the text says why."""


@dataclass(frozen=True)
class Document:
    """What a document declares. The content of a file is UNKNOWN where it comes from elsewhere."""

    settings: Mapping[str, Any]
    files: Mapping[str, Any] = field(default_factory=dict)
    commands: tuple[str, ...] = ()

    @cached_property
    def written(self) -> tuple[str, ...]:
        """What scripts among the files, and units and tables that start something, may write to."""
        texts = ((path, text) for path, text in self.files.items() if isinstance(text, str))
        lines = (
            line
            for path, text in texts
            for line in text.splitlines()
            if text.startswith("#!") or line.startswith("Exec") or path.startswith("/etc/cron")
        )
        return tuple(match[1] or match[2] for line in lines for match in _WRITES.finditer(line))

    @cached_property
    def entered(self) -> tuple[str, ...]:
        """Folders that commands go into, from where they need no full path."""
        return tuple(f"{match[1].rstrip('/')}/" for command in self.commands if (match := _ENTERS.search(command)))

    @cached_property
    def remade(self) -> bool:
        """Whether something that is fetched from elsewhere runs as root, so that any file may end up different."""
        return not _REMAKERS.isdisjoint(self.settings) or any(map(_FETCHED.search, self.commands))

    def matching(self, *patterns: str) -> Iterator[tuple[str, Any]]:
        """Files whose path fits one of the patterns, by path, since that is how daemons read their folders."""
        found: set[str] = set()
        for pattern in patterns:
            start = _WILD.split(pattern, 1)[0]
            if start == pattern:
                found.update({pattern} & self.files.keys())
            else:  # the beginning tells most paths apart, and cheaply
                found.update(
                    path
                    for path in self.files
                    if path.startswith(start) and path.count("/") == pattern.count("/") and fnmatchcase(path, pattern)
                )
        for path in sorted(found):
            yield path, self.files[path]

    def changed_by_command(self, *fragments: str) -> bool:
        """Whether a command names one of these paths, so that what the file says may not be what will hold.

        Of a script counts what writes, since most scripts only read what they name.
        """
        return (
            self.remade
            or any(fragment in text for text in (*self.commands, *self.written) for fragment in fragments)
            or any(fragment.startswith(folder) for folder in self.entered for fragment in fragments)
        )

    @cached_property
    def packages(self) -> frozenset[str]:
        """The packages that it installs, by cloud-init or by a command, without their versions."""
        listed = _list(self.settings.get("packages"))
        groups = (part for item in listed if isinstance(item, dict) for part in item.values())
        names = (name for part in (listed, *groups) for name in _list(part))
        found = {str(name[0] if isinstance(name, list) and name else name) for name in names}
        for command in (part for line in self.commands for part in _SEPARATORS.split(line)):
            if _INSTALLS.search(command):
                found.update(word.strip("\"'") for word in command.split())
        return frozenset(name.partition("=")[0] for name in found)

    def enables(self, unit: str, *, packaged: bool = False) -> bool | None:
        """Whether its commands leave a unit on, now and after a boot; None where none speaks of it.

        A `packaged` unit is one that its package has switched on by itself.
        """
        now = later = packaged
        spoken = False
        for command in (part for line in self.commands for part in _SEPARATORS.split(line)):
            words = {word.strip("\"'").rpartition("/")[2] for word in command.split()}
            if "systemctl" not in words or not {unit, unit.removesuffix(".service")} & words:
                continue
            spoken = True
            if words & {"enable", "reenable"}:
                now, later = now or "--now" in words, True
            elif words & {"start", "restart", "reload-or-restart", "try-restart"}:
                now = True
            elif words & {"disable", "mask"}:
                now, later = now and "--now" not in words, False
            elif "stop" in words:
                now = False
        power = self.settings.get("power_state")
        now = now or (isinstance(power, dict) and power.get("mode") == "reboot")
        return (now and later) if spoken else None


def parse(text: str) -> Document:
    """The document in user data as Pulumi is given it. Raises Opaque for what is no single cloud-config."""
    text = _unpacked(text).lstrip("\ufeff").lstrip()  # cloud-init overlooks what is blank as well
    if _HEAD.match(text):
        return _document(text, ())
    if _MESSAGE.match(text):
        return _of_message(text)
    raise Opaque("is in user data that is no #cloud-config, so nobody can say what the machine will do")


def cloud_configs(text: str) -> Iterator[Mapping[str, Any]]:
    """Every cloud-config in user data, whatever else stands in it and whatever the machine makes of them together."""
    text = _unpacked(text).lstrip("\ufeff").lstrip()
    if _ARCHIVE.match(text):
        parts = [part.get("content") if isinstance(part, dict) else part for part in _list(_yaml(text))]
    elif _MESSAGE.match(text):
        payloads = (part.get_payload(decode=True) for part in _parts(text))
        parts = [payload.decode(errors="replace") for payload in payloads if isinstance(payload, bytes)]
    else:
        parts = []
        if _HEAD.match(text) or _TEMPLATE.match(text):
            settings = _yaml(text)
            if isinstance(settings, dict):
                yield settings
    for part in parts:
        if isinstance(part, str):
            yield from cloud_configs(part)


def _yaml(text: str) -> Any:
    """What a text says as YAML; None for one that is none, which cloud-init ignores."""
    try:
        return foreign.yaml(text)
    except ValueError:
        return None


def _of_message(text: str) -> Document:
    configs, scripts = [], []
    for part in _parts(text):
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


def _parts(text: str) -> list[Message]:
    try:
        return list(message_from_string(text).walk())
    except RecursionError:
        raise Opaque("is in user data whose parts are nested without end") from None


def _document(text: str, commands: tuple[str, ...]) -> Document:
    try:
        settings = foreign.yaml(text)
    except foreign.TooMuch as error:
        raise Opaque(f"is in user data that is too much to read: {error}") from error
    except ValueError as error:
        raise Opaque("is in user data that is no YAML, which cloud-init ignores") from error
    if not isinstance(settings, dict):
        raise Opaque("is in user data that declares nothing")
    runs = [*_list(settings.get("bootcmd")), *_list(settings.get("runcmd"))]
    said = [" ".join(map(str, run)) if isinstance(run, list) else str(run) for run in runs]
    lines = [line for command in said for line in command.splitlines()]
    return Document(settings, _files(settings), (*lines, *commands))


def _files(settings: Mapping[str, Any]) -> dict[str, Any]:
    files: dict[str, Any] = {}
    entries = [entry for entry in _list(settings.get("write_files")) if isinstance(entry, dict)]
    for entry in sorted(entries, key=lambda entry: bool(entry.get("defer"))):  # those are written after all others
        if not isinstance(entry.get("path"), str):
            continue
        path, content = posixpath.normpath(f"/{entry['path'].lstrip('/')}"), _content(entry)
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
