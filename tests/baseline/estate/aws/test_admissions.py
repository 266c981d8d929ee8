"""Security groups and the machines behind them: what the examples of the rules do not show."""

from __future__ import annotations

import pytest

from baseline.estate import Estate
from baseline.estate import estate as estate_module
from baseline.estate.build import build
from baseline.estate.nouns import Admission, Host, Network
from baseline.estate.terms import Terms
from baseline.graph import UNKNOWN, Graph, Resource, Undecided
from baseline.rule import aws_provider, ref, resource

VPC = resource("aws:ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16")
SUBNET = resource("aws:ec2/subnet:Subnet", "subnet", vpcId=ref(VPC))
GROUP = resource("aws:ec2/securityGroup:SecurityGroup", "group", vpcId=ref(VPC))
INTERFACE = resource(
    "aws:ec2/networkInterface:NetworkInterface", "interface", subnetId=ref(SUBNET), securityGroups=[ref(GROUP)]
)
INSTANCE = resource("aws:ec2/instance:Instance", "app", subnetId=ref(SUBNET))
RULE = resource(
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "rule",
    securityGroupId=ref(GROUP),
    type="ingress",
    protocol="TCP",
    fromPort=20.0,
    toPort=25.0,
    cidrBlocks=["203.0.113.0/24"],
)
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"


def estate(*resources: Resource) -> Estate:
    """The Estate of these resources in one region."""
    return build(Graph(project="p", stack="s", resources=(aws_provider(), *resources)), Terms())


def opened(subject: Estate) -> set[str]:
    """The hosts that the rule opens."""
    return {host.name for item in subject.all(Admission) if item.origin is RULE for host in item.hosts}


@pytest.mark.parametrize(
    "binding",
    [
        (resource("aws:ec2/instance:Instance", "app", vpcSecurityGroupIds=ref(GROUP)),),
        (resource("aws:ec2/instance:Instance", "app", securityGroups=[ref(GROUP)]),),
        (
            INTERFACE,
            resource("aws:ec2/instance:Instance", "app", networkInterfaces=[{"networkInterfaceId": ref(INTERFACE)}]),
        ),
        (
            INTERFACE,
            INSTANCE,
            resource(
                "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment",
                "attachment",
                instanceId=ref(INSTANCE),
                networkInterfaceId=ref(INTERFACE),
            ),
        ),
        (
            INSTANCE,
            resource(
                "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
                "attachment",
                networkInterfaceId=ref(INSTANCE),
                securityGroupId=ref(GROUP),
            ),
        ),
        (resource(TEMPLATE, "app", networkInterfaces=[{"securityGroups": [ref(GROUP)]}]),),
        (resource("aws:ec2/launchConfiguration:LaunchConfiguration", "app", securityGroups=[ref(GROUP)]),),
    ],
    ids=["whole list", "by name", "interface", "interface attachment", "group attachment", "template", "configuration"],
)
def test_every_way_to_bind_a_group(binding: tuple[Resource, ...]) -> None:
    """However a group comes to stand before a machine, its rules open that machine."""
    assert opened(estate(VPC, SUBNET, GROUP, RULE, *binding)) == {"app"}


def test_rule_is_read_by_meaning() -> None:
    """Protocols are names, ports a range, and numbers may be floats."""
    (admission,) = (item for item in estate(VPC, GROUP, RULE).all(Admission) if item.inbound)
    assert admission.what == "tcp 20-25"
    assert admission.targets == frozenset()


def test_interface_of_a_machine_is_no_other_thing() -> None:
    """An interface in a host opens that host; one that nothing holds may be anybody's."""
    assert {item.targets for item in estate(VPC, SUBNET, GROUP, RULE, INTERFACE).all(Admission)} == {
        frozenset({"other"})
    }


@pytest.mark.parametrize(
    ("group", "state"),
    [
        ({}, "emptied"),
        ({"ingress": [], "egress": []}, "emptied"),
        ({"ingress": [{"protocol": "-1", "self": True}]}, "open"),
    ],
)
def test_default_group_of_a_network(group: dict[str, object], state: str) -> None:
    """A default group that Pulumi manages loses every rule that is not declared."""
    default = resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", vpcId=ref(VPC), **group)  # type: ignore[arg-type]
    assert [network.default_group for network in estate(VPC, default).all(Network)] == [state]
    assert [network.default_group for network in estate(VPC).all(Network)] == ["unmanaged"]


def test_host_in_a_local_zone_is_in_no_place_that_a_table_knows() -> None:
    """A local zone bears its region's name and may lie in another country."""
    local = resource("aws:ec2/instance:Instance", "app", availabilityZone="us-east-1-bue-1a")
    with pytest.raises(Undecided, match="location"):
        estate(local).all(Host)[0].location  # noqa: B018


def test_group_of_a_balancer_and_of_an_unknown_list() -> None:
    """A machine whose groups only deployment knows is judged for itself, so the balancer's group is not blamed."""
    balancer = resource("aws:lb/loadBalancer:LoadBalancer", "balancer", securityGroups=[ref(GROUP)])
    unknown = resource("aws:ec2/instance:Instance", "app", vpcSecurityGroupIds=UNKNOWN)
    subject = estate(VPC, GROUP, RULE, balancer, unknown)
    assert {(item.origin.name, item.targets) for item in subject.all(Admission)} == {
        ("rule", frozenset({"balancer"})),
        ("app", frozenset({"host"})),
    }


def test_rules_at_other_ports_are_not_looked_at_for_each_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prefixes are put together with those at the same port, so that a group of many ports takes no longer for it."""
    looked: list[Admission] = []
    beside = estate_module._certainly_beside

    def counted(admission: Admission, other: Admission) -> bool:
        looked.append(other)
        return beside(admission, other)

    monkeypatch.setattr(estate_module, "_certainly_beside", counted)
    rules = [
        resource(RULE.type, f"rule-{port}", **{**RULE.inputs, "fromPort": port, "toPort": port}) for port in range(20)
    ]
    subject = estate(VPC, GROUP, *rules)
    assert not any(subject.opens_internet(admission) for admission in subject.all(Admission))
    assert [admission.origin.name for admission in looked] == [rule.name for rule in rules]
