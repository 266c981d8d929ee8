"""An alarm that rings in an empty room."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Detector
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, aws_provider, example, fails, not_observable, ref, resource, rule, unknown


@rule(
    Detector,
    clauses=("5.3.1 3)", "5.5"),
    remedy="Send findings to a person: an event rule for source aws.guardduty, its target a topic whose policy lets "
    "events.amazonaws.com publish, a subscription of the topic, all in the detector's region; on a host, an alias of "
    "root in /etc/aliases and a mail agent that carries its mail out.",
    applies=lambda detector: detector.enabled,
)
def finding_routed_to_nobody(detector: Detector, _: Estate) -> Iterator[Problem]:
    """What a detector finds reaches nobody.

    A breach has to be reported within 72 hours, counted from when somebody knows. Each link of the chain may be missing
    or look elsewhere: a pattern for another source, a rule that is off or in another region, a topic that does not let
    EventBridge publish (by itself none does), a topic without readers.
    """
    if not detector.tells:
        found = f"what {detector.kind} {detector.label} finds in {detector.location.name}"
        yield Problem(f"nobody is told {found}: {detector.missing}")


_DETECTOR = resource("aws:guardduty/detector:Detector", "watch")
_TOPIC = resource("aws:sns/topic:Topic", "alarm", name="alarm")
_FINDINGS = {"source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"]}


def _rule(pattern: Any = _FINDINGS, **said: Any) -> Resource:
    text = json.dumps(pattern) if isinstance(pattern, dict) else pattern
    return resource("aws:cloudwatch/eventRule:EventRule", "findings", name="findings", eventPattern=text, **said)


_TARGET = resource("aws:cloudwatch/eventTarget:EventTarget", "target", rule="findings", arn=ref(_TOPIC))
_READER = resource(
    "aws:sns/topicSubscription:TopicSubscription",
    "reader",
    topic=ref(_TOPIC),
    protocol="email",
    endpoint="security@shops.example",
)


def _policy(**statement: Any) -> Resource:
    said = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish"} | statement
    document = json.dumps({"Version": "2012-10-17", "Statement": [said | {"Resource": "*"}]})
    return resource("aws:sns/topicPolicy:TopicPolicy", "policy", arn=ref(_TOPIC), policy=document)


def _host(settings: str, aliases: str) -> Resource:
    document = f"#cloud-config\n{settings}\nwrite_files: [{{path: /etc/aliases, content: '{aliases}'}}]\n"
    return resource("hcloud:index/server:Server", "app", location="fsn1", userData=document)


_CHAIN = (aws_provider(), _DETECTOR, _TOPIC, _TARGET, _policy())
_CLOSED = (aws_provider(), _DETECTOR, _TOPIC, _TARGET, _rule(), _READER)

EXAMPLES = (
    example("to a mailbox", *_CHAIN, _rule(), _READER),
    example(
        "high findings only",
        *_CHAIN,
        _rule({**_FINDINGS, "detail": {"severity": [{"numeric": [">=", 7]}]}}),
        _READER,
    ),
    example("by a prefix of the source", *_CHAIN, _rule({"source": [{"prefix": "aws.guard"}]}), _READER),
    example("no rule", aws_provider(), _DETECTOR, _TOPIC, _READER, fails("watch")),
    example("nobody reads the topic", *_CHAIN, _rule(), fails("watch")),
    example("a rule for another source", *_CHAIN, _rule({"source": ["aws.backup"]}), _READER, fails("watch")),
    example("the rule is off", *_CHAIN, _rule(state="DISABLED"), _READER, fails("watch")),
    example("a bus of its own gets no finding", *_CHAIN, _rule(eventBusName="orders"), _READER, fails("watch")),
    example(
        "one kind of finding only",
        *_CHAIN,
        _rule({**_FINDINGS, "detail": {"type": [{"prefix": "CryptoCurrency"}]}}),
        _READER,
        fails("watch"),
    ),
    example(
        "the rule works in another region",
        aws_provider(),
        _DETECTOR,
        _TOPIC,
        _rule(region="eu-west-1"),
        resource(
            "aws:cloudwatch/eventTarget:EventTarget", "target", region="eu-west-1", rule="findings", arn=ref(_TOPIC)
        ),
        _READER,
        fails("watch"),
    ),
    example("a bus with a likely name", *_CHAIN, _rule(eventBusName="not-default"), _READER, fails("watch")),
    example(
        "a pattern that AWS refuses", *_CHAIN, _rule({"detail": {"severity": [{"numeric": [">"]}]}}), fails("watch")
    ),
    example("the topic has no policy, so the rule may not publish", *_CLOSED, fails("watch")),
    example(
        "the topic admits its own account only", *_CLOSED, _policy(Principal={"AWS": "123456789012"}), fails("watch")
    ),
    example("the topic admits another action", *_CLOSED, _policy(Action="sns:Subscribe"), fails("watch")),
    example(
        "the topic admits rules of the account",
        *_CLOSED,
        _policy(Principal="*", Condition={"StringEquals": {"aws:SourceAccount": "123456789012"}}),
    ),
    example(
        "the topic's own condition is none of a rule's",
        *_CLOSED,
        _policy(Principal="*", Condition={"StringEquals": {"aws:SourceOwner": "123456789012"}}),
        fails("watch"),
    ),
    example(
        "the subscription takes some messages only",
        *_CHAIN,
        _rule(),
        resource(
            "aws:sns/topicSubscription:TopicSubscription",
            "reader",
            topic=ref(_TOPIC),
            protocol="email",
            endpoint="security@shops.example",
            filterPolicy='{"kind": ["none"]}',
        ),
        not_observable("watch"),
    ),
    example("a host that mails root's letters", _host("packages: [msmtp-mta]", "root: security@shops.example")),
    example("a host without an alias", _host("packages: [msmtp-mta]", "postmaster: root"), fails("app", "userData")),
    example(
        "a host that nobody sees sending mail",
        _host("packages: [nginx]", "root: security@shops.example"),
        not_observable("app", "userData"),
    ),
    example("only deployment knows the pattern", *_CHAIN, _rule(UNKNOWN), _READER, unknown("watch")),
    example(
        "only deployment knows whose target it is",
        *(part for part in _CHAIN if part is not _TARGET),
        _rule(),
        resource("aws:cloudwatch/eventTarget:EventTarget", "target", rule=UNKNOWN, arn=ref(_TOPIC)),
        _READER,
        unknown("watch"),
    ),
    example(
        "a function may tell anyone or no one",
        aws_provider(),
        _DETECTOR,
        _rule(),
        resource(
            "aws:cloudwatch/eventTarget:EventTarget",
            "target",
            rule="findings",
            arn="arn:aws:lambda:eu-central-1:123456789012:function:tell",
        ),
        unknown("watch"),
    ),
)
