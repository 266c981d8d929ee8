"""What holds each published promise in a stack: passes, statements, findings, and rules that had nothing to judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from baseline.clauses import Clause
from baseline.judge import FAIL, Finding, Verdict
from baseline.reports.layout import Line
from baseline.reports.text import outcome, summary

SCHEMA_VERSION: Final = 1

KEPT, PARTLY = "kept", "kept, in part by a person's word"
STATED, IDLE = "by a person's word", "nothing to judge"
BROKEN, OPEN = "broken", "cannot be decided"
_STYLES: Final = {KEPT: "bold green", PARTLY: "green", BROKEN: "bold red", OPEN: "bold magenta"}


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule says for or against a clause. `passes` are URNs; it is exercised where it judged anything."""

    rule: str
    exercised: bool
    passes: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of the statements that answer for what it cannot observe."""
        return tuple(dict.fromkeys(finding.statement for finding in self.findings if finding.statement))

    @property
    def against(self) -> tuple[Finding, ...]:
        """The findings for which nobody answers, warnings too."""
        return tuple(finding for finding in self.findings if finding.statement is None)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One clause in one stack. `reason` is why no rule can see it, `beyond` what rules leave open."""

    clause: str
    promise: str
    answer: str
    reason: str | None
    beyond: str | None
    grounds: tuple[Ground, ...]


class Stack(msgspec.Struct, frozen=True, kw_only=True):
    """All clauses in one stack. Of what is unjudged nobody knows which of them it breaks."""

    name: str
    source: str
    unjudged: int
    answers: tuple[Answer, ...]


def answers(verdict: Verdict, clauses: Iterable[Clause]) -> tuple[Answer, ...]:
    """An answer for each clause, in the policy's order."""
    return tuple(
        Answer(
            clause=clause.number,
            promise=clause.promise,
            answer=clause.unenforced[0] if clause.unenforced else _answer(grounds, unjudged=bool(verdict.unjudged)),
            reason=clause.unenforced[1] if clause.unenforced else None,
            beyond=clause.beyond,
            grounds=grounds,
        )
        for clause in clauses
        for grounds in [tuple(_ground(rule, verdict) for rule in clause.rules)]
    )


def _ground(rule: str, verdict: Verdict) -> Ground:
    return Ground(
        rule=rule,
        exercised=rule not in verdict.not_exercised,
        passes=tuple(item.urn for item in verdict.passes if item.rule == rule),
        findings=tuple(item for item in verdict.findings if item.rule == rule),
    )


def _answer(grounds: Sequence[Ground], *, unjudged: bool) -> str:
    """One word. What is unjudged may break any promise, so none is said to be kept beside it."""
    blocking = [finding for ground in grounds for finding in ground.findings if finding.blocks]
    if any(finding.outcome == FAIL for finding in blocking):
        return BROKEN
    if blocking or unjudged:
        return OPEN
    passes, stated = (any(getattr(ground, name) for ground in grounds) for name in ("passes", "statements"))
    if passes:
        return PARTLY if stated else KEPT
    return STATED if stated else IDLE


def render(verdicts: Iterable[Verdict], clauses: Sequence[Clause], statements: Mapping[str, str]) -> Iterator[Line]:
    """Each stack: its line, then each clause and what holds it. `statements`: who states it until when, by id."""
    for verdict in verdicts:
        yield summary(verdict)
        if verdict.unjudged:
            yield Line("  ", (f"{len(verdict.unjudged)} unjudged", "bold magenta"), ": any promise may break there")
        for item in answers(verdict, clauses):
            style = _STYLES.get(item.answer, "dim")
            yield Line(("  " + item.clause, "bold"), "  ", (item.answer, style), f"  {item.promise}", hang=6)
            for ground in item.grounds:
                yield Line("      ", (ground.rule, "bold"), f"  {_words(ground, statements)}", hang=8)
            for label in ("reason", "beyond"):
                if words := getattr(item, label):
                    yield Line("      ", (label, "dim"), f"  {words}", hang=8)


def _words(ground: Ground, statements: Mapping[str, str]) -> str:
    if not ground.exercised:
        return IDLE
    tally = Counter(map(outcome, ground.against))
    count = len(ground.passes)
    words = [f"{count} pass" if count == 1 else f"{count} passes"] if count else []
    words += [f"{number} {word}" for word, number in tally.items()]
    words += [f"stated: {name} ({statements.get(name, 'nobody')})" for name in ground.statements]
    return ", ".join(words)


def document(verdicts: Iterable[Verdict], clauses: Sequence[Clause], failures: Iterable[tuple[str, str]] = ()) -> bytes:
    """The same for a program: {schema_version, stacks, failures}."""
    stacks = [
        Stack(name=each.name, source=each.source, unjudged=len(each.unjudged), answers=answers(each, clauses))
        for each in verdicts
    ]
    said = {
        "schema_version": SCHEMA_VERSION,
        "stacks": stacks,
        "failures": [{"name": name, "message": message} for name, message in failures],
    }
    return msgspec.json.format(msgspec.json.encode(said), indent=2) + b"\n"
