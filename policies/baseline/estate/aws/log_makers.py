"""Which services of AWS make a log group by themselves, and what it is called.

Sources: RDS User Guide, "Publishing database logs to Amazon CloudWatch Logs"; Lambda Developer Guide, "Sending Lambda
function logs to CloudWatch Logs"; both read 2026-11-23. DocumentDB, Neptune, EKS and CodeBuild guides, "CloudWatch
Logs"; API Gateway Developer Guide, "Execution logging for REST APIs" and "Configure logging for WebSocket APIs";
SageMaker AI, SNS, IoT Core, Amplify Hosting and Image Builder guides, "Log groups and streams"; all as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from baseline.estate.aws.accounts import account_id
from baseline.estate.aws.addons import ADDON, CONFIGURED, OBSERVED, OBSERVER
from baseline.estate.aws.amplify import APP, BRANCH
from baseline.estate.aws.databases import RDS_CLUSTER, RDS_INSTANCE
from baseline.estate.aws.inputs import value_at
from baseline.estate.aws.jobs import job_logs
from baseline.estate.aws.places import region_name
from baseline.estate.aws.stages import executions
from baseline.estate.builder import UNKNOWN, Builder, items, known, undecided
from baseline.estate.doubt import either, flag, is_one_of
from baseline.graph import Resource

GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
FUNCTION: Final = "aws:lambda/function:Function"
CLUSTER: Final = "aws:eks/cluster:Cluster"
PROJECT: Final = "aws:codebuild/project:Project"

ENDPOINT: Final = "aws:sagemaker/endpoint:Endpoint"
IMAGE: Final = "aws:imagebuilder/image:Image"
PIPELINE: Final = "aws:imagebuilder/imagePipeline:ImagePipeline"
MESSAGES: Final = "aws:sns/smsPreferences:SmsPreferences"
THINGS: Final = "aws:iot/loggingOptions:LoggingOptions"
_RECIPES: Final = ("imageRecipeArn", "containerRecipeArn")

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
    """A group that a service writes to; `name` is None where AWS or Pulumi makes it up.

    Where `kind` is undecided nobody knows whether anything is written.
    """

    owner: Resource
    path: str
    folder: str
    name: Any
    kind: Any = ""


def made(builder: Builder) -> Iterator[Made]:
    """Every group that a service makes where nobody has declared it."""
    for makers in (
        _exported,
        _of_endpoints,
        _of_image_builds,
        _of_functions,
        _of_projects,
        _of_addons,
        _of_jobs,
        _of_gateways,
        _of_sites,
        _of_text_messages,
        _of_things,
    ):
        yield from makers(builder)


def _of_endpoints(builder: Builder) -> Iterator[Made]:
    for endpoint in builder.of(ENDPOINT):
        yield Made(endpoint, "", "/aws/sagemaker/Endpoints/", endpoint.inputs.get("name"))


def _of_image_builds(builder: Builder) -> Iterator[Made]:
    """A group by the name of the recipe, and another one by that of the pipeline."""
    for build in builder.peek(IMAGE, PIPELINE):
        own = "loggingConfiguration.logGroupName" if build.type == IMAGE else "loggingConfiguration.imageLogGroupName"
        if value_at(build, own) is None:
            arn = next((said for key in _RECIPES if (said := build.inputs.get(key)) is not None), None)
            recipe = builder.the_one(arn)
            yield Made(build, "", "/aws/imagebuilder/", UNKNOWN if recipe is None else recipe.inputs.get("name"))
        if build.type == PIPELINE and value_at(build, "loggingConfiguration.pipelineLogGroupName") is None:
            yield Made(build, "name", "/aws/imagebuilder/pipeline/", build.inputs.get("name"))


def _of_functions(builder: Builder) -> Iterator[Made]:
    for function in builder.peek(FUNCTION):
        told = function.at("loggingConfig.logGroup")
        if told is None:
            yield Made(function, "", "/aws/lambda/", function.inputs.get("name"))
        elif not builder.referred(told, GROUP):
            yield Made(function, "loggingConfig.logGroup", "", told)


def _of_addons(builder: Builder) -> Iterator[Made]:
    for addon in builder.peek(ADDON):
        if addon.inputs.get("addonName") == OBSERVER:
            doubt = None if addon.inputs.get("configurationValues") is None else CONFIGURED
            for kind in OBSERVED:
                name = addon.inputs.get("clusterName")
                yield Made(addon, "addonName", "/aws/containerinsights/", name, kind if doubt is None else doubt)


def _of_jobs(builder: Builder) -> Iterator[Made]:
    for part, group, _ in job_logs(builder):
        if group is None or undecided(group):
            yield Made(part.definition, part.path, "/aws/batch/", "job", "" if group is None else group)


def _of_gateways(builder: Builder) -> Iterator[Made]:
    for execution in executions(builder):
        if execution.logged is not False:
            name = execution.name if isinstance(execution.name, str) else UNKNOWN
            kind = execution.logged if undecided(execution.logged) else ""
            yield Made(execution.owner, execution.path, execution.folder, name, kind)


def _of_sites(builder: Builder) -> Iterator[Made]:
    """Sites of Amplify that compute log to one group of their app."""
    for branch in builder.peek(BRANCH):
        app = builder.the_one(branch.inputs.get("appId"), APP)
        platform = UNKNOWN if app is None else known(app.inputs.get("platform"), "WEB")
        if undecided(platform) or platform != "WEB":
            kind = platform if undecided(platform) else ""
            yield Made(branch, "appId", "/aws/amplify/", branch.inputs.get("appId"), kind)


def _of_text_messages(builder: Builder) -> Iterator[Made]:
    """What became of each message, with its number: one group for those that arrived, one for the others."""
    for preferences in builder.peek(MESSAGES):
        role = preferences.inputs.get("deliveryStatusIamRoleArn")
        if role is not None and role != "":
            region, account = region_name(builder, preferences), account_id(builder.provider_of(preferences))
            known_here = isinstance(region, str) and isinstance(account, str)
            name: Any = f"{region}/{account}/DirectPublishToPhoneNumber" if known_here else UNKNOWN
            doubt = undecided(role) and not builder.referred(role)
            for kind in ("", "Failure"):
                yield Made(preferences, "deliveryStatusIamRoleArn", "sns/", name, role if doubt else kind)


def _of_things(builder: Builder) -> Iterator[Made]:
    """What IoT logs of things, in one group of a region."""
    for options in builder.of(THINGS):
        off = flag(options.inputs.get("disableAllLogs"), False)
        level = is_one_of(options.inputs.get("defaultLogLevel"), "DISABLED")
        silent = either((off, level))
        if silent is not True:
            yield Made(options, "defaultLogLevel", "", "AWSIotLogsV2", silent if undecided(silent) else "")


def _exported(builder: Builder) -> Iterator[Made]:
    for type_, folder, input_, kinds in EXPORTERS:
        for owner in builder.peek(type_):
            name = owner.inputs.get(input_)
            name = name.lower() if isinstance(name, str) and type_ != CLUSTER else name
            for index, kind in enumerate(items(owner.inputs.get(kinds))):
                kind = "cluster" if type_ == CLUSTER and not undecided(kind) else kind
                yield Made(owner, f"{kinds}.{index}", folder, name, kind)


def _of_projects(builder: Builder) -> Iterator[Made]:
    for project in builder.peek(PROJECT):
        yield from _of_project(builder, project)


def _of_project(builder: Builder, project: Resource) -> Iterator[Made]:
    told, status = (value_at(project, f"logsConfig.cloudwatchLogs.{key}") for key in ("groupName", "status"))
    if undecided(status):
        yield Made(project, "logsConfig", "/aws/codebuild/", project.inputs.get("name"), status)
    elif status != "DISABLED" and told is None:
        yield Made(project, "", "/aws/codebuild/", project.inputs.get("name"))
    elif status != "DISABLED" and not builder.referred(told, GROUP):
        yield Made(project, "logsConfig.cloudwatchLogs.groupName", "", told)
