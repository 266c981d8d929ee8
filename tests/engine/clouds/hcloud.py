"""Hetzner as pulumi-hcloud 1.43.3 finds it: what it refuses at preview, what only at `up`, what it forgets to do.

Source: ../shared/facts.md 3.1 (the real provider against an emulated API), and terraform-provider-hcloud's schemas for
what forces a replacement, read 2026-11-26.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from tests.engine.clouds.behaviour import Config, Inputs, Made, Refused
from tests.engine.clouds.hcloud_tables import (
    ALGORITHMS,
    ALL,
    BALANCERS,
    BOXES,
    DEFAULTS,
    FRAMEWORK,
    GUARDED,
    HOST,
    IDENTITIES,
    IMAGES,
    LABEL,
    LOCATIONS,
    REFERENCES,
    REPLACES,
    SERVERS,
    UNIQUE,
    USER_DATA,
    ZONES,
)
from tests.engine.clouds.ledger import Ledger, Thing
from tests.engine.clouds.schema import unknown


def _kind(type_: str) -> str:
    return type_.removeprefix(ALL)


class Hetzner:
    """One project."""

    name = "hcloud"
    deletes_first: frozenset[str] = frozenset()  # what needs it needs the program's own delete_before_replace
    framework = FRAMEWORK
    unreadable = frozenset({"password", "privateKey", "shutdownBeforeDeletion", "sshKeys", "userData"})

    def configure(self, config: Inputs) -> Config:
        """Takes a token of the right length; it reads none from the environment of whoever runs the tests."""
        token = config.get("token")
        if token is None:
            raise Refused('The argument "token" is required, but no definition was found: set HCLOUD_TOKEN')
        if not unknown(token) and len(str(token)) != 64:
            raise Refused("entered token is invalid (must be exactly 64 characters long)")
        return Config(place="", account=hashlib.sha256(str(token).encode()).hexdigest()[:12])

    def autoname(self, type_: str) -> str | None:
        return "name" if type_ in UNIQUE and _kind(type_) != "zone:Zone" else None

    def defaults(self, type_: str, inputs: Inputs) -> Mapping[str, Any]:
        return DEFAULTS.get(_kind(type_), {})

    def replaces(self, type_: str, inputs: Inputs) -> frozenset[str]:
        return REPLACES.get(_kind(type_), frozenset())

    def never_settles(self, type_: str, inputs: Inputs) -> Iterator[str]:
        check = inputs.get("healthCheck")
        if isinstance(check, dict) and isinstance(check.get("http"), dict) and not check["http"].get("statusCodes"):
            yield "healthCheck"
        if type_.endswith(":Network") and _host_bits(inputs.get("ipRange")):
            yield "ipRange"
        plan = inputs.get("snapshotPlan")
        if isinstance(plan, dict) and plan.get("dayOfWeek") == 7:
            yield "snapshotPlan"

    def refusals(self, type_: str, inputs: Inputs) -> Iterator[tuple[str, str]]:
        labels = inputs.get("labels")
        for key, value in labels.items() if isinstance(labels, dict) else ():
            if not unknown(value) and not (LABEL.fullmatch(str(value)) and _label_key(key)):
                yield f"labels.{key}", f"label {key}={value!r} is not correctly formatted"
        if type_.endswith(":Firewall"):
            for index, rule in enumerate(_listed(inputs.get("rules"))):
                yield from ((f"rules[{index}].{path}", why) for path, why in _rule(rule))
        if type_.endswith((":Network", ":NetworkSubnet")) and not _prefix(inputs.get("ipRange")):
            yield "ipRange", f"invalid CIDR address: {inputs.get('ipRange')}"
        if "loadBalancer" in type_:
            yield from _choices(inputs, {"protocol": ("http", "https", "tcp")})
            yield from _choices(inputs.get("algorithm"), {"type": ALGORITHMS})
            yield from _choices(inputs.get("healthCheck"), {"protocol": ("http", "https", "tcp")})
        if type_.endswith(":LoadBalancerTarget") and inputs.get("type") == "ip" and inputs.get("usePrivateIp"):
            yield "usePrivateIp", "use_private_ip is not allowed for targets of type ip"
        yield from _choices(inputs, _TYPES.get(_kind(type_), {}))
        if type_.endswith(":PrimaryIp") and not inputs.keys() & {"assigneeId", "datacenter", "location"}:
            yield "location", "one of location and assigneeId is required"
        if type_.endswith(":Server") and inputs.get("image") == "":
            yield "image", "expected image to not be empty"

    def make(self, ledger: Ledger, type_: str, name: str, inputs: Inputs, config: Config) -> Made:
        kind = _kind(type_)
        _existing(ledger, inputs)
        _unique(ledger, type_, "", inputs)
        _refuse(kind, inputs)
        made = Made(_id(ledger, kind, inputs), _outputs(ledger, kind, inputs))
        if kind == "server:Server" and _unequal(inputs):
            raise Refused(_UNEQUAL, made)
        return made

    def change(self, ledger: Ledger, thing: Thing, inputs: Inputs) -> Inputs:
        _existing(ledger, inputs)
        _unique(ledger, thing.type, thing.id, inputs)
        _refuse(_kind(thing.type), {**thing.inputs, **inputs})
        if thing.type.endswith(":Server") and _unequal(inputs):
            raise Refused(_UNEQUAL)
        if thing.type.endswith(":Volume") and inputs.get("size", 0) < thing.inputs.get("size", 0):
            raise Refused("invalid input in field 'size': a volume only grows (invalid_input)")
        if thing.type.endswith(":Firewall") and not inputs.get("rules"):
            return {**inputs, "rules": thing.inputs.get("rules", [])}  # emptied rules never reach the API
        if thing.type.endswith(":Server") and not inputs.get("firewallIds") and thing.inputs.get("firewallIds"):
            return {**inputs, "firewallIds": thing.inputs["firewallIds"]}
        return inputs

    def look_up(self, token: str, inputs: Inputs, config: Config) -> Inputs:
        raise Refused(f"this cloud answers no look-up {token}")

    def remove(self, ledger: Ledger, thing: Thing) -> str:
        if thing.type in GUARDED and thing.inputs.get("deleteProtection"):
            raise Refused(f"{_kind(thing.type).partition(':')[2]} deletion is protected (protected)")
        user = next((other for other in _users(ledger, thing)), None)
        if user is not None and _kind(thing.type) in (
            "firewall:Firewall",
            "volume:Volume",
            "placementGroup:PlacementGroup",
        ):
            raise Refused(f"{_kind(thing.type)} {thing.id} is still in use by {user.name} (resource_in_use)")
        return ""


_UNEQUAL: Final = "delete and rebuild protection must have the same value (invalid_input)"
_TYPES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "loadBalancerTarget:LoadBalancerTarget": {"type": ("server", "label_selector", "ip")},
        "networkSubnet:NetworkSubnet": {"type": ("cloud", "server", "vswitch")},
        "placementGroup:PlacementGroup": {"type": ("spread",)},
    }
)


def _unequal(inputs: Inputs) -> bool:
    return bool(inputs.get("deleteProtection")) != bool(inputs.get("rebuildProtection"))


def _listed(value: Any) -> list[Any]:
    """A list, which is empty where only deployment knows it."""
    return value if isinstance(value, list) else []


def _label_key(key: str) -> bool:
    prefix, _, name = key.rpartition("/")
    return bool(name and LABEL.fullmatch(name) and HOST.fullmatch(prefix or "none"))


def _choices(inputs: Any, allowed: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for key, words in allowed.items() if isinstance(inputs, dict) else ():
        value = inputs.get(key)
        if value is not None and not unknown(value) and value not in words:
            yield key, f"expected {key} to be one of {list(words)}, got {value}"


def _rule(rule: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(rule, dict):
        return
    yield from _choices(rule, {"direction": ("in", "out"), "protocol": ("tcp", "udp", "icmp", "esp", "gre")})
    for key in ("sourceIps", "destinationIps"):
        for index, prefix in enumerate(_listed(rule.get(key))):
            if not unknown(prefix) and (not _prefix(prefix) or _host_bits(prefix)):
                yield f"{key}[{index}]", f"{prefix} is not the start of the cidr block"


def _prefix(value: Any) -> bool:
    if value is None or unknown(value):
        return True
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        return False
    return "/" in str(value)


def _host_bits(value: Any) -> bool:
    if not isinstance(value, str) or unknown(value) or not _prefix(value):
        return False
    return str(ipaddress.ip_interface(value).ip) != str(ipaddress.ip_network(value, strict=False).network_address)


def _number(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) else str(value)


def _existing(ledger: Ledger, inputs: Any) -> None:
    """Every id inside some inputs belongs to something that exists. Raises Refused."""
    for key, value in inputs.items() if isinstance(inputs, dict) else ():
        if key in REFERENCES:
            for each in value if isinstance(value, list) else [value]:
                if each and (f"{ALL}{REFERENCES[key]}", _number(each)) not in ledger.things:
                    raise Refused(
                        f"{REFERENCES[key].partition(':')[0]} with ID {_number(each)!r} not found (not_found)"
                    )
        for part in value if isinstance(value, list) else [value]:
            _existing(ledger, part)


def _unique(ledger: Ledger, type_: str, id_: str, inputs: Inputs) -> None:
    """No other thing of the type bears its name, or is what it is. Raises Refused."""
    kind, others = _kind(type_), [thing for thing in ledger.of(type_) if thing.id != id_]
    if type_ in UNIQUE and any(thing.inputs.get("name") == inputs.get("name") for thing in others):
        raise Refused(f"{kind.partition(':')[0]} name is already used (uniqueness_error)")
    if kind in IDENTITIES:
        mine = _identity(kind, inputs)
        if any(_identity(kind, thing.inputs) == mine for thing in others):
            raise Refused(f"{kind.partition(':')[0]} {mine} already exists (conflict)")


def _identity(kind: str, inputs: Inputs) -> str:
    return "/".join(_number(inputs.get(key)) for key in IDENTITIES[kind])


def _refuse(kind: str, inputs: Inputs) -> None:
    """What the API refuses, which is asked only at `up`. Raises Refused."""
    for key, allowed in _OFFERED.items():
        value = inputs.get(key)
        if value is not None and value not in allowed:
            raise Refused(f"{key} {value!r} not found (invalid_input)")
    for field, wrong in _WRONG.get(kind, {}).items():
        if wrong(inputs):
            raise Refused(f"invalid input in field {field!r} (invalid_input)")
    for rule in (inputs.get("rules") or ()) if kind == "firewall:Firewall" else ():
        _refuse_rule(rule)


def _strong(password: str) -> bool:
    wanted = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")
    return 12 <= len(password) <= 128 and all(re.search(each, password) for each in wanted)


_OFFERED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "loadBalancerType": BALANCERS,
        "location": LOCATIONS,
        "networkZone": ZONES,
        "serverType": SERVERS,
        "storageBoxType": BOXES,
    }
)
_WRONG: Final[Mapping[str, Mapping[str, Callable[[Inputs], bool]]]] = MappingProxyType(
    {
        "loadBalancerTarget:LoadBalancerTarget": {
            "ip": lambda said: said.get("type") == "ip" and not said.get("ip"),
            "label_selector": lambda said: said.get("type") == "label_selector" and not said.get("labelSelector"),
            "server_id": lambda said: said.get("type") == "server" and not said.get("serverId"),
        },
        "loadBalancerService:LoadBalancerService": {
            "certificates": lambda said: (
                said.get("protocol") == "https" and not (said.get("http") or {}).get("certificates")
            ),
            "listen_port": lambda said: int(said.get("listenPort") or 1) > 65535,
            "destination_port": lambda said: int(said.get("destinationPort") or 1) > 65535,
        },
        "server:Server": {
            "image": lambda said: said.get("image") not in IMAGES,
            "name": lambda said: not HOST.fullmatch(str(said.get("name"))),
            "user_data": lambda said: len(str(said.get("userData", "")).encode()) > USER_DATA,
        },
        "storageBox:StorageBox": {"password": lambda said: not _strong(str(said.get("password", "")))},
        "volume:Volume": {"size": lambda said: not 10 <= said.get("size", 0) <= 10240},
    }
)
"""Field, as the API calls it -> whether it refuses what is asked."""


def _refuse_rule(rule: Mapping[str, Any]) -> None:
    port, inbound = rule.get("port"), rule.get("direction") == "in"
    if rule.get("protocol") in ("tcp", "udp"):
        if port is None or not (port == "any" or _ports(str(port))):
            raise Refused(f"invalid input in field 'rules.port': {port} (invalid_input)")
    elif port:
        raise Refused("invalid input in field 'rules.port': not allowed for this protocol (invalid_input)")
    if not rule.get("sourceIps" if inbound else "destinationIps"):
        raise Refused("invalid input in field 'rules.source_ips': must not be empty (invalid_input)")


def _ports(text: str) -> bool:
    parts = text.split("-")
    numbers = [int(part) for part in parts if part.isdigit() and 1 <= int(part) <= 65535]
    return len(numbers) == len(parts) <= 2 and numbers == sorted(numbers)


def _id(ledger: Ledger, kind: str, inputs: Inputs) -> str:
    if kind in ("networkSubnet:NetworkSubnet", "networkRoute:NetworkRoute"):
        return _identity(kind, inputs).replace("/", "-", 1)
    if kind == "loadBalancerService:LoadBalancerService":
        return _identity(kind, inputs).replace("/", "__")
    if kind == "loadBalancerNetwork:LoadBalancerNetwork":
        network = inputs.get("networkId") or str(inputs.get("subnetId")).partition("-")[0]
        return f"{_number(inputs['loadBalancerId'])}-{_number(network)}"
    if kind == "loadBalancerTarget:LoadBalancerTarget":
        return f"{_target(inputs)}-{_number(inputs['loadBalancerId'])}"
    if kind == "volumeAttachment:VolumeAttachment":
        return _number(inputs["volumeId"])  # which has but one
    if kind == "zoneRrset:ZoneRrset":
        return f"{inputs['name']}/{inputs['type']}"  # which does not say the zone
    return str(4_000_000 + 7 * (ledger.number + 1))  # never one that somebody has had


def _target(inputs: Inputs) -> str:
    """Source: terraform-provider-hcloud, internal/loadbalancer/resource_target.go, read 2026-11-26."""
    if inputs.get("serverId"):
        return f"lb-srv-tgt-{_number(inputs['serverId'])}"
    word = "label-selector" if inputs.get("labelSelector") else "ip"
    named = str(inputs.get("labelSelector") or inputs.get("ip"))
    return f"lb-{word}-tgt-{hashlib.sha256(named.encode()).hexdigest()}"


def _outputs(ledger: Ledger, kind: str, inputs: Inputs) -> dict[str, Any]:
    count = sum(1 for thing in ledger.things.values() if thing.cloud == "hcloud")
    ipv4, ipv6 = f"198.51.100.{count % 250 + 1}", f"2001:db8:4:{count:x}::1"
    if kind == "server:Server":
        hashed = hashlib.sha1(str(inputs.get("userData", "")).encode(), usedforsecurity=False).digest()
        return {
            "userData": base64.b64encode(hashed).decode(),
            "ipv4Address": ipv4,
            "ipv6Address": ipv6,
            "ipv6Network": f"{ipv6.removesuffix('1')}/64",
            "status": "running",
            "primaryDiskSize": 80,
        }
    if kind == "loadBalancer:LoadBalancer":
        return {"ipv4": ipv4, "ipv6": ipv6, "networkId": 0, "networkIp": ""}
    if kind == "storageBox:StorageBox":
        return {
            "server": f"u{400000 + count}.your-storagebox.de",
            "username": f"u{400000 + count}",
            "system": "FSN1-BX",
        }
    if kind == "zone:Zone":
        servers = ["hydrogen.ns.hetzner.com.", "oxygen.ns.hetzner.com.", "helium.ns.hetzner.de."]
        return {"authoritativeNameservers": {"assigneds": servers}, "registrar": "other"}
    if kind == "volume:Volume":
        return {"linuxDevice": f"/dev/disk/by-id/scsi-0HC_Volume_{count}"}
    return {}


def _users(ledger: Ledger, thing: Thing) -> Iterator[Thing]:
    word = next((key for key, kind in REFERENCES.items() if f"{ALL}{kind}" == thing.type and not key.endswith("s")), "")
    for other in ledger.things.values():
        if other.cloud == "hcloud" and (other.type, other.id) != (thing.type, thing.id) and not other.kept:
            values = [other.inputs.get(word), *(other.inputs.get(f"{word}s") or ())]
            if any(_number(value) == thing.id for value in values if value is not None):
                yield other
