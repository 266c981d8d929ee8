"""Who may do what on AWS: the roles and users that can act, and every statement of every policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from baseline.estate.aws import guests, permission_sets, permissions, principals, region_pins, webhooks
from baseline.estate.aws.accounts import owner_of
from baseline.estate.aws.documents import OF_ONE_HOLDER, ON_KEYS, ON_RESOURCES, WITHIN_KEYS, WITHIN_RESOURCES
from baseline.estate.aws.inputs import blocks, value_at
from baseline.estate.aws.policies import Statement, statements
from baseline.estate.builder import Builder, undecided
from baseline.estate.facts.managed_policies import ALL_BUT, MANAGED_POLICIES
from baseline.estate.nouns import Grant, Role
from baseline.estate.patterns import any_covers
from baseline.graph import UNKNOWN, Ref, Resource, unknown_because

POLICY = "aws:iam/policy:Policy"


class Document(NamedTuple):
    """A policy document where it stands. `holders` are the principals that it is given to, for an identity policy."""

    origin: Resource
    path: str
    kind: str
    content: Any
    holders: principals.Holders


_ATTACHED_LATER = unknown_because(
    "is known only after deployment: attach a policy of this program, or build the ARN from declared names instead of "
    "outputs"
)
_BOUNDARY_LATER = unknown_because(
    "is known only after deployment: refer to one policy of this program, or build the ARN from declared names "
    "instead of outputs"
)


def read(builder: Builder) -> None:
    """Roles, Grants and RegionPins."""
    known = principals.read(builder)
    boundaries = permission_sets.boundaries(builder)
    for item in known.resources:
        set_apart = item.type == principals.PERMISSION_SET
        builder.add(
            Role(
                origin=item,
                name=item.name,
                boundary=_boundary(builder, boundaries.get(item.urn) if set_apart else _own_boundary(item)),
                break_glass=known.break_glass(builder, principals.Holders((item,))),
            )
        )
    for document in _documents(builder, known):
        _add_grants(builder, known, document)
    for grant in (*permissions.read(builder), *guests.read(builder), *webhooks.read(builder)):
        builder.add(grant)
    region_pins.read(builder)


def _own_boundary(principal: Resource) -> Any:
    value = principal.inputs.get("permissionsBoundary")
    return unknown_because("is not known: it is a block of no known shape") if isinstance(value, dict) else value


def _boundary(builder: Builder, value: Any) -> Any:
    policy = builder.the_one(value, POLICY)
    if policy:
        return policy.urn
    return _BOUNDARY_LATER if value is UNKNOWN or isinstance(value, Ref) else value


def _documents(builder: Builder, known: principals.Principals) -> Iterator[Document]:
    nobody = principals.Holders(())
    for kind, table, known_here in (
        ("resource", ON_RESOURCES, True),
        ("resource", WITHIN_RESOURCES, False),
        ("key", ON_KEYS, True),
        ("key", WITHIN_KEYS, False),
    ):
        for type_, path in table.items():
            for origin in builder.of(type_) if known_here else builder.peek(type_):
                content = value_at(origin, path) if "." in path else origin.inputs.get(path)
                if content is not None:
                    yield Document(origin, path, kind, content, nobody)
    for type_, (path, holder) in OF_ONE_HOLDER.items():
        for origin in builder.of(type_):
            named = principals.HOLDERS.get(holder)
            holders = known.named(builder, named, origin.inputs.get(holder)) if named else nobody
            yield Document(origin, path, "identity", origin.inputs.get(path), holders)
    yield from _of_roles(builder)
    yield from _managed(builder, known)


def _of_roles(builder: Builder) -> Iterator[Document]:
    """Who may assume each role, and the policies inside it."""
    for role in builder.of(principals.ROLE):
        holders = principals.Holders((role,))
        yield Document(role, "assumeRolePolicy", "trust", role.inputs.get("assumeRolePolicy"), holders)
        for index, item in enumerate(blocks(role.inputs.get("inlinePolicies"))):
            content = item if undecided(item) else item.get("policy")
            yield Document(role, f"inlinePolicies.{index}.policy", "identity", content, holders)


def _managed(builder: Builder, known: principals.Principals) -> Iterator[Document]:
    """Managed policies of this program, but for those that only bound; and those of others, where they are attached."""
    attached: dict[str, list[principals.Holders]] = {}
    for origin, path, value, holders in known.attachments(builder):
        policies = builder.referred(value, POLICY)
        for policy in policies:
            attached.setdefault(policy.urn, []).append(holders)
        if not policies:
            yield Document(origin, path, "identity", _of_others(value), holders)
    for policy in builder.of(POLICY):
        if policy.urn in attached or policy.urn not in known.bounding:
            holders = principals.together(attached.get(policy.urn, []))
            yield Document(policy, "policy", "identity", policy.inputs.get("policy"), holders)


def _of_others(arn: Any) -> Any:
    """What a policy grants that the program attaches but does not hold: a document, or undecided."""
    if undecided(arn) or not isinstance(arn, str):
        return _ATTACHED_LATER
    name = arn.rpartition("/")[2]
    if ":iam::aws:policy/" in arn and name in MANAGED_POLICIES:
        actions = MANAGED_POLICIES[name]
        return {"Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]}
    if ":iam::aws:policy/" in arn and name in ALL_BUT:
        return {"Statement": [{"Effect": "Allow", "NotAction": list(ALL_BUT[name]), "Resource": "*"}]}
    return unknown_because(f"cannot be read: {arn} is neither in this program nor in facts/managed_policies.py")


def _add_grants(builder: Builder, known: principals.Principals, document: Document) -> None:
    common = {
        "origin": document.origin,
        "kind": document.kind,
        "owner": owner_of(builder, document.origin),
        "break_glass": known.break_glass(builder, document.holders),
        "assumed_by": known.assumed_by(document.holders),
    }
    found = statements(document.content)
    if undecided(found):
        blank = dict.fromkeys(
            ("allows", "principals", "actions", "resources", "not_actions", "conditions", "denied"), found
        )
        builder.add(Grant(path=document.path, **common, **blank))
        return
    denied = tuple(action for statement in found for action in _denied(statement))
    for statement in found:
        builder.add(
            Grant(
                path=f"{document.path}.Statement.{statement.position}",
                allows=statement.allows,
                principals=_all_but(statement.principals, statement.not_principals),
                actions=statement.actions,
                resources=_all_but(statement.resources, statement.not_resources),
                not_actions=statement.not_actions,
                conditions=statement.conditions,
                denied=denied,
                **common,
            )
        )


def _all_but(named: Any, excepted: Any) -> Any:
    return ("*",) if undecided(excepted) or excepted else named


def _denied(statement: Statement) -> tuple[str, ...]:
    """The actions that a statement refuses for certain: to everyone, on everything, always."""
    if any(map(undecided, statement)) or statement.allows or statement.conditions or statement.not_principals:
        return ()
    everyone = not statement.principals or "*" in statement.principals
    return statement.actions if everyone and any_covers(statement.resources, "*") else ()
