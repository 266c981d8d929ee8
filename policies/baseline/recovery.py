"""What is unfinished after a deployment that failed or was cut off, and the commands that finish it.

Pulumi knows what it has begun; only the cloud knows what came of it. A create whose answer was lost leaves a thing that
no state names: the next `up` would make a second one. So both are laid side by side, and nothing is done here.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from baseline.estate.facts.imports import import_id
from baseline.graph import Graph, Resource


class Managed(msgspec.Struct, frozen=True, kw_only=True):
    """A resource of the state. `waiting`: it was replaced, and waits for its deletion."""

    urn: str
    type: str
    id: str
    waiting: bool = False


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """An operation that the engine had begun: `creating`, `updating`, `deleting`, `reading` or `importing`."""

    operation: str
    urn: str
    type: str


class Lock(msgspec.Struct, frozen=True, kw_only=True):
    """A lock of the backend: by whom, on which machine, since when."""

    file: str
    username: str = ""
    hostname: str = ""
    pid: int = 0
    timestamp: str = ""


class Existing(msgspec.Struct, frozen=True, kw_only=True):
    """One thing of the live list. `kept` says why the cloud holds it though it was deleted; the URN may be unknown."""

    type: str
    id: str
    name: str = ""
    urn: str = ""
    inputs: dict[str, Any] = {}
    outputs: dict[str, Any] = {}
    kept: str = ""


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to recover from: `lock`, `orphan`, `duplicate` or `pending`; what it is, and the commands in order."""

    kind: str
    what: str
    commands: tuple[str, ...] = ()
    imports: tuple[Import, ...] = ()


