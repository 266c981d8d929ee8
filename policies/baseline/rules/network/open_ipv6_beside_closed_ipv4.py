"""Whether the second family of addresses is as closed as the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate, some
from baseline.estate.estate import same_traffic
from baseline.estate.nouns import Admission
from baseline.estate.prefixes import family
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, resource, rule, unknown


def _ipv6(admission: Admission) -> bool:
    return admission.prefix is not None and family(admission.prefix) == 6


@rule(
    Admission,
    clauses=("5.1", "5.3.1 1)"),
    remedy="Give IPv6 the same limits as IPv4, or switch it off.",
    applies=_ipv6,
)
def open_ipv6_beside_closed_ipv4(admission: Admission, estate: Estate) -> Iterator[Problem]:
    """IPv6 is open to strangers where IPv4 is closed to them.

    Whoever narrows 0.0.0.0/0 forgets ::/0, and a scanner that reads one family sees a closed port. It counts for what
    comes in and for what goes out, before hosts and balancers alike.
    """

    def opens_ipv4(other: Admission) -> bool:
        narrow = other.prefix is None or family(other.prefix) == 6
        return not narrow and same_traffic(admission, other) and estate.opens_internet(other)

    if estate.opens_internet(admission) and not some(opens_ipv4, estate.admissions_of(admission.group)):
        way = "from" if admission.inbound else "to"
        yield Problem(f"{admission.label} admits {admission.what} {way} {admission.prefix}, but not {way} all of IPv4")


def _firewall(**sources: Any) -> Resource:
    rules = [
        {"direction": "in", "protocol": "tcp", "port": port.removeprefix("port_"), "sourceIps": listed}
        for port, listed in sources.items()
    ]
    return resource("hcloud:index/firewall:Firewall", "firewall", rules=rules)


def _group(**inputs: Any) -> Resource:
    rules = {"protocol": "-1", "fromPort": 0, "toPort": 0, **inputs}
    return resource("aws:ec2/securityGroup:SecurityGroup", "group", egress=[rules])


EXAMPLES = (
    example("Hetzner, both narrow", _firewall(port_22=["203.0.113.0/24", "2001:db8::/48"])),
    example("Hetzner, both open", _firewall(port_443=["0.0.0.0/0", "::/0"])),
    example("Hetzner, IPv4 open by two halves", _firewall(port_443=["0.0.0.0/1", "128.0.0.0/1", "::/0"])),
    example(
        "Hetzner, only IPv6 open",
        _firewall(port_22=["203.0.113.0/24", "::/0"]),
        fails("firewall", "rules.0.sourceIps.1"),
    ),
    example(
        "Hetzner, IPv4 open on another port",
        _firewall(port_443=["0.0.0.0/0"], port_22=["2000::/3"]),
        fails("firewall", "rules.1.sourceIps.0"),
    ),
    example("AWS, both open to send", _group(cidrBlocks=["0.0.0.0/0"], ipv6CidrBlocks=["::/0"])),
    example(
        "AWS, only IPv6 open to send",
        _group(cidrBlocks=["10.0.0.0/8"], ipv6CidrBlocks=["::/0"]),
        fails("group", "egress.0.ipv6CidrBlocks.0"),
    ),
    example(
        "AWS, IPv4 known only after deployment",
        _group(cidrBlocks=[UNKNOWN], ipv6CidrBlocks=["::/0"]),
        unknown("group", "egress.0.cidrBlocks.0"),
    ),
)
