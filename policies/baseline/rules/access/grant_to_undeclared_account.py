"""Which other accounts may reach what is ours is declared by auditors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline import graph
from baseline.estate import Estate
from baseline.estate.aws.policies import account_of
from baseline.estate.nouns import Grant
from baseline.graph import Resource
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Grant,
    clauses=("5.1", "5.1/4"),
    remedy="Name principals of the own account, or of one in policies/declared/accounts.toml; let a service of AWS in "
    "by its name (`logs.amazonaws.com`, `logdelivery.elasticloadbalancing.amazonaws.com`), not by an account of AWS.",
    applies=lambda grant: grant.kind != "identity" and grant.allows,
)
def grant_to_undeclared_account(grant: Grant, estate: Estate) -> Iterator[Problem]:
    """Another account, which nobody declared, is let in.

    A key, a bucket or a role that names a foreign account is open to whomever that account's owner lets in, now and
    later, without a word to us; a grant of a key and a share of a snapshot are the same in other words. An external id
    or an organization beside it says how they come, not who they are. Everyone at all is the matter of
    `public_resource_policy`; an identity policy names no one.
    """
    named = {account for account in map(account_of, grant.principals) if account}
    if named and (strangers := sorted(named - {grant.owner, *estate.terms.accounts.values()})):
        actions = ", ".join(grant.actions) or f"all but {', '.join(grant.not_actions)}"
        yield Problem(f"{grant.label} lets account {', '.join(strangers)}, which nobody declared, do {actions}")


_STRANGER = "arn:aws:iam::999999999999:root"
_GRANT = "aws:kms/grant:Grant"


def _document(principal: object, action: str) -> str:
    return json.dumps({"Statement": [{"Effect": "Allow", "Principal": principal, "Action": action}]})


def _key(principal: object) -> Resource:
    return resource("aws:kms/key:Key", "key", policy=_document(principal, "kms:Decrypt"))


def _role(principal: object) -> Resource:
    return resource("aws:iam/role:Role", "role", assumeRolePolicy=_document(principal, "sts:AssumeRole"))


def _lent(who: Any, **more: Any) -> Resource:
    return resource(_GRANT, "lent", keyId="1234", granteePrincipal=who, operations=["Decrypt"], **more)


_OWN = "arn:aws:iam::123456789012:role/web"

EXAMPLES = (
    example(
        "principals of the own account, and a service",
        *(aws_provider(), _key({"AWS": "123456789012"}), _role({"Service": "ec2.amazonaws.com"}), _lent(_OWN)),
    ),
    example(
        "a key, a role and a grant of a key for a stranger",
        *(aws_provider(), _key({"AWS": [_OWN, _STRANGER]}), _role({"AWS": "999999999999"}), _lent(_STRANGER)),
        fails("key", "policy.Statement.0"),
        fails("role", "assumeRolePolicy.Statement.0"),
        fails("lent", "granteePrincipal"),
    ),
    example(
        "a snapshot of a database that a stranger may restore",
        aws_provider(),
        resource("aws:rds/snapshot:Snapshot", "copy", sharedAccounts=["999999999999"]),
        fails("copy", "sharedAccounts.0"),
    ),
    example(
        "an account that only deployment names, and one beside an account that nobody pinned",
        *(aws_provider(allowedAccountIds=graph.UNKNOWN), _lent(graph.UNKNOWN), _role({"AWS": _STRANGER})),
        unknown("lent", "granteePrincipal"),
        unknown("role", "assumeRolePolicy.Statement.0"),
    ),
)
