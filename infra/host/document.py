"""Pieces of a cloud-init document, and how they are joined and written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that cloud-init writes, or appends to, owned by root; `mode` as chmod takes it."""

    path: str
    content: str
    mode: str = "0644"
    append: bool = False

    @property
    def entry(self) -> dict[str, Any]:
        """As an entry of `write_files`."""
        entry: dict[str, Any] = {"path": self.path, "permissions": self.mode, "content": self.content}
        return entry | {"append": True} if self.append else entry


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What one concern adds to a host; its shell commands run once, after all files are written."""

    packages: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    commands: tuple[str, ...] = ()


class _Readable(yaml.SafeDumper):
    """Texts of several lines as literal blocks, so that a diff of user data shows the line that changed."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Readable.add_representer(str, _text)


def document(settings: dict[str, Any], pieces: Iterable[Piece]) -> str:
    """A `#cloud-config` document of the settings and the pieces, in their order."""
    pieces = tuple(pieces)
    content = settings | {
        "packages": sorted({package for piece in pieces for package in piece.packages}),
        "write_files": [file.entry for piece in pieces for file in piece.files],
        "runcmd": ["systemctl daemon-reload", *(command for piece in pieces for command in piece.commands)],
    }
    return "#cloud-config\n" + yaml.dump(content, Dumper=_Readable, sort_keys=False, width=1000)
