"""What the SSM agent of a host calls: sessions, patches and inventory, but no parameter."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from infra.aws.place import Place
from infra.host.document import Piece

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
"""Service to actions: AmazonSSMManagedInstanceCore (as of 2026-11-23) without GetParameter and GetParameters."""

_PACKAGES: Mapping[str, str] = MappingProxyType({"arm64": "debian_arm64", "x86_64": "debian_amd64"})


def agent(place: Place, architecture: str) -> Piece:
    """Installs the SSM agent, which Debian's images lack and without which nobody gets onto a host.

    It comes from AWS's bucket of the region, through the endpoint of S3. Source: AWS Systems Manager user guide,
    "Manually installing SSM Agent on Debian Server instances", as of 2026-11-23.
    """
    package = "/root/amazon-ssm-agent.deb"
    bucket = f"https://s3.{place.region}.amazonaws.com/amazon-ssm-{place.region}"
    address = f"{bucket}/latest/{_PACKAGES[architecture]}/amazon-ssm-agent.deb"
    return Piece(
        packages=("curl",),
        commands=(
            f"curl --fail --silent --show-error --proto =https --tlsv1.2 --retry 9 --output {package} {address}",
            f"dpkg --install {package}",
            "systemctl enable --now amazon-ssm-agent",
        ),
    )
