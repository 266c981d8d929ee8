"""The declared environments themselves, and the program that deploys them."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pycountry
import pytest
import yaml

from stacks import places, program
from stacks.declaration import STACKS, Declaration, conflicts, known_stacks, load
from stacks.environment import Aws, Hetzner

# Written a second time: production or not, cloud, where hosts stand, where copies go.
ASKED = {
    "hetzner-de": (True, "hetzner", {"fsn1", "nbg1"}, ("nbg1", "fsn1")),
    "hetzner-fi": (True, "hetzner", {"hel1"}, ("fsn1",)),
    "aws-us": (True, "aws", {"us-east-1a", "us-east-1b"}, ("us-west-2",)),
    "aws-ap": (True, "aws", {"ap-southeast-2a", "ap-southeast-2b"}, ("ap-southeast-4",)),
    "dev": (False, "hetzner", {"nbg1"}, ("fsn1",)),
}
STATE_REGIONS = {
    "hetzner-de": "nbg1",
    "hetzner-fi": "fsn1",
    "aws-us": "us-east-1",
    "aws-ap": "ap-southeast-2",
    "dev": "nbg1",
}


@pytest.fixture(params=sorted(ASKED))
def declared(request: pytest.FixtureRequest) -> Declaration:
    """Each declared stack in turn."""
    return load(request.param)


def test_the_stacks_are_those_asked_for() -> None:
    """Each environment that was asked for is declared, and no other."""
    assert known_stacks() == tuple(sorted(ASKED))


def test_every_declaration_is_judged() -> None:
    """A file without its Pulumi.<stack>.yaml would be no stack: nobody would judge it, and nobody would notice."""
    declared = {path for path in STACKS.glob("*.py") if "\nENVIRONMENT = " in path.read_text(encoding="utf-8")}
    assert {path.stem.replace("_", "-") for path in declared} == set(known_stacks())


def test_where_each_stands(declared: Declaration) -> None:
    """Hosts and copies are in the places that were asked for."""
    environment = declared.environment
    found = (
        environment.production,
        environment.cloud.kind,
        {*environment.cloud.places},
        environment.backup.to,
    )
    assert found == ASKED[environment.name]


def test_no_host_is_where_its_copies_go(declared: Declaration) -> None:
    """The place that holds a host is another than the one that holds its backups."""
    environment = declared.environment
    for role, count in (("app", environment.app.count), ("database", environment.database.count)):
        for seat in environment.plan.seats(role, count):
            assert not seat.place.startswith(environment.backup.destination(seat.place))


def test_no_two_environments_have_a_recipient_in_common() -> None:
    """Who can restore one environment's backups can restore no other's."""
    keys = [key for stack in ASKED for key in load(stack).environment.backup.recipients]
    assert sorted(set(keys)) == sorted(keys)


def test_hosts_stand_apart(declared: Declaration) -> None:
    """App hosts in production use every place that there is."""
    environment = declared.environment
    seats = environment.plan.seats("app", environment.app.count)
    wanted = set(environment.cloud.places) if environment.production else {environment.cloud.places[0]}
    assert {seat.place for seat in seats} == wanted


def test_logs_keep_the_promise(declared: Declaration) -> None:
    """Service logs are kept for the promised 30 days in every environment (clause 4.3)."""
    assert declared.environment.log_days == 30


def test_state_lies_where_it_is_said_to(declared: Declaration) -> None:
    """The backend names its region, and a key for its secrets lies in the same one."""
    state, region = declared.environment.state, STATE_REGIONS[declared.environment.name]
    assert f"region={region}" in state.backend
    assert state.secrets == "passphrase" or state.secrets.endswith(f"?region={region}")


def test_stack_settings_hold_secrets_only(declared: Declaration) -> None:
    """Pulumi.<stack>.yaml names the declared secrets provider and nothing that decides what is deployed."""
    settings = yaml.safe_load((STACKS / f"Pulumi.{declared.environment.name}.yaml").read_text(encoding="utf-8"))
    assert settings == {"secretsprovider": declared.environment.state.secrets}


def test_nothing_is_shared() -> None:
    """No two environments have an account, project, network, zone, name or state in common."""
    assert conflicts([load(stack) for stack in known_stacks()]) == ()


def test_countries_of_the_declaration_are_countries() -> None:
    """Countries are checked against the placement table; the list that pycountry carries says the same."""
    named = {each.country for stack in ASKED for each in load(stack).environment.notifications}
    assert {code for code in named if pycountry.countries.get(alpha_2=code) is None} == set()


def test_gone_server_types_are_not_offered() -> None:
    """The server types that Hetzner withdrew cannot be declared, and those in use can."""
    assert {"cx22", "cx32", "cx42", "cx52"} & set(places.SERVER_TYPES) == set()
    assert {"cx23", "cx33", "cpx22", "cpx32", "cax11"} <= set(places.SERVER_TYPES)


def test_regions_are_whole_names() -> None:
    """Regions at both ends of the numbered areas are known, and those beyond are not."""
    assert {"us-east-1", "us-west-2", "ap-southeast-7", "eusc-de-east-1"} <= places.AWS_REGIONS
    assert {"us-east-3", "us-east-0", "ap-southeast-8", "eu-north-2"} & places.AWS_REGIONS == set()


@pytest.mark.parametrize("stack", ["hetzner-de", "aws-us"])
def test_deploy_goes_to_the_cloud_of_the_environment(stack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cloud's own composition is called with the declaration, and the state's place is registered beside it."""
    stashed = []
    monkeypatch.setattr(program, "Stash", lambda name, args: stashed.append((name, args.input)))
    for cloud, kind in (("hetzner", Hetzner), ("aws", Aws)):
        module = ModuleType(f"stacks.on_{cloud}")

        def composed(declaration: Declaration, kind: type[Hetzner | Aws] = kind) -> dict[str, str]:
            assert isinstance(declaration.environment.cloud, kind)
            return {"balancer": kind.__name__}

        monkeypatch.setitem(vars(module), f"deploy_{cloud}", composed)
        monkeypatch.setitem(sys.modules, f"stacks.on_{cloud}", module)
    declared = load(stack)
    state = declared.environment.state
    assert program.deploy(declared) == {"balancer": type(declared.environment.cloud).__name__}
    assert stashed == [("state", {"backend": state.backend, "secrets": state.secrets})]


def test_the_program_names_an_unknown_stack() -> None:
    """Pulumi's entry point ends with the sentence that names the stacks there are, and registers nothing."""
    code = (
        f"import runpy, pulumi; pulumi.get_stack = lambda: 'prod'\nrunpy.run_path({str(STACKS)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == (
        "pulumi.errors.RunError: 'prod' is no stack of this project: "
        "name one of aws-ap, aws-us, dev, hetzner-de, hetzner-fi"
    )
