"""What is ours is for those whom we name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline import graph
from baseline.estate import Estate
from baseline.estate.aws.callers import admits_anyone
from baseline.estate.aws.policies import Condition
from baseline.estate.nouns import Grant
from baseline.graph import Resource
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Grant,
    clauses=("5.1", "5.1/4", "5.1/5"),
    remedy="Name the principals, or hold the statement to an account or organization: `aws:PrincipalOrgID`, "
    "`aws:SourceAccount`, `aws:SourceArn` with its account; of a public login ask for the tenant (`sub`).",
    applies=lambda grant: grant.kind != "identity" and grant.allows,
)
def public_resource_policy(grant: Grant, _: Estate) -> Iterator[Problem]:
    """A resource is open to everyone.

    `Principal: *` is anyone with any AWS account, and often anyone at all. A condition helps only if it names who
    calls: TLS does not, nor does `aws:SourceArn` with `*` for the account, nor a test `IfExists`, which holds for
    whoever leaves the key out. A login such as GitHub's is everyone's too, until `sub` says whose workflow may come.
    """
    if not admits_anyone(grant.principals, (Condition(*test) for test in grant.conditions)):
        return
    actions = ", ".join(grant.actions) or f"all but {', '.join(grant.not_actions)}"
    conditions = "; ".join(str(Condition(*test)) for test in grant.conditions)
    yield Problem(f"{grant.label} lets anyone do {actions}" + (f" under {conditions}" if conditions else ""))


def _bucket(principal: Any = "*", **when: Any) -> Resource:
    statement: dict[str, Any] = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::files/*"}
    statement |= {"Principal": principal} | ({"Condition": when} if when else {})
    return resource(
        "aws:s3/bucketPolicy:BucketPolicy", "files", bucket="files", policy=json.dumps({"Statement": statement})
    )


def _workflows(**when: str) -> Resource:
    """A role that GitHub's workflows may become, under a test of their subject."""
    github = "token.actions.githubusercontent.com"
    tests = {operator: {f"{github}:sub": subject} for operator, subject in when.items()}
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": f"arn:aws:iam::123456789012:oidc-provider/{github}"},
        "Condition": {"StringEquals": {f"{github}:aud": "sts.amazonaws.com"}, **tests},
    }
    return resource("aws:iam/role:Role", "deploy", assumeRolePolicy=json.dumps({"Statement": statement}))


_WORKFLOWS = fails("deploy", "assumeRolePolicy.Statement.0")
_OPEN = fails("files", "policy.Statement.0")

EXAMPLES = (
    example("one role", aws_provider(), _bucket({"AWS": "arn:aws:iam::123456789012:role/web"})),
    example("one service", aws_provider(), _bucket({"Service": "cloudtrail.amazonaws.com"})),
    example("anyone", aws_provider(), _bucket(), _OPEN),
    example(
        "anyone, in another form", aws_provider(), _bucket({"AWS": ["arn:aws:iam::123456789012:root", "*"]}), _OPEN
    ),
    example("anyone of the organization", aws_provider(), _bucket(StringEquals={"aws:PrincipalOrgID": "o-abcdefghij"})),
    example("anyone who uses TLS", aws_provider(), _bucket(Bool={"aws:SecureTransport": "true"}), _OPEN),
    example(
        "anyone who does not say whence",
        aws_provider(),
        _bucket(StringEqualsIfExists={"aws:SourceAccount": "123456789012"}),
        _OPEN,
    ),
    example(
        "a source in any account",
        aws_provider(),
        _bucket(ArnLike={"aws:SourceArn": "arn:aws:sns:eu-central-1:*:a"}),
        _OPEN,
    ),
    example(
        "a source in one account", aws_provider(), _bucket(ArnLike={"aws:SourceArn": "arn:aws:sns:*:123456789012:*"})
    ),
    example("half of the internet", aws_provider(), _bucket(IpAddress={"aws:SourceIp": ["0.0.0.0/1"]}), _OPEN),
    example(
        "all but one account",
        aws_provider(),
        resource(
            "aws:sqs/queue:Queue",
            "jobs",
            policy='{"Statement": {"Effect": "Allow", "NotPrincipal": {"AWS": "123456789012"}, "Action": "sqs:*"}}',
        ),
        fails("jobs", "policy.Statement.0"),
    ),
    example(
        "a role that anyone may become",
        aws_provider(),
        resource(
            "aws:iam/role:Role",
            "host",
            assumeRolePolicy='{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}',
        ),
        fails("host", "assumeRolePolicy.Statement.0"),
    ),
    example("a role for the workflows of one organization", aws_provider(), _workflows(StringLike="repo:shop/*")),
    example("a role for every workflow on GitHub", aws_provider(), _workflows(), _WORKFLOWS),
    example(
        "a role for every workflow on GitHub, by a pattern", aws_provider(), _workflows(StringLike="repo:*"), _WORKFLOWS
    ),
    example(
        "files that only the network mounts",
        aws_provider(),
        resource(
            "aws:efs/fileSystemPolicy:FileSystemPolicy",
            "files",
            policy='{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "elasticfilesystem:ClientMount",'
            ' "Condition": {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}}}',
        ),
    ),
    example(
        "a function on an open address",
        aws_provider(),
        resource(
            "aws:lambda/permission:Permission", "url", principal="*", action="lambda:InvokeFunctionUrl", function="f"
        ),
        fails("url", "principal"),
    ),
    example(
        "a document known only after deployment",
        aws_provider(),
        resource("aws:s3/bucketPolicy:BucketPolicy", "files", bucket="files", policy=graph.UNKNOWN),
        unknown("files", "policy"),
    ),
)
