"""Ways to keep records too long, too briefly, or not at all."""

from __future__ import annotations

from tests.baseline.sabotage.mutations import (
    ABSENT,
    AWS,
    HETZNER,
    Sabotage,
    Table,
    To,
    added,
    all_of,
    changed,
    edited,
    without,
)

_GROUP = ("flow-logs", "LogGroup", "retentionInDays")
_LIFECYCLE = ("trail-lifecycle", "BucketLifecycleConfiguration")
_TRAIL = ("trail", "Trail")
_ONLY_DATA = [{"fieldSelectors": [{"field": "eventCategory", "equals": ["Data"]}]}]


def _journal(old: str, new: str, meaning: str) -> tuple[Sabotage, Sabotage]:
    """Other words in the user data of hosts of both clouds."""
    return (
        Sabotage(HETZNER, edited("app-1", "Server", "userData", old, new), meaning),
        Sabotage(AWS, edited("database-1", "Instance", "userData", old, new), meaning),
    )


LOGS: Table = {
    "log_without_retention": (
        Sabotage(AWS, changed(*_GROUP, ABSENT), "a group that is told nothing"),
        Sabotage(AWS, changed(*_GROUP, 0), "a group that is told never"),
        Sabotage(AWS, without(*_LIFECYCLE), "a bucket without a lifecycle"),
        Sabotage(AWS, changed(*_LIFECYCLE, "rules.0.status", "Disabled"), "a lifecycle that is switched off"),
        Sabotage(AWS, changed(*_LIFECYCLE, "rules.0.filter.prefix", "AWSLogs/x"), "a lifecycle of a part"),
        Sabotage(AWS, changed(*_LIFECYCLE, "rules.0.noncurrentVersionExpiration", ABSENT), "old versions for ever"),
        Sabotage(AWS, added("aws:cloudwatch/logGroup:LogGroup", "more", {"name": "more"}), "one more group"),
    ),
    "log_kept_too_long": (
        Sabotage(AWS, changed(*_GROUP, 90), "90 days"),
        Sabotage(AWS, changed(*_GROUP, 3653), "ten years"),
        Sabotage(AWS, changed(*_LIFECYCLE, "rules.0.expiration.days", 3650), "a trail of ten years"),
        Sabotage(AWS, changed("trail-bucket", "Bucket", "tags.holds", "logs"), "a bucket of another class"),
        *_journal("732h", "90day", "a journal of 90 days"),
    ),
    "log_kept_too_short": (
        Sabotage(AWS, changed(*_GROUP, 14), "14 days"),
        Sabotage(AWS, changed("flow-logs", "LogGroup", "logGroupClass", "DELIVERY"), "a class that keeps for two days"),
        Sabotage(AWS, changed(*_LIFECYCLE, "rules.0.expiration.days", 30), "a trail of 30 days"),
        *_journal("MaxRetentionSec=732h", "MaxRetentionSec=7day", "a journal of a week"),
        *_journal("Storage=persistent", "Storage=volatile", "a journal in memory"),
        *_journal("--vacuum-time=732h", "--vacuum-time=1h", "a journal that is emptied every hour"),
    ),
    "flow_logs_off": (
        Sabotage(AWS, without("flow-logs-record", "FlowLog"), "none"),
        Sabotage(AWS, changed("flow-logs-record", "FlowLog", "trafficType", "REJECT"), "refused flows only"),
        Sabotage(AWS, changed("flow-logs-record", "FlowLog", "trafficType", "ACCEPT"), "accepted flows only"),
        Sabotage(AWS, added("aws:ec2/vpc:Vpc", "more", {"cidrBlock": "10.99.0.0/16"}), "one more network"),
    ),
    "trail_off": (
        Sabotage(AWS, changed(*_TRAIL, "enableLogging", False), "switched off"),
        Sabotage(AWS, changed(*_TRAIL, "isMultiRegionTrail", False), "of one region"),
        Sabotage(AWS, changed(*_TRAIL, "isMultiRegionTrail", ABSENT), "of one region by default"),
        Sabotage(AWS, changed(*_TRAIL, "includeGlobalServiceEvents", False), "without global services"),
        Sabotage(AWS, changed(*_TRAIL, "advancedEventSelectors", _ONLY_DATA), "of objects only"),
        Sabotage(
            AWS,
            all_of(
                changed(*_TRAIL, "advancedEventSelectors", ABSENT),
                changed(*_TRAIL, "eventSelectors", [{"readWriteType": "ReadOnly", "includeManagementEvents": True}]),
            ),
            "of what is read only",
        ),
        Sabotage(AWS, without(*_TRAIL), "none"),
    ),
    "trail_unvalidated": (
        Sabotage(AWS, changed(*_TRAIL, "enableLogFileValidation", False), "off"),
        Sabotage(AWS, changed(*_TRAIL, "enableLogFileValidation", ABSENT), "off by default"),
        Sabotage(
            AWS,
            added("aws:cloudtrail/trail:Trail", "more", {"name": "more", "s3BucketName": To("trail-bucket", "Bucket")}),
            "one more trail",
        ),
    ),
}
