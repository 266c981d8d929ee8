"""A role that one AWS service assumes, under the permissions boundary."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi_aws import iam

from infra.aws.place import Place
from infra.aws.policy import Statement, allow, document


@dataclass(frozen=True, kw_only=True)
class ServiceRoleArgs:
    """Who assumes the role and what it may do; ValueError when it may do nothing or anything.

    `boundary` is the ARN of the permissions boundary. `vouched` says that the service names the account on whose behalf
    it acts, so that no other account can borrow the role (every service of ours but EC2 does).
    """

    place: Place
    service: str
    description: str
    statements: tuple[Statement, ...]
    boundary: pulumi.Input[str]
    vouched: bool = True

    def __post_init__(self) -> None:
        if not self.service.endswith(".amazonaws.com"):
            raise ValueError(f"service {self.service!r}: wanted a service principal, like ec2.amazonaws.com")
        if not self.statements:
            raise ValueError(f"role for {self.service}: no statements, so it would be of no use")
        for statement in self.statements:
            wide = [action for action in statement["Action"] if "*" in action]
            if wide and statement["Effect"] == "Allow":
                raise ValueError(f"role for {self.service}: {', '.join(wide)}: list every action by its name")


class ServiceRole(pulumi.ComponentResource):
    """A role and its one policy, inline so that it lives and dies with the role."""

    def __init__(self, name: str, args: ServiceRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:ServiceRole", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        role = iam.Role(
            name,
            # A name that is made up is another one after an import, and would replace the role and whatever wears it.
            name=name,
            description=args.description,
            assume_role_policy=trust(args),
            permissions_boundary=args.boundary,
            max_session_duration=3600,
            opts=child,
        )
        iam.RolePolicy(
            f"{name}-policy", name=f"{name}-policy", role=role.name, policy=document(*args.statements), opts=child
        )
        self.name = role.name
        self.arn = role.arn
        self.register_outputs({"arn": self.arn})


def trust(args: ServiceRoleArgs) -> str:
    """The document that says who may assume the role."""
    vouched = {"StringEquals": {"aws:SourceAccount": args.place.account}} if args.vouched else None
    return document(allow("Assume", ["sts:AssumeRole"], to={"Service": args.service}, when=vouched))
