"""What the clouds' own command lines are told: to describe a thing, to lift its protection, to delete it.

Sources: the manual of the hcloud CLI 1.67 (docs/reference/manual; boxes since 1.55, zones since 1.54); AWS CLI 1.46.3,
which took each command, and botocore's models, which a test asks again; Cloud Control API User Guide, "Resource types
that support Cloud Control API"; read 2026-11-26.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

LIFTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hcloud:index/floatingIp:FloatingIp": "hcloud floating-ip disable-protection {id} delete",
        "hcloud:index/loadBalancer:LoadBalancer": "hcloud load-balancer disable-protection {id} delete",
        "hcloud:index/network:Network": "hcloud network disable-protection {id} delete",
        "hcloud:index/primaryIp:PrimaryIp": "hcloud primary-ip disable-protection {id} delete",
        "hcloud:index/server:Server": "hcloud server disable-protection {id} delete rebuild",
        "hcloud:index/storageBox:StorageBox": "hcloud storage-box disable-protection {id} delete",
        "hcloud:index/volume:Volume": "hcloud volume disable-protection {id} delete",
        "hcloud:index/zone:Zone": "hcloud zone disable-protection {id} delete",
        "aws:alb/loadBalancer:LoadBalancer": (
            "aws elbv2 modify-load-balancer-attributes --load-balancer-arn {id} "
            "--attributes Key=deletion_protection.enabled,Value=false"
        ),
        "aws:cloudtrail/eventDataStore:EventDataStore": (
            "aws cloudtrail update-event-data-store --event-data-store {id} --no-termination-protection-enabled"
        ),
        "aws:cloudwatch/logGroup:LogGroup": (
            "aws logs put-log-group-deletion-protection --log-group-identifier {id} --no-deletion-protection-enabled"
        ),
        "aws:docdb/cluster:Cluster": (
            "aws docdb modify-db-cluster --db-cluster-identifier {id} --no-deletion-protection --apply-immediately"
        ),
        "aws:dsql/cluster:Cluster": "aws dsql update-cluster --identifier {id} --no-deletion-protection-enabled",
        "aws:dynamodb/table:Table": "aws dynamodb update-table --table-name {id} --no-deletion-protection-enabled",
        "aws:ec2/instance:Instance": (
            "aws ec2 modify-instance-attribute --instance-id {id} --no-disable-api-termination"
        ),
        "aws:eks/cluster:Cluster": "aws eks update-cluster-config --name {id} --no-deletion-protection",
        "aws:emr/cluster:Cluster": "aws emr modify-cluster-attributes --cluster-id {id} --no-termination-protected",
        "aws:lb/loadBalancer:LoadBalancer": (
            "aws elbv2 modify-load-balancer-attributes --load-balancer-arn {id} "
            "--attributes Key=deletion_protection.enabled,Value=false"
        ),
        "aws:neptune/cluster:Cluster": (
            "aws neptune modify-db-cluster --db-cluster-identifier {id} --no-deletion-protection --apply-immediately"
        ),
        "aws:neptunegraph/graph:Graph": (
            "aws neptune-graph update-graph --graph-identifier {id} --no-deletion-protection"
        ),
        "aws:networkfirewall/firewall:Firewall": (
            "aws network-firewall update-firewall-delete-protection --firewall-arn {id} --no-delete-protection"
        ),
        "aws:rds/cluster:Cluster": (
            "aws rds modify-db-cluster --db-cluster-identifier {id} --no-deletion-protection --apply-immediately"
        ),
        "aws:rds/globalCluster:GlobalCluster": (
            "aws rds modify-global-cluster --global-cluster-identifier {id} --no-deletion-protection"
        ),
    }
)
"""Type -> the command of its cloud that lifts what refuses a deletion.

