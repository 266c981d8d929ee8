"""AWS as data: how ids look, what a change replaces, what is unique, for the types that the environments use.

Sources: the AWS API references for ids and ARNs; terraform-provider-aws's schemas for what forces a replacement; read
2026-11-26.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ebs/volume:Volume": "vol",
        "ec2/defaultSecurityGroup:DefaultSecurityGroup": "sg",
        "ec2/eip:Eip": "eipalloc",
        "ec2/flowLog:FlowLog": "fl",
        "ec2/instance:Instance": "i",
        "ec2/internetGateway:InternetGateway": "igw",
        "ec2/launchTemplate:LaunchTemplate": "lt",
        "ec2/natGateway:NatGateway": "nat",
        "ec2/networkInterface:NetworkInterface": "eni",
        "ec2/routeTable:RouteTable": "rtb",
        "ec2/routeTableAssociation:RouteTableAssociation": "rtbassoc",
        "ec2/securityGroup:SecurityGroup": "sg",
        "ec2/subnet:Subnet": "subnet",
        "ec2/volumeAttachment:VolumeAttachment": "vai",
        "ec2/vpc:Vpc": "vpc",
        "ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion": "vpcbpa-exclude",
        "ec2/vpcEndpoint:VpcEndpoint": "vpce",
        "ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": "a",
        "efs/fileSystem:FileSystem": "fs",
        "vpc/securityGroupEgressRule:SecurityGroupEgressRule": "sgr",
        "vpc/securityGroupIngressRule:SecurityGroupIngressRule": "sgr",
    }
)
"""Ids of the form `vpc-0123456789abcdef0`."""

NAMED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "backup/restoreTestingPlan:RestoreTestingPlan": "name",
        "backup/restoreTestingSelection:RestoreTestingSelection": "name",
        "backup/vault:Vault": "name",
        "backup/vaultLockConfiguration:VaultLockConfiguration": "backupVaultName",
        "backup/vaultPolicy:VaultPolicy": "backupVaultName",
        "cloudwatch/eventRule:EventRule": "name",
        "cloudwatch/logGroup:LogGroup": "name",
        "dynamodb/table:Table": "name",
        "iam/instanceProfile:InstanceProfile": "name",
        "iam/role:Role": "name",
        "iam/user:User": "name",
        "kms/alias:Alias": "name",
        "rds/instance:Instance": "identifier",
        "s3/bucket:Bucket": "bucket",
        "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "bucket",
        "s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": "bucket",
        "s3/bucketOwnershipControls:BucketOwnershipControls": "bucket",
        "s3/bucketPolicy:BucketPolicy": "bucket",
        "s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "bucket",
        "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "bucket",
        "s3/bucketVersioning:BucketVersioning": "bucket",
        "sns/topicPolicy:TopicPolicy": "arn",
    }
)
"""Ids that are one of the inputs."""

ARNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "backup/vault:Vault": "backup:{region}:{account}:backup-vault:{name}",
        "cloudtrail/trail:Trail": "cloudtrail:{region}:{account}:trail/{name}",
        "cloudwatch/eventRule:EventRule": "events:{region}:{account}:rule/{name}",
        "cloudwatch/logGroup:LogGroup": "logs:{region}:{account}:log-group:{name}",
        "dynamodb/table:Table": "dynamodb:{region}:{account}:table/{name}",
        "ebs/volume:Volume": "ec2:{region}:{account}:volume/{id}",
        "ec2/instance:Instance": "ec2:{region}:{account}:instance/{id}",
        "ec2/securityGroup:SecurityGroup": "ec2:{region}:{account}:security-group/{id}",
        "ec2/subnet:Subnet": "ec2:{region}:{account}:subnet/{id}",
        "ec2/vpc:Vpc": "ec2:{region}:{account}:vpc/{id}",
        "guardduty/detector:Detector": "guardduty:{region}:{account}:detector/{id}",
        "iam/instanceProfile:InstanceProfile": "iam::{account}:instance-profile/{name}",
        "iam/policy:Policy": "iam::{account}:policy/{name}",
        "iam/role:Role": "iam::{account}:role/{name}",
        "kms/key:Key": "kms:{region}:{account}:key/{id}",
        "lb/listener:Listener": "elasticloadbalancing:{region}:{account}:listener/net/{name}/{hex}/{hex}",
        "lb/loadBalancer:LoadBalancer": "elasticloadbalancing:{region}:{account}:loadbalancer/net/{name}/{hex}",
        "lb/targetGroup:TargetGroup": "elasticloadbalancing:{region}:{account}:targetgroup/{name}/{hex}",
        "rds/instance:Instance": "rds:{region}:{account}:db:{name}",
        "route53/zone:Zone": "route53:::hostedzone/{id}",
        "s3/bucket:Bucket": "s3:::{name}",
        "sns/topic:Topic": "sns:{region}:{account}:{name}",
        "sqs/queue:Queue": "sqs:{region}:{account}:{name}",
    }
)

IS_ITS_ARN: Final = frozenset(
    {
        *("cloudtrail/trail:Trail", "iam/policy:Policy", "lb/listener:Listener", "lb/loadBalancer:LoadBalancer"),
        *("lb/targetGroup:TargetGroup", "sns/topic:Topic"),
    }
)
"""Types whose id is their ARN."""

AUTONAMED: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("backup/plan:Plan", "backup/selection:Selection", "backup/vault:Vault", "cloudtrail/trail:Trail"),
                *("cloudwatch/eventRule:EventRule", "cloudwatch/logGroup:LogGroup", "dynamodb/table:Table"),
                *("ec2/launchTemplate:LaunchTemplate", "ec2/securityGroup:SecurityGroup", "iam/role:Role"),
                *("iam/instanceProfile:InstanceProfile", "iam/policy:Policy", "iam/rolePolicy:RolePolicy"),
                *("iam/user:User", "kms/alias:Alias", "lb/loadBalancer:LoadBalancer", "lb/targetGroup:TargetGroup"),
                *("sns/topic:Topic", "sqs/queue:Queue", "secretsmanager/secret:Secret"),
            ),
            "name",
        ),
        "s3/bucket:Bucket": "bucket",
        "rds/instance:Instance": "identifier",
    }
)
"""The input that the bridge makes up from the program's name."""

