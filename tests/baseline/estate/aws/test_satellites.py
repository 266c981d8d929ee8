"""What is set on something that another program declares is judged by itself, however it names it.

A bucket that stands in no program of ours is still a bucket that this program may open. So each type that an adapter
reads gives something to judge while all that it refers to is a plain name; or it is told here why it need not.
"""

from __future__ import annotations

from typing import Any, Final

import pytest

from baseline.estate import aws
from baseline.estate.build import build
from baseline.estate.builder import Builder
from baseline.estate.facts.neutral import NEUTRAL
from baseline.graph import UNKNOWN, Ref, Resource
from baseline.judge import Finding, judge
from baseline.rule import all_rules, aws_provider, example, ref, resource
from tests.baseline.estate.aws.judging import outcomes, passed
from tests.baseline.estate.aws.sdk import inputs

OPEN, BITS, OLD = "storage_reachable_from_outside", "tls_below_256_bits", "protocol_below_tls_1_2"
ELSEWHERE: Final = "elsewhere"
EVERYONE: Final = "http://acs.amazonaws.com/groups/global/AllUsers"
MEMBERS: Final = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
SWITCHES: Final = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
ACLS: Final = ("aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2")
BLOCK: Final = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
ACCOUNT: Final = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
MEMBER: Final = "aws:rds/clusterInstance:ClusterInstance"
OBJECTS: Final = (
    "aws:s3/bucketObject:BucketObject",
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "aws:s3/objectCopy:ObjectCopy",
)
ENCRYPTIONS: Final = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
)
FORWARD: Final = [{"type": "forward", "targetGroupArn": ELSEWHERE}]
OPEN_TO_ALL: Final = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}
CATALOG: Final = {"encryptionAtRest": {"catalogEncryptionMode": "DISABLED"}}


def _granted(group: str) -> dict[str, Any]:
    return {"accessControlPolicy": {"grants": [{"grantee": {"type": "Group", "uri": group}, "permission": "READ"}]}}


def _balancer(name: str, listed: str) -> dict[str, Any]:
    return {name: ELSEWHERE, listed: [{"name": "Protocol-TLSv1", "value": "true"}]}


WORST: Final[tuple[tuple[str, str, str, dict[str, Any]], ...]] = (
    *((type_, OPEN, "fail", {"bucket": ELSEWHERE, "acl": "public-read-write"}) for type_ in ACLS),
    *((type_, OPEN, "fail", {"bucket": ELSEWHERE, **_granted(EVERYONE)}) for type_ in ACLS),
    *((type_, OPEN, "fail", {"bucket": ELSEWHERE, **_granted(MEMBERS)}) for type_ in ACLS),
    *((type_, OPEN, "fail", {"bucket": ELSEWHERE, "acl": "public-read"}) for type_ in OBJECTS),
    (OBJECTS[2], OPEN, "fail", {"bucket": ELSEWHERE, "grants": [{"type": "Group", "uri": EVERYONE}]}),
    (BLOCK, OPEN, "fail", {"bucket": ELSEWHERE, **dict.fromkeys(SWITCHES, True), "ignorePublicAcls": False}),
    (ACCOUNT, OPEN, "fail", {}),
    ("aws:s3/bucketPolicy:BucketPolicy", OPEN, "fail", {"bucket": ELSEWHERE, "policy": OPEN_TO_ALL}),
    (
        "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
        "store_admits_plain_requests",
        "fail",
        {"bucket": ELSEWHERE},
    ),
    *((type_, "store_under_no_customer_key", "fail", {"bucket": ELSEWHERE, "rules": [{}]}) for type_ in ENCRYPTIONS),
    (MEMBER, OPEN, "fail", {"clusterIdentifier": ELSEWHERE, "publiclyAccessible": True}),
    (
        "aws:neptune/clusterInstance:ClusterInstance",
        OPEN,
        "fail",
        {"clusterIdentifier": ELSEWHERE, "publiclyAccessible": True},
    ),
    ("aws:elb/sslNegotiationPolicy:SslNegotiationPolicy", OLD, "fail", _balancer("loadBalancer", "attributes")),
    (
        "aws:elb/loadBalancerPolicy:LoadBalancerPolicy",
        OLD,
        "fail",
        {"policyTypeName": "SSLNegotiationPolicyType", **_balancer("loadBalancerName", "policyAttributes")},
    ),
    (
        "aws:elb/listenerPolicy:ListenerPolicy",
        BITS,
        "not_observable",
        {"loadBalancerName": ELSEWHERE, "loadBalancerPort": 443, "policyNames": [ELSEWHERE]},
    ),
    *(
        (f"aws:{module}/listenerRule:ListenerRule", BITS, "unknown", {"listenerArn": ELSEWHERE, "actions": FORWARD})
        for module in ("lb", "alb")
    ),
    (
        "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
        "host_reachable_from_internet",
        "unknown",
        {"prefixListId": ELSEWHERE, "cidr": "0.0.0.0/0"},
    ),
    (
        "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
        "host_reachable_from_internet",
        "unknown",
        {"securityGroupId": ELSEWHERE, "networkInterfaceId": ELSEWHERE},
    ),
    (
        "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings",
        "store_without_encryption",
        "fail",
        {"dataCatalogEncryptionSettings": CATALOG},
    ),
    *(
        (
            f"aws:globalaccelerator/{kind[:1].lower()}{kind[1:]}:{kind}",
            "copy_outside_countries",
            "fail",
            {"listenerArn": ELSEWHERE, "endpointGroupRegion": "us-east-1"},
        )
        for kind in ("EndpointGroup", "CustomRoutingEndpointGroup")
    ),
)
"""Type, the rule that its worst setting breaks, what that says, and the setting, on something that nobody sees."""

