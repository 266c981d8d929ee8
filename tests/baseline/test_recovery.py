"""What a failed or killed deployment leaves behind: everything is named once, with the commands of the book."""

from __future__ import annotations

import shlex
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.estate.facts.consoles import LIFTS, UNLIFTED
from baseline.estate.facts.protections import GUARDS
from baseline.graph import Graph
from baseline.recovery import Begun, Existing, Lock, Managed, Trouble, import_file, recover
from baseline.rule import resource

SERVER = "hcloud:index/server:Server"
GRAPH = Graph(
    project="shop",
    stack="dev",
    resources=(
        resource(SERVER, "app-1", name="app-1"),
        resource(SERVER, "app-2", _protect=True, name="app-2"),
        resource("aws:iam/role:Role", "writer"),
        resource("aws:ec2/volumeAttachment:VolumeAttachment", "data"),
    ),
)
APP_1, APP_2, WRITER, DATA = (item.urn for item in (GRAPH.resources))
PROVIDERS = tuple(Managed(urn=item.provider, type="pulumi:providers:x", id="1") for item in GRAPH)
WHOLE = tuple(Managed(urn=item.urn, type=item.type, id=f"{item.name}-id") for item in GRAPH)


def found(
    managed: tuple[Managed, ...] = (),
    begun: tuple[Begun, ...] = (),
    locks: tuple[Lock, ...] = (),
    existing: tuple[Existing, ...] | None = (),
) -> list[Trouble]:
    """What there is to recover from in the example's stack, whose providers exist; not what nobody has listed."""
    troubles = recover("dev", (*managed, *PROVIDERS), begun, locks, existing, GRAPH)
    return [trouble for trouble in troubles if trouble.kind != "unasked"]


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
        "--protect=true" if name == "app-2" else "--protect=false",
        "--stack",
    ]
    assert shlex.split(command)[-3:] == [thing["type_"], name, thing["id_"]]


@pytest.mark.parametrize("name", ["", "app", "app-3", "writer-xyz", "app-1-0a1b2c3"])
def test_nobody_guesses(name: str) -> None:
    """What fits no registration, or could fit several, is named with each import that may be right, and none is run."""
    trouble = orphan(SERVER, "7", name=name)
    assert "Nobody can tell whether it was made for app-1 or app-2, for another stack, or by a person" in trouble.what
    assert trouble.imports == ()
    assert trouble.commands[0] == "hcloud server describe 7"
    for command, resource_ in zip(trouble.commands[1:], GRAPH.resources[:2], strict=True):
        assert command.startswith("# pulumi import ")
        assert f"--provider provider={resource_.provider}" in command
        assert command.endswith(f"{SERVER} {resource_.name} 7")


def test_a_stranger_is_imported_under_no_name() -> None:
    """Where the program misses nothing of its type, or its URN is another stack's, no command takes it in."""
    server = Existing(type=SERVER, id="7", name="app-1")
    (trouble,) = found(WHOLE, existing=(*(Existing(type=each.type, id=each.id) for each in WHOLE), server))
    assert (trouble.kind, trouble.imports, trouble.commands) == ("orphan", (), ("hcloud server describe 7",))
    assert "another stack's, a person's, or one that an earlier program has left" in trouble.what
    other = APP_1.replace("::example", "::other", 1)
    assert orphan(SERVER, "7", urn=other, name="app-1").commands == ("hcloud server describe 7",)


@pytest.mark.parametrize(
    "things",
    [
        (Existing(type=SERVER, id="7", urn=APP_1), Existing(type=SERVER, id="8", urn=APP_1)),
        (Existing(type=SERVER, id="7", name="app-1"), Existing(type=SERVER, id="8", inputs={"name": "app-1"})),
        (Existing(type=SERVER, id="7", name="app-1"), Existing(type=SERVER, id="8", urn=APP_1)),
    ],
)
def test_two_of_one_are_both_named(things: tuple[Existing, ...]) -> None:
    """Neither is imported, and nothing is deleted by a command: only a look decides."""
    troubles = found(existing=things)
    assert [trouble.kind for trouble in troubles] == ["orphan", "orphan"]
    assert all("one of 2 that may have been made for app-1" in trouble.what for trouble in troubles)
    assert [trouble.commands for trouble in troubles] == [("hcloud server describe 7",), ("hcloud server describe 8",)]
    assert import_file(troubles)["resources"] == []


