"""Types that hold no data, admit no traffic, end no TLS, grant no access and keep no logs, each with the reason.

A type that no adapter reads and that is not listed here is unjudged, and an unjudged resource fails.
"""

from __future__ import annotations

from collections.abc import Mapping

NEUTRAL: Mapping[str, str] = {
    "aws:dynamodb/contributorInsights:ContributorInsights": "counts how often keys of a table are read",
    "aws:dynamodb/tag:Tag": "a tag",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": "which images go, and when",
    "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": "which images are scanned",
    "aws:efs/mountTarget:MountTarget": "an address of a file system inside a network; its security group is judged for itself",
    "aws:elasticache/parameterGroup:ParameterGroup": "tunes a cache",
    "aws:elasticache/subnetGroup:SubnetGroup": "names the subnets of a cache",
    "aws:iam/accountAlias:AccountAlias": "a name for the sign-in page",
    "aws:iam/groupMembership:GroupMembership": "who is in a group; what the group may do is judged for itself",
    "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": "removes inline policies that are not declared",
    "aws:iam/instanceProfile:InstanceProfile": "hands a role to instances; what the role may do is judged for itself",
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": "removes inline policies that are not declared",
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": "a role of AWS's own, with AWS's own policy and trust",
    "aws:iam/userGroupMembership:UserGroupMembership": "who is in a group; what the group may do is judged for itself",
    "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": "removes inline policies that are not declared",
    "aws:rds/subnetGroup:SubnetGroup": "names the subnets of a database",
    "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": "moves objects between prices",
    "aws:s3/bucketMetric:BucketMetric": "counts requests",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "who owns objects; whether an ACL opens them is judged at the bucket",
    "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration": "who pays for requests",
    "aws:s3/bucketVersioning:BucketVersioning": "keeps what was overwritten, in the same bucket",
    "aws:s3/bucketVersioningV2:BucketVersioningV2": "keeps what was overwritten, in the same bucket",
    "aws:secretsmanager/secretRotation:SecretRotation": "when a secret is renewed",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": "which queues may hand over what failed",
    "aws:sqs/redrivePolicy:RedrivePolicy": "which queue takes what failed",
    "hcloud:index/networkSubnet:NetworkSubnet": "a part of a network's address plan",
    "hcloud:index/placementGroup:PlacementGroup": "spreads servers over machines",
    "hcloud:index/rdns:Rdns": "the reverse name of an address",
    "hcloud:index/serverNetwork:ServerNetwork": "an address inside a private network",
    "random:index/randomBytes:RandomBytes": "a generated secret, which Pulumi keeps as one",
    "random:index/randomId:RandomId": "a name",
    "random:index/randomPassword:RandomPassword": "a generated secret, which Pulumi keeps as one",
    "random:index/randomString:RandomString": "a name; what is a secret is made as a RandomPassword",
}
