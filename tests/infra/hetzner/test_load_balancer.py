"""The public door at Hetzner."""

from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pytest

from infra.address_plan import AddressPlan
from infra.hetzner.load_balancer import LoadBalancer, LoadBalancerArgs
from infra.hetzner.network import Network, NetworkArgs
from tests.infra.registrations import Registrations, registered

PLAN = AddressPlan(network=IPv4Network("10.1.0.0/16"), places=("fsn1",))


def balancer(**changes: Any) -> Registrations:
    """What a balancer with one target registers."""

    def build() -> None:
        declared: dict[str, Any] = {
            "environment": "dev",
            "size": "lb11",
            "place": "fsn1",
            "address": IPv4Address("10.1.0.8"),
            "network": Network("network", NetworkArgs(environment="dev", plan=PLAN)),
            "targets": {"app-1": 7},
        }
        LoadBalancer("balancer", LoadBalancerArgs(**(declared | changes)))

    return registered(build)


def test_the_door_is_port_443_passed_through() -> None:
    """TLS ends at the host, where versions and suites are declared; the host learns the client's address."""
    found = balancer()
    service = found["LoadBalancerService", "balancer"].inputs
    assert [name for kind, name in found if kind == "LoadBalancerService"] == ["balancer"]
    assert (service["protocol"], service["listenPort"], service["destinationPort"]) == ("tcp", 443, 443)
    assert service["proxyprotocol"] is True
    assert "http" not in service


def test_targets_are_reached_over_the_private_network() -> None:
    """A target waits until the balancer is in the network, and the balancer until its subnet is."""
    found = balancer()
    target = found["LoadBalancerTarget", "balancer-app-1"]
    assert target.inputs["usePrivateIp"] is True
    assert target.inputs["serverId"] == 7
    assert ("LoadBalancerNetwork", "balancer") in target.depends_on
    attached = found["LoadBalancerNetwork", "balancer"]
    assert attached.inputs["ip"] == "10.1.0.8"
    assert ("NetworkSubnet", "network-public-fsn1") in attached.depends_on


def test_a_balancer_stands_in_one_location() -> None:
    """A network zone in its stead might land in another country."""
    found = balancer()["LoadBalancer", "balancer"]
    assert found.inputs["location"] == "fsn1"
    assert "networkZone" not in found.inputs
    assert found.inputs["deleteProtection"] is True
    assert found.protect


def test_every_mistake_of_a_balancer_is_named_at_once() -> None:
    """Type, location and an empty list of targets are refused before anything exists."""
    with pytest.raises(ValueError, match=r"size lb99: .*location eu: .*targets: none"):
        balancer(size="lb99", place="eu", targets={})
