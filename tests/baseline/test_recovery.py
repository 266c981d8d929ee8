"""What a failed or killed deployment leaves behind: everything is named once, with the commands of the book."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.graph import Graph
from baseline.recovery import Begun, Existing, Lock, Managed, Trouble, import_file, recover
from baseline.rule import resource

SERVER = "hcloud:index/server:Server"
GRAPH = Graph(
    project="shop",
    stack="dev",
    resources=(
        resource(SERVER, "app-1", name="app-1"),
        resource(SERVER, "app-2", name="app-2"),
        resource("aws:iam/role:Role", "writer"),
        resource("aws:ec2/volumeAttachment:VolumeAttachment", "data"),
    ),
)
APP_1, APP_2, WRITER, DATA = (item.urn for item in (GRAPH.resources))


def found(
    managed: tuple[Managed, ...] = (),
    begun: tuple[Begun, ...] = (),
    locks: tuple[Lock, ...] = (),
    existing: tuple[Existing, ...] | None = (),
) -> list[Trouble]:
    """What there is to recover from in the example's stack."""
    return recover("dev", managed, begun, locks, existing, GRAPH)


def orphan(type_: str, id_: str, **fields: Any) -> Trouble:
    """The one trouble of a thing that no state knows."""
    (trouble,) = found(existing=(Existing(type=type_, id=id_, **fields),))
    assert trouble.kind == "orphan"
    return trouble


def test_nothing_happened() -> None:
    """What is managed exists, and what the cloud keeps after its deletion is no orphan."""
    managed = (Managed(urn=APP_1, type=SERVER, id="7"),)
    existing = (
        Existing(type=SERVER, id="7"),
        Existing(type="aws:kms/key:Key", id="k", kept="PendingDeletion for 30 days"),
    )
    assert found(managed=managed, existing=existing) == []


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        ({"type_": SERVER, "id_": "7", "urn": APP_2}, "app-2"),
        ({"type_": SERVER, "id_": "7", "inputs": {"name": "app-1"}}, "app-1"),
        ({"type_": SERVER, "id_": "7", "name": "app-1"}, "app-1"),
        ({"type_": "aws:iam/role:Role", "id_": "writer-0a1b2c3", "name": "writer-0a1b2c3"}, "writer"),
    ],
)
def test_an_orphan_is_known_again(thing: dict[str, Any], name: str) -> None:
    """By its URN, its declared name, or a name that the provider made of the program's."""
    trouble = orphan(**thing)
    assert trouble.what.endswith(f"It was made for {name}.")
    (command,) = trouble.commands
    assert shlex.split(command)[:6] == [
        "pulumi",
        "import",
        "--yes",
        "--generate-code=false",
        "--protect=false",
        "--stack",
    ]
    assert shlex.split(command)[-3:] == [thing["type_"], name, thing["id_"]]


@pytest.mark.parametrize("name", ["", "app", "app-3", "writer-xyz", "app-1-0a1b2c3"])
def test_nobody_guesses(name: str) -> None:
    """What fits no registration, or could fit several, is named, and its place left to the one who looks."""
    trouble = orphan(SERVER, "7", name=name)
    assert "Nobody can tell" in trouble.what
    assert trouble.imports == ()
    assert "NAME" in trouble.commands[0]


def test_an_import_is_called_as_the_provider_wants_it() -> None:
    """Some types are imported by more than their id; what a shell would read is quoted."""
    inputs = {"deviceName": "/dev/sdf", "volumeId": "vol-1", "instanceId": "i-1"}
    trouble = orphan("aws:ec2/volumeAttachment:VolumeAttachment", "vai-1", urn=DATA, inputs=inputs)
    assert trouble.imports[0].id == "/dev/sdf:vol-1:i-1"
    assert "'" in orphan(SERVER, "7; rm -rf /", urn=APP_1).commands[0]


