"""What a preview deletes although backups lie in it."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate, certain_first
from baseline.estate.nouns import Change
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Change,
    clauses=("5.1/3",),
    remedy="Keep the resource: `protect=True`; `ignore_changes` for the input that replaces it; `aliases` for a new "
    "name. If it has to go, let another hold backups first, for as long as they are promised, and let it go in a "
    "change of its own (docs/recovery.md, retirement).",
    applies=lambda change: change.ends,
)
def backups_deleted_by_change(change: Change, _: Estate) -> Iterator[Problem]:
    """A change deletes backups with what holds them.

    Hetzner deletes the backups of a server with the server, and the snapshots of a box with the box. The preview of
    such a change says "replace", and nothing of backups; what it makes instead has none of the past. A vault on AWS
    refuses to go while it holds something, unless it is told to be emptied; that it is data all the same is the matter
    of `data_deleted_by_change`.
    """
    for store in certain_first(lambda store: store.holds_backups, change.stores):
        yield Problem(f"this would {change.operation} the {store.kind} {store.label}, and all backups in it")


_SERVER = "hcloud:index/server:Server"
_WITH = resource(_SERVER, "web", location="fsn1", backups=True)
_WITHOUT = resource(_SERVER, "web", location="fsn1")
_BOX = resource("hcloud:index/storageBox:StorageBox", "box", _protect=True, location="fsn1")
_VAULT = resource("aws:backup/vault:Vault", "vault", forceDestroy=True)
_SNAPSHOT = resource("aws:ebs/snapshot:Snapshot", "before-upgrade", volumeId="vol-1")
_DOUBTED = resource(_SERVER, "web", location="fsn1", backups=UNKNOWN)

EXAMPLES = (
    example("a server without backups", before=(_WITHOUT,), steps={"web": "delete"}),
    example("a server with backups, replaced", _WITH, fails("web"), before=(_WITH,), steps={"web": "replace"}),
    example("a box", fails("box"), before=(_BOX,), steps={"box": "delete"}),
    example(
        "a vault that is emptied first",
        aws_provider(),
        fails("vault"),
        before=(aws_provider(), _VAULT),
        steps={"vault": "delete"},
    ),
    example(
        "a snapshot of another volume in its place",
        aws_provider(),
        _SNAPSHOT,
        fails("before-upgrade"),
        before=(aws_provider(), _SNAPSHOT),
        steps={"before-upgrade": "replace"},
    ),
    example("a server of which nobody knows", unknown("web"), before=(_DOUBTED,), steps={"web": "delete"}),
)
