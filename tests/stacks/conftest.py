"""Stack files with mistakes, made from the real ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stacks.declaration import STACKS, Declaration, InvalidDeclaration, read

Change = tuple[str, str]
Rewrite = Callable[..., Declaration]
Refused = Callable[..., list[str]]


@pytest.fixture
def rewrite(tmp_path: Path) -> Rewrite:
    """Reads a stack's file with some of its text replaced; the text must be in it."""

    def rewrite(stack: str, *changes: Change) -> Declaration:
        name = f"{stack.replace('-', '_')}.py"
        text = (STACKS / name).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"{name} does not say {old!r}"
            text = text.replace(old, new)
        file = tmp_path / "stacks" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return read(file, stack)

    return rewrite


@pytest.fixture
def refused(rewrite: Rewrite) -> Refused:
    """The fields that are refused after a change, each with what is said of it."""

    def refused(stack: str, *changes: Change) -> list[str]:
        with pytest.raises(InvalidDeclaration) as caught:
            rewrite(stack, *changes)
        return [f"{problem.field}: {problem.what}" for problem in caught.value.problems]

    return refused