UNIQUE: Final = frozenset(
    {
        *("backup/vault:Vault", "cloudtrail/trail:Trail", "cloudwatch/eventRule:EventRule", "dynamodb/table:Table"),
        *("cloudwatch/logGroup:LogGroup", "iam/instanceProfile:InstanceProfile", "iam/policy:Policy"),
        *("iam/role:Role", "iam/user:User", "kms/alias:Alias", "lb/loadBalancer:LoadBalancer"),
        *("lb/targetGroup:TargetGroup", "rds/instance:Instance", "s3/bucket:Bucket"),
    }
)
"""Names that exist once, in an account and region or, of buckets, in the world. All else AWS makes twice when asked."""

DEFAULTS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "backup/vault:Vault": {"forceDestroy": False},
        "cloudtrail/trail:Trail": {"enableLogging": True, "includeGlobalServiceEvents": True},
        "cloudwatch/logGroup:LogGroup": {"retentionInDays": 0, "skipDestroy": False},
        "ec2/instance:Instance": {"getPasswordData": False, "sourceDestCheck": True, "userDataReplaceOnChange": False},
        "ec2/securityGroup:SecurityGroup": {"description": "Managed by Pulumi", "revokeRulesOnDelete": False},
        "ec2/subnet:Subnet": dict.fromkeys(
            (
                *("assignIpv6AddressOnCreation", "enableDns64", "enableResourceNameDnsARecordOnLaunch"),
                *("enableResourceNameDnsAaaaRecordOnLaunch", "ipv6Native", "mapPublicIpOnLaunch"),
            ),
            False,
        ),
        "ec2/vpc:Vpc": {"enableDnsSupport": True, "instanceTenancy": "default"},
        "iam/role:Role": {"forceDetachPolicies": False, "maxSessionDuration": 3600},
        "kms/key:Key": {
            "bypassPolicyLockoutSafetyCheck": False,
            "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
            "enableKeyRotation": False,
            "isEnabled": True,
            "keyUsage": "ENCRYPT_DECRYPT",
        },
        "lb/loadBalancer:LoadBalancer": {
            "desyncMitigationMode": "defensive",
            "dropInvalidHeaderFields": False,
            "enableCrossZoneLoadBalancing": False,
            "enableDeletionProtection": False,
            "enableHttp2": True,
            "enableTlsVersionAndCipherSuiteHeaders": False,
            "enableWafFailOpen": False,
            "enableXffClientPort": False,
            "idleTimeout": 60,
            "preserveHostHeader": False,
            "xffHeaderProcessingMode": "append",
        },
        "lb/targetGroup:TargetGroup": {
            "lambdaMultiValueHeadersEnabled": False,
            "proxyProtocolV2": False,
            "slowStart": 0,
            "targetType": "instance",
        },
        "route53/zone:Zone": {"comment": "Managed by Pulumi", "forceDestroy": False},
        "s3/bucket:Bucket": {"forceDestroy": False},
        "s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {"skipDestroy": False},
    }
)
"""What the bridge fills in.

Source: the recordings of the real provider in pulumi-aws, provider/testdata/recorded/TestProviderUpgrade (ec2-instance,
kms-key, cloudwatch-loggroup, lb, bucket), read 2026-11-26; the rest from terraform-provider-aws's schemas.
"""

