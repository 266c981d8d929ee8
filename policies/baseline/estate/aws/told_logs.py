"""Log groups and streams that something is told to write to, and that this program does not show: nobody here knows
for how long they keep it.

Source: pulumi-aws 7.51.1, the arguments of each type, as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from baseline.estate.aws.inputs import scalars_at
from baseline.estate.aws.jobs import job_logs
from baseline.estate.aws.log_makers import GROUP
from baseline.estate.aws.places import region_name, region_of
from baseline.estate.aws.references import region_in
from baseline.estate.builder import Builder, known, place, undecided
from baseline.estate.nouns import Log
from baseline.graph import Resource, unknown_because

STREAM: Final = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
_ACCESS: Final = ("accessLogSettings.destinationArn",)

TOLD: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:apigateway/stage:Stage": _ACCESS,
        "aws:apigatewayv2/stage:Stage": _ACCESS,
        "aws:directoryservice/logSubscription:LogSubscription": ("logGroupName",),
        "aws:imagebuilder/image:Image": ("loggingConfiguration.logGroupName",),
        "aws:imagebuilder/imagePipeline:ImagePipeline": tuple(
            f"loggingConfiguration.{kind}LogGroupName" for kind in ("image", "pipeline")
        ),
        "aws:iot/topicRule:TopicRule": ("cloudwatchLogs.logGroupName", "errorAction.cloudwatchLogs.logGroupName"),
        "aws:mskconnect/connector:Connector": (
            "logDelivery.workerLogDelivery.cloudwatchLogs.logGroup",
            "logDelivery.workerLogDelivery.firehose.deliveryStream",
        ),
    }
)
"""Type -> the inputs that name the group or the stream, or its ARN."""

_SENT: Final = unknown_because("is not known: the driver of its logs sends them to no group of AWS")
_UNSEEN: Final = unknown_because("is not known: what it is told to write to is not in this program")


def read(builder: Builder) -> None:
    """A Log for each that is told to write elsewhere; groups and streams of this program are judged by themselves."""
    shown = {
        (_region(builder, item), name)
        for item in builder.peek(GROUP, STREAM)
        if isinstance(name := item.inputs.get("name"), str)
    }
    for type_, paths in TOLD.items():
        for writer in builder.of(type_):
            for path in paths:
                for at, value in scalars_at(writer, path):
                    if not builder.referred(value, GROUP, STREAM) and not _is_shown(builder, writer, value, shown):
                        _add(builder, writer, at, _place(builder, writer, value))
    _of_jobs(builder, shown)


def _of_jobs(builder: Builder, shown: set[tuple[Any, str]]) -> None:
    """Groups that containers of jobs are told to log to, in their own region or another one; or no group at all."""
    for part, group, region in job_logs(builder):
        if not isinstance(group, str):
            continue  # Batch makes one, or nobody knows whether it does
        if group == "":
            _add(builder, part.definition, part.path, _SENT)
        elif undecided(region) or (known(region, _region(builder, part.definition)), group) not in shown:
            here = region_of(builder, part.definition)
            _add(builder, part.definition, part.path, here if region is None else place("aws", region))


def _is_shown(builder: Builder, writer: Resource, value: Any, shown: set[tuple[Any, str]]) -> bool:
    return isinstance(value, str) and (_where(builder, writer, value), _name(value)) in shown


def _name(told: str) -> str:
    """The name of a group or stream in its ARN (`...:log-group:/aws/x:*`, `...:deliverystream/x`), or as it is."""
    if not told.startswith("arn:"):
        return told
    last = told.split(":", 5)[-1].removesuffix(":*")
    return last.removeprefix("log-group:").removeprefix("deliverystream/")


def _where(builder: Builder, writer: Resource, told: str) -> Any:
    return region_in(told) if told.startswith("arn:") else _region(builder, writer)


def _region(builder: Builder, resource: Resource) -> Any:
    name = region_name(builder, resource)
    return name if isinstance(name, str) else ""


def _place(builder: Builder, writer: Resource, told: Any) -> Any:
    if undecided(told):
        return told
    return place("aws", region_in(told)) if str(told).startswith("arn:") else region_of(builder, writer)


def _add(builder: Builder, writer: Resource, at: str, location: Any) -> None:
    builder.add(
        Log(
            origin=writer,
            path=at,
            name=f"the log of {writer.name}",
            kind="service_log",
            location=location,
            keep_at_least=_UNSEEN,
            keep_at_most=_UNSEEN,
        )
    )
