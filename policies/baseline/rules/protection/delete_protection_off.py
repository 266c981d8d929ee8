"""What the provider itself lets anyone delete."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.facts.protections import GUARDS
from baseline.graph import UNKNOWN, Ref, Resource, Undecidable, Undecided
from baseline.rule import Problem, example, fails, resource, rule, unknown


@rule(
    Resource,
    clauses=("5.1/3",),
    remedy="Set the input that the finding names to the value that it names.",
    applies=lambda item: item.type in GUARDS,
)
def delete_protection_off(item: Resource, _: Estate) -> Iterator[Problem]:
    """The provider's own protection against deletion is off.

    Pulumi's `protect` stops only Pulumi. A click in the console, a script with a token, or another tool passes
    it by; what the provider guards has to be unlocked first. Each type calls it by another name, and most are
    off by default.
    """
    doubts = []
    for guard in GUARDS[item.type]:
        guarded = guard.holds(item)
        if isinstance(guarded, Undecidable | Ref):
            doubts.append(guard.path)
        elif not guarded:
            value = item.at(guard.path)
            said = "is not set" if value is None else f"is {value}"
            yield Problem(f"{guard.path} of {item.name} {said}, wanted {guard.wanted}", path=guard.path)
    for path in doubts:
        raise Undecided("unknown", path, f"{path} of {item.name} is known only after deployment")


EXAMPLES = (
    example(
        "guarded by the provider",
        resource("hcloud:index/server:Server", "web", deleteProtection=True),
        resource("aws:ec2/instance:Instance", "app", disableApiTermination=True),
        resource("aws:rds/instance:Instance", "orders", deletionProtection="true"),
        resource("aws:s3/bucket:Bucket", "files", forceDestroy="false"),
    ),
    example(
        "off, or never switched on",
        resource("hcloud:index/volume:Volume", "data", deleteProtection=False),
        resource("hcloud:index/storageBox:StorageBox", "box"),
        resource("aws:lb/loadBalancer:LoadBalancer", "edge"),
        resource("aws:s3/bucket:Bucket", "files", forceDestroy=True),
        resource("aws:rds/instance:Instance", "orders", deletionProtection=True, skipFinalSnapshot=True),
        fails("data", "deleteProtection"),
        fails("box", "deleteProtection"),
        fails("edge", "enableDeletionProtection"),
        fails("files", "forceDestroy"),
        fails("orders", "skipFinalSnapshot"),
    ),
    example(
        "what deployment decides",
        resource("hcloud:index/network:Network", "net", deleteProtection=UNKNOWN),
        resource("aws:dynamodb/table:Table", "carts", deletionProtectionEnabled=UNKNOWN),
        unknown("net", "deleteProtection"),
        unknown("carts", "deletionProtectionEnabled"),
    ),
)
