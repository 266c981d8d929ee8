"""The command line: `baseline check`, `show`, `rules`, `explain`, `graph`, `clauses`.

Nothing slow is imported before a command needs it: help, rules and bad usage answer without any SDK.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

app = typer.Typer(
    name="baseline",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Judges what a Pulumi program declares against the published promises, before anything is deployed.\n\n"
    "Needs no cloud account, no engine and no network.\n\n"
    "[bold]Exit codes[/bold]  0 every promise is kept · 1 a promise is broken or cannot be decided · "
    "2 bad input or usage · 3 a rule broke.",
)


class Format(StrEnum):
    """How a verdict is written."""

    text = "text"
    json = "json"


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
StackArgument = Annotated[str, typer.Argument(metavar="STACK", help="The stack.", autocompletion=_project_stacks)]
ProjectOption = Annotated[
    Path,
    typer.Option(
        "--project",
        metavar="DIR",
        help="Folder of anyone's Pulumi Python project: where Pulumi.yaml is.",
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


@app.command()
def check(
    stacks: StacksArgument = None,
    project: ProjectOption = Path(),
    format_: Annotated[Format, typer.Option("--format", help="text for people, json for machines.")] = Format.text,
    output: OutputOption = None,
    allow_countries: CountriesOption = None,
    allow_unjudged: Annotated[
        bool, typer.Option("--allow-unjudged", help="Do not fail on resources of types that no adapter knows.")
    ] = False,
    stated: Annotated[bool, typer.Option("--stated", help="Also list what rests on a person's word.")] = False,
) -> None:
    """Judge stacks against every rule.

    Runs each stack's program in a process of its own, as Pulumi would at preview, and judges what it registers.

    [bold]Examples[/bold]

      baseline check                      every stack of this project

      baseline check hetzner-de --format json --output verdict.json

      baseline check --project ../other --allow-countries DE,FI
    """
    from baseline.reports import json, text
    from baseline.surfaces.session import Session, verdict

    session = Session.open(project, allow_countries)
    named = session.named(stacks or ())
    _remark(session.ignored_countries(named))
    outcomes = _with_progress(session, named)
    verdicts = [verdict(outcome) for outcome in outcomes if not outcome.exit_code]
    failures = [(outcome.stack, outcome.message) for outcome in outcomes if outcome.exit_code]
    if format_ is Format.json:
        _write(json.render(verdicts, failures), output)
    else:
        words = {name: each.words for name, each in session.declared.statements.items()} if stated else None
        _print(text.render(verdicts, allow_unjudged=allow_unjudged, statements=words), output)
    _complain_of(failures, alone=len(outcomes) == 1)
    violated = any(item.violated(allow_unjudged=allow_unjudged) for item in verdicts)
    raise typer.Exit(max([outcome.exit_code for outcome in outcomes] + [int(violated)]))


@app.command()
def show(stack: StackArgument, project: ProjectOption = Path(), allow_countries: CountriesOption = None) -> None:
    """Show one stack as a picture: who may reach what, where data lies, what nobody can observe."""
    from baseline.reports import picture
    from baseline.surfaces.session import Session

    session = Session.open(project, allow_countries)
    _remark(session.ignored_countries(session.named([stack])))
    estate, verdict = session.judged(stack)
    _print(picture.render(estate, verdict), None)


@app.command()
def graph(stack: StackArgument, project: ProjectOption = Path(), output: OutputOption = None) -> None:
    """Write what a stack's program registers, as JSON: types, names, inputs, references, lines."""
    import msgspec

    from baseline.graph import encode
    from baseline.surfaces.session import Session

    session = Session.open(project, None)
    _write(msgspec.json.format(encode(session.recorded(*session.named([stack]))), indent=2) + b"\n", output)


