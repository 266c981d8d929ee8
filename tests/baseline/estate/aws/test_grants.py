"""Grants: who holds a policy, in all the ways in which one is given."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baseline.estate.build import build
from baseline.estate.nouns import Grant
from baseline.graph import Resource
from baseline.rule import aws_provider, example, ref, resource

ROLE = "aws:iam/role:Role"
DOCUMENT = json.dumps({"Statement": [{"Effect": "Allow", "Action": "kms:DisableKey", "Resource": "*"}]})
TRUST = json.dumps(
    {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "backup.amazonaws.com"}}]}
)


def _role(name: str, glass: bool) -> Resource:
    tags = {"break-glass": "true"} if glass else {}
    return resource(ROLE, name, name=name, tags=tags, assumeRolePolicy=TRUST)


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
    assert grant.assumed_by == ("backup.amazonaws.com",)


def test_a_policy_within_a_role_is_the_roles() -> None:
    """`inlinePolicies` is the same grant in another place."""
    inline = [{"name": "work", "policy": DOCUMENT}]
    holder = resource(ROLE, "holder", tags={"break-glass": "true"}, assumeRolePolicy=TRUST, inlinePolicies=inline)
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


def test_a_policy_that_nobody_is_seen_to_hold_may_be_held_by_anyone() -> None:
    """Somebody out of sight may attach it."""
    grant = _grant(POLICY)
    assert (grant.break_glass, grant.assumed_by) == (False, ())
