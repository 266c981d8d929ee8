"""What auditors declare: read with every mistake named, and turned into the terms of one stack."""

import datetime
from pathlib import Path

import pytest

from baseline.estate.terms import Period
from baseline.judge import Finding, Verdict
from baseline.sources.declared import Declared, Statement, load
from baseline.sources.project import BadInput
from stacks.declaration import known_stacks
from stacks.declaration import load as load_stack

ROOT = Path(__file__).parents[2]
OWN = load(ROOT)
STATEMENT = {
    "rule": "ddos_protection_unstated",
    "types": ["hcloud:index/server:Server", "pulumi:providers:hcloud"],
    "stacks": ["one"],
    "owner": "Head of Platform",
    "date": "2026-01-01",
    "review_by": "2026-12-31",
    "text": "It is always on.",
}


def _project(folder: Path, **files: str) -> Path:
    declared = folder / "policies" / "declared"
    declared.mkdir(parents=True)
    for name, text in files.items():
        (declared / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def _mistakes(folder: Path) -> list[str]:
    """The mistakes that loading names, without the folder and the headline."""
    with pytest.raises(BadInput) as error:
        load(folder)
    prefix = f"{folder / 'policies' / 'declared'}/"
    return [line.strip().removeprefix(prefix) for line in str(error.value).splitlines()[1:]]


def _finding(**changes: str) -> Finding:
    given = {
        "rule": "ddos_protection_unstated",
        "outcome": "not_observable",
        "type": "hcloud:index/server:Server",
        **changes,
    }
    return Finding(
        theme="network",
        level="error",
        urn="urn:pulumi:one::p::t::web-1",
        path="",
        message="nobody can see it",
        remedy="state it",
        clauses=("5.3.1 2)",),
        declared_at=None,
        built_at=None,
        **given,
    )


def _answered(finding: Finding, *, stack: str = "one", today: str = "2026-06-01") -> Finding:
    declared = Declared(clauses=(), statements={"always-on": Statement.model_validate(STATEMENT)})
    verdict = Verdict(name=stack, resources=1, findings=(finding,), passes=(), unjudged=(), not_exercised=())
    (answered,) = declared.answer(verdict, datetime.date.fromisoformat(today)).findings
    return answered


def test_every_stack_is_declared() -> None:
    """Each stack has its countries, its administrators, its account, and nobody else is declared."""
    assert set(OWN.residency) == set(OWN.administration) == set(OWN.accounts) == set(known_stacks())


@pytest.mark.parametrize("stack", known_stacks())
def test_auditors_and_engineers_agree(stack: str) -> None:
    """Both sides write down the account and the administrators, so that one wrong edit is found."""
    environment, terms = load_stack(stack).environment, OWN.terms(stack)
    assert {str(network) for network in environment.admin_networks} == set(terms.administration)
    cloud = environment.cloud
    assert terms.account == (cloud.project if cloud.kind == "hetzner" else cloud.account)
    assert {n.email: n.country for n in environment.notifications}.items() <= terms.notification_countries.items()


def test_terms_of_a_stack() -> None:
    """Residency, administrators, account and periods of one stack, and everybody's accounts."""
    terms = OWN.terms("hetzner-fi")
    assert terms.countries == {"FI", "DE"}
    assert terms.administration == ("203.0.113.0/28", "2001:db8:10::/64")
    assert terms.account == "shop-connections-hetzner-fi"
    assert terms.accounts["aws-us"] == "111122223333"
    assert terms.period("service_log") == Period(30, 31)
    assert terms.period("backup").ceiling < 400
    assert terms.notification_countries["security@us.ops.example"] == "US"


def test_countries_of_the_command_line_count_only_where_nothing_is_declared() -> None:
    """An option cannot widen what auditors declared."""
    assert OWN.terms("hetzner-de", frozenset({"US"})).countries == {"DE"}
    assert OWN.terms("somebody-else", frozenset({"US"})).countries == {"US"}
    assert OWN.terms("somebody-else").allowed_countries is None


def test_a_foreign_project_inherits_nothing_but_the_clauses(tmp_path: Path) -> None:
    """Somebody else's stack of the same name is not ours."""
    for foreign in (load(tmp_path), load(None)):
        terms = foreign.terms("hetzner-de")
        assert (terms.allowed_countries, terms.administration, terms.account, terms.periods) == (None, (), None, {})
        assert foreign.statements == {}
        assert foreign.clauses == OWN.clauses


def test_all_mistakes_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    """Every mistake comes with its file and its key."""
    project = _project(
        tmp_path,
        residency='[one]\ncountries = ["DE", "XX", "de"]\n[two]\nreason = "r"\n[three]\ncountries = []\nreason = "r"',
        administration='[one]\nnetworks = ["10.0.0/8"]\nreason = ""\nport = 22',
        retention='[backup]\nfloor = 40\nceiling = 35\nreason = "r"\n[logs]\nfloor = 1\nceiling = 2\nreason = "r"',
        accounts='[one]\naws = "123"\n[two]\nreason = "r"\naws = "123456789012"\nhetzner = "p"',
        notifications='["a@b.example"]\ncountry = "Germany"\nowner = "O"\ndate = "soon"',
        statements="[always-on]\nrule = 5",
        residencies="",
        waivers="=",
    )
    mistakes = _mistakes(project)
    for expected in (
        "residency.toml: one.countries.1: 'XX' is no ISO 3166-1 alpha-2 code",
        "residency.toml: one.countries.2: 'de' is no ISO 3166-1 alpha-2 code",
        "residency.toml: one.reason: is missing: add it",
        "residency.toml: two.countries: is missing",
        "residency.toml: three.countries: is empty: wanted one or more",
        "administration.toml: one.networks.0: '10.0.0/8' is no IP prefix",
        "administration.toml: one.reason: is empty: write some words",
        "administration.toml: one.port: there is no such key: correct its name or remove it",
        "retention.toml: backup: the floor of 40 days is above the ceiling of 35",
        "retention.toml: logs.[key]: Input should be 'backup', 'service_log' or 'audit_log'",
        "accounts.toml: one.aws: wanted the twelve digits of an AWS account",
        "accounts.toml: two.reason: there is no such key",
        "notifications.toml: a@b.example.country: 'Germany' is no ISO 3166-1 alpha-2 code",
        "notifications.toml: a@b.example.date: wanted a date without quotes",
        "statements.toml: always-on.rule: wanted text in quotes",
        "statements.toml: always-on.owner: is missing",
        "residencies.toml: no such declaration",
        "waivers.toml: no such declaration",
    ):
        assert [mistake for mistake in mistakes if mistake.startswith(expected)], (expected, mistakes)


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("residency", "[one", "residency.toml: Expected ']'"),
        (
            "residency",
            "[one]\ncountries = 5\nreason = 'r'",
            "residency.toml: one.countries: wanted a list, such as",
        ),
        ("accounts", "[one]\nhetzner = 'p'\naws = '123456789012'", "accounts.toml: one: name either aws or hetzner"),
        ("accounts", "[one]", "accounts.toml: one: name either aws or hetzner"),
        (
            "retention",
            "[backup]\nfloor = true\nceiling = 35\nreason = 'r'",
            "retention.toml: backup.floor: wanted a whole number",
        ),
        (
            "retention",
            "[backup]\nfloor = 0\nceiling = 35\nreason = 'r'",
            "retention.toml: backup.floor: Input should be",
        ),
        (
            "administration",
            '[one]\nnetworks = ["0.0.0.0/1"]\nreason = "r"',
            "administration.toml: one.networks: together they open the internet",
        ),
        (
            "administration",
            '[one]\nnetworks = ["198.51.0.0/16", "203.0.0.0/16"]\nreason = "r"',
            "administration.toml: one.networks: together they open the internet",
        ),
    ],
)
def test_a_declaration_that_cannot_be_meant(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    """What is no TOML, of the wrong kind, or opens everything is refused where it stands."""
    (mistake,) = _mistakes(_project(tmp_path, **{name: text}))
    assert mistake.startswith(complaint)


def test_a_misspelt_stack_is_named(tmp_path: Path) -> None:
    """An entry for a stack that no residency knows would be an entry for nobody."""
    residency = '[one]\ncountries = ["DE"]\nreason = "r"'
    account = "[on]\nhetzner = 'p'"
    (mistake,) = _mistakes(_project(tmp_path, residency=residency, accounts=account))
    assert mistake == "accounts.toml: on: residency.toml knows no stack on"


def test_two_stacks_share_no_account(tmp_path: Path) -> None:
    """No token says its project, so nobody else would ever see that two environments are in one."""
    accounts = '[one]\nhetzner = "shops"\n[two]\nhetzner = "shops"\n'
    assert _mistakes(_project(tmp_path, accounts=accounts)) == [
        "accounts.toml: two: shops is the account of one already"
    ]


def test_a_statement_is_reviewed_within_a_year(tmp_path: Path) -> None:
    """A word that nobody ever checks again is no evidence."""
    text = "[always-on]\n" + "\n".join(f"{key} = {value!r}" for key, value in STATEMENT.items())
    (mistake,) = _mistakes(_project(tmp_path, statements=text.replace("2026-12-31", "2028-01-01")))
    assert mistake == "statements.toml: always-on: review_by must come after the date, by a year at most"


def test_a_statement_answers_for_what_nobody_can_observe() -> None:
    """The finding stays, marked by the statement, and no longer stands in the way."""
    answered = _answered(_finding())
    assert answered.statement == "always-on"
    assert not answered.blocks
    assert _answered(_finding(type="pulumi:providers:hcloud")).statement == "always-on"


@pytest.mark.parametrize(
    ("changes", "stack"),
    [
        ({"outcome": "fail"}, "one"),
        ({"outcome": "unknown"}, "one"),
        ({"rule": "backup_unencrypted"}, "one"),
        ({"type": "aws:ec2/instance:Instance"}, "one"),
        ({"type": "hcloud:index/snapshot:Snapshot"}, "one"),
        ({"type": "pulumi:providers:aws"}, "one"),
        ({}, "two"),
    ],
)
def test_a_statement_answers_for_nothing_else(changes: dict[str, str], stack: str) -> None:
    """Not for a defect that was seen, another rule, another type or another stack."""
    answered = _answered(_finding(**changes), stack=stack)
    assert answered == _finding(**changes)
    assert answered.blocks


@pytest.mark.parametrize(("today", "answers"), [("2025-12-31", False), ("2026-01-01", True), ("2026-12-31", True)])
def test_a_statement_counts_from_its_date_to_its_review(today: str, answers: bool) -> None:
    """Both days are included."""
    assert (_answered(_finding(), today=today).statement is not None) == answers


def test_an_overdue_statement_says_who_was_to_review_it() -> None:
    """After its day the question is open again, and the finding names the owner."""
    overdue = _answered(_finding(), today="2027-01-01")
    assert overdue.blocks
    assert "statement always-on was to be reviewed by Head of Platform until 2026-12-31" in overdue.message
