"""Where shops are served from: total, decided once, and told with a reason."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stacks.declaration import known_stacks, load
from stacks.placement import COUNTRIES, GROUPS, UnknownCountry, environment_for, main

# Each written down here a second time, from the law and the map, so that one wrong edit of the table is seen.
DECIDED = {
    "hetzner-fi": "FI SE NO DK IS EE LV LT AX FO GL SJ",
    "hetzner-de": "DE FR PL ES GR CY IE MT LI CH GB JE UA RS TR NG EG ZA IL AE KZ GF GP MQ MF RE YT AQ BV",
    "aws-us": "US CA MX BR AR CU PR AW BL PM BM FK GS",
    "aws-ap": "AU NZ JP CN TW IN SG ID PK NC PF WF FJ GU HM CX",
}
EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
EEA = [*EU, "IS", "LI", "NO"]


def test_total_over_iso_3166() -> None:
    """Every country that ISO 3166-1 lists is in the table, and nothing else is."""
    listed = {country.alpha_2 for country in pycountry.countries}
    assert listed - COUNTRIES == set()
    assert COUNTRIES - listed == set()


def test_each_country_is_decided_once() -> None:
    """No country stands in two groups, or twice in one."""
    named = Counter(country for group in GROUPS for country in group.countries)
    assert [country for country, times in named.items() if times > 1] == []


def test_only_production_serves() -> None:
    """Every group is served by a declared production stack, and each of those serves somebody."""
    production = {stack for stack in known_stacks() if load(stack).environment.production}
    assert {group.stack for group in GROUPS} == production


@pytest.mark.parametrize(
    ("country", "stack"), [(country, stack) for stack, those in DECIDED.items() for country in those.split()]
)
def test_decided(country: str, stack: str) -> None:
    """The countries and territories that are easily misplaced are where they were decided to be."""
    assert environment_for(country).stack == stack


@pytest.mark.parametrize("country", EEA)
def test_the_eea_stays_at_home(country: str) -> None:
    """A shop under the EU's data protection law is served from Germany or Finland."""
    assert environment_for(country).stack in {"hetzner-de", "hetzner-fi"}


def test_every_group_gives_a_reason() -> None:
    """The answer says the group and why, in a sentence of its own."""
    assert [group.name for group in GROUPS if len(group.reason.split()) < 5] == []
    assert environment_for("BR").reason == "South America: the United States are the nearest of our places"


@given(st.sampled_from(sorted(COUNTRIES)), st.sampled_from([str.lower, str.upper, str.title]))
def test_case_does_not_matter(country: str, spelled: type[str]) -> None:
    """A code means the same in either case and with space around it."""
    assert environment_for(f" {spelled(country)}\n") == environment_for(country)


@given(st.text(max_size=4).filter(lambda text: text.strip().upper() not in COUNTRIES))
def test_anything_else_is_refused(text: str) -> None:
    """What is no code is never placed by guess."""
    with pytest.raises(UnknownCountry, match="is no country of ISO 3166-1 alpha-2"):
        environment_for(text)


@pytest.mark.parametrize(("habit", "code"), [("UK", "GB"), ("el", "GR")])
def test_habits_are_corrected(habit: str, code: str) -> None:
    """The two codes that are often written and not assigned are answered with the right one."""
    with pytest.raises(UnknownCountry, match=f"write {code}$"):
        environment_for(habit)


def test_command_line_answers() -> None:
    """`python -m stacks.placement` gives each country its stack, the reason and the clause."""
    done = _run("BR", "de")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "BR  aws-us      South America: the United States are the nearest of our places (clause 5.2.1)",
        ("DE  hetzner-de  EU and EEA: EU or EEA law holds, and Germany is the nearest place under it (clause 5.2.1)"),
    ]


def test_command_line_refuses_all_that_is_unknown() -> None:
    """Unknown codes end with exit code 2 and a hint for each, and no country is answered beside them."""
    done = _run("BR", "UK", "XK")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'UK' is no country of ISO 3166-1 alpha-2: write GB" in done.stderr
    assert "'XK' is no country of ISO 3166-1 alpha-2: write its two letters, such as DE or BR" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["--all", "BR"]])
def test_command_line_wants_one_question(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Asking nothing, or two things at once, is told how to ask."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "name one country or more, or --all" in capsys.readouterr().err


def test_command_line_prints_the_whole_table(capsys: pytest.CaptureFixture[str]) -> None:
    """`--all` shows every country and every reason."""
    assert main(["--all"]) == 0
    shown = capsys.readouterr().out
    assert set(shown.split()) >= COUNTRIES
    assert [group.reason for group in GROUPS if group.reason not in shown] == []


def test_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` says what is asked, by which clause, and gives an example that works."""
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    shown = capsys.readouterr().out
    example = shown.split("python -m stacks.placement BR", 1)[1].split()
    assert caught.value.code == 0
    assert "(clause 5.2.1)" in " ".join(shown.split())
    assert main(["BR", *example]) == 0


def test_asking_is_light() -> None:
    """Placement answers without importing an SDK, or anything else that is not Python's own."""
    code = "import sys, stacks.placement; print({'pulumi', 'pydantic', 'pycountry'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "stacks.placement", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)
