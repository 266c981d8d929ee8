"""Stores, keys and copies on AWS, where the examples of the rules do not show them."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate.build import build
from baseline.estate.estate import Estate
from baseline.estate.nouns import Copy, Opening, Store
from baseline.estate.terms import Terms
from baseline.graph import UNKNOWN, Undecided
from baseline.rule import aws_provider, example, ref, resource


def estate(*resources: Any) -> Estate:
    """The estate of a few resources, with a provider in eu-central-1."""
    return build(example("stores", aws_provider(), *resources).graph, Terms())


def places(found: Estate) -> dict[str, str]:
    """Where each copy goes, by the resource that makes it."""
    return {copy.label: copy.location.name for copy in found.all(Copy)}


def test_data_that_moves_by_configuration() -> None:
    """Every replica and copy names the place that it goes to."""
    bucket = resource("aws:s3/bucket:Bucket", "there", bucket="there-1", region="eu-west-1")
    found = estate(
        bucket,
        resource("aws:kms/replicaKey:ReplicaKey", "key", region="us-east-1"),
        resource("aws:secretsmanager/secret:Secret", "secret", replicas=[{"region": "eu-west-3"}]),
        resource("aws:dynamodb/table:Table", "table", replicas=[{"regionName": "ap-southeast-2"}]),
        resource("aws:ebs/snapshotCopy:SnapshotCopy", "snapshot", sourceRegion="eu-central-1", region="eu-north-1"),
        resource(
            "aws:efs/replicationConfiguration:ReplicationConfiguration", "files", destination={"region": "eu-south-1"}
        ),
        resource(
            "aws:ecr/replicationConfiguration:ReplicationConfiguration",
            "images",
            replicationConfiguration={"rules": [{"destinations": [{"region": "eu-west-2"}]}]},
        ),
        resource(
            "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
            "replication",
            bucket=ref(here := resource("aws:s3/bucket:Bucket", "here")),
            rules=[{"destination": {"bucket": "arn:aws:s3:::there-1"}}],
        ),
        here,
    )
    assert places(found) == {
        "key": "us-east-1",
        "secret": "eu-west-3",
        "table": "ap-southeast-2",
        "snapshot": "eu-north-1",
        "files": "eu-south-1",
        "images": "eu-west-2",
        "replication": "eu-west-1",
    }


def test_a_copy_within_a_region_is_none() -> None:
    """A snapshot that is copied where it is leaves nothing elsewhere."""
    copied = resource("aws:ebs/snapshotCopy:SnapshotCopy", "snapshot", sourceRegion="eu-central-1")
    assert places(estate(copied)) == {}


def test_a_bucket_of_nobody_knows_whom_is_nowhere() -> None:
    """The ARN of a foreign bucket says neither region nor account, so the copy's place is undecided."""
    bucket = resource("aws:s3/bucket:Bucket", "here")
    rules = [{"destination": {"bucket": "arn:aws:s3:::someone-elses"}}]
    found = estate(
        bucket, resource("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "r", bucket=ref(bucket), rules=rules)
    )
    with pytest.raises(Undecided):
        places(found)


def test_a_resource_leaves_its_providers_region() -> None:
    """`region` of a resource comes before that of its provider, and a default key counts for its own region only."""
    key = resource("aws:kms/key:Key", "key", enableKeyRotation=True)
    found = estate(
        key,
        resource("aws:ebs/defaultKmsKey:DefaultKmsKey", "default", keyArn=ref(key)),
        resource("aws:ebs/volume:Volume", "abroad", region="us-east-1", encrypted=True),
    )
    (volume,) = (store for store in found.all(Store) if store.label == "abroad")
    assert volume.location.countries == {"US"}
    assert volume.customer_key is False


def test_a_data_volume_takes_the_data_off_the_root_disk() -> None:
    """An attachment binds a volume to its instance; the root disk then holds the system only."""
    instance = resource("aws:ec2/instance:Instance", "web", rootBlockDevice={"encrypted": True})
    volume = resource("aws:ebs/volume:Volume", "data", encrypted=True, tags={"holds": "data"})
    attachment = resource(
        "aws:ec2/volumeAttachment:VolumeAttachment", "attachment", instanceId=ref(instance), volumeId=ref(volume)
    )
    held = {store.label: store.holds for store in estate(instance, volume, attachment).all(Store)}
    assert (held["web"], held["data"]) == ("system", "data")


def test_an_undecided_block_leaves_nothing_certain() -> None:
    """A public access block that deployment decides neither closes a bucket nor opens it."""
    bucket = resource("aws:s3/bucket:Bucket", "files")
    switches = dict.fromkeys(
        ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), UNKNOWN
    )
    block: Any = {"bucket": ref(bucket), **switches}
    found = estate(bucket, resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "block", **block))
    (opening,) = found.all(Opening)
    with pytest.raises(Undecided):
        assert opening.reachable
