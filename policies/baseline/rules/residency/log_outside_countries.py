"""Logs stay in the countries of what they record."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.nouns import Log
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Log,
    clauses=("5.2.1",),
    remedy="Keep the log in an allowed region; where a service writes to one region only, do without that log.",
)
def log_outside_countries(log: Log, estate: Estate) -> Iterator[Problem]:
    """A log is kept outside the allowed countries.

    Logs hold addresses, names and what customers did: personal data as much as what they record.
    """
    if not estate.terms.allow(log.location.countries):
        yield Problem(f"log {log.name} is kept in {log.location}; allowed: {estate.terms.allowed}")


EXAMPLES = (
    example(
        "log group in Frankfurt",
        aws_provider(),
        resource("aws:cloudwatch/logGroup:LogGroup", "edge", name="edge", retentionInDays=30),
    ),
    example(
        "log group in Virginia, where a global service wants it",
        aws_provider(),
        resource("aws:cloudwatch/logGroup:LogGroup", "queries", name="queries", region="us-east-1"),
        fails("queries", "retentionInDays"),
    ),
    example(
        "a trail to a bucket that is not in the program",
        aws_provider(),
        resource("aws:cloudtrail/trail:Trail", "changes", s3BucketName="archive"),
        unknown("changes", "s3BucketName"),
    ),
    example(
        "flows to a bucket that is not in the program",
        aws_provider(),
        resource(
            "aws:ec2/flowLog:FlowLog", "flows", logDestinationType="s3", logDestination="arn:aws:s3:::archive/flows"
        ),
        unknown("flows", "logDestination"),
    ),
    example(
        "a balancer whose logs are switched off",
        aws_provider(),
        resource("aws:cloudwatch/logGroup:LogGroup", "edge", name="edge", retentionInDays=30),
        resource("aws:lb/loadBalancer:LoadBalancer", "edge", accessLogs={"bucket": "archive", "enabled": False}),
    ),
    example(
        "region is only known at deployment",
        aws_provider(region=graph.UNKNOWN),
        resource("aws:cloudwatch/logGroup:LogGroup", "edge", name="edge"),
        unknown("edge", "retentionInDays"),
    ),
)
