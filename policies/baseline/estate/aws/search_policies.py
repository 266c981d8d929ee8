"""Policies of OpenSearch Serverless: who may do what with collections, and whether the internet may ask at all.

Source: OpenSearch Service Developer Guide, "Data access control" and "Network access for Amazon OpenSearch Serverless",
as of 2026-11-26. A document that is not of their shape is undecided, never empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from baseline import foreign
from baseline.estate.aws.accounts import owner_of
from baseline.estate.builder import Builder, undecided
from baseline.estate.doubt import ways_in
from baseline.estate.nouns import Grant, Opening
from baseline.graph import Resource, unknown_because

_ACCESS: Final = "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy"
_SECURITY: Final = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"
_UNREAD: Final = unknown_because("cannot be read: the policy is no list of entries")


def read(builder: Builder) -> None:
    """A Grant for each entry of an access policy, an Opening for each network policy."""
    for policy in builder.of(_ACCESS):
        found: Any = _entries(policy)
        for index, entry in enumerate((found,) if undecided(found) else found):
            builder.add(_grant(builder, policy, index, entry))
    for policy in builder.of(_SECURITY):
        kind = policy.inputs.get("type")
        if undecided(kind) or kind == "network":
            found = kind if undecided(kind) else _entries(policy)
            reachable: Any = found if undecided(found) else ways_in(_ways(found))
            builder.add(
                Opening(
                    origin=policy, path="policy", kind="search collection", reachable=reachable, plain_requests=None
                )
            )


def _entries(policy: Resource) -> Any:
    document = policy.inputs.get("policy")
    if undecided(document):
        return document
    try:
        found = foreign.json(document) if isinstance(document, str) else document
    except ValueError:
        return _UNREAD
    whole = isinstance(found, list) and found and all(isinstance(entry, dict) for entry in found)
    return found if whole else _UNREAD


def _ways(entries: list[dict[str, Any]]) -> Iterator[str]:
    for index, entry in enumerate(entries):
        if entry.get("AllowFromPublic") is not False and not entry.get("SourceVPCEs"):
            yield f"entry {index} of its network policy lets the internet in"


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(map(str, values)) if isinstance(values, list) else (str(values),)


def _grant(builder: Builder, policy: Resource, index: int, entry: Any) -> Grant:
    said: dict[str, Any] = dict.fromkeys(("principals", "actions", "resources"), entry)
    if not undecided(entry):
        rules = [rule for rule in entry.get("Rules") or () if isinstance(rule, dict)]
        actions = [action.lower() for rule in rules for action in _texts(rule.get("Permission", "*"))]
        said = {
            "principals": _texts(entry.get("Principal", "*")),
            "actions": tuple(actions) or ("*",),
            "resources": tuple(item for rule in rules for item in _texts(rule.get("Resource", "*"))),
        }
    return Grant(
        origin=policy,
        path="policy" if undecided(entry) else f"policy.{index}",
        kind="resource",
        allows=True,
        not_actions=(),
        conditions=(),
        denied=(),
        owner=owner_of(builder, policy),
        break_glass=False,
        assumed_by=(),
        **said,
    )
