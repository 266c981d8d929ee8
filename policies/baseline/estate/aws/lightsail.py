"""Lightsail: instances with the ports that their own firewall opens, and balancers and distributions before them.

Source: Lightsail User Guide, "Control instance traffic with firewalls" (22 and 80 stand open until ports are put) and
"Load balancers in Lightsail" (port 80 is always answered), as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from baseline.estate import host_config
from baseline.estate.aws.doors import CLEAR, add_door, add_leg, no_choice
from baseline.estate.aws.inputs import values_at
from baseline.estate.aws.open_ends import admit
from baseline.estate.aws.places import tag, zone_of
from baseline.estate.aws.references import Named
from baseline.estate.builder import UNKNOWN, Builder, known, number, undecided
from baseline.estate.nouns import Host, PublicAddress
from baseline.estate.ports import ANY, Ports
from baseline.graph import NOT_OBSERVABLE, Resource

INSTANCE: Final = "aws:lightsail/instance:Instance"
_PORTS: Final = "aws:lightsail/instancePublicPorts:InstancePublicPorts"
_BALANCER: Final = "aws:lightsail/lb:Lb"
_SECURED: Final = "aws:lightsail/lbCertificateAttachment:LbCertificateAttachment"
_DISTRIBUTION: Final = "aws:lightsail/distribution:Distribution"
_CONTAINERS: Final = "aws:lightsail/containerService:ContainerService"
_ADDRESS: Final = "aws:lightsail/staticIp:StaticIp"
_ATTACHMENT: Final = "aws:lightsail/staticIpAttachment:StaticIpAttachment"
_EVERYONE: Final = ("0.0.0.0/0", "::/0")
_AT_FIRST: Final = (22, 80)


def read(builder: Builder) -> None:
    """Instances and their ports; balancers, distributions and container services."""
    named = Named(builder, (INSTANCE,), "name")
    guarded: set[str] = set()
    for ports in builder.of(_PORTS):
        found = named.any(ports.inputs.get("instanceName"))
        guarded.update(instance.urn for instance in found if len(found) == 1)
        _admissions(builder, ports)
    for instance in builder.peek(INSTANCE):  # its disk is a store, for another adapter to know
        builder.add(_host(builder, instance))
        if instance.urn not in guarded:
            for port in _AT_FIRST:
                for prefix in _EVERYONE:
                    admit(builder, instance, "", prefix, Ports(port, port), kind="host")
    _addresses(builder)
    builder.of(_SECURED)
    for balancer in builder.of(_BALANCER):
        add_door(builder, balancer, path="instancePort", port=80, plain=True)
        add_leg(builder, balancer, f"from clients to {balancer.name}", no_choice("Lightsail"))
        add_leg(builder, balancer, f"from {balancer.name} to its instances", CLEAR, "instancePort")
    for distribution in builder.of(_DISTRIBUTION):
        add_door(builder, distribution, redirects=True)  # there is no other choice for viewers
        add_leg(builder, distribution, f"from viewers to {distribution.name}", no_choice("Lightsail"))
        _to_origin(builder, distribution)
    for service in builder.of(_CONTAINERS):
        add_door(builder, service)
        add_leg(builder, service, f"from clients to {service.name}", no_choice("Lightsail"))


def _addresses(builder: Builder) -> None:
    """Static addresses: an instance has one anyway, so only one that leads to nothing is a question of its own."""
    named = Named(builder, (_ADDRESS,), "name")
    attached: set[str] = set()
    doubt = False
    for attachment in builder.of(_ATTACHMENT):
        found = named.any(attachment.inputs.get("staticIpName"))
        attached.update(address.urn for address in found)
        doubt = doubt or not found
    for address in builder.of(_ADDRESS):
        serves: Any = "other" if address.urn in attached else UNKNOWN if doubt else "nothing"
        builder.add(PublicAddress(origin=address, provider="aws", serves=serves, host=None, replaceable=False))


def _to_origin(builder: Builder, distribution: Resource) -> None:
    for _, origin in values_at(distribution, "origin"):
        block = origin if isinstance(origin, dict) else {"protocolPolicy": UNKNOWN}
        policy = known(block.get("protocolPolicy"), "http-only")
        strength: Any = CLEAR if not undecided(policy) and policy != "https-only" else no_choice("Lightsail")
        name = f"from {distribution.name} to its origin"
        add_leg(builder, distribution, name, (policy,) * 3 if undecided(policy) else strength, "origin.protocolPolicy")


def _admissions(builder: Builder, ports: Resource) -> None:
    for path, info in values_at(ports, "portInfos"):
        if not isinstance(info, dict):
            admit(builder, ports, path, UNKNOWN, UNKNOWN, protocol=UNKNOWN, kind="host")
            continue
        said = info.get("protocol")
        protocol = UNKNOWN if said is None else said if undecided(said) else str(said).lower()
        everything = not undecided(protocol) and protocol == "all"
        for at, prefix in _prefixes(path, info):
            opened: Any = ANY if everything else _range(info)
            admit(builder, ports, at, prefix, opened, protocol="any" if everything else protocol, kind="host")


def _prefixes(path: str, info: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Who may send: everyone where nobody is named."""
    listed = [(key, info[key]) for key in ("cidrs", "ipv6Cidrs", "cidrListAliases") if info.get(key) is not None]
    for key, values in listed:
        entries = values if isinstance(values, list | tuple) else (values,)
        for index, value in enumerate(entries):
            at = f"{path}.{key}.{index}" if isinstance(values, list | tuple) else f"{path}.{key}"
            if key != "cidrListAliases":  # those are the browser console of AWS
                yield at, UNKNOWN if value is None else value
    if not listed:
        for prefix in _EVERYONE:
            yield path, prefix


def _range(info: dict[str, Any]) -> Any:
    first, last = number(info.get("fromPort")), number(info.get("toPort"))
    if first is None or last is None or undecided(first) or undecided(last) or not 0 <= first <= last <= 65535:
        return UNKNOWN
    return Ports(first, last)


def _host(builder: Builder, instance: Resource) -> Host:
    address: Any = instance.inputs.get("ipAddressType")
    said = undecided(address)
    return Host(
        origin=instance,
        provider="aws",
        name=instance.name,
        location=zone_of(builder, instance),
        role=tag(builder, instance, "role"),
        firewall="birth",
        default_group=False,
        public_ipv4=address if said else address != "ipv6",
        public_ipv6=address if said else address != "ipv4",
        gateway=False,
        unfiltered=False,
        metadata_tokens=NOT_OBSERVABLE,
        backups=None,
        config=host_config.read(builder, instance, instance.inputs.get("userData")),
    )
