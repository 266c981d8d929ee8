"""What a mere change of an input would take all backups with it."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.doubt import flag
from baseline.estate.facts.protections import REPLACING
from baseline.estate.nouns import Store
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, resource, rule, unknown

_KEYS = "sshKeys"


@rule(
    Store,
    clauses=("5.1/3",),
    remedy="Set `protect=True`, put the inputs that the finding names into `ignore_changes`, give a storage box no "
    "`sshKeys`, and leave `forceDestroy` off: people, keys and configuration change on another path than "
    "replacement.",
    applies=lambda store: store.holds_backups,
)
def replacement_would_delete_backups(store: Store, _: Estate) -> Iterator[Problem]:
    """A change of an input would replace what holds the backups, and delete them.

    Hetzner deletes a server's backups with the server and a box's snapshots with the box, and both are replaced
    when one of a few inputs changes: a new key for a colleague is enough. A vault on AWS refuses to go while it
    holds something, unless it is told to be emptied. Nothing in a preview says "backups": it says "replace".
    """
    item = store.origin
    if flag(item.at("forceDestroy"), False):
        yield Problem(f"deleting {item.name} deletes all backups in it first", path="forceDestroy")
    changeable = [name for name in REPLACING.get(item.type, ()) if not _ignored(item, name)]
    if item.type.endswith(":StorageBox") and _KEYS in changeable and item.inputs.get(_KEYS) is not None:
        yield Problem(f"the next change of a key replaces {item.name} with all backups in it", path=_KEYS)
    elif not store.protected and changeable:
        path = next((name for name in changeable if name in item.inputs), changeable[0])
        yield Problem(f"a change of {', '.join(changeable)} replaces {item.name} and deletes its backups", path=path)


def _ignored(item: Resource, name: str) -> bool:
    return "*" in item.ignore_changes or name in item.ignore_changes


_SERVER = "hcloud:index/server:Server"
_BOX = "hcloud:index/storageBox:StorageBox"

EXAMPLES = (
    example(
        "protected, or without backups",
        resource(_SERVER, "web", _protect=True, location="fsn1", backups=True, userData="#cloud-config\n"),
        resource(_SERVER, "spare", location="fsn1"),
        resource(_BOX, "box", _protect=True, location="fsn1"),
        resource("aws:backup/vault:Vault", "vault"),
    ),
    example(
        "a server with backups that new user data would replace",
        resource(_SERVER, "web", location="fsn1", backups=True, userData="#cloud-config\n"),
        fails("web", "location"),
    ),
    example(
        "a box with keys, though it is protected",
        resource(_BOX, "box", _protect=True, location="fsn1", sshKeys=["ssh-ed25519 AAAA"]),
        fails("box", "sshKeys"),
    ),
    example(
        "a vault that would be emptied",
        resource("aws:backup/vault:Vault", "vault", _protect=True, forceDestroy=True),
        resource("aws:backup/vault:Vault", "spelled", _protect=True, forceDestroy="true"),
        fails("vault", "forceDestroy"),
        fails("spelled", "forceDestroy"),
    ),
    example(
        "backups that deployment decides on",
        resource(_SERVER, "web", location="fsn1", backups=UNKNOWN),
        unknown("web"),
    ),
)
