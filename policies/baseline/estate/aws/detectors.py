"""GuardDuty: where it looks, and which way its findings take to a person: event rule, topic, subscription."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from baseline.estate.aws.accounts import account_id
from baseline.estate.aws.events import takes_findings
from baseline.estate.aws.places import region_name
from baseline.estate.aws.policies import Statement, statements
from baseline.estate.aws.references import Named
from baseline.estate.builder import UNKNOWN, Builder, known, place, undecided
from baseline.estate.doubt import both, either, flag, negated
from baseline.estate.nouns import Detector, Notification
from baseline.estate.patterns import any_covers
from baseline.graph import Resource, not_observable_because, unknown_because

DETECTOR = "aws:guardduty/detector:Detector"
RULE = "aws:cloudwatch/eventRule:EventRule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"
TOPIC = "aws:sns/topic:Topic"
TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"

PERSONAL = frozenset({"email", "email-json", "sms", "http", "https"})
"""Protocols that leave AWS; the others (sqs, lambda, firehose, application) hand on to what may tell anyone."""

_EVENTS = "events.amazonaws.com"
_OF_EVENTS = frozenset({"aws:sourcearn", "aws:sourceaccount"})
"""What EventBridge says of itself when it publishes. Source: EventBridge User Guide, "Using resource-based policies",
read 2026-11-23."""
_FILTERED = not_observable_because("depends on the filter of a subscription")
_NO_TOPIC = unknown_because("is not known: a target is no topic of this program")
_NO_RULE = unknown_because("is not known: a target is of a rule that only deployment knows")

Place = tuple[str, str]  # account, or the provider where that is undecided; region


class Route(NamedTuple):
    """Whom one rule tells, or by one of its targets; and the link that is missing where that is nobody."""

    tells: Any
    missing: str = ""


def read(builder: Builder) -> None:
    """Notifications first: detectors are told apart by which of them they reach."""
    topics = _Topics(builder)
    routes = dict[Place, list[Route]]()
    for key, route in _routes(builder, topics):
        routes.setdefault(key, []).append(route)
    for detector in builder.of(DETECTOR):
        found = [*routes.get(_place(builder, detector), ()), *routes.get((_account(builder, detector), ""), ())]
        missing = dict.fromkeys(route.missing for route in found if route.missing)
        builder.add(
            Detector(
                origin=detector,
                kind="GuardDuty",
                enabled=flag(detector.inputs.get("enable"), True),
                location=place("aws", region_name(builder, detector)),
                tells=_together(route.tells for route in found),
                missing="; ".join(missing) or "no event rule there takes its findings",
            )
        )


def _account(builder: Builder, resource: Resource) -> str:
    account = account_id(builder.provider_of(resource))
    return resource.provider if undecided(account) else str(account)


def _place(builder: Builder, resource: Resource) -> Place:
    """Where a resource works; region `""` is one that only deployment knows."""
    region = region_name(builder, resource)
    return _account(builder, resource), region if isinstance(region, str) else ""


class _Topics:
    """Topics and whom their subscriptions tell."""

    def __init__(self, builder: Builder) -> None:
        self.named = Named(builder, (TOPIC,), "name")
        self.told: dict[str, list[Any]] = {}
        for subscription in builder.of(SUBSCRIPTION):
            address = _address(subscription)
            if address is not None:
                builder.add(
                    Notification(
                        origin=subscription,
                        path="endpoint",
                        address=address,
                        countries=countries(builder, address),
                    )
                )
            found = self.named.any(subscription.inputs.get("topic"))
            told = UNKNOWN if address is None or len(found) > 1 else address
            told = told if subscription.inputs.get("filterPolicy") is None else _FILTERED
            for topic in found:
                self.told.setdefault(topic.urn, []).append(told)
        self.policies: dict[str, list[Any]] = {}
        for policy in builder.peek(TOPIC_POLICY):
            for topic in self.named.any(policy.inputs.get("arn")):
                self.policies.setdefault(topic.urn, []).append(policy.inputs.get("policy"))

    def behind(self, target: Resource) -> Route:
        """The addresses behind a target of a rule; undecided where that is no topic of this Graph."""
        topic = self.named.one(target.inputs.get("arn"))
        if topic is None:
            return Route(_NO_TOPIC)
        # Without a policy only the topic's own account may publish, and EventBridge is none of it.
        said = self.policies.get(topic.urn) or [topic.inputs.get("policy")]
        admitted = target.inputs.get("roleArn") is not None or either(map(_admits_events, said))
        if admitted is not True:
            closed = f"the policy of topic {topic.name} does not let EventBridge publish"
            return Route(admitted) if undecided(admitted) else Route((), closed)
        told = _together(self.told.get(topic.urn, ()))
        return Route(told, f"nobody reads topic {topic.name}" if told == () else "")


def _admits_events(document: Any) -> Any:
    """Whether a topic's policy lets EventBridge publish."""
    found = () if document is None else statements(document)
    if undecided(found):
        return found
    publishing = [statement for statement in found if _is_about_events(statement) is not False]
    refused = either(
        negated(statement.allows)
        for statement in publishing
        if undecided(statement.conditions) or not statement.conditions
    )
    admitted = either(both((statement.allows, _is_about_events(statement))) for statement in publishing)
    return both((negated(refused), admitted))


