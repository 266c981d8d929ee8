"""Stages of API Gateway: what they log of requests, and what they keep of answers. Their doors stand at their APIs.

Source: API Gateway Developer Guide, "Execution logging for REST APIs", "Configure logging for WebSocket APIs" (HTTP
APIs write access logs only) and "Cache settings for REST APIs" (plain unless told), read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from baseline.estate.aws.gateways import HTTP
from baseline.estate.aws.inputs import scalars_at, value_at
from baseline.estate.aws.keys import customer_key
from baseline.estate.aws.resting import holds, store
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.doubt import both, either, flag, is_one_of
from baseline.graph import Ref, Resource, unknown_because

STAGE: Final = "aws:apigateway/stage:Stage"
SETTINGS: Final = "aws:apigateway/methodSettings:MethodSettings"
HTTP_STAGE: Final = "aws:apigatewayv2/stage:Stage"
_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
_ROUTES: Final = ("defaultRouteSettings", "routeSettings")
_LEVELS: Final = ("ERROR", "INFO")
_UNSAID: Final = unknown_because("is not known: no settings of this program say what the stage caches")


class Execution(NamedTuple):
    """What API Gateway logs of each request, in a group of its own making; `traced`: with the request's contents."""

    owner: Resource
    path: str
    folder: str
    name: Any  # of the group, below the folder; undecided where only deployment knows the API
    logged: Any
    traced: Any


def read(builder: Builder) -> None:
    """The caches of stages, and the contents of requests in logs."""
    settings = builder.of(SETTINGS)
    for stage in builder.of(STAGE):
        switched = flag(stage.inputs.get("cacheClusterEnabled"), False)
        if switched is not False:
            encrypted = switched if undecided(switched) else _cache_encrypted(builder, stage, settings)
            said = {"holds": holds(builder, stage, "queue"), "encrypted": encrypted, "customer_key": None}
            store(builder, stage, "cache", path="cacheClusterEnabled", **said)
    builder.of(HTTP_STAGE)
    for execution in executions(builder):
        if execution.traced is not False:
            store(
                builder,
                execution.owner,
                "contents of requests in a log",
                path=execution.path,
                holds="logs",
                encrypted=True,  # always (CloudWatch Logs User Guide, "Encrypt log data")
                customer_key=execution.traced if undecided(execution.traced) else _own_key(builder, execution),
            )


def executions(builder: Builder) -> Iterator[Execution]:
    """What may be logged of requests, by whatever says so."""
    for setting in builder.peek(SETTINGS):
        path = "settings.loggingLevel"
        name = _name(setting.inputs.get("restApi"), setting.inputs.get("stageName"))
        said = _logged(setting, ("settings",))
        yield Execution(setting, path, "API-Gateway-Execution-Logs_", name, *said)
    for stage in builder.peek(HTTP_STAGE):
        api = builder.the_one(stage.inputs.get("apiId"), HTTP)
        if api is not None and api.inputs.get("protocolType") == "HTTP":
            continue
        name = _name(stage.inputs.get("apiId"), stage.inputs.get("name"))
        yield Execution(stage, f"{_ROUTES[0]}.loggingLevel", "/aws/apigateway/", name, *_logged(stage, _ROUTES))


def _name(api: Any, stage: Any) -> Any:
    return f"{api}/{stage}" if isinstance(api, str) and isinstance(stage, str) else UNKNOWN


def _logged(said: Resource, blocks: tuple[str, ...]) -> tuple[Any, Any]:
    """Whether anything is logged, and whether with contents."""
    levels = [value for block in blocks for _, value in scalars_at(said, f"{block}.loggingLevel")]
    traces = [value for block in blocks for _, value in scalars_at(said, f"{block}.dataTraceEnabled")]
    traced = either(flag(value, False) for value in traces)
    return either((traced, *(is_one_of(level, *_LEVELS) for level in levels))), traced


def _own_key(builder: Builder, execution: Execution) -> Any:
    """The key of the group, where it is declared; what API Gateway makes is under AWS's own."""
    groups = [(group, group.inputs.get("name")) for group in builder.peek(_GROUP)]
    for group, name in groups:
        if isinstance(execution.name, str) and name == f"{execution.folder}{execution.name}":
            return customer_key(builder, group.inputs.get("kmsKeyId"))
    doubtful = any(undecided(name) for _, name in groups)
    if undecided(execution.name):
        doubtful = doubtful or any(isinstance(name, str) and name.startswith(execution.folder) for _, name in groups)
    return UNKNOWN if doubtful else False


def _cache_encrypted(builder: Builder, stage: Resource, settings: Any) -> Any:
    """Whether all that is cached is encrypted: a method is cached where its settings say so, and plain by default."""
    answers = []
    for setting in settings:
        its = _is_of(builder, setting, stage)
        caches = flag(value_at(setting, "settings.cachingEnabled"), False)
        if its is not False and caches is not False:
            encrypted = flag(value_at(setting, "settings.cacheDataEncrypted"), False)
            doubt = next((item for item in (its, caches) if undecided(item)), None)
            answers.append(encrypted if doubt is None or encrypted is True else doubt)
    return both(answers) if answers else _UNSAID


def _is_of(builder: Builder, setting: Resource, stage: Resource) -> Any:
    """Whether settings are those of a stage: by reference, or by the same API and the same name."""
    if stage in builder.referred(setting.inputs.get("stageName"), STAGE):
        return True
    return both(_same(setting.inputs.get(name), stage.inputs.get(name)) for name in ("restApi", "stageName"))


def _same(one: Any, other: Any) -> Any:
    if isinstance(one, Ref) and isinstance(other, Ref):
        return one.urns == other.urns
    return UNKNOWN if undecided(one) or undecided(other) else one == other
