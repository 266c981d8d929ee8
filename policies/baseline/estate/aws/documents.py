"""Which inputs of AWS types hold a policy document.

Source: pulumi-aws 7.51.1, the arguments of each type, as of 2026-11-26. A dotted path reaches
into an input.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

OF_ONE_HOLDER: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "aws:iam/groupPolicy:GroupPolicy": ("policy", "group"),
        "aws:iam/rolePolicy:RolePolicy": ("policy", "role"),
        "aws:iam/userPolicy:UserPolicy": ("policy", "user"),
        "aws:iot/policy:Policy": ("policy", ""),  # whatever certificates it is attached to
        "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": ("inlinePolicy", "permissionSetArn"),
    }
)
"""Type -> the input that holds what is granted, and the one that names who gets it."""

ON_RESOURCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aws:acmpca/policy:Policy": "policy",
        "aws:amp/resourcePolicy:ResourcePolicy": "policyDocument",
        "aws:apigateway/restApiPolicy:RestApiPolicy": "policy",
        "aws:backup/vaultPolicy:VaultPolicy": "policy",
        "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy": "policy",
        "aws:cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy": "accessPolicy",
        "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
        "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy": "deliveryDestinationPolicy",
        "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": "accessPolicy",
        "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
        "aws:codeartifact/domainPermissions:DomainPermissions": "policyDocument",
        "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": "policyDocument",
        "aws:codebuild/resourcePolicy:ResourcePolicy": "policy",
        "aws:dsql/clusterPolicy:ClusterPolicy": "policy",
        "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
        "aws:ecr/registryPolicy:RegistryPolicy": "policy",
        "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
        "aws:ecrpublic/repositoryPolicy:RepositoryPolicy": "policy",
        "aws:efs/fileSystemPolicy:FileSystemPolicy": "policy",
        "aws:elasticsearch/domainPolicy:DomainPolicy": "accessPolicies",
        "aws:glacier/vaultLock:VaultLock": "policy",
        "aws:glue/resourcePolicy:ResourcePolicy": "policy",
        "aws:kinesis/resourcePolicy:ResourcePolicy": "policy",
        "aws:lambda/resourcePolicy:ResourcePolicy": "policy",
        "aws:mediastore/containerPolicy:ContainerPolicy": "policy",
        "aws:msk/clusterPolicy:ClusterPolicy": "policy",
        "aws:networkfirewall/resourcePolicy:ResourcePolicy": "policy",
        "aws:oam/sinkPolicy:SinkPolicy": "policy",
        "aws:opensearch/domainPolicy:DomainPolicy": "accessPolicies",
        "aws:opensearchingest/resourcePolicy:ResourcePolicy": "policy",
        "aws:organizations/resourcePolicy:ResourcePolicy": "content",
        "aws:pinpoint/smsvoicev2ResourcePolicy:Smsvoicev2ResourcePolicy": "policy",
        "aws:redshift/resourcePolicy:ResourcePolicy": "policy",
        "aws:redshiftserverless/resourcePolicy:ResourcePolicy": "policy",
        "aws:s3/bucketPolicy:BucketPolicy": "policy",
        "aws:s3/filesFileSystemPolicy:FilesFileSystemPolicy": "policy",
        "aws:s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy": "policy",
        "aws:s3control/accessGrantsInstanceResourcePolicy:AccessGrantsInstanceResourcePolicy": "policy",
        "aws:s3control/accessPointPolicy:AccessPointPolicy": "policy",
        "aws:s3control/bucketPolicy:BucketPolicy": "policy",
        "aws:s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy": "details.policy",
        "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy": "policy",
        "aws:s3tables/tableBucketPolicy:TableBucketPolicy": "resourcePolicy",
        "aws:s3tables/tablePolicy:TablePolicy": "resourcePolicy",
        "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": "resourcePolicy",
        "aws:schemas/registryPolicy:RegistryPolicy": "policy",
        "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
        "aws:ses/identityPolicy:IdentityPolicy": "policy",
        "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy": "policy",
        "aws:sns/topicPolicy:TopicPolicy": "policy",
        "aws:sqs/queuePolicy:QueuePolicy": "policy",
        "aws:vpclattice/authPolicy:AuthPolicy": "policy",
        "aws:vpclattice/resourcePolicy:ResourcePolicy": "policy",
        "aws:xray/resourcePolicy:ResourcePolicy": "policyDocument",
    }
)
"""Types that are nothing but a policy of a resource ..."""

ON_KEYS: Final[Mapping[str, str]] = MappingProxyType({"aws:kms/keyPolicy:KeyPolicy": "policy"})
"""... or of a key ..."""

WITHIN_RESOURCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aws:apigateway/domainName:DomainName": "policy",
        "aws:apigateway/restApi:RestApi": "policy",
        "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": "repositoryPolicy",
        "aws:elasticsearch/domain:Domain": "accessPolicies",
        "aws:fsx/s3AccessPointAttachment:S3AccessPointAttachment": "s3AccessPoint.policy",
        "aws:glacier/vault:Vault": "accessPolicy",
        "aws:opensearch/domain:Domain": "accessPolicies",
        "aws:s3/accessPoint:AccessPoint": "policy",
        "aws:s3/bucket:Bucket": "policy",
        "aws:s3/bucketV2:BucketV2": "policy",
        "aws:secretsmanager/secret:Secret": "policy",
        "aws:sns/topic:Topic": "policy",
        "aws:sqs/queue:Queue": "policy",
    }
)
WITHIN_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aws:kms/externalKey:ExternalKey": "policy",
        "aws:kms/key:Key": "policy",
        "aws:kms/replicaExternalKey:ReplicaExternalKey": "policy",
        "aws:kms/replicaKey:ReplicaKey": "policy",
    }
)
"""... and types that are much besides, for other adapters to know."""
