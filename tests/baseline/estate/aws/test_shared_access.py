"""Whatever type lets somebody in: anyone is found, somebody who is named passes, and the unknown stays unknown."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import pytest

from baseline.estate.aws.documents import OF_ONE_HOLDER, ON_KEYS, ON_RESOURCES, WITHIN_KEYS, WITHIN_RESOURCES
from baseline.estate.aws.permissions import AMI, SHARES, TYPES
from baseline.graph import UNKNOWN, Resource
from baseline.rule import ref, resource
from tests.baseline.estate.aws.judging import findings, nested, outcomes, passed
from tests.baseline.estate.aws.sdk import inputs

RULE = "public_resource_policy"
DOCUMENTS = {**ON_RESOURCES, **ON_KEYS, **WITHIN_RESOURCES, **WITHIN_KEYS}
OTHER_ACCOUNT = "210987654321"


def document(principal: Any) -> str:
    """A policy that lets somebody read."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": "x:Get", "Resource": "*"}
    return json.dumps({"Statement": [statement]})


@pytest.mark.parametrize("type_", sorted(DOCUMENTS))
def test_a_policy_for_anyone_is_found_in_every_type_that_takes_one(type_: str) -> None:
    """The same document is the same defect wherever it stands."""
    path = DOCUMENTS[type_]

    def made(policy: Any) -> Resource:
        return resource(type_, "shared", **nested(path, policy))

    assert outcomes(RULE, made(document("*"))) == {("fail", "shared", f"{path}.Statement.0")}
    assert passed(RULE, made(document({"AWS": f"arn:aws:iam::{OTHER_ACCOUNT}:role/reader"}))) == {"shared"}
    assert outcomes(RULE, made(UNKNOWN)) == {("unknown", "shared", path)}
    assert outcomes(RULE, made(["no", "document"])) == {("unknown", "shared", path)}


@pytest.mark.parametrize("type_", sorted(TYPES))
def test_a_permission_for_anyone_is_found(type_: str) -> None:
    """Types that let somebody in by inputs of their own, the star being anyone."""
    path = TYPES[type_].who

    def made(who: Any) -> Resource:
        return resource(type_, "shared", **nested(path, who))

    assert outcomes(RULE, made("*")) == {("fail", "shared", path)}
    assert passed(RULE, made(OTHER_ACCOUNT)) == {"shared"}
    assert outcomes(RULE, made(UNKNOWN)) == {("unknown", "shared", path)}
    assert outcomes(RULE, made({"no": "principal"})) == {("unknown", "shared", path)}


@pytest.mark.parametrize(("type_", "path"), [(type_, path) for type_, each in SHARES.items() for path, _ in each])
def test_what_is_shared_with_all_is_found(type_: str, path: str) -> None:
    """Snapshots, images and documents say `all` for everyone, endpoint services say `*`."""

    def made(*who: Any) -> Resource:
        return resource(type_, "shared", **nested(path, list(who)))

    assert outcomes(RULE, made(OTHER_ACCOUNT, "all")) == {("fail", "shared", f"{path}.1")}
    assert outcomes(RULE, made("*", UNKNOWN)) == {("fail", "shared", f"{path}.0"), ("unknown", "shared", f"{path}.1")}
    assert passed(RULE, made(OTHER_ACCOUNT)) == {"shared"}
    whole = path.partition(".")[0]
    if whole != path:
        assert outcomes(RULE, resource(type_, "shared", **nested(whole, "a text"))) == {("unknown", "shared", whole)}


def test_an_image_may_be_given_to_all() -> None:
    """`group: all` makes an image public."""
    assert outcomes(RULE, resource(AMI, "image", imageId="ami-1", group="all")) == {("fail", "image", "group")}
    assert passed(RULE, resource(AMI, "image", imageId="ami-1", accountId=OTHER_ACCOUNT)) == {"image"}


def test_a_document_of_systems_manager_is_shared_in_a_mapping() -> None:
    """Its inputs are words of the API, which no SDK translates."""
    shared = resource("aws:ssm/document:Document", "steps", permissions={"type": "Share", "account_ids": "All"})
    assert outcomes(RULE, shared) == {("fail", "steps", "permissions.account_ids")}


