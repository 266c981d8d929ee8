"""What Pulumi runs: deploys the environment that is named like the stack."""

import pulumi

from stacks.declaration import load
from stacks.program import deploy

for name, value in deploy(load(pulumi.get_stack())).items():
    pulumi.export(name, value)
