"""Ways to notice nothing, and to tell nobody."""

from __future__ import annotations

from tests.baseline.sabotage.mutations import (
    AP,
    AWS,
    HETZNER,
    US,
    Sabotage,
    Table,
    changed,
    edited,
    previewed,
    without,
)

_RULE = ("detection-findings", "EventRule")
_PATTERN = ("detection-findings", "EventRule", "eventPattern")

DETECTION: Table = {
    "detector_off_in_region": (
        Sabotage(AWS, without("detection-detector", "Detector"), "none"),
        Sabotage(AWS, without("copy-detection-detector", "Detector"), "none in the second region"),
        Sabotage(AWS, changed("detection-detector", "Detector", "enable", False), "switched off"),
        Sabotage(AWS, changed("detection", "Topic", "region", "sa-east-1"), "a region of one resource"),
    ),
    "finding_routed_to_nobody": (
        Sabotage(AWS, without("detection-findings-target", "EventTarget"), "a rule without a target"),
        Sabotage(AWS, without(*_RULE), "a target without a rule"),
        Sabotage(AWS, changed(*_RULE, "state", "DISABLED"), "a rule that is off"),
        Sabotage(AWS, edited(*_PATTERN, "aws.guardduty", "aws.health"), "a pattern for another source"),
        Sabotage(AWS, edited(*_PATTERN, "GuardDuty Finding", "Other"), "a pattern for another kind"),
        Sabotage(
            AWS,
            edited(
                *_PATTERN, '"source": ["aws.guardduty"]', '"source": ["aws.guardduty"], "detail": {"severity": [10]}'
            ),
            "only what never happens",
        ),
        Sabotage(US, without("detection-to-security@us.ops.example", "TopicSubscription"), "nobody subscribes"),
        Sabotage(AP, without("copy-detection-to-security@ap.ops.example", "TopicSubscription"), "nobody far away"),
        Sabotage(
            HETZNER,
            edited("app-1", "Server", "userData", "root: security@ops.example", "root: /dev/null"),
            "a host whose mail is thrown away",
        ),
        Sabotage(
            HETZNER,
            edited("database-1", "Server", "userData", "path: /etc/aliases", "path: /etc/aliases.off"),
            "no alias",
        ),
    ),
    "watch_ended_by_change": (
        Sabotage(AWS, previewed("replace", "detection-detector", "Detector"), "a detector is replaced"),
        Sabotage(AWS, previewed("replace", "trail", "Trail"), "the trail is replaced"),
        Sabotage(
            AWS, previewed("replace", "trail-object-lock", "BucketObjectLockConfiguration"), "a bucket's lock goes"
        ),
        Sabotage(AWS, previewed("delete", "vault-lock", "VaultLockConfiguration"), "a lock is deleted"),
        Sabotage(AWS, previewed("replace", "flow-logs-record", "FlowLog"), "the flow logs are replaced"),
    ),
}