QUIET: Final = {
    "binds two things of which each is judged where it is declared, and sets nothing of its own": """
        acm/CertificateValidation alb/ListenerCertificate alb/TargetGroupAttachment autoscaling/Attachment
        ec2/EipAssociation ec2/NatGatewayEipAssociation ec2/NetworkInterfaceAttachment ec2/VolumeAttachment
        elb/Attachment kms/Alias lb/ListenerCertificate lb/TargetGroupAttachment lightsail/LbCertificateAttachment
        lightsail/StaticIpAttachment
    """,
    "is judged at what names it, and there is unknown to a program that does not show it": """
        alb/TargetGroup cloudwatch/EventRule cognito/IdentityPool docdb/ClusterParameterGroup ec2/DefaultSubnet
        ec2/NatGateway ec2/Subnet ec2/TrafficMirrorTarget emr/SecurityConfiguration iam/Group lb/TargetGroup
        organizations/Policy rds/ClusterParameterGroup rds/ParameterGroup redshift/ParameterGroup vpclattice/TargetGroup
    """,
    "is judged at its region, where its absence is the same defect": """
        ebs/DefaultKmsKey ebs/EncryptionByDefault ebs/SnapshotBlockPublicAccess ec2/ImageBlockPublicAccess
        ec2/InstanceMetadataDefaults ec2/SerialConsoleAccess
    """,
    "only adds protection, whose absence is judged where its target is declared": """
        backup/RestoreTestingPlan backup/RestoreTestingSelection backup/Selection backup/VaultLockConfiguration
        efs/BackupPolicy elb/LoadBalancerBackendServerPolicy organizations/PolicyAttachment
        s3/BucketObjectLockConfiguration s3/BucketVersioning s3/BucketVersioningV2 shield/Subscription
        ssoadmin/PermissionsBoundaryAttachment
    """,
    "says how long what somebody else keeps is kept, which is judged where it is known what that is": """
        s3/BucketLifecycleConfiguration s3/BucketLifecycleConfigurationV2
    """,
    "keeps a session with one host": """
        elb/AppCookieStickinessPolicy elb/LoadBalancerCookieStickinessPolicy
    """,
    "is a text that the rule on secrets reads": "secretsmanager/SecretVersion",
}
"""Types that alone give no noun, by the reason."""

_LINKS: Final = ("Id", "Arn", "Name", "dentifier", "bucket", "elb", "alancer", "unction", "role", "key", "esource")


def _short(type_: str) -> str:
    return f"{type_.removeprefix('aws:').partition('/')[0]}/{type_.rpartition(':')[2]}"


def _bare(type_: str) -> Resource:
    """A resource that names all that it refers to plainly; the rest only deployment knows."""
    paths = (path for path in inputs()[type_] if "." not in path and path != "region")
    said: dict[str, Any] = {path: ELSEWHERE if path.endswith(_LINKS) else UNKNOWN for path in paths}
    return resource(type_, "it", **said)


def _gives_a_noun(subject: Resource) -> bool:
    case = example("", aws_provider(), subject)
    builder = Builder(case.graph, case.terms)
    aws.read(builder)
    return any(noun.origin == subject for nouns in builder.nouns.values() for noun in nouns)


def _blamed(subject: Resource) -> list[Finding]:
    case = example("", aws_provider(), subject)
    return [item for item in judge(build(case.graph, case.terms), all_rules()).findings if item.urn == subject.urn]


def test_each_type_that_is_read_gives_something_to_judge_though_nothing_else_is_seen() -> None:
    """A type that refers to another by a plain name is dropped by nobody in silence."""
    case = example("", *(resource(type_, "it") for type_ in inputs()))
    unjudged = {item.type for item in build(case.graph, case.terms).unjudged}
    read = inputs().keys() - unjudged - NEUTRAL.keys()
    silent = {_short(type_) for type_ in read if not _gives_a_noun(_bare(type_))}
    named = [name for names in QUIET.values() for name in names.split()]
    worst = {_short(type_) for type_, *_ in WORST}
    assert (silent - {*named} - worst, {*named} - silent, {*named} & worst) == (set(), set(), set())
    assert len(named) == len(set(named))