URL = "aws:lambda/functionUrl:FunctionUrl"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("NONE", {("fail", "url", "authorizationType")}),
        (UNKNOWN, {("unknown", "url", "authorizationType")}),
        ("AWS_IAM", set()),
    ],
)
def test_a_function_url_without_signature_is_for_anyone(asked: Any, expected: set[Any]) -> None:
    """AWS adds the permission for everyone by itself."""
    assert outcomes(RULE, resource(URL, "url", functionName="f", authorizationType=asked)) == expected


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ({"noPasswordRequired": True}, "fail"),
        ({"authenticationMode": {"type": "no-password-required"}}, "fail"),
        ({"authenticationMode": {"type": "iam"}}, ""),
        ({"passwords": ["x"]}, ""),
        ({"noPasswordRequired": UNKNOWN}, "unknown"),
    ],
)
def test_a_user_of_a_cache_needs_a_password(says: dict[str, Any], expected: str) -> None:
    """Whoever reaches the cache is this user otherwise."""
    said = outcomes(RULE, resource("aws:elasticache/user:User", "app", accessString="on ~* +@all", **says))
    assert said == ({(expected, "app", "authenticationMode")} if expected else set())


POOL = "aws:cognito/identityPool:IdentityPool"
ROLES = "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment"


@pytest.mark.parametrize(
    ("guests", "roles", "expected"),
    [
        (True, {"unauthenticated": "arn:aws:iam::123456789012:role/guest"}, "fail"),
        (UNKNOWN, {"unauthenticated": "arn:aws:iam::123456789012:role/guest"}, "unknown"),
        (False, {"unauthenticated": "arn:aws:iam::123456789012:role/guest"}, ""),
        (None, {"unauthenticated": "arn:aws:iam::123456789012:role/guest"}, ""),
        (True, {"authenticated": "arn:aws:iam::123456789012:role/member"}, ""),
        (True, UNKNOWN, "unknown"),
        (True, "a text", "unknown"),
    ],
)
def test_guests_of_an_identity_pool_are_anyone(guests: Any, roles: Any, expected: str) -> None:
    """A pool that takes guests hands its role for them to whoever asks."""
    pool = resource(POOL, "pool", identityPoolName="shops", allowUnauthenticatedIdentities=guests)
    given = resource(ROLES, "roles", identityPoolId=ref(pool), roles=roles)
    assert {outcome for outcome, _, _ in outcomes(RULE, pool, given)} == ({expected} if expected else set())


def test_guests_of_a_pool_that_nobody_sees_are_unknown() -> None:
    """Another program decides whether it takes any."""
    given = resource(
        ROLES, "roles", identityPoolId="eu-central-1:1", roles={"unauthenticated": "arn:aws:iam::1:role/x"}
    )
    assert outcomes(RULE, given) == {("unknown", "roles", "roles.unauthenticated")}


