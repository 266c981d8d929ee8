"""Doors to AWS services inside the VPC, so that administration never needs the internet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_aws import ec2

from infra.aws.place import Place
from infra.aws.policy import allow, document
from infra.aws.session import SESSION_ACTIONS

STORAGE = "s3"

# S3 has two kinds of endpoint: without this, its names resolve to this one only for callers outside the VPC.
_INSIDE = ec2.VpcEndpointDnsOptionsArgs(dns_record_ip_type="ipv4", private_dns_only_for_inbound_resolver_endpoint=False)


@dataclass(frozen=True, kw_only=True)
class EndpointsArgs:
    """The private subnets by zone and the security group that admits hosts; ValueError without a subnet."""

    place: Place
    vpc_id: pulumi.Input[str]
    subnets: Mapping[str, pulumi.Input[str]]
    security_group_id: pulumi.Input[str]

    def __post_init__(self) -> None:
        if not self.subnets:
            raise ValueError("subnets: wanted one a zone")


class Endpoints(pulumi.ComponentResource):
    """One interface endpoint for each service that the SSM agent talks to, and one for S3, where it comes from.

    S3 has one of these and no gateway: a gateway's addresses are public and unknown until deployed, so that no filter
    on a database host could name them.
    """

    def __init__(self, name: str, args: EndpointsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:Endpoints", name, None, opts)
        policies = {service: session_policy(args.place, service) for service in SESSION_ACTIONS}
        for service, policy in {**policies, STORAGE: storage_policy(args.place)}.items():
            ec2.VpcEndpoint(
                f"{name}-{service}",
                vpc_id=args.vpc_id,
                vpc_endpoint_type="Interface",
                service_name=f"com.amazonaws.{args.place.region}.{service}",
                subnet_ids=list(args.subnets.values()),
                security_group_ids=[args.security_group_id],
                private_dns_enabled=True,
                dns_options=_INSIDE if service == STORAGE else None,
                ip_address_type="ipv4",
                policy=policy,
                tags={"Name": f"{name}-{service}"},
                opts=pulumi.ResourceOptions(parent=self),
            )
        self.register_outputs({})


def session_policy(place: Place, service: str) -> str:
    """Only identities of this account: credentials of another cannot carry data out through this door."""
    return document(allow("OwnAccount", SESSION_ACTIONS[service], ["*"], to={"AWS": place.root}))


def storage_policy(place: Place) -> str:
    """What hosts may do to S3 from inside the VPC: read the SSM agent and its patches.

    Source: AWS Systems Manager user guide, "SSM Agent communications with AWS managed S3 buckets", as of 2026-11-23.
    """
    buckets = (
        f"amazon-ssm-{place.region}",
        f"amazon-ssm-packages-{place.region}",
        f"aws-ssm-{place.region}",
        f"aws-ssm-document-attachments-{place.region}",
        f"patch-baseline-snapshot-{place.region}",
    )
    objects = [place.arn("s3", f"{bucket}/*", region="", account="") for bucket in buckets]
    # The agent's first download carries no credentials, so no principal can be named; the buckets are AWS's.
    encrypted = {"Bool": {"aws:SecureTransport": "true"}}
    return document(allow("ReadAgentAndPatches", ["s3:GetObject"], objects, to="*", when=encrypted))
