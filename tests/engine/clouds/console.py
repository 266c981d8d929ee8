"""What an operator does outside Pulumi: commands of `hcloud` and `aws`, as their makers spell them; and time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec

from tests.engine.clouds.aws import KEPT_OBJECTS, KEPT_POINTS, Aws
from tests.engine.clouds.behaviour import Refused
from tests.engine.clouds.hcloud import Hetzner
from tests.engine.clouds.ledger import Ledger, Thing

_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "firewall": "hcloud:index/firewall:Firewall",
        "floating-ip": "hcloud:index/floatingIp:FloatingIp",
        "load-balancer": "hcloud:index/loadBalancer:LoadBalancer",
        "network": "hcloud:index/network:Network",
        "placement-group": "hcloud:index/placementGroup:PlacementGroup",
        "primary-ip": "hcloud:index/primaryIp:PrimaryIp",
        "server": "hcloud:index/server:Server",
        "storage-box": "hcloud:index/storageBox:StorageBox",
        "volume": "hcloud:index/volume:Volume",
        "zone": "hcloud:index/zone:Zone",
    }
)
"""Word of the `hcloud` command line -> type."""

_LIFTS: Final[Mapping[tuple[str, str], tuple[str, str, str]]] = MappingProxyType(
    {
        ("ec2", "modify-instance-attribute"): (
            "aws:ec2/instance:Instance",
            "--instance-id",
            "disableApiTermination",
        ),
        ("elbv2", "modify-load-balancer-attributes"): (
            "aws:lb/loadBalancer:LoadBalancer",
            "--load-balancer-arn",
            "enableDeletionProtection",
        ),
        ("logs", "put-log-group-deletion-protection"): (
            "aws:cloudwatch/logGroup:LogGroup",
            "--log-group-identifier",
            "deletionProtectionEnabled",
        ),
    }
)
"""Command of the `aws` command line -> type, the option that names it, the input that it lifts."""


def run(ledger: Ledger, command: list[str]) -> int:
    """Runs one command; 0, or 1 where the cloud refuses, 2 where there is no such command."""
    tool, *rest = command
    work: Callable[[Ledger, list[str]], None] | None = {"hcloud": _hcloud, "aws": _aws}.get(tool)
    try:
        if work is None:
            raise LookupError(f"no such tool: {tool}")
        work(ledger, rest)
    except Refused as refused:
        sys.stderr.write(f"{tool}: {refused}\n")
        return 1
    except (LookupError, ValueError) as error:
        sys.stderr.write(f"{tool}: {error}\n")
        return 2
    return 0


def _hcloud(ledger: Ledger, words: list[str]) -> None:
    kind, verb, id_, *rest = words
    thing = _find(ledger, _KINDS[kind], id_)
    if verb == "disable-protection":
        switches = {"delete": "deleteProtection", "rebuild": "rebuildProtection"}
        _write(ledger, thing, {switches[word]: False for word in rest})
    elif verb == "describe":
        sys.stdout.write(f"{msgspec.json.encode(thing.inputs).decode()}\n")
    elif verb == "delete" and not rest:
        ledger.write("delete", msgspec.structs.replace(thing, kept=Hetzner().remove(ledger, thing)))
    else:
        raise LookupError(f"unknown command {verb!r}")


def _aws(ledger: Ledger, words: list[str]) -> None:
    service, verb, *rest = words
    options = {key: value for key, value in zip(rest, [*rest[1:], ""], strict=True) if key.startswith("--")}
    if service == "cloudcontrol":
        thing = _identified(ledger, options["--type-name"], options["--identifier"])
        if verb == "get-resource":
            sys.stdout.write(f"{msgspec.json.encode(thing.inputs).decode()}\n")
            return
        if verb != "delete-resource":
            raise LookupError(f"unknown command {verb!r}")
        ledger.write("delete", msgspec.structs.replace(thing, kept=Aws().remove(ledger, thing)))
        return
    type_, names, switch = _LIFTS[service, verb]
    _write(ledger, _find(ledger, type_, options[names]), {switch: False})


def _identified(ledger: Ledger, type_name: str, identifier: str) -> Thing:
    """By AWS's own name of a type (`AWS::EC2::VPC`), of which the last word is Pulumi's but for its case."""
    word = type_name.rpartition("::")[2].lower()
    for (type_, id_), thing in ledger.things.items():
        if (
            id_ == identifier.rpartition("|")[2]
            and type_.startswith("aws:")
            and type_.rpartition(":")[2].lower() == word
        ):
            return thing
    raise LookupError(f"ResourceNotFoundException: {type_name} {identifier}")


def _find(ledger: Ledger, type_: str, id_: str) -> Thing:
    for thing in ledger.things.values():
        if thing.type == type_ and id_ in (thing.id, thing.outputs.get("arn")):
            return thing
    raise LookupError(f"not found: {id_}")


def _write(ledger: Ledger, thing: Thing, inputs: dict[str, Any]) -> None:
    ledger.write("update", msgspec.structs.replace(thing, inputs={**thing.inputs, **inputs}))


def night(ledger: Ledger) -> None:
    """What a night of work leaves: recovery points in vaults, objects in buckets."""
    for type_, output in (("aws:backup/vault:Vault", KEPT_POINTS), ("aws:s3/bucket:Bucket", KEPT_OBJECTS)):
        for thing in ledger.of(type_):
            ledger.write("update", msgspec.structs.replace(thing, outputs={**thing.outputs, output: 1}))
