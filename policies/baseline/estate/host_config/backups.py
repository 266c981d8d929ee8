"""Backups that a machine sends away by itself: a timer, a script that encrypts, and a file that says where to.

A service is a backup when its environment names a DESTINATION (a URL) and the days for which it keeps what it sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from baseline.estate.host_config import units
from baseline.estate.host_config.document import Document
from baseline.graph import NOT_OBSERVABLE

_ENCRYPTS = re.compile(
    r"\bage\b[^|\n]*\s(?:--recipients-file|--recipient|-R|-r)\s|\bgpg2?\b[^|\n]*\s(?:--encrypt|-e)\s|\brestic\b[^|\n]*\sbackup\b"
)
"""age and gpg to recipients; restic encrypts always."""


class Sent(NamedTuple):
    """One backup: the unit that makes it, how often, where to, and for how many days it is kept."""

    name: str
    daily: bool
    destination: str
    encrypted: bool
    at_least: Any
    at_most: Any


def backups(document: Document) -> Iterator[Sent]:
    """The backups that timers of the document make."""
    for timer in units.timers(document):
        environment = _environment(document, timer.starts)
        if "DESTINATION" in environment:
            yield Sent(
                name=timer.starts,
                daily=timer.daily,
                destination=environment["DESTINATION"],
                encrypted=any(_ENCRYPTS.search(text) for text in units.scripts(document, timer.starts)),
                at_least=_days(environment.get("KEEP_DAYS_FLOOR")),
                at_most=_days(environment.get("KEEP_DAYS_CEILING")),
            )


def _environment(document: Document, service: str) -> dict[str, str]:
    its = units.unit(document, service)
    lines = [word for line in its.get(("Service", "Environment"), ()) for word in line.split()]
    for path in its.get(("Service", "EnvironmentFile"), ()):
        text = document.files.get(path.lstrip("-"))
        lines += text.splitlines() if isinstance(text, str) else []
    pairs = (line.strip().strip("\"'").partition("=") for line in lines if not line.lstrip().startswith("#"))
    return {key: value.strip("\"'") for key, equals, value in pairs if equals}


def _days(text: str | None) -> Any:
    return int(text) if text is not None and text.isdigit() else NOT_OBSERVABLE
