"""Grants of AWS that are no policy document: one resource says in its own inputs who may do what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from baseline.estate.aws.accounts import owner_of
from baseline.estate.aws.inputs import scalars_at, value_at
from baseline.estate.aws.policies import Condition
from baseline.estate.builder import Builder, undecided
from baseline.estate.nouns import Grant
from baseline.graph import Resource, unknown_because


class Permission(NamedTuple):
    """A type that lets somebody in, and the inputs that say whom and to what."""

    who: str
    does: str  # after `=` the action itself, else the input that holds one or several
    conditions: Mapping[str, str] = MappingProxyType({})  # input -> the condition key that it stands for
    prefix: str = ""  # what an action lacks in front
    kind: str = "resource"


TYPES: Final[Mapping[str, Permission]] = MappingProxyType(
    {
        "aws:acmpca/permission:Permission": Permission("principal", "actions", {"sourceAccount": "aws:SourceAccount"}),
        "aws:cfg/aggregateAuthorization:AggregateAuthorization": Permission(
            "accountId", "=config:putconfigurationaggregator"
        ),
        "aws:cloudtrail/organizationDelegatedAdminAccount:OrganizationDelegatedAdminAccount": Permission(
            "accountId", "=cloudtrail:registerorganizationdelegatedadmin"
        ),
        "aws:cloudwatch/eventPermission:EventPermission": Permission(
            "principal", "action", {"condition.value": "aws:PrincipalOrgID"}
        ),
        "aws:ec2/networkInterfacePermission:NetworkInterfacePermission": Permission(
            "awsAccountId", "=ec2:attachnetworkinterface"
        ),
        "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission": Permission(
            "accountId", "=ec2:createvolume"
        ),
        "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple": Permission(
            "principalArn", "=ec2:createvpcendpoint"
        ),
        "aws:ec2/vpcIpamOrganizationAdminAccount:VpcIpamOrganizationAdminAccount": Permission(
            "delegatedAdminAccountId", "=ec2:enableipamorganizationadminaccount"
        ),
        "aws:eks/accessEntry:AccessEntry": Permission("principalArn", "=eks:accesskubernetesapi"),
        "aws:fms/adminAccount:AdminAccount": Permission("accountId", "=fms:associateadminaccount"),
        "aws:kms/grant:Grant": Permission("granteePrincipal", "operations", prefix="kms:", kind="key"),
        "aws:lakeformation/permissions:Permissions": Permission("principal", "permissions", prefix="lakeformation:"),
        "aws:lambda/layerVersionPermission:LayerVersionPermission": Permission(
            "principal", "action", {"organizationId": "aws:PrincipalOrgID"}
        ),
        "aws:lambda/permission:Permission": Permission(
            "principal",
            "action",
            {
                "principalOrgId": "aws:PrincipalOrgID",
                "sourceAccount": "aws:SourceAccount",
                "sourceArn": "aws:SourceArn",
            },
        ),
        "aws:licensemanager/licenseGrant:LicenseGrant": Permission(
            "principal", "allowedOperations", prefix="license-manager:"
        ),
        "aws:lightsail/bucketResourceAccess:BucketResourceAccess": Permission("resourceName", "=s3:putobject"),
        "aws:opensearch/authorizeVpcEndpointAccess:AuthorizeVpcEndpointAccess": Permission(
            "account", "=es:createvpcendpoint"
        ),
        "aws:organizations/delegatedAdministrator:DelegatedAdministrator": Permission(
            "accountId", "=organizations:registerdelegatedadministrator"
        ),
        "aws:ram/principalAssociation:PrincipalAssociation": Permission(
            "principal", "=ram:acceptresourceshareinvitation"
        ),
        "aws:redshift/dataShareAuthorization:DataShareAuthorization": Permission(
            "consumerIdentifier", "=redshift:associatedatashareconsumer"
        ),
        "aws:redshift/endpointAuthorization:EndpointAuthorization": Permission(
            "account", "=redshift:createendpointaccess"
        ),
        "aws:s3control/accessGrant:AccessGrant": Permission("grantee.granteeIdentifier", "=s3:getdataaccess"),
        "aws:servicecatalog/portfolioShare:PortfolioShare": Permission(
            "principalId", "=servicecatalog:acceptportfolioshare"
        ),
        "aws:servicecatalog/principalPortfolioAssociation:PrincipalPortfolioAssociation": Permission(
            "principalArn", "=servicecatalog:provisionproduct"
        ),
        "aws:signer/signingProfilePermission:SigningProfilePermission": Permission("principal", "action"),
        **{
            f"aws:{service}/organizationAdminAccount:OrganizationAdminAccount": Permission(who, f"={service}:{action}")
            for service, who, action in (
                ("detective", "accountId", "enableorganizationadminaccount"),
                ("guardduty", "adminAccountId", "enableorganizationadminaccount"),
                ("macie2", "adminAccountId", "enableorganizationadminaccount"),
                ("securityhub", "adminAccountId", "enableorganizationadminaccount"),
            )
        },
        "aws:detective/invitationAccepter:InvitationAccepter": Permission("graphArn", "=detective:acceptinvitation"),
        "aws:guardduty/inviteAccepter:InviteAccepter": Permission("masterAccountId", "=guardduty:acceptinvitation"),
        "aws:macie2/invitationAccepter:InvitationAccepter": Permission(
            "administratorAccountId", "=macie2:acceptinvitation"
        ),
        "aws:securityhub/inviteAccepter:InviteAccepter": Permission("masterId", "=securityhub:acceptinvitation"),
        "aws:auditmanager/organizationAdminAccountRegistration:OrganizationAdminAccountRegistration": Permission(
            "adminAccountId", "=auditmanager:registerorganizationadminaccount"
        ),
        "aws:inspector2/delegatedAdminAccount:DelegatedAdminAccount": Permission(
            "accountId", "=inspector2:enabledelegatedadminaccount"
        ),
    }
)
"""Types that do nothing but let somebody in. One that does not say whom lets anyone in."""

_IMAGE = "distributions.amiDistributionConfiguration"
_RESTORE = "rds:restoredbinstancefromdbsnapshot"
SHARES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "aws:dlm/lifecyclePolicy:LifecyclePolicy": (
            ("policyDetails.schedules.shareRule.targetAccounts", "ec2:createvolume"),
        ),
        "aws:ec2/vpcEndpointService:VpcEndpointService": (("allowedPrincipals", "ec2:createvpcendpoint"),),
        "aws:globalaccelerator/crossAccountAttachment:CrossAccountAttachment": (
            ("principals", "globalaccelerator:createendpointgroup"),
        ),
        "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": (
            (f"{_IMAGE}.targetAccountIds", "ec2:runinstances"),
            *(
                (f"{_IMAGE}.launchPermission.{who}", "ec2:runinstances")
                for who in ("organizationArns", "organizationalUnitArns", "userGroups", "userIds")
            ),
        ),
        "aws:ram/resourceShareAssociationsExclusive:ResourceShareAssociationsExclusive": (
            ("principals", "ram:acceptresourceshareinvitation"),
        ),
        "aws:rds/clusterSnapshot:ClusterSnapshot": (("sharedAccounts", _RESTORE),),
        "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": (("sharedAccounts", _RESTORE),),
        "aws:rds/snapshot:Snapshot": (("sharedAccounts", _RESTORE),),
        "aws:rds/snapshotCopy:SnapshotCopy": (("sharedAccounts", _RESTORE),),
        "aws:ssm/document:Document": (
            ("permissions.account_ids", "ssm:sendcommand"),
            ("permissions.accountIds", "ssm:sendcommand"),
        ),
    }
)
"""Types that are other things besides, and may be shared -> each input that names with whom, and for what.

