"""Reading a stack's file: its lines, its problems, and the frame that carries a line into Pulumi."""

from __future__ import annotations

import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

from stacks import declaration
from stacks.declaration import (
    STACKS,
    Declaration,
    InvalidDeclaration,
    UnknownStack,
    conflicts,
    known_stacks,
    load,
    read,
)
from stacks.environment import Environment

Rewrite = Callable[..., Declaration]


def test_each_line_says_its_field() -> None:
    """Every field of an environment is on the line that the declaration names, and no two on the same."""
    for stack in known_stacks():
        declared = load(stack)
        text = declared.file.read_text(encoding="utf-8").splitlines()
        lines = {field: declared.lines[field] for field in Environment.model_fields}
        strays = {field for field, line in lines.items() if not text[line - 1].lstrip().startswith(f"{field}=")}
        assert strays == set(), stack
        assert len(set(lines.values())) == len(lines), stack


def test_each_field_of_a_part_has_a_line() -> None:
    """A nested field can be asked for by its path, on the line where its keyword stands."""
    for stack in known_stacks():
        declared = load(stack)
        text = declared.file.read_text(encoding="utf-8").splitlines()
        for field, part in declared.environment:
            for inner in part.model_fields_set if isinstance(part, BaseModel) else ():
                assert f"{inner}=" in text[declared.lines[f"{field}.{inner}"] - 1], (stack, field, inner)


def test_items_have_lines() -> None:
    """An item of a tuple can be asked for by its number, where it stands."""
    lines = load("aws-us").lines
    assert lines["cloud.zones.1"] == lines["cloud.zones"] == lines["cloud"] + 3
    assert lines["notifications.0.country"] == lines["notifications"]


def test_build_calls_from_the_declaring_line() -> None:
    """The component sees, right above itself, a frame of the stack's file at the line of the field."""
    declared = load("hetzner-de")

    def component(name: str, *, size: int) -> tuple[str, int, str, int | None]:
        caller = traceback.extract_stack()[-2]
        return name, size, caller.filename, caller.lineno

    for field in ("name", "backup", "state.secrets"):
        expected = ("web", 3, str(STACKS / "hetzner_de.py"), declared.lines[field])
        assert declared.build(field, component, "web", size=3) == expected


def test_build_passes_arguments_of_any_name() -> None:
    """Names that the declaration uses itself can still be keywords of a component."""
    assert load("dev").build("app", dict, self=1, field=2, component=3) == {
        "self": 1,
        "field": 2,
        "component": 3,
    }


def test_build_refuses_a_field_that_is_not_declared() -> None:
    """A field without a line is an error that names the fields there are, and nothing is built."""
    with pytest.raises(KeyError, match=r"dev\.py declares no field 'backups'.*backup\.keep_days"):
        load("dev").build("backups", pytest.fail, "built")


RECORD = """
import pulumi
from stacks.declaration import load

class Seen(pulumi.runtime.Mocks):
    def new_resource(self, args):
        return f"{args.name}-id", args.inputs
    def call(self, args):
        return {}

monitor = pulumi.runtime.mocks.MockMonitor(Seen())
register = monitor.RegisterResource
def recorded(request, *rest):
    if request.type == "infra:test:Thing":
        top = request.stackTrace.frames[0].pc
        print(request.sourcePosition.uri, request.sourcePosition.line, top.uri, top.line)
    return register(request, *rest)
monitor.RegisterResource = recorded
pulumi.runtime.set_mocks(Seen(), "project", "stack", True, monitor=monitor)

class Thing(pulumi.ComponentResource):
    def __init__(self, name, *, opts=None):
        super().__init__("infra:test:Thing", name, None, opts)

@pulumi.runtime.test
def program():
    return load("aws-ap").build("backup.keep_days", Thing, "thing").urn

program()
"""


@pytest.mark.parametrize("optimised", [(), ("-O",)], ids=["plain", "optimised"])
def test_pulumi_records_the_declaring_line(optimised: tuple[str, ...]) -> None:
    """Pulumi's own source position and stack trace name the stack's file and the line, under -O too."""
    done = subprocess.run([sys.executable, *optimised, "-c", RECORD], capture_output=True, text=True, check=False)
    position = f"{(STACKS / 'aws_ap.py').as_uri()} {load('aws-ap').lines['backup.keep_days']}"
    assert (done.stdout, done.stderr) == (f"{position} {position}\n", "")


def test_the_message_is_one_line_a_problem(rewrite: Rewrite) -> None:
    """Each mistake prints as a line with file, line, field, what is wrong and what to do, without a cause."""
    with pytest.raises(InvalidDeclaration) as caught:
        rewrite(
            "dev",
            ('"nbg1",', '"nbg7",'),
            ("10.90.0.0/16", "10.90.3.0/16"),
            ("    audit_log_days=365,\n", ""),
            ('country="DE"),)', 'nation="DE"),)'),
        )
    lines = read(STACKS / "dev.py", "dev").lines
    assert str(caught.value).splitlines() == [
        f"stacks/dev.py:{lines['']}: audit_log_days: not declared: add it",
        (
            f"stacks/dev.py:{lines['cloud']}: cloud.locations.0: 'nbg7' is no location of Hetzner: "
            "write one of ash, fsn1, hel1, hil, nbg1, sin (stacks/places.py)"
        ),
        f"stacks/dev.py:{lines['network']}: network: 10.90.3.0/16 has host bits set: write 10.90.0.0/16",
        f"stacks/dev.py:{lines['log_days'] + 1}: notifications.0.country: not declared: add it",
        (
            f"stacks/dev.py:{lines['log_days'] + 1}: notifications.0.nation: there is no such field: "
            "correct its name or remove it"
        ),
    ]
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_a_file_without_environment(tmp_path: Path) -> None:
    """A file that declares nothing is told what to declare."""
    file = tmp_path / "empty.py"
    file.write_text("ENVIRONMENTS = ()\n", encoding="utf-8")
    with pytest.raises(InvalidDeclaration, match=r"empty\.py:1: ENVIRONMENT: not declared: write "):
        read(file, "empty")


