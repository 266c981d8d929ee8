"""What guards an account: keys, the region pin, settings, the trail, flow logs and detection."""

from __future__ import annotations

import json

import pytest

from infra.aws.detection import PATTERNS, DetectionArgs
from infra.aws.flow_logs import FlowLogsArgs
from infra.aws.key import KeyArgs
from infra.aws.organization_pin import OrganizationPinArgs
from infra.aws.place import Place, partition_of
from infra.aws.policy import allow
from infra.aws.region_pin import RegionPinArgs
from infra.aws.role import ServiceRoleArgs
from tests.infra.aws.conftest import Registrations, referred

HOME = Place(account="123456789012", region="eu-central-1")
PIN = RegionPinArgs(account=HOME.account, regions=("eu-central-1", "eu-west-3"))


@pytest.mark.parametrize("name", ["disk-key", "vault-key", "log-key"])
def test_keys_rotate_and_are_slow_to_delete(registered: Registrations, name: str) -> None:
    """Rotation is on, deletion waits for 30 days, and no key is replicated to another region."""
    key = registered("kms/key:Key", name)
    assert (key.at("enableKeyRotation"), key.at("rotationPeriodInDays")) == (True, 365)
    assert (key.at("deletionWindowInDays"), key.at("multiRegion"), key.protect) == (30, False, True)
    assert registered("kms/alias:Alias", f"{name}-alias").at("name") == f"alias/{name}"


@pytest.mark.parametrize("name", ["disk-key", "vault-key", "log-key"])
def test_no_key_policy_lets_anyone_destroy_the_key(registered: Registrations, name: str) -> None:
    """No wildcard, no deletion, no disabling: that takes a change of the policy first."""
    granted = {
        action for statement in registered.statements("kms/key:Key", name).values() for action in statement["Action"]
    }
    assert not {action for action in granted if "*" in action}
    assert not granted & {"kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:DisableKeyRotation"}


def test_a_disk_key_works_through_ec2_alone(registered: Registrations) -> None:
    """Whoever holds a role of the account cannot decrypt with it directly."""
    statements = registered.statements("kms/key:Key", "disk-key")
    through = {"kms:ViaService": "ec2.eu-central-1.amazonaws.com", "kms:CallerAccount": "123456789012"}
    assert statements["DisksUse"]["Condition"]["StringEquals"] == through
    assert statements["DisksGrant"]["Condition"]["Bool"] == {"kms:GrantIsForAWSResource": "true"}


def test_the_boundary_denies_every_other_region_without_exception(registered: Registrations) -> None:
    """No action is exempt: roles of ours need no global service."""
    statement = registered.statements("iam/policy:Policy", "pin")["NothingOutsideDeclaredRegions"]
    assert (statement["Effect"], statement["Action"], statement["Resource"]) == ("Deny", ["*"], ["*"])
    assert statement["Condition"] == {"StringNotEquals": {"aws:RequestedRegion": ["eu-central-1", "eu-west-3"]}}
    assert "NotAction" not in statement


@pytest.mark.parametrize(
    ("sid", "action"),
    [
        ("NoConfiguredExport", "s3:PutReplicationConfiguration"),
        ("NoConfiguredExport", "ec2:ModifySnapshotAttribute"),
        ("NoDestructionOfEvidence", "backup:DeleteRecoveryPoint"),
        ("NoDestructionOfEvidence", "kms:ScheduleKeyDeletion"),
        ("NoDestructionOfEvidence", "kms:PutKeyPolicy"),
        ("NoDestructionOfEvidence", "logs:DeleteLogGroup"),
        ("NoDestructionOfEvidence", "ec2:DeleteFlowLogs"),
        ("NoDestructionOfEvidence", "cloudtrail:StopLogging"),
    ],
)
def test_the_boundary_denies_export_and_destruction(registered: Registrations, sid: str, action: str) -> None:
    """No role sends data away by configuration or removes backups, keys and logs."""
    statement = registered.statements("iam/policy:Policy", "pin")[sid]
    assert statement["Effect"] == "Deny"
    assert action in statement["Action"]
    assert "Condition" not in statement


def test_the_boundary_keeps_backup_copies_in_the_declared_regions(registered: Registrations) -> None:
    """A copy may go to vaults of this account in the declared regions only."""
    statement = registered.statements("iam/policy:Policy", "pin")["NoBackupCopyElsewhere"]
    assert statement["Condition"]["ForAnyValue:ArnNotLike"]["backup:CopyTargets"] == [
        "arn:aws:backup:eu-central-1:123456789012:backup-vault:*",
        "arn:aws:backup:eu-west-3:123456789012:backup-vault:*",
    ]


