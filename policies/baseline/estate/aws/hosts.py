"""EC2 instances, launch templates and scaling groups: where they are, what guards them, how they can be reached."""

from __future__ import annotations

from typing import Any

from baseline.estate import host_config
from baseline.estate.aws.addresses import Addresses
from baseline.estate.aws.inputs import blocks
from baseline.estate.aws.launchers import metadata_options
from baseline.estate.aws.machines import Machine, Machines
from baseline.estate.aws.places import ON_AN_OUTPOST, region_name, region_of, tag
from baseline.estate.builder import Builder, undecided
from baseline.estate.doubt import either, field_of
from baseline.estate.facts.locations import UnknownPlace
from baseline.estate.facts.locations import region_of as region_of_zone
from baseline.estate.nouns import Host, Network
from baseline.graph import UNKNOWN

_DEFAULTS = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults"


def read(builder: Builder) -> None:
    """Machines, then the addresses that lead to them or to nothing."""
    machines, addresses = builder.once(Machines), Addresses(builder)
    networks = {network.urn: network for network in builder.nouns.get(Network, ())}
    tokens = _tokens_by_default(builder)
    for machine in machines.all:
        public = (addresses.public_ipv4(machine), addresses.public_ipv6(machine))
        vpcs = [networks[vpc.urn] for vpc in machines.vpcs(machine)]
        host = builder.add(
            Host(
                origin=machine.resource,
                provider="aws",
                name=machine.resource.name,
                location=_location(builder, machine),
                role=_role(builder, machine),
                # Every interface has groups from birth, the default one for want of another, and groups only ever add.
                firewall="birth",
                default_group=machine.default,
                public_ipv4=public[0],
                public_ipv6=public[1],
                gateway=either([*(field_of(network, "gateway") for network in vpcs), *machines.strange_vpcs(machine)]),
                unfiltered=False,
                metadata_tokens=_tokens(builder, machine, tokens),
                backups=None,
                config=host_config.read(builder, machine.resource, _user_data(machine)),
            )
        )
        addresses.add_of(host, machine, public)
    addresses.add_reserved()


def _location(builder: Builder, machine: Machine) -> Any:
    """The machine's region; undecided on outposts, and where its zone belongs to no region that a table knows."""
    if any(subnet.inputs.get("outpostArn") is not None for subnet in machine.subnets):
        return ON_AN_OUTPOST
    zones = [machine.option("availabilityZone"), *(subnet.inputs.get("availabilityZone") for subnet in machine.subnets)]
    for zone in zones:
        if undecided(zone):
            continue
        try:
            if zone is not None:
                region_of_zone(str(zone))
        except UnknownPlace:
            return UNKNOWN
    return region_of(builder, machine.resource)


def _role(builder: Builder, machine: Machine) -> Any:
    """The tag `role`: of the machine, of what its template gives to instances, of the group that launches it."""
    specified = [entry for entry in blocks(machine.option("tagSpecifications")) if not undecided(entry)]
    tagged = [entry.get("tags") for entry in specified if entry.get("resourceType") == "instance"]
    for group in machine.scaling:
        entries = [entry for entry in blocks(group.inputs.get("tags")) if not undecided(entry)]
        tagged.append({entry.get("key"): entry.get("value") for entry in entries if entry.get("propagateAtLaunch")})
    own = tag(builder, machine.resource, "role")
    roles = [own, *(tags if undecided(tags) else (tags or {}).get("role") for tags in tagged)]
    return next((role for role in roles if role is not None), None)


def _tokens_by_default(builder: Builder) -> set[str]:
    """The regions in which the account itself demands tokens of the metadata service."""
    settings = (
        item for item in builder.graph if item.type == _DEFAULTS and item.inputs.get("httpTokens") == "required"
    )
    return {str(region_name(builder, item)) for item in settings}


def _tokens(builder: Builder, machine: Machine, defaults: set[str]) -> Any:
    options = metadata_options(machine.resource, machine.option("metadataOptions"))
    if undecided(options):
        return options
    options = {} if options is None else options
    if not isinstance(options, dict):
        return UNKNOWN
    endpoint, tokens = options.get("httpEndpoint"), options.get("httpTokens")
    if endpoint == "disabled":
        return True
    if tokens is None:
        # EC2's own default admits version 1 (EC2 user guide, "Configure instance metadata options").
        return str(region_name(builder, machine.resource)) in defaults
    return tokens if undecided(tokens) else tokens == "required"


def _user_data(machine: Machine) -> Any:
    """The user data as it is given, perhaps in base64; None where there is none."""
    plain = machine.option("userData")
    return machine.option("userDataBase64") if plain is None else plain
