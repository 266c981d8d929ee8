"""The clouds as a process: many providers on one port, ordered faults, and what a kill leaves."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, Literal

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from tests.engine.asking import Desk, struct, urn
from tests.engine.clouds import faults
from tests.engine.clouds.ledger import FILE, entries, living
from tests.engine.operator import wait
from tests.recordings import REPOSITORY

FIREWALL: Final = "hcloud:index/firewall:Firewall"
TOKEN: Final = {"token": "x" * 64}


@contextmanager
def served(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process, which is killed at the end as the kernel kills one."""
    (folder / "ports.json").unlink(missing_ok=True)
    process = subprocess.Popen([sys.executable, "-m", "tests.engine.clouds", "serve", str(folder)], cwd=REPOSITORY)
    try:
        wait((folder / "ports.json").exists, "the clouds do not serve")
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def provider(folder: Path, cloud: str, settings: Mapping[str, Any]) -> Iterator[Any]:
    """One provider of a program: a connection of its own, with settings of its own."""
    port = json.loads((folder / "ports.json").read_text(encoding="utf-8"))[cloud]
    options = [("grpc.use_local_subchannel_pool", 1)]
    with grpc.insecure_channel(f"127.0.0.1:{port}", options=options) as channel:
        found = provider_pb2_grpc.ResourceProviderStub(channel)
        found.Configure(provider_pb2.ConfigureRequest(args=struct(settings)))
        yield found


def make(asked: Any, type_: str, name: str, inputs: Mapping[str, Any], seconds: float = 30) -> Any:
    """Creates something. Raises grpc.RpcError."""
    request = provider_pb2.CreateRequest(urn=urn(type_, name), properties=struct(inputs))
    return asked.Create(request, timeout=seconds)


def test_two_regions_through_one_port(tmp_path: Path) -> None:
    """Each provider of a program keeps its own region and account."""
    one = {"region": "eu-central-1", "allowedAccountIds": '["111122223333"]'}
    two = {"region": "us-east-1", "allowedAccountIds": '["444455556666"]'}
    with (
        served(tmp_path),
        provider(tmp_path, "aws", one) as here,
        provider(tmp_path, "aws", two) as there,
    ):
        for asked, name in ((here, "here"), (there, "there")):
            make(asked, "aws:kms/key:Key", name, {})
    places = {thing.name: (thing.place, thing.outputs["arn"].split(":")[3:5]) for thing in living(tmp_path)}
    assert places == {
        "here": ("eu-central-1", ["eu-central-1", "111122223333"]),
        "there": ("us-east-1", ["us-east-1", "444455556666"]),
    }


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("how", ["error", "hang", "crash"])
def test_a_fault_that_is_ordered(
    tmp_path: Path, when: Literal["before", "after"], how: Literal["error", "hang", "crash"]
) -> None:
    """It strikes what it names and once, before the effect or after it."""
    faults.order(tmp_path, faults.Fault(operation="create", type="*Firewall", name="struck", when=when, how=how))
    with served(tmp_path) as process, provider(tmp_path, "hcloud", TOKEN) as asked:
        make(asked, FIREWALL, "spared", {"name": "spared"})
        with pytest.raises(grpc.RpcError) as error:
            make(asked, FIREWALL, "struck", {"name": "struck"}, seconds=2)
        if how == "crash":
            assert process.wait(timeout=10) == 137
        else:
            make(asked, FIREWALL, "next", {"name": "next"})
    code = {"error": "UNKNOWN", "hang": "DEADLINE_EXCEEDED", "crash": "UNAVAILABLE"}[how]
    assert error.value.code().name == code
    names = ["spared", *(["struck"] if when == "after" else []), *(["next"] if how != "crash" else [])]
    assert [entry.thing.name for entry in entries(tmp_path)] == names


def test_a_fault_by_its_number(tmp_path: Path) -> None:
    """Counted from the order, which counts anew when it is given again."""
    with served(tmp_path), provider(tmp_path, "hcloud", TOKEN) as asked:
        for round_ in "ab":
            faults.order(tmp_path, faults.Fault(number=2))
            make(asked, FIREWALL, f"{round_}1", {"name": f"{round_}1"})
            with pytest.raises(grpc.RpcError, match="ordered before"):
                make(asked, FIREWALL, f"{round_}2", {"name": f"{round_}2"})
            make(asked, FIREWALL, f"{round_}3", {"name": f"{round_}3"})
    assert [thing.name for thing in living(tmp_path)] == ["a1", "a3", "b1", "b3"]


def test_a_kill_loses_nothing(tmp_path: Path) -> None:
    """Whatever was answered is there again, and a last line that was cut off is no entry and spoils none."""
    with served(tmp_path), provider(tmp_path, "hcloud", TOKEN) as asked:
        ids = [make(asked, FIREWALL, name, {"name": name}).id for name in ("a", "b")]
    with (tmp_path / FILE).open("ab") as ledger:
        ledger.write(b'{"number":3,"operation":"cre')
    with served(tmp_path), provider(tmp_path, "hcloud", TOKEN) as asked:
        with pytest.raises(grpc.RpcError, match="uniqueness_error"):
            make(asked, FIREWALL, "a", {"name": "a"})
        ids.append(make(asked, FIREWALL, "c", {"name": "c"}).id)
    assert [(thing.name, thing.id) for thing in living(tmp_path)] == list(zip("abc", ids, strict=True))
    assert [entry.number for entry in entries(tmp_path)] == [1, 2, 3, 4]


def test_the_same_history_gives_the_same_clouds(tmp_path: Path) -> None:
    """Ids, names and outputs are made up from what went before, and from nothing else."""
    clouds = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        with closing(Desk(folder)) as desk:
            desk.make(FIREWALL, "edge", {})
            desk.make("aws:ec2/vpc:Vpc", "net", {"cidrBlock": "10.0.0.0/16"})
        clouds.append(living(folder))
    assert clouds[0] == clouds[1]
