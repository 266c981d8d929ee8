"""The command line: `baseline check`, `show`, `graph`, `rules`, `explain`, `clauses`, `recover`, `retire`.

Nothing slow is imported before a command needs it: help, rules and bad usage answer without any SDK.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from baseline.surfaces import unfinished
from baseline.surfaces.help import Flowing
from baseline.surfaces.terminal import Format, complain, complain_of, console, fail, nearest, remark, say, write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from baseline.graph import Graph
    from baseline.judge import Verdict
    from baseline.surfaces.session import Document, Session
    from baseline.surfaces.workers import Outcome

app = typer.Typer(
    name="baseline",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Judges what a Pulumi program declares, would change, or has deployed against the published promises.\n\n"
    "Needs no cloud account, no engine and no network.\n\n"
    "[bold]Exit codes[/bold]  0 every promise is kept · 1 a promise is broken or cannot be decided · "
    "2 bad input or usage · 3 a rule broke.",
)


def _project_stacks(context: typer.Context, incomplete: str) -> list[str]:
    """Completes the names of the stacks of the project at hand."""
    from baseline.sources.project import BadInput, open_project

    try:
        project = open_project(context.params.get("project") or Path())
    except BadInput:
        return []
    return [name for name in project.stacks if name.startswith(incomplete)]


def _rule_names(incomplete: str) -> list[str]:
    from baseline.rule import all_rules

    return [rule.id for rule in all_rules() if rule.id.startswith(incomplete)]


StacksArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="STACK",
        help="Stacks to judge; all that have a file when none is named.",
        autocompletion=_project_stacks,
    ),
]
ClausesStacksArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="STACK", help="Stacks in which each promise is looked at.", autocompletion=_project_stacks),
]
StackArgument = Annotated[
    str | None,
    typer.Argument(metavar="[STACK]", help="The stack, unless a file is named.", autocompletion=_project_stacks),
]
PreviewOption = Annotated[
    list[str] | None,
    typer.Option(
        "--preview",
        metavar="FILE",
        help="What `pulumi preview --json --show-sames` wrote, in any language; - reads a pipe. May be repeated.",
    ),
]
StateOption = Annotated[
    list[str] | None,
    typer.Option(
        "--state",
        metavar="FILE",
        help="What `pulumi stack export` wrote; - reads a pipe. May be repeated.",
    ),
]
ProjectOption = Annotated[
    Path,
    typer.Option(
        "--project",
        metavar="DIR",
        help="Folder of anyone's Pulumi project: where Pulumi.yaml is, and policies/declared.",
        file_okay=False,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help="Write there instead of to the terminal.", dir_okay=False),
]
CountriesOption = Annotated[
    str | None,
    typer.Option(
        "--allow-countries",
        metavar="DE,FI",
        help="Where data may lie, for stacks of which policies/declared/residency.toml says nothing.",
    ),
]


@app.command(cls=Flowing)
def check(
    stacks: StacksArgument = None,
    project: ProjectOption = Path(),
    preview: PreviewOption = None,
    state: StateOption = None,
    format_: Annotated[Format, typer.Option("--format", help="text for people, json for machines.")] = Format.text,
    output: OutputOption = None,
    allow_countries: CountriesOption = None,
    allow_unjudged: Annotated[
        bool, typer.Option("--allow-unjudged", help="Do not fail on resources of types that no adapter knows.")
    ] = False,
    stated: Annotated[bool, typer.Option("--stated", help="Also list what rests on a person's word.")] = False,
) -> None:
    """Judge stacks against every rule.

    Runs each stack's program in a process of its own, as Pulumi would at preview, and judges what it registers. Or
    judges what Pulumi itself wrote, of programs in any language: with --preview also what that would delete, replace
    or switch off.

    [bold]Examples[/bold]

      baseline check                      every stack of this project

      baseline check hetzner-de --format json --output verdict.json

      baseline check --project ../other --allow-countries DE,FI

      pulumi preview --json --show-sames | baseline check --preview -

      baseline check --state production.json --state staging.json
    """
    from baseline.reports import json, text

    session, judging = _judging(stacks, project, preview, state, allow_countries)
    if format_ is Format.json:
        write(json.render(judging.verdicts, judging.failures), output)
    else:
        words = {name: each.words for name, each in session.declared.statements.items()} if stated else None
        say(text.render(judging.verdicts, allow_unjudged=allow_unjudged, statements=words), output)
    judging.end(allow_unjudged=allow_unjudged)


@app.command(cls=Flowing)
def show(
    stack: StackArgument = None,
    project: ProjectOption = Path(),
    preview: PreviewOption = None,
    state: StateOption = None,
    allow_countries: CountriesOption = None,
) -> None:
    """Show one stack as a picture: who may reach what, where data lies, what nobody can observe."""
    from baseline.reports import picture
    from baseline.surfaces.session import Session

    session = Session.open(project, allow_countries)
    estate, verdict = session.judged(_graph(session, stack, preview, state))
    say(picture.render(estate, verdict), None)


@app.command(cls=Flowing)
def graph(
    stack: StackArgument = None,
    project: ProjectOption = Path(),
    preview: PreviewOption = None,
    state: StateOption = None,
    output: OutputOption = None,
) -> None:
    """Write what a stack's program registers, as JSON: types, names, inputs, references, lines."""
    import msgspec

    from baseline.graph import encode
    from baseline.surfaces.session import Session

    found = _graph(Session.open(project, None), stack, preview, state)
    write(msgspec.json.format(encode(found), indent=2) + b"\n", output)


