"""What AWS's own managed policies grant, as far as the rules ask: whole services, the end of backups,
keys or logs, and what lets its holder get more.

Source: AWS Managed Policy Reference, as carried by moto 5.2.1 (iam/aws_managed_policies.py), read 2026-11-23. AWS
changes them without notice, so the date matters; a policy that is not listed is undecided.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_NARROW: Final = (
    "AmazonAPIGatewayPushToCloudWatchLogs",
    "AmazonDynamoDBReadOnlyAccess",
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonEC2ContainerRegistryReadOnly",
    "AmazonEC2ReadOnlyAccess",
    "AmazonECSTaskExecutionRolePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonEKSClusterPolicy",
    "AmazonEKSWorkerNodePolicy",
    "AmazonElasticFileSystemFullAccess",
    "AmazonS3ReadOnlyAccess",
    "AmazonSQSReadOnlyAccess",
    "AmazonSSMManagedInstanceCore",
    "AmazonSSMPatchAssociation",
    "AmazonSSMReadOnlyAccess",
    "AWS_ConfigRole",
    "AWSBackupServiceRolePolicyForS3Backup",
    "AWSBackupServiceRolePolicyForS3Restore",
    "AWSKeyManagementServicePowerUser",
    "AWSLambdaBasicExecutionRole",
    "AWSLambdaSQSQueueExecutionRole",
    "AWSLambdaVPCAccessExecutionRole",
    "AWSXRayDaemonWriteAccess",
    "CloudWatchReadOnlyAccess",
    "IAMReadOnlyAccess",
    "ReadOnlyAccess",
    "SecurityAudit",
    "ViewOnlyAccess",
)

_WIDE: Final = {
    "AdministratorAccess": "*",
    "AmazonDynamoDBFullAccess": "dax:* dynamodb:*",
    "AmazonEBSCSIDriverPolicy": "ec2:deletesnapshot",
    "AmazonEC2FullAccess": "autoscaling:* cloudwatch:* ec2:* elasticloadbalancing:*",
    "AmazonECS_FullAccess": "ecs:*",
    "AmazonRDSEnhancedMonitoringRole": "logs:putretentionpolicy",
    "AmazonRDSFullAccess": "rds:*",
    "AmazonRoute53FullAccess": "route53:* route53domains:*",
    "AmazonS3FullAccess": "s3-object-lambda:* s3:*",
    "AmazonSNSFullAccess": "sns:*",
    "AmazonSQSFullAccess": "sqs:*",
    "AmazonSSMAutomationRole": "ec2:deletesnapshot ec2:deregisterimage ssm:*",
    "AmazonSSMFullAccess": "ec2messages:* logs:* ssm:*",
    "AmazonVPCFullAccess": "ec2:deleteflowlogs",
    "AWSBackupFullAccess": (
        "backup-storage:* backup:* dynamodb:deletebackup ec2:deletesnapshot ec2:deregisterimage fsx:deletebackup "
        "rds:deletedbclustersnapshot rds:deletedbsnapshot redshift-serverless:deletesnapshot"
    ),
    "AWSBackupServiceRolePolicyForBackup": (
        "dynamodb:deletebackup ec2:deletesnapshot ec2:deregisterimage fsx:deletebackup "
        "rds:deletedbclusterautomatedbackup rds:deletedbclustersnapshot rds:deletedbinstanceautomatedbackup "
        "rds:deletedbsnapshot redshift-serverless:deletesnapshot redshift:deleteclustersnapshot"
    ),
    "AWSBackupServiceRolePolicyForRestores": "ec2:deletesnapshot",
    "AWSCloudTrail_FullAccess": "cloudtrail:*",
    "AWSCodeBuildAdminAccess": "codebuild:* logs:deleteloggroup",
    "AWSDataLifecycleManagerServiceRole": "ec2:deletesnapshot",
    "AWSLambda_FullAccess": "lambda:*",
    "CloudWatchAgentServerPolicy": "logs:putretentionpolicy",
    "CloudWatchFullAccess": "cloudwatch:* logs:* sns:*",
    "CloudWatchLogsFullAccess": "logs:*",
    "IAMFullAccess": "iam:*",
    "SecretsManagerReadWrite": "secretsmanager:*",
}

MANAGED_POLICIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {**dict.fromkeys(_NARROW, ()), **{name: tuple(actions.split()) for name, actions in _WIDE.items()}}
)
"""Name -> patterns of actions, in lower case, that cover a whole service, or a destructive or escalating action."""

ALL_BUT: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"PowerUserAccess": ("account:*", "iam:*", "organizations:*")}
)
"""Name -> patterns of the actions that it leaves out of everything."""
