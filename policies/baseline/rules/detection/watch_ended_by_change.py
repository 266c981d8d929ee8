"""What a preview deletes although it watches or records."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.facts.watches import WATCHES
from baseline.estate.nouns import Change
from baseline.rule import Problem, aws_provider, example, fails, resource, rule


@rule(
    Change,
    clauses=("5.3.1 3)", "5.5"),
    level="warning",
    remedy="Keep the resource: `protect=True`; for a new name or parent `aliases`, or `pulumi state rename` and "
    "`pulumi state move`. What has to change by replacement, let Pulumi make before it deletes: no "
    "`delete_before_replace`.",
    applies=lambda change: change.ends,
)
def watch_ended_by_change(change: Change, _: Estate) -> Iterator[Problem]:
    """A change ends what watches or records.

    What takes its place may keep every promise from then on, and has no eyes for the time between, nor for what the old
    one found. It is a warning, because some of these are replaced by each change of an input, and none of them holds
    data: the logs themselves are the matter of `data_deleted_by_change`.
    """
    ended = WATCHES.get(change.origin.type)
    if ended:
        yield Problem(f"this would {change.operation} {change.label}: {ended}")


_DETECTOR = resource("aws:guardduty/detector:Detector", "watch", enable=True)
_TRAIL = resource("aws:cloudtrail/trail:Trail", "trail", s3BucketName="trails")
_REPLACED = {"trail": "replace"}

EXAMPLES = (
    example(
        "the way in which findings are told changes",
        aws_provider(),
        _DETECTOR,
        before=(aws_provider(), _DETECTOR, resource("aws:cloudwatch/eventRule:EventRule", "findings")),
        steps={"watch": "update", "findings": "delete"},
    ),
    example(
        "a detector under another name",
        aws_provider(),
        resource("aws:guardduty/detector:Detector", "another", enable=True),
        fails("watch"),
        before=(aws_provider(), _DETECTOR),
        steps={"watch": "delete"},
    ),
    example(
        "the lock of a bucket",
        aws_provider(),
        fails("lock"),
        before=(aws_provider(), resource("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "lock")),
        steps={"lock": "delete"},
    ),
    example("a trail", aws_provider(), fails("trail"), before=(aws_provider(), _TRAIL), steps={"trail": "delete"}),
    example(
        "a trail, replaced", aws_provider(), _TRAIL, fails("trail"), before=(aws_provider(), _TRAIL), steps=_REPLACED
    ),
)
