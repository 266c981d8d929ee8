"""What auditors declare, read from TOML: independent of what a stack says of itself.

The catalogue of clauses is always the one that comes with the judge. All else is the judged project's own, from its
`policies/declared`: a project that declares nothing there is judged without it, never by somebody else's.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeVar

import msgspec
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from baseline.clauses import Clause, Text
from baseline.estate import prefixes
from baseline.estate.terms import Period, Terms
from baseline.judge import NOT_OBSERVABLE, Finding, Verdict
from baseline.sources.project import BadInput

FOLDER: Final = Path("policies", "declared")
_CATALOGUE: Final = Path(__file__).parents[1] / "declared" / "clauses.toml"

# For people who do not program: what is wrong and what to write, by pydantic's name of the mistake.
_WORDS: Final = {
    "missing": "is missing: add it",
    "extra_forbidden": "there is no such key: correct its name or remove it",
    "tuple_type": 'wanted a list, such as ["DE", "FI"]',
    "too_short": "is empty: wanted one or more",
    "string_type": "wanted text in quotes",
    "string_too_short": "is empty: write some words",
    "string_pattern_mismatch": "wanted the twelve digits of an AWS account, in quotes",
    "int_type": "wanted a whole number without quotes",
    "date_type": "wanted a date without quotes, such as 2026-11-23",
    "date_from_datetime_parsing": "wanted a date without quotes, such as 2026-11-23",
}

T = TypeVar("T")


def _country(code: str) -> str:
    import pycountry

    if pycountry.countries.get(alpha_2=code) is None or code != code.upper():
        raise ValueError(f"{code!r} is no ISO 3166-1 alpha-2 code, such as DE")
    return code


def _network(text: str) -> str:
    prefixes.span(text)
    return text


def _narrow(networks: tuple[str, ...]) -> tuple[str, ...]:
    if prefixes.merged_internet(networks):
        raise ValueError("together they open the internet; name the networks of those who administer")
    return networks


Country = Annotated[str, AfterValidator(_country)]
Network = Annotated[str, AfterValidator(_network)]
Days = Annotated[StrictInt, Field(ge=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Residency(_Entry):
    """The countries in which all data of a stack may lie."""

    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    reason: Text


class Administration(_Entry):
    """The networks from which the hosts of a stack may be administered; none where they need no open port."""

    networks: Annotated[tuple[Network, ...], AfterValidator(_narrow)]
    reason: Text


class Retention(_Entry):
    """The period of a class of data, in days: at least `floor` full ones, and gone before day `ceiling` ends."""

    floor: Days
    ceiling: Days
    reason: Text

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if self.floor > self.ceiling:
            raise ValueError(f"the floor of {self.floor} days is above the ceiling of {self.ceiling}")
        return self


class Account(_Entry):
    """Where a stack lives: one AWS account or one Hetzner project."""

    aws: Annotated[str, Field(pattern="^[0-9]{12}$")] | None = None
    hetzner: Text | None = None

    @property
    def name(self) -> str:
        """The account's number or the project's name."""
        return self.aws or self.hetzner or ""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.aws is None) == (self.hetzner is None):
            raise ValueError("name either aws or hetzner")
        return self


class Mailbox(_Entry):
    """An address that may be told of findings, and where its mailbox is kept."""

    country: Country
    owner: Text
    date: datetime.date


class Statement(_Entry):
    """What a person says because no source shows it: it answers for what a rule cannot observe, until its review."""

    rule: Text
    types: Annotated[tuple[Text, ...], Field(min_length=1)]  # of resources, as Pulumi calls them
    stacks: Annotated[tuple[Text, ...], Field(min_length=1)]
    owner: Text
    date: datetime.date
    review_by: datetime.date
    text: Text

    @model_validator(mode="after")
    def _reviewed_within_a_year(self) -> Self:
        if not datetime.timedelta(0) < self.review_by - self.date <= datetime.timedelta(days=366):
            raise ValueError("review_by must come after the date, by a year at most")
        return self

    @property
    def words(self) -> str:
        """Who says it, until when, and what."""
        return f"{self.owner}, until {self.review_by}: {self.text}"

    def answers(self, finding: Finding, stack: str) -> bool:
        """Whether it is about this finding, current or not."""
        return (
            finding.outcome == NOT_OBSERVABLE
            and finding.rule == self.rule
            and finding.type in self.types
            and stack in self.stacks
        )


RetentionClass = Literal["backup", "service_log", "audit_log"]


@dataclass(frozen=True, kw_only=True)
class Declared:
    """Everything that auditors declare, by stack, class, address or id."""

    clauses: tuple[Clause, ...]
    residency: Mapping[str, Residency] = field(default_factory=dict)
    administration: Mapping[str, Administration] = field(default_factory=dict)
    retention: Mapping[RetentionClass, Retention] = field(default_factory=dict)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    notifications: Mapping[str, Mailbox] = field(default_factory=dict)
    statements: Mapping[str, Statement] = field(default_factory=dict)

    def terms(self, stack: str, countries: frozenset[str] = frozenset()) -> Terms:
        """The terms for one stack; `countries` count only where its residency is not declared."""
        residency = self.residency.get(stack)
        administration = self.administration.get(stack)
        account = self.accounts.get(stack)
        return Terms(
            stack=stack,
            allowed_countries=frozenset(residency.countries) if residency else countries or None,
            administration=administration.networks if administration else (),
            account=account.name if account else None,
            accounts={name: each.name for name, each in self.accounts.items()},
            periods={name: Period(kept.floor, kept.ceiling) for name, kept in self.retention.items()},
            notification_countries={address: box.country for address, box in self.notifications.items()},
        )

    def answer(self, verdict: Verdict, today: datetime.date) -> Verdict:
        """The verdict with each finding that a current statement answers for marked by that statement's id."""
        findings = tuple(self._answered(finding, verdict.name, today) for finding in verdict.findings)
        return msgspec.structs.replace(verdict, findings=findings)

    def _answered(self, finding: Finding, stack: str, today: datetime.date) -> Finding:
        about = {name: each for name, each in self.statements.items() if each.answers(finding, stack)}
        for name, statement in about.items():
            if statement.date <= today <= statement.review_by:
                return msgspec.structs.replace(finding, statement=name)
        for name, statement in about.items():
            lapsed = f"the statement {name} was to be reviewed by {statement.owner} until {statement.review_by}"
            return msgspec.structs.replace(finding, message=f"{finding.message}; {lapsed}")
        return finding


