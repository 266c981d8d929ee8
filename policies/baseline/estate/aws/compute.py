"""The disks of machines that AWS launches for jobs, tasks and functions; the machines themselves are hosts.

Sources, as of 2026-11-26: Batch User Guide, "Use Amazon EC2 launch templates with AWS Batch"; ECS Developer Guide,
"Fargate task ephemeral storage" (always encrypted); of the disks of managed instances ECS and Lambda say nothing where
no key is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from baseline.estate.aws.disks import BY_DEFAULT, TEMPLATE
from baseline.estate.aws.inputs import value_at
from baseline.estate.aws.keys import customer_key
from baseline.estate.aws.launchers import launches_machines
from baseline.estate.aws.resting import holds, store
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.doubt import both
from baseline.graph import Resource, not_observable_because

ENVIRONMENT: Final = "aws:batch/computeEnvironment:ComputeEnvironment"
FOR_TASKS: Final = "aws:ecs/capacityProvider:CapacityProvider"
FOR_FUNCTIONS: Final = "aws:lambda/capacityProvider:CapacityProvider"
_UNSAID: Final = not_observable_because("is not observable: AWS does not say how it keeps the disks of these machines")


def read(builder: Builder) -> None:
    """A Store for the disks of each; what only scales a group, or is filled with machines by hand, brings none."""
    for environment in builder.of(ENVIRONMENT):
        _environment(builder, environment)
    for provider in builder.of(FOR_TASKS):
        managed = value_at(provider, "managedInstancesProvider")
        if managed is not None:
            said = managed if undecided(managed) else _UNSAID
            _disk(builder, provider, "task disk", "managedInstancesProvider", encrypted=said, customer_key=None)
    for provider in builder.of(FOR_FUNCTIONS):
        key = provider.inputs.get("kmsKeyArn")
        named = not undecided(key) or bool(builder.referred(key))
        encrypted: Any = key if not named else _UNSAID if key is None else True
        own = customer_key(builder, key)
        _disk(builder, provider, "function disk", "kmsKeyArn", encrypted=encrypted, customer_key=own)


def _environment(builder: Builder, environment: Resource) -> None:
    kind = value_at(environment, "computeResources.type")
    if kind is None and not undecided(environment.inputs.get("computeResources")):
        return
    if not launches_machines(environment):
        said: Mapping[str, Any] = {"encrypted": True, "customer_key": None}
    elif undecided(kind):
        said = {"encrypted": kind, "customer_key": kind}
    else:
        said = template_disks(builder, environment, "computeResources.launchTemplate", "launchTemplate")
    _disk(builder, environment, "job disk", "computeResources", **said)


def _disk(builder: Builder, resource: Resource, kind: str, path: str, **said: Any) -> None:
    store(builder, resource, kind, path=path, holds=holds(builder, resource, "queue"), **said)


def plain_disk(builder: Builder, _: Resource) -> Mapping[str, Any]:
    """A disk that a service makes and nobody encrypts: plain, unless the region encrypts by default."""
    answer: Any = UNKNOWN if builder.peek(BY_DEFAULT) else False
    return {"encrypted": answer, "customer_key": answer}


def template_disks(builder: Builder, launcher: Resource, path: str, prefix: str = "") -> Mapping[str, Any]:
    """The disks of a launcher are those of its launch template, else plain unless the region encrypts by default.

    `prefix` is what the inputs with the template's id and name begin with (`launchTemplateId`).
    """
    if value_at(launcher, path) is None:
        return plain_disk(builder, launcher)
    names = [f"{prefix}{name}" if prefix else name.lower() for name in ("Id", "Name")]
    found = [item for name in names for item in builder.referred(value_at(launcher, f"{path}.{name}"), TEMPLATE)]
    stores = builder.stores.get(found[0].urn, []) if len(set(found)) == 1 else []
    if not stores:
        return {"encrypted": UNKNOWN, "customer_key": UNKNOWN}
    return {name: both(item.given(name) for item in stores) for name in ("encrypted", "customer_key")}