Source of both tables: pulumi-aws 7.51.1, the arguments of each type, as of 2026-11-26. `all` is everyone in the
words of EC2, RDS and Systems Manager.
"""
OWN: Final = (
    "aws:ec2/vpcEndpointService:VpcEndpointService",
    "aws:globalaccelerator/crossAccountAttachment:CrossAccountAttachment",
    "aws:ram/resourceShareAssociationsExclusive:ResourceShareAssociationsExclusive",
    "aws:ssm/document:Document",
)
"""Those of SHARES of which nothing else is to be judged."""

_LATER: Final = unknown_because(
    "is known only after deployment: build who is let in, and on whose behalf, from declared names instead of outputs"
)
_CLUSTER_POLICY: Final = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
_LINK: Final = "aws:oam/link:Link"
_SINK: Final = "aws:oam/sink:Sink"
_CLUSTER_LOGIN: Final = "aws:eks/identityProviderConfig:IdentityProviderConfig"
AMI: Final = "aws:ec2/amiLaunchPermission:AmiLaunchPermission"


def read(builder: Builder) -> Iterator[Grant]:
    """One Grant for each such resource, or for each of those whom it names."""
    for type_, permission in TYPES.items():
        for origin in builder.of(type_):
            yield _of(builder, origin, permission)
    builder.of(*OWN)
    for type_, shares in SHARES.items():
        for origin in builder.peek(type_):
            for path, action in shares:
                for at, who in scalars_at(origin, path):
                    yield _grant(builder, origin, at, _everyone(who), (action,), ())
    for origin in builder.of(AMI):
        for name in ("group", "accountId", "organizationArn", "organizationalUnitArn"):
            if origin.inputs.get(name) is not None:
                yield _grant(builder, origin, name, _everyone(origin.inputs[name]), ("ec2:runinstances",), ())
    yield from _over_clusters(builder)


def _login(builder: Builder, origin: Resource) -> Grant:
    """Whom a cluster lets ask its API: everyone whom a login knows, as far as its claims do not narrow it."""
    issuer, client, claims = (value_at(origin, f"oidc.{name}") for name in ("issuerUrl", "clientId", "requiredClaims"))
    if any(map(undecided, (issuer, client, claims))) or issuer is None:
        who, conditions = _LATER, _LATER
    else:
        name = str(issuer).removeprefix("https://").rstrip("/")
        asked = {"aud": client, **(claims if isinstance(claims, dict) else {})}
        who, conditions = f"oidc-provider/{name}", _claims(name, asked)
    return _grant(builder, origin, "oidc.issuerUrl", who, ("eks:accesskubernetesapi",), conditions)


def _claims(name: str, asked: Mapping[str, Any]) -> Any:
    if any(map(undecided, asked.values())):
        return _LATER
    said = ((claim, value) for claim, value in asked.items() if value is not None)
    return tuple(Condition("StringEquals", f"{name}:{claim}", (str(value),)) for claim, value in said)


def _over_clusters(builder: Builder) -> Iterator[Grant]:
    """Access policies and logins of EKS; the policy of a cluster's administrator is everything in its scope."""
    for origin in builder.of(_CLUSTER_POLICY):
        policy, who = value_at(origin, "policyArn"), value_at(origin, "principalArn")
        named = "" if policy is None or undecided(policy) else str(policy).rpartition("/")[2]
        actions: Any = ("eks:*",) if named == "AmazonEKSClusterAdminPolicy" else ("eks:accesskubernetesapi",)
        yield _grant(builder, origin, "policyArn", "*" if who is None else who, actions if named else _LATER, ())
    for origin in builder.of(_LINK):
        who = origin.inputs.get("sinkIdentifier")
        if builder.the_one(who, _SINK) is None:
            yield _grant(builder, origin, "sinkIdentifier", _LATER if who is None else who, ("oam:readshared",), ())
    for origin in builder.of(_CLUSTER_LOGIN):
        yield _login(builder, origin)


