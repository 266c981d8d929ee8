"""Stages of API Gateway: execution logs that it makes itself, contents of requests in them, caches, access logs."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.graph import UNKNOWN, Resource
from baseline.rule import ref, resource
from tests.baseline.estate.aws.judging import findings, outcomes, passed

FOR_EVER, PLAIN, OWN_KEY = "log_without_retention", "store_without_encryption", "store_under_no_customer_key"
API = resource("aws:apigateway/restApi:RestApi", "shop")
_SHOP = ref(API)
KEY = resource("aws:kms/key:Key", "key", enableKeyRotation=True)


def stage(**more: Any) -> Resource:
    """A stage of the API."""
    return resource("aws:apigateway/stage:Stage", "prod", restApi=ref(API), stageName="prod", **more)


def settings(api: Any = _SHOP, stage_name: Any = "prod", **said: Any) -> Resource:
    """What is said of all methods of a stage."""
    return resource(
        "aws:apigateway/methodSettings:MethodSettings",
        "all",
        restApi=api,
        stageName=stage_name,
        methodPath="*/*",
        settings=said,
    )


def group(name: Any, **more: Any) -> Resource:
    """A declared log group."""
    return resource("aws:cloudwatch/logGroup:LogGroup", "group", name=name, retentionInDays=30, **more)


LEVEL = "settings.loggingLevel"


@pytest.mark.parametrize("level", ["ERROR", "INFO"])
def test_execution_logs_are_kept_for_ever_unless_their_group_is_declared(level: str) -> None:
    """Its name holds the API's id, which only deployment makes up, and a state shows."""
    assert outcomes(FOR_EVER, API, settings(loggingLevel=level)) == {("fail", "all", LEVEL)}
    deployed = settings("a1b2", loggingLevel=level)
    assert outcomes(FOR_EVER, deployed) == {("fail", "all", LEVEL)}
    assert not outcomes(FOR_EVER, group("API-Gateway-Execution-Logs_a1b2/prod"), deployed)
    assert outcomes(FOR_EVER, group("API-Gateway-Execution-Logs_a1b2/test"), deployed) == {("fail", "all", LEVEL)}
    named_later = group(UNKNOWN)
    assert outcomes(FOR_EVER, API, named_later, settings(loggingLevel=level)) == {("unknown", "all", LEVEL)}


def test_what_is_not_logged_has_no_group() -> None:
    """Off is the default; a level that only deployment knows may be any."""
    for said in ({}, {"loggingLevel": "OFF"}, {"metricsEnabled": True}, {"dataTraceEnabled": False}):
        assert not outcomes(FOR_EVER, API, settings(**said))
    assert outcomes(FOR_EVER, API, settings(loggingLevel=UNKNOWN)) == {("unknown", "all", LEVEL)}


def test_a_data_trace_puts_contents_into_a_log() -> None:
    """They lie in a group of AWS's making, under AWS's key, and for ever; a declared group may have a key."""
    traced = settings("a1b2", dataTraceEnabled=True)
    assert outcomes(FOR_EVER, traced) == {("fail", "all", LEVEL)}
    (found,) = findings(OWN_KEY, traced)
    assert "contents of requests in a log" in found.message
    named = "API-Gateway-Execution-Logs_a1b2/prod"
    assert "all" in passed(OWN_KEY, KEY, group(named, kmsKeyId=ref(KEY)), traced)
    assert ("fail", "all", LEVEL) in outcomes(OWN_KEY, group(named), traced)
    assert ("unknown", "all", LEVEL) in outcomes(OWN_KEY, API, group(UNKNOWN), settings(dataTraceEnabled=True))
    assert ("unknown", "all", LEVEL) in outcomes(OWN_KEY, API, settings(dataTraceEnabled=UNKNOWN))
    assert not outcomes(OWN_KEY, API, settings(loggingLevel="INFO"))
    abroad = resource(traced.type, "all", region="us-east-1", **traced.inputs)
    assert outcomes("store_outside_countries", abroad) == {("fail", "all", LEVEL)}


SOCKETS = resource("aws:apigatewayv2/api:Api", "chat", protocolType="WEBSOCKET")
PAGES = resource("aws:apigatewayv2/api:Api", "pages", protocolType="HTTP")
AT = "defaultRouteSettings.loggingLevel"


def of_api(api: Any, **more: Any) -> Resource:
    """A stage of an HTTP or WebSocket API."""
    return resource("aws:apigatewayv2/stage:Stage", "live", apiId=api, name="live", **more)


@pytest.mark.parametrize(
    "said", [{"defaultRouteSettings": {"loggingLevel": "INFO"}}, {"routeSettings": [{"loggingLevel": "ERROR"}]}]
)
def test_a_websocket_api_logs_by_route(said: Any) -> None:
    """An HTTP API writes access logs only, whatever its settings say."""
    assert outcomes(FOR_EVER, SOCKETS, of_api(ref(SOCKETS), **said)) == {("fail", "live", AT)}
    assert not outcomes(FOR_EVER, PAGES, of_api(ref(PAGES), **said))
    assert outcomes(FOR_EVER, of_api("a1b2", **said)) == {("fail", "live", AT)}
    assert not outcomes(FOR_EVER, group("/aws/apigateway/a1b2/live"), of_api("a1b2", **said))
    assert not outcomes(FOR_EVER, SOCKETS, of_api(ref(SOCKETS)))


def test_a_websocket_api_traces_contents() -> None:
    """By its default or by any route."""
    for said in ({"defaultRouteSettings": {"dataTraceEnabled": True}}, {"routeSettings": [{"dataTraceEnabled": True}]}):
        assert outcomes(OWN_KEY, SOCKETS, of_api(ref(SOCKETS), **said)) == {("fail", "live", AT)}


def test_a_cache_is_plain_until_its_methods_say_otherwise() -> None:
    """Settings count for the stage that they mean, by reference or by name."""
    cached = stage(cacheClusterEnabled=True)
    at = "cacheClusterEnabled"
    shut = settings(cachingEnabled=True, cacheDataEncrypted=True)
    assert passed(PLAIN, API, cached, shut) == {"prod"}
    assert passed(PLAIN, API, cached, settings("else", ref(cached), **shut.inputs["settings"])) == {"prod"}
    for off in ({}, {"cacheDataEncrypted": False}):
        assert outcomes(PLAIN, API, cached, settings(cachingEnabled=True, **off)) == {("fail", "prod", at)}
    doubtful = settings(cachingEnabled=True, cacheDataEncrypted=UNKNOWN)
    assert outcomes(PLAIN, API, cached, doubtful) == {("unknown", "prod", at)}


def test_a_cache_of_which_nobody_says_anything_is_unknown() -> None:
    """Settings of another stage, of nobody knows which, or that cache nothing, do not speak of it."""
    cached = stage(cacheClusterEnabled=True)
    at = {("unknown", "prod", "cacheClusterEnabled")}
    assert outcomes(PLAIN, API, cached) == at
    assert outcomes(PLAIN, API, cached, settings(stage_name="test", cachingEnabled=True)) == at
    assert outcomes(PLAIN, API, cached, settings(stage_name=UNKNOWN, cachingEnabled=True)) == at
    assert outcomes(PLAIN, API, cached, settings(cachingEnabled=UNKNOWN)) == at
    assert outcomes(PLAIN, API, stage(cacheClusterEnabled=UNKNOWN)) == at
    assert not outcomes(PLAIN, API, stage())
