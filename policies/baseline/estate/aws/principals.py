"""Roles, users and groups of IAM, and which policies are given to them, in all the ways that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from baseline.estate.aws import permission_sets
from baseline.estate.aws.inputs import values_at
from baseline.estate.aws.places import tag
from baseline.estate.aws.policies import statements
from baseline.estate.builder import Builder, undecided
from baseline.graph import Resource, unknown_because

ROLE = "aws:iam/role:Role"
USER = "aws:iam/user:User"
GROUP = "aws:iam/group:Group"
PERMISSION_SET = permission_sets.PERMISSION_SET
POLICY = "aws:iam/policy:Policy"

BREAK_GLASS = "break-glass"  # the tag that a role for emergencies carries, `true`
_GLASS_LATER = unknown_because(
    "is known only after deployment: build the tags and the trust of its role from declared names instead of outputs"
)

# Attachment type -> the policy's input, and the inputs that name who gets it.
ATTACHMENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": ("policyArn", ("group",)),
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": ("policyArns", ("groupName",)),
    "aws:iam/policyAttachment:PolicyAttachment": ("policyArn", ("roles", "users", "groups")),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ("policyArn", ("role",)),
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": ("policyArns", ("roleName",)),
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": ("policyArn", ("user",)),
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": ("policyArns", ("userName",)),
    "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment": (
        f"{permission_sets.BY_NAME}.name",
        ("permissionSetArn",),
    ),
    "aws:ssoadmin/customerManagedPolicyAttachmentsExclusive:CustomerManagedPolicyAttachmentsExclusive": (
        f"{permission_sets.BY_NAME}s.name",
        ("permissionSetArn",),
    ),
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": ("managedPolicyArn", ("permissionSetArn",)),
    "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": (
        "managedPolicyArns",
        ("permissionSetArn",),
    ),
    ROLE: ("managedPolicyArns", ()),
}


HOLDERS: dict[str, str] = {
    **dict.fromkeys(("group", "groupName", "groups"), GROUP),
    "permissionSetArn": PERMISSION_SET,
    **dict.fromkeys(("role", "roleName", "roles"), ROLE),
    **dict.fromkeys(("user", "userName", "users"), USER),
}
"""Input that names who holds a policy -> the type of principal that it means."""


class Holders(NamedTuple):
    """Those who hold a policy; `certain` is False where somebody else may hold it too."""

    resources: tuple[Resource, ...]
    certain: bool = True


def together(several: Sequence[Holders]) -> Holders:
    """All of them; nobody is certain where there are none, as somebody out of sight may hold it."""
    resources = tuple(item for holders in several for item in holders.resources)
    return Holders(resources, bool(resources) and all(holders.certain for holders in several))


class Principals(NamedTuple):
    """The principals of a program. `bounding` are the policies that certainly are somebody's boundary."""

    resources: tuple[Resource, ...]
    by_name: dict[tuple[str, str], Resource]  # by type and name, for a user may be called as a role is
    bounding: frozenset[str]
    trusted: dict[str, tuple[str, ...]]

    def named(self, builder: Builder, type_: str, value: Any) -> Holders:
        """Which principal of a type is meant by a reference or a name."""
        found = self.by_name.get((type_, value)) if isinstance(value, str) else builder.the_one(value, type_)
        return Holders((found,)) if found else Holders((), False)

    def break_glass(self, builder: Builder, holders: Holders) -> Any:
        """Whether only people in emergencies hold something; undecided where a tag or a trust is.

        A role that a service takes on is at work every day, whatever its tag says.
        """
        if not holders.certain or not holders.resources:
            return False
        tags = [tag(builder, item, BREAK_GLASS) for item in holders.resources]
        if any(not undecided(value) and value != "true" for value in tags):
            return False
        trusted = [self.trusted[item.urn] for item in holders.resources if item.urn in self.trusted]
        if any(".amazonaws." in name for names in trusted for name in names):
            return False
        return _GLASS_LATER if any(map(undecided, tags)) or not all(trusted) else True

    def assumed_by(self, holders: Holders) -> tuple[str, ...]:
        """Whom the trust of all holders names; empty where it is not certain, or a holder is a user or a group."""
        if not holders.certain or not all(self.trusted.get(item.urn) for item in holders.resources):
            return ()
        return tuple(sorted({name for item in holders.resources for name in self.trusted[item.urn]}))

    def attachments(self, builder: Builder) -> Iterator[tuple[Resource, str, Any, Holders]]:
        """Each attachment of a managed policy: where it stands, the policy's ARN, and who gets it."""
        for type_, (path, names) in ATTACHMENTS.items():
            for origin in builder.of(type_):
                holders = self._holders(builder, origin, names)
                for at, arn in values_at(origin, path):
                    named = at.startswith(permission_sets.BY_NAME)
                    yield origin, at, permission_sets.by_name(builder, arn) if named else arn, holders

    def _holders(self, builder: Builder, origin: Resource, names: tuple[str, ...]) -> Holders:
        if not names:
            return Holders((origin,))
        found: list[Holders] = []
        for name in names:
            value = origin.inputs.get(name)
            if value is not None:
                items = value if isinstance(value, list | tuple) else (value,)
                found.extend(self.named(builder, HOLDERS[name], item) for item in items)
        return together(found)


def read(builder: Builder) -> Principals:
    """The principals, by reference and by name."""
    resources = tuple(builder.of(ROLE, USER, PERMISSION_SET))
    everyone = (*resources, *builder.of(GROUP))
    boundaries = (builder.the_one(item.inputs.get("permissionsBoundary"), POLICY) for item in resources)
    names = ((item.inputs.get("name"), item) for item in everyone)
    return Principals(
        resources=resources,
        by_name={(item.type, name): item for name, item in names if isinstance(name, str)},
        bounding=frozenset((*(policy.urn for policy in boundaries if policy), *permission_sets.bounding(builder))),
        trusted={item.urn: _trusted(item) for item in builder.of(ROLE)},
    )


def _trusted(role: Resource) -> tuple[str, ...]:
    """Whom a role's trust names, empty where any of it is undecided."""
    found = statements(role.inputs.get("assumeRolePolicy"))
    if undecided(found):
        return ()
    named: list[str] = []
    for statement in found:
        if any(undecided(part) for part in statement) or statement.not_principals:
            return ()
        named.extend(statement.principals if statement.allows else ())
    return tuple(named)
