"""Elastic Beanstalk: an environment answers plainly until it is told otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.graph import UNKNOWN, Resource
from baseline.rule import resource
from tests.baseline.estate.aws.judging import outcomes, passed

PLAIN = "plain_listener"
OFF = ("aws:elbv2:listener:default", "ListenerEnabled", "false")
TLS = ("aws:elbv2:listener:443", "Protocol", "HTTPS")
BEHIND = ("aws:elasticbeanstalk:environment:process:default", "Protocol", "HTTPS")


def environment(*settings: Any, **more: Any) -> Resource:
    """An environment with options of (namespace, name, value)."""
    said = [
        dict(zip(("namespace", "name", "value"), item, strict=True)) if isinstance(item, tuple) else item
        for item in settings
    ]
    return resource("aws:elasticbeanstalk/environment:Environment", "web", application="shop", settings=said, **more)


def test_a_new_environment_answers_plainly() -> None:
    """Port 80 is there without a word, beside any other listener."""
    assert outcomes(PLAIN, environment()) == {("fail", "web", "settings")}
    assert outcomes(PLAIN, environment(TLS)) == {("fail", "web", "settings")}


def test_an_environment_with_tls_only_passes() -> None:
    """The default listener is off, and the way on is encrypted too."""
    strict = environment(OFF, TLS, BEHIND)
    assert passed(PLAIN, strict) == {"web"}
    assert passed("tls_ended_at_balancer_with_plain_leg", strict) == {"web"}
    assert outcomes("tls_below_256_bits", strict) == {("fail", "web", "settings")}  # the default policy
    assert not outcomes("balancer_port_other_than_443", strict)


def test_an_environment_that_goes_on_plainly_is_found() -> None:
    """Its process speaks HTTP unless it is told."""
    assert outcomes("tls_ended_at_balancer_with_plain_leg", environment(OFF, TLS)) == {("fail", "web", "settings")}


def test_a_worker_has_no_door() -> None:
    """It takes its work from a queue."""
    assert not outcomes(PLAIN, environment(tier="Worker"))


@pytest.mark.parametrize(
    "doubtful",
    [
        environment(("aws:elbv2:listener:default", "ListenerEnabled", UNKNOWN)),
        environment(templateName="saved"),
        environment(UNKNOWN),
        environment("a text"),
        environment((UNKNOWN, "ListenerEnabled", "false")),
    ],
    ids=["value", "template", "setting", "shape", "namespace"],
)
def test_what_may_be_switched_off_is_unknown(doubtful: Resource) -> None:
    """A saved configuration, or deployment, may say it."""
    assert outcomes(PLAIN, doubtful) == {("unknown", "web", "settings")}
