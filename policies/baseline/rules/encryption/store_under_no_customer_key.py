"""Whose key it is that encrypts a store."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Store
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown

_HELD = frozenset({"data", "logs", "audit", "backups", "secrets", "system"})


@rule(
    Store,
    clauses=("4.1", "5.1", "5.1/2"),
    remedy="Name a KMS key of your own (`kmsKeyId`, `kmsKeyArn`, `kmsMasterKeyId`) by reference or by its full ARN.",
    applies=lambda store: store.provider == "aws" and store.kind not in ("zone", "state") and store.holds in _HELD,
)
def store_under_no_customer_key(store: Store, _: Estate) -> Iterator[Problem]:
    """A store is under no key of the customer.

    A key of AWS's own (`alias/aws/...`, or none named) decrypts for anyone whom the service lets in, has no
    policy that could refuse, and cannot be taken away in an emergency. Only one certain key counts: a reference
    to one of several, or a bare key id, does not say whose it is.
    """
    if store.customer_key is False:
        yield Problem(
            f"the {store.kind} {store.label}, which holds {store.holds}, is under a key of AWS's own or under none"
        )


_KEY = resource("aws:kms/key:Key", "key", enableKeyRotation=True)
_OTHER = resource("aws:kms/key:Key", "other", enableKeyRotation=True)
_BUCKET = resource("aws:s3/bucket:Bucket", "files", bucket="files-eu")
_ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"


def _by(key: object, algorithm: str = "aws:kms") -> list[object]:
    return [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": algorithm, "kmsMasterKeyId": key}}]


EXAMPLES = (
    example(
        "a key of the program, an alias of it, and a key by its ARN",
        aws_provider(),
        _KEY,
        alias := resource("aws:kms/alias:Alias", "alias", targetKeyId=ref(_KEY)),
        resource("aws:ebs/volume:Volume", "data", encrypted=True, kmsKeyId=ref(_KEY)),
        resource("aws:rds/instance:Instance", "orders", storageEncrypted=True, kmsKeyId=ref(alias)),
        resource(
            "aws:backup/vault:Vault",
            "vault",
            kmsKeyArn="arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ),
    ),
    example(
        "a bucket whose encryption stands in a resource of its own, bound by name",
        _KEY,
        _BUCKET,
        resource(_ENCRYPTION, "encryption", bucket="files-eu", rules=_by(ref(_KEY))),
    ),
    example(
        "a bucket that names a key but not its use",
        _KEY,
        _BUCKET,
        resource(_ENCRYPTION, "encryption", bucket=ref(_BUCKET), rules=_by(ref(_KEY), "AES256")),
        fails("files"),
    ),
    example(
        "AWS's own keys",
        resource("aws:ebs/volume:Volume", "data", encrypted=True),
        resource("aws:secretsmanager/secret:Secret", "token", kmsKeyId="alias/aws/secretsmanager"),
        resource("aws:cloudwatch/logGroup:LogGroup", "logs"),
        fails("data"),
        fails("token"),
        fails("logs"),
    ),
    example(
        "one of two keys, and a key id",
        _KEY,
        _OTHER,
        resource("aws:ebs/volume:Volume", "data", encrypted=True, kmsKeyId=ref(_KEY, _OTHER)),
        resource("aws:efs/fileSystem:FileSystem", "share", encrypted=True, kmsKeyId="1234abcd-12ab-34cd"),
        unknown("data"),
        unknown("share"),
    ),
)
