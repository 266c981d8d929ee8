"""What a preview deletes although data can be read by it alone."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Change
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule


@rule(
    Change,
    clauses=("4.1", "5.1/3"),
    remedy="Keep the key: `protect=True`, and `aliases` for a new name. Disable a key that nothing uses, and delete it "
    "only when everything that it has encrypted is gone, backups included.",
    applies=lambda change: change.operation in ("delete", "replace"),
)
def key_deleted_by_change(change: Change, _: Estate) -> Iterator[Problem]:
    """A change deletes a key.

    With a key goes everything that it has encrypted, copies and backups included: a deleted key is the one deletion
    that no backup brings back. AWS waits some days before it does so, and nothing reads the data meanwhile.
    """
    for key in change.keys:
        yield Problem(f"this would {change.operation} the key {key.label} and all that it encrypts")


_KEY = resource("aws:kms/key:Key", "data", _protect=True, enableKeyRotation=True)

EXAMPLES = (
    example(
        "another name of a key goes, and the key gets another policy",
        aws_provider(),
        _KEY,
        before=(aws_provider(), _KEY, resource("aws:kms/alias:Alias", "old", name="alias/old", targetKeyId=ref(_KEY))),
        steps={"data": "update", "old": "delete"},
    ),
    example("a key", aws_provider(), fails("data"), before=(aws_provider(), _KEY), steps={"data": "delete"}),
    example(
        "a key for another use",
        aws_provider(),
        _KEY,
        fails("data"),
        before=(aws_provider(), _KEY),
        steps={"data": "replace"},
    ),
)
