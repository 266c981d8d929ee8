"""The VPC, its firewall, its endpoints and its front door, by what they register."""

from __future__ import annotations

from ipaddress import IPv4Network

import pytest

from infra.address_plan import AddressPlan
from infra.aws.firewall import FirewallArgs
from infra.aws.load_balancer import LoadBalancerArgs
from infra.aws.network import NetworkArgs
from infra.aws.place import Place
from tests.infra.aws.conftest import Registrations, referred

INGRESS = "vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "vpc/securityGroupEgressRule:SecurityGroupEgressRule"


@pytest.mark.parametrize("zone", ["eu-central-1a", "eu-central-1b"])
@pytest.mark.parametrize("side", ["public", "private"])
def test_no_subnet_hands_out_public_addresses(registered: Registrations, side: str, zone: str) -> None:
    """A machine gets no public address by standing in a subnet, not even in a public one."""
    subnet = registered("ec2/subnet:Subnet", f"network-{side}-{zone}").inputs
    assert subnet["mapPublicIpOnLaunch"] is False
    assert subnet["assignIpv6AddressOnCreation"] is False
    assert subnet["availabilityZone"] == zone


@pytest.mark.parametrize("zone", ["eu-central-1a", "eu-central-1b"])
def test_private_subnets_leave_through_the_nat_of_their_zone(registered: Registrations, zone: str) -> None:
    """The only route out of a private subnet is its own zone's NAT, which stands in the public subnet."""
    route = registered("ec2/route:Route", f"network-private-{zone}-route").inputs
    assert referred(route["natGatewayId"]) == {f"network-private-{zone}-nat"}
    assert "gatewayId" not in route
    nat = registered("ec2/natGateway:NatGateway", f"network-private-{zone}-nat").inputs
    assert referred(nat["subnetId"]) == {f"network-public-{zone}"}


def test_only_public_subnets_are_excluded_from_the_block(registered: Registrations) -> None:
    """VPC Block Public Access is lifted for public subnets and for nothing else."""
    kind = "ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion"
    excluded = {name for item in registered.names(kind) for name in referred(registered(kind, item).at("subnetId"))}
    assert excluded == {"network-public-eu-central-1a", "network-public-eu-central-1b"}


def test_default_security_group_is_emptied(registered: Registrations) -> None:
    """Whatever falls to the default group can neither send nor receive."""
    group = registered("ec2/defaultSecurityGroup:DefaultSecurityGroup", "network-default-security-group")
    assert (group.at("ingress"), group.at("egress")) == ([], [])


def test_only_the_balancer_hears_the_internet(registered: Registrations) -> None:
    """Of all rules that admit, one admits a public prefix: port 443 at the balancer."""
    public = {
        name: (referred(rule.at("securityGroupId")), rule.at("fromPort"), rule.at("toPort"))
        for name in registered.names(INGRESS)
        if (rule := registered(INGRESS, name)).at("cidrIpv4") == "0.0.0.0/0" or rule.at("cidrIpv6") == "::/0"
    }
    assert public == {"firewall-internet-to-balancer": ({"firewall-balancer"}, 443, 443)}


@pytest.mark.parametrize(
    ("rule", "target", "source", "port"),
    [
        ("firewall-balancer-to-app-in", "firewall-app", "firewall-balancer", 443),
        ("firewall-app-to-database-in", "firewall-database", "firewall-app", 5432),
        ("firewall-app-to-endpoints", "firewall-endpoints", "firewall-app", 443),
        ("firewall-database-to-endpoints-in", "firewall-endpoints", "firewall-database", 443),
    ],
)
def test_roles_admit_one_another_by_group(
    registered: Registrations, rule: str, target: str, source: str, port: int
) -> None:
    """Each role admits the one role that needs it, on one port."""
    inputs = registered(INGRESS, rule).inputs
    assert referred(inputs["securityGroupId"]) == {target}
    assert referred(inputs["referencedSecurityGroupId"]) == {source}
    assert (inputs["fromPort"], inputs["toPort"], inputs["ipProtocol"]) == (port, port, "tcp")


def test_a_database_host_calls_listed_networks_only(registered: Registrations) -> None:
    """The way out of the database group: the endpoints and the package mirrors, nothing else."""
    ways = {
        rule.at("cidrIpv4") or next(iter(referred(rule.at("referencedSecurityGroupId"))))
        for name in registered.names(EGRESS)
        if referred((rule := registered(EGRESS, name)).at("securityGroupId")) == {"firewall-database"}
    }
    assert ways == {"firewall-endpoints", "146.75.0.0/17", "151.101.0.0/16", "199.232.0.0/16"}


