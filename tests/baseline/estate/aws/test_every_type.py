"""Every type of pulumi-aws is read, neutral, or named as unjudged: a new one fails until somebody says which it is."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from baseline.estate import aws
from baseline.estate.aws.kept import TABLES as KEPT
from baseline.estate.build import build
from baseline.estate.builder import Builder
from baseline.estate.facts.neutral import NEUTRAL, TABLES
from baseline.graph import UNKNOWN
from baseline.judge import judge
from baseline.rule import all_rules, aws_provider, example, resource
from tests.baseline.estate.aws.judging import passed
from tests.baseline.estate.aws.sdk import inputs
from tests.baseline.estate.aws.unjudged import UNJUDGED

TYPES = sorted(inputs())


@cache
def left_over() -> frozenset[str]:
    """The types of which a bare resource is unjudged."""
    case = example("", aws_provider(), *(resource(type_, "it") for type_ in TYPES))
    return frozenset(item.type for item in build(case.graph, case.terms).unjudged)


def named() -> Counter[str]:
    """The types that the table names, by service and name as it spells them."""
    return Counter(name for names in UNJUDGED.values() for name in names.split())


def short(type_: str) -> str:
    """Service and name of a type, as the table of unjudged ones spells them."""
    return f"{type_.removeprefix('aws:').partition('/')[0]}/{type_.rpartition(':')[2]}"


def test_no_two_types_have_one_short_name() -> None:
    """So that an entry of the table means one type."""
    assert len({short(type_) for type_ in TYPES}) == len(TYPES)


def test_every_type_that_nobody_reads_is_named_with_a_reason() -> None:
    """Read it, list it as neutral, or say here why it stays unjudged."""
    assert {short(type_) for type_ in left_over()} - named().keys() == set()


def test_no_entry_of_the_table_is_stale() -> None:
    """Strike out what is read or neutral by now, and what the SDK no longer has."""
    assert named().keys() - {short(type_) for type_ in left_over()} == set()


def test_no_type_is_named_twice() -> None:
    """Neither here nor among the neutral ones."""
    assert [name for name, times in named().items() if times > 1] == []
    assert [type_ for type_, times in Counter(t for table in TABLES for t in table).items() if times > 1] == []


def test_no_neutral_type_is_read() -> None:
    """A reason beside an adapter would be wrong, and a type that no SDK has is none."""
    case = example("", aws_provider(), *(resource(type_, "it") for type_ in TYPES))
    builder = Builder(case.graph, case.terms)
    aws.read(builder)
    unread = {item.type for item in builder.unjudged({})}
    assert {type_ for type_ in NEUTRAL if type_.startswith("aws:")} - unread == set()


STORES = sorted({type_ for table in KEPT for type_ in table})


@pytest.mark.parametrize("rule", ["store_without_encryption", "store_outside_countries"])
def test_what_only_deployment_knows_is_no_pass(rule: str) -> None:
    """Where every input is unknown nothing passes, but what its service encrypts always, and what has no choice."""
    for type_ in STORES:
        row = next(table[type_] for table in KEPT if type_ in table)
        good = passed(rule, resource(type_, "it", **_all(type_, UNKNOWN)))
        always = rule == "store_without_encryption" and row.encrypted is True
        assert good <= ({"it"} if always else set()), type_


@pytest.mark.parametrize("value", [None, UNKNOWN, "x", ["x"], [{"x": [1]}], {"x": {"y": None}}])
def test_no_type_breaks_the_judge_whatever_its_inputs_are(value: Any) -> None:
    """Every type with every input of one strange kind, judged by all rules in one estate."""
    everything = [resource(type_, "it", **({} if value is None else _all(type_, value))) for type_ in TYPES]
    case = example("", aws_provider(), *everything)
    assert judge(build(case.graph, case.terms), all_rules()).resources == len(TYPES) + 1


def _all(type_: str, value: Any) -> dict[str, Any]:
    return {path: value for path in inputs()[type_] if "." not in path}
