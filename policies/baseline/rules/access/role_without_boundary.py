"""What a role may do has an upper end that its policies cannot move."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.nouns import Role
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Role,
    clauses=("5.1/2", "5.1/4", "5.4.1 3)"),
    remedy="Set `permissions_boundary` to the policy that denies what no role may do.",
)
def role_without_boundary(role: Role, _: Estate) -> Iterator[Problem]:
    """A role or user has no permissions boundary.

    Policies are added to a role over the years, by people and by services. A boundary is what none of them can pass; it
    also carries the region pin. It grants nothing by itself.
    """
    if not role.boundary:
        yield Problem(f"{role.name} has no permissions boundary", "permissionsBoundary")


_PIN = resource("aws:iam/policy:Policy", "pin", policy='{"Statement": []}')

EXAMPLES = (
    example(
        "bounded by a policy",
        aws_provider(),
        _PIN,
        resource("aws:iam/role:Role", "host", permissionsBoundary=ref(_PIN)),
    ),
    example(
        "bounded by a policy of the organization",
        aws_provider(),
        resource("aws:iam/role:Role", "host", permissionsBoundary="arn:aws:iam::123456789012:policy/fence"),
    ),
    example(
        "a role without one",
        aws_provider(),
        resource("aws:iam/role:Role", "host"),
        fails("host", "permissionsBoundary"),
    ),
    example(
        "a role of which the boundary is empty",
        aws_provider(),
        resource("aws:iam/role:Role", "host", permissionsBoundary=""),
        fails("host", "permissionsBoundary"),
    ),
    example(
        "a user without one",
        aws_provider(),
        resource("aws:iam/user:User", "deploy"),
        fails("deploy", "permissionsBoundary"),
    ),
    example(
        "known only after deployment",
        aws_provider(),
        resource("aws:iam/role:Role", "host", permissionsBoundary=graph.UNKNOWN),
        unknown("host"),
    ),
)
