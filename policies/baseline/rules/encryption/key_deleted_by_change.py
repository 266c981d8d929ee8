"""What a preview deletes although data can be read by it alone."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Change
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule


@rule(
    Change,
    clauses=("4.1", "5.1/3"),
    remedy="Keep the key: `protect=True`; `ignore_changes` for the input that replaces it; for a new name or parent "
    "`aliases`, or `pulumi state rename` and `pulumi state move`. Disable a key that nothing uses, and delete it only "
    "when everything that it has encrypted is gone, backups included (docs/recovery.md, retirement).",
    applies=lambda change: change.operation != "update",
)
def key_deleted_by_change(change: Change, _: Estate) -> Iterator[Problem]:
    """A change deletes a key.

    With a key goes everything that it has encrypted, copies and backups included: a deleted key is the one deletion
    that no backup brings back. AWS waits some days before it does so, and nothing reads the data meanwhile. With a
    replica goes what is encrypted in its region until another is made there. An alias is only a name, and may go. A key
    that Pulumi only stops managing still works, and nobody judges any more who may use it.
    """
    for key in change.keys:
        if change.ends:
            yield Problem(f"this would {change.operation} the key {key.label} and all that it encrypts")
        else:
            yield Problem(f"the key {key.label} encrypts what is there, and nobody would judge it any more")


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
    example(
        "a replica of a key",
        aws_provider(),
        _KEY,
        fails("copy"),
        before=(aws_provider(), _KEY, resource("aws:kms/replicaKey:ReplicaKey", "copy", primaryKeyArn=ref(_KEY))),
        steps={"copy": "delete"},
    ),
    example(
        "a key that is kept, by nobody",
        aws_provider(),
        fails("data"),
        before=(aws_provider(), _KEY),
        steps={"data": "forget"},
    ),
)
