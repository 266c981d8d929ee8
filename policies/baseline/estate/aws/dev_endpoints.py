"""Development endpoints of Glue: machines that one logs in to by SSH, on the internet unless they lie in a network.

Source: Glue Developer Guide, "Development endpoints" (a public address outside a VPC), as of 2026-11-26.
"""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.aws.inputs import scalars_at
from baseline.estate.aws.open_ends import admit_everyone
from baseline.estate.builder import Builder, undecided
from baseline.estate.nouns import PublicAddress
from baseline.estate.ports import Ports

ENDPOINT: Final = "aws:glue/devEndpoint:DevEndpoint"
_SSH: Final = Ports(22, 22)


def read(builder: Builder) -> None:
    """The address of each outside a network, and port 22 for everyone where it knows a key."""
    for endpoint in builder.of(ENDPOINT):
        subnet = endpoint.inputs.get("subnetId")
        if subnet is not None and (not undecided(subnet) or builder.referred(subnet)):
            continue
        outside: Any = True if subnet is None else subnet
        serves = outside if undecided(outside) else "host"
        builder.add(
            PublicAddress(origin=endpoint, path="subnetId", provider="aws", serves=serves, host=None, replaceable=False)
        )
        keys = [key for path in ("publicKey", "publicKeys") for key in scalars_at(endpoint, path)]
        for at, key in keys:
            admit_everyone(builder, endpoint, at, _SSH, certain=key if undecided(key) else outside)