def _of(builder: Builder, origin: Resource, permission: Permission) -> Grant:
    path, who = next(scalars_at(origin, permission.who), (permission.who, "*"))
    conditions = _conditions(origin, permission.conditions)
    return _grant(builder, origin, path, who, _actions(origin, permission), conditions, permission.kind)


def _everyone(who: Any) -> Any:
    return "*" if not undecided(who) and str(who).lower() == "all" else who


def _actions(origin: Resource, permission: Permission) -> Any:
    if permission.does[0] == "=":
        return (permission.does[1:],)
    found = [value for _, value in scalars_at(origin, permission.does)]
    if any(map(undecided, found)):
        return _LATER
    # `ALL` is a word of Lake Formation; an event bus lets events in where nothing is said.
    named = [str(value).lower() for value in found] or ["events:putevents"]
    return tuple(permission.prefix + ("*" if permission.prefix and value == "all" else value) for value in named)


def _conditions(origin: Resource, keys: Mapping[str, str]) -> Any:
    """The inputs that narrow the grant."""
    found = []
    for path, key in keys.items():
        value = value_at(origin, path)
        if undecided(value) or isinstance(value, dict):
            return _LATER
        if value is not None:
            found.append(Condition("ArnLike" if key == "aws:SourceArn" else "StringEquals", key, (str(value),)))
    return tuple(found)


def _grant(
    builder: Builder, origin: Resource, path: str, who: Any, actions: Any, conditions: Any, kind: str = "resource"
) -> Grant:
    principals = _LATER if undecided(who) else (str(who),)
    return plain_grant(builder, origin, path, principals, actions, conditions, kind)


def plain_grant(
    builder: Builder,
    origin: Resource,
    path: str,
    principals: Any,
    actions: Any,
    conditions: Any = (),
    kind: str = "resource",
) -> Grant:
    """What somebody may do with a resource by an input of its own, where no document of a policy says it."""
    return Grant(
        origin=origin,
        path=path,
        kind=kind,
        allows=True,
        principals=principals,
        actions=actions,
        resources=(),
        not_actions=(),
        conditions=conditions,
        denied=(),
        owner=owner_of(builder, origin),
        break_glass=False,
        assumed_by=(),
    )