@pytest.mark.parametrize(("type_", "rule", "outcome", "said"), WORST)
def test_the_worst_setting_on_what_another_program_declares_is_found(
    type_: str, rule: str, outcome: str, said: dict[str, Any]
) -> None:
    """By a plain name, by a reference to what was only read, and by what only deployment knows."""
    links = [key for key, value in said.items() if value == ELSEWHERE]
    for target in (ELSEWHERE, Ref(frozenset({"urn:pulumi:example::example::aws:x/y:Y::read"})), UNKNOWN):
        subject = resource(type_, "it", **said | dict.fromkeys(links, target))
        found = {(item.rule, item.outcome) for item in _blamed(subject)}
        assert (rule, outcome) in found, (target, found)


@pytest.mark.parametrize("type_", [*ACLS, *OBJECTS])
def test_an_acl_that_lets_nobody_in_passes(type_: str) -> None:
    """Nor does one that a block of the same bucket, or of the account, makes void; one in doubt is unknown."""
    assert passed(OPEN, resource(type_, "it", bucket=ELSEWHERE, acl="private")) == {"it"}
    assert outcomes(OPEN, resource(type_, "it", bucket=ELSEWHERE, acl=UNKNOWN)) == {("unknown", "it", "")}
    subject = resource(type_, "it", bucket=ELSEWHERE, acl="public-read")
    closed: dict[str, Any] = dict.fromkeys(SWITCHES, True)
    assert passed(OPEN, subject, resource(BLOCK, "b", bucket=ELSEWHERE, **closed)) == {"it", "b"}
    assert passed(OPEN, subject, resource(ACCOUNT, "b", **closed)) == {"it", "b"}
    assert outcomes(OPEN, subject, resource(BLOCK, "b", bucket="another", **closed)) == {("fail", "it", "")}
    doubtful = resource(BLOCK, "b", bucket=ELSEWHERE, **closed | {"ignorePublicAcls": UNKNOWN})
    assert outcomes(OPEN, subject, doubtful) == {("unknown", "it", ""), ("unknown", "b", "")}


def test_what_stands_on_something_of_this_program_is_judged_there() -> None:
    """One defect, one finding."""
    cluster = resource("aws:rds/cluster:Cluster", "cluster")
    member = resource(MEMBER, "it", clusterIdentifier=ref(cluster), publiclyAccessible=True)
    assert outcomes(OPEN, cluster, member) == {("fail", "cluster", "")}
    bucket = resource("aws:s3/bucket:Bucket", "bucket")
    acl = resource(ACLS[0], "it", bucket=ref(bucket), acl="public-read")
    assert outcomes(OPEN, bucket, acl) == {("fail", "bucket", "")}


def test_a_member_may_go_without_tls_though_its_cluster_does_not() -> None:
    """Its own parameters come before those of a cluster that nobody sees."""
    group = resource(
        "aws:rds/parameterGroup:ParameterGroup", "group", name="g", parameters=[{"name": "rds.force_ssl", "value": "0"}]
    )
    said: dict[str, Any] = {"clusterIdentifier": ELSEWHERE, "dbParameterGroupName": ref(group)}
    assert outcomes("store_admits_plain_requests", group, resource(MEMBER, "it", **said)) == {("fail", "it", "")}


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ([("Reference-Security-Policy", "ELBSecurityPolicy-TLS-1-2-2017-01")], {BITS: "fail"}),
        ([("Protocol-TLSv1.2", "true"), ("ECDHE-RSA-AES256-GCM-SHA384", "true"), ("Protocol-TLSv1", "false")], {}),
        ([("Protocol-TLSv1.2", "true"), ("Nonsense", "true")], {BITS: "not_observable"}),
        ([("Protocol-TLSv1.2", UNKNOWN)], {BITS: "unknown", OLD: "unknown"}),
        (UNKNOWN, {BITS: "unknown", OLD: "unknown"}),
        ([], {BITS: "not_observable", OLD: "not_observable"}),
    ],
)
def test_a_policy_of_single_attributes_is_read(attributes: Any, expected: dict[str, str]) -> None:
    """Of each protocol and cipher that is on."""
    listed = attributes
    if isinstance(attributes, list):
        listed = [{"name": name, "value": value} for name, value in attributes]
    kind = "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy"
    found = {item.rule: item.outcome for item in _blamed(resource(kind, "it", loadBalancer="x", attributes=listed))}
    assert found == expected


def test_a_group_that_also_guards_an_interface_elsewhere_is_no_balancers_alone() -> None:
    """What only a balancer wears may stand open; what something unseen wears too may not."""
    rule = {"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": ["0.0.0.0/0"]}
    group = resource("aws:ec2/securityGroup:SecurityGroup", "group", ingress=[rule])
    balancer = resource("aws:lb/loadBalancer:LoadBalancer", "balancer", securityGroups=[ref(group)])
    assert not outcomes("host_reachable_from_internet", group, balancer)
    kind = "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment"
    bound = resource(kind, "it", securityGroupId=ref(group), networkInterfaceId=ELSEWHERE)
    found = outcomes("host_reachable_from_internet", group, balancer, bound)
    assert {(outcome, name) for outcome, name, _ in found} == {("fail", "group")}
