"""Lightsail's machines, addresses and balancers: open until they are told otherwise."""

from __future__ import annotations

from typing import Any

from baseline.graph import UNKNOWN, Resource
from baseline.rule import resource
from tests.baseline.estate.aws.judging import outcomes, passed

PLAIN = "plain_listener"

BOX = resource("aws:lightsail/instance:Instance", "box", name="box", availabilityZone="eu-central-1a")
OPEN = "aws:lightsail/instancePublicPorts:InstancePublicPorts"


def _ports(**info: Any) -> Resource:
    return resource(
        OPEN, "ports", instanceName="box", portInfos=[{"fromPort": 443, "toPort": 443, "protocol": "tcp", **info}]
    )


def test_a_lightsail_instance_stands_open_until_its_ports_are_put() -> None:
    """22 and 80 are open to everyone at first; afterwards the list is all that counts."""
    rule = "host_reachable_from_internet"
    assert outcomes(rule, BOX) == {("fail", "box", "")}
    assert outcomes(rule, BOX, _ports()) == {("fail", "ports", "portInfos.0")}
    assert outcomes(rule, BOX, _ports(cidrs=["0.0.0.0/1"])) == {("fail", "ports", "portInfos.0.cidrs.0")}
    assert outcomes(rule, BOX, _ports(cidrs=UNKNOWN)) == {("unknown", "ports", "portInfos.0.cidrs")}
    assert passed(rule, BOX, _ports(cidrs=["203.0.113.0/24"])) == {"ports"}
    assert outcomes("host_outside_countries", BOX) == set()


def test_a_static_address_that_leads_to_nothing_is_found() -> None:
    """It is one mistaken attachment away from an instance."""
    rule = "public_address_without_need"
    address = resource("aws:lightsail/staticIp:StaticIp", "spare", name="spare")
    kind = "aws:lightsail/staticIpAttachment:StaticIpAttachment"
    assert outcomes(rule, address) == {("fail", "spare", "")}
    assert passed(rule, address, resource(kind, "binds", staticIpName="spare", instanceName="box")) == {"spare"}
    unseen = resource(kind, "binds", staticIpName=UNKNOWN, instanceName="box")
    assert outcomes(rule, address, unseen) == {("unknown", "spare", "")}


def test_a_lightsail_balancer_always_answers_plainly() -> None:
    """Its port 80 cannot be closed, and it goes on to instances by HTTP."""
    assert outcomes(PLAIN, resource("aws:lightsail/lb:Lb", "lb", instancePort=80)) == {("fail", "lb", "instancePort")}
