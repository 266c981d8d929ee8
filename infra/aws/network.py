"""A VPC: public subnets for balancer and NAT only, private subnets for hosts, and one way out for each zone."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi_aws import ec2

from infra.address_plan import AddressPlan
from infra.aws.place import Place

ANYWHERE = "0.0.0.0/0"


@dataclass(frozen=True, kw_only=True)
class NetworkArgs:
    """Where the network lies and how its addresses are laid out (`plan.places` are availability zones).

    ValueError with fewer than two zones or a zone of another region.
    """

    place: Place
    plan: AddressPlan

    def __post_init__(self) -> None:
        zones = self.plan.places
        strays = [zone for zone in zones if not zone.startswith(self.place.region)]
        problems = [f"zone {zone}: not in {self.place.region}" for zone in strays]
        if len(zones) < 2:
            problems.append(f"zones {zones!r}: wanted two or more, so that one may fail")
        if problems:
            raise ValueError("; ".join(problems))


class Network(pulumi.ComponentResource):
    """The VPC, its subnets, gateways and routes. IPv4 only: no second door beside a closed one.

    VPC Block Public Access is lifted for the public subnets alone: a stray route in a private one still reaches nobody.
    """

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:Network", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        vpc = ec2.Vpc(
            name,
            cidr_block=str(args.plan.network),
            assign_generated_ipv6_cidr_block=False,
            enable_dns_support=True,
            enable_dns_hostnames=True,
            instance_tenancy="default",
            tags={"Name": name},
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        ec2.DefaultSecurityGroup(
            f"{name}-default-security-group", vpc_id=vpc.id, ingress=[], egress=[], opts=self._child
        )
        gateway = ec2.InternetGateway(f"{name}-internet", vpc_id=vpc.id, tags={"Name": name}, opts=self._child)
        public = {zone: self._public_subnet(f"{name}-public-{zone}", vpc, args, zone) for zone in args.plan.places}
        private = {zone: self._subnet(f"{name}-private-{zone}", vpc, args, zone) for zone in args.plan.places}
        self._routes_out(f"{name}-public", vpc, gateway, public)
        for zone in args.plan.places:
            self._routes_through_nat(f"{name}-private-{zone}", vpc, gateway, public[zone], private[zone])
        self.vpc_id = vpc.id
        self.public_subnets = {zone: subnet.id for zone, subnet in public.items()}
        self.private_subnets = {zone: subnet.id for zone, subnet in private.items()}
        self.register_outputs({"vpc_id": vpc.id})

    def _subnet(self, name: str, vpc: ec2.Vpc, args: NetworkArgs, zone: str, *, public: bool = False) -> ec2.Subnet:
        block = args.plan.public(zone) if public else args.plan.private(zone)
        return ec2.Subnet(
            name,
            vpc_id=vpc.id,
            availability_zone=zone,
            cidr_block=str(block),
            map_public_ip_on_launch=False,
            assign_ipv6_address_on_creation=False,
            tags={"Name": name},
            opts=self._child,
        )

    def _public_subnet(self, name: str, vpc: ec2.Vpc, args: NetworkArgs, zone: str) -> ec2.Subnet:
        subnet = self._subnet(name, vpc, args, zone, public=True)
        ec2.VpcBlockPublicAccessExclusion(
            f"{name}-exclusion",
            internet_gateway_exclusion_mode="allow-bidirectional",
            subnet_id=subnet.id,
            opts=self._child,
        )
        return subnet

    def _routes_out(
        self, name: str, vpc: ec2.Vpc, gateway: ec2.InternetGateway, subnets: dict[str, ec2.Subnet]
    ) -> None:
        table = ec2.RouteTable(name, vpc_id=vpc.id, tags={"Name": name}, opts=self._child)
        ec2.Route(
            f"{name}-route",
            route_table_id=table.id,
            destination_cidr_block=ANYWHERE,
            gateway_id=gateway.id,
            opts=self._child,
        )
        for zone, subnet in subnets.items():
            ec2.RouteTableAssociation(
                f"{name}-{zone}-routes", route_table_id=table.id, subnet_id=subnet.id, opts=self._child
            )

    def _routes_through_nat(
        self, name: str, vpc: ec2.Vpc, gateway: ec2.InternetGateway, outside: ec2.Subnet, inside: ec2.Subnet
    ) -> None:
        address = ec2.Eip(f"{name}-nat-address", domain="vpc", tags={"Name": f"{name}-nat"}, opts=self._child)
        nat = ec2.NatGateway(
            f"{name}-nat",
            connectivity_type="public",
            subnet_id=outside.id,
            allocation_id=address.allocation_id,
            tags={"Name": f"{name}-nat"},
            opts=pulumi.ResourceOptions(parent=self, depends_on=[gateway]),
        )
        table = ec2.RouteTable(name, vpc_id=vpc.id, tags={"Name": name}, opts=self._child)
        ec2.Route(
            f"{name}-route",
            route_table_id=table.id,
            destination_cidr_block=ANYWHERE,
            nat_gateway_id=nat.id,
            opts=self._child,
        )
        ec2.RouteTableAssociation(f"{name}-routes", route_table_id=table.id, subnet_id=inside.id, opts=self._child)
