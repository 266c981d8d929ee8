"""The same fence as a service control policy, for the organization's management account.

It binds everyone in the target account, people and root included; it never binds the management account itself or
service-linked roles. No stack deploys it: an account that could would be able to take it away again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pulumi
from pulumi_aws import organizations

from infra.aws.policy import document
from infra.aws.region_pin import RegionPinArgs, deny_exports, deny_outside

GLOBAL_ACTIONS = ("iam:*", "organizations:DescribeOrganization", "route53:*", "support:*")
"""The holes: services that answer in one fixed region. None of them stores what shops send."""

LONGEST_POLICY = 5120
"""Characters of a service control policy (AWS Organizations quotas, as of 2026-11-23)."""


@dataclass(frozen=True, kw_only=True)
class OrganizationPinArgs:
    """The account to fence, or the organizational unit it is in; ValueError for anything else."""

    pin: RegionPinArgs
    target: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}", self.target):
            raise ValueError(f"target {self.target!r}: wanted an account of 12 digits or an organizational unit, ou-…")
        if len(service_control_policy(self.pin)) > LONGEST_POLICY:
            raise ValueError(f"service control policy: longer than {LONGEST_POLICY} characters")


class OrganizationPin(pulumi.ComponentResource):
    """A service control policy and its attachment, to be deployed with credentials of the management account."""

    def __init__(self, name: str, args: OrganizationPinArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:OrganizationPin", name, None, opts)
        child = pulumi.ResourceOptions(parent=self, protect=True)
        policy = organizations.Policy(
            name,
            name=name,
            type="SERVICE_CONTROL_POLICY",
            description=f"Nothing outside {', '.join(args.pin.regions)}",
            content=service_control_policy(args.pin),
            opts=child,
        )
        organizations.PolicyAttachment(f"{name}-attachment", policy_id=policy.id, target_id=args.target, opts=child)
        self.register_outputs({"id": policy.id})


def service_control_policy(pin: RegionPinArgs) -> str:
    """The document: it only denies, so what is allowed stays with the account's own policies."""
    return document(deny_outside(pin.regions, GLOBAL_ACTIONS), *deny_exports(pin))
