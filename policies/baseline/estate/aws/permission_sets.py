"""Permission sets of IAM Identity Center: the roles that it makes for people in every account that they are given.

Source: IAM Identity Center User Guide, "Permission sets" and "Customer managed policies" (a policy is named, and has to
be there under that name in each account), as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate.aws.inputs import scalars_at
from baseline.estate.builder import Builder
from baseline.graph import UNKNOWN, Ref

PERMISSION_SET = "aws:ssoadmin/permissionSet:PermissionSet"
_POLICY = "aws:iam/policy:Policy"
_BOUNDARY = "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment"
_BOUNDED_BY = (
    "permissionsBoundary.managedPolicyArn",
    "permissionsBoundary.customerManagedPolicyReference.name",
)
BY_NAME = "customerManagedPolicyReference"
"""How the inputs begin that give a policy's name instead of its ARN."""


def boundaries(builder: Builder) -> dict[str, Any]:
    """By permission set, the policy that bounds it: a reference, an ARN, or what leaves it undecided."""
    found: dict[str, Any] = {}
    for attachment in builder.of(_BOUNDARY):
        said = [by_name(builder, value) for path in _BOUNDED_BY for _, value in scalars_at(attachment, path)]
        sets = builder.referred(attachment.inputs.get("permissionSetArn"), PERMISSION_SET)
        for item in sets:
            certain = len(sets) == 1 and len(said) == 1
            found[item.urn] = said[0] if certain else UNKNOWN
    return found


def bounding(builder: Builder) -> Iterator[str]:
    """The policies that certainly bound a permission set, by URN."""
    for value in boundaries(builder).values():
        if policy := builder.the_one(value, _POLICY):
            yield policy.urn


def by_name(builder: Builder, name: Any) -> Any:
    """A policy of this program by its declared name, as a reference; any other value as it is."""
    policies = builder.once(_policies_by_name)
    return Ref(frozenset({policies[name]})) if isinstance(name, str) and name in policies else name


def _policies_by_name(builder: Builder) -> dict[str, str]:
    named = ((policy.inputs.get("name"), policy.urn) for policy in builder.peek(_POLICY))
    return {name: urn for name, urn in named if isinstance(name, str)}
