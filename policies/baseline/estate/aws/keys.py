"""KMS keys: whether they rotate, where their replicas are, and whether a store's key is the customer's own."""

from __future__ import annotations

import re
from typing import Any

from baseline.estate.aws.places import region_of
from baseline.estate.builder import UNKNOWN, Builder, known, number, undecided
from baseline.estate.doubt import both, flag
from baseline.estate.nouns import Copy, Key
from baseline.graph import Resource

KEY = "aws:kms/key:Key"
REPLICA = "aws:kms/replicaKey:ReplicaKey"
EXTERNAL = "aws:kms/externalKey:ExternalKey"
EXTERNAL_REPLICA = "aws:kms/replicaExternalKey:ReplicaExternalKey"
ALIAS = "aws:kms/alias:Alias"
KEYS = (KEY, REPLICA, EXTERNAL, EXTERNAL_REPLICA)

MOST_DAYS = 365
"""AWS's own yearly rotation, the default of `rotationPeriodInDays` (KMS, "Rotate AWS KMS keys", read 2026-11-23)."""

_KEY_ARN = re.compile(r"arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key/\S+")


def read(builder: Builder) -> None:
    """A Key for each, and a Copy for each replica: a replica holds the same key material in another region."""
    builder.of(ALIAS)
    for key in builder.of(*KEYS):
        location = region_of(builder, key)
        builder.add(
            Key(
                origin=key,
                path="enableKeyRotation" if key.type == KEY else "",
                location=location,
                rotates=_rotates(builder, key),
            )
        )
        if key.type in (REPLICA, EXTERNAL_REPLICA):
            builder.add(Copy(origin=key, path="region", what="replica of a key", location=location))


def _rotates(builder: Builder, key: Resource) -> Any:
    """Whether KMS renews the material every year; None for keys that sign, of which no store hangs."""
    if key.type == REPLICA:
        primary = builder.the_one(key.inputs.get("primaryKeyArn"), KEY)
        return _rotates(builder, primary) if primary else UNKNOWN
    if key.type != KEY or key.inputs.get("customKeyStoreId") is not None:
        return False  # KMS cannot renew material that it was given, or that lies outside
    spec = known(key.inputs.get("customerMasterKeySpec"), "SYMMETRIC_DEFAULT")
    if undecided(spec):
        return spec
    if spec != "SYMMETRIC_DEFAULT":
        return None
    days = known(number(key.inputs.get("rotationPeriodInDays")), MOST_DAYS)
    return both([flag(key.inputs.get("enableKeyRotation"), False), days if undecided(days) else days <= MOST_DAYS])


def customer_key(builder: Builder, value: Any) -> Any:
    """Whether an encryption input certainly names a key of the customer: one key of the program, or the ARN of a key.

    No key named is AWS's own: False. A key id or a foreign alias does not say whose it is: UNKNOWN.
    """
    if value is None or value == "":
        return False
    if undecided(value):
        key = builder.the_one(value, *KEYS, ALIAS)
        if key is None or key.type != ALIAS:
            return UNKNOWN if key is None else True
        return customer_key(builder, known(key.inputs.get("targetKeyId"), UNKNOWN))
    if "alias/aws/" in str(value):
        return False
    return True if _KEY_ARN.fullmatch(str(value)) else UNKNOWN
