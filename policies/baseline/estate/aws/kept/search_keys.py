"""Whose key encrypts a collection of OpenSearch Serverless: its own, else that of the encryption policies that name it.

Source: OpenSearch Service Developer Guide, "Encryption in Amazon OpenSearch Serverless", read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from baseline import foreign
from baseline.estate.aws.inputs import value_at
from baseline.estate.aws.keys import customer_key
from baseline.estate.builder import UNKNOWN, Builder, items, undecided
from baseline.estate.patterns import any_covers
from baseline.graph import Resource, unknown_because

_POLICY: Final = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"
_NOT_SEEN: Final = unknown_because("is not known: no encryption policy of this program names the collection")


def collection_key(builder: Builder, collection: Resource) -> Mapping[str, Any]:
    """What the row of collections says of `customer_key`."""
    own = value_at(collection, "encryptionConfigs.kmsKeyArn")
    if own is not None:
        return {"customer_key": customer_key(builder, own)}
    name = collection.inputs.get("name")
    if not isinstance(name, str):
        return {"customer_key": UNKNOWN}
    found = [key for patterns, key in builder.once(_keys) if any_covers(patterns, f"collection/{name}")]
    return {"customer_key": found[0] if found else _NOT_SEEN}


def _keys(builder: Builder) -> list[tuple[tuple[str, ...], Any]]:
    """The resources that each encryption policy names, and whether it names a key of the customer's."""
    return [entry for policy in builder.of(_POLICY) for entry in _entry(builder, policy)]


def _entry(builder: Builder, policy: Resource) -> Iterator[tuple[tuple[str, ...], Any]]:
    kind, document = policy.inputs.get("type"), policy.inputs.get("policy")
    if undecided(kind) or undecided(document):
        yield ("*",), UNKNOWN
        return
    if kind != "encryption":
        return
    try:
        found = foreign.json(document) if isinstance(document, str) else document
    except ValueError:
        found = None
    if not isinstance(found, dict):
        yield ("*",), UNKNOWN
        return
    rules = [rule for rule in items(found.get("Rules")) if isinstance(rule, dict)]
    yield (
        tuple(str(name) for rule in rules for name in items(rule.get("Resource"))),
        (False if found.get("AWSOwnedKey") is True else customer_key(builder, found.get("KmsARN"))),
    )
