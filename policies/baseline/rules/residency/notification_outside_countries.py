"""Whoever is told of a breach is told of people."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Notification
from baseline.estate.terms import Terms
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, aws_provider, example, fails, not_observable, ref, resource, rule, unknown


@rule(
    Notification,
    clauses=("5.2.1", "5.5"),
    remedy="Send it to an address that policies/declared/notifications.toml places in an allowed country.",
)
def notification_outside_countries(notification: Notification, estate: Estate) -> Iterator[Problem]:
    """A notification goes outside the allowed countries.

    Findings name addresses, accounts and people. Where a mailbox is kept no address shows, so its country is what
    auditors declare of it.
    """
    if not estate.terms.allow(notification.countries):
        where = ", ".join(sorted(notification.countries))
        yield Problem(f"{notification.address} is kept in {where}; allowed: {estate.terms.allowed}")


def subscription(endpoint: object) -> Resource:
    """A subscription by mail."""
    topic = resource("aws:sns/topic:Topic", "findings")
    return resource(
        "aws:sns/topicSubscription:TopicSubscription", "mail", topic=ref(topic), protocol="email", endpoint=endpoint
    )


EXAMPLES = (
    example("a mailbox in Germany", aws_provider(), subscription("security@shops.example")),
    example(
        "a mailbox that nobody declared",
        aws_provider(),
        subscription("someone@elsewhere.example"),
        not_observable("mail", "endpoint"),
    ),
    example(
        "a mailbox in another country",
        aws_provider(),
        subscription("security@shops.example"),
        fails("mail", "endpoint"),
        terms=Terms(
            stack="example",
            allowed_countries=frozenset({"FI"}),
            notification_countries={"security@shops.example": "DE"},
        ),
    ),
    example(
        "an address known only after deployment", aws_provider(), subscription(UNKNOWN), unknown("mail", "endpoint")
    ),
)
