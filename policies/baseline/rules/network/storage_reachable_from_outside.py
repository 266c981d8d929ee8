"""Ways into stores from outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Opening
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Opening,
    clauses=("5.1", "5.1/5", "5.3.1 1)"),
    remedy="Switch the way in off: `reachableExternally=False` on a storage box, all four switches of a public "
    "access block on a bucket, `publiclyAccessible=False` on a database, a named principal or account in a "
    "policy.",
)
def storage_reachable_from_outside(opening: Opening, _: Estate) -> Iterator[Problem]:
    """A store can be reached from outside.

    What lies behind a public address or a policy for anyone is one password, or none, away from the internet,
    whatever the firewall of the hosts says. A block of the whole account counts as one of the bucket; a block
    with three of its four switches does not. A condition on half of all addresses, or one that holds for
    requests without the key, opens too.
    """
    for way in opening.reachable:
        yield Problem(f"the {opening.kind} {opening.label} can be reached from outside: {way}")


_BUCKET = resource("aws:s3/bucket:Bucket", "files", bucket="files-eu")
_BLOCK: dict[str, Any] = {
    "blockPublicAcls": True,
    "blockPublicPolicy": True,
    "ignorePublicAcls": True,
    "restrictPublicBuckets": True,
}
_BLOCK_TYPE = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
_SHARE = "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission"
_LAUNCH = "aws:ec2/amiLaunchPermission:AmiLaunchPermission"
_SUBACCOUNT = "hcloud:index/storageBoxSubaccount:StorageBoxSubaccount"
_QUEUE = "aws:sqs/queue:Queue"


def _for_anyone(condition: dict[str, dict[str, object]] | None = None) -> str:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}
    return json.dumps({"Statement": [statement | ({"Condition": condition} if condition else {})]})


EXAMPLES = (
    example(
        "boxes, buckets and databases behind closed doors",
        aws_provider(),
        _BUCKET,
        resource(_BLOCK_TYPE, "block", bucket="files-eu", **_BLOCK),
        resource("hcloud:index/storageBox:StorageBox", "box", location="fsn1", accessSettings={"sshEnabled": True}),
        resource("aws:rds/instance:Instance", "orders", publiclyAccessible=False),
        resource(_QUEUE, "jobs", policy=_for_anyone({"StringEquals": {"aws:SourceAccount": "123456789012"}})),
    ),
    example(
        "a bucket that only the account's block closes",
        aws_provider(),
        _BUCKET,
        resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "account", **_BLOCK),
    ),
    example(
        "a box, and one of its subaccounts",
        inner := resource("hcloud:index/storageBox:StorageBox", "inner", location="fsn1"),
        resource(
            "hcloud:index/storageBox:StorageBox", "box", location="fsn1", accessSettings={"reachableExternally": True}
        ),
        resource(
            _SUBACCOUNT,
            "partner",
            storageBoxId=ref(inner),
            accessSettings={"reachableExternally": True},
        ),
        fails("box"),
        fails("inner"),
    ),
    example(
        "subaccounts of boxes, and shares of a snapshot and an image, that another program made",
        resource(_SUBACCOUNT, "strange", storageBoxId=12345, accessSettings={"reachableExternally": True}),
        resource(_SUBACCOUNT, "elsewhere", storageBoxId=UNKNOWN, accessSettings={"reachableExternally": True}),
        resource(_SUBACCOUNT, "closed", storageBoxId=12345, accessSettings={"sshEnabled": True}),
        resource(_SUBACCOUNT, "doubtful", storageBoxId=12345, accessSettings=UNKNOWN),
        resource(_SHARE, "share", snapshotId="snap-0123", accountId="999999999999"),
        resource(_LAUNCH, "all", imageId="ami-0123", group="all"),
        resource(_LAUNCH, "partner", imageId=UNKNOWN, accountId="999999999999"),
        resource(_LAUNCH, "somebody", imageId="ami-0123", accountId=UNKNOWN),
        fails("strange"),
        fails("elsewhere"),
        fails("share"),
        fails("all"),
        fails("partner"),
        unknown("doubtful"),
        unknown("somebody"),
    ),
    example("a bucket without a block", _BUCKET, fails("files")),
    example(
        "a block with one switch off, and one that may be of another bucket",
        aws_provider(),
        _BUCKET,
        other := resource("aws:s3/bucket:Bucket", "other"),
        resource(_BLOCK_TYPE, "block", bucket=ref(_BUCKET), **_BLOCK | {"ignorePublicAcls": False}),
        resource(_BLOCK_TYPE, "either", bucket=ref(_BUCKET, other), **_BLOCK),
        fails("files"),
        fails("other"),
    ),
    example(
        "queues for anyone: by a policy, by half of all addresses, by a condition that holds without its key",
        resource(_QUEUE, "open", policy=_for_anyone()),
        resource(_QUEUE, "halves", policy=_for_anyone({"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}})),
        resource(_QUEUE, "loose", policy=_for_anyone({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}})),
        fails("open"),
        fails("halves"),
        fails("loose"),
    ),
    example(
        "a database with a public address, and a snapshot for all",
        resource("aws:rds/instance:Instance", "orders", publiclyAccessible=True),
        snapshot := resource("aws:ebs/snapshot:Snapshot", "copy"),
        resource(_SHARE, "share", snapshotId=ref(snapshot), accountId="999999999999"),
        fails("orders"),
        fails("copy"),
    ),
    example(
        "what deployment decides",
        resource("hcloud:index/storageBox:StorageBox", "box", location="fsn1", accessSettings=UNKNOWN),
        resource(_QUEUE, "jobs", policy=UNKNOWN),
        snapshot,
        resource(_SHARE, "share", snapshotId=ref(snapshot), accountId=UNKNOWN),
        primary := resource("aws:rds/instance:Instance", "primary"),
        resource("aws:rds/instance:Instance", "replica", replicateSourceDb=ref(primary), publiclyAccessible=UNKNOWN),
        unknown("copy"),
        unknown("replica"),
        unknown("box"),
        unknown("jobs"),
    ),
)