def test_what_was_being_created_is_known_without_a_program() -> None:
    """The engine wrote down its parent, its provider and whether it is protected."""
    pending = Begun(operation="creating", urn=APP_1, type=SERVER, parent="urn:p", provider="urn:q", protect=True)
    parents, first, _ = recover("dev", (), (pending,), (), (Existing(type=SERVER, id="7", urn=APP_1),), None)
    assert parents.commands == ("pulumi up --yes --skip-preview --stack dev --target urn:q",)
    (entry,) = first.imports
    assert (entry.name, entry.parent, entry.provider, entry.protect) == ("app-1", "urn:p", "urn:q", True)


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
    assert "the state manages 7, which exists. Look into it first" in trouble.what
    assert trouble.commands == (
        "hcloud server describe 8",
        "hcloud server disable-protection 8 delete rebuild",
        "hcloud server delete 8",
    )


def test_a_second_storage_box_is_deleted_too() -> None:
    """No provider stands between the command line and the box: its protection is lifted like any other."""
    box = "hcloud:index/storageBox:StorageBox"
    urn = f"urn:pulumi:dev::shop::{box}::backup"
    existing = (Existing(type=box, id="7"), Existing(type=box, id="8", urn=urn))
    (trouble,) = found((Managed(urn=urn, type=box, id="7"),), existing=existing)
    assert trouble.commands == (
        "hcloud storage-box describe 8",
        "hcloud storage-box disable-protection 8 delete",
        "hcloud storage-box delete 8",
    )


def test_what_was_not_finished_is_read_again() -> None:
    """The engine writes down why; what is gone as well is named once, and so is the predecessor of something."""
    refused = Managed(urn=APP_1, type=SERVER, id="7", errors=("backups: 500 internal error",))
    (trouble,) = found((refused,), existing=None)
    assert trouble.kind == "partial"
    assert "app-1, and was not finished: backups: 500 internal error. Mend the cause first" in trouble.what
    assert trouble.commands == (f"pulumi refresh --yes --skip-preview --stack dev --target {APP_1}",)
    assert [each.kind for each in found((refused,), existing=(Existing(type=SERVER, id="7"),))] == ["partial"]
    assert [each.kind for each in found((refused,), existing=(Existing(type=SERVER, id=""),))] == ["gone"]
    old = Managed(urn=APP_1, type=SERVER, id="6", waiting=True, errors=("500",))
    assert found((old,), existing=None) == []


def test_the_only_one_left_is_no_second_one() -> None:
    """Where the managed one does not exist, the other is never deleted; what is gone is named, and looked for first."""
    managed = (Managed(urn=APP_1, type=SERVER, id="7"),)
    beside, gone = found(managed=managed, existing=(Existing(type=SERVER, id="8", urn=APP_1),))
    assert (beside.kind, beside.imports, gone.kind) == ("orphan", (), "gone")
    assert "never delete it" in beside.what
    assert beside.commands == ("hcloud server describe 8",)
    assert gone.commands == (
        "hcloud server describe 7",
        f"pulumi refresh --yes --skip-preview --stack dev --target {APP_1}",
    )


def test_what_is_gone_is_named() -> None:
    """Of the types that the list covers, and of no other; an entry without an id covers its type."""
    own = "pulumi:providers:hcloud"
    managed = (
        Managed(urn=APP_1, type=SERVER, id="7"),
        Managed(urn=WRITER, type="aws:iam/role:Role", id="w"),
        Managed(urn="urn:p", type=own, id="1"),
    )
    (gone,) = found(managed=managed, existing=(Existing(type=SERVER, id=""), Existing(type=own, id="")))
    assert (gone.kind, gone.what.split()[1]) == ("gone", "7")
    deleted = Existing(type=SERVER, id="7", kept="in its waiting window")
    (gone,) = found(managed=managed, existing=(deleted,))
    assert "was deleted (in its waiting window)" in gone.what


