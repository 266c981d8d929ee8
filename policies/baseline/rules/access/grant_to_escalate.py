"""Nobody hands themselves more than they were given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from baseline import graph
from baseline.estate import Estate
from baseline.estate.aws.callers import compares
from baseline.estate.aws.policies import Condition, everywhere, may_be
from baseline.estate.facts.escalating_actions import ESCALATING, escalated_by
from baseline.estate.nouns import Grant
from baseline.estate.patterns import any_covers, covers
from baseline.graph import Resource
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Grant,
    clauses=("5.1/4", "5.4.1 3)"),
    remedy="Name the roles, users or policies that the work is about, or bound what is gained: `iam:PassedToService` "
    "for a role that is passed on, `iam:PermissionsBoundary` or `iam:PolicyARN` for permissions.",
    applies=lambda grant: grant.allows and grant.kind == "identity",
)
def grant_to_escalate(grant: Grant, _: Estate) -> Iterator[Problem]:
    """Somebody may give themselves more than they were given.

    Who may attach a policy to any role, become any role, or pass any role to a machine of theirs may do all that the
    most powerful one may, whatever the list of their own actions says. Scanners that look for `*` among the actions
    miss it, for each of these has a name. A tag of the resource as a condition counts as naming it; a person in an
    emergency (a role tagged `break-glass: true`) may do it.
    """
    gained = [action for action in _granted(grant) if not any_covers(grant.denied, action.lower())]
    if not gained:
        return
    gained = [
        action
        for action in gained
        if any(everywhere(item) and may_be(item, ESCALATING[action].to) for item in grant.resources)
    ]
    if not gained:
        return
    tests = [Condition(*test) for test in grant.conditions]
    gained = [action for action in gained if not _bounded(tests, ESCALATING[action].bounded_by)]
    if gained and not grant.break_glass:
        named = f"{', '.join(gained[:3])}{' and more' if gained[3:] else ''}"
        yield Problem(f"{grant.label} lets its holder gain more than it was given, by {named} on any resource")


def _granted(grant: Grant) -> list[str]:
    if grant.not_actions:
        return [action for action in ESCALATING if not any_covers(grant.not_actions, action.lower())]
    return list(dict.fromkeys(action for pattern in grant.actions for action in escalated_by(pattern)))


_ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


def _bounded(tests: Iterable[Condition], keys: frozenset[str]) -> bool:
    """Whether a test holds the gain to what it names, by one of these keys or by a tag of the resource."""
    return any(
        compares(test)
        and (test.key.lower() in keys or ":resourcetag/" in test.key.lower())
        and not any(_anything(value) for value in test.values)
        for test in tests
    )


def _anything(value: str) -> bool:
    return value[:1] in ("*", "?") or (value[:4] == "arn:" and (everywhere(value) or covers(value, _ADMINISTRATOR)))


def _role(**inputs: Any) -> Resource:
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "123456789012"}}
    return resource("aws:iam/role:Role", "deploy", assumeRolePolicy=json.dumps({"Statement": trust}), **inputs)


def _policy(holder: Resource, action: Any, on: Any = "*", *more: dict[str, Any], **when: Any) -> Resource:
    statement = {"Effect": "Allow", "Action": action, "Resource": on} | ({"Condition": when} if when else {})
    document = json.dumps({"Statement": [statement, *more]})
    return resource("aws:iam/rolePolicy:RolePolicy", "work", role=ref(holder), policy=document)


_DEPLOY = _role()
_EMERGENCY = _role(tags={"break-glass": "true"})
_MAYBE = _role(tags=graph.UNKNOWN)
_GAINS = fails("work", "policy.Statement.0")
_OURS = "arn:aws:iam::123456789012:role/shop-*"
_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"

EXAMPLES = (
    example("what the work needs", aws_provider(), _DEPLOY, _policy(_DEPLOY, ["ec2:RunInstances", "iam:GetRole"])),
    example("passes any role on", aws_provider(), _DEPLOY, _policy(_DEPLOY, "iam:PassRole"), _GAINS),
    example("passes its own roles on", aws_provider(), _DEPLOY, _policy(_DEPLOY, "iam:PassRole", _OURS)),
    example(
        "passes any role on to one service",
        aws_provider(),
        _DEPLOY,
        _policy(_DEPLOY, "iam:PassRole", StringEquals={"iam:PassedToService": "backup.amazonaws.com"}),
    ),
    example(
        "passes any role on to any service",
        aws_provider(),
        _DEPLOY,
        _policy(_DEPLOY, "iam:PassRole", StringLike={"iam:PassedToService": "*.amazonaws.com"}),
        _GAINS,
    ),
    example(
        "passes any role on, a service named only where one is asked for",
        aws_provider(),
        _DEPLOY,
        _policy(_DEPLOY, "iam:PassRole", StringEqualsIfExists={"iam:PassedToService": "backup.amazonaws.com"}),
        _GAINS,
    ),
    example(
        "starts any machine, with its own roles",
        aws_provider(),
        _DEPLOY,
        _policy(_DEPLOY, ["ec2:RunInstances", "iam:PassRole"], [_OURS, "arn:aws:ec2:*:*:instance/*"]),
    ),
    example(
        "becomes any role of the account",
        aws_provider(),
        _DEPLOY,
        _policy(_DEPLOY, "sts:AssumeRole", "arn:aws:iam::123456789012:role/*"),
        _GAINS,
    ),
    example("attaches any policy", aws_provider(), _DEPLOY, _policy(_DEPLOY, "iam:Attach*"), _GAINS),
    example(
        "attaches one policy",
        aws_provider(),
        _DEPLOY,
        _policy(_DEPLOY, "iam:AttachRolePolicy", ArnEquals={"iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
    ),
    example(
        "attaches one policy, which is everything",
        aws_provider(),
        _DEPLOY,
        _policy(_DEPLOY, "iam:AttachRolePolicy", ArnEquals={"iam:PolicyARN": _ADMINISTRATOR}),
        _GAINS,
    ),
    example(
        "writes permissions below a boundary",
        aws_provider(),
        _DEPLOY,
        _policy(
            _DEPLOY,
            ["iam:PutRolePolicy", "iam:AttachRolePolicy"],
            StringEquals={"iam:PermissionsBoundary": "arn:aws:iam::123456789012:policy/fence"},
        ),
    ),
    example(
        "takes the boundary away",
        aws_provider(),
        _DEPLOY,
        _policy(
            _DEPLOY,
            "iam:DeleteRolePermissionsBoundary",
            StringEquals={"iam:PermissionsBoundary": "arn:aws:iam::123456789012:policy/fence"},
        ),
        _GAINS,
    ),
    example(
        "its own keys",
        aws_provider(),
        _DEPLOY,
        _policy(_DEPLOY, "iam:CreateAccessKey", "arn:aws:iam::123456789012:user/${aws:username}"),
    ),
    example("anybody's keys", aws_provider(), _DEPLOY, _policy(_DEPLOY, "iam:CreateAccessKey"), _GAINS),
    example(
        "machines by their tag",
        aws_provider(),
        _DEPLOY,
        _policy(_DEPLOY, "ssm:StartSession", StringEquals={"ssm:resourceTag/role": "app"}),
    ),
    example(
        "a named command on any machine",
        aws_provider(),
        _DEPLOY,
        _policy(
            _DEPLOY,
            "ssm:SendCommand",
            ["arn:aws:ssm:*:*:document/AWS-RunPatchBaseline", "arn:aws:ec2:*:*:instance/*"],
        ),
    ),
    example(
        "grants and takes back",
        aws_provider(),
        _DEPLOY,
        _policy(_DEPLOY, "sts:*", "*", {"Effect": "Deny", "Action": "sts:Assume*", "Resource": "*"}),
    ),
    example(
        "takes back elsewhere only",
        aws_provider(),
        _DEPLOY,
        _policy(_DEPLOY, "sts:*", "*", {"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": _OURS}),
        _GAINS,
    ),
    example(
        "all but some actions",
        aws_provider(),
        _DEPLOY,
        resource(
            "aws:iam/rolePolicy:RolePolicy",
            "work",
            role=ref(_DEPLOY),
            policy='{"Statement": {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}}',
        ),
        _GAINS,
    ),
    example(
        "a managed policy of AWS",
        aws_provider(),
        _DEPLOY,
        resource(_ATTACHMENT, "gives", role=ref(_DEPLOY), policyArn="arn:aws:iam::aws:policy/IAMFullAccess"),
        fails("gives", "policyArn.Statement.0"),
    ),
    example("breaks the glass", aws_provider(), _EMERGENCY, _policy(_EMERGENCY, "iam:PutRolePolicy")),
    example(
        "may break the glass",
        aws_provider(),
        _MAYBE,
        _policy(_MAYBE, "iam:PutRolePolicy"),
        unknown("work", "policy.Statement.0"),
    ),
    example(
        "on resources known only after deployment",
        aws_provider(),
        _DEPLOY,
        resource(
            "aws:iam/policy:Policy",
            "work",
            policy={"Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": graph.UNKNOWN}]},
        ),
        unknown("work", "policy.Statement.0"),
    ),
    example(
        "a document known only after deployment",
        aws_provider(),
        _DEPLOY,
        resource("aws:iam/rolePolicy:RolePolicy", "work", role=ref(_DEPLOY), policy=graph.UNKNOWN),
        unknown("work", "policy"),
    ),
)
