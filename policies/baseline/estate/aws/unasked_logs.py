"""Log groups that services of AWS make by themselves, under well-known names, where nobody declared one: kept for ever.

Sources: RDS User Guide, "Publishing database logs to Amazon CloudWatch Logs"; Lambda Developer Guide, "Sending Lambda
function logs to CloudWatch Logs"; both read 2026-11-23.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from baseline.estate.aws.databases import RDS_CLUSTER, RDS_INSTANCE
from baseline.estate.aws.inputs import value_at
from baseline.estate.aws.places import region_name, region_of
from baseline.estate.builder import Builder, items, undecided
from baseline.estate.nouns import Log
from baseline.graph import Resource, unknown_because

GROUP = "aws:cloudwatch/logGroup:LogGroup"
FUNCTION = "aws:lambda/function:Function"

CLUSTER = "aws:eks/cluster:Cluster"
PROJECT = "aws:codebuild/project:Project"
EXPORTERS: tuple[tuple[str, str, str, str], ...] = (
    (RDS_INSTANCE, "/aws/rds/instance/", "identifier", "enabledCloudwatchLogsExports"),
    (RDS_CLUSTER, "/aws/rds/cluster/", "clusterIdentifier", "enabledCloudwatchLogsExports"),
    ("aws:docdb/cluster:Cluster", "/aws/docdb/", "clusterIdentifier", "enabledCloudwatchLogsExports"),
    ("aws:neptune/cluster:Cluster", "/aws/neptune/", "clusterIdentifier", "enableCloudwatchLogsExports"),
    (CLUSTER, "/aws/eks/", "name", "enabledClusterLogTypes"),
)
"""Type, the folder of its groups, the input with its name, and the one with the kinds of logs that it writes.

All kinds of an EKS cluster are in one group. Sources, read 2026-11-26: DocumentDB, Neptune, EKS and CodeBuild guides,
"CloudWatch Logs".
"""

_DECLARED = "declared"
_PERHAPS_DECLARED = unknown_because("is not known: the group may be one whose name only deployment knows")


class _Group(NamedTuple):
    """A group that a service writes to; `name` is None where AWS or Pulumi makes it up."""

    owner: Resource
    path: str
    folder: str
    name: Any
    kind: Any = ""


def read(builder: Builder) -> None:
    """A Log for each such group that is not declared in the region of its service."""
    declared: dict[Any, set[str]] = {}
    doubtful: set[Any] = set()
    for group in builder.peek(GROUP):
        name, region = group.inputs.get("name"), _region(builder, group)
        if isinstance(name, str):
            declared.setdefault(region, set()).add(name)
        elif name is not None:
            doubtful.add(region)
    for wanted in _groups(builder):
        region = _region(builder, wanted.owner)
        days = _days(wanted, declared.get(region, set()))
        days = _PERHAPS_DECLARED if days is None and region in doubtful else days
        if days is not _DECLARED:
            builder.add(
                Log(
                    origin=wanted.owner,
                    path=wanted.path,
                    name=f"the log group that AWS makes for {wanted.owner.name}",
                    kind="service_log",
                    location=region_of(builder, wanted.owner),
                    keep_at_least=days,
                    keep_at_most=days,
                )
            )


def _days(wanted: _Group, declared: set[str]) -> Any:
    """None, which is for ever, or _DECLARED; undecided where a group that is declared may be the one."""
    if undecided(wanted.kind):
        return wanted.kind  # perhaps it writes nothing
    end = f"/{wanted.kind}" if wanted.kind else ""
    if isinstance(wanted.name, str):
        return _DECLARED if f"{wanted.folder}{wanted.name}{end}" in declared else None
    likely = undecided(wanted.name) and any(name.startswith(wanted.folder) and name.endswith(end) for name in declared)
    return _PERHAPS_DECLARED if likely else None


def _region(builder: Builder, resource: Resource) -> Any:
    name = region_name(builder, resource)
    return name if isinstance(name, str) else ""


def _groups(builder: Builder) -> Iterator[_Group]:
    for type_, folder, input_, kinds in EXPORTERS:
        for owner in builder.peek(type_):
            name = owner.inputs.get(input_)
            name = name.lower() if isinstance(name, str) and type_ != CLUSTER else name
            for index, kind in enumerate(items(owner.inputs.get(kinds))):
                kind = "cluster" if type_ == CLUSTER and not undecided(kind) else kind
                yield _Group(owner, f"{kinds}.{index}", folder, name, kind)
    for function in builder.peek(FUNCTION):
        told = function.at("loggingConfig.logGroup")
        if told is None:
            yield _Group(function, "", "/aws/lambda/", function.inputs.get("name"))
        elif not builder.referred(told, GROUP):
            yield _Group(function, "loggingConfig.logGroup", "", told)
    for project in builder.peek(PROJECT):
        yield from _of_project(builder, project)


def _of_project(builder: Builder, project: Resource) -> Iterator[_Group]:
    told, status = (value_at(project, f"logsConfig.cloudwatchLogs.{key}") for key in ("groupName", "status"))
    if undecided(status):
        yield _Group(project, "logsConfig", "/aws/codebuild/", project.inputs.get("name"), status)
    elif status != "DISABLED" and told is None:
        yield _Group(project, "", "/aws/codebuild/", project.inputs.get("name"))
    elif status != "DISABLED" and not builder.referred(told, GROUP):
        yield _Group(project, "logsConfig.cloudwatchLogs.groupName", "", told)
