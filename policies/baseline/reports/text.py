"""The verdict as text for people: the counts of each stack, then each finding with what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from baseline.graph import named
from baseline.judge import FAIL, NOT_OBSERVABLE, Finding, Verdict
from baseline.reports.layout import Line

_WORDS = {FAIL: "fails", "unknown": "unknown", "not_observable": "not observable"}
_STYLES = {"fails": "bold red", "warns": "yellow", "unknown": "bold magenta", "not observable": "bold magenta"}


def outcome(finding: Finding) -> str:
    """One word for what a finding is: fails, warns, unknown, not observable, or stated."""
    if finding.statement is not None:
        return "stated"
    if finding.level == "warning" and finding.outcome == FAIL:
        return "warns"
    return _WORDS[finding.outcome]


def counts(verdict: Verdict) -> str:
    """One line: what was judged and what came of it."""
    tally = Counter(outcome(finding) for finding in verdict.findings)
    words = [f"{verdict.resources} resources", f"{len(verdict.passes)} passes"]
    words += [f"{tally[word]} {word}" for word in ("fails", "warns", "unknown", "not observable") if tally[word]]
    if tally["stated"]:
        words.append(f"{tally['stated']} by a person's word")
    if verdict.unjudged:
        words.append(f"{len(verdict.unjudged)} unjudged")
    return ", ".join(words)


def summary(verdict: Verdict, *, allow_unjudged: bool = False) -> Line:
    """The line of one stack: its name, whether it breaks promises, the counts."""
    mark = ("breaks no promise", "bold green")
    if verdict.violated(allow_unjudged=allow_unjudged):
        broken = any(finding.blocks and finding.outcome == FAIL for finding in verdict.findings)
        mark = ("breaks promises", "bold red") if broken else ("cannot be decided", "bold magenta")
    name = f"{verdict.name} ({verdict.source}): " if verdict.source else f"{verdict.name}: "
    return Line((name, "bold"), mark, f"  ({counts(verdict)})")


def finding(item: Finding, stated: str = "") -> Iterator[Line]:
    """One finding: what, where, why it matters to whom, and what to do, or who `stated` that nothing has to be done."""
    word = outcome(item)
    where = (f"  {item.path}" if item.path else "", "dim")
    yield Line(("  " + word, _STYLES.get(word, "dim")), " ", (item.rule, "bold"), f"  {named(item.urn)}", where, hang=6)
    yield Line("      ", item.message, hang=6)
    for label, detail in _details(item, stated):
        yield Line((f"      {label:<9}", "dim"), detail, hang=15)


def _details(item: Finding, stated: str) -> Iterator[tuple[str, str]]:
    if item.declared_at:
        yield "declared", str(item.declared_at)
    if item.built_at and item.built_at != item.declared_at:
        yield "built", str(item.built_at)
    if item.statement is None:
        yield "remedy", item.remedy
        if item.outcome == NOT_OBSERVABLE:
            yield "or", "let somebody answer for it in policies/declared/statements.toml, with a day of review"
    yield "clauses", ", ".join(item.clauses)
    if item.statement:
        yield "stated", item.statement
        yield "by", " ".join(stated.split())


def render(
    verdicts: Iterable[Verdict], *, allow_unjudged: bool = False, statements: Mapping[str, str] | None = None
) -> Iterator[Line]:
    """Each stack: its line, then its findings; those that rest on a person's word only with `statements`, by id."""
    for verdict in verdicts:
        yield summary(verdict, allow_unjudged=allow_unjudged)
        order = sorted(verdict.findings, key=lambda item: (not item.blocks, item.rule, item.urn, item.path))
        for item in order:
            if item.statement is None:
                yield from finding(item)
            elif statements is not None:
                yield from finding(item, statements[item.statement])
        for unjudged in verdict.unjudged:
            yield Line(("  unjudged", "bold magenta"), f" {named(unjudged.urn)}  {unjudged.type}", hang=6)
