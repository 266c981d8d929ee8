"""What an operator does outside Pulumi: commands of `hcloud` and `aws`, as their makers spell them; and time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec

from tests.engine.clouds import listings
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
        "ssh-key": "hcloud:index/sshKey:SshKey",
        "storage-box": "hcloud:index/storageBox:StorageBox",
        "volume": "hcloud:index/volume:Volume",
        "zone": "hcloud:index/zone:Zone",
    }
)
"""Word of the `hcloud` command line -> type."""

_LIFTS: Final[Mapping[tuple[str, str], tuple[str, str, str, tuple[str, ...]]]] = MappingProxyType(
    {
        ("ec2", "modify-instance-attribute"): (
            "aws:ec2/instance:Instance",
            "--instance-id",
            "disableApiTermination",
            ("--no-disable-api-termination",),
        ),
        ("elbv2", "modify-load-balancer-attributes"): (
            "aws:lb/loadBalancer:LoadBalancer",
            "--load-balancer-arn",
            "enableDeletionProtection",
            ("--attributes", "Key=deletion_protection.enabled,Value=false"),
        ),
        ("logs", "put-log-group-deletion-protection"): (
            "aws:cloudwatch/logGroup:LogGroup",
            "--log-group-identifier",
            "deletionProtectionEnabled",
            ("--no-deletion-protection-enabled",),
        ),
    }
)
"""Command of the `aws` command line -> type, the option that names it, the input that it lifts, the words that do."""


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
    if words[-2:] == ["-o", "json"]:
        sys.stdout.write(
            f"{msgspec.json.encode(listings.hetzner(list(ledger.things.values()), words[:-2])).decode()}\n"
        )
        return
    kind, verb, id_, *rest = words
    thing = _find(ledger, _KINDS[kind], id_)
    if verb == "disable-protection":
        switches = {"delete": "deleteProtection", "rebuild": "rebuildProtection"}
        _write(ledger, thing, {switches[word]: False for word in rest})
    elif verb == "describe":
        sys.stdout.write(f"{msgspec.json.encode(thing.inputs).decode()}\n")
    elif verb == "delete" and not rest:
        if thing.inputs.get("deleteProtection"):  # of a storage box too: only its provider lifts that by itself
            raise Refused(f"{kind} deletion is protected (protected)")
        ledger.write("delete", msgspec.structs.replace(thing, kept=Hetzner().remove(ledger, thing)))
    else:
        raise LookupError(f"unknown command {verb!r}")


def _aws(ledger: Ledger, words: list[str]) -> None:
    service, verb, *rest = words
    options = {key: value for key, value in zip(rest, [*rest[1:], ""], strict=True) if key.startswith("--")}
    if "--output" in options:
        sys.stdout.write(
            f"{msgspec.json.encode(listings.aws(list(ledger.things.values()), words, options)).decode()}\n"
        )
        return
    region = options["--region"]  # without one the command goes to whatever region somebody's profile names
    if service == "cloudcontrol":
        thing = _identified(ledger, region, options["--type-name"], options["--identifier"])
        if verb == "get-resource":
            sys.stdout.write(f"{msgspec.json.encode(thing.inputs).decode()}\n")
            return
        if verb != "delete-resource":
            raise LookupError(f"unknown command {verb!r}")
        ledger.write("delete", msgspec.structs.replace(thing, kept=Aws().remove(ledger, thing)))
        return
    type_, names, switch, words_that_lift = _LIFTS[service, verb]
    thing = _find(ledger, type_, options[names])
    if thing.place != region:
        raise LookupError(f"not found in {region}: {thing.id}")
    if rest != [names, options[names], *words_that_lift, "--region", region]:
        raise LookupError(f"this lifts nothing: {' '.join(words)}")
    _write(ledger, thing, {switch: False})


_WORDS: Final = {"hostedzone": "zone"}


def _identified(ledger: Ledger, region: str, type_name: str, identifier: str) -> Thing:
    """By AWS's own name of a type (`AWS::EC2::VPC`), of which the last word is Pulumi's but for its case."""
    word = type_name.rpartition("::")[2].lower()
    for (type_, id_), thing in ledger.things.items():
        same = type_.startswith("aws:") and _WORDS.get(word, word) == type_.rpartition(":")[2].lower()
        if same and id_ == identifier.rpartition("|")[2] and thing.place == region:
            return thing
    raise LookupError(f"ResourceNotFoundException: {type_name} {identifier}")


def _find(ledger: Ledger, type_: str, id_: str) -> Thing:
    for thing in ledger.things.values():
        if thing.type == type_ and id_ in (thing.id, thing.outputs.get("arn"), _name(thing)):
            return thing
    raise LookupError(f"not found: {id_}")


def _name(thing: Thing) -> Any:
    """`hcloud` takes names wherever it takes ids."""
    return thing.inputs.get("name") if thing.cloud == "hcloud" else None


def _write(ledger: Ledger, thing: Thing, inputs: dict[str, Any]) -> None:
    ledger.write("update", msgspec.structs.replace(thing, inputs={**thing.inputs, **inputs}))


def night(ledger: Ledger) -> None:
    """What a night of work leaves: recovery points in vaults, objects in buckets."""
    for type_, output in (("aws:backup/vault:Vault", KEPT_POINTS), ("aws:s3/bucket:Bucket", KEPT_OBJECTS)):
        for thing in ledger.of(type_):
            ledger.write("update", msgspec.structs.replace(thing, outputs={**thing.outputs, output: 1}))
