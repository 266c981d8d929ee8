"""A machine and its volumes at Hetzner."""

from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pytest

from infra.address_plan import AddressPlan, Seat
from infra.hetzner.disk import Disk, DiskArgs
from infra.hetzner.host import Host, HostArgs
from infra.hetzner.network import Network, NetworkArgs
from infra.hetzner.spread import Spread, SpreadArgs
from tests.infra.registrations import Registrations, registered

SEAT = Seat(name="database-1", place="fsn1", address=IPv4Address("10.1.128.8"))
PLAN = AddressPlan(network=IPv4Network("10.1.0.0/16"), places=("fsn1", "nbg1"))


def args(network: Network, **changes: Any) -> HostArgs:
    """The arguments of a database host, with changes."""
    declared: dict[str, Any] = {
        "environment": "dev",
        "role": "database",
        "seat": SEAT,
        "size": "cx23",
        "user_data": "#cloud-config\n",
        "network": network,
        "firewall_id": 7,
        "group_id": 8,
    }
    return HostArgs(**(declared | changes))


def host(**changes: Any) -> Registrations:
    """What a host in its network registers."""

    def build() -> None:
        network = Network("network", NetworkArgs(environment="dev", plan=PLAN))
        Host("database-1", args(network, **changes))

    return registered(build)


def test_a_host_has_its_firewall_before_its_first_boot() -> None:
    """Exactly one firewall is named in the server itself, so that there is no moment without it."""
    assert host()["Server", "database-1"].inputs["firewallIds"] == [7]


def test_a_host_says_which_public_addresses_it_has() -> None:
    """Left out, Hetzner would give it one of each family."""
    public = host()["Server", "database-1"].inputs["publicNets"]
    assert public == [{"ipv4Enabled": True, "ipv6Enabled": False}]


def test_a_host_has_its_planned_address_in_the_network() -> None:
    """The private address is static, and the server waits for the subnet that holds it."""
    server = host()["Server", "database-1"]
    assert server.inputs["networks"] == [{"networkId": "<network>", "ip": "10.1.128.8", "aliasIps": []}]
    assert ("NetworkSubnet", "network-private-fsn1") in server.depends_on
    assert server.inputs["location"] == "fsn1"


def test_nothing_of_a_host_goes_by_mistake() -> None:
    """Pulumi protects it, Hetzner protects it twice and equally, and daily images are made."""
    server = host()["Server", "database-1"]
    assert server.protect
    for switch in ("deleteProtection", "rebuildProtection", "backups"):
        assert server.inputs[switch] is True


def test_people_and_configuration_never_replace_a_host() -> None:
    """What would replace the machine is ignored once it exists, and no SSH key is given at all."""
    server = host()["Server", "database-1"]
    assert set(server.ignore_changes) == {"image", "sshKeys", "userData"}
    assert "sshKeys" not in server.inputs


def test_a_host_says_what_it_is_for() -> None:
    """Its labels name the environment and the role."""
    assert host()["Server", "database-1"].inputs["labels"] == {"environment": "dev", "role": "database"}


def test_every_mistake_of_a_host_is_named_at_once() -> None:
    """Type, location and user data are refused here, because Hetzner would refuse them halfway."""
    wrong = {"size": "cx22", "user_data": "x" * 32_769, "seat": Seat(name="app-1", place="x", address=SEAT.address)}
    with pytest.raises(ValueError, match=r"host app-1: size cx22: .*location x: .*cloud-config.*32769 bytes"):
        host(**wrong)


def test_a_volume_outlives_its_host() -> None:
    """It is a resource of its own, protected by Pulumi and by Hetzner, attached without a file system."""
    disk = DiskArgs(environment="dev", role="database", holds="data", gib=100, place="fsn1", server_id=7)
    found = registered(lambda: Disk("database-1-data", disk))
    volume = found["Volume", "database-1-data"]
    assert volume.protect
    assert volume.inputs == {
        "deleteProtection": True,
        "labels": {"environment": "dev", "role": "database", "holds": "data"},
        "location": "fsn1",
        "size": 100,
    }
    attachment = found["VolumeAttachment", "database-1-data"].inputs
    assert attachment == {"automount": False, "serverId": 7, "volumeId": "<database-1-data>"}


def test_a_volume_that_hetzner_does_not_make_is_refused() -> None:
    """Size and location are told at once."""
    with pytest.raises(ValueError, match="logs volume: 9 GiB: wanted 10 to 10240; location eu: wanted one of ash"):
        DiskArgs(environment="dev", role="app", holds="logs", gib=9, place="eu", server_id=7)


def test_hosts_of_a_role_are_spread() -> None:
    """The placement group keeps them on different machines, and takes ten."""
    spread = registered(lambda: Spread("app", SpreadArgs(environment="dev", role="app", count=2)))
    assert spread["PlacementGroup", "app"].inputs["type"] == "spread"
    with pytest.raises(ValueError, match="11 app hosts: a placement group takes 1 to 10"):
        SpreadArgs(environment="dev", role="app", count=11)
