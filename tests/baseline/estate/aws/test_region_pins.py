"""Region pins: what our own documents let through, and what allowances and denials make of each other."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baseline.estate.aws.policies import statements
from baseline.estate.aws.region_pins import Pin, evaluate
from infra.aws.organization_pin import service_control_policy
from infra.aws.region_pin import RegionPinArgs, boundary

ARGS = RegionPinArgs(account="111122223333", regions=("us-east-1", "us-west-2"))
REGIONS = frozenset(ARGS.regions)


@pytest.mark.parametrize(("kind", "document"), [("boundary", boundary(ARGS)), ("scp", service_control_policy(ARGS))])
def test_our_own_pins_have_no_hole(kind: str, document: str) -> None:
    """The boundary of roles and the fence of the organization hold everything in the declared regions."""
    assert evaluate(kind, statements(document)) == Pin(REGIONS, (), ())


def _evaluated(kind: str, *items: dict[str, Any]) -> Pin | None:
    return evaluate(kind, statements(json.dumps({"Statement": items})))


def _outside(*regions: str, operator: str = "StringNotEquals", **what: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Resource": "*", "Condition": {operator: {"aws:RequestedRegion": regions}}, **what}


def test_denying_some_regions_by_name_is_no_pin() -> None:
    """All other regions stay open, also those that AWS opens tomorrow."""
    assert _evaluated("scp", _outside("us-east-1", operator="StringEquals", Action="*")) is None


def test_a_boundary_that_allows_only_in_a_region_is_a_pin() -> None:
    """Nothing has to be denied that no statement allows."""
    allowed = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    inside = {**allowed, "Condition": {"StringEquals": {"AWS:requestedregion": "eu-central-1"}}}
    assert _evaluated("boundary", inside) == Pin(frozenset({"eu-central-1"}), (), ())
    assert _evaluated("boundary", inside, allowed) is None
    anywhere = {**allowed, "Action": ["iam:GetUser", "kms:*"]}
    assert _evaluated("boundary", inside, anywhere) == Pin(frozenset({"eu-central-1"}), ("kms:*",), ())


def test_a_closure_that_can_be_escaped_closes_nothing() -> None:
    """An exemption stays a hole where the statement that refuses it holds only for some."""
    exempt = _outside("eu-central-1", NotAction=["iam:*", "kms:*"])
    unless_mfa = {"Bool": {"aws:MultiFactorAuthPresent": "false"}}
    refused = {"Effect": "Deny", "Action": "kms:*", "Resource": "*"}
    assert _evaluated("scp", exempt, {**refused, "Condition": unless_mfa}) == Pin(
        frozenset({"eu-central-1"}), ("kms:*",), ()
    )
    assert _evaluated("scp", exempt, refused) == Pin(frozenset({"eu-central-1"}), (), ())


def test_an_escape_counts_only_where_it_lets_something_through() -> None:
    """A second denial without the exception makes the exception of the first harmless."""
    but_admins = _outside("eu-central-1", Action="*")
    but_admins["Condition"]["ArnNotLike"] = {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}
    loose = _evaluated("scp", but_admins)
    assert loose is not None
    assert loose.conditional == ("ArnNotLike aws:PrincipalArn arn:aws:iam::*:role/admin",)
    assert _evaluated("scp", but_admins, _outside("eu-central-1", Action="*")) == Pin(
        frozenset({"eu-central-1"}), (), ()
    )


def test_a_denial_of_some_resources_only_is_an_escape() -> None:
    """Who pins one bucket pins nothing else."""
    one_bucket = _outside("eu-central-1", Action="*", Resource="arn:aws:s3:::files")
    found = _evaluated("scp", one_bucket)
    assert found is not None
    assert found.conditional == ("resources other than arn:aws:s3:::files",)
