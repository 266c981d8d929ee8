"""Whether anything filters what reaches a host over its private network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Host
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, not_observable, ref, resource, rule, unknown


@rule(
    Host,
    clauses=("5.3.1 1)",),
    remedy="Write an /etc/nftables.conf whose input chains drop by policy in its user data, and enable nftables.",
    applies=lambda host: host.unfiltered,
)
def private_interface_unfiltered(host: Host, _: Estate) -> Iterator[Problem]:
    """A host lets everything in over its private network.

    Hetzner's firewalls see only the public interface, so whoever holds one host of a network reaches every port of all
    others, the database included, unless each drops by itself what nobody allowed.
    """
    if host.config is None or host.config.default_drop is not True:
        yield Problem(f"{host.label} is in a private network, and drops nothing there by itself")


_NETWORK = resource("hcloud:index/network:Network", "network", ipRange="10.0.0.0/16")


def _server(**inputs: Any) -> Resource:
    networks = [{"networkId": ref(_NETWORK), "ip": "10.0.0.3"}]
    return resource("hcloud:index/server:Server", "app", **{"networks": networks, **inputs})


def _document(policy: str) -> str:
    lines = ["table inet filter {", "chain input {", f"type filter hook input priority 0; policy {policy};", "}", "}"]
    content = "".join(f"      {line}\n" for line in lines)
    files = f"write_files:\n  - path: /etc/nftables.conf\n    content: |\n{content}"
    return f"#cloud-config\n{files}runcmd:\n  - systemctl enable --now nftables.service\n"


EXAMPLES = (
    example("Hetzner, dropped by policy", _NETWORK, _server(userData=_document("drop"))),
    example("Hetzner, accepted by policy", _NETWORK, _server(userData=_document("accept")), fails("app")),
    example("Hetzner, a silent document", _NETWORK, _server(userData="#cloud-config\npackages: [nginx]"), fails("app")),
    example("Hetzner, no document", _NETWORK, _server(), fails("app")),
    example("Hetzner, a script", _NETWORK, _server(userData="#!/bin/sh\nnft -f x"), not_observable("app", "userData")),
    example("Hetzner, perhaps in a network", _server(networks=UNKNOWN), unknown("app")),
    example("Hetzner, written by deployment", _NETWORK, _server(userData=UNKNOWN), unknown("app", "userData")),
)
