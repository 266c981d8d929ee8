"""Private networks, who is in them, and which of them has a way out."""

from __future__ import annotations

from typing import Any

from baseline.estate.builder import Builder, cidr, items, undecided
from baseline.estate.hetzner.firewalls import SERVER
from baseline.estate.nouns import Network
from baseline.graph import Resource

NETWORK = "hcloud:index/network:Network"
_SUBNET = "hcloud:index/networkSubnet:NetworkSubnet"
_EVERYWHERE = ("0.0.0.0/0", "::/0")


class Networks:
    """The networks of a program. A way out is a default route to one of the network's own servers."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._joined = builder.referring(["hcloud:index/serverNetwork:ServerNetwork"], "serverId", to=[SERVER])
        self._ways_out: dict[str, list[Any]] = {}
        for route in builder.of("hcloud:index/networkRoute:NetworkRoute"):
            network = builder.the_one(route.inputs.get("networkId"), NETWORK)
            if network is not None and route.inputs.get("destination") in _EVERYWHERE:
                self._ways_out.setdefault(network.urn, []).append(route.inputs.get("gateway"))

    def add(self) -> None:
        """Adds the nouns."""
        for network in self._builder.of(NETWORK):
            self._builder.add(
                Network(
                    origin=network,
                    path="ipRange",
                    provider="hetzner",
                    prefix=cidr(network.inputs.get("ipRange")),
                    default_group="none",
                    flow_logs=False,  # the Cloud API keeps no record of flows
                    gateway=network.urn in self._ways_out,
                )
            )

    def joined(self, server: Resource) -> Any:
        """Whether a server is in a private network."""
        networks = server.inputs.get("networks")
        if self._joined.get(server.urn):
            return True
        return networks if undecided(networks) else bool(networks)

    def way_out(self, server: Resource) -> tuple[bool, bool]:
        """Whether a server can go out through a network of its own, and whether it is itself that way out."""
        behind = itself = False
        for entry in self._entries(server):
            for network in self._of(entry):
                gateways = self._ways_out.get(network.urn, ())
                behind = behind or bool(gateways)
                address = entry.get("ip")
                itself = itself or (type(address) is str and address in gateways)
        return behind and not itself, itself

    def _entries(self, server: Resource) -> list[dict[str, Any]]:
        inline = [entry for entry in items(server.inputs.get("networks")) if not undecided(entry)]
        return [*inline, *(joined.inputs for joined in self._joined.get(server.urn, ()))]

    def _of(self, entry: dict[str, Any]) -> list[Resource]:
        found = list(self._builder.referred(entry.get("networkId"), NETWORK))
        for subnet in self._builder.referred(entry.get("subnetId"), _SUBNET):
            found += self._builder.referred(subnet.inputs.get("networkId"), NETWORK)
        return found
