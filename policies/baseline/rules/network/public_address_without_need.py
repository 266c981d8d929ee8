"""Which public addresses nothing needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import PublicAddress
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    PublicAddress,
    clauses=("5.3.1 1)",),
    remedy="Let the host out through its network's gateway and in through the balancer, and release unused addresses.",
)
def public_address_without_need(address: PublicAddress, _: Estate) -> Iterator[Problem]:
    """A public address is not needed.

    A balancer and a gateway need one. A host needs one only where its network has no gateway, to get out; one
    family is enough for that, but a second one harms nobody while the firewall is closed to it. An address that
    leads to nothing is one mistaken assignment away from a host. A subnet that gives addresses away is judged by the
    hosts in it.
    """
    if address.serves == "nothing":
        yield Problem(f"{address.label} leads to nothing")
    elif address.serves == "host" and address.replaceable:
        yield Problem(f"{address.label} has a public address although its network has a gateway")


_SERVER = "hcloud:index/server:Server"
_HETZNER = resource("hcloud:index/network:Network", "network", ipRange="10.0.0.0/16")
_ROUTE = resource(
    "hcloud:index/networkRoute:NetworkRoute",
    "route",
    networkId=ref(_HETZNER),
    destination="0.0.0.0/0",
    gateway="10.0.0.2",
)
_UNUSED = resource("hcloud:index/primaryIp:PrimaryIp", "unused", type="ipv4")
_FLOATING = resource("hcloud:index/floatingIp:FloatingIp", "floating", type="ipv6", homeLocation="fsn1")


def _server(name: str, address: str, **inputs: Any) -> Resource:
    return resource(_SERVER, name, networks=[{"networkId": ref(_HETZNER), "ip": address}], **inputs)


_ASSIGNED = resource(
    "hcloud:index/floatingIpAssignment:FloatingIpAssignment",
    "assigned",
    floatingIpId=ref(_FLOATING),
    serverId=ref(_server("app", "10.0.0.3")),
)
_VPC = resource("aws:ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16")
_OUTSIDE = resource("aws:ec2/subnet:Subnet", "outside", vpcId=ref(_VPC), mapPublicIpOnLaunch=True)
_ELASTIC = resource("aws:ec2/eip:Eip", "elastic", domain="vpc")
_NAT = resource("aws:ec2/natGateway:NatGateway", "nat", subnetId=ref(_OUTSIDE), allocationId=ref(_ELASTIC))


def _instance(**inputs: Any) -> Resource:
    return resource("aws:ec2/instance:Instance", "app", subnetId=ref(_OUTSIDE), **inputs)


EXAMPLES = (
    example("Hetzner, the only way out", _HETZNER, _server("app", "10.0.0.3")),
    example(
        "Hetzner, the gateway and a host behind it",
        _HETZNER,
        _ROUTE,
        _server("gateway", "10.0.0.2"),
        _server("app", "10.0.0.3"),
        fails("app", "publicNets"),
    ),
    example("Hetzner, reserved for nothing", _UNUSED, _FLOATING, fails("unused"), fails("floating")),
    example(
        "Hetzner, assigned to a host that has no other way out",
        _HETZNER,
        _server("app", "10.0.0.3"),
        _FLOATING,
        _ASSIGNED,
    ),
    example(
        "Hetzner, perhaps in use",
        _UNUSED,
        resource(_SERVER, "app", publicNets=UNKNOWN),
        unknown("unused"),
        unknown("app", "publicNets"),
    ),
    example(
        "Hetzner, in networks of which nobody knows",
        _HETZNER,
        _ROUTE,
        resource(_SERVER, "anywhere", networks=UNKNOWN),
        resource(_SERVER, "somewhere", networks=[{"networkId": UNKNOWN}]),
        resource(_SERVER, "elsewhere", networks=[{"networkId": 12345}]),
        _server("gateway", UNKNOWN),
        unknown("anywhere", "publicNets"),
        unknown("somewhere", "publicNets"),
        unknown("elsewhere", "publicNets"),
        unknown("gateway", "publicNets"),
    ),
    *(
        example(
            f"Hetzner, behind a route whose {path} nobody knows",
            _HETZNER,
            resource(_ROUTE.type, "route", **_ROUTE.inputs | {path: UNKNOWN}),
            _server("app", "10.0.0.3"),
            unknown("app", "publicNets"),
        )
        for path in ("networkId", "destination", "gateway")
    ),
    example(
        "AWS, in subnets of which nobody knows the network",
        _nowhere := resource("aws:ec2/subnet:Subnet", "nowhere", vpcId=UNKNOWN, mapPublicIpOnLaunch=True),
        resource("aws:ec2/instance:Instance", "app", subnetId=ref(_nowhere)),
        resource("aws:ec2/instance:Instance", "other", subnetId="subnet-0123", associatePublicIpAddress=True),
        unknown("app", "associatePublicIpAddress"),
        unknown("other", "associatePublicIpAddress"),
    ),
    example("AWS, the gateway's", _VPC, _OUTSIDE, _ELASTIC, _NAT),
    example("AWS, a host without gateway", _VPC, _OUTSIDE, _instance()),
    example(
        "AWS, given by the subnet beside a gateway",
        _VPC,
        _OUTSIDE,
        _ELASTIC,
        _NAT,
        _instance(),
        fails("app", "associatePublicIpAddress"),
    ),
    example("AWS, refused by the host", _VPC, _OUTSIDE, _ELASTIC, _NAT, _instance(associatePublicIpAddress=False)),
    example("AWS, leads to nothing", _ELASTIC, fails("elastic")),
    example(
        "AWS, known only after deployment",
        _instance(associatePublicIpAddress=UNKNOWN),
        unknown("app", "associatePublicIpAddress"),
    ),
)
