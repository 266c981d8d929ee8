"""Grants: who holds a policy, in all the ways in which one is given."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest

from baseline.estate.build import build
from baseline.estate.builder import undecided
from baseline.estate.nouns import Grant, RegionPin, Role
from baseline.graph import UNKNOWN, Resource, Undecided
from baseline.rule import aws_provider, example, ref, resource

ROLE = "aws:iam/role:Role"
DOCUMENT = json.dumps({"Statement": [{"Effect": "Allow", "Action": "kms:DisableKey", "Resource": "*"}]})
ALL = {"Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*"}
PEOPLE = json.dumps(
    {
        "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}}
        ]
    }
)
TRUST = json.dumps(
    {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "backup.amazonaws.com"}}]}
)


def _role(name: str, glass: bool) -> Resource:
    tags = {"break-glass": "true"} if glass else {}
    return resource(ROLE, name, name=name, tags=tags, assumeRolePolicy=PEOPLE)


EMERGENCY, DAILY = _role("emergency", True), _role("daily", False)
POLICY = resource("aws:iam/policy:Policy", "policy", policy=DOCUMENT)


def _grant(*resources: Resource) -> Any:
    """The one grant that is no trust."""
    made = example("", aws_provider(), EMERGENCY, DAILY, *resources)
    (grant,) = (grant for grant in build(made.graph, made.terms).all(Grant) if grant.kind == "identity")
    return grant


def _attachment(name: str, **inputs: Any) -> Resource:
    return resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", name, policyArn=ref(POLICY), **inputs)


@pytest.mark.parametrize("holder", [ref(EMERGENCY), "emergency"])
def test_a_role_is_found_by_reference_and_by_name(holder: Any) -> None:
    """An inline policy says its role in either way; both say who may assume it."""
    grant = _grant(resource("aws:iam/rolePolicy:RolePolicy", "inline", role=holder, policy=DOCUMENT))
    assert grant.break_glass is True
    assert grant.assumed_by == ("arn:aws:iam::123456789012:root",)


def test_a_policy_within_a_role_is_the_roles() -> None:
    """`inlinePolicies` is the same grant in another place."""
    inline = [{"name": "work", "policy": DOCUMENT}]
    holder = resource(ROLE, "holder", tags={"break-glass": "true"}, assumeRolePolicy=PEOPLE, inlinePolicies=inline)
    grant = _grant(holder)
    assert (grant.path, grant.break_glass) == ("inlinePolicies.0.policy.Statement.0", True)


def test_a_policy_is_for_emergencies_only_if_all_its_holders_are() -> None:
    """One attachment to a daily role is enough to make it a daily grant."""
    first = _attachment("first", role=ref(EMERGENCY))
    assert _grant(POLICY, first).break_glass is True
    assert _grant(POLICY, first, _attachment("second", role=ref(DAILY))).break_glass is False


def test_a_reference_to_one_of_two_roles_protects_nothing() -> None:
    """Whoever of the two it is, the other may be the one with the tag."""
    assert _grant(POLICY, _attachment("either", role=ref(EMERGENCY, DAILY))).break_glass is False


def test_a_name_means_the_type_that_the_input_says() -> None:
    """A user for emergencies does not cover a role of the same name."""
    user = resource("aws:iam/user:User", "namesake", name="daily", tags={"break-glass": "true"})
    assert (
        _grant(user, resource("aws:iam/rolePolicy:RolePolicy", "inline", role="daily", policy=DOCUMENT)).break_glass
        is False
    )


def test_what_a_service_assumes_is_no_emergency() -> None:
    """A tag makes no person of a machine; while nobody knows who may assume a role, nobody knows that it is one."""
    for trust, certain in ((TRUST, True), (UNKNOWN, False)):
        holder = resource(ROLE, "holder", tags={"break-glass": "true"}, assumeRolePolicy=trust)
        inline = resource("aws:iam/rolePolicy:RolePolicy", "inline", role=ref(holder), policy=DOCUMENT)
        answer = _grant(holder, inline).given("break_glass")
        assert answer is False if certain else undecided(answer)


def test_a_refusal_with_exceptions_takes_nothing_back() -> None:
    """`NotPrincipal` in a denial leaves those whom it names."""
    web = {"AWS": "arn:aws:iam::123456789012:role/web"}
    said = {"Action": "kms:DisableKey", "Resource": "*"}
    document = {
        "Statement": [{"Effect": "Allow", "Principal": web, **said}, {"Effect": "Deny", "NotPrincipal": web, **said}]
    }
    made = example("", aws_provider(), resource("aws:kms/key:Key", "disks", policy=document))
    assert {grant.denied for grant in build(made.graph, made.terms).all(Grant)} == {()}


def test_a_policy_that_nobody_is_seen_to_hold_may_be_held_by_anyone() -> None:
    """Somebody out of sight may attach it."""
    grant = _grant(POLICY)
    assert (grant.break_glass, grant.assumed_by) == (False, ())


@pytest.mark.parametrize(
    ("noun", "what"),
    [
        (Grant, resource("aws:iam/rolePolicy:RolePolicy", "it", role=ref(DAILY), policy=UNKNOWN)),
        (Grant, resource("aws:iam/rolePolicy:RolePolicy", "it", role=ref(DAILY), policy=ref(POLICY))),
        (Grant, resource("aws:sns/topicPolicy:TopicPolicy", "it", policy={"Statement": [UNKNOWN]})),
        (
            Grant,
            resource("aws:sns/topicPolicy:TopicPolicy", "it", policy={"Statement": {"Effect": UNKNOWN, "Action": "*"}}),
        ),
        (Grant, resource("aws:lambda/permission:Permission", "it", principal=UNKNOWN, action="lambda:InvokeFunction")),
        (Grant, resource("aws:lambda/permission:Permission", "it", principal="*", sourceArn=UNKNOWN)),
        (Role, resource(ROLE, "it", tags={}, assumeRolePolicy=PEOPLE, permissionsBoundary=UNKNOWN)),
        (RegionPin, resource("aws:organizations/policy:Policy", "it", content=UNKNOWN)),
    ],
)
def test_what_only_deployment_knows_says_what_to_do(noun: Any, what: Resource) -> None:
    """Whoever reads that nobody knows what a policy says reads how it becomes known, too."""
    made = example("", aws_provider(), what)
    found: list[Any] = [item for item in build(made.graph, made.terms).all(noun) if item.label == "it"]
    doubts = {doubt for item in found for doubt in _doubts(item)}
    assert doubts
    assert not {doubt for doubt in doubts if not doubt.endswith("from declared names instead of outputs")}


def test_an_account_that_nobody_pinned_says_what_to_do() -> None:
    """Whose a resource is decides what its root is: the provider has to say it."""
    made = example("", aws_provider(allowedAccountIds=None), resource("aws:kms/key:Key", "it", policy=DOCUMENT))
    (grant,) = build(made.graph, made.terms).all(Grant)
    assert _doubts(grant) == ["owner is not known: pin the provider to its account by allowed_account_ids"]


def _doubts(noun: Any) -> list[str]:
    """What each undecided field of a noun says of itself."""
    said = []
    for field in fields(noun):
        try:
            getattr(noun, field.name)
        except Undecided as undecided:
            said.append(undecided.reason)
    return said
