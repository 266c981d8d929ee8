"""Commands that list what exists: each is one of its cloud's, and its filter reads what that cloud answers."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import jq
import pytest
from botocore import xform_name

from baseline.estate.facts import listings
from baseline.estate.facts.imports import ONCE, import_id
from baseline.estate.facts.listings import listing
from tests.baseline.estate.facts.test_consoles import CALLED, refusal, session
from tests.recordings import graphs

TYPES = sorted({*listings._WHOLES, *listings._PARTS})
OF_AWS = [type_ for type_ in TYPES if type_.startswith("aws:")]
WHOLE = {"of": "whole"}


def asked(type_: str) -> Iterator[tuple[str, str]]:
    """Each command of a type with the filter that reads its answer."""
    (command,) = listing(type_, ["eu-west-1"])
    for part in re.findall(r"(?:aws|hcloud) .+? \| jq [^|;]*?'.+?'(?= > |;|$| \|)", command):
        words, _, read = part.partition(" | jq ")
        yield words.replace('"$of"', "whole"), shlex.split(read)[-1]


def sample(shape: Any, depth: int = 6) -> Any:
    """An answer of a shape: of each list one, of each text its own name."""
    if depth == 0:
        return None
    if shape.type_name == "structure":
        return {name: sample(member, depth - 1) for name, member in shape.members.items()}
    if shape.type_name == "list":
        return [sample(shape.member, depth - 1)]
    if shape.type_name == "map":
        return {}
    return {"boolean": False, "string": "a/Name", "timestamp": "2026-11-26"}.get(shape.type_name, 7)


def answer(words: str) -> Any:
    """What AWS may answer to a command, by its own model."""
    _, service, verb, *_ = shlex.split(words)
    model = session().get_service_model(CALLED.get(service, service))
    (name,) = (name for name in model.operation_names if xform_name(name, "-") == verb)
    return sample(model.operation_model(name).output_shape)


@pytest.mark.parametrize("type_", OF_AWS)
def test_it_is_a_command_of_aws(type_: str) -> None:
    """With its options, as AWS's own models have it; and its filter finds an id in what they say is answered."""
    commands = list(asked(type_))
    assert len(commands) == (2 if type_ in listings._PARTS else 1)
    assert [refusal(words) for words, _ in commands] == [""] * len(commands)
    if len(commands) == 2:
        names = jq.compile(commands[0][1]).input_value(answer(commands[0][0])).all()
        assert all(isinstance(name, str) and name for name in names)
        assert names
    words, filter_ = commands[-1]
    told = answer(words)
    if type_ == "aws:ec2/route:Route":
        told["RouteTables"][0]["Routes"][0]["Origin"] = "CreateRoute"
    elif type_.endswith("SecurityGroupEgressRule"):
        told["SecurityGroupRules"][0]["IsEgress"] = True
    first, *marks = jq.compile(filter_, args=WHOLE).input_value(told).first()
    assert first["type"] == type_
    assert isinstance(first["id"], str)
    assert "null" not in first["id"].split("/")
    assert first["id"]
    assert all(mark["type"] == type_ and mark["id"] == "" for mark in marks)
    assert import_id(type_, first["id"], first.get("inputs", {})), "all that its import is called by is listed"


@pytest.mark.parametrize("type_", TYPES)
def test_none_and_unasked_are_told_apart(type_: str) -> None:
    """Every command says that it asked, where nothing is there too."""
    (command,) = listing(type_, ["eu-west-1"])
    empty = shlex.split(command)[-1]
    value: Any = [] if '"$of"' in command or command.startswith("hcloud") else {re.findall(r"\.(\w+)\[", empty)[0]: []}
    (mark,) = jq.compile(empty).input_value(value).first()
    everywhere = command.startswith(("hcloud", "aws iam", "aws route53", "aws s3api"))
    assert mark == {"type": type_, "id": "", **({} if everywhere else {"inputs": {"region": "eu-west-1"}})}


def test_every_environment_can_be_listed() -> None:
    """No type of ours that a lost answer could leave has to be listed by hand."""
    types = {item.type for graph in graphs().values() for item in graph if item.custom}
    wanted = {type_ for type_ in types if type_.startswith(("aws:", "hcloud:"))} - ONCE
    assert wanted - set(TYPES) == set()


def test_an_unknown_type_or_region() -> None:
    """Nothing is made up for the one; the other is a word that AWS refuses."""
    assert listing("aws:sqs/queue:Queue", ["eu-west-1"]) == ()
    assert listing("azure:network/subnet:Subnet", []) == ()
    assert "--region REGION" in listing("aws:ec2/vpc:Vpc", [])[0]
    assert len(listing("aws:ec2/vpc:Vpc", ["eu-west-1", "eu-west-2"])) == 2
    assert len(listing("aws:iam/role:Role", ["eu-west-1", "eu-west-2"])) == 1
