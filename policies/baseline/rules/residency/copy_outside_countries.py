"""Copies stay in the countries of what they copy."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.nouns import Copy
from baseline.graph import Resource
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Copy,
    clauses=("5.2.1",),
    remedy="Send it to a region in an allowed country, or take the replication or delivery away.",
)
def copy_outside_countries(copy: Copy, estate: Estate) -> Iterator[Problem]:
    """Data is copied outside the allowed countries.

    Replication, replicas, copy actions and deliveries are configured by a call inside the allowed region and send data
    to another one from then on. No region condition sees that, so each destination is judged by itself.
    """
    if not estate.terms.allow(copy.location.countries):
        yield Problem(f"{copy.what}: {copy.label} goes to {copy.location}; allowed: {estate.terms.allowed}")


def _subscription(endpoint: object) -> Resource:
    """A queue that takes the messages of a topic."""
    kind = "aws:sns/topicSubscription:TopicSubscription"
    return resource(kind, "hand-on", topic="news", protocol="sqs", endpoint=endpoint)


EXAMPLES = (
    example(
        "table stays where it is asked for",
        aws_provider(),
        resource("aws:dynamodb/table:Table", "orders", replicas=[{"regionName": "eu-central-1"}]),
    ),
    example(
        "one of two replicas is in Ireland",
        aws_provider(),
        resource(
            "aws:dynamodb/table:Table",
            "orders",
            replicas=[{"regionName": "eu-central-1"}, {"regionName": "eu-west-1"}],
        ),
        fails("orders", "replicas.1.regionName"),
    ),
    example(
        "messages go to a queue beside their topic",
        aws_provider(),
        jobs := resource("aws:sqs/queue:Queue", "jobs"),
        _subscription(ref(jobs)),
    ),
    example(
        "messages go to a queue in Virginia",
        aws_provider(),
        _subscription("arn:aws:sqs:us-east-1:123456789012:jobs"),
        fails("hand-on", "endpoint"),
    ),
    example(
        "events go to a bus in Ireland",
        aws_provider(),
        resource(
            "aws:cloudwatch/eventTarget:EventTarget",
            "bus",
            rule="all",
            arn="arn:aws:events:eu-west-1:123456789012:event-bus/all",
        ),
        fails("bus", "arn"),
    ),
    example("messages go somewhere", aws_provider(), _subscription(graph.UNKNOWN), unknown("hand-on", "endpoint")),
    example(
        "a bucket of elsewhere, replicated nobody knows where",
        aws_provider(),
        resource(
            "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
            "copies",
            bucket="files",
            rules=[{"destination": {"bucket": "arn:aws:s3:::more-files"}}],
        ),
        unknown("copies", "rules.0.destination.bucket"),
    ),
    example(
        "replicas of a secret that only deployment names",
        aws_provider(),
        resource("aws:secretsmanager/secret:Secret", "token", replicas=graph.UNKNOWN),
        unknown("token", "replicas.0.region"),
    ),
    example(
        "replica of a secret somewhere",
        aws_provider(),
        resource("aws:secretsmanager/secret:Secret", "token", replicas=[{"region": graph.UNKNOWN}]),
        unknown("token", "replicas.0.region"),
    ),
)
