"""Reads the file of a stack: its Environment, the line of each field, and each problem at its own line."""

from __future__ import annotations

import ast
import runpy
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import FunctionType, MappingProxyType
from typing import NamedTuple, ParamSpec, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from stacks.environment import Aws, Environment, Hetzner

P = ParamSpec("P")
T = TypeVar("T")

STACKS = Path(__file__).resolve().parent
"""Where each stack has `<stack>.py`, hyphens as underscores, and `Pulumi.<stack>.yaml`."""


class Problem(NamedTuple):
    """One thing that is wrong with a declaration; it prints as one line."""

    file: Path
    line: int
    field: str
    what: str

    def __str__(self) -> str:
        return f"{self.file.parent.name}/{self.file.name}:{self.line}: {self.field}: {self.what}"


class InvalidDeclaration(ValueError):
    """A stack's file declares no environment that can be deployed; the text has a line for each problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class UnknownStack(LookupError):
    """No file declares a stack of that name; the text names those that are declared."""

    def __init__(self, stack: str) -> None:
        super().__init__(f"{stack!r} is no stack of this project: name one of {', '.join(known_stacks())}")


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """An environment, and the line of its file that declares each field (`backup` and `backup.to` alike)."""

    environment: Environment
    file: Path
    lines: Mapping[str, int]

    def build(self, field: str, component: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `component` as if from the line that declares `field`; KeyError if that is not declared.

        Pulumi records the Python stack of each registration. The frame put on it here carries the declaring
        line into every recording, preview and state, so that a finding names the line that has to change.
        """
        if field not in self.lines:
            raise KeyError(f"{self.file.name} declares no field {field!r}: name one of {', '.join(self.lines)}")
        call = compile("\n" * (self.lines[field] - 1) + "component(*args, **kwargs)", str(self.file), "eval")
        built: T = FunctionType(call, {"component": component, "args": args, "kwargs": kwargs})()
        return built


def known_stacks() -> tuple[str, ...]:
    """The stacks that have a Pulumi.<stack>.yaml."""
    return tuple(sorted(path.name.split(".")[1] for path in STACKS.glob("Pulumi.*.yaml")))


def load(stack: str) -> Declaration:
    """The declaration of a stack; InvalidDeclaration, UnknownStack, or whatever else its file raises.

    The other stacks are read too, because two that share an account, a project or a state harm each other
    as soon as one is deployed, and no later check comes in time. It costs milliseconds. What is wrong with
    another stack alone is not reported here: it must not keep this one from being deployed.
    """
    if stack not in known_stacks():
        raise UnknownStack(stack)
    mine = read(_file(stack), stack)
    shared = [problem for problem in conflicts([mine, *_others(stack)]) if problem.file == mine.file]
    if shared:
        raise InvalidDeclaration(shared)
    return mine


def read(file: Path, stack: str) -> Declaration:
    """The declaration in one file, by itself; InvalidDeclaration, or whatever else the file raises."""
    lines = _field_lines(file)
    problems: list[Problem] = []
    environment = None
    try:
        environment = runpy.run_path(str(file)).get("ENVIRONMENT")
    except ValidationError as refused:
        problems = [problem for error in refused.errors() for problem in _problems(error, file, lines)]
    if problems:
        # Raised out here, so that pydantic's own report does not hang on as the context of this one.
        raise InvalidDeclaration(problems)
    if not isinstance(environment, Environment):
        raise InvalidDeclaration(
            [Problem(file, 1, "ENVIRONMENT", "not declared: write ENVIRONMENT = Environment(...)")]
        )
    if environment.name != stack:
        what = f"{environment.name!r} is not the stack that this file declares: write {stack!r}"
        raise InvalidDeclaration([Problem(file, lines["name"], "name", what)])
    return Declaration(environment=environment, file=file, lines=lines)


