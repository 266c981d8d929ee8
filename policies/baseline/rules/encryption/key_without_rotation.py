"""Keys that stay the same for ever."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Key
from baseline.graph import UNKNOWN
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    Key,
    clauses=("4.1", "5.1/2"),
    remedy="Set `enableKeyRotation=True` and leave `rotationPeriodInDays` at 365 or fewer.",
    applies=lambda key: key.rotates is not None,
)
def key_without_rotation(key: Key, _: Estate) -> Iterator[Problem]:
    """A key is not renewed every year.

    KMS renews the material of a key only when asked to, and a period of up to 2560 days counts as rotation
    there too. It cannot renew imported material or that of an external store at all. A replica is renewed with
    its primary.
    """
    if not key.rotates:
        yield Problem(f"the key {key.label} keeps the same material for more than a year")


_PRIMARY = resource("aws:kms/key:Key", "primary", enableKeyRotation=True, multiRegion=True)

EXAMPLES = (
    example(
        "a key that is renewed, and its replica",
        _PRIMARY,
        resource("aws:kms/replicaKey:ReplicaKey", "replica", primaryKeyArn=ref(_PRIMARY)),
    ),
    example("a key without a word on it", resource("aws:kms/key:Key", "key"), fails("key", "enableKeyRotation")),
    example(
        "a key that is renewed every seven years",
        resource("aws:kms/key:Key", "key", enableKeyRotation=True, rotationPeriodInDays="2560"),
        fails("key", "enableKeyRotation"),
    ),
    example("imported material", resource("aws:kms/externalKey:ExternalKey", "imported"), fails("imported")),
    example(
        "a key that signs, beside one that encrypts",
        resource("aws:kms/key:Key", "signs", customerMasterKeySpec="ECC_NIST_P384", keyUsage="SIGN_VERIFY"),
        resource("aws:kms/key:Key", "encrypts", enableKeyRotation=True),
    ),
    example(
        "a switch that deployment decides, and a replica of a key elsewhere",
        resource("aws:kms/key:Key", "key", enableKeyRotation=UNKNOWN),
        resource("aws:kms/replicaKey:ReplicaKey", "replica", primaryKeyArn=UNKNOWN),
        unknown("key", "enableKeyRotation"),
        unknown("replica"),
    ),
)
