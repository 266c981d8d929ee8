"""ECS and EKS: addresses that tasks are given, volumes that they mount, and who reaches the API of a cluster.

Source: ECS Developer Guide, "Amazon ECS task networking" and "Use Amazon EFS volumes"; EKS User Guide, "Control network
access to cluster API server endpoint" and "Managed node groups" (a key without source groups opens port 22 to all), as
of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from baseline.estate.aws.doors import CLEAR, add_leg, no_choice
from baseline.estate.aws.inputs import scalars_at, value_at, values_at
from baseline.estate.aws.networks import SUBNETS, vpcs_of
from baseline.estate.aws.open_ends import admit
from baseline.estate.builder import UNKNOWN, Builder, known, undecided
from baseline.estate.doubt import either, field_of, flag
from baseline.estate.nouns import Network, PublicAddress
from baseline.estate.ports import Ports
from baseline.graph import Resource

_NETWORK: Final = "networkConfiguration"
_OF_PIPES: Final = "targetParameters.ecsTaskParameters.networkConfiguration.awsVpcConfiguration"
TASKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aws:cloudwatch/eventTarget:EventTarget": "ecsTarget.networkConfiguration",
        "aws:ecs/service:Service": _NETWORK,
        "aws:ecs/taskSet:TaskSet": _NETWORK,
        "aws:pipes/pipe:Pipe": _OF_PIPES,
        "aws:scheduler/schedule:Schedule": "target.ecsParameters.networkConfiguration",
    }
)
"""Type -> where it says in which network its tasks run, and whether they get an address."""

OWN: Final = ("aws:ecs/service:Service", "aws:ecs/taskSet:TaskSet", "aws:ecs/taskDefinition:TaskDefinition")
CLUSTER: Final = "aws:eks/cluster:Cluster"
NODES: Final = "aws:eks/nodeGroup:NodeGroup"
_MOUNT: Final = "volumes.efsVolumeConfiguration"
_API: Final = Ports(443, 443)
_SSH: Final = Ports(22, 22)


def read(builder: Builder) -> None:
    """Public addresses of tasks, mounts of task definitions, the doors of clusters and of their nodes."""
    builder.of(*OWN)
    networks = {network.urn: network for network in builder.nouns.get(Network, ())}
    for type_, path in TASKS.items():
        for origin in builder.peek(type_):
            _address(builder, networks, origin, path)
    for definition in builder.peek(OWN[2]):
        for at, said in values_at(definition, _MOUNT):
            mount(builder, definition, at, said)
    for cluster in builder.peek(CLUSTER):  # it keeps secrets too, for another adapter to know
        _api(builder, cluster)
    for nodes in builder.peek(NODES):
        _remote(builder, nodes)


def _address(builder: Builder, networks: Mapping[str, Network], origin: Resource, path: str) -> None:
    asked = value_at(origin, f"{path}.assignPublicIp")
    given: Any = False if asked is None else asked
    if not undecided(given):
        given = given == "ENABLED" or flag(given, False)
    if given is False:
        return
    subnets = [subnet for _, value in scalars_at(origin, f"{path}.subnets") for subnet in _subnets(builder, value)]
    vpcs = [vpc for subnet in subnets if subnet is not None for vpc in vpcs_of(builder, subnet)]
    ways: list[Any] = [field_of(networks[vpc.urn], "gateway") for vpc in vpcs]
    if None in subnets or not vpcs:
        ways.append(UNKNOWN)
    builder.add(
        PublicAddress(
            origin=origin,
            path=f"{path}.assignPublicIp",
            provider="aws",
            serves=given if undecided(given) else "host",
            host=None,
            replaceable=either(ways),
        )
    )


def _subnets(builder: Builder, value: Any) -> list[Resource | None]:
    return [*builder.referred(value, *SUBNETS)] or [None]


def mount(builder: Builder, definition: Resource, path: str, said: Any) -> None:
    """The leg to a file system that containers mount: plain unless it is said otherwise."""
    name = f"from {definition.name} to its file system"
    switch = known(said.get("transitEncryption"), "DISABLED") if isinstance(said, dict) else UNKNOWN
    if undecided(switch):
        add_leg(builder, definition, name, (switch, switch, switch), path)
    else:
        add_leg(builder, definition, name, no_choice("EFS") if switch == "ENABLED" else CLEAR, path)


def _api(builder: Builder, cluster: Resource) -> None:
    """Who may ask the API of a cluster: everyone, unless the endpoint is private or prefixes are named."""
    switch = flag(value_at(cluster, "vpcConfig.endpointPublicAccess"), True)
    if switch is False:
        return
    listed = list(scalars_at(cluster, "vpcConfig.publicAccessCidrs"))
    for path, prefix in listed or [("vpcConfig.endpointPublicAccess", "0.0.0.0/0")]:
        admit(builder, cluster, path, switch if undecided(switch) else prefix, _API)


def _remote(builder: Builder, nodes: Resource) -> None:
    for path, key in values_at(nodes, "remoteAccess.ec2SshKey"):
        sources = list(values_at(nodes, "remoteAccess.sourceSecurityGroupIds"))
        if not sources:
            admit(builder, nodes, path, UNKNOWN if undecided(key) else "0.0.0.0/0", _SSH, kind="host")
