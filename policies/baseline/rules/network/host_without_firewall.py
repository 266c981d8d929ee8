"""Whether anything filters what reaches a host."""

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
    remedy="Name a firewall in the server's `firewallIds`; it binds before the first boot.",
    applies=lambda host: host.firewall != "private",
)
def host_without_firewall(host: Host, _: Estate) -> Iterator[Problem]:
    """A host has no firewall.

    A Hetzner server without a firewall has every port open to the internet, over IPv4 and IPv6 alike. A firewall
    that only might be bound, by a selector that perhaps matches or to one of several servers, is no protection. A
    server without a public interface takes no firewall, and an AWS interface has always at least its default group.
    """
    if host.firewall == "none":
        families = [name for name, on in (("IPv4", host.public_ipv4), ("IPv6", host.public_ipv6)) if on]
        yield Problem(f"{host.label} has a public {' and '.join(families)} address and no firewall")


_FIREWALL = resource("hcloud:index/firewall:Firewall", "firewall")


def _server(name: str = "app", **inputs: Any) -> Resource:
    return resource("hcloud:index/server:Server", name, labels={"role": "app"}, **inputs)


def _attached(**inputs: Any) -> Resource:
    return resource(
        "hcloud:index/firewallAttachment:FirewallAttachment", "attached", firewallId=ref(_FIREWALL), **inputs
    )


_PRIVATE = [{"ipv4Enabled": False, "ipv6Enabled": False}]
_PRIMARY = resource("hcloud:index/primaryIp:PrimaryIp", "address", type="ipv4", assigneeId=ref(_server()))

EXAMPLES = (
    example("Hetzner, bound at birth", _FIREWALL, _server(firewallIds=[ref(_FIREWALL)])),
    example("Hetzner, bound later", _FIREWALL, _server(), _attached(serverIds=[ref(_server())])),
    example("Hetzner, none", _FIREWALL, _server(), fails("app")),
    example(
        "Hetzner, no interface by itself, but a reserved address", _server(publicNets=_PRIVATE), _PRIMARY, fails("app")
    ),
    example(
        "Hetzner, a selector for others, beside a server without public interface",
        _FIREWALL,
        _server(),
        _server("inner", publicNets=_PRIVATE),
        _attached(labelSelectors=["role==database", "role,!role"]),
        fails("app"),
    ),
    example(
        "Hetzner, one of two servers",
        _FIREWALL,
        _server(),
        _server("other", firewallIds=[ref(_FIREWALL)]),
        _attached(serverIds=[ref(_server(), _server("other"))]),
        unknown("app"),
    ),
    example(
        "Hetzner, a selector of which nobody knows whether it matches",
        _FIREWALL,
        _server(),
        _attached(labelSelectors=["tier!=old"]),
        unknown("app"),
    ),
    example(
        "Hetzner, switches spelled as text",
        _server("inner", publicNets=[{"ipv4Enabled": "false", "ipv6Enabled": "false"}]),
        _server(publicNets=[{"ipv4Enabled": "true", "ipv6Enabled": "false"}]),
        fails("app"),
    ),
    example(
        "Hetzner, an address that may be any server's",
        _server(publicNets=_PRIVATE),
        resource("hcloud:index/primaryIp:PrimaryIp", "address", type="ipv4", assigneeId=UNKNOWN),
        unknown("app"),
    ),
    example("Hetzner, perhaps without public interface", _server(publicNets=UNKNOWN), unknown("app")),
    example("AWS, a group", resource("aws:ec2/instance:Instance", "app", vpcSecurityGroupIds=["sg-1"])),
)