def load(project: Path | None) -> Declared:
    """What the auditors of a project declare. Raises BadInput that names every mistake of every file with its key."""
    problems: list[str] = []
    read = _Reader(project / FOLDER if project else None, problems.append)
    declared = Declared(
        clauses=catalogue(),
        residency=read("residency", dict[str, Residency]),
        administration=read("administration", dict[str, Administration]),
        retention=read("retention", dict[RetentionClass, Retention]),
        accounts=read("accounts", dict[str, Account]),
        notifications=read("notifications", dict[str, Mailbox]),
        statements=read("statements", dict[str, Statement]),
    )
    problems += (*read.strangers(), *_contradictions(declared, (project or Path()) / FOLDER))
    if problems:
        raise BadInput(
            "\n".join(["what auditors declare cannot be read; correct:", *(f"  {text}" for text in problems)])
        )
    return declared


@lru_cache(maxsize=1)
def catalogue() -> tuple[Clause, ...]:
    """The clauses of the published policy, in its order. Raises BadInput for a catalogue that cannot be read."""
    problems: list[str] = []
    read = _Reader(_CATALOGUE.parent, problems.append)
    clauses = read("clauses", dict[Literal["clause"], tuple[Clause, ...]]).get("clause", ())
    numbers = [clause.number for clause in clauses]
    problems += (
        f"clauses.toml: {number} comes twice" for number in sorted({n for n in numbers if numbers.count(n) > 1})
    )
    if problems or not clauses:
        raise BadInput("\n".join(problems or ["clauses.toml: it has no clause"]))
    return clauses


class _Reader:
    """Reads the tables of one folder; an absent one is empty, and what is wrong is reported, not raised."""

    def __init__(self, folder: Path | None, report: Callable[[str], None]) -> None:
        self._folder = folder if folder and folder.is_dir() else None
        self._report = report
        self._known = {"clauses"}

    def __call__(self, name: str, table: type[dict[Any, T]]) -> dict[Any, T]:
        self._known.add(name)
        path = self._folder / f"{name}.toml" if self._folder else None
        if path is None or not path.exists():
            return {}
        try:
            return TypeAdapter(table).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            self._report(f"{path}: {error}")
        except ValidationError as error:
            for problem in error.errors():
                if problem["type"] == "too_short" and problem["input"]:
                    continue  # only because each of its items is refused, which is said already
                key = ".".join(str(part) for part in problem["loc"])
                said = _WORDS.get(problem["type"], problem["msg"].removeprefix("Value error, "))
                self._report(f"{path}: {key}: {said}")
        return {}

    def strangers(self) -> Iterator[str]:
        """A misspelt file would be an empty declaration, so every table has to be known."""
        for path in sorted(self._folder.glob("*.toml")) if self._folder else ():
            if path.stem not in self._known:
                yield f"{path}: no such declaration; there are {', '.join(sorted(self._known))}"


def _contradictions(declared: Declared, folder: Path) -> Iterator[str]:
    """A misspelt stack would be an entry for nobody, so each has to be one whose residency is declared."""
    named = [
        *(("administration.toml", stack, stack) for stack in declared.administration),
        *(("accounts.toml", stack, stack) for stack in declared.accounts),
        *(("statements.toml", key, stack) for key, each in declared.statements.items() for stack in each.stacks),
    ]
    for file, key, stack in named:
        if declared.residency and stack not in declared.residency:
            yield f"{folder / file}: {key}: residency.toml knows no stack {stack}"
    # No source shows the project of a token, so what two stacks share at Hetzner is seen here or never.
    owners: dict[str, str] = {}
    for stack, account in sorted(declared.accounts.items()):
        if (first := owners.setdefault(account.name, stack)) != stack:
            yield f"{folder / 'accounts.toml'}: {stack}: {account.name} is the account of {first} already"
