"""AWS types beside traffic, TLS and grants that admit nothing, end nothing and grant nothing, by the reason.

Whoever is let in by what these point at is judged there: at the group, the policy, the role or the listener. Source:
pulumi-aws 7.51.1, the arguments of each type, as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

_REASONS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "only takes away, and never counts as protection": {
            "ec2": "AllowedImagesSettings VpcEncryptionControl",
            "emr": "BlockPublicAccessConfiguration",
            "networkfirewall": "Firewall FirewallPolicy RuleGroup VpcEndpointAssociation",
            "route53": "ResolverFirewallConfig ResolverFirewallDomainList ResolverFirewallRule "
            "ResolverFirewallRuleGroup ResolverFirewallRuleGroupAssociation",
            "shield": "ApplicationLayerAutomaticResponse ProactiveEngagement Protection ProtectionGroup "
            "ProtectionHealthCheckAssociation",
            "waf": "ByteMatchSet GeoMatchSet IpSet RateBasedRule RegexMatchSet RegexPatternSet Rule RuleGroup "
            "SizeConstraintSet SqlInjectionMatchSet WebAcl XssMatchSet",
            "wafregional": "ByteMatchSet GeoMatchSet IpSet RateBasedRule RegexMatchSet RegexPatternSet Rule RuleGroup "
            "SizeConstraintSet SqlInjectionMatchSet WebAcl WebAclAssociation XssMatchSet",
            "wafv2": "ApiKey IpSet RegexPatternSet RuleGroup WebAcl WebAclAssociation WebAclRule "
            "WebAclRuleGroupAssociation",
        },
        "where packets go; groups say who may send": {
            "ec2": "CarrierGateway CustomerGateway LocalGatewayRoute LocalGatewayRouteTable "
            "LocalGatewayRouteTableVirtualInterfaceGroupAssociation LocalGatewayRouteTableVpcAssociation "
            "PeeringConnectionOptions VpcPeeringConnection VpcPeeringConnectionAccepter VpnConnectionRoute VpnGateway "
            "VpnGatewayAttachment VpnGatewayRoutePropagation",
            "ec2clientvpn": "NetworkAssociation Route",
            "ec2transitgateway": "Connect ConnectPeer DefaultRouteTableAssociation DefaultRouteTablePropagation "
            "MulticastDomain MulticastDomainAssociation MulticastGroupMember MulticastGroupSource PeeringAttachment "
            "PeeringAttachmentAccepter PolicyTable PolicyTableAssociation PolicyTableEntry PrefixListReference Route "
            "RouteTable RouteTableAssociation RouteTablePropagation TransitGateway VpcAttachment VpcAttachmentAccepter",
            "networkfirewall": "FirewallTransitGatewayAttachmentAccepter",
            "vpc": "RouteServer RouteServerEndpoint RouteServerPeer RouteServerPropagation RouteServerVpcAssociation",
        },
        "an endpoint inside a network; its group is judged": {
            "apigatewayv2": "VpcLink",
            "apprunner": "VpcConnector",
            "ec2transitgateway": "InstanceConnectEndpoint",
            "elasticsearch": "VpcEndpoint",
            "iot": "TopicRuleDestination",
            "msk": "VpcConnection",
            "neptunegraph": "PrivateGraphEndpoint",
            "opensearch": "ServerlessVpcEndpoint VpcEndpoint",
            "rds": "ProxyEndpoint",
            "redshift": "EndpointAccess",
            "redshiftserverless": "EndpointAccess",
            "route53": "ResolverEndpoint",
            "vpclattice": "ResourceGateway ServiceNetworkVpcAssociation",
        },
        "a plan of addresses": {
            "ec2": "SubnetCidrReservation VpcIpam VpcIpamPool VpcIpamPoolCidr VpcIpamPoolCidrAllocation "
            "VpcIpamPreviewNextCidr VpcIpamResourceDiscovery VpcIpamResourceDiscoveryAssociation VpcIpamScope",
        },
        "a list of prefixes; the rules that name it are judged": {"ec2": "ManagedPrefixList"},
        "which networks reach those who have logged in; groups say who may send": {
            "ec2clientvpn": "AuthorizationRule",
        },
        "opens a group to a further network, whose machines are judged": {"vpc": "SecurityGroupVpcAssociation"},
        "a name in a namespace, which is judged itself": {"servicediscovery": "Instance Service"},
        "whom a network asks for which names, as any resolver does": {
            "route53": "ResolverConfig ResolverDnsSecConfig ResolverRule ResolverRuleAssociation",
        },
        "a name, or the proof of one": {
            "ec2": "EipDomainName",
            "route53": "CidrCollection CidrLocation DelegationSet HealthCheck HostedZoneDnsSec KeySigningKey "
            "ZoneAssociation",
            "vpc": "EndpointPrivateDns EndpointServicePrivateDnsVerification",
            "vpclattice": "DomainVerification",
        },
        "which name and time servers hosts are told of": {"ec2": "DefaultVpcDhcpOptions"},
        "capacity, or how much of it there is": {
            "appautoscaling": "Policy ScheduledAction Target",
            "apprunner": "AutoScalingConfigurationVersion DefaultAutoScalingConfigurationVersion",
            "autoscaling": "LifecycleHook Notification Policy Schedule",
            "autoscalingplans": "ScalingPlan",
            "ec2": "AvailabilityZoneGroup CapacityBlockReservation CapacityReservation DedicatedHost "
            "DefaultCreditSpecification",
            "ec2transitgateway": "InstanceState",
            "ecs": "ClusterCapacityProviders",
            "lambda": "FunctionRecursionConfig FunctionScalingConfig ProvisionedConcurrencyConfig "
            "RuntimeManagementConfig",
        },
        "a tag, or a setting of tags": {
            "autoscaling": "Tag",
            "ecs": "AccountSettingDefault Tag",
            "organizations": "Tag",
            "transfer": "Tag",
        },
        "whose accounts are watched from here, and by which detectors": {
            "detective": "Member OrganizationConfiguration",
            "guardduty": "Member MemberDetectorFeature OrganizationConfiguration OrganizationConfigurationFeature",
            "inspector2": "MemberAssociation OrganizationConfiguration",
            "macie2": "Member OrganizationConfiguration",
            "securityhub": "Member OrganizationConfiguration",
        },
        "looks at networks and tells": {
            "ec2": "NetworkInsightsAccessScope NetworkInsightsAnalysis NetworkInsightsPath "
            "VpcEndpointConnectionNotification VpcNetworkPerformanceMetricSubscription",
            "ec2transitgateway": "MeteringPolicy MeteringPolicyEntry",
        },
        "which packets a mirror copies; its session is judged": {"ec2": "TrafficMirrorFilter TrafficMirrorFilterRule"},
        "describes a network on paper": {"networkmanager": "Connection Device GlobalNetwork Link LinkAssociation Site"},
        "a part of a door that is judged, or of how it answers": {
            "amplify": "Webhook",
            "apigateway": "ApiKey Authorizer BasePathMapping ClientCertificate Deployment DocumentationPart "
            "DocumentationVersion DomainNameAccessAssociation IntegrationResponse Method MethodResponse Model "
            "RequestValidator Resource Response UsagePlan UsagePlanKey VpcLink",
            "apigatewayv2": "ApiMapping Authorizer Deployment IntegrationResponse Model Route RouteResponse "
            "RoutingRule",
            "apprunner": "Connection CustomDomainAssociation Deployment ObservabilityConfiguration "
            "VpcIngressConnection",
            "appsync": "ChannelNamespace DomainNameApiAssociation Function Resolver SourceApiAssociation Type",
            "autoscaling": "TrafficSourceAttachment",
            "cloudfront": "AnycastIpList CachePolicy ConnectionFunction ConnectionGroup ContinuousDeploymentPolicy "
            "DistributionTenant FieldLevelEncryptionConfig FieldLevelEncryptionProfile Function MonitoringSubscription "
            "OriginAccessControl OriginAccessIdentity OriginRequestPolicy ResponseHeadersPolicy",
            "ec2": "ProxyProtocolPolicy",
            "globalaccelerator": "Accelerator CustomRoutingAccelerator",
            "lightsail": "LbAttachment LbHttpsRedirectionPolicy LbStickinessPolicy",
            "rds": "ProxyDefaultTargetGroup ProxyTarget",
            "transfer": "WebAppCustomization",
            "vpclattice": "ResourceConfiguration Service ServiceNetwork ServiceNetworkResourceAssociation "
            "ServiceNetworkServiceAssociation TargetGroupAttachment",
        },
        "takes what others show; its policy says who may": {"oam": "Sink"},
        "accepts what its own policy, or that of the other side, lets in": {
            "ec2": "VpcEndpointConnectionAccepter",
            "licensemanager": "LicenseGrantAccepter",
            "ram": "ResourceShareAccepter",
        },
        "whom its owner trusts to sign; nobody gets in by it alone": {
            "acmpca": "CertificateAuthorityCertificate",
            "cloudfront": "KeyGroup PublicKey TrustStore",
            "lb": "TrustStore TrustStoreRevocation",
        },
        "the login of a user or machine; what it may do is judged for itself": {
            "appsync": "ApiKey",
            "cognito": "User",
            "ec2": "KeyPair",
            "iam": "AccessKey ServiceSpecificCredential SigningCertificate SshKey UserLoginProfile VirtualMfaDevice",
            "identitystore": "User",
            "lightsail": "KeyPair",
            "transfer": "HostKey SshKey",
        },
        "whose logins are known here; roles say in their trust which of them may come": {
            "iam": "OpenIdConnectProvider SamlProvider",
            "rolesanywhere": "TrustAnchor",
            "verifiedaccess": "InstanceTrustProviderAttachment TrustProvider",
        },
        "hands a role to somebody; what the role may do, and who may take it, is judged for itself": {
            "apigateway": "Account",
            "cognito": "UserGroup",
            "eks": "PodIdentityAssociation",
            "iot": "RoleAlias",
            "rolesanywhere": "Profile",
            "s3control": "AccessGrantsInstance AccessGrantsLocation",
            "shield": "DrtAccessRoleArnAssociation",
            "ssoadmin": "AccountAssignment",
            "transfer": "Access User",
        },
        "who is in a group; what the group may do is judged for itself": {
            "cognito": "UserInGroup",
            "elasticache": "UserGroup UserGroupAssociation",
            "identitystore": "Group GroupMembership",
            "iot": "BillingGroup ThingGroup ThingGroupMembership",
            "memorydb": "Acl",
        },
        "binds a policy or a certificate to a device; both are judged for themselves": {
            "iot": "PolicyAttachment Thing ThingPrincipalAttachment ThingType",
        },
        "how people sign in, or how strictly": {
            "cognito": "IdentityPoolProviderPrincipalTag ManagedLoginBranding ResourceServer RiskConfiguration "
            "UserPoolUICustomization",
            "iam": "AccountPasswordPolicy OrganizationsFeatures OutboundWebIdentityFederation "
            "SecurityTokenServicePreferences",
            "ssoadmin": "InstanceAccessControlAttributes",
        },
        "asked in Cedar after a login, which its instance names": {"verifiedaccess": "Group Instance"},
        "how an organization is laid out, and which services of AWS work in it": {
            "organizations": "AwsServiceAccess Organization OrganizationalUnit",
        },
        "what is shared; with whom is judged where it is named": {
            "ram": "Permission ResourceAssociation ResourceShare SharingWithOrganization",
        },
        "a door to a store; its policy is judged": {"s3": "AccessPoint", "s3control": "ObjectLambdaAccessPoint"},
        "the proof that mail may come from a name; what is sent its sender decides": {
            "ses": "DomainDkim DomainIdentity DomainIdentityVerification EmailIdentity MailFrom",
            "sesv2": "EmailIdentity EmailIdentityFeedbackAttributes EmailIdentityMailFromAttributes",
        },
        "which mail is taken; the rules for it are judged": {
            "ses": "ActiveReceiptRuleSet ReceiptFilter ReceiptRuleSet"
        },
        "which code may run": {"lambda": "CodeSigningConfig"},
    }
)


def _types() -> Iterator[tuple[str, str]]:
    for reason, modules in _REASONS.items():
        for module, names in modules.items():
            for name in names.split():
                yield f"aws:{module}/{name[:1].lower()}{name[1:]}:{name}", reason


TYPES: Final[Mapping[str, str]] = MappingProxyType(dict(_types()))
"""Type -> why it is neutral."""
