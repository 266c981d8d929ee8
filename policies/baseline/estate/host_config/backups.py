"""Backups that a machine sends away by itself: a timer, a script that encrypts, and a file that says where to.

A service is a backup when its environment names a DESTINATION (a URL) and the days for which it keeps what it sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from baseline.estate.host_config import units
from baseline.estate.host_config.document import Document
from baseline.foreign import whole
from baseline.graph import NOT_OBSERVABLE, not_observable_because

_ENCRYPTS = re.compile(r"\bgpg2?\b[^|\n]*\s(?:--encrypt|-e)\s|\brestic\b[^|\n]*\sbackup\b")
"""gpg to recipients; restic always."""

_AGE = re.compile(r"(?:^|[\s/|;&(])age(\s[^|;&\n]*)", re.MULTILINE)
_FOR = re.compile(r"\s(?:--recipient[ =]|-r\s*)(\S+)")
_FOR_THOSE_IN = re.compile(r"\s(?:--recipients-file[ =]|-R\s*)(\S+)")
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}|ssh-(?:ed25519|rsa) \S+.*")
"""Source: age(1), "Recipients and identities", as of 2026-11-23."""


class Sent(NamedTuple):
    """One backup: the unit that makes it, how often, where to, and for how many days it is kept."""

    name: str
    daily: bool
    destination: str
    encrypted: Any
    at_least: Any
    at_most: Any
    schedule: str


def backups(document: Document) -> Iterator[Sent]:
    """The backups that timers of the document make."""
    for timer in units.timers(document):
        environment = _environment(document, timer.starts)
        if "DESTINATION" in environment:
            yield Sent(
                name=timer.starts,
                daily=timer.daily,
                destination=environment["DESTINATION"],
                encrypted=_encrypted(document, timer.starts),
                at_least=_days(environment.get("KEEP_DAYS_FLOOR")),
                at_most=_days(environment.get("KEEP_DAYS_CEILING")),
                schedule=timer.words,
            )


def _encrypted(document: Document, service: str) -> Any:
    """Whether a service encrypts for keys that the document names; not observable where these come from elsewhere."""
    texts = tuple(units.scripts(document, service))
    if any(_ENCRYPTS.search(text) for text in texts):
        return True
    calls = [call[1] for text in texts for call in _AGE.finditer(text)]
    keys = [key.strip("\"'") for call in calls for key in _FOR.findall(call)]
    elsewhere = [key for key in keys if "$" in key]
    for path in (path.strip("\"'") for call in calls for path in _FOR_THOSE_IN.findall(call)):
        text = document.files.get(path)
        if isinstance(text, str) and not document.changed_by_command(path):
            keys += [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        else:
            elsewhere.append(path)
    if elsewhere:
        return not_observable_because(
            f"is not observable: the user data does not say for whom, only {elsewhere[0]} does"
        )
    return bool(keys) and all(map(_RECIPIENT.fullmatch, keys))


def _environment(document: Document, service: str) -> dict[str, str]:
    its = units.unit(document, service)
    lines = [word for line in its.get(("Service", "Environment"), ()) for word in line.split()]
    changed = False
    for path in (path.lstrip("-") for path in its.get(("Service", "EnvironmentFile"), ())):
        text = document.files.get(path)
        lines += text.splitlines() if isinstance(text, str) else []
        changed = changed or document.changed_by_command(path)
    pairs = (line.strip().strip("\"'").partition("=") for line in lines if not line.lstrip().startswith("#"))
    # What is changed afterwards still names what is set, but not to what.
    return {key: "" if changed else value.strip("\"'") for key, equals, value in pairs if equals}


def _days(text: str | None) -> Any:
    days = None if text is None else whole(text)
    return NOT_OBSERVABLE if days is None else days
