"""The one loop: every rule over every subject of its noun, every outcome kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from baseline.estate import Estate
from baseline.graph import Resource, Site, Undecided
from baseline.rule import Rule

FAIL, UNKNOWN, NOT_OBSERVABLE = "fail", "unknown", "not_observable"


class RuleBroke(Exception):
    """A rule raised instead of judging: a defect of the rule, never of what it judges."""

    exit_code = 3


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One problem, or one question that could not be answered (`outcome` unknown or not_observable).

    `statement` is the id of the statement under which a person answers for what is not observable.
    """

    rule: str
    theme: str
    level: str
    outcome: str
    urn: str
    type: str
    path: str
    message: str
    remedy: str
    clauses: tuple[str, ...]
    declared_at: Site | None
    built_at: Site | None
    statement: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether it makes the verdict a violation: warnings and stated facts do not."""
        return self.level == "error" and self.statement is None


class Pass(msgspec.Struct, frozen=True, gc=False):
    """A rule that a resource was judged by, without any finding."""

    rule: str
    urn: str


class Unjudged(msgspec.Struct, frozen=True, gc=False):
    """A resource whose type no adapter knows."""

    urn: str
    type: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Every outcome for one stack. `source` is the file from which it was judged, empty for its program."""

    name: str
    source: str = ""
    resources: int
    findings: tuple[Finding, ...]
    passes: tuple[Pass, ...]
    unjudged: tuple[Unjudged, ...]
    not_exercised: tuple[str, ...]

    def violated(self, *, allow_unjudged: bool = False) -> bool:
        """Whether anything stands between this stack and its promises."""
        return any(finding.blocks for finding in self.findings) or bool(self.unjudged and not allow_unjudged)


def _finding(rule: Rule, subject: Any, outcome: str, message: str, path: str) -> Finding:
    origin: Resource = subject if isinstance(subject, Resource) else subject.origin
    return Finding(
        rule=rule.id,
        theme=rule.theme,
        level=rule.level,
        outcome=outcome,
        urn=origin.urn,
        type=origin.type,
        path=path or getattr(subject, "path", ""),
        message=message,
        remedy=rule.remedy,
        clauses=rule.clauses,
        declared_at=origin.declared_at,
        built_at=origin.built_at,
    )


def _judged(rule: Rule, estate: Estate, findings: dict[Finding, None]) -> dict[str, bool]:
    """Adds the findings of one rule; whether it has none, by the URN of each resource that it applies to."""
    clean: dict[str, bool] = {}
    for subject in estate.subjects(rule.noun):
        try:
            if not rule.applies(subject):
                continue
            clean.setdefault(subject.urn, True)
            # One by one: what was found before a doubt must not be lost with it.
            for problem in rule.check(subject, estate):
                clean[subject.urn] = False
                findings[_finding(rule, subject, FAIL, problem.message, problem.path)] = None
        except Undecided as undecided:
            clean[subject.urn] = False
            findings[_finding(rule, subject, undecided.outcome, undecided.reason, undecided.path)] = None
        except Exception as error:
            message = f"rule {rule.id} broke on {subject.urn}: {type(error).__name__}: {error}"
            raise RuleBroke(message) from error
    return clean


def judge(estate: Estate, rules: Iterable[Rule]) -> Verdict:
    """Judges an Estate by all rules. Raises RuleBroke where a rule itself fails."""
    findings: dict[Finding, None] = {}
    passes: list[Pass] = []
    not_exercised: list[str] = []
    for rule in rules:
        judged = _judged(rule, estate, findings)
        passes.extend(Pass(rule.id, urn) for urn, clean in judged.items() if clean)
        if not judged:
            not_exercised.append(rule.id)
    return Verdict(
        name=estate.graph.stack,
        resources=len(estate.graph.resources),
        findings=tuple(findings),
        passes=tuple(passes),
        unjudged=tuple(Unjudged(item.urn, item.type) for item in estate.unjudged),
        not_exercised=tuple(not_exercised),
    )
