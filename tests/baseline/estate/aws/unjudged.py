"""Types of pulumi-aws 7.51.1 that stay unjudged, and so fail wherever they are declared, each with the reason.

Spelt as service and name. Strike out what an adapter reads by now.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

UNJUDGED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "machines and programs whose disks, logs and copies no adapter reads yet": """
            ec2/EncryptionControl ec2/SecondaryNetwork ec2/SecondarySubnet ec2/VpnConcentrator ecs/Daemon
            ecs/DaemonTaskDefinition ecs/ExpressGatewayService emr/StudioSessionMapping emrcontainers/JobTemplate
            emrcontainers/VirtualCluster evidently/Feature evidently/Launch evidently/Project evidently/Segment
            gamelift/Alias gamelift/Build gamelift/Fleet gamelift/GameSessionQueue gamelift/Script
            lambda/CoreNetworkConnector lambda/MicrovmsImage lambdamicrovms/Image lambdamicrovms/Microvm m2/Application
            m2/Deployment m2/Environment msk/Channel sagemaker/Algorithm sagemaker/Device sagemaker/Hub
            sagemaker/HubContentReference sagemaker/HumanTaskUI sagemaker/HyperParameterTuningJob
            sagemaker/ModelCardExportJob sagemaker/MonitoringSchedule sagemaker/Pipeline sagemaker/Project
            sagemaker/ServicecatalogPortfolioStatus sagemaker/Workforce sagemaker/Workteam
        """,
        "makes resources that no source shows, or runs what a document says": """
            eks/Capability amplify/BackendEnvironment elasticbeanstalk/Environment
            elasticbeanstalk/ConfigurationTemplate appconfig/EventIntegration appconfig/Extension
            appconfig/ExtensionAssociation appconfig/HostedConfigurationVersion backup/GlobalSettings
            cfg/RemediationConfiguration cloudcontrol/Resource cloudformation/CloudFormationType cloudformation/Stack
            cloudformation/StackInstances cloudformation/StackSet cloudformation/StackSetInstance
            codecatalyst/DevEnvironment codecatalyst/Project codecatalyst/SourceRepository codecommit/Trigger
            codeconnections/Host codepipeline/CustomActionType codestarconnections/Host controltower/Baseline
            controltower/ControlTowerControl controltower/LandingZone datapipeline/Pipeline
            datapipeline/PipelineDefinition fis/ExperimentTemplate fis/SafetyLeverState fis/TargetAccountConfiguration
            fms/Policy fms/ResourceSet kms/CustomKeyStore redshiftdata/Statement
            serverlessrepository/CloudFormationStack servicecatalog/BudgetResourceAssociation servicecatalog/Constraint
            servicecatalog/OrganizationsAccess servicecatalog/Portfolio servicecatalog/Product
            servicecatalog/ProductPortfolioAssociation servicecatalog/ProvisionedProduct
            servicecatalog/ProvisioningArtifact servicecatalog/ServiceAction signer/SigningJob signer/SigningProfile
            ssm/Association ssm/ContactsRotation ssm/MaintenanceWindowTask ssm/QuicksetupConfigurationManager
            ssm/ServiceSetting
        """,
        "moves data to people or services whose place no input says": """
            agentregistry/Registry appfabric/AppAuthorization appfabric/AppAuthorizationConnection appfabric/AppBundle
            appfabric/Ingestion appfabric/IngestionDestination appintegrations/DataIntegration
            bedrock/AgentAgentActionGroup bedrock/AgentcoreAgentRuntime bedrock/AgentcoreAgentRuntimeEndpoint
            bedrock/AgentcoreBrowser bedrock/AgentcoreCodeInterpreter bedrock/AgentcoreEvaluator
            bedrock/AgentcoreGateway bedrock/AgentcoreGatewayRule bedrock/AgentcoreGatewayTarget
            bedrock/AgentcoreOnlineEvaluationConfig bedrock/AgentcorePolicy bedrock/AgentcorePolicyEngine
            bedrock/AgentcoreRegistry bedrock/AgentcoreTokenVaultCmk bedrock/AgentcoreWorkloadIdentity
            bedrock/InferenceProfile bedrock/UseCaseForModelAccess bedrockfoundation/ModelAgreement
            bedrockmodel/InvocationJob chatbot/SlackChannelConfiguration chatbot/TeamsChannelConfiguration
            chime/SdkvoiceGlobalSettings chime/SdkvoiceSipMediaApplication chime/SdkvoiceSipRule
            chime/SdkvoiceVoiceProfileDomain chime/VoiceConnector chime/VoiceConnectorGroup chime/VoiceConnectorLogging
            chime/VoiceConnectorOrigination chime/VoiceConnectorStreaming chime/VoiceConnectorTermination
            chime/VoiceConnectorTerminationCredentials chimesdkmediapipelines/MediaInsightsPipelineConfiguration
            cloudwatch/LogAccountPolicy cloudwatch/LogS3TableIntegrationSource dataexchange/EventAction
            dataexchange/Revision dataexchange/RevisionAssets devopsagent/AgentSpace elastictranscoder/Pipeline
            elastictranscoder/Preset iot/Authorizer iot/EventConfigurations iot/ProvisioningTemplate
            lakeformation/DataCellsFilter lakeformation/DataLakeSettings lakeformation/IdentityCenterConfiguration
            lakeformation/LfTag lakeformation/LfTagExpression lakeformation/OptIn lakeformation/Resource
            lakeformation/ResourceLfTag lakeformation/ResourceLfTags mailmanager/Relay mailmanager/RuleSet
            mailmanager/TrafficPolicy notifications/ChannelAssociation notifications/ContactsEmailContact
            notifications/EventRule notifications/ManagedNotificationAccountContactAssociation
            notifications/ManagedNotificationAdditionalChannelAssociation notifications/NotificationConfiguration
            notifications/NotificationHub notifications/OrganizationalUnitAssociation notifications/OrganizationsAccess
            observabilityadmin/S3TableIntegration observabilityadmin/TelemetryEnrichment
            observabilityadmin/TelemetryEvaluation observabilityadmin/TelemetryEvaluationForOrganization
            observabilityadmin/TelemetryPipeline observabilityadmin/TelemetryRule
            observabilityadmin/TelemetryRuleForOrganization pinpoint/AdmChannel pinpoint/ApnsChannel
            pinpoint/ApnsSandboxChannel pinpoint/ApnsVoipChannel pinpoint/ApnsVoipSandboxChannel pinpoint/BaiduChannel
            pinpoint/EmailChannel pinpoint/EmailTemplate pinpoint/EventStream pinpoint/GcmChannel pinpoint/SmsChannel
            pinpoint/Smsvoicev2ConfigurationSet pinpoint/Smsvoicev2EventDestination pinpoint/Smsvoicev2Keyword
            pinpoint/Smsvoicev2PhoneNumber pinpoint/Smsvoicev2Pool pinpoint/Smsvoicev2SenderId
            sesv2/AccountSuppressionAttributes sesv2/AccountVdmAttributes sesv2/DedicatedIpAssignment
            sesv2/DedicatedIpPool sesv2/MultiRegionEndpoint sesv2/Tenant sesv2/TenantResourceAssociation
            ssmcontacts/Contact ssmcontacts/ContactChannel ssmcontacts/Plan ssmincidents/ResponsePlan
            timestreamquery/ScheduledQuery transcribe/LanguageModel transcribe/MedicalVocabulary transcribe/Vocabulary
            transcribe/VocabularyFilter transfer/Agreement transfer/Profile
        """,
        "who may do what, in words of its own that no adapter reads yet": """
            account/Region accountaccess/Application accountaccess/Entitlement appstream/DirectoryConfig appstream/User
            appstream/UserStackAssociation cloud9/EnvironmentMembership connect/BotAssociation
            connect/LambdaFunctionAssociation connect/PhoneNumber connect/PhoneNumberContactFlowAssociation
            connect/SecurityProfile connect/User connect/UserHierarchyGroup connect/UserHierarchyStructure
            connect/Vocabulary customerprofiles/Profile datazone/AssetType datazone/Environment
            datazone/EnvironmentBlueprintConfiguration datazone/EnvironmentProfile datazone/FormType datazone/Glossary
            datazone/GlossaryTerm datazone/PolicyGrant datazone/Project datazone/UserProfile
            directoryservice/ConditionalForwarder directoryservice/IpRoute directoryservice/IpRoutesExclusive
            directoryservice/RadiusSettings directoryservice/SharedDirectory directoryservice/SharedDirectoryAccepter
            directoryservice/Trust directoryservicedata/User elasticsearch/DomainSamlOptions finspace/KxCluster
            finspace/KxDatabase finspace/KxDataview finspace/KxScalingGroup finspace/KxUser finspace/KxVolume
            grafana/LicenseAssociation grafana/RoleAssociation grafana/WorkspaceApiKey
            grafana/WorkspaceSamlConfiguration grafana/WorkspaceServiceAccount grafana/WorkspaceServiceAccountToken
            kendra/DataSource kendra/Experience kendra/Faq kendra/QuerySuggestionsBlockList kendra/Thesaurus
            lightsail/BucketAccessKey lightsail/ContainerServiceDeploymentVersion lightsail/Domain lightsail/DomainEntry
            odb/AutonomousDatabaseSecretsManagerIntegration odb/CloudAutonomousVmCluster odb/CloudExadataInfrastructure
            odb/CloudVmCluster odb/IamRoleAssociation odb/Network odb/NetworkPeeringConnection opensearch/Application
            opensearch/DomainSamlOptions opensearch/InboundConnectionAccepter opensearch/ServerlessSecurityConfig
            organizations/Account quicksight/AccountSettings quicksight/AccountSubscription quicksight/Analysis
            quicksight/CustomPermissions quicksight/Dashboard quicksight/Folder quicksight/FolderMembership
            quicksight/Group quicksight/GroupMembership quicksight/IamPolicyAssignment quicksight/Ingestion
            quicksight/IpRestriction quicksight/KeyRegistration quicksight/Namespace quicksight/RefreshSchedule
            quicksight/RoleCustomPermission quicksight/RoleMembership quicksight/Template quicksight/TemplateAlias
            quicksight/Theme quicksight/User quicksight/UserCustomPermission quicksight/VpcConnection
            redshift/HsmClientCertificate redshift/HsmConfiguration redshift/IdcApplication
            redshift/NamespaceRegistration redshift/Partner redshiftserverless/CustomDomainAssociation
            ssoadmin/Application ssoadmin/ApplicationAccessScope ssoadmin/ApplicationAssignment
            ssoadmin/ApplicationAssignmentConfiguration ssoadmin/Region ssoadmin/TrustedTokenIssuer
            verifiedpermissions/IdentitySource verifiedpermissions/Policy verifiedpermissions/PolicyTemplate
            verifiedpermissions/Schema workmail/DefaultDomain workmail/Domain workmail/Group workmail/User
            workspaces/ConnectionAlias workspaces/Directory workspaces/IpGroup workspacesweb/BrowserSettings
            workspacesweb/BrowserSettingsAssociation workspacesweb/DataProtectionSettings
            workspacesweb/DataProtectionSettingsAssociation workspacesweb/IdentityProvider
            workspacesweb/IpAccessSettings workspacesweb/IpAccessSettingsAssociation workspacesweb/NetworkSettings
            workspacesweb/NetworkSettingsAssociation workspacesweb/SessionLoggerAssociation workspacesweb/TrustStore
            workspacesweb/TrustStoreAssociation workspacesweb/UserAccessLoggingSettings
            workspacesweb/UserAccessLoggingSettingsAssociation workspacesweb/UserSettings
            workspacesweb/UserSettingsAssociation
        """,
        "watches accounts for others than their owner, or across accounts": """
            applicationinsights/Application auditmanager/AccountRegistration auditmanager/AssessmentDelegation
            auditmanager/AssessmentReport auditmanager/Control auditmanager/Framework auditmanager/FrameworkShare
            cloudwatchomni/Domain cloudwatchomni/Space codeguruprofiler/ProfilingGroup
            codegurureviewer/RepositoryAssociation devopsguru/EventSourcesConfig devopsguru/NotificationChannel
            devopsguru/ResourceCollection devopsguru/ServiceIntegration networkflowmonitor/Monitor
            networkflowmonitor/Scope networkmonitor/Monitor networkmonitor/Probe securityhub/AccountV2
            securityhub/AggregatorV2 securityhub/AutomationRuleV2 securityhub/ConfigurationPolicy
            securityhub/ConfigurationPolicyAssociation securityhub/ConnectorV2 securityhub/FeatureV2
            securitylake/AwsLogSource securitylake/CustomLogSource securitylake/Subscriber
            securitylake/SubscriberNotification shield/DrtAccessLogBucketAssociation uxc/AccountCustomizations
        """,
        "networks beyond one region, whose ways no adapter follows yet": """
            appmesh/GatewayRoute appmesh/Mesh appmesh/Route appmesh/VirtualGateway appmesh/VirtualNode
            appmesh/VirtualRouter appmesh/VirtualService arcregionswitch/Plan
            arczonalshift/AutoshiftObserverNotificationStatus arczonalshift/ZonalAutoshiftConfiguration
            directconnect/BgpPeer directconnect/Connection directconnect/ConnectionAssociation
            directconnect/ConnectionConfirmation directconnect/Gateway directconnect/GatewayAssociation
            directconnect/GatewayAssociationProposal directconnect/HostedConnection
            directconnect/HostedPrivateVirtualInterface directconnect/HostedPrivateVirtualInterfaceAccepter
            directconnect/HostedPublicVirtualInterface directconnect/HostedPublicVirtualInterfaceAccepter
            directconnect/HostedTransitVirtualInterface directconnect/HostedTransitVirtualInterfaceAcceptor
            directconnect/LinkAggregationGroup directconnect/MacsecKeyAssociation directconnect/PrivateVirtualInterface
            directconnect/PublicVirtualInterface directconnect/TransitVirtualInterface dms/DataProvider
            dms/MigrationProject networkfirewall/ContainerAssociation networkmanager/AttachmentAccepter
            networkmanager/AttachmentRoutingPolicyLabel networkmanager/ConnectAttachment networkmanager/ConnectPeer
            networkmanager/CoreNetwork networkmanager/CoreNetworkPolicyAttachment
            networkmanager/CustomerGatewayAssociation networkmanager/DxGatewayAttachment
            networkmanager/PrefixListAssociation networkmanager/SiteToSiteVpnAttachment
            networkmanager/TransitGatewayConnectPeerAssociation networkmanager/TransitGatewayPeering
            networkmanager/TransitGatewayRegistration networkmanager/TransitGatewayRouteTableAttachment
            networkmanager/VpcAttachment outposts/CapacityTask rds/Certificate resiliencehub/ResiliencyPolicy
            resiliencehub/V2Assertion resiliencehub/V2InputSource resiliencehub/V2Policy resiliencehub/V2Service
            resiliencehub/V2ServiceFunction resiliencehub/V2System resiliencehub/V2UserJourney
            route53/ProfilesAssociation route53/ProfilesProfile route53/ProfilesResourceAssociation
            route53/RecordsExclusive route53/TrafficPolicy route53/TrafficPolicyInstance
            route53/VpcAssociationAuthorization route53domains/DelegationSignerRecord route53domains/Domain
            route53domains/RegisteredDomain route53recoverycontrol/Cluster route53recoverycontrol/ControlPanel
            route53recoverycontrol/RoutingControl route53recoverycontrol/SafetyRule route53recoveryreadiness/Cell
            route53recoveryreadiness/ReadinessCheck route53recoveryreadiness/RecoveryGroup
            route53recoveryreadiness/ResourceSet servicediscovery/PublicDnsNamespace
        """,
        "media and devices, which no adapter reads yet": """
            devicefarm/DevicePool devicefarm/InstanceProfile devicefarm/NetworkProfile devicefarm/Project
            devicefarm/TestGridProject devicefarm/Upload ivs/Channel ivs/PlaybackKeyPair mediaconvert/Queue
            medialive/Channel medialive/Input medialive/Multiplex medialive/MultiplexProgram mediapackage/Channel
            mediapackagev2/ChannelGroup paymentcryptography/KeyAlias rekognition/Project rekognition/StreamProcessor
        """,
        "seldom used, and read by no adapter yet": """
            amp/Scraper budgets/BudgetAction cleanrooms/Collaboration cleanrooms/ConfiguredTable cleanrooms/Membership
            opensearchingest/PipelineEndpoint pricingplanmanager/Subscription swf/Domain
        """,
    }
)
