"""Ways to leave the allowed countries."""

from __future__ import annotations

from tests.baseline.sabotage.mutations import (
    ABSENT,
    AP,
    AWS,
    DE,
    DEV,
    FI,
    HETZNER,
    US,
    Change,
    Sabotage,
    Table,
    To,
    added,
    all_of,
    changed,
    edited,
    exported,
    registered,
)

_PIN = ("region-pin", "Policy", "policy")
_NOT = '"Action": ["*"], "Condition": {"StringNotEquals": {"aws:RequestedRegion": '
_TRUST = "arn:aws:iam::111122223333:role/replication"


def _pin_regions(us: str, ap: str) -> tuple[tuple[tuple[str, ...], Change], ...]:
    """The region pin with other regions, in both environments."""
    return (
        (US, edited(*_PIN, '["us-east-1", "us-west-2"]', us)),
        (AP, edited(*_PIN, '["ap-southeast-2", "ap-southeast-4"]', ap)),
    )


RESIDENCY: Table = {
    "address_outside_countries": (
        Sabotage(
            HETZNER,
            added("hcloud:index/primaryIp:PrimaryIp", "entry", {"type": "ipv4", "location": "ash"}),
            "a primary address in the USA",
        ),
        Sabotage(
            HETZNER,
            added("hcloud:index/floatingIp:FloatingIp", "entry", {"type": "ipv6", "homeLocation": "sin"}),
            "a floating address in Singapore",
        ),
    ),
    "balancer_outside_countries": (
        Sabotage(HETZNER, changed("balancer", "LoadBalancer", "location", "ash"), "in the USA"),
        Sabotage(DE + DEV, changed("balancer", "LoadBalancer", "location", "hel1"), "in Finland"),
        Sabotage(FI, changed("balancer", "LoadBalancer", "location", "sin"), "in Singapore"),
    ),
    "copy_outside_countries": (
        Sabotage(
            AWS,
            all_of(
                added("aws:s3/bucket:Bucket", "far", {"bucket": "far", "region": "eu-west-2"}),
                added(
                    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
                    "replication",
                    {
                        "bucket": To("trail-bucket", "Bucket"),
                        "role": _TRUST,
                        "rules": [{"status": "Enabled", "destination": {"bucket": To("far", "Bucket")}}],
                    },
                ),
            ),
            "replication of a bucket",
        ),
        Sabotage(
            AWS,
            added(
                "aws:ebs/snapshotCopy:SnapshotCopy",
                "copy",
                {
                    "sourceSnapshotId": "snap-1",
                    "sourceRegion": "us-east-1",
                    "encrypted": True,
                    "region": "eu-central-1",
                },
            ),
            "a copy of a snapshot",
        ),
        Sabotage(
            AWS,
            added(
                "aws:secretsmanager/secret:Secret", "token", {"name": "token", "replicas": [{"region": "eu-west-1"}]}
            ),
            "replicas of a secret",
        ),
        Sabotage(
            AWS,
            added(
                "aws:dynamodb/table:Table",
                "orders",
                {"hashKey": "id", "attributes": [], "replicas": [{"regionName": "eu-west-1"}]},
            ),
            "replicas of a table",
        ),
    ),
    "default_provider_in_use": (
        Sabotage(HETZNER, registered("database-1-data", "Volume", {"provider": ""}), "a volume"),
        Sabotage(HETZNER, registered("app-1", "Server", {"provider": ""}), "a host"),
        Sabotage(AWS, registered("database-1-data", "Volume", {"provider": ""}), "a volume"),
        Sabotage(AWS, registered("detection", "Topic", {"provider": ""}), "a topic"),
        Sabotage(
            AWS,
            registered(
                "data-key",
                "Key",
                {"provider": "urn:pulumi:aws-us::shop-connections::pulumi:providers:aws::default_7_51_1"},
            ),
            "a key, under the provider that the engine makes up",
        ),
        Sabotage(AWS, changed("copy-aws", "aws", "region", ABSENT), "a provider without a region"),
    ),
    "host_outside_countries": (
        Sabotage(HETZNER, changed("app-1", "Server", "location", "ash"), "in the USA"),
        Sabotage(DE + DEV, changed("database-1", "Server", "location", "hel1"), "in Finland"),
        Sabotage(AWS, changed("app-1", "Instance", "region", "eu-central-1"), "in Germany"),
        Sabotage(AP, changed("app-1", "Instance", "region", "ap-southeast-1"), "in Singapore"),
        Sabotage(US, changed("app-1", "Instance", "region", "ca-central-1"), "in Canada"),
    ),
    "key_outside_countries": (
        Sabotage(AWS, changed("data-key", "Key", "region", "eu-west-2"), "in the UK"),
        Sabotage(
            AWS,
            added(
                "aws:kms/replicaKey:ReplicaKey",
                "replica",
                {"region": "eu-central-1", "primaryKeyArn": To("data-key", "Key")},
            ),
            "a replica",
        ),
        Sabotage(AWS, changed("copy-aws", "aws", "region", "eu-central-1"), "with the whole second region"),
    ),
    "log_outside_countries": (
        Sabotage(AWS, changed("flow-logs", "LogGroup", "region", "eu-west-1"), "flow logs"),
        Sabotage(AWS, changed("trail-bucket", "Bucket", "region", "eu-west-1"), "the trail"),
    ),
    "notification_outside_countries": (
        Sabotage(
            US,
            changed("detection-to-security@us.ops.example", "TopicSubscription", "endpoint", "security@ops.example"),
            "a mailbox in Germany",
        ),
        Sabotage(
            AP,
            changed("detection-to-security@ap.ops.example", "TopicSubscription", "endpoint", "security@us.ops.example"),
            "a mailbox in the USA",
        ),
        Sabotage(
            HETZNER,
            edited("app-1", "Server", "userData", "root: security@ops.example", "root: security@us.ops.example"),
            "a host's mail goes to the USA",
        ),
        Sabotage(
            US,
            edited("app-1", "Instance", "userData", "root: security@us.ops.example", "root: security@ops.example"),
            "a host's mail goes to Germany",
        ),
    ),
    "place_spans_countries": (
        Sabotage(
            DE + DEV,
            all_of(
                changed("balancer", "LoadBalancer", "networkZone", "eu-central"),
                changed("balancer", "LoadBalancer", "location", ABSENT),
            ),
            "a zone of two countries",
        ),
        Sabotage(HETZNER, changed("balancer", "LoadBalancer", "networkZone", "us-east"), "a zone in the USA"),
    ),
    "region_outside_countries": (
        Sabotage(AWS, changed("copy-aws", "aws", "region", "eu-west-1"), "in Ireland"),
        Sabotage(AP, changed("copy-aws", "aws", "region", "ap-southeast-1"), "in Singapore"),
        Sabotage(AP, changed("copy-aws", "aws", "region", "us-east-1"), "in the USA"),
        Sabotage(US, changed("copy-aws", "aws", "region", "ca-central-1"), "in Canada"),
        Sabotage(AWS, changed("detection", "Topic", "region", "eu-west-1"), "one resource of a type without data"),
    ),
    "region_pin_missing": (
        Sabotage(AWS, edited(*_PIN, '"aws:RequestedRegion"', '"aws:SourceVpc"'), "a condition on something else"),
        Sabotage(
            AWS,
            edited(
                *_PIN,
                '"Effect": "Deny", "Resource": ["*"], "Sid": "NothingOutside',
                '"Effect": "Allow", "Resource": ["*"], "Sid": "NothingOutside',
            ),
            "allowed instead of denied",
        ),
        Sabotage(
            AWS,
            edited(*_PIN, '{"StringNotEquals": {"aws:R', '{"StringEquals": {"aws:R'),
            "denied inside instead of outside",
        ),
        Sabotage(
            AWS,
            all_of(
                added("aws:iam/policy:Policy", "loose", {"policy": '{"Statement": []}'}),
                changed("app-identity-role", "Role", "permissionsBoundary", To("loose", "Policy")),
            ),
            "one role under a boundary that is no pin",
        ),
    ),
    "region_pin_too_wide": (
        *tuple(
            Sabotage(stacks, change, meaning)
            for meaning, both in (
                (
                    "a region abroad",
                    _pin_regions(
                        '["us-east-1", "us-west-2", "eu-west-1"]', '["ap-southeast-2", "ap-southeast-4", "us-east-1"]'
                    ),
                ),
                (
                    "a region that nobody uses",
                    _pin_regions(
                        '["us-east-1", "us-west-2", "us-west-1"]',
                        '["ap-southeast-2", "ap-southeast-4", "ap-southeast-1"]',
                    ),
                ),
            )
            for stacks, change in both
        ),
        Sabotage(
            AWS,
            edited(
                *_PIN,
                '{"StringNotEquals": {"aws:RequestedRegion": [',
                '{"StringNotLike": {"aws:RequestedRegion": ["eu-*", ',
            ),
            "a pattern",
        ),
    ),
    "region_pin_with_hole": (
        Sabotage(AWS, edited(*_PIN, _NOT, _NOT.replace('"Action": ["*"]', '"NotAction": ["kms:*", "iam:*"]')), "keys"),
        Sabotage(AWS, edited(*_PIN, _NOT, _NOT.replace('["*"]', '["ec2:*"]')), "all but one service"),
        Sabotage(
            AWS,
            edited(
                *_PIN,
                '"Condition": {"StringNotEquals"',
                '"Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}, "StringNotEquals"',
            ),
            "a role that is exempt",
        ),
        Sabotage(AWS, edited(*_PIN, _NOT, _NOT.replace('["*"]', '["ec2:*", "s3:*"]')), "all but two services"),
    ),
    "resource_region_beside_provider": (
        Sabotage(US, changed("database-1-data", "Volume", "region", "us-west-2"), "an allowed region"),
        Sabotage(AP, changed("flow-logs", "LogGroup", "region", "ap-southeast-4"), "an allowed region, of logs"),
        Sabotage(AWS, changed("detection", "Topic", "region", "eu-central-1"), "a region abroad"),
    ),
    "second_environment_in_account": (
        Sabotage(US, changed("aws", "aws", "allowedAccountIds", ["444455556666"]), "the other environment's"),
        Sabotage(AP, changed("copy-aws", "aws", "allowedAccountIds", ["111122223333"]), "only the second region's"),
        Sabotage(AWS, changed("aws", "aws", "allowedAccountIds", ["999999999999"]), "one that nobody declared"),
    ),
    "state_outside_countries": (
        Sabotage(HETZNER + AP, exported("backend", "https://app.pulumi.com/shops"), "at Pulumi Cloud, in the USA"),
        Sabotage(AWS, exported("backend", "s3://state?region=eu-central-1"), "in Germany"),
        Sabotage(HETZNER, exported("backend", "s3://state?region=us-east-1"), "on AWS in the USA"),
        Sabotage(
            DE + DEV,
            exported("backend", "s3://state?endpoint=https://hel1.your-objectstorage.com&region=nbg1"),
            "in Finland, under the name of a German region",
        ),
    ),
    "store_outside_countries": (
        Sabotage(HETZNER, changed("database-1-data", "Volume", "location", "hil"), "a volume in the USA"),
        Sabotage(DE + DEV, changed("backup-fsn1", "StorageBox", "location", "hel1"), "the box in Finland"),
        Sabotage(HETZNER, changed("backup-fsn1", "StorageBox", "location", "sin"), "the box in Singapore"),
        Sabotage(
            AWS,
            changed("database-1-data", "Volume", "availabilityZone", "eu-west-2a"),
            "a volume in the UK by its zone",
        ),
        Sabotage(AWS, changed("trail-bucket", "Bucket", "region", "eu-west-1"), "a bucket in Ireland"),
        Sabotage(AWS, changed("copy-vault", "Vault", "region", "eu-west-1"), "a vault in Ireland"),
    ),
}
