"""What went where is known only if somebody wrote it down."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Network
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Network,
    clauses=("5.3.1 3)", "5.5"),
    remedy="Add a flow log of the VPC with trafficType ALL, to a log group or bucket with the period of service logs.",
    applies=lambda network: network.provider == "aws",  # Hetzner's networks have none
)
def flow_logs_off(network: Network, _: Estate) -> Iterator[Problem]:
    """A network keeps no record of its flows.

    A balancer that passes TLS through writes no access log, so flows are the only record of who talked to which host. A
    log of refused flows only leaves out every one that succeeded.
    """
    if not network.flow_logs:
        yield Problem(f"network {network.label} does not record all its flows")


_AWS = aws_provider()
_VPC = resource("aws:ec2/vpc:Vpc", "network", cidrBlock="10.0.0.0/16")
_FLOWS = "aws:ec2/flowLog:FlowLog"
_GROUP = "arn:aws:logs:eu-central-1:123456789012:log-group:flows"

EXAMPLES = (
    example(
        "all flows", _AWS, _VPC, resource(_FLOWS, "flows", vpcId=ref(_VPC), trafficType="ALL", logDestination=_GROUP)
    ),
    example("none", _AWS, _VPC, fails("network")),
    example(
        "refused flows only",
        _AWS,
        _VPC,
        resource(_FLOWS, "flows", vpcId=ref(_VPC), trafficType="REJECT", logDestination=_GROUP),
        fails("network"),
    ),
    example(
        "only deployment knows which flows",
        _AWS,
        _VPC,
        resource(_FLOWS, "flows", vpcId=ref(_VPC), trafficType=UNKNOWN, logDestination=_GROUP),
        unknown("network"),
    ),
)