SET = resource("aws:ssoadmin/permissionSet:PermissionSet", "operators", instanceArn="arn:aws:sso:::instance/1")
BOUNDARY = "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment"
EVERYTHING = json.dumps({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
PIN = resource("aws:iam/policy:Policy", "pin", name="pin", policy=EVERYTHING)


def _attached(kind: str, **inputs: Any) -> Resource:
    return resource(f"aws:ssoadmin/{kind[:1].lower()}{kind[1:]}:{kind}", "gives", permissionSetArn=ref(SET), **inputs)


@pytest.mark.parametrize(
    ("attachment", "path"),
    [
        (_attached("PermissionSetInlinePolicy", inlinePolicy=EVERYTHING), "inlinePolicy.Statement.0"),
        (
            _attached("ManagedPolicyAttachment", managedPolicyArn="arn:aws:iam::aws:policy/AdministratorAccess"),
            "managedPolicyArn.Statement.0",
        ),
        (
            _attached(
                "ManagedPolicyAttachmentsExclusive", managedPolicyArns=["arn:aws:iam::aws:policy/AdministratorAccess"]
            ),
            "managedPolicyArns.0.Statement.0",
        ),
    ],
)
def test_a_permission_set_that_grants_everything_is_found(attachment: Resource, path: str) -> None:
    """What people get through the identity center is a grant as that of any role."""
    assert outcomes("wildcard_grant", SET, attachment) == {("fail", "gives", path)}


def test_a_customers_policy_is_found_by_its_name() -> None:
    """A permission set names a policy that stands in each account; one of this program is read."""
    given = _attached("CustomerManagedPolicyAttachment", customerManagedPolicyReference={"name": "pin"})
    assert outcomes("wildcard_grant", SET, PIN, given) == {("fail", "pin", "policy.Statement.0")}
    other = _attached("CustomerManagedPolicyAttachment", customerManagedPolicyReference={"name": "elsewhere"})
    assert outcomes("wildcard_grant", SET, other) == {("unknown", "gives", "customerManagedPolicyReference.name")}


def test_a_permission_set_needs_a_boundary_as_any_role() -> None:
    """The roles that it makes are roles."""
    assert outcomes("role_without_boundary", SET) == {("fail", "operators", "permissionsBoundary")}
    bounded = resource(
        BOUNDARY,
        "bounds",
        permissionSetArn=ref(SET),
        permissionsBoundary={"customerManagedPolicyReference": {"name": "pin"}},
    )
    assert passed("role_without_boundary", SET, PIN, bounded) == {"operators"}
    later = resource(BOUNDARY, "bounds", permissionSetArn=ref(SET), permissionsBoundary=UNKNOWN)
    assert outcomes("role_without_boundary", SET, later) == {("unknown", "operators", "")}


def test_the_administrator_of_a_cluster_may_do_everything_in_it() -> None:
    """An access policy of EKS is a grant, and its widest one is everything."""
    kind = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
    arn = "arn:aws:eks::aws:cluster-access-policy/"
    who: dict[str, Any] = {"clusterName": "c", "principalArn": "arn:aws:iam::123456789012:role/deploy"}
    admin = resource(kind, "admin", policyArn=f"{arn}AmazonEKSClusterAdminPolicy", **who)
    viewer = resource(kind, "viewer", policyArn=f"{arn}AmazonEKSViewPolicy", **who)
    later = resource(kind, "later", policyArn=UNKNOWN, **who)
    (found,) = findings("wildcard_grant", admin, viewer)
    assert found.message == "admin grants eks:* to arn:aws:iam::123456789012:role/deploy"
    assert outcomes("wildcard_grant", later) == {("unknown", "later", "policyArn")}


def test_a_grant_of_a_key_names_what_may_be_done_with_it() -> None:
    """Operations become actions; what only deployment knows is not judged as nothing."""
    grant: dict[str, Any] = {"keyId": "1", "granteePrincipal": "*"}
    (found,) = findings(RULE, resource("aws:kms/grant:Grant", "use", operations=["Decrypt"], **grant))
    assert found.message == "use lets anyone do kms:decrypt"


def test_all_permissions_of_the_lake_are_everything() -> None:
    """`ALL` is the lake's word for `*`."""
    given = resource(
        "aws:lakeformation/permissions:Permissions",
        "readers",
        principal="arn:aws:iam::123456789012:role/reader",
        permissions=["ALL"],
    )
    assert outcomes("wildcard_grant", given) == {("fail", "readers", "principal")}


_POLICY: Final = re.compile(
    r"(^|\.)(access|resource|inline|trust|assumeRole|repository)?[pP]olic(y|ies)(Document|Text)?$"
)
_NO_GRANT: Final = {
    "binds a policy that is judged for itself": ["aws:iot/policyAttachment:PolicyAttachment"],
    "is read with the roles": ["aws:iam/policy:Policy", "aws:iam/role:Role"],
    "only takes away from what grants allow": [
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        "aws:transfer/access:Access",
        "aws:transfer/user:User",
    ],
    "is written in Cedar and asked after a login that it names": [
        "aws:verifiedaccess/endpoint:Endpoint",
        "aws:verifiedaccess/group:Group",
    ],
    "is of the service's own words, and read as such": [
        "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy",
        "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
    ],
    "says what happens to things, not who may do it": [
        "aws:cfg/organizationCustomPolicyRule:OrganizationCustomPolicyRule",
        "aws:cfg/rule:Rule",
        "aws:cloudwatch/logAccountPolicy:LogAccountPolicy",
        "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",
        "aws:cloudwatch/logIndexPolicy:LogIndexPolicy",
        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        "aws:lambda/codeSigningConfig:CodeSigningConfig",
        "aws:networkmanager/coreNetworkPolicyAttachment:CoreNetworkPolicyAttachment",
        "aws:opensearch/serverlessLifecyclePolicy:ServerlessLifecyclePolicy",
        "aws:resiliencehub/resiliencyPolicy:ResiliencyPolicy",
        "aws:ses/receiptFilter:ReceiptFilter",
        "aws:sns/dataProtectionPolicy:DataProtectionPolicy",
    ],
}


def test_every_type_with_a_policy_document_is_known() -> None:
    """An input of the SDK that may hold a policy is read, or is named here with what it holds instead."""
    takes = {type_ for type_, paths in inputs().items() if any(map(_POLICY.search, paths))}
    excused = [type_ for types in _NO_GRANT.values() for type_ in types]
    assert sorted(takes - {*DOCUMENTS, *OF_ONE_HOLDER}) == sorted(excused)


def test_every_path_of_a_table_is_an_input_of_its_type() -> None:
    """A misspelt path would judge nothing."""
    given = inputs()
    paths = [*DOCUMENTS.items(), *((type_, path) for type_, (path, _) in OF_ONE_HOLDER.items())]
    paths += [(type_, item.who) for type_, item in TYPES.items()]
    paths += [(type_, item.does) for type_, item in TYPES.items() if item.does[0] != "="]
    paths += [(type_, path) for type_, item in TYPES.items() for path in item.conditions]
    paths += [(type_, path) for type_, each in SHARES.items() for path, _ in each if "permissions." not in path]
    assert [f"{type_} {path}" for type_, path in paths if path not in given[type_]] == []
