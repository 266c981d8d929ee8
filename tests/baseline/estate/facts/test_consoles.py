"""Commands of the clouds' own command lines: each exists with its options, as the tools' own models have it."""

from __future__ import annotations

import re
import shlex
from functools import lru_cache
from typing import Any, Final

import pytest
from botocore import xform_name
from botocore.session import Session

from baseline.estate.facts.consoles import CLOUDCONTROL, LIFTS, UNLIFTED, blanks, deletion, description, lifting
from baseline.estate.facts.protections import GUARDS
from tests.recordings import REPOSITORY

GLOBAL: Final = {"--output", "--query", "--region"}
CALLED: Final = {"s3api": "s3"}
"""Word of the command line -> the service that it means, where they differ."""
CUSTOMIZED: Final = {("emr", "modify-cluster-attributes"): {"--cluster-id": "", "--no-termination-protected": None}}
"""Commands that the `aws` command line puts in the place of the service's own operations; version 1.46.3 took each."""

TYPES: Final = sorted(GUARDS.keys() | CLOUDCONTROL.keys())


def printed(type_: str) -> tuple[str, ...]:
    """Every command that may be printed of a type."""
    said = {"publicIp": "192.0.2.1"}
    commands = (*description(type_, "i-1", said, "eu-west-1"), *lifting(type_, "i-1", "eu-west-1"))
    return (*commands, *deletion(type_, "i-1", said, "eu-west-1"))


def documented() -> list[str]:
    """The commands of the `aws` command line in docs/recovery.md, each up to a pipe."""
    text = (REPOSITORY / "docs" / "recovery.md").read_text("utf-8")
    found = re.findall(r"^ *(aws .+?)\\?$|`(aws [^`]+)`", text, re.MULTILINE)
    return [line or inline for line, inline in found]


@lru_cache(maxsize=1)
def session() -> Session:
    """Reads the models; asks nobody."""
    return Session()


def refusal(command: str) -> str:
    """Why the `aws` command line would not take a command; `""` where it does."""
    _, service, verb, *words = shlex.split(command)
    words = words[: words.index("|")] if "|" in words else words
    options = {
        key: None if value.startswith("--") or not value else value
        for key, value in zip(words, [*words[1:], ""], strict=False)
        if key.startswith("--")
    }
    if (service, verb) in CUSTOMIZED:
        return "" if options.keys() - GLOBAL == CUSTOMIZED[service, verb].keys() else "other options"
    if CALLED.get(service, service) not in session().get_available_services():
        return f"no service {service}"
    model = session().get_service_model(CALLED.get(service, service))
    operations = {xform_name(name, "-"): name for name in model.operation_names}
    if verb not in operations:
        return f"no operation {verb}"
    shape: Any = model.operation_model(operations[verb]).input_shape
    members = {f"--{xform_name(name, '-')}": name for name in shape.members}
    taken = {members.get(_positive(option), option) for option in options.keys() - GLOBAL}
    if missing := set(shape.required_members) - taken:
        return f"{sorted(missing)} required"
    wrong = [
        f"{option} {value}"
        for option, value in options.items()
        if option not in GLOBAL
        and (_positive(option) not in members or not _takes(shape.members[members[_positive(option)]], option, value))
    ]
    return ", ".join(wrong)


def _positive(option: str) -> str:
    return option.replace("--no-", "--", 1)


def _takes(member: Any, option: str, value: str | None) -> bool:
    """A switch takes no value, and nothing else is one; `Key=k,Value=v` is a list of structures with these members."""
    if member.type_name == "structure" and list(member.members) == ["Value"]:
        member = member.members["Value"]
    if member.type_name == "boolean":
        return value is None
    if option.startswith("--no-") or value is None:
        return False
    if member.type_name == "list":
        keys = {part.partition("=")[0] for part in value.split(",")}
        return member.member.type_name == "string" or keys <= set(member.member.members)
    return str(member.type_name) == "string"


def test_every_printed_command_exists() -> None:
    """None that AWS's own models do not have; a placeholder in it is a word like any other."""
    commands = [command for type_ in TYPES for command in printed(type_) if command.startswith("aws ")]
    assert len(commands) > len(LIFTS)
    assert {command: why for command in commands if (why := refusal(command))} == {}


def test_every_documented_command_exists() -> None:
    """So it is with those that the book has."""
    assert documented()
    assert {command: why for command in documented() if (why := refusal(command))} == {}


@pytest.mark.parametrize(
    "command",
    [
        "aws emr set-termination-protections --job-flow-ids j-1 --no-termination-protected",
        "aws rds modify-db-cluster --db-cluster-identifier c --no-deletion-protections",
        "aws rds modify-db-cluster --no-deletion-protection",
        "aws logs put-log-group-deletion-protection --log-group-identifier g --no-log-group-identifier",
        "aws elbv2 modify-load-balancer-attributes --load-balancer-arn a --attributes Name=n,Value=v",
        "aws rds modify-db-cluster --db-cluster-identifier c --deletion-protection false",
    ],
)
def test_what_does_not_exist_is_seen(command: str) -> None:
    """No such operation, option or member; a required option that is missing; a switch with a value."""
    assert refusal(command)


def test_nothing_guarded_is_deleted_without_its_lift() -> None:
    """Before each deletion that is printed stands what lifts the guard, unless the cloud refuses only what is full."""
    for type_ in GUARDS:
        if deletion(type_, "i-1", {}, "eu-west-1") and not lifting(type_, "i-1", "eu-west-1"):
            assert "empty it by hand" in UNLIFTED[type_], type_
    assert lifting("hcloud:index/storageBox:StorageBox", "7", "") == ("hcloud storage-box disable-protection 7 delete",)


def test_what_nobody_knows_is_asked_for() -> None:
    """A placeholder is never printed without a word on what to write there."""
    whole = printed("aws:ec2/eip:Eip")
    assert blanks(whole) == ""
    torn = description("aws:ec2/eip:Eip", "eipalloc-1", {}, "")
    assert "its public address in the place of PUBLIC_IP and its region in the place of REGION" in blanks(torn)
