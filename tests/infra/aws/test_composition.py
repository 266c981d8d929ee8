"""The production environments on AWS, as they are composed: pins, lines and limits that no component sees alone."""

from __future__ import annotations

import json

import pytest

from baseline.graph import Graph, Resource
from infra.aws.host import USER_DATA_BYTES
from stacks.declaration import load
from tests.infra.aws.conftest import referred
from tests.recordings import REPOSITORY, recorded

PLACES = {"aws-us": ("us-east-1", "us-west-2"), "aws-ap": ("ap-southeast-2", "ap-southeast-4")}


@pytest.fixture(scope="module", params=sorted(PLACES))
def graph(request: pytest.FixtureRequest) -> Graph:
    """What one of the AWS stacks registers."""
    stack = str(request.param)
    return recorded(REPOSITORY, stack)[stack]


def named(graph: Graph, kind: str, name: str) -> Resource:
    """The one resource of a type and a name."""
    (found,) = (item for item in graph.resources if (item.type, item.name) == (kind, name))
    return found


def test_everything_stands_under_a_pinned_provider(graph: Graph) -> None:
    """Two providers, each pinned to the declared account and one declared region, and no third."""
    providers = {item.urn: item for item in graph.resources if item.type == "pulumi:providers:aws"}
    account = load(graph.stack).environment.model_dump()["cloud"]["account"]
    assert {item.at("region") for item in providers.values()} == set(PLACES[graph.stack])
    for provider in providers.values():
        accounts = provider.at("allowedAccountIds")
        assert (json.loads(accounts) if isinstance(accounts, str) else accounts) == [account]
    strays = [item.urn for item in graph.resources if item.type.startswith("aws:") and item.provider not in providers]
    assert strays == []


def test_copies_lie_in_the_second_region(graph: Graph) -> None:
    """The copy's vault, its key, and a detector stand under the provider of the second region."""
    for kind, name in (
        ("aws:backup/vault:Vault", "copy-vault"),
        ("aws:kms/key:Key", "copy-backup-key"),
        ("aws:guardduty/detector:Detector", "copy-detection-detector"),
    ):
        assert named(graph, kind, name).provider.endswith("::copy-aws")


@pytest.mark.parametrize(
    ("field", "kind", "name"),
    [
        ("backup.to", "aws:backup/vault:Vault", "copy-vault"),
        ("log_days", "aws:cloudwatch/logGroup:LogGroup", "flow-logs"),
        ("audit_log_days", "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "trail-lifecycle"),
        ("admin_networks", "aws:ec2/securityGroup:SecurityGroup", "firewall-app"),
        ("database", "aws:ec2/instance:Instance", "database-1"),
        ("cloud.copy_region", "pulumi:providers:aws", "copy-aws"),
    ],
)
def test_each_resource_answers_to_the_line_that_asks_for_it(graph: Graph, field: str, kind: str, name: str) -> None:
    """A finding names the line of the environment that an engineer has to change."""
    declaration = load(graph.stack)
    site = named(graph, kind, name).declared_at
    assert site is not None
    assert (site.file, site.line) == (f"stacks/{declaration.file.name}", declaration.lines[field])


def test_every_role_is_bounded(graph: Graph) -> None:
    """No role of the account is without the region pin."""
    roles = {item.name: item.at("permissionsBoundary") for item in graph.resources if item.type == "aws:iam/role:Role"}
    assert {"app-identity-role", "backup-role", "flow-logs-writer"} <= set(roles)
    assert [name for name, boundary in roles.items() if referred(boundary) != {"region-pin"}] == []


def test_another_region_does_not_replace_the_boundary(graph: Graph) -> None:
    """IAM changes no description: one that named the regions would replace the policy that every role refers to."""
    description = named(graph, "aws:iam/policy:Policy", "region-pin").at("description")
    assert [region for region in PLACES[graph.stack] if region in description] == []


def test_production_vaults_close_for_good(graph: Graph) -> None:
    """In production both vaults pass into compliance mode after the days of grace."""
    kind = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
    grace = {name: named(graph, kind, name).at("changeableForDays") for name in ("vault-lock", "copy-vault-lock")}
    assert grace == {"vault-lock": 7, "copy-vault-lock": 7}


def waited_for(graph: Graph, kind: str, name: str) -> set[str]:
    """What a component waits for, and so each of its resources: they are registered once their parent is."""
    return {urn.split("::", 2)[2].rpartition("$")[2] for urn in named(graph, f"infra:aws:{kind}", name).dependencies}


@pytest.mark.parametrize("host", ["app-1", "app-2", "database-1"])
def test_a_host_boots_when_its_ways_out_are_there(graph: Graph, host: str) -> None:
    """Only the first boot installs the agent, from S3 through its endpoint: without it nobody gets onto a host."""
    zone = named(graph, "aws:ec2/instance:Instance", host).at("availabilityZone")
    assert waited_for(graph, "Host", host) >= {
        "aws:ec2/vpcEndpoint:VpcEndpoint::endpoints-s3",
        "aws:ec2/vpcEndpoint:VpcEndpoint::endpoints-ssm",
        "aws:ec2/vpcEndpoint:VpcEndpoint::endpoints-ssmmessages",
        f"aws:ec2/route:Route::network-private-{zone}-route",
        f"aws:ec2/routeTableAssociation:RouteTableAssociation::network-private-{zone}-routes",
        "aws:ec2/route:Route::network-public-route",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::firewall-database-to-endpoints-out",
    }


def test_the_balancer_waits_for_the_gateway(graph: Graph) -> None:
    """AWS refuses one that faces the internet in a network that has no way there yet."""
    assert "aws:ec2/internetGateway:InternetGateway::network-internet" in waited_for(graph, "LoadBalancer", "balancer")


@pytest.mark.parametrize("host", ["app-1", "app-2", "database-1"])
def test_user_data_is_known_and_fits(graph: Graph, host: str) -> None:
    """A preview shows the whole document, within what EC2 takes, with the agent that administration needs."""
    document = named(graph, "aws:ec2/instance:Instance", host).at("userData")
    assert document.startswith("#cloud-config\n")
    assert len(document.encode()) <= USER_DATA_BYTES
    assert "amazon-ssm-agent" in document


def test_exports_name_the_hosts_and_the_balancer(graph: Graph) -> None:
    """What an operator and a judge look up: the balancer and each host's private address."""
    plan = load(graph.stack).environment.plan
    seats = (*plan.seats("app", 2), *plan.seats("database", 1))
    assert graph.outputs["hosts"] == {seat.name: str(seat.address) for seat in seats}
    assert "balancer" in graph.outputs