@app.command()
def rules() -> None:
    """List every rule: its theme, its level, what it finds, the clauses behind it."""
    from rich.table import Column, Table

    from baseline.rule import all_rules

    # In a narrow terminal a name goes on in the next line: half of one could not be explained.
    table = Table("theme", Column("rule", overflow="fold"), "level", "finds", "clauses")
    for rule in all_rules():
        table.add_row(rule.theme, rule.id, rule.level, rule.title, ", ".join(rule.clauses))
    _print([table], None)


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule's name.", autocompletion=_rule_names)],
) -> None:
    """Explain one rule: why it exists, what to do, and examples of what it finds and what it lets pass."""
    from rich.markdown import Markdown

    from baseline.reports.manual import page
    from baseline.rule import all_rules

    found = {item.id: item for item in all_rules()}
    if rule not in found:
        _fail(f"{rule}: no such rule. `baseline rules` lists them.{_nearest(rule, list(found))}")
    _print([Markdown(page(found[rule]))], None)


@app.command()
def clauses(
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
    """List the published promises and what enforces each; with --text say where a policy's text has changed."""
    from baseline.clauses import compare
    from baseline.reports import promises
    from baseline.sources.declared import catalogue

    if text is None:
        _print([promises.render(catalogue())], None)
        return
    try:
        differences = compare(text.read_text(encoding="utf-8"), catalogue())
    except (OSError, ValueError) as error:
        _fail(
            f"--text {text}: {getattr(error, 'strerror', None) or error}. Name a file with the policy's text in UTF-8."
        )
    _print([str(item) for item in differences] or ["The text and the catalogue agree, clause by clause."], None)
    raise typer.Exit(1 if differences else 0)


def _with_progress(session: Any, stacks: list[str]) -> list[Any]:
    """Runs the stacks; on a terminal a line says what is being judged. The order is that of the names."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = _console(stderr=True)
    columns = (TextColumn("judging"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("loading the provider SDKs", total=len(stacks))
        outcomes = []
        for outcome in session.judge_all(stacks):
            outcomes.append(outcome)
            progress.update(task, advance=1, description=outcome.stack)
    return sorted(outcomes, key=lambda outcome: stacks.index(outcome.stack))


def _console(*, stderr: bool = False, file: Any = None) -> Console:
    from rich.console import Console

    stream = file or (sys.stderr if stderr else sys.stdout)
    width = None if stream.isatty() else 160
    return Console(file=stream, width=width, highlight=False, soft_wrap=not stream.isatty())


def _print(parts: Any, output: Path | None) -> None:
    """Prints renderables, in colour only on a terminal."""
    if output is None:
        _each(_console(), parts)
        return
    with _opened(output, "w") as file:
        _each(_console(file=file), parts)


def _each(console: Console, parts: Any) -> None:
    part: RenderableType
    for part in parts:
        console.print(part)


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
        return
    with _opened(output, "wb") as file:
        file.write(data)


def _opened(path: Path, mode: str) -> Any:
    try:
        return path.open(mode)
    except OSError as error:
        _fail(f"--output {path}: {error.strerror}. Name a file in a folder that exists and that you may write to.")


def _nearest(word: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    return f" Did you mean {close[0]}?" if close else ""


def _remark(message: str) -> None:
    """What changes no exit code, where there is anything to say."""
    if message:
        _console(stderr=True).print(message, style="yellow", markup=False)


def _complain(message: str) -> None:
    _console(stderr=True).print(message, style="bold red", markup=False)


def _complain_of(failures: list[tuple[str, str]], *, alone: bool) -> None:
    """Each message once, behind the stacks that it is about unless only one was asked for."""
    for message in dict.fromkeys(message for _, message in failures):
        stacks = ", ".join(stack for stack, said in failures if said == message)
        _complain(message if alone else f"{stacks}: cannot be judged\n{message}")


def _fail(message: str) -> NoReturn:
    _complain(message)
    raise typer.Exit(2)


def main() -> None:
    """The console script: bad input ends in one message and exit code 2, a broken rule in exit code 3."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe went away: there is nobody left to tell
    except OSError as error:
        _complain(f"the output cannot be written: {error.strerror}")
        os._exit(2)  # what is still in the buffer cannot be written either
    except Exception as error:
        code = getattr(error, "exit_code", None)
        if code is None:
            raise
        _complain(str(error))
        sys.exit(code)


if __name__ == "__main__":
    main()
