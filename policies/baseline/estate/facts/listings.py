"""The commands that list what exists of a type, in the form that `baseline recover` reads: {type, id, name, inputs}.

Sources: what `hcloud … list -o json` writes is the schema of the API (hcloud-go v2, schema); AWS CLI references, and
botocore's models, which a test asks again; read 2026-11-26.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final


def _table(text: str) -> Mapping[str, tuple[str, ...]]:
    """Blocks of lines: a type of Pulumi's, then what is said of it; what is indented further goes on."""
    blocks = (block.replace("\n        ", " ").split("\n    ") for block in text.strip().split("\n\n"))
    return MappingProxyType({type_: tuple(said) for type_, *said in blocks})


_TAG: Final = '([.Tags[]? | select(.Key == "Name").Value][0])'
"""By which EC2 and KMS tell one from another: `@TAG` below."""

_WHOLES: Final = _table(r"""
hcloud:index/firewall:Firewall
    hcloud firewall list
    .[] | {id: (.id | tostring), name}

hcloud:index/floatingIp:FloatingIp
    hcloud floating-ip list
    .[] | {id: (.id | tostring), name}

hcloud:index/loadBalancer:LoadBalancer
    hcloud load-balancer list
    .[] | {id: (.id | tostring), name}

hcloud:index/loadBalancerNetwork:LoadBalancerNetwork
    hcloud load-balancer list
    .[] as $of | $of.private_net[] | {id: "\($of.id)-\(.network)", inputs: {loadBalancerId: $of.id}}

hcloud:index/loadBalancerService:LoadBalancerService
    hcloud load-balancer list
    .[] as $of | $of.services[] |
        {id: "\($of.id)__\(.listen_port)", inputs: {loadBalancerId: $of.id, listenPort: .listen_port}}

hcloud:index/loadBalancerTarget:LoadBalancerTarget
    hcloud load-balancer list
    .[] as $of | $of.targets[] | select(.server) |
        {id: "lb-srv-tgt-\(.server.id)-\($of.id)", inputs: {loadBalancerId: $of.id, serverId: .server.id}}

hcloud:index/network:Network
    hcloud network list
    .[] | {id: (.id | tostring), name}

hcloud:index/networkRoute:NetworkRoute
    hcloud network list
    .[] as $of | $of.routes[] | {id: "\($of.id)-\(.destination)", inputs: {networkId: $of.id, destination}}

hcloud:index/networkSubnet:NetworkSubnet
    hcloud network list
    .[] as $of | $of.subnets[] | {id: "\($of.id)-\(.ip_range)", inputs: {networkId: $of.id, ipRange: .ip_range}}

hcloud:index/placementGroup:PlacementGroup
    hcloud placement-group list
    .[] | {id: (.id | tostring), name}

hcloud:index/primaryIp:PrimaryIp
    hcloud primary-ip list
    .[] | {id: (.id | tostring), name}

hcloud:index/server:Server
    hcloud server list
    .[] | {id: (.id | tostring), name}

hcloud:index/sshKey:SshKey
    hcloud ssh-key list
    .[] | {id: (.id | tostring), name}

hcloud:index/storageBox:StorageBox
    hcloud storage-box list
    .[] | {id: (.id | tostring), name}

hcloud:index/volume:Volume
    hcloud volume list
    .[] | {id: (.id | tostring), name}

hcloud:index/volumeAttachment:VolumeAttachment
    hcloud volume list
    .[] | select(.server) | {id: (.id | tostring), inputs: {volumeId: .id, serverId: .server}}

hcloud:index/zone:Zone
    hcloud zone list
    .[] | {id: (.id | tostring), name}

aws:backup/plan:Plan
    aws backup list-backup-plans
    .BackupPlansList[] | {id: .BackupPlanId, name: .BackupPlanName}

aws:backup/restoreTestingPlan:RestoreTestingPlan
    aws backup list-restore-testing-plans
    .RestoreTestingPlans[] | {id: .RestoreTestingPlanName, name: .RestoreTestingPlanName}

aws:backup/vault:Vault
    aws backup list-backup-vaults
    .BackupVaultList[] | {id: .BackupVaultName, name: .BackupVaultName}

aws:cloudtrail/trail:Trail
    aws cloudtrail list-trails
    .Trails[] | {id: .TrailARN, name: .Name}

aws:cloudwatch/eventRule:EventRule
    aws events list-rules
    .Rules[] | {id: .Name, inputs: {name: .Name, eventBusName: .EventBusName}}

aws:cloudwatch/logGroup:LogGroup
    aws logs describe-log-groups
    .logGroups[] | {id: .logGroupName, name: .logGroupName}

aws:ebs/volume:Volume
    aws ec2 describe-volumes
    .Volumes[] | {id: .VolumeId, name: @TAG}

aws:ec2/eip:Eip
    aws ec2 describe-addresses
    .Addresses[] | {id: .AllocationId, name: @TAG}

aws:ec2/flowLog:FlowLog
    aws ec2 describe-flow-logs
    .FlowLogs[] | {id: .FlowLogId, name: @TAG, inputs: {vpcId: .ResourceId}}

aws:ec2/instance:Instance
    aws ec2 describe-instances
    .Reservations[].Instances[] | select(.State.Name != "terminated") | {id: .InstanceId, name: @TAG}

aws:ec2/internetGateway:InternetGateway
    aws ec2 describe-internet-gateways
    .InternetGateways[] | {id: .InternetGatewayId, name: @TAG}

aws:ec2/natGateway:NatGateway
    aws ec2 describe-nat-gateways
    .NatGateways[] | select(.State != "deleted") | {id: .NatGatewayId, name: @TAG}

aws:ec2/route:Route
    aws ec2 describe-route-tables
    .RouteTables[] as $of | $of.Routes[] | select(.Origin == "CreateRoute") |
        {id: "\($of.RouteTableId)_\(.DestinationCidrBlock // .DestinationIpv6CidrBlock // .DestinationPrefixListId)",
        inputs: {routeTableId: $of.RouteTableId, destinationCidrBlock: .DestinationCidrBlock,
        destinationIpv6CidrBlock: .DestinationIpv6CidrBlock, destinationPrefixListId: .DestinationPrefixListId}}

aws:ec2/routeTable:RouteTable
    aws ec2 describe-route-tables
    .RouteTables[] | select([.Associations[]?.Main] | any | not) | {id: .RouteTableId, name: @TAG}

aws:ec2/routeTableAssociation:RouteTableAssociation
    aws ec2 describe-route-tables
    .RouteTables[].Associations[] | select(.Main | not) |
        {id: .RouteTableAssociationId, inputs: {routeTableId: .RouteTableId, subnetId: .SubnetId,
        gatewayId: .GatewayId}}

aws:ec2/securityGroup:SecurityGroup
    aws ec2 describe-security-groups
    .SecurityGroups[] | select(.GroupName != "default") | {id: .GroupId, name: @TAG}

aws:ec2/subnet:Subnet
    aws ec2 describe-subnets
    .Subnets[] | select(.DefaultForAz | not) | {id: .SubnetId, name: @TAG}

aws:ec2/volumeAttachment:VolumeAttachment
    aws ec2 describe-volumes
    .Volumes[].Attachments[] |
        {id: "\(.Device):\(.VolumeId):\(.InstanceId)", inputs: {deviceName: .Device, volumeId: .VolumeId,
        instanceId: .InstanceId}}

aws:ec2/vpc:Vpc
    aws ec2 describe-vpcs
    .Vpcs[] | select(.IsDefault | not) | {id: .VpcId, name: @TAG}

aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion
    aws ec2 describe-vpc-block-public-access-exclusions
    .VpcBlockPublicAccessExclusions[] | select(.State != "delete-complete") |
        {id: .ExclusionId, inputs: {subnetId: (.ResourceArn | split("/") | last)}}

aws:ec2/vpcEndpoint:VpcEndpoint
    aws ec2 describe-vpc-endpoints
    .VpcEndpoints[] | {id: .VpcEndpointId, name: @TAG}

aws:guardduty/detector:Detector
    aws guardduty list-detectors
    .DetectorIds[] | {id: .}

aws:iam/instanceProfile:InstanceProfile
    aws iam list-instance-profiles
    .InstanceProfiles[] | {id: .InstanceProfileName, name: .InstanceProfileName}

aws:iam/policy:Policy
    aws iam list-policies --scope Local
    .Policies[] | {id: .Arn, name: .PolicyName}

aws:iam/role:Role
    aws iam list-roles
    .Roles[] | select(.Path | startswith("/aws-service-role/") | not) | {id: .RoleName, name: .RoleName}

aws:kms/alias:Alias
    aws kms list-aliases
    .Aliases[] | select(.AliasName | startswith("alias/aws/") | not) | {id: .AliasName, name: .AliasName}

aws:kms/key:Key
    aws resourcegroupstaggingapi get-resources --resource-type-filters kms:key
    .ResourceTagMappingList[] | {id: (.ResourceARN | split("/") | last), name: @TAG}

aws:lb/loadBalancer:LoadBalancer
    aws elbv2 describe-load-balancers
    .LoadBalancers[] | {id: .LoadBalancerArn, name: .LoadBalancerName}

aws:lb/targetGroup:TargetGroup
    aws elbv2 describe-target-groups
    .TargetGroups[] | {id: .TargetGroupArn, name: .TargetGroupName}

aws:route53/zone:Zone
    aws route53 list-hosted-zones
    .HostedZones[] | {id: (.Id | split("/") | last), name: (.Name | rtrimstr("."))}

aws:s3/bucket:Bucket
    aws s3api list-buckets
    .Buckets[] | {id: .Name, name: .Name}

aws:sns/topic:Topic
    aws sns list-topics
    .Topics[] | {id: .TopicArn, name: (.TopicArn | split(":") | last)}

aws:sns/topicSubscription:TopicSubscription
    aws sns list-subscriptions
    .Subscriptions[] | {id: .SubscriptionArn, inputs: {topic: .TopicArn, endpoint: .Endpoint}}

aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule
    aws ec2 describe-security-group-rules
    .SecurityGroupRules[] | select(.IsEgress) | {id: .SecurityGroupRuleId, name: @TAG}

aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
    aws ec2 describe-security-group-rules
    .SecurityGroupRules[] | select(.IsEgress | not) | {id: .SecurityGroupRuleId, name: @TAG}
""")
"""Type -> the command, and how jq reads its answer; what AWS itself puts into every account is left out."""

