"""What serves AWS's stores, queues and databases without holding what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TYPES: Final[Mapping[str, str]] = {
    "aws:dynamodb/contributorInsights:ContributorInsights": "counts how often keys of a table are read",
    "aws:dynamodb/tag:Tag": "a tag",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": "which images go, and when",
    "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": "which images are scanned",
    "aws:efs/mountTarget:MountTarget": "an address of a file system; its security group is judged",
    "aws:elasticache/parameterGroup:ParameterGroup": "tunes a cache",
    "aws:elasticache/subnetGroup:SubnetGroup": "names the subnets of a cache",
    "aws:rds/subnetGroup:SubnetGroup": "names the subnets of a database",
    "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": "moves objects by price",
    "aws:s3/bucketMetric:BucketMetric": "counts requests",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "who owns objects; ACLs are judged at the bucket",
    "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration": "who pays for requests",
    "aws:secretsmanager/secretRotation:SecretRotation": "when a secret is renewed",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": "which queues may hand over what failed",
    "aws:sqs/redrivePolicy:RedrivePolicy": "which queue takes what failed",
}
