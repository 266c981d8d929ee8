"""Which line of a project declares a resource, and which builds it, from the stack trace of its registration."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from baseline.graph import Site

_NOT_OWN = frozenset({"..", "node_modules", "site-packages"})


class Sites:
    """The lines of one project, of which `main` is the folder of its program, relative to the project's own."""

    def __init__(self, main: str = ".") -> None:
        self._main = PurePosixPath(main)
        self._found: dict[tuple[str, int], tuple[Site, bool] | None] = {}

    def of(self, frames: Iterable[tuple[str, int]]) -> tuple[Site | None, Site | None]:
        """(declared, built): the innermost line in the program's main folder, and the innermost one outside it.

        `frames` are files, relative to the project's folder where they lie inside it, and lines, innermost first.
        """
        built = None
        for frame in frames:
            if frame not in self._found:
                self._found[frame] = self._site(*frame)
            found = self._found[frame]
            if found is None:
                continue
            site, in_main = found
            if in_main:
                return site, built or site
            built = built or site
        return None, built

    def _site(self, file: str, line: int) -> tuple[Site, bool] | None:
        path = PurePosixPath(file)
        if not file or path.is_absolute() or not _NOT_OWN.isdisjoint(path.parts):
            return None
        return Site(str(path), line), path.parent == self._main
