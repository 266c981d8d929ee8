"""The firewall of a role at Hetzner."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

import pytest

from infra.hetzner import egress
from infra.hetzner.firewall import Firewall, FirewallArgs
from infra.host.facts import Flow, Role
from tests.infra.registrations import registered

ADMIN = (IPv4Network("203.0.113.0/28"), IPv6Network("2001:db8::/48"))


def args(role: Role, **changes: Any) -> FirewallArgs:
    """The arguments of a real environment, with changes."""
    declared: dict[str, Any] = {
        "environment": "dev",
        "role": role,
        "admin_networks": ADMIN,
        "flows": egress.flows(role),
    }
    return FirewallArgs(**(declared | changes))


def rules(args: FirewallArgs, direction: str) -> list[dict[str, Any]]:
    """The registered rules of one direction."""
    registration = registered(lambda: Firewall(args.role, args))["Firewall", args.role]
    return [rule for rule in registration.inputs["rules"] if rule["direction"] == direction]


@pytest.mark.parametrize("role", ["app", "database"])
def test_only_administration_comes_in(role: Role) -> None:
    """Inbound there is one rule, for SSH from the declared networks of both families."""
    assert rules(args(role), "in") == [
        {
            "description": "administration",
            "direction": "in",
            "protocol": "tcp",
            "port": "22",
            "sourceIps": ["203.0.113.0/28", "2001:db8::/48"],
        }
    ]


@pytest.mark.parametrize("role", ["app", "database"])
def test_without_administration_networks_nothing_comes_in(role: Role) -> None:
    """An empty list of networks admits nobody, and what goes out still keeps the rules from being empty."""
    nobody = args(role, admin_networks=())
    assert rules(nobody, "in") == []
    assert rules(nobody, "out")


def test_an_app_host_reaches_anyone_on_443_alone() -> None:
    """Every other port of an app host leads to listed networks."""
    wide = [rule["port"] for rule in rules(args("app"), "out") if "0.0.0.0/0" in rule["destinationIps"]]
    assert wide == ["443"]


def test_both_families_are_as_open() -> None:
    """Where all of IPv4 is named, all of IPv6 is named too, and the reverse."""
    for rule in rules(args("app"), "out"):
        assert ("0.0.0.0/0" in rule["destinationIps"]) == ("::/0" in rule["destinationIps"])


def test_a_database_host_reaches_listed_networks_only() -> None:
    """No destination of a database host is wider than an allocation to somebody, nor private."""
    for rule in rules(args("database"), "out"):
        for text in rule["destinationIps"]:
            network = ip_network(text)
            assert network.prefixlen >= (8 if network.version == 4 else 19)
            assert network.is_global


@pytest.mark.parametrize("network", ["0.0.0.0/0", "0.0.0.0/1", "::/0", "2000::/3"])
def test_a_database_host_that_reaches_anyone_is_refused(network: str) -> None:
    """Half of the internet is as little a list as all of it."""
    anyone = Flow(to=(ip_network(network),), protocol="tcp", port=443, why="anyone")
    with pytest.raises(ValueError, match=r"flow to .* for anyone: a database host reaches listed networks only"):
        args("database", flows=(anyone,))


def test_a_firewall_without_flows_is_refused() -> None:
    """Hetzner lets everything out until the first outbound rule, and does not notice rules that were emptied."""
    with pytest.raises(ValueError, match="flows: none named, which would allow them all"):
        args("app", flows=())


def test_more_rules_than_hetzner_takes_are_refused() -> None:
    """The limit counts each network of each rule."""
    many = tuple(IPv4Network((f"203.0.{index // 256}.{index % 256}", 32)) for index in range(501))
    with pytest.raises(ValueError, match="effective rules: wanted up to 500"):
        args("app", admin_networks=many)


def test_a_firewall_is_protected() -> None:
    """Removing a firewall would open what is behind it."""
    assert registered(lambda: Firewall("app", args("app")))["Firewall", "app"].protect
