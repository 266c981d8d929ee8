"""Grants of AWS that are no policy document: one resource says in its own inputs who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from baseline.estate.aws.accounts import owner_of
from baseline.estate.aws.policies import Condition
from baseline.estate.builder import Builder, undecided
from baseline.estate.nouns import Grant
from baseline.graph import Resource, unknown_because

# Type -> the input that names who is let in, the action (after `=`, or the input that holds it), and the inputs that
# are conditions, each with the condition key that it stands for.
TYPES: dict[str, tuple[str, str, dict[str, str]]] = {
    "aws:cloudwatch/eventPermission:EventPermission": (
        "principal",
        "action",
        {"condition.value": "aws:PrincipalOrgID"},
    ),
    "aws:lambda/layerVersionPermission:LayerVersionPermission": (
        "principal",
        "action",
        {"organizationId": "aws:PrincipalOrgID"},
    ),
    "aws:lambda/permission:Permission": (
        "principal",
        "action",
        {"principalOrgId": "aws:PrincipalOrgID", "sourceAccount": "aws:SourceAccount", "sourceArn": "aws:SourceArn"},
    ),
    "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission": (
        "accountId",
        "=ec2:createvolume",
        {},
    ),
}
_LATER: Final = unknown_because(
    "is known only after deployment: build who is let in, and on whose behalf, from declared names instead of outputs"
)
AMI = "aws:ec2/amiLaunchPermission:AmiLaunchPermission"


def read(builder: Builder) -> Iterator[Grant]:
    """One Grant for each such resource."""
    for type_, (who, action, conditions) in TYPES.items():
        for origin in builder.of(type_):
            does = action[1:] if action[0] == "=" else _lower(origin.inputs.get(action, "events:putevents"))
            yield _grant(builder, origin, who, origin.inputs.get(who, "*"), does, _conditions(origin, conditions))
    for origin in builder.of(AMI):
        given = [
            name for name in ("group", "accountId", "organizationArn", "organizationalUnitArn") if name in origin.inputs
        ]
        for name in given:
            value = origin.inputs[name]
            yield _grant(builder, origin, name, "*" if value == "all" else value, "ec2:runinstances", ())


def _lower(value: Any) -> Any:
    return value if undecided(value) else str(value).lower()


def _conditions(origin: Resource, keys: dict[str, str]) -> Any:
    """The inputs that narrow the grant."""
    found = []
    for path, key in keys.items():
        value = origin.at(path)
        if undecided(value):
            return _LATER
        if value is not None:
            found.append(Condition("ArnLike" if key == "aws:SourceArn" else "StringEquals", key, (str(value),)))
    return tuple(found)


def _grant(builder: Builder, origin: Resource, path: str, who: Any, action: Any, conditions: Any) -> Grant:
    return Grant(
        origin=origin,
        path=path,
        kind="resource",
        allows=True,
        principals=_LATER if undecided(who) else (str(who),),
        actions=_LATER if undecided(action) else (action,),
        resources=(),
        not_actions=(),
        conditions=conditions,
        denied=(),
        owner=owner_of(builder, origin),
        break_glass=False,
        assumed_by=(),
    )
