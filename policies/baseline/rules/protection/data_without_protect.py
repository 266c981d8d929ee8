"""What Pulumi may delete although it holds data."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Store
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown

_HELD = frozenset({"data", "audit", "backups", "secrets"})


@rule(
    Store,
    clauses=("5.1/3",),
    remedy="Give the resource `opts=ResourceOptions(protect=True)`, or the component that makes it.",
    applies=lambda store: store.kind != "state" and store.holds in _HELD,
)
def data_without_protect(store: Store, _: Estate) -> Iterator[Problem]:
    """A store of data is not protected against Pulumi itself.

    A renamed resource, a changed input that replaces, or `pulumi destroy` in the wrong stack deletes it. Pulumi
    refuses all three for what is protected, at preview, before anything is touched. What a machine keeps on its
    own root disk goes with the machine.
    """
    if not store.protected:
        yield Problem(f"the {store.kind} {store.label} holds {store.holds}, and Pulumi may delete or replace it")


EXAMPLES = (
    example(
        "protected data, and logs that may go",
        aws_provider(),
        resource("hcloud:index/volume:Volume", "data", _protect=True, location="fsn1"),
        resource("hcloud:index/volume:Volume", "logs", location="fsn1", labels={"holds": "logs"}),
        resource("aws:backup/vault:Vault", "vault", _protect=True),
    ),
    example(
        "a volume that nothing classifies, a bucket with a class of its own making, a vault",
        aws_provider(),
        resource("hcloud:index/volume:Volume", "data", location="fsn1"),
        resource("aws:s3/bucket:Bucket", "files", tags={"holds": "stuff"}),
        resource("aws:backup/vault:Vault", "vault"),
        fails("data"),
        fails("files"),
        fails("vault"),
    ),
    example(
        "a volume whose class deployment decides",
        resource("hcloud:index/volume:Volume", "data", location="fsn1", labels={"holds": UNKNOWN}),
        unknown("data"),
    ),
)
