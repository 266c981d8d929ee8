"""Which secrets of a program stand in its own files: the SDKs mark every password as a secret, written out or not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from baseline.estate.facts.secrets import points_elsewhere
from baseline.graph import SECRET, WRITTEN_OUT
from baseline.sources.project import CLOSED, own_files

_MOST_BYTES: Final = 1 << 20
_SHORTEST: Final = 4  # a shorter text stands everywhere


class Written:
    """The files of one project, read when the first secret with a known content is met."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def secret(self, content: Any) -> Any:
        """SECRET, or WRITTEN_OUT where its text stands in the project: by its longest line, as a key has several."""
        if not isinstance(content, str) or CLOSED in content or points_elsewhere(content):
            return SECRET
        line = max(content.splitlines(), key=len, default="").strip()
        return WRITTEN_OUT if len(line) >= _SHORTEST and any(line in text for text in self._texts) else SECRET

    @cached_property
    def _texts(self) -> list[str]:
        return [path.read_text(encoding="utf-8", errors="replace") for path in self._files()]

    def _files(self) -> Iterator[Path]:
        yield from (path for path in own_files(self._folder) if path.is_file() and path.stat().st_size <= _MOST_BYTES)