def test_the_organization_pin_names_its_holes(registered: Registrations) -> None:
    """People need the global services; what is exempt is listed, and nothing is granted."""
    kind = "organizations/policy:Policy"
    assert registered(kind, "organization-pin").at("type") == "SERVICE_CONTROL_POLICY"
    statements = registered.statements(kind, "organization-pin", "content")
    assert {item["Effect"] for item in statements.values()} == {"Deny"}
    exempt = {action.partition(":")[0] for action in statements["NothingOutsideDeclaredRegions"]["NotAction"]}
    assert exempt == {"iam", "organizations", "route53", "support"}
    attachment = registered("organizations/policyAttachment:PolicyAttachment", "organization-pin-attachment")
    assert attachment.at("targetId") == "123456789012"


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("ebs/encryptionByDefault:EncryptionByDefault", "region-disk-encryption", {"enabled": True}),
        (
            "ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
            "region-snapshots",
            {"state": "block-all-sharing"},
        ),
        (
            "ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
            "region-images",
            {"state": "block-new-sharing"},
        ),
        (
            "ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
            "region-metadata",
            {"httpTokens": "required"},
        ),
        ("ec2/serialConsoleAccess:SerialConsoleAccess", "region-serial-console", {"enabled": False}),
        (
            "ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
            "region-internet",
            {"internetGatewayBlockMode": "block-ingress"},
        ),
        (
            "s3/accountPublicAccessBlock:AccountPublicAccessBlock",
            "account-buckets",
            {
                "blockPublicAcls": True,
                "blockPublicPolicy": True,
                "ignorePublicAcls": True,
                "restrictPublicBuckets": True,
            },
        ),
    ],
)
def test_settings_are_the_strict_ones(
    registered: Registrations, kind: str, name: str, expected: dict[str, object]
) -> None:
    """What is made by hand or by mistake falls under the same promises."""
    setting = registered(kind, name)
    assert setting.protect
    assert {key: setting.at(key) for key in expected} == expected


def test_disks_without_a_key_take_the_customer_key(registered: Registrations) -> None:
    """The default key of the region is ours."""
    assert referred(registered("ebs/defaultKmsKey:DefaultKmsKey", "region-disk-key").at("keyArn")) == {"disk-key"}


def test_the_trail_sees_all_regions_and_signs(registered: Registrations) -> None:
    """Multi-region, validated, encrypted, and reading it is on it."""
    trail = registered("cloudtrail/trail:Trail", "trail")
    assert (trail.at("isMultiRegionTrail"), trail.at("enableLogFileValidation")) == (True, True)
    assert (trail.at("enableLogging"), trail.at("includeGlobalServiceEvents"), trail.protect) == (True,) * 3
    assert referred(trail.at("kmsKeyId")) == {"log-key"}
    reading = trail.at("advancedEventSelectors.1.fieldSelectors")
    assert {"field": "readOnly", "equals": ["true"]} in reading
    assert {
        "field": "resources.ARN",
        "startsWiths": ["arn:aws:s3:::trail-123456789012-eu-central-1/"],
    } in reading