def test_a_command_goes_to_its_region() -> None:
    """By the thing's own words, else a word that AWS refuses; an address is called by both of its names."""
    urn = "urn:pulumi:dev::shop::aws:ec2/eip:Eip::out"
    managed = (Managed(urn=urn, type="aws:ec2/eip:Eip", id="eipalloc-1"),)
    same = Existing(type="aws:ec2/eip:Eip", id="eipalloc-1")
    second = {"region": "eu-west-1", "publicIp": "192.0.2.1"}
    (trouble,) = found(managed, existing=(same, Existing(type=same.type, id="eipalloc-2", urn=urn, outputs=second)))
    assert [shlex.split(command)[2:] for command in trouble.commands] == [
        [verb, "--type-name", "AWS::EC2::EIP", "--identifier", "192.0.2.1|eipalloc-2", "--region", "eu-west-1"]
        for verb in ("get-resource", "delete-resource")
    ]
    (trouble,) = found(managed, existing=(same, Existing(type=same.type, id="eipalloc-2", urn=urn)))
    assert all(command.endswith("'PUBLIC_IP|eipalloc-2' --region REGION") for command in trouble.commands)
    assert "write its public address in the place of PUBLIC_IP and its region in the place of REGION" in trouble.what


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
    assert f"list {SERVER} first (above), or what it made would be forgotten" in trouble.what
    uncovered = found(begun=(creating,), existing=(Existing(type="hcloud:index/volume:Volume", id=""),))
    assert [each.commands for each in uncovered] == [()]
    assert SERVER in uncovered[0].what
    (updating,) = found(
        (Managed(urn=APP_1, type=SERVER, id="7"),),
        begun=(Begun(operation="updating", urn=APP_1, type=SERVER),),
        existing=None,
    )
    whole = "urn:pulumi:example::example::pulumi:pulumi:Stack::example-example"
    settle = "pulumi refresh --yes --skip-preview --clear-pending-creates --stack dev --target"
    assert updating.commands == (f"{settle} {whole} --target {APP_1}",)
    (asked,) = found(begun=(creating,), existing=(Existing(type=SERVER, id=""),))
    assert asked.commands == (f"{settle} {whole}",)


def test_a_component_that_was_begun() -> None:
    """It exists in no cloud, so that no list has to say that there is none."""
    component = Begun(operation="creating", urn=f"{APP_1}-parts", type="infra:hetzner:Host", custom=False)
    for existing in (None, (Existing(type=SERVER, id=""),)):
        (trouble,) = found(begun=(component,), existing=existing)
        assert trouble.commands
        assert "--live" not in trouble.what
    server = Begun(operation="creating", urn=APP_1, type=SERVER)
    assert not any(each.commands for each in found(begun=(server, component), existing=None))


def test_all_imports_in_one_file() -> None:
    """Parents and providers stand in it under short names, as `pulumi import --file` reads them."""
    document = import_file(found(existing=(Existing(type=SERVER, id="7", urn=APP_1),)))
    (provider,) = document["nameTable"].values()
    assert provider == GRAPH.by_urn[APP_1].provider
    assert document["resources"] == [{"type": SERVER, "name": "app-1", "id": "7", "provider": "urn0"}]
    both = found(existing=(Existing(type=SERVER, id="7", urn=APP_1), Existing(type=SERVER, id="8", urn=APP_2)))
    for protect, name in ((False, "app-1"), (True, "app-2")):
        assert [each["name"] for each in import_file(both, protect=protect)["resources"]] == [name]


