"""Every store whose provider can encrypt it, and those that nobody can see into."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Store
from baseline.rule import Problem, aws_provider, example, fails, not_observable, ref, resource, rule, unknown

# Public by nature; judged by state_without_secrets_provider; encrypted by the host or by nobody.
_JUDGED_ELSEWHERE = frozenset({"zone", "state", "server disk", "volume"})


@rule(
    Store,
    clauses=("4.1", "5.1"),
    remedy="Switch encryption at rest on (`encrypted`, `storageEncrypted`, a KMS key), or keep the data elsewhere.",
    applies=lambda store: store.kind not in _JUDGED_ELSEWHERE,
)
def store_without_encryption(store: Store, _: Estate) -> Iterator[Problem]:
    """A store is not encrypted at rest.

    Whoever gets at a disk, a snapshot or a discarded drive reads everything on it. AWS encrypts disks,
    databases, file systems and topics only when told to, for each by another input; an encryption by default of
    the region counts only for what certainly comes after it. What Hetzner does with images and storage boxes
    its API does not say.
    """
    if not store.encrypted:
        yield Problem(f"the {store.kind} {store.label}, which holds {store.holds}, is not encrypted at rest")


_KEY = resource("aws:kms/key:Key", "key", enableKeyRotation=True)
_DEFAULT = resource("aws:ebs/encryptionByDefault:EncryptionByDefault", "default", enabled=True)

EXAMPLES = (
    example(
        "encrypted disks, buckets and databases",
        aws_provider(),
        _KEY,
        resource("aws:ebs/volume:Volume", "data", encrypted=True, kmsKeyId=ref(_KEY)),
        resource("aws:s3/bucket:Bucket", "files"),
        resource("aws:rds/instance:Instance", "orders", storageEncrypted=True),
        resource("aws:sqs/queue:Queue", "jobs"),
    ),
    example(
        "a volume that does not say, and a root disk beside an encrypted one",
        aws_provider(),
        resource("aws:ebs/volume:Volume", "data", size=10),
        resource(
            "aws:ec2/instance:Instance",
            "web",
            rootBlockDevice={"volumeSize": 8},
            ebsBlockDevices=[{"deviceName": "/dev/sdf", "encrypted": True}],
        ),
        fails("data"),
        fails("web", "rootBlockDevice"),
    ),
    example(
        "an instance without a word on its root disk",
        resource("aws:ec2/instance:Instance", "web", ami="ami-1"),
        fails("web", "rootBlockDevice"),
    ),
    example(
        "a launch template spells its switch as text",
        resource(
            "aws:ec2/launchTemplate:LaunchTemplate",
            "workers",
            blockDeviceMappings=[
                {"deviceName": "/dev/xvda", "ebs": {"encrypted": "true"}},
                {"deviceName": "/dev/sdf", "ebs": {"encrypted": "false"}},
            ],
        ),
        fails("workers", "blockDeviceMappings.1"),
    ),
    example(
        "a launch template that forgets the root disk, one that is not seen, and a disk beside one that is",
        resource(
            "aws:ec2/launchTemplate:LaunchTemplate",
            "workers",
            blockDeviceMappings=[{"deviceName": "/dev/sdf", "ebs": {"encrypted": True}}],
        ),
        resource("aws:ec2/instance:Instance", "strange", launchTemplate={"id": "lt-0123"}),
        resource(
            "aws:ec2/instance:Instance",
            "more",
            launchTemplate={"id": "lt-0123"},
            rootBlockDevice={"encrypted": True},
            ebsBlockDevices=[{"deviceName": "/dev/sdg"}],
        ),
        fails("workers", "blockDeviceMappings"),
        unknown("strange", "launchTemplate"),
        fails("more", "ebsBlockDevices.0"),
    ),
    example(
        "encryption by default, for which the volume does not wait",
        aws_provider(),
        _DEFAULT,
        resource("aws:ebs/volume:Volume", "data", size=10),
        unknown("data"),
    ),
    example(
        "encryption by default in another region",
        aws_provider(),
        resource("aws:ebs/encryptionByDefault:EncryptionByDefault", "default", enabled=True, region="eu-west-1"),
        resource("aws:ebs/volume:Volume", "data", size=10),
        fails("data"),
    ),
    example("a topic without a key", resource("aws:sns/topic:Topic", "alarms"), fails("alarms")),
    example(
        "a database without a word on it",
        resource("aws:rds/cluster:Cluster", "orders", engine="aurora-postgresql"),
        fails("orders"),
    ),
    example(
        "a storage box at Hetzner",
        resource("hcloud:index/storageBox:StorageBox", "box", location="fsn1"),
        not_observable("box"),
    ),
)
