"""How a report lies on a terminal of any width: lines that hang, commands that stay whole, rows that stack.

What comes from outside is shown with its control characters escaped, so that no name of a resource can move the
cursor, colour the words beside it, or begin a line of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

Part = str | tuple[str, str]
"""Words, or words and their style."""

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of what is no sign but acts on others: controls, formats (with bidirectional ones), separators."""

_ROOM: Final = 20
"""Columns below which words are not read well; where there is less, lines do not hang and rows are stacked."""

_WORD: Final = re.compile(r"((?:`[^`]*`|\S)+|^)\s*")
"""A word, or several between back quotes: those are a command."""

_BESIDE: Final = 3
"""What a table draws for each column beside its words."""


def legible(text: str, keep: str = "") -> str:
    """A text with every control character as Python would write it (`\\x1b`, `\\u202e`), save those to keep."""
    if text.isprintable():
        return text
    return "".join(_sign(char) if char not in keep else char for char in text)


def _sign(char: str) -> str:
    return char.encode("unicode_escape").decode() if unicodedata.category(char) in _UNSEEN else char


class LegibleConsole(Console):
    """A console that lets no control character of any text through, whoever forgot to escape it."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Renders what is printed, and each part of it."""
        shown = self.render_str(renderable) if isinstance(renderable, str) else renderable
        if isinstance(shown, Text) and (plain := legible(shown.plain, keep="\n")) != shown.plain:
            shown = shown.copy()
            shown.plain = plain
        return super().render(shown, options)


def pasted(command: str) -> str:
    """A command that a shell reads as it was meant, also where a name in it has control characters.

    Such a name stands in single quotes: they are left for the character, which bash and zsh write as `$'\\x1b'`.
    """
    return "".join(char if _sign(char) == char else f"'$'{_sign(char)}''" for char in command)


class Line:
    """One line, whatever its parts hold; in a narrow terminal it goes on in the next, below where it hangs."""

    def __init__(self, *parts: Part, hang: int = 4, whole: bool = False) -> None:
        """A `whole` line is one to copy: only the terminal may break it."""
        self.text = Text()
        for part in parts:
            words, style = (part, "") if isinstance(part, str) else part
            self.text.append(legible(words), style)
        self._hang = hang
        self._whole = whole

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[Text]:
        width = options.max_width - self._hang
        if self._whole or options.no_wrap or width < _ROOM:
            yield Text.assemble(self.text, no_wrap=self._whole or None, overflow="ignore" if self._whole else None)
            return
        head, body = self.text.divide([self._hang])
        for count, line in enumerate(body.divide(_breaks(body.plain, width))):
            line.rstrip()
            # What no line can hold is left to the terminal, which puts no line break into what is copied from it.
            yield Text.assemble(" " * self._hang if count else head, line, no_wrap=True, overflow="ignore")


def _breaks(words: str, width: int) -> Iterator[int]:
    """Where lines of this width begin, after the first."""
    used = 0
    for word in _WORD.finditer(words):
        if used and used + cell_len(word[1]) > width:
            yield word.start()
            used = 0
        used += cell_len(word[0])


def command(text: str) -> Line:
    """A command to paste: one line in any terminal, below what it is for."""
    return Line((f"     {pasted(text)}", "bold"), whole=True)


class Rows:
    """A table whose names stay whole: where it is too wide for the terminal, each row is a paragraph of its own."""

    def __init__(self, title: str, *columns: str, names: Sequence[str], lines: bool = False) -> None:
        """`names` are the columns that never go on in the next line; the first is what a paragraph is called by."""
        self._title, self._columns, self._names, self._lines = title, columns, names, lines
        self._cells: list[tuple[str, ...]] = []

    def add(self, *cells: str) -> None:
        """Adds a row. A cell may have several lines, one a name."""
        self._cells.append(tuple(legible(cell, keep="\n") for cell in cells))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        if self._title:
            yield Text(self._title, style="italic")
        widths = self._widths(options.max_width)
        if widths is None:
            for cells in self._cells:
                yield from self._paragraph(cells)
            return
        table = Table(show_lines=self._lines)
        for column, width in zip(self._columns, widths, strict=True):
            table.add_column(column, width=width, no_wrap=column in self._names)
        for cells in self._cells:
            table.add_row(*(Text(cell) for cell in cells))
        yield table

    def _widths(self, available: int) -> list[int] | None:
        """The width of each column, names first and words from what is left; None where words would have no room."""
        wanted = [max(map(_longest_line, column)) for column in zip(self._columns, *self._cells, strict=True)]
        least = [
            want if title in self._names else max(min(want, _ROOM), *map(_longest_word, cells))
            for title, want, cells in zip(
                self._columns, wanted, zip(self._columns, *self._cells, strict=True), strict=True
            )
        ]
        spare = available - _BESIDE * len(wanted) - 1 - sum(least)
        if spare < 0:
            return None
        missing = [want - need for want, need in zip(wanted, least, strict=True)]
        share = min(1.0, spare / (sum(missing) or 1))
        return [need + int(share * lack) for need, lack in zip(least, missing, strict=True)]

    def _paragraph(self, cells: Sequence[str]) -> Iterator[Line]:
        row = dict(zip(self._columns, cells, strict=True))
        yield Line((row.pop(self._names[0]), "bold"))
        label = max(map(len, self._columns)) + 2
        for title, cell in row.items():
            for count, line in enumerate(cell.splitlines()):
                yield Line((f"    {'' if count else title:<{label}}", "dim"), line, hang=4 + label)


def _longest_line(cell: str) -> int:
    return max(map(cell_len, cell.splitlines()), default=0)


def _longest_word(cell: str) -> int:
    return max(map(cell_len, cell.split()), default=0)