def test_the_trails_bucket_is_closed_and_forgets_on_time(registered: Registrations) -> None:
    """No public access, the customer key, a lock and an expiry of the same length."""
    block = registered("s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "trail-public-access")
    assert [block.at(key) for key in ("blockPublicAcls", "restrictPublicBuckets")] == [True, True]
    kind = "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    default = registered(kind, "trail-encryption").at("rules.0.applyServerSideEncryptionByDefault")
    assert (default["sseAlgorithm"], referred(default["kmsMasterKeyId"])) == ("aws:kms", {"log-key"})
    # A bucket key would need `kms:Decrypt` for CloudTrail itself, which its statements in the key's policy do not give.
    assert registered(kind, "trail-encryption").at("rules.0.bucketKeyEnabled") is False
    lock = registered("s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "trail-object-lock")
    assert lock.at("rule.defaultRetention") == {"mode": "GOVERNANCE", "days": 400}
    rules = registered("s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "trail-lifecycle")
    assert rules.at("rules.0.expiration") == {"days": 400}
    assert rules.at("rules.0.noncurrentVersionExpiration") == {"noncurrentDays": 1}


def test_the_trails_bucket_refuses_plain_requests(registered: Registrations) -> None:
    """TLS 1.2 or nothing; only this trail writes, only below the account's prefix."""
    statements = registered.statements("s3/bucketPolicy:BucketPolicy", "trail-policy")
    assert statements["DenyPlainRequests"]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert statements["DenyOldTls"]["Condition"] == {"NumericLessThan": {"s3:TlsVersion": "1.2"}}
    assert statements["TrailWrites"]["Resource"] == [
        "arn:aws:s3:::trail-123456789012-eu-central-1/AWSLogs/123456789012/*"
    ]


def test_flows_are_recorded_for_the_declared_days(registered: Registrations) -> None:
    """All traffic, into a group under the customer key that forgets after 30 days."""
    record = registered("ec2/flowLog:FlowLog", "flow-logs-record")
    assert (record.at("trafficType"), referred(record.at("vpcId"))) == ("ALL", {"network"})
    group = registered("cloudwatch/logGroup:LogGroup", "flow-logs")
    assert (group.at("retentionInDays"), referred(group.at("kmsKeyId"))) == (30, {"log-key"})


def test_flows_may_be_written_to_their_group_only(registered: Registrations) -> None:
    """And to its streams: in policies CloudWatch Logs wants `:*` behind the ARN of a group."""
    statement = registered.statements("iam/rolePolicy:RolePolicy", "flow-logs-writer-policy")["Write"]
    assert statement["Resource"] == ["arn:aws:logs:eu-central-1:123456789012:log-group:flow-logs:*"]


@pytest.mark.parametrize("kind", PATTERNS)
def test_events_reach_a_person(registered: Registrations, kind: str) -> None:
    """Each rule is enabled, sends to the topic, and the topic's policy names it."""
    rule = registered("cloudwatch/eventRule:EventRule", f"detection-{kind}")
    assert rule.at("state") == "ENABLED"
    assert json.loads(rule.at("eventPattern")) == PATTERNS[kind]
    target = registered("cloudwatch/eventTarget:EventTarget", f"detection-{kind}-target")
    assert referred(target.at("arn")) == {"detection"}
    publishing = registered.statements("sns/topicPolicy:TopicPolicy", "detection-policy")["RulesPublish"]
    sources = publishing["Condition"]["ArnEquals"]["aws:SourceArn"]
    assert f"arn:aws:events:eu-central-1:123456789012:rule/detection-{kind}" in sources


def test_events_open_the_key_of_their_topic(registered: Registrations) -> None:
    """A key that asks EventBridge for its source keeps every event from an encrypted topic: it asks for the topic."""
    statement = registered.statements("kms/key:Key", "log-key")["Events"]
    assert statement["Condition"] == {
        "ArnLike": {"kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:eu-central-1:123456789012:*"}
    }


def test_findings_are_mailed_under_the_customer_key(registered: Registrations) -> None:
    """The detector is on, the topic encrypted, and the declared address subscribed."""
    detector = registered("guardduty/detector:Detector", "detection-detector")
    assert (detector.at("enable"), detector.protect) == (True, True)
    assert referred(registered("sns/topic:Topic", "detection").at("kmsMasterKeyId")) == {"log-key"}
    mail = registered("sns/topicSubscription:TopicSubscription", "detection-to-on-call@ops.example")
    assert (mail.at("protocol"), mail.at("endpoint")) == ("email", "on-call@ops.example")


@pytest.mark.parametrize(
    ("region", "partition"),
    [
        ("eu-central-1", "aws"),
        ("us-gov-west-1", "aws-us-gov"),
        ("cn-north-1", "aws-cn"),
        ("eusc-de-east-1", "aws-eusc"),
    ],
)
def test_arns_start_with_the_partition_of_their_region(region: str, partition: str) -> None:
    """A literal `arn:aws:` would be wrong in three of these."""
    assert partition_of(region) == partition
    assert Place(account="123456789012", region=region).root == f"arn:{partition}:iam::123456789012:root"


def test_arguments_refuse_what_would_guard_nothing() -> None:
    """Each component says what is missing before anything is registered."""
    with pytest.raises(ValueError, match="in no known AWS partition"):
        partition_of("mars-north-1")
    with pytest.raises(ValueError, match="wanted 12 digits"):
        Place(account="1234", region="eu-central-1")
    with pytest.raises(ValueError, match="nobody may use it"):
        KeyArgs(place=HOME, description="idle", uses=())
    with pytest.raises(ValueError, match="wanted one or more, each once"):
        RegionPinArgs(account=HOME.account, regions=())
    with pytest.raises(ValueError, match="several partitions"):
        RegionPinArgs(account=HOME.account, regions=("eu-central-1", "cn-north-1"))
    with pytest.raises(ValueError, match="wanted an account of 12 digits"):
        OrganizationPinArgs(pin=PIN, target="r-root")
    with pytest.raises(ValueError, match="nobody would hear"):
        DetectionArgs(place=HOME, key_arn="arn", notified=())
    with pytest.raises(ValueError, match="days 31: wanted one of"):
        FlowLogsArgs(place=HOME, vpc_id="vpc-1", key_arn="arn", boundary="arn", days=31)


def test_a_role_lists_its_actions() -> None:
    """A wildcard grant does not get as far as a preview."""
    with pytest.raises(ValueError, match="ec2:\\*: list every action by its name"):
        ServiceRoleArgs(
            place=HOME,
            service="backup.amazonaws.com",
            description="too much",
            statements=(allow("All", ["ec2:*"], ["*"]),),
            boundary="arn",
        )