_PARTS: Final = _table(r"""
aws:backup/restoreTestingSelection:RestoreTestingSelection
    aws backup list-restore-testing-plans
    .RestoreTestingPlans[].RestoreTestingPlanName
    aws backup list-restore-testing-selections --restore-testing-plan-name
    .RestoreTestingSelections[] |
        {id: .RestoreTestingSelectionName, inputs: {name: .RestoreTestingSelectionName, restoreTestingPlanName: $of}}

aws:backup/selection:Selection
    aws backup list-backup-plans
    .BackupPlansList[].BackupPlanId
    aws backup list-backup-selections --backup-plan-id
    .BackupSelectionsList[] | {id: .SelectionId, inputs: {planId: $of, name: .SelectionName}}

aws:cloudwatch/eventTarget:EventTarget
    aws events list-rules
    .Rules[].Name
    aws events list-targets-by-rule --rule
    .Targets[] | {id: "\($of)-\(.Id)", inputs: {rule: $of, targetId: .Id, arn: .Arn}}

aws:iam/rolePolicy:RolePolicy
    aws iam list-roles
    .Roles[].RoleName
    aws iam list-role-policies --role-name
    .PolicyNames[] | {id: "\($of):\(.)", name: ., inputs: {role: $of}}

aws:lb/listener:Listener
    aws elbv2 describe-load-balancers
    .LoadBalancers[].LoadBalancerArn
    aws elbv2 describe-listeners --load-balancer-arn
    .Listeners[] | {id: .ListenerArn, inputs: {loadBalancerArn: $of, port: .Port}}

aws:lb/targetGroupAttachment:TargetGroupAttachment
    aws elbv2 describe-target-groups
    .TargetGroups[].TargetGroupArn
    aws elbv2 describe-target-health --target-group-arn
    .TargetHealthDescriptions[].Target |
        {id: "\($of),\(.Id),\(.Port)", inputs: {targetGroupArn: $of, targetId: .Id, port: .Port}}

aws:route53/record:Record
    aws route53 list-hosted-zones
    .HostedZones[].Id | split("/") | last
    aws route53 list-resource-record-sets --hosted-zone-id
    .ResourceRecordSets[] | select(.Type | IN("NS", "SOA") | not) | .Name |= rtrimstr(".") |
        {id: "\($of)_\(.Name)_\(.Type)", inputs: {zoneId: $of, name: .Name, type: .Type}}

hcloud:index/zoneRrset:ZoneRrset
    hcloud zone list
    .[].name
    hcloud zone rrset list
    .[] | select(.type | IN("NS", "SOA") | not) | {id: "\(.name)/\(.type)", inputs: {zone: $of, name, type}}
""")
"""Type -> the command that lists what it is a part of, and how that is called; the command that lists the parts of one,
and how jq reads its answer, with `$of` for the whole."""

