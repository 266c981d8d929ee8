"""The private network at Hetzner."""

from ipaddress import IPv4Network

import pytest

from infra.address_plan import AddressPlan
from infra.hetzner.network import Network, NetworkArgs
from tests.infra.registrations import registered


def plan(*places: str) -> AddressPlan:
    """A plan over some locations."""
    return AddressPlan(network=IPv4Network("10.1.0.0/16"), places=places)


def test_each_location_has_a_public_and_a_private_subnet() -> None:
    """The subnets are those of the address plan, each in the network zone of its own location."""
    found = registered(lambda: Network("network", NetworkArgs(environment="dev", plan=plan("fsn1", "ash"))))
    ranges = {
        name: (one.inputs["ipRange"], one.inputs["networkZone"])
        for (kind, name), one in found.items()
        if kind == "NetworkSubnet"
    }
    assert ranges == {
        "network-public-fsn1": ("10.1.0.0/20", "eu-central"),
        "network-private-fsn1": ("10.1.128.0/20", "eu-central"),
        "network-public-ash": ("10.1.16.0/20", "us-east"),
        "network-private-ash": ("10.1.144.0/20", "us-east"),
    }


def test_nothing_of_a_network_goes_by_mistake() -> None:
    """The network is protected by Pulumi and by Hetzner, and a subnet makes room before its successor is made."""
    found = registered(lambda: Network("network", NetworkArgs(environment="dev", plan=plan("fsn1"))))
    network = found["Network", "network"]
    subnet = found["NetworkSubnet", "network-private-fsn1"]
    assert network.protect
    assert network.inputs["deleteProtection"] is True
    assert subnet.protect
    assert subnet.delete_before_replace
    assert subnet.inputs["networkId"] == "<network>"


def test_a_place_that_hetzner_does_not_have_is_refused() -> None:
    """Hetzner itself would refuse the location only after part of the environment exists."""
    with pytest.raises(ValueError, match="locations us-east-1: wanted some of ash, fsn1, hel1"):
        NetworkArgs(environment="dev", plan=plan("fsn1", "us-east-1"))