def _is_about_events(statement: Statement) -> Any:
    parts = (statement.principals, statement.actions, statement.conditions)
    if any(map(undecided, parts)):
        return UNKNOWN
    anyone = "*" in statement.principals and all(item.key.lower() in _OF_EVENTS for item in statement.conditions)
    return (anyone or _EVENTS in statement.principals) and any_covers(statement.actions, "sns:publish")


def _address(subscription: Resource) -> Any:
    """The address that a subscription tells, None where it only hands on inside AWS."""
    protocol = subscription.inputs.get("protocol")
    if undecided(protocol):
        return protocol
    return known(subscription.inputs.get("endpoint"), UNKNOWN) if protocol in PERSONAL else None


def countries(builder: Builder, address: Any) -> Any:
    """The country that declared/notifications names for an address."""
    if undecided(address):
        return address
    country = builder.terms.notification_countries.get(address)
    if country is None:
        return not_observable_because(f"of {address} are not declared: add it to policies/declared/notifications.toml")
    return frozenset((country,))


def _routes(builder: Builder, topics: _Topics) -> Iterator[tuple[Place, Route]]:
    """For each target of a rule, and each rule without any: where it works, and whom it tells of findings."""
    rules = builder.of(RULE)
    by_name = {(*_place(builder, rule), rule.inputs.get("name")): rule for rule in rules if _is_named(rule)}
    aimed = set()
    for target in builder.of(TARGET):
        value = target.inputs.get("rule")
        key = _place(builder, target)
        found = builder.referred(value, RULE)
        if isinstance(value, str):
            found = [by_name[(*key, value)]] if (*key, value) in by_name else []
        if rules and undecided(value) and not found:
            yield key, Route(_NO_RULE)
        for rule in found:
            aimed.add(rule.urn)
            takes = both((_listens(rule), takes_findings(rule.inputs.get("eventPattern"))))
            if takes is False:
                yield key, Route((), _deaf(rule))
            else:
                yield key, topics.behind(target) if takes is True and len(found) == 1 else Route(UNKNOWN)
    for rule in rules:
        if rule.urn not in aimed and takes_findings(rule.inputs.get("eventPattern")) is not False:
            yield _place(builder, rule), Route((), _deaf(rule) or f"event rule {rule.name} has no target")


def _deaf(rule: Resource) -> str:
    """Why a rule that is meant for findings hears of none; the empty text of one that is meant for something else."""
    if takes_findings(rule.inputs.get("eventPattern")) is False:
        return ""
    if _is_on(rule) is False:
        return f"event rule {rule.name} is off"
    return f"event rule {rule.name} is on a bus that gets no findings" if _listens(rule) is False else ""


def _is_named(rule: Resource) -> bool:
    return isinstance(rule.inputs.get("name"), str)


def _listens(rule: Resource) -> Any:
    """Whether a rule is on, and on the bus to which AWS's own services send."""
    return both((_is_on(rule), _is_default(known(rule.inputs.get("eventBusName"), "default"))))


def _is_on(rule: Resource) -> Any:
    state = known(rule.inputs.get("state"), "ENABLED")
    on = state if undecided(state) else state != "DISABLED"
    return both((on, flag(rule.inputs.get("isEnabled"), True)))


def _is_default(bus: Any) -> Any:
    """By its name or by its ARN."""
    return bus if undecided(bus) else str(bus).rpartition("/")[2] == "default"


def _together(told: Iterable[Any]) -> Any:
    """All addresses that are certain; where there is none, a doubt if there is one."""
    addresses: list[str] = []
    doubt = None
    for item in told:
        if undecided(item):
            doubt = item
        else:
            addresses += [item] if isinstance(item, str) else item
    return tuple(dict.fromkeys(addresses)) or (() if doubt is None else doubt)