REPLACES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "backup/selection:Selection": frozenset({"iamRoleArn", "name", "planId", "resources", "selectionTags"}),
        "backup/vault:Vault": frozenset({"kmsKeyArn", "name"}),
        "backup/vaultLockConfiguration:VaultLockConfiguration": frozenset(
            {"backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"}
        ),
        "cloudtrail/trail:Trail": frozenset({"name"}),
        "cloudwatch/eventRule:EventRule": frozenset({"eventBusName", "name"}),
        "cloudwatch/eventTarget:EventTarget": frozenset({"eventBusName", "rule", "targetId"}),
        "cloudwatch/logGroup:LogGroup": frozenset({"logGroupClass", "name"}),
        "dynamodb/table:Table": frozenset({"hashKey", "name", "rangeKey"}),
        "ebs/volume:Volume": frozenset({"availabilityZone", "encrypted", "kmsKeyId", "snapshotId"}),
        "ec2/flowLog:FlowLog": frozenset({"logDestination", "maxAggregationInterval", "trafficType", "vpcId"}),
        "ec2/instance:Instance": frozenset(
            {"ami", "associatePublicIpAddress", "availabilityZone", "keyName", "privateIp", "subnetId"}
        ),
        "ec2/natGateway:NatGateway": frozenset({"allocationId", "subnetId"}),
        "ec2/route:Route": frozenset({"destinationCidrBlock", "routeTableId"}),
        "ec2/routeTable:RouteTable": frozenset({"vpcId"}),
        "ec2/routeTableAssociation:RouteTableAssociation": frozenset({"subnetId"}),
        "ec2/securityGroup:SecurityGroup": frozenset({"description", "name", "vpcId"}),
        "ec2/subnet:Subnet": frozenset({"availabilityZone", "cidrBlock", "vpcId"}),
        "ec2/volumeAttachment:VolumeAttachment": frozenset({"deviceName", "instanceId", "volumeId"}),
        "ec2/vpc:Vpc": frozenset({"cidrBlock", "instanceTenancy"}),
        "ec2/vpcEndpoint:VpcEndpoint": frozenset({"serviceName", "vpcEndpointType", "vpcId"}),
        "iam/instanceProfile:InstanceProfile": frozenset({"name", "path"}),
        "iam/policy:Policy": frozenset({"description", "name", "path"}),
        "iam/role:Role": frozenset({"name", "path"}),
        "iam/rolePolicy:RolePolicy": frozenset({"name", "role"}),
        "kms/alias:Alias": frozenset({"name"}),
        "kms/key:Key": frozenset({"customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion"}),
        "lb/listener:Listener": frozenset({"loadBalancerArn"}),
        "lb/loadBalancer:LoadBalancer": frozenset({"internal", "loadBalancerType", "name"}),
        "lb/targetGroup:TargetGroup": frozenset({"name", "port", "protocol", "targetType", "vpcId"}),
        "rds/instance:Instance": frozenset({"availabilityZone", "engine", "kmsKeyId", "storageEncrypted", "username"}),
        "route53/record:Record": frozenset({"zoneId"}),
        "route53/zone:Zone": frozenset({"name"}),
        "s3/bucket:Bucket": frozenset({"bucket", "objectLockEnabled"}),
        "sns/topic:Topic": frozenset({"fifoTopic", "name"}),
        "sns/topicSubscription:TopicSubscription": frozenset({"endpoint", "protocol", "topic"}),
        "sqs/queue:Queue": frozenset({"fifoQueue", "name"}),
    }
)
"""Inputs whose change makes a new one. `region` does, of everything."""

SINGLETONS: Final = frozenset(
    {
        *("ebs/defaultKmsKey:DefaultKmsKey", "ebs/encryptionByDefault:EncryptionByDefault"),
        *("ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", "ec2/serialConsoleAccess:SerialConsoleAccess"),
        *("ec2/imageBlockPublicAccess:ImageBlockPublicAccess", "s3/accountPublicAccessBlock:AccountPublicAccessBlock"),
        *("ec2/instanceMetadataDefaults:InstanceMetadataDefaults",),
        *("ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",),
    }
)
"""Settings of an account or region: there is one of each, and deleting it sets the default again."""
