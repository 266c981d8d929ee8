"""What the SSM agent of a host calls: sessions, patches and inventory, but no parameter."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SESSION_ACTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ssm": (
            "ssm:DescribeAssociation",
            "ssm:DescribeDocument",
            "ssm:GetDeployablePatchSnapshotForInstance",
            "ssm:GetDocument",
            "ssm:GetManifest",
            "ssm:ListAssociations",
            "ssm:ListInstanceAssociations",
            "ssm:PutComplianceItems",
            "ssm:PutConfigurePackageResult",
            "ssm:PutInventory",
            "ssm:UpdateAssociationStatus",
            "ssm:UpdateInstanceAssociationStatus",
            "ssm:UpdateInstanceInformation",
        ),
        "ssmmessages": (
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
        ),
        "ec2messages": (
            "ec2messages:AcknowledgeMessage",
            "ec2messages:DeleteMessage",
            "ec2messages:FailMessage",
            "ec2messages:GetEndpoint",
            "ec2messages:GetMessages",
            "ec2messages:SendReply",
        ),
    }
)
"""Service to actions: AmazonSSMManagedInstanceCore (read 2026-11-23) without GetParameter and GetParameters.
"""
