"""What a preview deletes although data lies in it."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate, certain_first
from baseline.estate.nouns import Change
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Change,
    clauses=("5.1/3", "4.3"),
    remedy="Keep the resource: `protect=True`, so that Pulumi refuses; `ignore_changes` for the input that replaces "
    "it; for a new name or parent `aliases`, or `pulumi state rename` and `pulumi state move`. If it has to go, move "
    "its data first, and let it go in a change of its own (docs/recovery.md, retirement).",
    applies=lambda change: change.operation != "update" or bool(change.lost),
)
def data_deleted_by_change(change: Change, _: Estate) -> Iterator[Problem]:
    """A change deletes or replaces what data rests in, or lets data in it expire.

    What is deployed afterwards may keep every promise, and the data is gone all the same: a renamed volume, a bucket
    in another region, a table with another key. Logs count, since they are promised for their days, and queues,
    since what waits in them is nowhere else. What Pulumi only stops managing still exists, and nobody judges it. What
    held data before counts, whatever class the program gives it now. A resource of a type that no adapter knows is
    listed as unjudged when it goes. A bucket stays when a lifecycle comes to delete what is in it, and so does a table
    that loses a replica; how long logs are kept is judged in the result.
    """
    for loss in change.lost:
        yield Problem(f"this would {loss.words}, at {change.label}", loss.path)
    if change.operation in ("create", "update"):
        return
    for store in certain_first(lambda store: store.holds != "system", change.stores):
        if change.ends:
            yield Problem(f"this would {change.operation} the {store.kind} {store.label}, which holds {store.holds}")
        else:
            yield Problem(f"the {store.kind} {store.label} holds {store.holds}, and nobody would judge it any more")


_VOLUME = resource("hcloud:index/volume:Volume", "data", _protect=True, location="fsn1")
_LOGS = resource("aws:cloudwatch/logGroup:LogGroup", "flows", retentionInDays=30)
_DOUBTED = resource("hcloud:index/volume:Volume", "data", location="fsn1", labels={"holds": UNKNOWN})
_BUCKET = resource("aws:s3/bucket:Bucket", "files", _protect=True, bucket="files-eu")
_TABLE = "aws:dynamodb/table:Table"


def _replicated(*regions: object) -> Resource:
    return resource(_TABLE, "orders", _protect=True, replicas=[{"regionName": region} for region in regions])


def _lifecycle(days: object, status: str = "Enabled", bucket: object = "files-eu", name: str = "lifecycle") -> Resource:
    rule = {"id": "old", "status": status, "expiration": {"days": days}}
    kind = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
    return resource(kind, name, bucket=bucket, rules=[rule])


_EXPIRES = {"lifecycle": "update"}
_AT = "rules.0.expiration"

EXAMPLES = (
    example(
        "a volume grows, a rule of a firewall goes",
        _VOLUME,
        before=(_VOLUME, resource("hcloud:index/firewall:Firewall", "app")),
        steps={"data": "update", "app": "delete"},
    ),
    example(
        "a volume under another name",
        resource("hcloud:index/volume:Volume", "orders", _protect=True, location="fsn1"),
        fails("data"),
        before=(_VOLUME,),
        steps={"data": "delete"},
    ),
    example("a volume in another place", _VOLUME, fails("data"), before=(_VOLUME,), steps={"data": "replace"}),
    example("a log group", aws_provider(), fails("flows"), before=(aws_provider(), _LOGS), steps={"flows": "delete"}),
    example("a volume that is kept, by nobody", fails("data"), before=(_VOLUME,), steps={"data": "forget"}),
    example(
        "a volume that is said to hold nothing of worth as it goes to another place",
        resource("hcloud:index/volume:Volume", "data", location="nbg1", labels={"holds": "system"}),
        fails("data"),
        before=(_VOLUME,),
        steps={"data": "replace"},
    ),
    example(
        "a lifecycle that comes to delete, and one that deletes later than it did",
        *(aws_provider(), _BUCKET, _lifecycle(1), _lifecycle(60, name="later"), fails("lifecycle", _AT)),
        before=(aws_provider(), _BUCKET, _lifecycle(1, "Disabled"), _lifecycle(30, name="later")),
        steps=_EXPIRES | {"later": "update"},
    ),
    example(
        "one that does so sooner, of a bucket that another program declares",
        *(aws_provider(), _lifecycle(30, bucket="theirs"), fails("lifecycle", _AT)),
        before=(aws_provider(), _lifecycle(60, bucket="theirs")),
        steps=_EXPIRES,
    ),
    example(
        "one of which only deployment knows when",
        *(aws_provider(), _BUCKET, _lifecycle(UNKNOWN), unknown("lifecycle")),
        before=(aws_provider(), _BUCKET, _lifecycle(60)),
        steps=_EXPIRES,
    ),
    example(
        "a table that loses a replica",
        *(aws_provider(), _replicated("eu-west-1"), fails("orders", "replicas")),
        before=(aws_provider(), _replicated("eu-west-1", "eu-central-2")),
        steps={"orders": "update"},
    ),
    example("a volume whose class nobody knows", unknown("data"), before=(_DOUBTED,), steps={"data": "delete"}),
)
