"""Add-ons of EKS: programs that AWS or somebody else lets run in a cluster, by what each is known to do.

Source: EKS User Guide, "AWS add-ons" and "Community add-ons"; CloudWatch User Guide, "Install the Amazon CloudWatch
Observability EKS add-on"; as of 2026-11-26.
"""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.aws.resting import store
from baseline.estate.builder import Builder
from baseline.estate.nouns import Copy
from baseline.graph import Resource, unknown_because

ADDON: Final = "aws:eks/addon:Addon"
OBSERVER: Final = "amazon-cloudwatch-observability"
OBSERVED: Final = ("application", "dataplane", "host", "performance")
"""What the observer logs, each in a group of its own below `/aws/containerinsights/` and the cluster's name."""

_DRIVERS: Final = frozenset({"aws-ebs-csi-driver", "aws-fsx-csi-driver"})
_KEEP_TO_THEMSELVES: Final = frozenset(
    {
        *("coredns", "kube-proxy", "vpc-cni"),
        *("aws-efs-csi-driver", "aws-mountpoint-s3-csi-driver", "snapshot-controller"),
        *("aws-guardduty-agent", "eks-node-monitoring-agent", "eks-pod-identity-agent"),
        *("cert-manager", "kube-state-metrics", "metrics-server", "prometheus-node-exporter"),
        OBSERVER,
    }
)
"""Add-ons that send nothing away, but to services of AWS in the same account and region."""

_ASKED: Final = unknown_because("is not known: Kubernetes asks for volumes, and no resource of AWS shows which")
_SENT: Final = unknown_because("is not known: what this add-on sends, and where to, no input says")
CONFIGURED: Final = unknown_because("is not known: the configuration of the add-on may switch it off")


def read(builder: Builder) -> None:
    """The volumes that drivers make, and what nobody knows of other programs."""
    for addon in builder.of(ADDON):
        name = addon.inputs.get("addonName")
        if not isinstance(name, str) or name not in _KEEP_TO_THEMSELVES | _DRIVERS:
            builder.add(Copy(origin=addon, path="addonName", what=f"what {_called(name)} sends", location=_SENT))
        elif name in _DRIVERS:
            _volumes(builder, addon)


def _called(name: Any) -> str:
    return f"the add-on {name}" if isinstance(name, str) else "an add-on"


def _volumes(builder: Builder, addon: Resource) -> None:
    said: dict[str, Any] = dict.fromkeys(("holds", "encrypted", "customer_key"), _ASKED)
    store(builder, addon, "volumes of a cluster", path="addonName", **said)