def test_a_file_of_another_stack(rewrite: Rewrite) -> None:
    """A copied file that kept its name is refused, at the line of the name."""
    line = load("dev").lines["name"]
    with pytest.raises(InvalidDeclaration, match=rf"dev\.py:{line}: name: 'test' is not the stack .* write 'dev'"):
        rewrite("dev", ('name="dev"', 'name="test"'))


def test_a_file_that_raises_keeps_its_own_error(rewrite: Rewrite) -> None:
    """What is no matter of fields is not disguised: the file's own exception comes out, with its own line."""
    with pytest.raises(ZeroDivisionError) as caught:
        rewrite("dev", ("hour=3", "hour=1 // 0"))
    frame = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (Path(frame.filename).name, frame.lineno) == ("dev.py", load("dev").lines["backup"])


def test_an_unknown_stack_is_told_the_known_ones() -> None:
    """The message names every stack that could have been meant."""
    with pytest.raises(UnknownStack) as caught:
        load("prod")
    assert str(caught.value) == (
        "'prod' is no stack of this project: name one of aws-ap, aws-us, dev, hetzner-de, hetzner-fi"
    )


ACCOUNTS = ("444455556666", "111122223333")
PROJECTS = ("connections-dev", "connections-hetzner-fi")
NETWORKS = ("10.90.0.0/16", "10.30.128.0/20")
STATE = "s3://state-hetzner-de?endpoint=https://nbg1.your-objectstorage.com&region=nbg1"
OWN_KEY, TAKEN_KEY = (load(stack).environment.backup.recipients[-1] for stack in ("dev", "hetzner-de"))
CONFLICTS = {
    "recipient": (
        "dev",
        "hetzner-de",
        (OWN_KEY, TAKEN_KEY),
        "backup.recipients",
        f"recipient of backups {TAKEN_KEY}",
    ),
    "account": ("aws-ap", "aws-us", ACCOUNTS, "cloud.account", "account 111122223333"),
    "project": ("dev", "hetzner-fi", PROJECTS, "cloud.project", "project shop-connections-hetzner-fi"),
    "network": ("dev", "aws-us", NETWORKS, "network", "addresses (10.30.128.0/20 and 10.30.0.0/16)"),
    "zone": ("dev", "hetzner-fi", ('zone="dev-shops', 'zone="fi-shops'), "zone", "zone fi-shops.example"),
    "state": (
        "dev",
        "hetzner-de",
        ("s3://state-dev", "s3://state-hetzner-de"),
        "state.backend",
        f"state {STATE}",
    ),
}


@pytest.mark.parametrize(("one", "other", "change", "field", "what"), CONFLICTS.values(), ids=CONFLICTS)
def test_two_environments_share_nothing(
    rewrite: Rewrite, one: str, other: str, change: tuple[str, str], field: str, what: str
) -> None:
    """What two environments share is reported to both, at the lines of both, and by nobody else."""
    names = [("dev-shops", "fi-shops")] if field == "zone" else []
    changed, untouched = (
        rewrite(one, change, *names),
        [load(stack) for stack in known_stacks() if stack != one],
    )
    problems = {(p.file.name, p.line, p.field, p.what) for p in conflicts([changed, *untouched]) if p.field == field}
    theirs = next(each for each in untouched if each.environment.name == other)
    assert problems == {
        (changed.file.name, changed.lines[field], field, f"{other} has the same {what}: give each its own"),
        (theirs.file.name, theirs.lines[field], field, f"{one} has the same {what}: give each its own"),
    }


def test_domain_names_are_shared_across_zones(rewrite: Rewrite) -> None:
    """A name that two environments would both serve is found although their zones differ."""
    changed = rewrite("aws-ap", ('zone="ap.shops', 'zone="shops'), ('"app.ap.shops', '"app.us.shops'))
    problems = conflicts([load("aws-us"), changed])
    assert {(problem.file.name, problem.what) for problem in problems} == {
        ("aws_us.py", "aws-ap has the same domain name app.us.shops.example: give each its own"),
        ("aws_ap.py", "aws-us has the same domain name app.us.shops.example: give each its own"),
    }


def _copied(folder: Path, stack: str, *changes: tuple[str, str]) -> None:
    name = f"{stack.replace('-', '_')}.py"
    text = (STACKS / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / name).write_text(text, encoding="utf-8")
    (folder / f"Pulumi.{stack}.yaml").touch()


def test_loading_looks_at_the_other_stacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stack that shares an account is not loaded; one that only has broken neighbours is."""
    monkeypatch.setattr(declaration, "STACKS", tmp_path)
    _copied(tmp_path, "aws-us")
    _copied(tmp_path, "aws-ap", ("444455556666", "111122223333"))
    _copied(tmp_path, "dev", ("hour=3", "hour=99"))
    _copied(tmp_path, "hetzner-fi", ("hour=1", "hour=1 // 0"))
    _copied(tmp_path, "hetzner-de")
    assert load("hetzner-de").environment.name == "hetzner-de"
    with pytest.raises(InvalidDeclaration, match=r"^\S+aws_us\.py:\d+: cloud\.account: aws-ap has [^\n]+$"):
        load("aws-us")
    with pytest.raises(InvalidDeclaration, match=r"^\S+dev\.py:\d+: backup\.hour: 99 is no hour[^\n]+$"):
        load("dev")
