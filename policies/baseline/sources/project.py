"""A Pulumi project on disk, read as Pulumi reads it: Pulumi.yaml, and one Pulumi.<stack>.yaml a stack.

Pulumi.json and Pulumi.yml are as good, in the order of SUFFIXES; the files of the stacks then end as that of the
project does (pulumi, sdk/go/common/workspace/paths.go and encoding/marshal.go, read 2026-11-23).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from baseline import foreign
from baseline.graph import Settings


class BadInput(Exception):
    """What a person gave cannot be judged; the message says what, where and what to do."""

    exit_code = 2


_NOT_OWN: Final = frozenset({"node_modules", "site-packages", "__pycache__"})

SUFFIXES: Final = (".json", ".yaml", ".yml")

CLOSED: Final = "[secret]"
"""What a program gets in the place of a secret that only the passphrase opens."""


@dataclass(frozen=True)
class Project:
    """One Pulumi project. `folder` holds `file`, `main` is what Pulumi would run, `runtime` the language of it."""

    folder: Path
    file: Path
    name: str
    runtime: str
    main: Path
    stack_folder: Path
    config: Mapping[str, Any] = field(default_factory=dict)
    backend: str | None = None

    @property
    def program_folder(self) -> str:
        """Where the program lies, relative to the project's folder, as stack traces name it."""
        main = self.main.resolve()
        folder = main if main.is_dir() else main.parent
        return Path(os.path.relpath(folder, self.folder.resolve())).as_posix()

    @property
    def stacks(self) -> tuple[str, ...]:
        """The stacks that have a configuration file, by name."""
        files = self.stack_folder.glob(self.stack_file("*").name)
        return tuple(sorted(path.stem.removeprefix("Pulumi.") for path in files))

    def stack_file(self, stack: str) -> Path:
        """Where Pulumi looks for the configuration of a stack."""
        return self.stack_folder / f"Pulumi.{stack}{self.file.suffix}"


@dataclass(frozen=True)
class StackConfig:
    """The configuration of one stack: values as the SDK takes them, the keys that are secret, and its settings.

    `closed_keys` are those of which a part at least is encrypted.
    """

    values: Mapping[str, str]
    secret_keys: tuple[str, ...]
    closed_keys: tuple[str, ...]
    settings: Settings


def open_project(folder: Path) -> Project:
    """Reads Pulumi.yaml. Raises BadInput where there is none, or none that this reader can run."""
    path = next((file for suffix in SUFFIXES if (file := folder / f"Pulumi{suffix}").is_file()), None)
    if path is None:
        raise BadInput(f"{folder}: no Pulumi.yaml here. Name the folder of a Pulumi project with --project DIR.")
    document = _mapping(path)
    runtime = document.get("runtime")
    name = document.get("name")
    if not isinstance(name, str) or not name:
        raise BadInput(f"{path}: name is missing. Every Pulumi project has one.")
    main = folder / str(document.get("main") or ".")
    if not main.exists():
        raise BadInput(f"{path}: main is {document['main']!r}, and nothing is there.")
    backend = document.get("backend")
    return Project(
        folder=folder,
        file=path,
        name=name,
        runtime=str(runtime.get("name") if isinstance(runtime, dict) else runtime),
        main=main,
        stack_folder=folder / str(document.get("stackConfigDir") or "."),
        config=_section(path, document, "config"),
        backend=_section(path, document, "backend").get("url") if backend else None,
    )


def enclosing(folder: Path) -> Iterator[Path]:
    """The folders of projects at or above a folder, the nearest first, as Pulumi looks for its own."""
    for each in (folder, *folder.parents):
        if any((each / f"Pulumi{suffix}").is_file() for suffix in SUFFIXES):
            yield each


def stack_config(project: Project, stack: str) -> StackConfig:
    """The merged configuration of a stack. Encrypted values stay closed: they become secrets without content.

    Raises BadInput for a stack that has no file: a misspelt name must never be judged as an empty stack.
    """
    path = project.stack_file(stack)
    if not path.is_file():
        stacks = ", ".join(project.stacks) or "none"
        raise BadInput(f"{stack}: no such stack, for there is no {path}. There are: {stacks}.")
    document = _mapping(path)
    values: dict[str, str] = {}
    secret_keys: list[str] = []
    closed_keys: list[str] = []
    said = {key: raw.get("value", raw.get("default")) if _declares(raw) else raw for key, raw in project.config.items()}
    for key, raw in (*said.items(), *_section(path, document, "config").items()):
        full = key if ":" in key else f"{project.name}:{key}"
        value = _closed(raw)
        if value != raw:
            closed_keys.append(full)
        if value != raw or _is_secret(project.config.get(key)):
            secret_keys.append(full)
        if value is not None:
            values[full] = value if isinstance(value, str) else json.dumps(value)
    provider = document.get("secretsprovider") or ("passphrase" if document.get("encryptionsalt") else None)
    return StackConfig(values, tuple(secret_keys), tuple(closed_keys), Settings(project.backend, provider))


def _declares(raw: Any) -> bool:
    """Whether a mapping is Pulumi.yaml's way to declare a key (type, default, value), not a value of its own."""
    return isinstance(raw, dict) and bool(raw) and set(raw) <= _DECLARATION


def _is_secret(raw: Any) -> bool:
    return _declares(raw) and raw.get("secret") is True


def _closed(value: Any) -> Any:
    """A value in which each encrypted part, `{secure: ...}`, is a text that says so."""
    if isinstance(value, dict):
        return CLOSED if set(value) == {"secure"} else {key: _closed(item) for key, item in value.items()}
    return [_closed(item) for item in value] if isinstance(value, list) else value


_DECLARATION = frozenset({"type", "description", "default", "value", "secret", "items"})


def _mapping(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        document = foreign.json(text) if path.suffix == ".json" else foreign.yaml(text)
    except ValueError as error:
        raise BadInput(f"{path}: is no {path.suffix[1:].upper()}: {' '.join(str(error).split())}") from None
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise BadInput(f"{path}: holds a {type(document).__name__} where Pulumi expects a mapping.")
    return document


def _section(path: Path, document: dict[str, Any], key: str) -> dict[str, Any]:
    section = document.get(key) or {}
    if not isinstance(section, dict):
        raise BadInput(f"{path}: {key} holds a {type(section).__name__} where Pulumi expects a mapping.")
    return section


def own_files(folder: Path) -> Iterator[Path]:
    """Every file of a project that is its own: none that is hidden, cached or installed."""
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _NOT_OWN]
        if "pyvenv.cfg" in files:
            folders.clear()
            continue
        yield from (Path(root, name) for name in files)
