"""What of AWS's networks says only where packets go: groups say who may send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TYPES: Final[Mapping[str, str]] = {
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": "only takes away, and never counts as protection",
    "aws:ec2/defaultRouteTable:DefaultRouteTable": "where packets go; groups say who may send",
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": "a way out; groups say who takes it",
    "aws:ec2/internetGateway:InternetGateway": "a way out and in; judged as if it were there",
    "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": "binds an internet gateway to its network",
    "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": "where packets go; groups say who may send",
    "aws:ec2/networkAcl:NetworkAcl": "only takes away, and never counts as protection",
    "aws:ec2/networkAclAssociation:NetworkAclAssociation": "binds a network ACL to a subnet",
    "aws:ec2/networkAclRule:NetworkAclRule": "only takes away, and never counts as protection",
    "aws:ec2/placementGroup:PlacementGroup": "spreads instances over machines",
    "aws:ec2/route:Route": "where packets go; groups say who may send",
    "aws:ec2/routeTable:RouteTable": "where packets go; groups say who may send",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "where packets go; groups say who may send",
    "aws:ec2/securityGroupAssociation:SecurityGroupAssociation": "binds a group to an endpoint",
    "aws:ec2/tag:Tag": "a tag",
    "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion": "lifts what never counts as protection",
    "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions": "a block that never counts as protection",
    "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": "which name and time servers hosts are told of",
    "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": "which name and time servers hosts are told of",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "a door to a service; its group is judged, its policy only takes away",
    "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": "takes away from what grants allow",
    "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": "where packets to a service go",
    "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation": "in which subnets an endpoint has an address",
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": "a further prefix, which counts as foreign",
    "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation": "a further prefix, which counts as foreign",
    "aws:ec2/vpcSecurityGroupRulesExclusive:VpcSecurityGroupRulesExclusive": "removes rules that are not declared",
}