def test_what_imports_stand_under_is_made_first() -> None:
    """Of a lost state: the provider by a command, the components by the file, each before its parts."""
    host = resource("infra:hetzner:Host", "app-1")
    inner = msgspec.structs.replace(resource("infra:hetzner:Disk", "data"), parent=host.urn, custom=False)
    host = msgspec.structs.replace(host, custom=False)
    volume = msgspec.structs.replace(
        resource("hcloud:index/volume:Volume", "data", _protect=True, name="data"), parent=inner.urn
    )
    graph = Graph(project="shop", stack="dev", resources=(host, inner, volume))
    existing = (Existing(type=volume.type, id="7", name="data"),)
    troubles = recover("dev", (), (), (), existing, graph)
    assert [each.kind for each in troubles] == ["parents", "orphan"]
    assert troubles[0].commands == (f"pulumi up --yes --skip-preview --stack dev --target {volume.provider}",)
    assert "ask again with it" in troubles[0].what
    assert import_file(troubles, protect=False) == {
        "nameTable": {},
        "resources": [
            {"type": "infra:hetzner:Host", "name": "urn1", "logicalName": "app-1", "component": True},
            {"type": "infra:hetzner:Disk", "name": "urn0", "logicalName": "data", "component": True, "parent": "urn1"},
        ],
    }
    assert import_file(troubles, protect=True)["resources"][0]["name"] == "data"
    assert set(import_file(troubles, protect=True)["nameTable"].values()) == {inner.urn, volume.provider}


def test_every_guard_is_lifted_or_has_a_reason() -> None:
    """No type that a provider guards is left out, and none is in both tables."""
    assert LIFTS.keys() | UNLIFTED.keys() == GUARDS.keys()
    assert LIFTS.keys() & UNLIFTED.keys() == set()


IDS = st.sampled_from(["1", "2", "3", "4"])


CALLED = st.tuples(IDS, st.sampled_from([None, APP_1, APP_2]), st.sampled_from([None, "app-1", "app-2", "x"]))


@given(
    st.dictionaries(st.sampled_from([APP_1, APP_2]), IDS, max_size=2),
    st.lists(CALLED, max_size=4, unique_by=lambda called: called[0]),
    st.lists(st.sampled_from(["creating", "updating", "deleting"]), max_size=3),
    st.booleans(),
)
def test_everything_is_named_once(
    managed: dict[str, str],
    existing: list[tuple[str, str | None, str | None]],
    begun: list[str],
    kept: bool,
) -> None:
    """Each thing that exists is managed, kept, or named; so is each operation, and each that is gone; nothing else.

    Nothing is deleted unless the managed one exists, and of two that claim one resource neither is imported.
    """
    things = tuple(
        Existing(type=SERVER, id=id_, urn=urn, name=name, kept="yes" if kept and id_ == "1" else "")
        for id_, urn, name in sorted(existing, key=lambda called: called[0])
    )
    troubles = found(
        managed=tuple(Managed(urn=urn, type=SERVER, id=id_) for urn, id_ in sorted(managed.items())),
        begun=tuple(Begun(operation=operation, urn=APP_1, type=SERVER) for operation in begun),
        existing=things,
    )
    alive = {thing.id for thing in things if not thing.kept}
    named = [trouble.what.split()[1] for trouble in troubles if trouble.kind in ("orphan", "duplicate")]
    assert named == [thing.id for thing in things if not thing.kept and thing.id not in managed.values()]
    assert [trouble.what.split()[0] for trouble in troubles if trouble.kind == "pending"] == begun
    gone = [trouble.what.split()[1] for trouble in troubles if trouble.kind == "gone"]
    assert gone == [id_ for _, id_ in sorted(managed.items()) if things and id_ not in alive]
    names = [entry.name for trouble in troubles for entry in trouble.imports]
    assert len(names) == len(set(names))
    assert not {name for name in names if name in {urn.rpartition("::")[2] for urn in managed}}
    by_id = {thing.id: thing for thing in things}
    for trouble in troubles:
        if any(" delete" in command for command in trouble.commands):
            assert managed[str(by_id[trouble.what.split()[1]].urn)] in alive
            assert " describe " in trouble.commands[0]
