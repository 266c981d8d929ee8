"""Accounts and regions: which account a provider means, and what holds in each region where it works."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate import Estate
from baseline.estate.build import build
from baseline.estate.nouns import Account, Region
from baseline.graph import UNKNOWN, Resource, Undecided
from baseline.rule import aws_provider, example, resource

DETECTOR = "aws:guardduty/detector:Detector"


def _estate(*resources: Resource) -> Estate:
    made = example("", *resources)
    return build(made.graph, made.terms)


def _account(**inputs: Any) -> Any:
    (account,) = _estate(aws_provider(**inputs)).all(Account)
    return account.id


def test_the_last_role_of_a_chain_names_the_account_where_nothing_else_does() -> None:
    """The credentials of a role work in the role's account and nowhere else."""
    roles = [{"roleArn": f"arn:aws:iam::{account}:role/deploy"} for account in ("999999999999", "210987654321")]
    assert _account(allowedAccountIds=[], assumeRoles=roles) == "210987654321"


def test_without_any_pin_the_account_is_not_known() -> None:
    """Whoever runs the program decides, by the credentials at hand."""
    with pytest.raises(Undecided):
        _account(allowedAccountIds=[])


def test_each_region_has_its_own_detector() -> None:
    """A detector watches the region that it is in, also where its own `region` says so."""
    estate = _estate(
        aws_provider(),
        aws_provider("eu-west-1", "copies"),
        resource(DETECTOR, "here"),
        resource(DETECTOR, "there", region="eu-north-1"),
    )
    assert {region.location.name: region.detector for region in estate.all(Region)} == {
        "eu-central-1": True,
        "eu-west-1": False,
        "eu-north-1": True,
    }


def test_a_detector_in_an_unknown_region_is_a_doubt_in_every_other() -> None:
    """It may be the one that is missing; where one is certain nobody asks."""
    estate = _estate(
        aws_provider(),
        aws_provider("eu-west-1", "copies"),
        resource(DETECTOR, "here"),
        resource(DETECTOR, "somewhere", region=UNKNOWN),
    )
    here, there, somewhere = estate.all(Region)
    assert here.detector
    with pytest.raises(Undecided):
        bool(there.detector)
    with pytest.raises(Undecided, match="location"):
        bool(somewhere.location)


def test_a_detector_switched_off_is_none() -> None:
    """`enable=False` leaves the resource in place and nobody on watch."""
    (region,) = _estate(aws_provider(), resource(DETECTOR, "here", enable=False)).all(Region)
    assert region.detector is False
