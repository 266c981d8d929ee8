"""What a preview deletes although data lies in it."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate, certain_first
from baseline.estate.nouns import Change
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Change,
    clauses=("5.1/3", "4.3"),
    remedy="Keep the resource: `protect=True`, so that Pulumi refuses; `ignore_changes` for the input that replaces "
    "it; for a new name or parent `aliases`, or `pulumi state rename` and `pulumi state move`. If it has to go, move "
    "its data first, and let it go in a change of its own (docs/recovery.md, retirement).",
    applies=lambda change: change.operation != "update",
)
def data_deleted_by_change(change: Change, _: Estate) -> Iterator[Problem]:
    """A change deletes or replaces what data rests in.

    What is deployed afterwards may keep every promise, and the data is gone all the same: a renamed volume, a bucket
    in another region, a table with another key. Logs count, since they are promised for their days, and queues,
    since what waits in them is nowhere else. What Pulumi only stops managing still exists, and nobody judges it. What
    held data before counts, whatever class the program gives it now. A resource of a type that no adapter knows is
    listed as unjudged when it goes.
    """
    for store in certain_first(lambda store: store.holds != "system", change.stores):
        if change.ends:
            yield Problem(f"this would {change.operation} the {store.kind} {store.label}, which holds {store.holds}")
        else:
            yield Problem(f"the {store.kind} {store.label} holds {store.holds}, and nobody would judge it any more")


_VOLUME = resource("hcloud:index/volume:Volume", "data", _protect=True, location="fsn1")
_LOGS = resource("aws:cloudwatch/logGroup:LogGroup", "flows", retentionInDays=30)
_DOUBTED = resource("hcloud:index/volume:Volume", "data", location="fsn1", labels={"holds": UNKNOWN})

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
    example("a volume whose class nobody knows", unknown("data"), before=(_DOUBTED,), steps={"data": "delete"}),
)
