"""The verdict as JSON, for machines. The schema is docs/verdict.schema.json, generated from these types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from baseline.judge import Finding, Pass, Unjudged, Verdict

SCHEMA_VERSION = 1


class Stack(msgspec.Struct, frozen=True, kw_only=True):
    """One stack's verdict in the published form. `source` is the file that was judged, empty for the program."""

    name: str
    source: str
    resources: int
    findings: tuple[Finding, ...]
    passes: tuple[Pass, ...]
    unjudged: tuple[Unjudged, ...]
    not_exercised: tuple[str, ...]


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A stack that could not be judged at all, and why."""

    name: str
    message: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All stacks of one run, by name."""

    schema_version: int
    stacks: tuple[Stack, ...]
    failures: tuple[Failure, ...] = ()


def render(verdicts: Iterable[Verdict], failures: Iterable[tuple[str, str]] = ()) -> bytes:
    """The report as one JSON document that ends in a newline."""
    report = Report(
        schema_version=SCHEMA_VERSION,
        stacks=tuple(msgspec.convert(verdict, Stack, from_attributes=True) for verdict in verdicts),
        failures=tuple(Failure(name=name, message=message) for name, message in failures),
    )
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the report."""
    document = msgspec.json.schema(Report)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "baseline check --format json",
        **document,
    }
