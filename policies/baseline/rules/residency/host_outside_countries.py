"""Machines stand in the countries of their data."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.nouns import Host
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown

SERVER = "hcloud:index/server:Server"
INSTANCE = "aws:ec2/instance:Instance"


@rule(
    Host,
    clauses=("5.2.1",),
    remedy="Place the host at a location, region or availability zone in an allowed country.",
)
def host_outside_countries(host: Host, estate: Estate) -> Iterator[Problem]:
    """A machine stands outside the allowed countries.

    What passes through a machine is processed where it stands, though nothing of it is kept.
    """
    if not estate.terms.allow(host.location.countries):
        yield Problem(f"host {host.name} stands in {host.location}; allowed: {estate.terms.allowed}")


EXAMPLES = (
    example("server at Nuremberg", resource(SERVER, "web-1", serverType="cx23", image="debian-13", location="nbg1")),
    example(
        "server in Virginia",
        resource(SERVER, "web-1", serverType="cx23", image="debian-13", location="ash"),
        fails("web-1"),
    ),
    example(
        "a data centre beside the location says nothing",
        resource(SERVER, "web-1", serverType="cx23", image="debian-13", location="ash", datacenter="fsn1-dc14"),
        fails("web-1"),
    ),
    example(
        "server that Hetzner places",
        resource(SERVER, "web-1", serverType="cx23", image="debian-13"),
        unknown("web-1"),
    ),
    example("instance in Frankfurt", aws_provider(), resource(INSTANCE, "web-1", ami="ami-1")),
    example(
        "instance in Zurich", aws_provider("eu-central-2"), resource(INSTANCE, "web-1", ami="ami-1"), fails("web-1")
    ),
    example(
        "instance on an outpost",
        aws_provider(),
        rack := resource("aws:ec2/subnet:Subnet", "rack", vpcId="vpc-1", outpostArn="arn:aws:outposts:::outpost/op-1"),
        resource(INSTANCE, "web-1", ami="ami-1", subnetId=ref(rack)),
        unknown("web-1"),
    ),
    example(
        "region is only known at deployment",
        aws_provider(region=graph.UNKNOWN),
        resource(INSTANCE, "web-1", ami="ami-1"),
        unknown("web-1"),
    ),
)
