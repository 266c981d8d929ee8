"""GuardDuty: where it looks, and which way its findings take to a person: event rule, topic, subscription."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from baseline.estate.aws.accounts import account_id
from baseline.estate.aws.events import takes_findings
from baseline.estate.aws.places import region_name
from baseline.estate.aws.references import Named
from baseline.estate.builder import UNKNOWN, Builder, known, place, undecided
from baseline.estate.doubt import both, flag
from baseline.estate.nouns import Detector, Notification
from baseline.graph import Resource, not_observable_because

DETECTOR = "aws:guardduty/detector:Detector"
RULE = "aws:cloudwatch/eventRule:EventRule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"
TOPIC = "aws:sns/topic:Topic"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"

PERSONAL = frozenset({"email", "email-json", "sms", "http", "https"})
"""Protocols that leave AWS; the others (sqs, lambda, firehose, application) hand on to what may tell anyone."""

Place = tuple[str, str]  # account, or the provider where that is undecided; region


def read(builder: Builder) -> None:
    """Notifications first: detectors are told apart by which of them they reach."""
    topics = _Topics(builder)
    routes = dict[Place, list[Any]]()
    for key, tells in _routes(builder, topics):
        routes.setdefault(key, []).append(tells)
    for detector in builder.of(DETECTOR):
        told = [*routes.get(_place(builder, detector), ()), *routes.get((_account(builder, detector), ""), ())]
        builder.add(
            Detector(
                origin=detector,
                kind="GuardDuty",
                enabled=flag(detector.inputs.get("enable"), True),
                location=place("aws", region_name(builder, detector)),
                tells=_together(told),
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
            for topic in found:
                self.told.setdefault(topic.urn, []).append(UNKNOWN if address is None or len(found) > 1 else address)

    def behind(self, target: Any) -> Any:
        """The addresses behind a target's ARN; undecided for what is no topic of this Graph."""
        topic = self.named.one(target)
        return _together(self.told.get(topic.urn, ())) if topic is not None else UNKNOWN


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


def _routes(builder: Builder, topics: _Topics) -> Iterator[tuple[Place, Any]]:
    """For each target of a rule that takes findings: where it works, and whom it tells."""
    rules = builder.of(RULE)
    by_name = {(*_place(builder, rule), rule.inputs.get("name")): rule for rule in rules if _is_named(rule)}
    for target in builder.of(TARGET):
        value = target.inputs.get("rule")
        key = _place(builder, target)
        found = builder.referred(value, RULE)
        if isinstance(value, str):
            found = [by_name[(*key, value)]] if (*key, value) in by_name else []
        for rule in found:
            takes = both((_listens(rule), takes_findings(rule.inputs.get("eventPattern"))))
            if takes is not False:
                certain = takes is True and len(found) == 1
                yield key, topics.behind(target.inputs.get("arn")) if certain else UNKNOWN


def _is_named(rule: Resource) -> bool:
    return isinstance(rule.inputs.get("name"), str)


def _listens(rule: Resource) -> Any:
    """Whether a rule is on, and on the bus to which AWS's own services send."""
    state = known(rule.inputs.get("state"), "ENABLED")
    bus = known(rule.inputs.get("eventBusName"), "default")
    on = state if undecided(state) else state != "DISABLED"
    return both((on, flag(rule.inputs.get("isEnabled"), True), bus if undecided(bus) else bus.endswith("default")))


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
