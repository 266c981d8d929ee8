"""The private network of an environment, and a public and a private subnet for each place."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_hcloud as hcloud

from infra.address_plan import AddressPlan
from infra.hetzner.catalogue import LOCATIONS
from infra.hetzner.labels import labels


@dataclass(frozen=True, kw_only=True)
class NetworkArgs:
    """Where everything lies. ValueError for a place that is no location of Hetzner."""

    environment: str
    plan: AddressPlan

    def __post_init__(self) -> None:
        strange = [place for place in self.plan.places if place not in LOCATIONS]
        if strange:
            raise ValueError(f"locations {', '.join(strange)}: wanted some of {', '.join(sorted(LOCATIONS))}")


class Network(pulumi.ComponentResource):
    """A network and its subnets; `public` and `private` hold the subnet of each place.

    Hetzner isolates a network but neither encrypts nor filters it: hosts do both. A subnet belongs to the network
    zone of its place, which may span countries; what is attached to it says its own location.
    """

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:hetzner:Network", name, None, opts)
        network = hcloud.Network(
            name,
            ip_range=str(args.plan.network),
            delete_protection=True,
            expose_routes_to_vswitch=False,
            labels=labels(args.environment),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.network_id = network.id.apply(int)
        self.public = {
            place: self._subnet(f"{name}-public-{place}", place, str(args.plan.public(place)))
            for place in args.plan.places
        }
        self.private = {
            place: self._subnet(f"{name}-private-{place}", place, str(args.plan.private(place)))
            for place in args.plan.places
        }
        self.register_outputs({"network_id": self.network_id})

    def _subnet(self, name: str, place: str, ip_range: str) -> hcloud.NetworkSubnet:
        return hcloud.NetworkSubnet(
            name,
            network_id=self.network_id,
            type="cloud",
            network_zone=LOCATIONS[place],
            ip_range=ip_range,
            # Two subnets cannot hold one range, so a replacement could never be made first.
            opts=pulumi.ResourceOptions(parent=self, protect=True, delete_before_replace=True),
        )
