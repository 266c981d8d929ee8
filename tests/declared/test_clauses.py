"""The catalogue of promises, and its comparison with a published text."""

import unicodedata
from pathlib import Path

import pytest
from pydantic import ValidationError

from baseline.clauses import Clause, compare, read
from baseline.sources import declared
from tests.declared.published import POLICY, catalogue

SHARED = Path(__file__).parents[3] / "shared" / "privacy-policy.txt"


def _differences(text: str) -> list[tuple[str, str]]:
    return [(difference.kind, difference.number) for difference in compare(text, catalogue())]


def test_a_text_is_read_by_its_printed_numbers() -> None:
    """Bullets count, items keep their mark, a reference is no clause, and 7.1 below section 6 is section 7."""
    assert {number: body for number, body in read(POLICY).items() if number not in ("header", "1")} == {
        "4": "Other services",
        "4.1": "We keep keys to other services.",
        "4.2": "We never keep what they send.",
        "5": "Security",
        "5.1": "We guard everything. In particular:",
        "5.1/1": "We lock the door.",
        "5.1/2": "We count the keys.",
        "5.2": "Places",
        "5.2.1": "Machines stand in Example City.",
        "5.2.2": "Due to para 6.1. of the lease, they stay there.",
        "5.3": "Measures",
        "5.3.1": "We do this:",
        "5.3.1 1)": "walls;",
        "5.3.1 2)": "a dog.",
        "5.4": "We tell you if it fails.",
        "6": "Keeping",
        "6.1": "We keep it while it is useful.",
        "7": "7.1. You may say no at any time. 7.2. Write to us.",
        "12": "Contact 12.1. Write to the office.",
    }


def test_no_word_of_a_text_is_left_out() -> None:
    """What belongs to no clause could change without anybody noticing."""
    words = [word for body in read(POLICY).values() for word in body.split()]
    printed = [word for word in POLICY.split() if word != "•"]
    numbers = {"4.", "4.1.", "4.2.", "5.", "5.1.", "5.2.", "5.2.1.", "5.2.2.", "5.3.", "5.3.1.", "5.4.", "6."}
    assert [word for word in words if word not in numbers | {"1.", "6.1.", "12."}] == [
        word for word in printed if word not in numbers | {"1.", "6.1.", "12.", "1)", "2)"}
    ]


def test_the_same_text_has_no_differences() -> None:
    """White space, no-break spaces and the form of accents do not count."""
    assert compare(POLICY, catalogue()) == []
    assert compare(POLICY.replace("Machines stand", "Machines\u00a0\n   stand"), catalogue()) == []
    accented = POLICY.replace("door", "caf\u00e9 door")
    assert compare(unicodedata.normalize("NFD", accented), catalogue(accented)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Example City", "Another City", [("changed", "5.2.1")]),
        ("Write to us.", "Write to us twice.", [("changed", "7")]),
        ("holds from 1 January", "holds from 1 March", [("changed", "header")]),
        (" 4.2. We never keep what they send.", "", [("gone", "4.2")]),
        ("they send.", "they send. 4.3. Logs live a year.", [("new", "4.3")]),
        ("4.2. We never", "4.3. We never", [("moved", "4.3")]),
        ("  • We lock the door.\u00a0\n", "", [("moved", "5.1/1")]),
        ("; 2) a dog.", "; 2) a dog; 3) a cat.", [("changed", "5.3.1 2)"), ("new", "5.3.1 3)")]),
    ],
)
def test_each_kind_of_change_is_named(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    """A difference names the clause and whether it is new, changed, gone or elsewhere."""
    assert old in POLICY
    assert _differences(POLICY.replace(old, new)) == expected


def test_clauses_in_another_order_are_found() -> None:
    """The same clauses elsewhere in the text are a change as well."""
    first, second = "4.1. We keep keys to other services.", "4.2. We never keep what they send."
    assert _differences(POLICY.replace(f"{first} {second}", f"{second} {first}")) == [("moved", "4.2")]


def test_a_text_without_any_heading_is_all_different() -> None:
    """A page that is something else entirely does not pass for the policy."""
    differences = _differences("404 not found")
    assert ("changed", "header") in differences
    assert ("gone", "5.1/1") in differences


def test_wrong_opening_words_are_found() -> None:
    """The opening words are what a reader sees of a clause, so they have to be those of its text."""
    wrong = [clause.model_copy(update={"begins": "You lock"}) for clause in catalogue() if clause.number == "5.1/1"]
    right = [clause for clause in catalogue() if clause.number != "5.1/1"]
    assert [d.number for d in compare(POLICY, [*right, *wrong]) if d.kind == "changed"] == ["5.1/1"]


def test_a_number_that_comes_twice_is_refused() -> None:
    """Two clauses of one number cannot both be the one in the catalogue."""
    with pytest.raises(ValueError, match=r"clause 4\.1 comes twice"):
        read(POLICY.replace("4.2.", "4.1."))


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ({}, "name rules"),
        ({"rules": ["a_rule"], "stale": "old"}, "name rules"),
        ({"stale": "old", "not_testable": "vague"}, "name rules"),
        ({"stale": "old", "beyond": "more"}, "beyond"),
        ({"rules": ["a_rule", "a_rule"]}, "named twice"),
        ({"rules": ["a_rule"], "sha256": "abc"}, "sha256"),
        ({"rules": ["a_rule"], "rule": "a_rule"}, "rule"),
    ],
)
def test_a_clause_has_exactly_one_answer(answer: dict[str, object], complaint: str) -> None:
    """A clause is enforced by rules or says why not; both or neither would hide a hole."""
    clause = {"number": "5.1", "promise": "Safety.", "begins": "We guard", "sha256": "0" * 64, **answer}
    with pytest.raises(ValidationError, match=complaint):
        Clause.model_validate(clause)


def test_sections_four_to_six_are_complete() -> None:
    """Every clause of these sections stands in the catalogue in the printed order, and each other section once."""
    assert [clause.number for clause in declared.catalogue()] == [
        *("header", "1", "2", "3"),
        *("4", "4.1", "4.2", "4.3"),
        *("5", "5.1", "5.1/1", "5.1/2", "5.1/3", "5.1/4", "5.1/5", "5.2", "5.2.1", "5.2.2", "5.2.3"),
        *("5.3", "5.3.1", "5.3.1 1)", "5.3.1 2)", "5.3.1 3)"),
        *("5.4", "5.4.1", "5.4.1 1)", "5.4.1 2)", "5.4.1 3)", "5.5"),
        *("6", "6.1", "6.2", "7", "8", "9", "10", "11", "12"),
    ]


def test_stale_and_boundless_promises_say_why() -> None:
    """5.2.3 leans on the Privacy Shield, which was struck down; 6.1 has no bound."""
    clauses = {clause.number: clause for clause in declared.catalogue()}
    assert [number for number, clause in clauses.items() if clause.stale] == ["5.2.3"]
    assert "16 July 2020" in (clauses["5.2.3"].stale or "")
    assert clauses["6.1"].unenforced == ("not testable", "it has no bound: no period could be too long")
    assert clauses["5.1/3"].unenforced is None


def test_the_catalogue_holds_no_text_of_the_policy() -> None:
    """Opening words are there to find a clause, not to read it."""
    assert [clause.number for clause in declared.catalogue() if len(clause.begins.split()) > 5] == []


if SHARED.is_file():

    def test_the_catalogue_agrees_with_the_published_text() -> None:
        """Where the published text lies beside this checkout, every clause of it is the one in the catalogue."""
        assert compare(SHARED.read_text(encoding="utf-8"), declared.catalogue()) == []
