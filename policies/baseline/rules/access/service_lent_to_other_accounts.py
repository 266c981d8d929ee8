"""A service of AWS that we let in works for us only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline import graph
from baseline.estate import Estate
from baseline.estate.aws.callers import names_an_owner, pins_the_caller
from baseline.estate.aws.policies import Condition
from baseline.estate.facts.lent_services import OWN_PATH, WRITES_BY_ACCOUNT, is_service
from baseline.estate.nouns import Grant
from baseline.graph import Resource
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Grant,
    level="warning",
    clauses=("5.1", "5.1/4"),
    remedy="Say on whose behalf the service may come: `aws:SourceAccount`, `aws:SourceArn` with its account, or "
    "`aws:SourceOrgID`; in the policy of a key also `kms:EncryptionContext:...` with an ARN of the account, which "
    "is the only one that EventBridge's messages to an encrypted topic carry.",
    applies=lambda grant: grant.kind in ("resource", "key") and grant.allows and any(map(is_service, grant.principals)),
)
def service_lent_to_other_accounts(grant: Grant, _: Estate) -> Iterator[Problem]:
    """A service may come on behalf of any account.

    `events.amazonaws.com` is one and the same for all accounts: where only the service is named, a rule, trail or
    bucket of another account drives ours through it (the confused deputy). It is good practice and no broken promise,
    as what the service does is all that a stranger can have it do. Roles are left out, for only their own account can
    hand them to a service. Where a load balancer's logs go, the path names the account.
    """
    lent = [name for name in grant.principals if is_service(name) and not _says_by_path(name, grant)]
    if not lent or any(_names_whose(Condition(*test)) for test in grant.conditions):
        return
    actions = ", ".join(grant.actions) or f"all but {', '.join(grant.not_actions)}"
    yield Problem(f"{grant.label} lets {', '.join(lent)} do {actions} on behalf of any account")


def _names_whose(test: Condition) -> bool:
    context = test.key.lower().startswith("kms:encryptioncontext:")
    return names_an_owner(test) if context else pins_the_caller(test)


def _says_by_path(service: str, grant: Grant) -> bool:
    return service == WRITES_BY_ACCOUNT and all(OWN_PATH.search(item) for item in grant.resources)


_TOPIC = "arn:aws:sns:eu-central-1:123456789012:findings"


def _policy(type_: str, service: Any, action: Any, on: str = "*", **when: Any) -> Resource:
    statement = {"Effect": "Allow", "Action": action, "Resource": on, "Principal": {"Service": service}}
    document = json.dumps({"Statement": [statement | ({"Condition": when} if when else {})]})
    return resource(type_, "shared", policy=document)


def _topic(service: Any = "events.amazonaws.com", **when: Any) -> Resource:
    return _policy("aws:sns/topicPolicy:TopicPolicy", service, "sns:Publish", _TOPIC, **when)


def _key(service: str = "events.amazonaws.com", **when: Any) -> Resource:
    return _policy("aws:kms/key:Key", service, ["kms:Decrypt", "kms:GenerateDataKey"], **when)


def _logs(path: str) -> Resource:
    return _policy("aws:s3/bucketPolicy:BucketPolicy", WRITES_BY_ACCOUNT, "s3:PutObject", f"arn:aws:s3:::logs/{path}")


def _function(**inputs: Any) -> Resource:
    action = "lambda:InvokeFunction"
    return resource("aws:lambda/permission:Permission", "calls", action=action, function="f", **inputs)


_LENT = fails("shared", "policy.Statement.0")

EXAMPLES = (
    example("rules of one account", aws_provider(), _topic(StringEquals={"aws:SourceAccount": "123456789012"})),
    example(
        "one rule",
        aws_provider(),
        _topic(ArnEquals={"aws:SourceArn": "arn:aws:events:eu-central-1:123456789012:rule/x"}),
    ),
    example("accounts of one organization", aws_provider(), _topic(StringEquals={"aws:SourceOrgID": "o-abcdefghij"})),
    example("rules of any account", aws_provider(), _topic(), _LENT),
    example("one service of several", aws_provider(), _topic(["cloudwatch.amazonaws.com", "s3.amazonaws.com"]), _LENT),
    example(
        "a rule of that name in any account",
        aws_provider(),
        _topic(ArnLike={"aws:SourceArn": "arn:aws:events:eu-central-1:*:rule/x"}),
        _LENT,
    ),
    example(
        "an account asked for only where one is named",
        aws_provider(),
        _topic(StringEqualsIfExists={"aws:SourceAccount": "123456789012"}),
        _LENT,
    ),
    example(
        "a key for messages to topics of one account",
        aws_provider(),
        _key(ArnLike={"kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:eu-central-1:123456789012:*"}),
    ),
    example(
        "a key for messages to topics of any account",
        aws_provider(),
        _key(ArnLike={"kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:eu-central-1:*:*"}),
        _LENT,
    ),
    example("a key for log groups of any account", aws_provider(), _key("logs.eu-central-1.amazonaws.com"), _LENT),
    example("logs of balancers of one account", aws_provider(), _logs("AWSLogs/123456789012/*")),
    example("logs of balancers of any account", aws_provider(), _logs("AWSLogs/*"), _LENT),
    example(
        "a trail of any account, which may choose a path that looks like ours",
        aws_provider(),
        _policy(
            "aws:s3/bucketPolicy:BucketPolicy",
            "cloudtrail.amazonaws.com",
            "s3:PutObject",
            "arn:aws:s3:::logs/AWSLogs/123456789012/*",
        ),
        _LENT,
    ),
    example(
        "a function for one bucket",
        aws_provider(),
        _function(principal="s3.amazonaws.com", sourceArn="arn:aws:s3:::in"),
    ),
    example(
        "a function for any bucket",
        aws_provider(),
        _function(principal="s3.amazonaws.com"),
        fails("calls", "principal"),
    ),
    example(
        "a function for a bucket known only after deployment",
        aws_provider(),
        _function(principal="s3.amazonaws.com", sourceArn=graph.UNKNOWN),
        unknown("calls", "principal"),
    ),
    example(
        "a document known only after deployment",
        aws_provider(),
        resource("aws:sns/topicPolicy:TopicPolicy", "shared", policy=graph.UNKNOWN),
        unknown("shared", "policy"),
    ),
)
