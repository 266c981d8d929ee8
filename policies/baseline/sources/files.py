"""What Pulumi writes to a file, read with words for everything that can be wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from baseline.sources.project import BadInput
from baseline.sources.wire import TooDeep

STDIN = "-"

T = TypeVar("T")


def called(file: str) -> str:
    """What a person calls a file."""
    return "standard input" if file == STDIN else file


def read(file: str) -> bytes:
    """The content of a file, or of the standard input for `-`. Raises BadInput for what cannot be read."""
    try:
        return sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    except OSError as error:
        raise BadInput(
            f"{called(file)}: cannot be read: {error.strerror}. Name a file that Pulumi wrote, or - for a pipe."
        ) from None


@contextmanager
def shown(file: str) -> Iterator[None]:
    """Around the reading of what a file shows: what is refused for its depth is refused by the name of the file."""
    try:
        yield
    except TooDeep as error:
        raise BadInput(f"{file}: {error}") from None


def decoded(file: str, content: bytes, type_: type[T], written_by: str) -> T:
    """The content as a value of this type. Raises BadInput that says what writes it: `written_by`, in words."""
    file = called(file)
    if not content.strip():
        raise BadInput(f"{file}: is empty. Write it with {written_by}, and look at what that says.")
    try:
        return msgspec.json.decode(content, type=type_)
    except msgspec.ValidationError as error:
        wrong, _, where = str(error).partition(" - at ")
        wrong = wrong[:1].lower() + wrong[1:]
        raise BadInput(f"{file}: is not what {written_by} writes. At {where or 'its top'}: {wrong}.") from None
    except msgspec.DecodeError as error:
        raise BadInput(f"{file}: is no whole JSON document: {error}. Write it again with {written_by}.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{file}: is no text in UTF-8. Write it again with {written_by}.") from None
    except RecursionError:
        raise BadInput(f"{file}: is nested deeper than anything that {written_by} writes.") from None
