"""What Pulumi runs: deploys the environment that is named like the stack."""

import pulumi

from stacks.declaration import InvalidDeclaration, UnknownStack, load
from stacks.program import deploy

try:
    declaration = load(pulumi.get_stack())
except (InvalidDeclaration, UnknownStack) as refused:
    # What Pulumi prints as it stands, without its own stack trace.
    raise pulumi.RunError(str(refused)) from None

for name, value in deploy(declaration).items():
    pulumi.export(name, value)
