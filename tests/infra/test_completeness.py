"""No component stands in infra/ without use, and no slip deletes what holds or guards data."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pulumi
import pytest

import infra
from baseline.graph import Resource
from tests.recordings import graphs

NOT_IN_AN_ENVIRONMENT = {
    "infra.aws.organization_pin.OrganizationPin": "it belongs to the management account of an organization",
}
"""Components that no environment registers, with the reason."""

PROTECTED = {
    "infra:hetzner": ("LoadBalancer", "Network", "Server", "StorageBox", "Volume", "Zone"),
    "infra:aws": (
        "AccountPublicAccessBlock",
        "Bucket",
        "Detector",
        "Instance",
        "Key",
        "LoadBalancer",
        "LogGroup",
        "Plan",
        "Selection",
        "Trail",
        "Vault",
        "VaultLockConfiguration",
        "VaultPolicy",
        "Volume",
        "Vpc",
        "Zone",
    ),
}
"""Types whose loss costs data, a name, or what watches over either."""


def components() -> Iterator[type[pulumi.ComponentResource]]:
    """Every component class that a module of infra/ defines."""
    for module in pkgutil.walk_packages(infra.__path__, "infra."):
        for value in vars(importlib.import_module(module.name)).values():
            if (
                isinstance(value, type)
                and issubclass(value, pulumi.ComponentResource)
                and value.__module__ == module.name
            ):
                yield value


def token(component: type) -> str:
    """A component's type token: `infra:aws:Host` for `Host` of `infra.aws.host`."""
    package, cloud, _ = component.__module__.split(".")
    return f"{package}:{cloud}:{component.__name__}"


def full_name(component: type) -> str:
    """Where Python finds a component."""
    return f"{component.__module__}.{component.__name__}"


def recorded(package: str) -> list[Resource]:
    """The custom resources that components of a cloud register, in all environments."""
    marker = f"::{package}:"
    return [item for graph in graphs().values() for item in graph if item.custom and marker in item.urn]


def test_every_component_is_recorded_in_an_environment() -> None:
    """A component that no environment registers is named with the reason; one that is registered is not."""
    types = {resource.type for graph in graphs().values() for resource in graph}
    unused = {full_name(component) for component in components() if token(component) not in types}
    assert unused == NOT_IN_AN_ENVIRONMENT.keys()


def test_every_registered_component_is_one_of_infra() -> None:
    """No environment makes components of its own beside infra/."""
    tokens = {token(component) for component in components()}
    types = {resource.type for graph in graphs().values() for resource in graph if not resource.custom}
    assert {type_ for type_ in types if not type_.startswith("pulumi:")} <= tokens


@pytest.mark.parametrize(
    ("package", "type_"), [(package, type_) for package, types in PROTECTED.items() for type_ in types]
)
def test_what_holds_or_guards_data_is_protected(package: str, type_: str) -> None:
    """Pulumi refuses to delete or replace it, in every environment."""
    found = [item for item in recorded(package) if item.type.rpartition(":")[2] == type_]
    assert found
    assert not [item.urn for item in found if not item.protect]


@pytest.mark.parametrize("stack", graphs())
def test_both_clouds_know_the_same_parts(stack: str) -> None:
    """Each environment has a network, a firewall, hosts, disks, a front door, names and backups."""
    parts = {resource.type.rpartition(":")[2] for resource in graphs()[stack] if not resource.custom}
    assert {"Backup", "Disk", "Dns", "Firewall", "Host", "LoadBalancer", "Network"} <= parts