def conflicts(declarations: Iterable[Declaration]) -> tuple[Problem, ...]:
    """What two environments share although each needs one of its own, told to both of them."""
    return tuple(
        problem
        for one, other in combinations(declarations, 2)
        for field, what in _shared(one.environment, other.environment)
        for mine, theirs in ((one, other), (other, one))
        for problem in [_conflict(mine, theirs, field, what)]
    )


def _shared(one: Environment, other: Environment) -> Iterator[tuple[str, str]]:
    if isinstance(one.cloud, Aws) and isinstance(other.cloud, Aws) and one.cloud.account == other.cloud.account:
        yield "cloud.account", f"account {one.cloud.account}"
    if isinstance(one.cloud, Hetzner) and isinstance(other.cloud, Hetzner) and one.cloud.project == other.cloud.project:
        yield "cloud.project", f"project {one.cloud.project}"
    if one.network.overlaps(other.network):
        yield "network", f"addresses ({one.network} and {other.network})"
    if one.zone == other.zone:
        yield "zone", f"zone {one.zone}"
    for name in sorted({*one.domain_names} & {*other.domain_names}):
        yield "domain_names", f"domain name {name}"
    for key in sorted({*one.backup.recipients} & {*other.backup.recipients}):
        yield "backup.recipients", f"recipient of backups {key}"
    if one.state.backend == other.state.backend:
        yield "state.backend", f"state {one.state.backend}"


def _conflict(mine: Declaration, theirs: Declaration, field: str, what: str) -> Problem:
    line = _line(mine.lines, field)
    return Problem(mine.file, line, field, f"{theirs.environment.name} has the same {what}: give each its own")


def _file(stack: str) -> Path:
    return STACKS / f"{stack.replace('-', '_')}.py"


def _others(stack: str) -> Iterator[Declaration]:
    for other in known_stacks():
        if other != stack:
            # A file that cannot be read answers for itself when its own stack is loaded, with its own lines.
            with suppress(Exception):
                yield read(_file(other), other)


def _field_lines(file: Path) -> Mapping[str, int]:
    """Line of each field by its dotted path, and of the declaration itself by the empty path."""
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "ENVIRONMENT" for target in statement.targets
        ):
            return MappingProxyType({"": statement.lineno, **dict(_lines_below("", statement.value))})
    return MappingProxyType({"": 1})


def _lines_below(path: str, value: ast.expr) -> Iterator[tuple[str, int]]:
    below: list[tuple[str, int, ast.expr]] = []
    if isinstance(value, ast.Call):
        below = [(word.arg, word.lineno, word.value) for word in value.keywords if word.arg is not None]
    elif isinstance(value, ast.Tuple | ast.List):
        below = [(str(index), item.lineno, item) for index, item in enumerate(value.elts)]
    for name, line, inner in below:
        inner_path = f"{path}.{name}".lstrip(".")
        yield inner_path, line
        yield from _lines_below(inner_path, inner)


def _line(lines: Mapping[str, int], field: str) -> int:
    """The line of a field, or of the nearest field around it that is written out."""
    while field not in lines:
        field = field.rpartition(".")[0]
    return lines[field]


def _problems(error: ErrorDetails, file: Path, lines: Mapping[str, int]) -> Iterator[Problem]:
    # Pydantic puts the kind of cloud into the path; nobody writes it in a stack's file.
    steps = [str(step) for at, step in enumerate(error["loc"]) if at != 1 or error["loc"][0] != "cloud"]
    for at, what in _said(error):
        field = ".".join([*steps, at] if at else steps)
        yield Problem(file, _line(lines, field), field, what)


def _said(error: ErrorDetails) -> list[tuple[str, str]]:
    match error["type"]:
        case "refused":
            return [(refusal.at, f"{refusal.what}: {refusal.remedy}") for refusal in error["ctx"]["refusals"]]
        case "missing":
            return [("", "not declared: add it")]
        case "extra_forbidden":
            return [("", "there is no such field: correct its name or remove it")]
        case _:
            return [("", f"{error['msg'][0].lower()}{error['msg'][1:]}: correct {error['input']!r}")]
