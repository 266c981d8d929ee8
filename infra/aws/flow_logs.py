"""Every flow of a network, accepted or refused: a balancer that passes TLS through keeps no record."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi_aws import cloudwatch, ec2

from infra.aws.place import Place
from infra.aws.policy import allow
from infra.aws.role import ServiceRole, ServiceRoleArgs

RETENTION_DAYS = (
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
    1096,
    1827,
    2192,
    2557,
    2922,
    3288,
    3653,
)
"""Periods that a log group knows (CloudWatch Logs API, PutRetentionPolicy, as of 2026-11-23)."""


@dataclass(frozen=True, kw_only=True)
class FlowLogsArgs:
    """What to record and how many days to keep it; ValueError for a period that CloudWatch does not know.

    Flows name client addresses, so they are service logs: they share the period of account activity.
    """

    place: Place
    vpc_id: pulumi.Input[str]
    key_arn: pulumi.Input[str]
    boundary: pulumi.Input[str]
    days: int

    def __post_init__(self) -> None:
        if self.days not in RETENTION_DAYS:
            raise ValueError(f"days {self.days}: wanted one of {', '.join(map(str, RETENTION_DAYS))}")


class FlowLogs(pulumi.ComponentResource):
    """A log group under a customer key, the role that writes to it, and the flow log of a VPC."""

    def __init__(self, name: str, args: FlowLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:FlowLogs", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        group = cloudwatch.LogGroup(
            name,
            name=name,
            kms_key_id=args.key_arn,
            retention_in_days=args.days,
            log_group_class="STANDARD",
            skip_destroy=False,
            deletion_protection_enabled=True,
            tags={"holds": "logs"},
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        role = ServiceRole(
            f"{name}-writer",
            ServiceRoleArgs(
                place=args.place,
                service="vpc-flow-logs.amazonaws.com",
                description="Writes flow logs to their group",
                statements=(
                    allow(
                        "Write",
                        ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                        # Its streams, and so the group: in a policy a group's ARN ends like this.
                        [f"{args.place.arn('logs', f'log-group:{name}')}:*"],
                    ),
                ),
                boundary=args.boundary,
            ),
            opts=child,
        )
        ec2.FlowLog(
            f"{name}-record",
            vpc_id=args.vpc_id,
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=group.arn,
            iam_role_arn=role.arn,
            max_aggregation_interval=60,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[role]),
        )
        self.register_outputs({"group_arn": group.arn})
