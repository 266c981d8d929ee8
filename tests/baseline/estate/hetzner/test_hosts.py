"""Servers and their firewalls: what the examples of the rules do not show."""

from __future__ import annotations

from baseline.estate import Estate
from baseline.estate.build import build
from baseline.estate.builder import Builder
from baseline.estate.hetzner.firewalls import bindings
from baseline.estate.nouns import Admission, Host, Network, PublicAddress
from baseline.estate.terms import Terms
from baseline.graph import UNKNOWN, Graph, Resource
from baseline.rule import ref, resource

NETWORK = resource("hcloud:index/network:Network", "network", ipRange="10.0.0.0/16")
SUBNET = resource("hcloud:index/networkSubnet:NetworkSubnet", "subnet", networkId=ref(NETWORK))
FIREWALL = resource(
    "hcloud:index/firewall:Firewall",
    "firewall",
    rules=[{"direction": "in", "protocol": "icmp", "sourceIps": ["203.0.113.0/24"]}],
)
OUTBOUND = resource(
    "hcloud:index/firewall:Firewall",
    "outbound",
    rules=[{"direction": "out", "protocol": "udp", "port": "53", "destinationIps": ["203.0.113.53"]}],
)


def estate(*resources: Resource) -> Estate:
    """The Estate of these resources."""
    return build(Graph(project="p", stack="s", resources=resources), Terms())


def server(name: str = "app", **inputs: object) -> Resource:
    """A server in fsn1."""
    return resource("hcloud:index/server:Server", name, location="fsn1", **inputs)  # type: ignore[arg-type]


def outbound(subject: Estate) -> set[str | None]:
    """Where anybody may send."""
    return {admission.prefix for admission in subject.all(Admission) if not admission.inbound}


def test_outbound_rule_of_any_firewall_restricts_the_server() -> None:
    """With two firewalls on a server one outbound rule is enough to shut the rest out."""
    both = server(firewallIds=[ref(FIREWALL), ref(OUTBOUND)])
    assert outbound(estate(FIREWALL, OUTBOUND, both)) == {"203.0.113.53"}


def test_firewall_without_outbound_rule_lets_everything_out_of_both_families() -> None:
    """A server that says nothing of its public interface has both families, and both are open to send."""
    assert outbound(estate(FIREWALL, server(firewallIds=[ref(FIREWALL)]))) == {"0.0.0.0/0", "::/0"}


def test_admission_without_ports_keeps_its_protocol() -> None:
    """ICMP has no ports, and is not every port either."""
    (admission,) = estate(FIREWALL).all(Admission)
    assert (admission.protocol, admission.ports, admission.hosts) == ("icmp", None, ())


def test_selector_opens_every_server_that_may_match() -> None:
    """An undecided label counts for exposure, and a certain mismatch does not."""
    attachment = resource(
        "hcloud:index/firewallAttachment:FirewallAttachment",
        "attachment",
        firewallId=ref(FIREWALL),
        labelSelectors=["role in (app,edge)"],
    )
    hosts = (
        server("one", labels={"role": "app"}),
        server("other", labels={"role": "database"}),
        server("perhaps", labels={"role": ref(NETWORK)}),
    )
    subject = estate(FIREWALL, NETWORK, attachment, *hosts)
    inbound = [admission for admission in subject.all(Admission) if admission.inbound]
    assert {host.name for admission in inbound for host in admission.hosts} == {"one", "perhaps"}


def test_gateway_by_subnet_and_server_network() -> None:
    """A server that joins by a resource of its own, and by its subnet, still has its network's way out."""
    route = resource(
        "hcloud:index/networkRoute:NetworkRoute",
        "route",
        networkId=ref(NETWORK),
        destination="0.0.0.0/0",
        gateway="10.0.0.2",
    )
    joined = resource(
        "hcloud:index/serverNetwork:ServerNetwork", "joined", serverId=ref(server()), subnetId=ref(SUBNET)
    )
    subject = estate(NETWORK, SUBNET, route, server(), joined)
    assert [host.gateway for host in subject.all(Host)] == [True]
    assert [network.gateway for network in subject.all(Network)] == [True]
    assert [(item.serves, item.replaceable) for item in subject.all(PublicAddress)] == [("host", True)]


def test_address_of_a_balancer_is_in_use() -> None:
    """A primary address that a balancer takes leads to something."""
    address = resource("hcloud:index/primaryIp:PrimaryIp", "address", type="ipv4")
    balancer = resource("hcloud:index/loadBalancer:LoadBalancer", "balancer", ipv4Id=ref(address))
    assert [item.serves for item in estate(address, balancer).all(PublicAddress)] == ["other"]


def test_firewalls_that_may_stand_before_any_server_are_kept_once_each() -> None:
    """A selector that nobody knows means every server, and costs no more the more servers there are."""
    servers = [server(f"app-{number}") for number in range(20)]
    firewalls = [
        resource(FIREWALL.type, f"firewall-{number}", **FIREWALL.inputs, applyTos=[{"labelSelector": UNKNOWN}])
        for number in range(20)
    ]
    graph = Graph(project="p", stack="s", resources=(*servers, *firewalls))
    kept = [binding for its in bindings(Builder(graph, Terms())).values() for binding in its]
    assert [binding.firewall for binding in kept] == firewalls
    subject = build(graph, Terms())
    assert {len(admission.hosts) for admission in subject.all(Admission) if admission.inbound} == {len(servers)}
    assert not [host for host in subject.all(Host) if "firewall" not in (host._undecided or {})]
