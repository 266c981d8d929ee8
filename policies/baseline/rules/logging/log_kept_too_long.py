"""The promise has an end as well as a beginning."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Log
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Log,
    clauses=("4.3",),
    remedy="Shorten the period to what is declared for the class of log (policies/declared/retention.toml), or say "
    "`holds=audit` where it records changes of the infrastructure and no activity of customers.",
    applies=lambda log: log.keep_at_most is not None,  # for ever is another rule's matter
)
def log_kept_too_long(log: Log, estate: Estate) -> Iterator[Problem]:
    """A log is kept beyond its ceiling.

    30 days are promised for service logs and the activity of accounts: what is older must be gone. The record of who
    changed the infrastructure is another class, with a period of its own.
    """
    ceiling, most = estate.terms.period(log.kind).ceiling, log.keep_at_most
    if most is not None and most > ceiling:
        yield Problem(f"{log.name} keeps its {log.kind.replace('_', ' ')} for up to {most} days; {ceiling} are allowed")


_AWS = aws_provider()
_GROUP = "aws:cloudwatch/logGroup:LogGroup"
_TRAIL_GROUP = resource(_GROUP, "changes", name="changes", retentionInDays=365)

EXAMPLES = (
    example("30 days", _AWS, resource(_GROUP, "app", retentionInDays=30)),
    example("90 days", _AWS, resource(_GROUP, "app", retentionInDays=90), fails("app", "retentionInDays")),
    example("an audit log for a year", _AWS, resource(_GROUP, "changes", retentionInDays=365, tags={"holds": "audit"})),
    example(
        "a trail writes to it, so it is an audit log",
        _AWS,
        _TRAIL_GROUP,
        resource("aws:cloudtrail/trail:Trail", "trail", cloudWatchLogsGroupArn=ref(_TRAIL_GROUP)),
    ),
    example(
        "an audit log for two years",
        _AWS,
        resource(_GROUP, "changes", retentionInDays=731, tags={"holds": "audit"}),
        fails("changes", "retentionInDays"),
    ),
    example(
        "a group of class DELIVERY keeps two days whatever it is told",
        _AWS,
        resource(_GROUP, "app", retentionInDays=90, logGroupClass="DELIVERY"),
    ),
    example(
        "only deployment knows",
        _AWS,
        resource(_GROUP, "app", retentionInDays=UNKNOWN),
        unknown("app", "retentionInDays"),
    ),
    example(
        "a lock keeps each object for a year, whatever the lifecycle says",
        _AWS,
        resource("aws:s3/bucket:Bucket", "logs", bucket="logs", tags={"holds": "logs"}),
        resource(
            "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            "end",
            bucket="logs",
            rules=[{"id": "expire", "status": "Enabled", "expiration": {"days": 30}}],
        ),
        resource(
            "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
            "lock",
            bucket="logs",
            rule={"defaultRetention": {"mode": "COMPLIANCE", "years": 1}},
        ),
        fails("lock", "rule.defaultRetention"),
    ),
    example(
        "flows are no audit log, in a group either",
        _AWS,
        group := resource(_GROUP, "flows", name="flows", retentionInDays=365, tags={"holds": "audit"}),
        resource("aws:ec2/flowLog:FlowLog", "all", logDestination=ref(group)),
        fails("flows", "retentionInDays"),
    ),
    example(
        "flows are no audit log, whatever the label says",
        _AWS,
        resource("aws:s3/bucket:Bucket", "flows", bucket="flows", tags={"holds": "audit"}),
        resource("aws:ec2/flowLog:FlowLog", "all", logDestination="arn:aws:s3:::flows", logDestinationType="s3"),
        resource(
            "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            "end",
            bucket="flows",
            rules=[{"id": "expire", "status": "Enabled", "expiration": {"days": 365}}],
        ),
        fails("end", "rules"),
    ),
    example(
        "old versions add to the days",
        _AWS,
        resource("aws:s3/bucket:Bucket", "logs", bucket="logs", tags={"holds": "logs"}, versioning={"enabled": True}),
        resource(
            "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            "end",
            bucket="logs",
            rules=[
                {
                    "id": "expire",
                    "status": "Enabled",
                    "expiration": {"days": 30},
                    "noncurrentVersionExpiration": {"noncurrentDays": 7},
                }
            ],
        ),
        fails("end", "rules"),
    ),
)
