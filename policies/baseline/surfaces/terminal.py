"""What a person sees of a command: what it prints, writes and complains of, in colour only on a terminal."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


class Format(StrEnum):
    """How a verdict is written."""

    text = "text"
    json = "json"


def console(*, stderr: bool = False, file: Any = None) -> Console:
    """Where to print: as wide as the terminal, and wide enough for any line where there is none."""
    from baseline.reports.layout import LegibleConsole

    stream = file or (sys.stderr if stderr else sys.stdout)
    width = None if stream.isatty() else 160
    return LegibleConsole(file=stream, width=width, highlight=False, soft_wrap=not stream.isatty())


def say(parts: Any, output: Path | None) -> None:
    """Prints renderables, in colour only on a terminal."""
    if output is None:
        _each(console(), parts)
        return
    with _opened(output, "w") as file:
        _each(console(file=file), parts)


def _each(console: Console, parts: Any) -> None:
    part: RenderableType
    for part in parts:
        # Nothing is cut off: what is wider than the terminal goes on in its next line, without a line break.
        console.print(part, crop=False)


def write(document: bytes, output: Path | None) -> None:
    """Writes a JSON document. Terminals obey some characters that JSON allows as they are, so those are escaped too."""
    text = document.decode()
    data = document if text.isascii() and "\x7f" not in text else "".join(map(_escaped, text)).encode()
    if output is None:
        sys.stdout.buffer.write(data)
        return
    with _opened(output, "wb") as file:
        file.write(data)


def _escaped(char: str) -> str:
    """Such a character stands only in strings, where an escape means the same."""
    from baseline.reports.layout import legible

    return char if char == "\n" or legible(char) == char else json.dumps(char)[1:-1]


def _opened(path: Path, mode: str) -> Any:
    try:
        return path.open(mode)
    except OSError as error:
        fail(f"--output {path}: {error.strerror}. Name a file in a folder that exists and that you may write to.")


def nearest(word: str, known: list[str]) -> str:
    """A question after the word that was meant, where one of the known ones is close."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    return f" Did you mean {close[0]}?" if close else ""


def remark(message: str) -> None:
    """What changes no exit code, where there is anything to say."""
    if message:
        _tell(message, "yellow")


def complain(message: str) -> None:
    """What is wrong, to the standard error."""
    _tell(message, "bold red")


def _tell(message: str, style: str) -> None:
    """A message may hold a command to paste, so only the terminal breaks its lines."""
    console(stderr=True).print(message, style=style, markup=False, soft_wrap=True)


def complain_of(failures: list[tuple[str, str]], *, alone: bool) -> None:
    """Each message once, behind the stacks that it is about unless only one was asked for."""
    for message in dict.fromkeys(message for _, message in failures):
        stacks = ", ".join(stack for stack, said in failures if said == message)
        complain(message if alone else f"{stacks}: cannot be judged\n{message}")


def fail(message: str) -> NoReturn:
    """Ends in one message and exit code 2."""
    complain(message)
    raise typer.Exit(2)