class Import(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of the file that `pulumi import --file` reads."""

    type: str
    name: str
    id: str
    parent: str | None = None
    provider: str | None = None


def recover(
    stack: str,
    managed: Sequence[Managed],
    begun: Sequence[Begun],
    locks: Sequence[Lock],
    existing: Sequence[Existing] | None,
    declared: Graph | None,
) -> list[Trouble]:
    """Everything to recover from, in the order in which it has to be done. None exists: nobody asked the cloud."""
    found = [_locked(stack, lock) for lock in locks]
    if existing is not None:
        found += _loose(stack, managed, existing, declared)
    found += _pending(stack, begun, asked=existing is not None)
    return found


def _locked(stack: str, lock: Lock) -> Trouble:
    return Trouble(
        kind="lock",
        what=f"{lock.username or 'somebody'} on {lock.hostname or 'some machine'} (process {lock.pid or 'unknown'}) "
        f"holds the stack's lock since {lock.timestamp or 'an unknown time'}: {lock.file}. Where that process still "
        "runs, wait for it.",
        commands=(f"pulumi cancel --yes --stack {shlex.quote(stack)}",),
    )


def _loose(
    stack: str, managed: Sequence[Managed], existing: Sequence[Existing], declared: Graph | None
) -> Iterator[Trouble]:
    ids = {(item.type, item.id) for item in managed}
    urns = {item.urn: item for item in managed if not item.waiting}
    wanted = {resource.urn: resource for resource in declared or () if resource.custom and resource.urn not in urns}
    for thing in existing:
        if thing.kept or (thing.type, thing.id) in ids:
            continue
        if thing.urn in urns:
            yield _duplicate(thing, urns[thing.urn])
        else:
            yield _orphan(stack, thing, _meant(thing, wanted))


def _meant(thing: Existing, wanted: Mapping[str, Resource]) -> Resource | None:
    """The one registration that it was made for: by its URN, else by its name; never one of several."""
    if thing.urn:
        return wanted.get(thing.urn)
    own = {str(value) for key in ("name", "bucket", "identifier") if (value := thing.inputs.get(key))} | {thing.name}
    fitting = [
        resource
        for resource in wanted.values()
        if resource.type == thing.type and any(_called(resource, name) for name in own if name)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _called(resource: Resource, name: str) -> bool:
    """Whether a physical name is the one declared, or one that the provider makes up from the program's."""
    said = next((resource.inputs[key] for key in ("name", "bucket", "identifier") if key in resource.inputs), None)
    if isinstance(said, str):
        return said == name
    head, _, tail = name.rpartition("-")
    return head == resource.name and len(tail) == 7 and all(digit in "0123456789abcdef" for digit in tail)


def _orphan(stack: str, thing: Existing, meant: Resource | None) -> Trouble:
    what = f"{thing.type} {thing.id} ({thing.name or 'without a name'}) exists, and the state does not know it"
    if meant is None:
        return Trouble(
            kind="orphan",
            what=f"{what}. Nobody can tell which resource of the program it was made for: look at it in the cloud, and "
            "import it under the name that it belongs to, or delete it there.",
            commands=(_import(stack, _entry(thing, None), "NAME"),),
        )
    entry = _entry(thing, meant)
    return Trouble(
        kind="orphan",
        what=f"{what}. It was made for {meant.name}.",
        commands=(_import(stack, entry, meant.name),),
        imports=(entry,),
    )


def _entry(thing: Existing, meant: Resource | None) -> Import:
    return Import(
        type=thing.type,
        name=meant.name if meant else "NAME",
        id=import_id(thing.type, thing.id, {**thing.outputs, **thing.inputs}),
        parent=(meant.parent or None) if meant else None,
        provider=(meant.provider or None) if meant else None,
    )


def _import(stack: str, entry: Import, name: str) -> str:
    # What the program says of protection, the next `up` sets.
    words = ["pulumi", "import", "--yes", "--generate-code=false", "--protect=false", "--stack", stack]
    for option, urn in (("--parent", entry.parent), ("--provider", entry.provider)):
        words += [option, f"{option[2:]}={urn}"] if urn else []
    return shlex.join([*words, entry.type, name, entry.id])


def _duplicate(thing: Existing, kept: Managed) -> Trouble:
    return Trouble(
        kind="duplicate",
        what=f"{thing.type} {thing.id} is a second {kept.urn.rpartition('::')[2]}: the state manages {kept.id}. "
        "Look into it first; where it holds nothing, delete it.",
        commands=tuple(_deletion(thing)),
    )


_HCLOUD = {
    "Firewall": "firewall",
    "FloatingIp": "floating-ip",
    "LoadBalancer": "load-balancer",
    "Network": "network",
    "PlacementGroup": "placement-group",
    "PrimaryIp": "primary-ip",
    "Server": "server",
    "StorageBox": "storage-box",
    "Volume": "volume",
    "Zone": "zone",
}
"""Type -> its word on the `hcloud` command line (hcloud CLI 1.55, read 2026-11-26)."""

_CLOUDCONTROL = {
    "aws:ebs/volume:Volume": "AWS::EC2::Volume",
    "aws:ec2/eip:Eip": "AWS::EC2::EIP",
    "aws:ec2/flowLog:FlowLog": "AWS::EC2::FlowLog",
    "aws:ec2/instance:Instance": "AWS::EC2::Instance",
    "aws:ec2/internetGateway:InternetGateway": "AWS::EC2::InternetGateway",
    "aws:ec2/natGateway:NatGateway": "AWS::EC2::NatGateway",
    "aws:ec2/routeTable:RouteTable": "AWS::EC2::RouteTable",
    "aws:ec2/securityGroup:SecurityGroup": "AWS::EC2::SecurityGroup",
    "aws:ec2/subnet:Subnet": "AWS::EC2::Subnet",
    "aws:ec2/vpc:Vpc": "AWS::EC2::VPC",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "AWS::EC2::VPCEndpoint",
    "aws:kms/key:Key": "AWS::KMS::Key",
    "aws:route53/zone:Zone": "AWS::Route53::HostedZone",
}
"""Type -> its name in AWS Cloud Control (CloudFormation's resource types, read 2026-11-26), of what AWS makes twice."""


def _deletion(thing: Existing) -> Iterable[str]:
    word = _HCLOUD.get(thing.type.rpartition(":")[2]) if thing.type.startswith("hcloud:") else None
    if word:
        return (shlex.join(["hcloud", word, "delete", thing.id]),)
    name = _CLOUDCONTROL.get(thing.type)
    if name:
        words = ["aws", "cloudcontrol", "delete-resource", "--type-name", name, "--identifier", thing.id]
        return (shlex.join(words),)
    return ()


def _pending(stack: str, begun: Sequence[Begun], *, asked: bool) -> Iterator[Trouble]:
    """One for each operation. The last bears the command, which settles all of them at once."""
    lost = not asked and any(item.operation == "creating" for item in begun)
    settle = f"pulumi refresh --yes --clear-pending-creates --stack {shlex.quote(stack)}"
    for index, item in enumerate(begun):
        what = f"{item.operation} {item.urn} was begun, and nobody knows whether it happened"
        if lost and item.operation == "creating":
            what += ": give the live list with --live, or what it made would be forgotten"
        yield Trouble(kind="pending", what=f"{what}.", commands=() if lost or index < len(begun) - 1 else (settle,))


def import_file(troubles: Iterable[Trouble]) -> dict[str, Any]:
    """All imports as the one document that `pulumi import --file` reads; its names stand for URNs."""
    entries = [entry for trouble in troubles for entry in trouble.imports]
    urns = sorted({urn for entry in entries for urn in (entry.parent, entry.provider) if urn})
    names = {urn: f"urn{number}" for number, urn in enumerate(urns)}
    renamed = [
        msgspec.structs.replace(
            entry,
            parent=names[entry.parent] if entry.parent else None,
            provider=names[entry.provider] if entry.provider else None,
        )
        for entry in entries
    ]
    return {
        "nameTable": {name: urn for urn, name in names.items()},
        "resources": [msgspec.to_builtins(entry) for entry in renamed],
    }
