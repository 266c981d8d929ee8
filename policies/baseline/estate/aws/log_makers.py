"""Which services of AWS make a log group by themselves, and what it is called.

Sources: RDS User Guide, "Publishing database logs to Amazon CloudWatch Logs"; Lambda Developer Guide, "Sending Lambda
function logs to CloudWatch Logs"; both read 2026-11-23. DocumentDB, Neptune, EKS and CodeBuild guides, "CloudWatch
Logs"; API Gateway Developer Guide, "Execution logging for REST APIs" and "Configure logging for WebSocket APIs"; all
read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from baseline.estate.aws.addons import ADDON, CONFIGURED, OBSERVED, OBSERVER
from baseline.estate.aws.databases import RDS_CLUSTER, RDS_INSTANCE
from baseline.estate.aws.inputs import value_at
from baseline.estate.aws.jobs import job_logs
from baseline.estate.aws.stages import executions
from baseline.estate.builder import UNKNOWN, Builder, items, undecided
from baseline.graph import Resource

GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
FUNCTION: Final = "aws:lambda/function:Function"
CLUSTER: Final = "aws:eks/cluster:Cluster"
PROJECT: Final = "aws:codebuild/project:Project"

EXPORTERS: tuple[tuple[str, str, str, str], ...] = (
    (RDS_INSTANCE, "/aws/rds/instance/", "identifier", "enabledCloudwatchLogsExports"),
    (RDS_CLUSTER, "/aws/rds/cluster/", "clusterIdentifier", "enabledCloudwatchLogsExports"),
    ("aws:docdb/cluster:Cluster", "/aws/docdb/", "clusterIdentifier", "enabledCloudwatchLogsExports"),
    ("aws:neptune/cluster:Cluster", "/aws/neptune/", "clusterIdentifier", "enableCloudwatchLogsExports"),
    (CLUSTER, "/aws/eks/", "name", "enabledClusterLogTypes"),
)
"""Type, the folder of its groups, the input with its name, and the one with the kinds of logs that it writes.

All kinds of an EKS cluster are in one group.
"""


class Made(NamedTuple):
    """A group that a service writes to; `name` is None where AWS or Pulumi makes it up. An undecided `kind`: perhaps."""

    owner: Resource
    path: str
    folder: str
    name: Any
    kind: Any = ""


def made(builder: Builder) -> Iterator[Made]:
    """Every group that a service makes where nobody has declared it."""
    yield from _exported(builder)
    for function in builder.peek(FUNCTION):
        told = function.at("loggingConfig.logGroup")
        if told is None:
            yield Made(function, "", "/aws/lambda/", function.inputs.get("name"))
        elif not builder.referred(told, GROUP):
            yield Made(function, "loggingConfig.logGroup", "", told)
    for project in builder.peek(PROJECT):
        yield from _of_project(builder, project)
    for addon in builder.peek(ADDON):
        if addon.inputs.get("addonName") == OBSERVER:
            doubt = None if addon.inputs.get("configurationValues") is None else CONFIGURED
            for kind in OBSERVED:
                name = addon.inputs.get("clusterName")
                yield Made(addon, "addonName", "/aws/containerinsights/", name, kind if doubt is None else doubt)
    for part, group, _ in job_logs(builder):
        if group is None or undecided(group):
            yield Made(part.definition, part.path, "/aws/batch/", "job", "" if group is None else group)
    for execution in executions(builder):
        if execution.logged is not False:
            name = execution.name if isinstance(execution.name, str) else UNKNOWN
            kind = execution.logged if undecided(execution.logged) else ""
            yield Made(execution.owner, execution.path, execution.folder, name, kind)


def _exported(builder: Builder) -> Iterator[Made]:
    for type_, folder, input_, kinds in EXPORTERS:
        for owner in builder.peek(type_):
            name = owner.inputs.get(input_)
            name = name.lower() if isinstance(name, str) and type_ != CLUSTER else name
            for index, kind in enumerate(items(owner.inputs.get(kinds))):
                kind = "cluster" if type_ == CLUSTER and not undecided(kind) else kind
                yield Made(owner, f"{kinds}.{index}", folder, name, kind)


def _of_project(builder: Builder, project: Resource) -> Iterator[Made]:
    told, status = (value_at(project, f"logsConfig.cloudwatchLogs.{key}") for key in ("groupName", "status"))
    if undecided(status):
        yield Made(project, "logsConfig", "/aws/codebuild/", project.inputs.get("name"), status)
    elif status != "DISABLED" and told is None:
        yield Made(project, "", "/aws/codebuild/", project.inputs.get("name"))
    elif status != "DISABLED" and not builder.referred(told, GROUP):
        yield Made(project, "logsConfig.cloudwatchLogs.groupName", "", told)
