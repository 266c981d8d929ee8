"""A breach is found in what is still there."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Log
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Log,
    clauses=("4.3", "5.5"),
    remedy="Keep the log for the full days that are declared for its class (policies/declared/retention.toml).",
)
def log_kept_too_short(log: Log, estate: Estate) -> Iterator[Problem]:
    """A log is deleted before its floor.

    30 full days are promised for service logs and the activity of accounts; a breach that is noticed in the third week
    is traced in them. A lifecycle rule that takes a part of a bucket earlier counts for that part.
    """
    floor = estate.terms.period(log.kind).floor
    if log.keep_at_least is not None and log.keep_at_least < floor:
        yield Problem(
            f"{log.name} keeps its {log.kind.replace('_', ' ')} for {log.keep_at_least} days, and {floor} are promised"
        )


_AWS = aws_provider()
_GROUP = "aws:cloudwatch/logGroup:LogGroup"

EXAMPLES = (
    example("30 days", _AWS, resource(_GROUP, "app", retentionInDays=30)),
    example("for ever is long enough", _AWS, resource(_GROUP, "app")),
    example("14 days", _AWS, resource(_GROUP, "app", retentionInDays=14), fails("app", "retentionInDays")),
    example(
        "an audit log for 30 days",
        _AWS,
        resource(_GROUP, "changes", retentionInDays=30, tags={"holds": "audit"}),
        fails("changes", "retentionInDays"),
    ),
    example(
        "only deployment knows",
        _AWS,
        resource(_GROUP, "app", retentionInDays=UNKNOWN),
        unknown("app", "retentionInDays"),
    ),
    example(
        "a part of the bucket goes after a week",
        _AWS,
        resource("aws:s3/bucket:Bucket", "logs", bucket="logs", tags={"holds": "logs"}),
        resource(
            "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            "end",
            bucket="logs",
            rules=[
                {"id": "all", "status": "Enabled", "expiration": {"days": 30}},
                {"id": "web", "status": "Enabled", "expiration": {"days": 7}, "filter": {"prefix": "web/"}},
            ],
        ),
        fails("end", "rules"),
    ),
)