Some providers lift some protections themselves before they delete (that of a storage box: ran with 1.43.3, while the
source of 2025-10 does not show it). To lift what is lifted is no error, so nobody has to rely on it.
"""

_EMPTY_FIRST = "its cloud refuses to delete it while something lies in it: look what that is, and empty it by hand"
_BY_PROGRAM = "no command lifts this alone by the id that Pulumi knows: switch it off in the program, and `pulumi up`"

UNLIFTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aws:backup/vault:Vault": _EMPTY_FIRST,
        "aws:cognito/userPool:UserPool": _BY_PROGRAM,
        "aws:dynamodb/tableReplica:TableReplica": _BY_PROGRAM,
        "aws:ecr/repository:Repository": _EMPTY_FIRST,
        "aws:rds/instance:Instance": _BY_PROGRAM,
        "aws:route53/zone:Zone": _EMPTY_FIRST,
        "aws:s3/bucket:Bucket": _EMPTY_FIRST,
        "aws:s3/bucketV2:BucketV2": _EMPTY_FIRST,
        "aws:s3/directoryBucket:DirectoryBucket": _EMPTY_FIRST,
        "aws:ecrpublic/repository:Repository": _EMPTY_FIRST,
        "aws:lightsail/bucket:Bucket": _EMPTY_FIRST,
        "aws:lightsail/database:Database": _BY_PROGRAM,
        "aws:qldb/ledger:Ledger": _BY_PROGRAM,
        "aws:redshift/cluster:Cluster": _BY_PROGRAM,
        "aws:s3/vectorsVectorBucket:VectorsVectorBucket": _EMPTY_FIRST,
        "aws:s3tables/tableBucket:TableBucket": _EMPTY_FIRST,
        "aws:verifiedpermissions/policyStore:PolicyStore": _BY_PROGRAM,
        "aws:workmail/organization:Organization": _BY_PROGRAM,
    }
)
"""Guarded type -> why no command lifts its guard."""

_HCLOUD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Firewall": "firewall",
        "FloatingIp": "floating-ip",
        "LoadBalancer": "load-balancer",
        "Network": "network",
        "PlacementGroup": "placement-group",
        "PrimaryIp": "primary-ip",
        "Server": "server",
        "StorageBox": "storage-box",
        "Volume": "volume",
        "Zone": "zone",
    }
)
"""Type -> its word on the `hcloud` command line."""

CLOUDCONTROL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aws:ebs/volume:Volume": "AWS::EC2::Volume",
        "aws:ec2/eip:Eip": "AWS::EC2::EIP",
        "aws:ec2/flowLog:FlowLog": "AWS::EC2::FlowLog",
        "aws:ec2/instance:Instance": "AWS::EC2::Instance",
        "aws:ec2/internetGateway:InternetGateway": "AWS::EC2::InternetGateway",
        "aws:ec2/natGateway:NatGateway": "AWS::EC2::NatGateway",
        "aws:ec2/routeTable:RouteTable": "AWS::EC2::RouteTable",
        "aws:ec2/securityGroup:SecurityGroup": "AWS::EC2::SecurityGroup",
        "aws:ec2/subnet:Subnet": "AWS::EC2::Subnet",
        "aws:ec2/vpc:Vpc": "AWS::EC2::VPC",
        "aws:ec2/vpcEndpoint:VpcEndpoint": "AWS::EC2::VPCEndpoint",
        "aws:kms/key:Key": "AWS::KMS::Key",
        "aws:route53/zone:Zone": "AWS::Route53::HostedZone",
    }
)
"""Type -> its name in AWS Cloud Control, of what AWS makes twice."""


def description(type_: str, id_: str, said: Mapping[str, Any], region: str) -> tuple[str, ...]:
    """The command that shows a thing; none for a type that no table knows. `said` are its inputs and outputs."""
    return _told(("describe", "get-resource"), type_, id_, said, region)


def deletion(type_: str, id_: str, said: Mapping[str, Any], region: str) -> tuple[str, ...]:
    """The command that deletes a thing. Nobody runs it before the description."""
    return _told(("delete", "delete-resource"), type_, id_, said, region)


def lifting(type_: str, id_: str, region: str) -> tuple[str, ...]:
    """The command that lifts a thing's protection; none where nothing protects its type, or no command lifts it."""
    command = LIFTS.get(type_)
    return (command.format(id=shlex.quote(id_)) + _place(type_, region),) if command else ()


_BLANKS: Final[Mapping[str, str]] = MappingProxyType({"PUBLIC_IP": "its public address", "REGION": "its region"})
"""Word that stands for what nobody here knows, and that AWS refuses -> what a person has to write there."""


def blanks(commands: Iterable[str]) -> str:
    """What has to be written into commands before they are run, as a sentence; `""` where they are whole."""
    written = " ".join(commands)
    found = [f"{meant} in the place of {word}" for word, meant in _BLANKS.items() if re.search(rf"\b{word}\b", written)]
    return f" Nobody here knows all of it: first write {' and '.join(found)}." if found else ""


def _told(verbs: tuple[str, str], type_: str, id_: str, said: Mapping[str, Any], region: str) -> tuple[str, ...]:
    word = _HCLOUD.get(type_.rpartition(":")[2]) if type_.startswith("hcloud:") else None
    if word:
        return (shlex.join(["hcloud", word, verbs[0], id_]),)
    name = CLOUDCONTROL.get(type_)
    if name is None:
        return ()
    if type_ == "aws:ec2/eip:Eip":
        # Cloud Control calls an address by both; without its number the command is refused, and deletes nothing.
        id_ = f"{said.get('publicIp') or 'PUBLIC_IP'}|{id_}"
    words = ["aws", "cloudcontrol", verbs[1], "--type-name", name, "--identifier", id_]
    return (shlex.join(words) + _place(type_, region),)


def _place(type_: str, region: str) -> str:
    """Where a command goes. One whose region nobody knows says so by a word that AWS refuses."""
    return f" --region {shlex.quote(region or 'REGION')}" if type_.startswith("aws:") else ""
