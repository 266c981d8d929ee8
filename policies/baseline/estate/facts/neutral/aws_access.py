"""What of AWS's identities grants nothing by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TYPES: Final[Mapping[str, str]] = {
    "aws:iam/accountAlias:AccountAlias": "a name for the sign-in page",
    "aws:iam/groupMembership:GroupMembership": "who is in a group; what the group may do is judged for itself",
    "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": "removes inline policies that are not declared",
    "aws:iam/instanceProfile:InstanceProfile": "hands a role to instances; what the role may do is judged for itself",
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": "removes inline policies that are not declared",
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": "a role of AWS's own, with AWS's own policy and trust",
    "aws:iam/userGroupMembership:UserGroupMembership": "who is in a group; what the group may do is judged for itself",
    "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": "removes inline policies that are not declared",
}
