"""Types that hold no data, admit no traffic, end no TLS, grant no access and keep no logs, each with the reason.

A type that no adapter reads and that is not listed here is unjudged, and an unjudged resource fails.
"""

from __future__ import annotations

from collections.abc import Mapping

NEUTRAL: Mapping[str, str] = {
    "aws:iam/accountAlias:AccountAlias": "a name for the sign-in page",
    "aws:iam/groupMembership:GroupMembership": "who is in a group; what the group may do is judged for itself",
    "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": "removes inline policies that are not declared",
    "aws:iam/instanceProfile:InstanceProfile": "hands a role to instances; what the role may do is judged for itself",
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": "removes inline policies that are not declared",
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": "a role of AWS's own, with AWS's own policy and trust",
    "aws:iam/userGroupMembership:UserGroupMembership": "who is in a group; what the group may do is judged for itself",
    "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": "removes inline policies that are not declared",
    "hcloud:index/networkSubnet:NetworkSubnet": "a part of a network's address plan",
    "hcloud:index/placementGroup:PlacementGroup": "spreads servers over machines",
    "hcloud:index/rdns:Rdns": "the reverse name of an address",
    "hcloud:index/serverNetwork:ServerNetwork": "an address inside a private network",
}
