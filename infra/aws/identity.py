"""What a host is to AWS: an instance profile that can talk to Session Manager and do nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi_aws import iam

from infra.aws.place import Place
from infra.aws.policy import allow
from infra.aws.role import ServiceRole, ServiceRoleArgs
from infra.aws.session import SESSION_ACTIONS
from infra.host.facts import Role


@dataclass(frozen=True, kw_only=True)
class IdentityArgs:
    """For hosts of which role, and the ARN of the permissions boundary."""

    place: Place
    role: Role
    boundary: pulumi.Input[str]


class Identity(pulumi.ComponentResource):
    """An instance profile and its role."""

    def __init__(self, name: str, args: IdentityArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:Identity", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        here = {"StringEquals": {"aws:RequestedRegion": args.place.region}}
        role = ServiceRole(
            f"{name}-role",
            ServiceRoleArgs(
                place=args.place,
                service="ec2.amazonaws.com",
                description=f"Hosts of role {args.role}: sessions, patches, inventory",
                statements=tuple(
                    allow(service.capitalize(), actions, ["*"], when=here)
                    for service, actions in SESSION_ACTIONS.items()
                ),
                boundary=args.boundary,
                vouched=False,
            ),
            opts=child,
        )
        profile = iam.InstanceProfile(name, name=name, role=role.name, tags={"role": args.role}, opts=child)
        self.profile = profile.name
        self.register_outputs({"profile": profile.name})