def test_a_second_one_is_looked_into_before_it_goes() -> None:
    """What exists twice is named with the one that is managed, and deleted by its cloud's own command."""
    managed = (Managed(urn=APP_1, type=SERVER, id="7"),)
    existing = (Existing(type=SERVER, id="7", urn=APP_1), Existing(type=SERVER, id="8", urn=APP_1))
    (trouble,) = found(managed=managed, existing=existing)
    assert trouble.kind == "duplicate"
    assert "the state manages 7. Look into it first" in trouble.what
    assert trouble.commands == ("hcloud server delete 8",)


def test_a_predecessor_is_no_second_one() -> None:
    """What waits for its deletion is managed, under the URN of its successor."""
    managed = (Managed(urn=APP_1, type=SERVER, id="8"), Managed(urn=APP_1, type=SERVER, id="7", waiting=True))
    assert found(managed=managed, existing=(Existing(type=SERVER, id="7"), Existing(type=SERVER, id="8"))) == []


def test_the_order_of_things() -> None:
    """The lock first, then what exists, then what was begun: a refresh forgets what it has not been told of."""
    troubles = found(
        begun=(
            Begun(operation="creating", urn=APP_1, type=SERVER),
            Begun(operation="updating", urn=APP_2, type=SERVER),
        ),
        locks=(Lock(file="lock.json", username="ada", hostname="desk", pid=7, timestamp="2026-11-26"),),
        existing=(Existing(type=SERVER, id="7", urn=APP_1),),
    )
    assert [trouble.kind for trouble in troubles] == ["lock", "orphan", "pending", "pending"]
    assert "ada on desk (process 7)" in troubles[0].what
    assert [command.split()[1] for trouble in troubles for command in trouble.commands] == [
        "cancel",
        "import",
        "refresh",
    ]


def test_without_a_live_list_no_create_is_forgotten() -> None:
    """A pending create is settled only by somebody who has asked the cloud; what only changed may be read again."""
    creating = Begun(operation="creating", urn=APP_1, type=SERVER)
    (trouble,) = found(begun=(creating,), existing=None)
    assert trouble.commands == ()
    assert "--live" in trouble.what
    (updating,) = found(begun=(Begun(operation="updating", urn=APP_1, type=SERVER),), existing=None)
    assert updating.commands == ("pulumi refresh --yes --clear-pending-creates --stack dev",)


def test_all_imports_in_one_file() -> None:
    """Parents and providers stand in it under short names, as `pulumi import --file` reads them."""
    document = import_file(found(existing=(Existing(type=SERVER, id="7", urn=APP_1),)))
    (provider,) = document["nameTable"].values()
    assert provider == GRAPH.by_urn[APP_1].provider
    assert document["resources"] == [{"type": SERVER, "name": "app-1", "id": "7", "provider": "urn0"}]


IDS = st.sampled_from(["1", "2", "3", "4"])


@given(
    st.sets(st.tuples(st.sampled_from([APP_1, APP_2]), IDS), max_size=3),
    st.sets(IDS, max_size=4),
    st.lists(st.sampled_from(["creating", "updating", "deleting"]), max_size=3),
    st.booleans(),
)
def test_everything_is_named_once(
    managed: set[tuple[str, str]], existing: set[str], begun: list[str], kept: bool
) -> None:
    """Each thing that exists is managed, kept, or named; each operation is named; nothing else is."""
    things = tuple(Existing(type=SERVER, id=id_, kept="yes" if kept and id_ == "1" else "") for id_ in sorted(existing))
    troubles = found(
        managed=tuple(Managed(urn=urn, type=SERVER, id=id_) for urn, id_ in sorted(managed)),
        begun=tuple(Begun(operation=operation, urn=APP_1, type=SERVER) for operation in begun),
        existing=things,
    )
    ids = {id_ for _, id_ in managed}
    named = [trouble.what.split()[1] for trouble in troubles if trouble.kind in ("orphan", "duplicate")]
    assert named == [thing.id for thing in things if not thing.kept and thing.id not in ids]
    assert [trouble.what.split()[0] for trouble in troubles if trouble.kind == "pending"] == begun
