"""What notices a breach in one region, and whom it tells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pulumi
from pulumi_aws import cloudwatch, guardduty, sns

from infra.aws.place import Place
from infra.aws.policy import allow, deny_plain_requests, document

PATTERNS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "findings": {"source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"]},
        "failed-backups": {
            "source": ["aws.backup"],
            "detail-type": ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"],
            "detail": {"$or": [{"state": ["ABORTED", "EXPIRED", "FAILED"]}, {"status": ["ABORTED", "FAILED"]}]},
        },
        "tampering": {
            "source": ["aws.backup", "aws.cloudtrail", "aws.ec2", "aws.guardduty", "aws.kms"],
            "detail-type": ["AWS API Call via CloudTrail"],
            "detail": {
                "eventName": [
                    "DeleteBackupVault",
                    "DeleteBackupVaultLockConfiguration",
                    "DeleteDetector",
                    "DeleteFlowLogs",
                    "DeleteRecoveryPoint",
                    "DeleteTrail",
                    "DisableEbsEncryptionByDefault",
                    "DisableKey",
                    "PutKeyPolicy",
                    "ScheduleKeyDeletion",
                    "StopLogging",
                    "UpdateDetector",
                    "UpdateTrail",
                ]
            },
        },
    }
)
"""Event patterns worth waking someone for (EventBridge, GuardDuty and AWS Backup guides, as of 2026-11-23)."""


@dataclass(frozen=True, kw_only=True)
class DetectionArgs:
    """The region to watch, the key of its topic, the mail addresses to tell; ValueError for none."""

    place: Place
    key_arn: pulumi.Input[str]
    notified: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.notified:
            raise ValueError("notified: nobody would hear of a finding")


class Detection(pulumi.ComponentResource):
    """A GuardDuty detector, and rules that send what matters to an encrypted topic with mail subscriptions."""

    def __init__(self, name: str, args: DetectionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:Detection", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        guardduty.Detector(
            f"{name}-detector",
            enable=True,
            finding_publishing_frequency="FIFTEEN_MINUTES",
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        topic = sns.Topic(name, name=name, kms_master_key_id=args.key_arn, signature_version=2, opts=child)
        sns.TopicPolicy(f"{name}-policy", arn=topic.arn, policy=topic_policy(args.place, name), opts=child)
        for address in args.notified:
            sns.TopicSubscription(
                f"{name}-to-{address}", topic=topic.arn, protocol="email", endpoint=address, opts=child
            )
        for kind, pattern in PATTERNS.items():
            rule = cloudwatch.EventRule(
                f"{name}-{kind}",
                name=f"{name}-{kind}",
                description=f"Tells people of {kind}",
                event_pattern=json.dumps(pattern, sort_keys=True),
                state="ENABLED",
                opts=child,
            )
            cloudwatch.EventTarget(f"{name}-{kind}-target", rule=rule.name, arn=topic.arn, opts=child)
        self.register_outputs({"topic_arn": topic.arn})


def topic_policy(place: Place, name: str) -> str:
    """Only the rules above may publish, and only over TLS."""
    topic = place.arn("sns", name)
    rules = [place.arn("events", f"rule/{name}-{kind}") for kind in PATTERNS]
    return document(
        allow(
            "RulesPublish",
            ["sns:Publish"],
            [topic],
            to={"Service": "events.amazonaws.com"},
            when={"ArnEquals": {"aws:SourceArn": rules}},
        ),
        deny_plain_requests("sns:Publish", [topic]),
    )
