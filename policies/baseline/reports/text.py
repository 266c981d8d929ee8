"""The verdict as text for people: the counts of each stack, then each finding with what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from baseline.judge import FAIL, Finding, Verdict

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


def summary(verdict: Verdict, *, allow_unjudged: bool = False) -> Text:
    """The line of one stack: its name, whether it keeps the promises, the counts."""
    violated = verdict.violated(allow_unjudged=allow_unjudged)
    mark = ("breaks promises", "bold red") if violated else ("keeps every promise", "bold green")
    return Text.assemble((f"{verdict.name}: ", "bold"), mark, f"  ({counts(verdict)})")


def finding(item: Finding) -> RenderableType:
    """One finding: what, where, why it matters to whom, what to do."""
    word = outcome(item)
    name = item.urn.rpartition("::")[2]
    title = Text.assemble(
        (word, _STYLES.get(word, "dim")), " ", (item.rule, "bold"), f"  {name}", (f"  {item.path}", "dim")
    )
    lines = [Text(item.message)]
    lines += [Text.assemble((f"{label} ", "dim"), str(site)) for label, site in _sites(item)]
    lines.append(Text.assemble(("remedy ", "dim"), item.remedy))
    lines.append(Text.assemble(("clause ", "dim"), ", ".join(item.clauses)))
    if item.statement:
        lines.append(Text.assemble(("stated ", "dim"), item.statement))
    return Group(title, Padding(Group(*lines), (0, 0, 0, 4)))


def _sites(item: Finding) -> Iterator[tuple[str, object]]:
    if item.declared_at:
        yield "declared", item.declared_at
    if item.built_at and item.built_at != item.declared_at:
        yield "built   ", item.built_at


def render(
    verdicts: Iterable[Verdict], *, allow_unjudged: bool = False, show_stated: bool = False
) -> Iterator[RenderableType]:
    """Each stack: its line, then its findings; facts that rest on a person's word only when asked for."""
    for verdict in verdicts:
        yield summary(verdict, allow_unjudged=allow_unjudged)
        order = sorted(verdict.findings, key=lambda item: (not item.blocks, item.rule, item.urn, item.path))
        for item in order:
            if item.statement is None or show_stated:
                yield Padding(finding(item), (0, 0, 0, 2))
        for unjudged in verdict.unjudged:
            yield Padding(
                Text.assemble(("unjudged", "bold magenta"), f"  {unjudged.urn.rpartition('::')[2]}  {unjudged.type}"),
                (0, 0, 0, 2),
            )