_EVERYWHERE: Final = frozenset({"iam", "route53", "s3api"})
"""Services that answer for the whole account."""


def listing(type_: str, regions: Iterable[str]) -> tuple[str, ...]:
    """The commands that list a type, each writing a JSON list; none for a type that no table knows.

    `regions` are those of AWS in which the stack works; REGION stands for one that nobody knows.
    """
    if type_ in _PARTS:
        return tuple(_of_each(type_, where) for where in _places(_PARTS[type_][0], regions))
    if type_ not in _WHOLES:
        return ()
    command, filter_ = _WHOLES[type_]
    return tuple(
        f"{command}{_options(command, where)} | "
        f"jq {shlex.quote(f'{_rows(type_, filter_, where)} + [{_asked(type_, where)}]')}"
        for where in _places(command, regions)
    )


def _of_each(type_: str, region: str) -> str:
    wholes, names, parts, filter_ = _PARTS[type_]
    options = _options(wholes, region)
    read = f'jq --arg of "$of" {shlex.quote(_rows(type_, filter_, region))}'
    ends = f"jq -s {shlex.quote(f'add + [{_asked(type_, region)}]')}"
    return (
        f"{wholes}{options} | jq -r {shlex.quote(names)} | while read -r of; do "
        f'{parts} "$of"{options} | {read}; done | {ends}'
    )


def _places(command: str, regions: Iterable[str]) -> list[str]:
    """The regions to ask in; one without a name where a service has but one answer."""
    cloud, service, *_ = command.split()
    return [""] if cloud == "hcloud" or service in _EVERYWHERE else sorted(regions) or ["REGION"]


def _options(command: str, region: str) -> str:
    if command.startswith("hcloud "):
        return " -o json"
    return f" --region {shlex.quote(region)} --output json" if region else " --output json"


def _rows(type_: str, filter_: str, region: str) -> str:
    where = f' | .inputs.region = "{region}"' if region else ""
    return f'[{filter_.replace("@TAG", _TAG)} | .type = "{type_}"{where}]'


def _asked(type_: str, region: str) -> str:
    """The entry that says that the type was asked for, and where: without it none and unasked look the same."""
    where = f', inputs: {{region: "{region}"}}' if region else ""
    return f'{{type: "{type_}", id: ""{where}}}'
