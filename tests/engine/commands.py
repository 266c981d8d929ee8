"""The command lines beside Pulumi's on a desk: `hcloud` and `aws` over the emulated clouds, and `jq` where none is."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import jq

from tests.engine.operator import Operator
from tests.recordings import REPOSITORY


def environment(operator: Operator) -> dict[str, str]:
    """What a shell on the desk sees: the engine, the clouds' command lines, and `baseline`."""
    folder = operator.folder / "commands"
    folder.mkdir(exist_ok=True)
    python = f"PYTHONPATH={shlex.quote(str(REPOSITORY))} exec {shlex.quote(sys.executable)} -m"
    cloud = shlex.quote(str(operator.cloud))
    for tool in ("hcloud", "aws"):
        _write(folder / tool, f'{python} tests.engine.clouds console {cloud} -- {tool} "$@"')
    if shutil.which("jq") is None:
        _write(folder / "jq", f'{python} tests.engine.commands "$@"')
    own = operator.environment
    return {**own, "PATH": os.pathsep.join((str(folder), str(Path(sys.executable).parent), own["PATH"]))}


def _write(file: Path, line: str) -> None:
    file.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    file.chmod(0o755)


def main(arguments: list[str]) -> int:
    """As much of `jq` as the printed commands use: `-r`, `-s`, `--arg NAME VALUE`, a filter and files."""
    raw, slurp, said, words = False, False, dict[str, str](), list[str]()
    rest = iter(arguments)
    for word in rest:
        if word == "-r":
            raw = True
        elif word == "-s":
            slurp = True
        elif word == "--arg":
            said[next(rest)] = next(rest)
        else:
            words.append(word)
    text = "\n".join(Path(file).read_text("utf-8") for file in words[1:]) if words[1:] else sys.stdin.read()
    values = jq.compile(".").input_text(text).all()
    for value in [values] if slurp else values:
        for found in jq.compile(words[0], args=said).input_value(value).all():
            sys.stdout.write(f"{_shown(found, raw=raw)}\n")
    return 0


def _shown(value: Any, *, raw: bool) -> str:
    return value if raw and isinstance(value, str) else json.dumps(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
