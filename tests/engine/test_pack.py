"""The policy pack on the real engine: what it blocks, what it says, and that nothing gets past it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.engine.clouds.ledger import entries
from tests.engine.operator import Done, Operator
from tests.recordings import REPOSITORY

PACK = REPOSITORY / "policies" / "pack"
FORMS = pytest.mark.parametrize("pack", [PACK, PACK / "serve"], ids=["folder", "executable"])


def opened(operator: Operator) -> None:
    """Lets half of the internet administer the hosts of `dev`."""
    file = operator.project / "stacks" / "dev.py"
    said = file.read_text(encoding="utf-8")
    assert "198.51.100.0/28" in said
    file.write_text(said.replace("198.51.100.0/28", "0.0.0.0/1"), encoding="utf-8")


def configured(operator: Operator, **config: Any) -> tuple[str, str]:
    """The option that gives the pack a configuration."""
    file = operator.folder / "config.json"
    file.write_text(json.dumps(config), encoding="utf-8")
    return "--policy-pack-config", str(file)


def shown(operator: Operator, *options: str, pack: Path = PACK) -> Done:
    """A preview of `dev` with the pack."""
    return operator.pulumi("preview", "--stack", "dev", "--policy-pack", str(pack), *options)


def levels(done: Done, level: str) -> set[str]:
    """The policies that report at a level: `mandatory` or `advisory`."""
    return set(re.findall(rf"- \[{level}\]\s+(\S+)", done.said))


@FORMS
def test_what_breaks_a_promise_is_not_deployed(operator: Operator, pack: Path) -> None:
    """The preview fails and names rule, clause and remedy; `up` asks nothing of any cloud."""
    operator.init("dev")
    opened(operator)
    done = shown(operator, pack=pack)
    assert done.code != 0
    assert "administration_port_open_beyond_declared_networks" in levels(done, "mandatory"), done.said
    assert "host_reachable_from_internet" in levels(done, "mandatory")
    assert "(clauses 5.1, 5.3.1 1))" in done.said
    assert "fail: rules.0.sourceIps.0: app lets 0.0.0.0/1 send tcp 22 to app-1" in done.said
    assert "remedy: Admit the balancer's private prefix" in done.said
    assert operator.up("dev", "--policy-pack", str(pack)).code != 0
    assert entries(operator.cloud) == []


@FORMS
def test_what_keeps_its_promises_is_deployed(operator: Operator, pack: Path) -> None:
    """Neither preview nor `up` is in its way, and nothing is reported."""
    operator.init("dev")
    done = shown(operator, pack=pack)
    assert done.code == 0, done.said
    assert levels(done, "mandatory") | levels(done, "advisory") == set()
    done = operator.up("dev", "--policy-pack", str(pack))
    assert done.code == 0, done.said
    assert entries(operator.cloud)


@pytest.mark.parametrize("name", ["judged", "host_reachable_from_internet"])
def test_a_disabled_policy_disables_no_other(operator: Operator, name: str) -> None:
    """Whichever is asked first has the stack judged."""
    operator.init("dev")
    opened(operator)
    done = shown(operator, *configured(operator, **{name: "disabled"}))
    assert done.code != 0
    reported = levels(done, "mandatory")
    assert name not in reported
    assert "administration_port_open_beyond_declared_networks" in reported


@pytest.mark.parametrize("level", ["disabled", "advisory"])
def test_what_nobody_reads_nobody_judges(operator: Operator, level: str) -> None:
    """Without the policy that reads, every rule says that it has not judged, whether or not `judged` may block."""
    operator.init("dev")
    done = shown(operator, *configured(operator, collect=level, judged="disabled"))
    assert done.code != 0
    assert "not judged: the engine has shown no resource" in done.said
    assert "host_reachable_from_internet" in levels(done, "mandatory")
    assert "Traceback" not in done.said


def test_the_pack_starts_as_the_readme_says(operator: Operator) -> None:
    """Each form of it, by the words that a person copies."""
    operator.init("dev")
    (operator.project / ".venv").symlink_to(REPOSITORY / ".venv")
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"--policy-pack \"?([^\s`\")]+)", readme)
    assert {name.rpartition("/")[2] for name in named} == {"pack", "serve"}
    for name in named:
        path = name.replace("$PWD", str(operator.project)).replace("../shop-connections", str(operator.project))
        done = operator.pulumi("preview", "--stack", "dev", "--policy-pack", path)
        assert done.code == 0, done.said