@app.command(cls=Flowing)
def rules() -> None:
    """List every rule: its theme, its level, what it finds, the clauses behind it."""
    from baseline.reports.layout import Rows
    from baseline.rule import all_rules

    table = Rows("", "theme", "rule", "level", "finds", "clauses", names=("rule", "theme", "level"))
    for rule in all_rules():
        table.add(rule.theme, rule.id, rule.level, rule.title, ", ".join(rule.clauses))
    say([table], None)


@app.command(cls=Flowing)
def explain(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule's name.", autocompletion=_rule_names)],
) -> None:
    """Explain one rule: why it exists, what to do, and examples of what it finds and what it lets pass."""
    from rich.markdown import Markdown

    from baseline.reports.manual import page
    from baseline.rule import all_rules

    found = {item.id: item for item in all_rules()}
    if rule not in found:
        fail(f"{rule}: no such rule. `baseline rules` lists them.{nearest(rule, list(found))}")
    say([Markdown(page(found[rule]))], None)


@app.command(cls=Flowing)
def clauses(
    stacks: ClausesStacksArgument = None,
    project: ProjectOption = Path(),
    preview: PreviewOption = None,
    state: StateOption = None,
    format_: Annotated[Format, typer.Option("--format", help="text for people, json for machines.")] = Format.text,
    output: OutputOption = None,
    allow_countries: CountriesOption = None,
    text: Annotated[
        Path | None,
        typer.Option(
            "--text",
            metavar="FILE",
            help="The published policy as text: compare it with the catalogue.",
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """List the published promises and what enforces each; of stacks, what holds each of them there.

    With stacks or files, each clause is answered by the passes of its rules, by the statements of people, by the
    findings against it, and by naming the rules that had nothing to judge. With --text it says where the text of the
    policy has changed.

    [bold]Examples[/bold]

      baseline clauses

      baseline clauses hetzner-de --format json --output evidence.json

      baseline clauses --text policy.txt
    """
    from baseline.reports import answers, promises
    from baseline.sources.declared import catalogue

    asked = bool(stacks or preview or state)
    if text is not None:
        if asked or format_ is Format.json:
            fail("--text compares the policy's text with the catalogue: name no stack, file or format beside it.")
        _compared(text)
    if not asked:
        if format_ is Format.json:
            fail("--format json: name the stacks, or a file with --preview or --state, of which it shall be.")
        say([promises.render(catalogue())], output)
        return
    session, judging = _judging(stacks, project, preview, state, allow_countries)
    if format_ is Format.json:
        write(answers.document(judging.verdicts, catalogue(), judging.failures), output)
    else:
        words = {name: f"{each.owner}, until {each.review_by}" for name, each in session.declared.statements.items()}
        say(answers.render(judging.verdicts, catalogue(), words), output)
    judging.end()


def _compared(text: Path) -> NoReturn:
    """Says where a text and the catalogue differ."""
    from baseline.clauses import compare
    from baseline.reports.layout import Line
    from baseline.sources.declared import catalogue

    try:
        differences = compare(text.read_text(encoding="utf-8"), catalogue())
    except (OSError, ValueError) as error:
        fail(
            f"--text {text}: {getattr(error, 'strerror', None) or error}. Name a file with the policy's text in UTF-8."
        )
    agreed = "The text and the catalogue agree, clause by clause."
    say(map(Line, map(str, differences) if differences else [agreed]), None)
    raise typer.Exit(1 if differences else 0)


app.command(cls=Flowing)(unfinished.recover)
app.command(cls=Flowing)(unfinished.retire)


@dataclass(frozen=True)
class _Judging:
    """What came of stacks or files: a verdict of each, or why there is none."""

    outcomes: list[Outcome]
    verdicts: list[Verdict]
    failures: list[tuple[str, str]]

    def end(self, *, allow_unjudged: bool = False) -> NoReturn:
        """Complains of what could not be judged, and ends with the exit code of the worst."""
        from baseline.sources.files import called

        complain_of([(called(name), message) for name, message in self.failures], alone=len(self.outcomes) == 1)
        violated = any(item.violated(allow_unjudged=allow_unjudged) for item in self.verdicts)
        raise typer.Exit(max([outcome.exit_code for outcome in self.outcomes] + [int(violated)]))


def _judging(
    stacks: list[str] | None,
    project: Path,
    previews: list[str] | None,
    states: list[str] | None,
    allow_countries: str | None,
) -> tuple[Session, _Judging]:
    """Judges the stacks or files that are named, or else every stack."""
    from baseline.surfaces.session import Session, verdict

    session = Session.open(project, allow_countries)
    documents = _documents(previews, states, stacks)
    if documents:
        outcomes = _with_progress(session.judge_documents(documents), [document.file for document in documents])
    else:
        named = session.named(stacks or ())
        remark(session.ignored_countries(named))
        outcomes = _with_progress(session.judge_all(named), named)
    verdicts = [verdict(outcome) for outcome in outcomes if not outcome.exit_code]
    failures = [(outcome.stack, outcome.message) for outcome in outcomes if outcome.exit_code]
    return session, _Judging(outcomes, verdicts, failures)


def _documents(previews: list[str] | None, states: list[str] | None, stacks: list[str] | None) -> list[Document]:
    """The files that the options name. A pipe can be read once, and a file is no stack of the project."""
    from baseline.sources.files import called
    from baseline.surfaces.session import Document

    named = [("preview", file) for file in previews or ()] + [("state", file) for file in states or ()]
    names = [file for _, file in named]
    if named and stacks:
        fail(f"{', '.join(stacks)}: name either stacks or files: a file says itself which stack it is of.")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        fail(f"{', '.join(map(called, twice))}: named twice.")
    return [Document.named(kind, file) for kind, file in named]


def _graph(session: Session, stack: str | None, previews: list[str] | None, states: list[str] | None) -> Graph:
    """What one stack's program registers, or what one file shows."""
    documents = _documents(previews, states, [stack] if stack else None)
    if len(documents) + bool(stack) != 1:
        fail("Name one stack, or one file with --preview or --state.")
    if documents:
        return session.shown(documents[0])
    named = session.named([stack] if stack else ())
    remark(session.ignored_countries(named))
    return session.recorded(*named)


def _with_progress(judging: Iterable[Outcome], names: list[str]) -> list[Outcome]:
    """Runs the stacks; on a terminal a line says what is being judged. The order is that of the names."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    screen = console(stderr=True)
    columns = (TextColumn("judging"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("loading", total=len(names))
        outcomes = []
        for outcome in judging:
            outcomes.append(outcome)
            progress.update(task, advance=1, description=outcome.stack)
    return sorted(outcomes, key=lambda outcome: names.index(outcome.stack))


def main() -> None:
    """The console script: bad input ends in one message and exit code 2, a broken rule in exit code 3."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe went away: there is nobody left to tell
    except OSError as error:
        complain(f"the output cannot be written: {error.strerror}")
        os._exit(2)  # what is still in the buffer cannot be written either
    except Exception as error:
        code = getattr(error, "exit_code", None)
        if code is None:
            raise
        complain(str(error))
        sys.exit(code)


if __name__ == "__main__":
    main()
