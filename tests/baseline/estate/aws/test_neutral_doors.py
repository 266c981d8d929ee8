"""Types beside traffic, TLS and grants that do nothing themselves: each exists, and none is judged as well."""

from __future__ import annotations

from baseline.estate import aws
from baseline.estate.aws.documents import ON_KEYS, ON_RESOURCES
from baseline.estate.aws.permissions import TYPES
from baseline.estate.aws.services import SERVICES
from baseline.estate.builder import Builder
from baseline.estate.facts.neutral import NEUTRAL, aws_doors
from baseline.estate.terms import Terms
from baseline.graph import Graph
from baseline.rule import resource
from tests.baseline.estate.aws.sdk import inputs


def test_every_neutral_type_is_a_type_of_the_sdk() -> None:
    """A misspelt name would excuse nothing."""
    assert sorted(aws_doors.TYPES.keys() - inputs().keys()) == []
    assert aws_doors.TYPES.keys() <= NEUTRAL.keys()


def test_no_type_is_neutral_that_lets_somebody_in() -> None:
    """What a table judges is not excused beside it."""
    assert not aws_doors.TYPES.keys() & {*ON_RESOURCES, *ON_KEYS, *TYPES, *SERVICES}


def test_a_type_that_an_adapter_reads_whole_is_not_listed_as_neutral() -> None:
    """The list is for what nobody asks for."""
    resources = tuple(resource(type_, "thing") for type_ in aws_doors.TYPES)
    builder = Builder(Graph(project="p", stack="s", resources=resources), Terms(stack="s"))
    aws.read(builder)
    assert {item.type for item in builder.unjudged({})} == set(aws_doors.TYPES)
