"""The default of every log is for ever."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Log
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Log,
    clauses=("4.3",),
    remedy="Give the log a period: `retentionInDays` of a log group, a lifecycle rule for the whole bucket (with "
    "`noncurrentVersionExpiration` where it keeps versions), `MaxRetentionSec` of a journal and a timer to vacuum it. "
    "Declare the group that a service would make (`/aws/rds/instance/NAME/KIND`, `/aws/lambda/NAME`).",
)
def log_without_retention(log: Log, _: Estate) -> Iterator[Problem]:
    """A log is kept for ever.

    A log group that is told nothing never forgets, which many scanners take for the safe choice. Service logs and the
    activity of accounts are personal data with a promised end. Databases that export their logs, and functions, make a
    group by themselves where none of the well-known name is declared, and AWS keeps it for ever.
    """
    if log.keep_at_most is None:
        yield Problem(f"{log.name} keeps its {log.kind.replace('_', ' ')} for ever")


_AWS = aws_provider()
_GROUP = "aws:cloudwatch/logGroup:LogGroup"
_BUCKET = resource("aws:s3/bucket:Bucket", "logs", bucket="logs", tags={"holds": "logs"})
_VERSIONS = resource(
    "aws:s3/bucketVersioning:BucketVersioning",
    "versions",
    bucket=ref(_BUCKET),
    versioningConfiguration={"status": "Enabled"},
)
_LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
_EXPIRES = {"id": "expire", "status": "Enabled", "expiration": {"days": 30}}

_DATABASE = resource(
    "aws:rds/instance:Instance", "orders", identifier="Orders", enabledCloudwatchLogsExports=["postgresql"]
)
_FUNCTION = resource("aws:lambda/function:Function", "resize", name="resize")

EXAMPLES = (
    example("30 days", _AWS, resource(_GROUP, "app", retentionInDays=30)),
    example("nothing said", _AWS, resource(_GROUP, "app"), fails("app", "retentionInDays")),
    example("0 is for ever", _AWS, resource(_GROUP, "app", retentionInDays=0), fails("app", "retentionInDays")),
    example(
        "only deployment knows",
        _AWS,
        resource(_GROUP, "app", retentionInDays=UNKNOWN),
        unknown("app", "retentionInDays"),
    ),
    example("a bucket that expires", _AWS, _BUCKET, resource(_LIFECYCLE, "end", bucket="logs", rules=[_EXPIRES])),
    example("a bucket without lifecycle", _AWS, _BUCKET, fails("logs")),
    example(
        "balancers write to a bucket that nobody labelled",
        _AWS,
        resource("aws:s3/bucket:Bucket", "access", bucket="access"),
        resource("aws:lb/loadBalancer:LoadBalancer", "front", accessLogs={"bucket": "access", "enabled": True}),
        fails("access"),
    ),
    example(
        "only some of the bucket expires",
        _AWS,
        _BUCKET,
        resource(_LIFECYCLE, "end", bucket="logs", rules=[{**_EXPIRES, "filter": {"prefix": "debug/"}}]),
        fails("end", "rules"),
    ),
    example(
        "all of the bucket, in the words of a filter for some of it",
        _AWS,
        _BUCKET,
        resource(_LIFECYCLE, "end", bucket="logs", rules=[{**_EXPIRES, "filter": {"and": {"prefix": ""}}}]),
    ),
    example(
        "only what is tagged expires",
        _AWS,
        _BUCKET,
        resource(
            _LIFECYCLE,
            "end",
            bucket="logs",
            rules=[{**_EXPIRES, "filter": {"and": {"prefix": "", "tags": {"size": "large"}}}}],
        ),
        fails("end", "rules"),
    ),
    example(
        "a date is no period",
        _AWS,
        _BUCKET,
        resource(
            _LIFECYCLE, "end", bucket="logs", rules=[{**_EXPIRES, "expiration": {"date": "2030-01-01T00:00:00Z"}}]
        ),
        fails("end", "rules"),
    ),
    example(
        "of two lifecycles the last one written holds",
        _AWS,
        _BUCKET,
        resource(_LIFECYCLE, "end", bucket="logs", rules=[_EXPIRES]),
        resource(_LIFECYCLE, "never", bucket="logs", rules=[{**_EXPIRES, "status": "Disabled"}]),
        unknown("never", "rules"),
    ),
    example(
        "the rule is disabled",
        _AWS,
        _BUCKET,
        resource(_LIFECYCLE, "end", bucket="logs", rules=[{**_EXPIRES, "status": "Disabled"}]),
        fails("end", "rules"),
    ),
    example(
        "expiration in a bucket with versions only hides",
        _AWS,
        _BUCKET,
        _VERSIONS,
        resource(_LIFECYCLE, "end", bucket="logs", rules=[_EXPIRES]),
        fails("end", "rules"),
    ),
    example(
        "some old versions are kept however old",
        _AWS,
        _BUCKET,
        _VERSIONS,
        resource(
            _LIFECYCLE,
            "end",
            bucket="logs",
            rules=[
                {**_EXPIRES, "noncurrentVersionExpiration": {"noncurrentDays": 1, "newerNoncurrentVersions": 3}},
            ],
        ),
        fails("end", "rules"),
    ),
    example(
        "old versions go by a rule of their own",
        _AWS,
        _BUCKET,
        _VERSIONS,
        resource(
            _LIFECYCLE,
            "end",
            bucket="logs",
            rules=[
                _EXPIRES,
                {"id": "old", "status": "Enabled", "noncurrentVersionExpiration": {"noncurrentDays": 1}},
            ],
        ),
    ),
    example("a database makes a group", _AWS, _DATABASE, fails("orders", "enabledCloudwatchLogsExports.0")),
    example(
        "a database finds the group declared",
        _AWS,
        _DATABASE,
        resource(_GROUP, "exported", name="/aws/rds/instance/orders/postgresql", retentionInDays=30),
    ),
    example(
        "the group of another log of the database is declared",
        _AWS,
        _DATABASE,
        resource(_GROUP, "exported", name="/aws/rds/instance/orders/upgrade", retentionInDays=30),
        fails("orders", "enabledCloudwatchLogsExports.0"),
    ),
    example(
        "only deployment knows what a database exports",
        _AWS,
        resource("aws:rds/instance:Instance", "orders", enabledCloudwatchLogsExports=UNKNOWN),
        unknown("orders", "enabledCloudwatchLogsExports.0"),
    ),
    example("a function makes a group", _AWS, _FUNCTION, fails("resize")),
    example(
        "a function finds the group declared",
        _AWS,
        _FUNCTION,
        resource(_GROUP, "told", name="/aws/lambda/resize", retentionInDays=30),
    ),
    example(
        "the group is declared in another region",
        _AWS,
        _FUNCTION,
        resource(_GROUP, "told", region="eu-west-1", name="/aws/lambda/resize", retentionInDays=30),
        fails("resize"),
    ),
    example(
        "only deployment knows the name of a group, which may be that of the function",
        _AWS,
        _FUNCTION,
        resource(_GROUP, "told", name=UNKNOWN, retentionInDays=30),
        unknown("resize"),
    ),
    example(
        "a function is told to write to a group",
        _AWS,
        resource("aws:lambda/function:Function", "resize", loggingConfig={"logGroup": ref(resource(_GROUP, "app"))}),
        resource(_GROUP, "app", retentionInDays=30),
    ),
    example(
        "days that are no number", _AWS, resource(_GROUP, "app", retentionInDays="x"), unknown("app", "retentionInDays")
    ),
    example(
        "old versions go too",
        _AWS,
        _BUCKET,
        _VERSIONS,
        resource(
            _LIFECYCLE,
            "end",
            bucket="logs",
            rules=[{**_EXPIRES, "noncurrentVersionExpiration": {"noncurrentDays": 1}}],
        ),
    ),
)
