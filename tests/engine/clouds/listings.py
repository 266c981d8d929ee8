"""What the clouds' command lines list, in the words of their APIs: no URN, and no name that only Pulumi knows.

Sources: hcloud-go's schema (what `hcloud … -o json` writes); the response shapes of AWS's APIs in botocore's models;
read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from tests.engine.clouds.ledger import Thing


def hetzner(things: Sequence[Thing], words: Sequence[str]) -> Any:
    """The answer to `hcloud … list`. Raises LookupError for another command."""
    if words[:3] == ["zone", "rrset", "list"]:
        zone = next(thing for thing in _of(things, "Zone") if words[3] in (thing.id, thing.inputs["name"]))
        names = (zone.id, zone.inputs["name"])
        sets = [thing.inputs for thing in _of(things, "ZoneRrset") if thing.inputs["zone"] in names]
        return [{"id": f"{said['name']}/{said['type']}", "name": said["name"], "type": said["type"]} for said in sets]
    kind, verb = words[:2]
    if verb != "list":
        raise LookupError(f"unknown command {verb!r}")
    more = {"load-balancer": _balancer, "network": _network, "volume": _volume}.get(kind)
    found = _of([each for each in things if each.cloud == "hcloud"], "".join(map(str.title, kind.split("-"))))
    return [
        {"id": int(thing.id), "name": thing.inputs["name"], **(more(things, thing) if more else {})} for thing in found
    ]


def _of(things: Iterable[Thing], word: str) -> list[Thing]:
    """The things of a type, by its last word."""
    return [thing for thing in things if thing.type.rpartition(":")[2] == word and not thing.kept]


def _parts(things: Sequence[Thing], word: str, key: str, whole: Thing) -> list[Mapping[str, Any]]:
    """The inputs of what belongs to something."""
    return [thing.inputs for thing in _of(things, word) if str(int(thing.inputs.get(key) or 0)) == whole.id]


def _balancer(things: Sequence[Thing], balancer: Thing) -> dict[str, Any]:
    services = _parts(things, "LoadBalancerService", "loadBalancerId", balancer)
    targets = _parts(things, "LoadBalancerTarget", "loadBalancerId", balancer)
    networks = _parts(things, "LoadBalancerNetwork", "loadBalancerId", balancer)
    return {
        "services": [
            {"listen_port": int(said.get("listenPort", 443)), "protocol": said["protocol"]} for said in services
        ],
        "targets": [{"type": "server", "server": {"id": int(said["serverId"])}} for said in targets],
        "private_net": [
            {"network": int(said.get("networkId") or str(said["subnetId"]).partition("-")[0]), "ip": said.get("ip")}
            for said in networks
        ],
    }


def _network(things: Sequence[Thing], network: Thing) -> dict[str, Any]:
    subnets = _parts(things, "NetworkSubnet", "networkId", network)
    return {"subnets": [{"ip_range": said["ipRange"], "type": said["type"]} for said in subnets], "routes": []}


def _volume(things: Sequence[Thing], volume: Thing) -> dict[str, Any]:
    servers = [int(said["serverId"]) for said in _parts(things, "VolumeAttachment", "volumeId", volume)]
    return {"server": servers[0] if servers else None}


_EVERYWHERE: Final = ("iam", "route53", "s3api")

_PLAIN: Final[Mapping[str, tuple[str, str, Mapping[str, str]]]] = MappingProxyType(
    {
        "backup list-backup-plans": ("BackupPlansList", "Plan", {"BackupPlanId": "id", "BackupPlanName": "name"}),
        "backup list-backup-vaults": ("BackupVaultList", "Vault", {"BackupVaultName": "name"}),
        "backup list-restore-testing-plans": (
            "RestoreTestingPlans",
            "RestoreTestingPlan",
            {"RestoreTestingPlanName": "name"},
        ),
        "cloudtrail list-trails": ("Trails", "Trail", {"TrailARN": "id", "Name": "name"}),
        "ec2 describe-addresses": ("Addresses", "Eip", {"AllocationId": "id"}),
        "ec2 describe-flow-logs": ("FlowLogs", "FlowLog", {"FlowLogId": "id", "ResourceId": "vpcId"}),
        "ec2 describe-internet-gateways": ("InternetGateways", "InternetGateway", {"InternetGatewayId": "id"}),
        "ec2 describe-nat-gateways": ("NatGateways", "NatGateway", {"NatGatewayId": "id"}),
        "ec2 describe-security-groups": ("SecurityGroups", "SecurityGroup", {"GroupId": "id", "GroupName": "name"}),
        "ec2 describe-subnets": ("Subnets", "Subnet", {"SubnetId": "id"}),
        "ec2 describe-vpc-endpoints": ("VpcEndpoints", "VpcEndpoint", {"VpcEndpointId": "id"}),
        "ec2 describe-vpcs": ("Vpcs", "Vpc", {"VpcId": "id"}),
        "elbv2 describe-load-balancers": (
            "LoadBalancers",
            "LoadBalancer",
            {"LoadBalancerArn": "id", "LoadBalancerName": "name"},
        ),
        "elbv2 describe-target-groups": (
            "TargetGroups",
            "TargetGroup",
            {"TargetGroupArn": "id", "TargetGroupName": "name"},
        ),
        "events list-rules": ("Rules", "EventRule", {"Name": "name", "EventBusName": "eventBusName"}),
        "iam list-instance-profiles": ("InstanceProfiles", "InstanceProfile", {"InstanceProfileName": "name"}),
        "iam list-policies": ("Policies", "Policy", {"Arn": "id", "PolicyName": "name"}),
        "iam list-roles": ("Roles", "Role", {"RoleName": "name"}),
        "kms list-aliases": ("Aliases", "Alias", {"AliasName": "name"}),
        "logs describe-log-groups": ("logGroups", "LogGroup", {"logGroupName": "name"}),
        "s3api list-buckets": ("Buckets", "Bucket", {"Name": "bucket"}),
        "sns list-subscriptions": (
            "Subscriptions",
            "TopicSubscription",
            {"SubscriptionArn": "id", "TopicArn": "topic", "Endpoint": "endpoint"},
        ),
        "sns list-topics": ("Topics", "Topic", {"TopicArn": "id"}),
    }
)
"""Command -> the member of its answer, the type, and field -> input."""

_OWN: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "Vpcs": {"VpcId": "vpc-0default", "IsDefault": True},
        "Subnets": {"SubnetId": "subnet-0default", "DefaultForAz": True},
        "SecurityGroups": {"GroupId": "sg-0default", "GroupName": "default"},
        "RouteTables": {"RouteTableId": "rtb-0default", "Associations": [{"Main": True}], "Routes": []},
        "Roles": {"RoleName": "AWSServiceRoleForSupport", "Path": "/aws-service-role/support.amazonaws.com/"},
        "Aliases": {"AliasName": "alias/aws/ebs"},
    }
)
"""What AWS itself puts into every account."""


def aws(things: Sequence[Thing], words: Sequence[str], options: Mapping[str, str]) -> dict[str, Any]:
    """The answer to a command that lists. Raises LookupError for another command, or one without its region."""
    command, region = " ".join(words[:2]), options.get("--region")
    if words[0] not in _EVERYWHERE:
        things = [thing for thing in things if thing.cloud == "aws" and thing.place == region]
    else:
        things = [thing for thing in things if thing.cloud == "aws"]
    if command in _PLAIN:
        member, word, fields = _PLAIN[command]
        rows = [_row(thing, fields) for thing in _of(things, word)]
    elif command in _OTHER:
        member, rows = _OTHER[command](things, options)
    else:
        raise LookupError(f"no command that lists: {command}")
    return {member: [*rows, *([_OWN[member]] if member in _OWN else [])]}


def _row(thing: Thing, fields: Mapping[str, str]) -> dict[str, Any]:
    whole = {key: int(value) for key, value in thing.inputs.items() if isinstance(value, float)}
    said = {**thing.inputs, **whole, "id": thing.id}
    row = {"Path": "/", **{field: said.get(key) for field, key in fields.items()}, **_tags(thing)}
    return row | ({"EventBusName": "default"} if row.get("EventBusName", "") is None else {})


def _tags(thing: Thing) -> dict[str, Any]:
    tags = thing.inputs.get("tags") or {}
    return {"Tags": [{"Key": key, "Value": value} for key, value in tags.items()]} if tags else {}


Rows = tuple[str, list[dict[str, Any]]]


def _volumes(things: Sequence[Thing], _: Mapping[str, str]) -> Rows:
    attached = [thing.inputs for thing in _of(things, "VolumeAttachment")]
    return "Volumes", [
        {
            "VolumeId": volume.id,
            **_tags(volume),
            "Attachments": [
                {"Device": said["deviceName"], "VolumeId": volume.id, "InstanceId": said["instanceId"]}
                for said in attached
                if said["volumeId"] == volume.id
            ],
        }
        for volume in _of(things, "Volume")
    ]


def _tables(things: Sequence[Thing], _: Mapping[str, str]) -> Rows:
    routes, links = _of(things, "Route"), _of(things, "RouteTableAssociation")
    return "RouteTables", [
        {
            "RouteTableId": table.id,
            **_tags(table),
            "Routes": [
                {
                    "Origin": "CreateRoute",
                    **{field: route.inputs[key] for field, key in _DESTINATIONS if route.inputs.get(key)},
                }
                for route in routes
                if route.inputs["routeTableId"] == table.id
            ],
            "Associations": [
                {
                    "Main": False,
                    "RouteTableAssociationId": link.id,
                    "RouteTableId": table.id,
                    "SubnetId": link.inputs.get("subnetId"),
                }
                for link in links
                if link.inputs["routeTableId"] == table.id
            ],
        }
        for table in _of(things, "RouteTable")
    ]


_DESTINATIONS: Final = (
    ("DestinationCidrBlock", "destinationCidrBlock"),
    ("DestinationIpv6CidrBlock", "destinationIpv6CidrBlock"),
)


def _rules(things: Sequence[Thing], _: Mapping[str, str]) -> Rows:
    return "SecurityGroupRules", [
        {"SecurityGroupRuleId": rule.id, "IsEgress": word == "Egress", **_tags(rule)}
        for word in ("Egress", "Ingress")
        for rule in _of(things, f"SecurityGroup{word}Rule")
    ]


def _of_one(
    member: str, word: str, key: str, option: str, fields: Mapping[str, str]
) -> Callable[[Sequence[Thing], Mapping[str, str]], Rows]:
    """The parts of one thing, which an option names."""

    def rows(things: Sequence[Thing], options: Mapping[str, str]) -> Rows:
        parts = [thing for thing in _of(things, word) if thing.inputs.get(key) == options[option]]
        return member, [_row(part, fields) for part in parts]

    return rows


def _nested(rows: Callable[..., Rows], wrap: Callable[[dict[str, Any]], Any]) -> Callable[..., tuple[str, list[Any]]]:
    def wrapped(*arguments: Any) -> tuple[str, list[Any]]:
        member, found = rows(*arguments)
        return member, [wrap(row) for row in found]

    return wrapped


_OTHER: Final[Mapping[str, Callable[[Sequence[Thing], Mapping[str, str]], tuple[str, list[Any]]]]] = MappingProxyType(
    {
        "backup list-backup-selections": _of_one(
            "BackupSelectionsList",
            "Selection",
            "planId",
            "--backup-plan-id",
            {"SelectionId": "id", "SelectionName": "name"},
        ),
        "backup list-restore-testing-selections": _of_one(
            "RestoreTestingSelections",
            "RestoreTestingSelection",
            "restoreTestingPlanName",
            "--restore-testing-plan-name",
            {"RestoreTestingSelectionName": "name"},
        ),
        "ec2 describe-instances": lambda things, _: (
            "Reservations",
            [
                {"Instances": [{"InstanceId": each.id, "State": {"Name": "running"}, **_tags(each)}]}
                for each in _of(things, "Instance")
            ],
        ),
        "ec2 describe-route-tables": _tables,
        "ec2 describe-security-group-rules": _rules,
        "ec2 describe-volumes": _volumes,
        "ec2 describe-vpc-block-public-access-exclusions": lambda things, _: (
            "VpcBlockPublicAccessExclusions",
            [
                {
                    "ExclusionId": each.id,
                    "State": "create-complete",
                    "ResourceArn": f"arn:aws:ec2:{each.place}:123456789012:subnet/{each.inputs['subnetId']}",
                }
                for each in _of(things, "VpcBlockPublicAccessExclusion")
            ],
        ),
        "elbv2 describe-listeners": _of_one(
            "Listeners", "Listener", "loadBalancerArn", "--load-balancer-arn", {"ListenerArn": "id", "Port": "port"}
        ),
        "elbv2 describe-target-health": _nested(
            _of_one(
                "TargetHealthDescriptions",
                "TargetGroupAttachment",
                "targetGroupArn",
                "--target-group-arn",
                {"Id": "targetId", "Port": "port"},
            ),
            lambda row: {"Target": row},
        ),
        "events list-targets-by-rule": _nested(
            _of_one("Targets", "EventTarget", "rule", "--rule", {"Id": "id", "Arn": "arn", "rule": "rule"}),
            lambda row: {**row, "Id": row["Id"].removeprefix(f"{row['rule']}-")},
        ),
        "guardduty list-detectors": lambda things, _: ("DetectorIds", [each.id for each in _of(things, "Detector")]),
        "iam list-role-policies": _nested(
            _of_one("PolicyNames", "RolePolicy", "role", "--role-name", {"name": "name"}), lambda row: row["name"]
        ),
        "resourcegroupstaggingapi get-resources": lambda things, _: (
            "ResourceTagMappingList",
            [{"ResourceARN": each.outputs["arn"], **_tags(each)} for each in _of(things, "Key")],
        ),
        "route53 list-hosted-zones": lambda things, _: (
            "HostedZones",
            [{"Id": f"/hostedzone/{each.id}", "Name": f"{each.inputs['name']}."} for each in _of(things, "Zone")],
        ),
        "route53 list-resource-record-sets": _nested(
            _of_one("ResourceRecordSets", "Record", "zoneId", "--hosted-zone-id", {"Name": "name", "Type": "type"}),
            lambda row: {**row, "Name": f"{row['Name']}."},
        ),
    }
)
