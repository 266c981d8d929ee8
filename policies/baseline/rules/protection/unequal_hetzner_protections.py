"""Two switches that Hetzner takes only together."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.doubt import flag
from baseline.graph import UNKNOWN, Ref, Resource, Undecidable, Undecided
from baseline.rule import Problem, example, fails, resource, rule, unknown

_SWITCHES = ("deleteProtection", "rebuildProtection")


@rule(
    Resource,
    clauses=("5.1/3",),
    remedy="Set `deleteProtection` and `rebuildProtection` of the server to the same value: True.",
    applies=lambda item: item.type == "hcloud:index/server:Server",
)
def unequal_hetzner_protections(server: Resource, _: Estate) -> Iterator[Problem]:
    """A server's delete and rebuild protections differ.

    Hetzner refuses them unless they are equal, and the provider asks only after it has made the server: `up`
    fails with a machine that runs unprotected. A rebuild wipes the disk just as a deletion does. Absent means
    off.
    """
    values = [flag(server.inputs.get(switch), False) for switch in _SWITCHES]
    for switch, value in zip(_SWITCHES, values, strict=True):
        if isinstance(value, Undecidable | Ref):
            raise Undecided("unknown", switch, f"{switch} of {server.name} is known only after deployment")
    if values[0] != values[1]:
        off = _SWITCHES[values.index(False)]
        yield Problem(f"{off} of {server.name} is off while the other protection is on", path=off)


_SERVER = "hcloud:index/server:Server"

EXAMPLES = (
    example("both on", resource(_SERVER, "web", deleteProtection=True, rebuildProtection=True)),
    example("neither, which another rule finds", resource(_SERVER, "web")),
    example(
        "one spelled as text",
        resource(_SERVER, "web", deleteProtection=True, rebuildProtection="false"),
        fails("web", "rebuildProtection"),
    ),
    example("only one", resource(_SERVER, "web", deleteProtection=True), fails("web", "rebuildProtection")),
    example(
        "the other one",
        resource(_SERVER, "web", deleteProtection=False, rebuildProtection=True),
        fails("web", "deleteProtection"),
    ),
    example(
        "one that deployment decides",
        resource(_SERVER, "web", deleteProtection=UNKNOWN, rebuildProtection=True),
        unknown("web", "deleteProtection"),
    ),
)
