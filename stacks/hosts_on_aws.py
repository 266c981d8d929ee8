"""The hosts of an AWS environment: machine, disks, and what each has to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pulumi

from infra.address_plan import Seat
from infra.aws import egress
from infra.aws.disk import VOLUMES, Disk, DiskArgs
from infra.aws.endpoints import Endpoints
from infra.aws.firewall import Firewall
from infra.aws.host import Host, HostArgs
from infra.aws.identity import Identity, IdentityArgs
from infra.aws.network import Network
from infra.aws.region_pin import RegionPin
from infra.aws.session import agent
from infra.host.cloud_init import cloud_init
from infra.host.facts import HostFacts, Role
from stacks import places
from stacks.declaration import Declaration
from stacks.environment import Environment
from stacks.region_on_aws import Region, after


def seats(environment: Environment, role: str) -> tuple[Seat, ...]:
    """Name, zone and address of each host of a role."""
    declared = environment.app if role == "app" else environment.database
    return environment.plan.seats(role, declared.count)


def declare_hosts(
    declaration: Declaration,
    role: Role,
    home: Region,
    network: Network,
    firewall: Firewall,
    endpoints: Endpoints,
    pin: RegionPin,
) -> Mapping[str, pulumi.Output[str]]:
    """The hosts of a role with their disks; what is returned are instance ids by the hosts' names."""
    environment = declaration.environment
    declared = environment.app if role == "app" else environment.database
    architecture = places.INSTANCE_TYPES[declared.size]
    identity = declaration.build(
        role,
        Identity,
        f"{role}-identity",
        IdentityArgs(place=home.place, role=role, boundary=pin.arn),
        home.opts,
    )
    instances: dict[str, pulumi.Output[str]] = {}
    for seat in seats(environment, role):
        host = declaration.build(
            role,
            Host,
            seat.name,
            HostArgs(
                seat=seat,
                role=role,
                size=declared.size,
                architecture=architecture,
                subnet_id=network.private_subnets[seat.place],
                security_group_id=firewall.app if role == "app" else firewall.database,
                profile=identity.profile,
                key_arn=home.data_key,
                user_data=cloud_init(host_facts(environment, role, seat), agent(home.place, architecture)),
            ),
            # The first boot fetches packages and the agent of sessions, and never again: the ways there come first.
            after(home.opts, network, firewall, endpoints, identity),
        )
        instances[seat.name] = host.instance_id
        _disks(declaration, role, home, seat, host)
    return instances


def _disks(declaration: Declaration, role: Role, home: Region, seat: Seat, host: Host) -> None:
    declared = declaration.environment.app if role == "app" else declaration.environment.database
    sizes: tuple[tuple[Literal["data", "log"], int], ...] = (
        ("data", declared.data_gib),
        ("log", declared.log_gib),
    )
    for purpose, gib in sizes:
        declaration.build(
            f"{role}.{purpose}_gib",
            Disk,
            f"{seat.name}-{purpose}",
            DiskArgs(
                purpose=purpose,
                role=role,
                zone=seat.place,
                gib=gib,
                key_arn=home.data_key,
                instance_id=host.instance_id,
            ),
            home.opts,
        )


def host_facts(environment: Environment, role: Role, seat: Seat) -> HostFacts:
    """What a host has to know: computed from the declaration alone, so that a preview shows its whole document."""
    declared = environment.app if role == "app" else environment.database
    return HostFacts(
        role=role,
        address=seat.address,
        balancers=environment.plan.all_public,
        hosts=environment.plan.all_private,
        database=seats(environment, "database")[0].address,
        domain_names=environment.domain_names,
        admin_networks=environment.admin_networks,
        flows=egress.flows(role, environment.plan),
        volumes=VOLUMES,
        log_gib=declared.log_gib,
        encrypts_disks=False,
        log_days=environment.log_days,
        notified=tuple(target.email for target in environment.notifications),
        time_servers=egress.TIME_SERVERS,
        backup=None,
    )
