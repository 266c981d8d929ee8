"""Whoever may do something may do that, and not everything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline import graph
from baseline.estate import Estate
from baseline.estate.aws.policies import everywhere, is_root
from baseline.estate.nouns import Grant
from baseline.graph import Resource
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Grant,
    clauses=("5.1/4", "5.4.1 3)"),
    remedy="List the actions that the work needs, and the resources that it is about.",
    applies=lambda grant: grant.allows,
)
def wildcard_grant(grant: Grant, _: Estate) -> Iterator[Problem]:
    """A statement grants everything, or everything of a service.

    `s3:*` on all buckets is every bucket to come, their policies and their deletion included; all but some actions
    (`NotAction`) is nearly everything. In the policy of a resource the resource is already named, so the action alone
    decides. `kms:*` for the account itself in a key's policy only says that the account's own policies decide.
    """
    whole = [action for action in grant.actions if _whole(action)]
    if grant.not_actions:
        whole.append(f"all but {', '.join(grant.not_actions)}")
    if not whole:
        return
    if grant.kind == "identity" and not any(map(everywhere, grant.resources)):
        return
    if grant.principals and all(is_root(principal, grant.owner) for principal in grant.principals):
        return
    to = f" to {', '.join(grant.principals)}" if grant.principals else ""
    yield Problem(f"{grant.label} grants {', '.join(whole)}{to}")


def _whole(action: str) -> bool:
    """Whether a pattern is a service or more: `*`, `s3:*`, `s3:?*`."""
    letters = set(action.partition(":")[2] if ":" in action else action)
    return "*" in letters and letters <= {"*", "?"}


def _statement(action: Any, resources: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resources, **more}


def _inline(*statements: dict[str, Any]) -> Resource:
    return resource("aws:iam/rolePolicy:RolePolicy", "work", role="host", policy=json.dumps({"Statement": statements}))


def _key(principal: str, action: str = "kms:*") -> Resource:
    statement = _statement(action, Principal={"AWS": principal})
    return resource("aws:kms/key:Key", "disks", policy=json.dumps({"Statement": [statement]}))


_MANAGED = resource("aws:iam/policy:Policy", "most", policy=json.dumps({"Statement": [_statement(["ec2:*", "kms:*"])]}))
_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"

EXAMPLES = (
    example(
        "named actions, and some by their beginning", aws_provider(), _inline(_statement(["s3:Get*", "ec2:Describe*"]))
    ),
    example("one bucket", aws_provider(), _inline(_statement("s3:*", "arn:aws:s3:::files/*"))),
    example("everything", aws_provider(), _inline(_statement("*")), fails("work", "policy.Statement.0")),
    example(
        "everything of one service, written oddly",
        aws_provider(),
        _inline(_statement("ec2:Describe*"), _statement(["s3:?*"], ["arn:aws:s3:::*"])),
        fails("work", "policy.Statement.1"),
    ),
    example(
        "everything of one service, on all that it has of one type",
        aws_provider(),
        _inline(_statement("kms:*", "arn:aws:kms:*:123456789012:key/*")),
        fails("work", "policy.Statement.0"),
    ),
    example(
        "one table and what belongs to it",
        aws_provider(),
        _inline(_statement("dynamodb:*", "arn:aws:dynamodb:eu-central-1:123456789012:table/orders/*")),
    ),
    example(
        "all but one resource",
        aws_provider(),
        _inline({"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::files"}),
        fails("work", "policy.Statement.0"),
    ),
    example(
        "all but some actions",
        aws_provider(),
        _inline({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}),
        fails("work", "policy.Statement.0"),
    ),
    example(
        "a boundary grants nothing",
        aws_provider(),
        _MANAGED,
        resource("aws:iam/role:Role", "host", permissionsBoundary=ref(_MANAGED), assumeRolePolicy='{"Statement": []}'),
        _inline(_statement("ec2:Describe*")),
    ),
    example(
        "a boundary that is attached as well",
        aws_provider(),
        _MANAGED,
        resource("aws:iam/role:Role", "host", permissionsBoundary=ref(_MANAGED), assumeRolePolicy='{"Statement": []}'),
        resource(_ATTACHMENT, "gives", role="host", policyArn=ref(_MANAGED)),
        fails("most", "policy.Statement.0"),
    ),
    example(
        "a managed policy of AWS",
        aws_provider(),
        resource(_ATTACHMENT, "gives", role="host", policyArn="arn:aws:iam::aws:policy/AdministratorAccess"),
        fails("gives", "policyArn.Statement.0"),
    ),
    example(
        "a managed policy that no table knows",
        aws_provider(),
        resource(_ATTACHMENT, "gives", role="host", policyArn="arn:aws:iam::aws:policy/AmazonLightsailNews"),
        unknown("gives", "policyArn"),
    ),
    example("a key that its account administers", aws_provider(), _key("arn:aws:iam::123456789012:root")),
    example(
        "a key that another account administers",
        aws_provider(),
        _key("arn:aws:iam::210987654321:root"),
        fails("disks", "policy.Statement.0"),
    ),
    example(
        "a document known only after deployment",
        aws_provider(),
        resource("aws:iam/rolePolicy:RolePolicy", "work", role="host", policy=graph.UNKNOWN),
        unknown("work", "policy"),
    ),
)
