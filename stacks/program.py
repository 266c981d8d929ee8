"""The one place that composes components into an environment."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi.stash import Stash, StashArgs

from stacks.declaration import Declaration
from stacks.environment import Hetzner


def deploy(declaration: Declaration) -> Mapping[str, pulumi.Input[object]]:
    """Register everything that a declaration asks for; what is returned is what the stack exports."""
    # Imported here, because each provider's SDK takes seconds to import and a stack needs one of them.
    if isinstance(declaration.environment.cloud, Hetzner):
        from stacks.on_hetzner import deploy_hetzner

        outputs = deploy_hetzner(declaration)
    else:
        from stacks.on_aws import deploy_aws

        outputs = deploy_aws(declaration)
    state = declaration.environment.state
    # So that whoever judges the stack can judge the place of its state like that of any other store: as an input, for
    # neither a preview nor a policy pack sees what a stack exports.
    declaration.build("state", Stash, "state", StashArgs(input={"backend": state.backend, "secrets": state.secrets}))
    return outputs