def test_administration_comes_from_declared_networks_alone(registered: Registrations) -> None:
    """Port 22 opens for each declared network, of either family, at both roles."""
    opened = {
        (rule.at("cidrIpv4") or rule.at("cidrIpv6"), *referred(rule.at("securityGroupId")))
        for name in registered.names(INGRESS)
        if (rule := registered(INGRESS, name)).at("fromPort") == 22
    }
    networks = ("10.200.0.0/24", "fd00:200::/64")
    assert opened == {(net, f"firewall-{role}") for net in networks for role in ("app", "database")}


@pytest.mark.parametrize("service", ["ssm", "ssmmessages", "ec2messages"])
def test_endpoints_serve_this_account_only(registered: Registrations, service: str) -> None:
    """Credentials of another account get nowhere through an endpoint."""
    (statement,) = registered.statements("ec2/vpcEndpoint:VpcEndpoint", f"endpoints-{service}").values()
    assert statement["Principal"] == {"AWS": "arn:aws:iam::123456789012:root"}


def test_storage_endpoint_reads_what_the_agent_needs(registered: Registrations) -> None:
    """Through the endpoint of S3 a host reads AWS's buckets for its agent and writes nowhere."""
    (statement,) = registered.statements("ec2/vpcEndpoint:VpcEndpoint", "endpoints-s3").values()
    assert statement["Action"] == ["s3:GetObject"]
    assert "arn:aws:s3:::amazon-ssm-eu-central-1/*" in statement["Resource"]
    assert not [name for name in statement["Resource"] if name.startswith("arn:aws:s3:::*")]


def test_balancer_passes_tls_through_by_the_proxy_protocol(registered: Registrations) -> None:
    """Port 443 alone, as TCP, to hosts that learn the client from the PROXY protocol."""
    assert registered.names("lb/listener:Listener") == {"balancer-https"}
    listener = registered("lb/listener:Listener", "balancer-https").inputs
    assert (listener["port"], listener["protocol"]) == (443, "TCP")
    group = registered("lb/targetGroup:TargetGroup", "balancer-hosts").inputs
    assert (group["port"], group["protocol"]) == (443, "TCP")
    assert (group["proxyProtocolV2"], group["preserveClientIp"]) == (True, "false")


def test_balancer_is_filtered_and_protected(registered: Registrations) -> None:
    """It stands in the public subnets behind its own group, and nobody deletes it by mistake."""
    balancer = registered("lb/loadBalancer:LoadBalancer", "balancer")
    assert referred(balancer.at("securityGroups")) == {"firewall-balancer"}
    assert referred(balancer.at("subnets")) == {"network-public-eu-central-1a", "network-public-eu-central-1b"}
    assert (balancer.at("enableDeletionProtection"), balancer.protect) == (True, True)


def test_names_lead_to_the_balancer_and_one_issuer(registered: Registrations) -> None:
    """A name is an alias of the balancer, and only the declared issuer may certify it."""
    alias = registered("route53/record:Record", "dns-api.shops.example-a").at("aliases.0")
    assert referred(alias["name"]) == {"balancer"}
    for name in ("shops.example", "api.shops.example"):
        caa = registered("route53/record:Record", f"dns-{name}-caa").inputs
        assert caa["records"] == [
            '0 issue "letsencrypt.org"',
            '0 issuewild ";"',
            '0 iodef "mailto:on-call@ops.example"',
        ]


def test_a_network_needs_two_zones_of_its_region() -> None:
    """One zone, and a zone of another region, are both refused at once."""
    plan = AddressPlan(network=IPv4Network("10.9.0.0/16"), places=("eu-west-3a",))
    with pytest.raises(ValueError, match=r"eu-west-3a: not in eu-central-1; zones .* two or more"):
        NetworkArgs(place=Place(account="123456789012", region="eu-central-1"), plan=plan)


def test_a_mirror_is_a_list_not_half_the_internet() -> None:
    """A package mirror as wide as 0.0.0.0/1 would free the database host again."""
    with pytest.raises(ValueError, match=r"0\.0\.0\.0/1: wanted /16 or narrower"):
        FirewallArgs(vpc_id="vpc-1", admin_networks=(), package_mirrors=(IPv4Network("0.0.0.0/1"),))


def test_a_balancer_needs_zones_and_targets() -> None:
    """Both mistakes are told at once."""
    with pytest.raises(ValueError, match="two or more, each in a zone of its own; targets"):
        LoadBalancerArgs(vpc_id="vpc-1", subnets={"a": "subnet-1"}, security_group_id="sg-1", targets={})
