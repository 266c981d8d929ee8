"""Stores that answer without TLS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Opening
from baseline.graph import UNKNOWN
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    Opening,
    clauses=("5.1/1", "5.4.1 1)"),
    remedy="Deny every request without TLS in the store's policy (Effect Deny, Principal *, Condition Bool "
    "aws:SecureTransport false, over the whole store), set `rds.force_ssl` (Redshift: `require_ssl`), or "
    "switch Samba off.",
    applies=lambda opening: opening.plain_requests is not None,
)
def store_admits_plain_requests(opening: Opening, _: Estate) -> Iterator[Problem]:
    """A store admits requests without TLS.

    S3, SNS and SQS answer plain HTTP unless a policy denies it, and a denial counts only when it has no further
    condition, is for everyone and covers the bucket as well as what is in it. Databases and caches talk in
    plain text to whoever asks them to, unless they are told to refuse.
    """
    if opening.plain_requests:
        yield Problem(f"the {opening.kind} {opening.label} answers requests without TLS")


_BUCKET = resource("aws:s3/bucket:Bucket", "files", bucket="files-eu")
_ARNS = ("arn:aws:s3:::files-eu", "arn:aws:s3:::files-eu/*")


def _deny(*resources: str, action: str = "s3:*", **more: object) -> str:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": list(resources),
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement | more]})


def _policy(document: object, bucket: object = "files-eu") -> dict[str, Any]:
    return {"bucket": bucket, "policy": document}


_TYPE = "aws:s3/bucketPolicy:BucketPolicy"

_GROUP = resource(
    "aws:redshift/parameterGroup:ParameterGroup",
    "plain",
    name="plain",
    family="redshift-1.0",
    parameters=[{"name": "require_ssl", "value": "false"}],
)

EXAMPLES = (
    example("plain requests denied to everyone", _BUCKET, resource(_TYPE, "policy", **_policy(_deny(*_ARNS)))),
    example(
        "a box with SSH only, a topic with a policy of its own, a database that forces TLS",
        resource("hcloud:index/storageBox:StorageBox", "box", location="fsn1", accessSettings={"sshEnabled": True}),
        resource(
            "aws:sns/topic:Topic",
            "alarms",
            name="alarms",
            policy=_deny("arn:aws:sns:eu-central-1:123456789012:alarms", action="sns:Publish"),
        ),
        resource("aws:rds/instance:Instance", "orders", engine="postgres", engineVersion="16.4"),
    ),
    example("no policy at all", _BUCKET, resource("aws:sqs/queue:Queue", "jobs"), fails("files"), fails("jobs")),
    example(
        "a denial of the bucket but not of what is in it",
        _BUCKET,
        resource(_TYPE, "policy", **_policy(_deny(_ARNS[0]))),
        fails("files"),
    ),
    example(
        "a denial with a further condition, and one for a single action",
        _BUCKET,
        narrow := resource("aws:s3/bucket:Bucket", "narrow", bucket="narrow"),
        resource(
            _TYPE,
            "policy",
            **_policy(
                _deny(*_ARNS, Condition={"Bool": {"aws:SecureTransport": "false", "aws:ViaAWSService": "false"}})
            ),
        ),
        resource(_TYPE, "other", **_policy(_deny("*", action="s3:GetObject"), ref(narrow))),
        fails("files"),
        fails("narrow"),
    ),
    example(
        "Samba on a storage box, old PostgreSQL, and a parameter that lets plain text in",
        resource("hcloud:index/storageBox:StorageBox", "box", location="fsn1", accessSettings={"sambaEnabled": True}),
        resource("aws:rds/instance:Instance", "old", engine="postgres", engineVersion="14.9"),
        group := resource(
            "aws:rds/parameterGroup:ParameterGroup",
            "group",
            parameters=[{"name": "rds.force_ssl", "value": "0"}],
        ),
        resource(
            "aws:rds/instance:Instance", "new", engine="postgres", engineVersion="16", parameterGroupName=ref(group)
        ),
        fails("box"),
        fails("old"),
        fails("new"),
    ),
    example(
        "Samba for a subaccount of a box that another program made",
        resource(
            "hcloud:index/storageBoxSubaccount:StorageBoxSubaccount",
            "partner",
            storageBoxId=12345,
            accessSettings={"sambaEnabled": True},
        ),
        fails("partner"),
    ),
    example(
        "a policy that deployment decides",
        _BUCKET,
        resource(_TYPE, "policy", **_policy(UNKNOWN)),
        resource("hcloud:index/storageBox:StorageBox", "box", location="fsn1", accessSettings=UNKNOWN),
        unknown("files"),
        unknown("box"),
    ),
    example(
        "a warehouse whose group admits plain sessions",
        _GROUP,
        resource("aws:redshift/cluster:Cluster", "warehouse", clusterParameterGroupName=ref(_GROUP)),
        fails("warehouse"),
    ),
)
