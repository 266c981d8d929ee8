"""How a command explains itself: paragraphs that fill any terminal, and examples that stand as they are written."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand


class Flowing(TyperCommand):
    """A command whose help flows. Typer keeps the line breaks of a docstring, which are as wide as a line of code."""

    def __init__(self, *arguments: Any, help: str | None = None, **options: Any) -> None:  # noqa: A002 (Typer's word)
        super().__init__(*arguments, help=help and flowing(help), **options)


def flowing(text: str) -> str:
    """A text with each paragraph as one line, save those that are indented: they are examples."""
    paragraphs = text.split("\n\n")
    return "\n\n".join(each if each.startswith(" ") else " ".join(each.split("\n")) for each in paragraphs)
