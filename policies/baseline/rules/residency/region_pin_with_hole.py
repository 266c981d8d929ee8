"""A region pin binds everyone and every service that has regions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline import graph
from baseline.estate import Estate
from baseline.estate.nouns import RegionPin
from baseline.graph import Resource
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    RegionPin,
    clauses=("5.2.1",),
    remedy="Exempt nothing but global services (estate/facts/global_services.py), and nobody.",
)
def region_pin_with_hole(pin: RegionPin, _: Estate) -> Iterator[Problem]:
    """A region pin lets something through.

    The published lists exempt kms, acm, sts, wafv2 and config beside what is truly global: each has endpoints in every
    region, and through them keys, certificates, records of a configuration can be put there. A condition beside the
    region, such as an exempt role, is a hole as well: for whoever becomes that role.
    """
    for action in pin.holes:
        what = "every service that it does not name" if action == "*" else action
        yield Problem(f"{pin.kind} {pin.label} lets {what} through in every region")
    for condition in pin.conditional:
        yield Problem(f"{pin.kind} {pin.label} binds only under the condition {condition}")


ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def pin(*statements: dict[str, Any], kind: str = "boundary", most: dict[str, Any] = ALL) -> Resource:
    """A policy of these statements that allows `most` at most."""
    document = json.dumps({"Version": "2012-10-17", "Statement": [most, *statements]})
    if kind == "scp":
        return resource("aws:organizations/policy:Policy", "pin", content=document)
    return resource("aws:iam/policy:Policy", "pin", policy=document)


def deny(when: dict[str, Any] | None = None, **what: Any) -> dict[str, Any]:
    """A denial outside Frankfurt."""
    condition = {"StringNotEquals": {"aws:RequestedRegion": "eu-central-1"}, **(when or {})}
    return {"Effect": "Deny", "Resource": "*", "Condition": condition, **what}


BREAK_GLASS = {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/break-glass"}}
CEILING = {"Effect": "Allow", "Action": ["ec2:*", "s3:*"], "Resource": "*"}

EXAMPLES = (
    example("exempts nothing", aws_provider(), pin(deny(Action="*"))),
    example(
        "exempts what is global", aws_provider(), pin(deny(NotAction=["iam:*", "route53:*", "support:*"]), kind="scp")
    ),
    example(
        "exempts keys, as the published list does",
        aws_provider(),
        pin(deny(NotAction=["iam:*", "kms:*"]), kind="scp"),
        fails("pin", "content"),
    ),
    example(
        "exempts keys by a pattern of letters",
        aws_provider(),
        pin(deny(NotAction=["iam:*", "KM?:*"])),
        fails("pin", "policy"),
    ),
    example(
        "exempts keys, which another statement refuses",
        aws_provider(),
        pin(deny(NotAction=["iam:*", "kms:*"]), deny(Action=["kms:*"])),
    ),
    example(
        "exempts keys, which the boundary never allows", aws_provider(), pin(deny(NotAction=["kms:*"]), most=CEILING)
    ),
    example(
        "pins some services only", aws_provider(), pin(deny(Action=["ec2:*"]), kind="scp"), fails("pin", "content")
    ),
    example("binds all but one role", aws_provider(), pin(deny(BREAK_GLASS, Action="*")), fails("pin", "policy")),
    example(
        "AWS's own services are never bound anyway",
        aws_provider(),
        pin(deny({"Bool": {"aws:PrincipalIsAWSService": "false"}}, Action="*"), kind="scp"),
    ),
    example(
        "a boundary that nobody can read",
        aws_provider(),
        unreadable := resource("aws:iam/policy:Policy", "pin", policy=graph.UNKNOWN),
        resource("aws:iam/role:Role", "host", permissionsBoundary=ref(unreadable)),
        unknown("pin", "policy"),
    ),
)
