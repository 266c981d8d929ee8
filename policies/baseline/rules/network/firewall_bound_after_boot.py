"""Since when a firewall stands before a host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Host
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    Host,
    clauses=("5.3.1 1)",),
    remedy="Name the firewall in the server's `firewallIds`, and drop the attachment or selector that binds it later.",
    applies=lambda host: host.firewall not in ("none", "private"),
)
def firewall_bound_after_boot(host: Host, _: Estate) -> Iterator[Problem]:
    """A firewall is bound to a host only after its first boot.

    A server boots as soon as it exists. An attachment or a label selector takes hold later, and if its deployment
    fails, never; until then all ports are open to the internet. On AWS every interface has its groups from birth.
    """
    if host.firewall == "later":
        yield Problem(f"{host.label} boots before its firewall is bound, open to the internet until then")


_FIREWALL = resource("hcloud:index/firewall:Firewall", "firewall")
_OTHER = resource("hcloud:index/firewall:Firewall", "other")


def _server(**inputs: Any) -> Resource:
    return resource("hcloud:index/server:Server", "app", labels={"role": "app"}, **inputs)


def _attached(**inputs: Any) -> Resource:
    return resource(
        "hcloud:index/firewallAttachment:FirewallAttachment", "attached", firewallId=ref(_FIREWALL), **inputs
    )


_SELECTING = resource(
    "hcloud:index/firewall:Firewall", "selecting", applyTos=[{"labelSelector": "role in (app,database),!old"}]
)

EXAMPLES = (
    example("Hetzner, bound at birth", _FIREWALL, _server(firewallIds=[ref(_FIREWALL)])),
    example(
        "Hetzner, bound at birth and by an attachment",
        _FIREWALL,
        _server(firewallIds=[ref(_FIREWALL)]),
        _attached(serverIds=[ref(_server())]),
    ),
    example("Hetzner, by an attachment", _FIREWALL, _server(), _attached(serverIds=[ref(_server())]), fails("app")),
    example("Hetzner, by a selector", _FIREWALL, _server(), _attached(labelSelectors=["role=app"]), fails("app")),
    example("Hetzner, by the firewall's own selector", _server(), _SELECTING, fails("app")),
    example(
        "Hetzner, by two firewalls, of which nobody can say which is which",
        _FIREWALL,
        _OTHER,
        _server(firewallIds=[ref(_FIREWALL, _OTHER), ref(_FIREWALL, _OTHER)]),
    ),
    example("Hetzner, by what only deployment knows", _server(firewallIds=UNKNOWN), unknown("app")),
    example("AWS, a group from birth", resource("aws:ec2/instance:Instance", "app", vpcSecurityGroupIds=["sg-1"])),
)
