"""What launches machines by a template, or by what it says itself, and where.

Source: pulumi-aws 7.51.1, the arguments of each type, as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from baseline.estate.aws.inputs import value_at, values_at
from baseline.estate.builder import UNKNOWN, undecided
from baseline.graph import Resource, not_observable_because

SCALING: Final = "aws:autoscaling/group:Group"
_MIXED: Final = "mixedInstancesPolicy.launchTemplate"
_CONFIGS: Final = "launchTemplateConfigs"
_MANAGED: Final = "managedInstancesProvider.instanceLaunchTemplate"
_BY_AWS: Final = not_observable_because("is not observable: AWS runs the machine, and takes no choice of it")


class Launcher(NamedTuple):
    """The paths of the templates, of the subnets, of what stands in place of a template, and of the groups in it.

    `known` says that no other adapter has to know the type: it makes no disks but those of its templates. `guarded`
    says that a service gives its machines groups where nothing is said.
    """

    templates: tuple[str, ...]
    subnets: tuple[str, ...]
    inline: str = ""
    groups: str = ""
    known: bool = True
    guarded: bool = False
    metadata: str = "metadataOptions"
    managed: bool = False


LAUNCHERS: Final[Mapping[str, Launcher]] = MappingProxyType(
    {
        SCALING: Launcher(
            (
                "launchTemplate",
                f"{_MIXED}.launchTemplateSpecification",
                f"{_MIXED}.overrides.launchTemplateSpecification",
            ),
            ("vpcZoneIdentifiers",),
        ),
        "aws:ec2/fleet:Fleet": Launcher(
            (f"{_CONFIGS}.launchTemplateSpecification",), (f"{_CONFIGS}.overrides.subnetId",)
        ),
        "aws:gamelift/gameServerGroup:GameServerGroup": Launcher(("launchTemplate",), ("vpcSubnets",)),
        "aws:batch/computeEnvironment:ComputeEnvironment": Launcher(
            ("computeResources.launchTemplate",),
            ("computeResources.subnets",),
            groups="computeResources.securityGroupIds",
            known=False,
        ),
        "aws:ec2/spotFleetRequest:SpotFleetRequest": Launcher(
            (f"{_CONFIGS}.launchTemplateSpecification",),
            (f"{_CONFIGS}.overrides.subnetId",),
            inline="launchSpecifications",
            known=False,
        ),
        "aws:ecs/capacityProvider:CapacityProvider": Launcher(
            (),
            (f"{_MANAGED}.networkConfiguration.subnets",),
            groups=f"{_MANAGED}.networkConfiguration.securityGroups",
            known=False,
            managed=True,
        ),
        "aws:lambda/capacityProvider:CapacityProvider": Launcher(
            (), ("vpcConfig.subnetIds",), groups="vpcConfig.securityGroupIds", known=False, managed=True
        ),
        "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": Launcher(
            (), ("subnetId",), groups="securityGroupIds", metadata="instanceMetadataOptions"
        ),
        "aws:eks/nodeGroup:NodeGroup": Launcher(("launchTemplate",), ("subnetIds",), known=False, guarded=True),
    }
)


def templates_of(resource: Resource) -> Iterator[Any]:
    """What names the templates of a launcher: blocks, or what leaves them undecided."""
    for path in LAUNCHERS[resource.type].templates:
        yield from (value for _, value in values_at(resource, path))


def subnets_of(resource: Resource) -> Iterator[Any]:
    """The subnets in which a launcher puts machines."""
    for path in LAUNCHERS[resource.type].subnets:
        yield from (value for _, value in values_at(resource, path))


def launches_machines(resource: Resource) -> bool:
    """Whether a launcher may make machines.

    An environment on Fargate makes none, nor does one that is unmanaged, nor what only scales a group.
    """
    if resource.type.startswith("aws:ecs/"):
        return value_at(resource, "managedInstancesProvider") is not None
    if not resource.type.startswith("aws:batch/"):
        return True
    kind = value_at(resource, "computeResources.type")
    return undecided(kind) or (kind is not None and not str(kind).upper().startswith("FARGATE"))


def metadata_options(resource: Resource, otherwise: Any) -> Any:
    """What a launcher says of the metadata service of its machines; `otherwise` is what any other machine says."""
    launcher = LAUNCHERS.get(resource.type)
    if launcher is None or (not launcher.managed and launcher.metadata == "metadataOptions"):
        return otherwise
    return _BY_AWS if launcher.managed else resource.inputs.get(launcher.metadata)


def specified(resource: Resource) -> list[tuple[str, Any]]:
    """What a launcher says of machines in place of a template, each with its path."""
    inline = LAUNCHERS[resource.type].inline
    return list(values_at(resource, inline)) if inline else []


def merged(specifications: list[tuple[str, Any]]) -> Mapping[str, Any]:
    """One specification for all: what they do not say alike is unknown."""
    blocks = [block for _, block in specifications if isinstance(block, dict)]
    keys = {key for block in blocks for key in block}
    alike = {key: [block.get(key) for block in blocks] for key in keys}
    return {key: _same(values) for key, values in alike.items()}


def _same(values: list[Any]) -> Any:
    if any(undecided(value) for value in values):
        return values[0] if len(values) == 1 else UNKNOWN
    return values[0] if all(value == values[0] for value in values) else UNKNOWN
