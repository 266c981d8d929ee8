"""What wears security groups besides machines, and the inputs that name them.

Source: pulumi-aws 7.51.1, all types with such an input, as of 2026-11-26; a test holds the table against the SDK.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_OF_ITS_OWN: Final = "privateEndpoint.managedVpcResource.securityGroupIds"
_ENDPOINTS: Final = (_OF_ITS_OWN, f"privateEndpointOverrides.{_OF_ITS_OWN}")
_LOGIN: Final = tuple(f"authorizerConfiguration.customJwtAuthorizer.{path}" for path in _ENDPOINTS)

_BALANCER: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:alb/loadBalancer:LoadBalancer": ("securityGroups",),
        "aws:elb/loadBalancer:LoadBalancer": ("securityGroups",),
        "aws:lb/loadBalancer:LoadBalancer": ("securityGroups",),
    }
)

_ENDPOINT: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:ec2/securityGroupAssociation:SecurityGroupAssociation": ("securityGroupId",),
        "aws:ec2/vpcEndpoint:VpcEndpoint": ("securityGroupIds",),
        "aws:verifiedaccess/endpoint:Endpoint": ("securityGroupIds",),
    }
)

_DATABASE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:dax/cluster:Cluster": ("securityGroupIds",),
        "aws:docdb/cluster:Cluster": ("vpcSecurityGroupIds",),
        "aws:docdb/elasticCluster:ElasticCluster": ("vpcSecurityGroupIds",),
        "aws:elasticache/cluster:Cluster": ("securityGroupIds",),
        "aws:elasticache/replicationGroup:ReplicationGroup": (
            "securityGroupIds",
            "securityGroupNames",
        ),
        "aws:elasticache/serverlessCache:ServerlessCache": ("securityGroupIds",),
        "aws:elasticsearch/domain:Domain": ("vpcOptions.securityGroupIds",),
        "aws:elasticsearch/vpcEndpoint:VpcEndpoint": ("vpcOptions.securityGroupIds",),
        "aws:finspace/kxCluster:KxCluster": ("vpcConfiguration.securityGroupIds",),
        "aws:memorydb/cluster:Cluster": ("securityGroupIds",),
        "aws:mq/broker:Broker": ("securityGroups",),
        "aws:msk/cluster:Cluster": ("brokerNodeGroupInfo.securityGroups",),
        "aws:msk/serverlessCluster:ServerlessCluster": ("vpcConfigs.securityGroupIds",),
        "aws:msk/vpcConnection:VpcConnection": ("securityGroups",),
        "aws:neptune/cluster:Cluster": ("vpcSecurityGroupIds",),
        "aws:neptunegraph/privateGraphEndpoint:PrivateGraphEndpoint": ("vpcSecurityGroupIds",),
        "aws:opensearch/domain:Domain": ("vpcOptions.securityGroupIds",),
        "aws:opensearch/serverlessVpcEndpoint:ServerlessVpcEndpoint": ("securityGroupIds",),
        "aws:opensearch/vpcEndpoint:VpcEndpoint": ("vpcOptions.securityGroupIds",),
        "aws:rds/cluster:Cluster": ("vpcSecurityGroupIds",),
        "aws:rds/instance:Instance": ("vpcSecurityGroupIds",),
        "aws:rds/proxy:Proxy": ("vpcSecurityGroupIds",),
        "aws:rds/proxyEndpoint:ProxyEndpoint": ("vpcSecurityGroupIds",),
        "aws:redshift/cluster:Cluster": ("vpcSecurityGroupIds",),
        "aws:redshift/endpointAccess:EndpointAccess": ("vpcSecurityGroupIds",),
        "aws:redshiftserverless/endpointAccess:EndpointAccess": ("vpcSecurityGroupIds",),
        "aws:redshiftserverless/workgroup:Workgroup": ("securityGroupIds",),
        "aws:timestreaminfluxdb/dbCluster:DbCluster": ("vpcSecurityGroupIds",),
        "aws:timestreaminfluxdb/dbInstance:DbInstance": ("vpcSecurityGroupIds",),
    }
)

_HOST: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:appstream/fleet:Fleet": ("vpcConfig.securityGroupIds",),
        "aws:appstream/imageBuilder:ImageBuilder": ("vpcConfig.securityGroupIds",),
        "aws:batch/computeEnvironment:ComputeEnvironment": ("computeResources.securityGroupIds",),
        "aws:codebuild/fleet:Fleet": ("vpcConfigs.securityGroupIds",),
        "aws:ec2/spotFleetRequest:SpotFleetRequest": ("launchSpecifications.vpcSecurityGroupIds",),
        "aws:ecs/capacityProvider:CapacityProvider": (
            "managedInstancesProvider.instanceLaunchTemplate.networkConfiguration.securityGroups",
        ),
        "aws:emr/cluster:Cluster": (
            "ec2Attributes.additionalMasterSecurityGroups",
            "ec2Attributes.additionalSlaveSecurityGroups",
            "ec2Attributes.emrManagedMasterSecurityGroup",
            "ec2Attributes.emrManagedSlaveSecurityGroup",
            "ec2Attributes.serviceAccessSecurityGroup",
        ),
        "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": ("securityGroupIds",),
        "aws:lambda/capacityProvider:CapacityProvider": ("vpcConfig.securityGroupIds",),
    }
)

_OTHER: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:agentregistry/registry:Registry": tuple(f"discoveryConfiguration.{path}" for path in _LOGIN),
        "aws:amp/scraper:Scraper": (
            "source.eks.securityGroupIds",
            "source.vpc.securityGroupIds",
        ),
        "aws:apigatewayv2/vpcLink:VpcLink": ("securityGroupIds",),
        "aws:apprunner/vpcConnector:VpcConnector": ("securityGroups",),
        "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": (
            *_LOGIN,
            "networkConfiguration.networkModeConfig.securityGroups",
        ),
        "aws:bedrock/agentcoreBrowser:AgentcoreBrowser": ("networkConfiguration.vpcConfig.securityGroups",),
        "aws:bedrock/agentcoreCodeInterpreter:AgentcoreCodeInterpreter": (
            "networkConfiguration.vpcConfig.securityGroups",
        ),
        "aws:bedrock/agentcoreGateway:AgentcoreGateway": _LOGIN,
        "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget": (_OF_ITS_OWN,),
        "aws:bedrock/agentcoreHarness:AgentcoreHarness": (
            *_LOGIN,
            "environments.agentcoreRuntimeEnvironments.networkConfigurations.networkModeConfigs.securityGroups",
        ),
        "aws:bedrock/agentcoreOauth2CredentialProvider:AgentcoreOauth2CredentialProvider": tuple(
            f"oauth2ProviderConfig.customOauth2ProviderConfig.{path}" for path in _ENDPOINTS
        ),
        "aws:bedrock/agentcoreRegistry:AgentcoreRegistry": _LOGIN,
        "aws:bedrock/customModel:CustomModel": ("vpcConfig.securityGroupIds",),
        "aws:bedrockmodel/invocationJob:InvocationJob": ("vpcConfig.securityGroupIds",),
        "aws:cloudwatch/eventTarget:EventTarget": ("ecsTarget.networkConfiguration.securityGroups",),
        "aws:codebuild/project:Project": (
            "environment.dockerServer.securityGroupIds",
            "vpcConfig.securityGroupIds",
        ),
        "aws:codeconnections/host:Host": ("vpcConfiguration.securityGroupIds",),
        "aws:codestarconnections/host:Host": ("vpcConfiguration.securityGroupIds",),
        "aws:comprehend/documentClassifier:DocumentClassifier": ("vpcConfig.securityGroupIds",),
        "aws:comprehend/entityRecognizer:EntityRecognizer": ("vpcConfig.securityGroupIds",),
        "aws:datasync/agent:Agent": ("securityGroupArns",),
        "aws:datasync/efsLocation:EfsLocation": ("ec2Config.securityGroupArns",),
        "aws:datasync/fsxOpenZfsFileSystem:FsxOpenZfsFileSystem": ("securityGroupArns",),
        "aws:datasync/locationFsxLustre:LocationFsxLustre": ("securityGroupArns",),
        "aws:datasync/locationFsxOntapFileSystem:LocationFsxOntapFileSystem": ("securityGroupArns",),
        "aws:datasync/locationFsxWindows:LocationFsxWindows": ("securityGroupArns",),
        "aws:devicefarm/testGridProject:TestGridProject": ("vpcConfig.securityGroupIds",),
        "aws:dms/instanceProfile:InstanceProfile": ("vpcSecurityGroupIds",),
        "aws:dms/replicationConfig:ReplicationConfig": ("computeConfig.vpcSecurityGroupIds",),
        "aws:dms/replicationInstance:ReplicationInstance": ("vpcSecurityGroupIds",),
        "aws:drs/replicationConfigurationTemplate:ReplicationConfigurationTemplate": (
            "replicationServersSecurityGroupsIds",
        ),
        "aws:ec2/networkInterface:NetworkInterface": ("securityGroups",),
        "aws:ec2clientvpn/endpoint:Endpoint": ("securityGroupIds",),
        "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint": ("securityGroupIds",),
        "aws:ecs/expressGatewayService:ExpressGatewayService": ("networkConfigurations.securityGroups",),
        "aws:ecs/service:Service": ("networkConfiguration.securityGroups",),
        "aws:ecs/taskSet:TaskSet": ("networkConfiguration.securityGroups",),
        "aws:efs/mountTarget:MountTarget": ("securityGroups",),
        "aws:eks/cluster:Cluster": ("vpcConfig.securityGroupIds",),
        "aws:emr/studio:Studio": (
            "engineSecurityGroupId",
            "workspaceSecurityGroupId",
        ),
        "aws:emrserverless/application:Application": ("networkConfiguration.securityGroupIds",),
        "aws:fsx/fileCache:FileCache": ("securityGroupIds",),
        "aws:fsx/lustreFileSystem:LustreFileSystem": ("securityGroupIds",),
        "aws:fsx/ontapFileSystem:OntapFileSystem": ("securityGroupIds",),
        "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": ("securityGroupIds",),
        "aws:fsx/windowsFileSystem:WindowsFileSystem": ("securityGroupIds",),
        "aws:glue/devEndpoint:DevEndpoint": ("securityGroupIds",),
        "aws:grafana/workspace:Workspace": ("vpcConfiguration.securityGroupIds",),
        "aws:iot/topicRuleDestination:TopicRuleDestination": ("vpcConfiguration.securityGroups",),
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (
            "elasticsearchConfiguration.vpcConfig.securityGroupIds",
            "opensearchConfiguration.vpcConfig.securityGroupIds",
            "opensearchserverlessConfiguration.vpcConfig.securityGroupIds",
        ),
        "aws:kinesisanalyticsv2/application:Application": (
            "applicationConfiguration.vpcConfiguration.securityGroupIds",
        ),
        "aws:lambda/coreNetworkConnector:CoreNetworkConnector": (
            "configuration.vpcEgressConfiguration.securityGroupIds",
        ),
        "aws:lambda/function:Function": ("vpcConfig.securityGroupIds",),
        "aws:m2/environment:Environment": ("securityGroupIds",),
        "aws:medialive/channel:Channel": ("vpc.securityGroupIds",),
        "aws:medialive/input:Input": ("vpc.securityGroupIds",),
        "aws:msk/replicator:Replicator": ("kafkaClusters.vpcConfig.securityGroupsIds",),
        "aws:mskconnect/connector:Connector": ("kafkaCluster.apacheKafkaCluster.vpc.securityGroups",),
        "aws:mwaa/environment:Environment": ("networkConfiguration.securityGroupIds",),
        "aws:opensearchingest/pipeline:Pipeline": ("vpcOptions.securityGroupIds",),
        "aws:opensearchingest/pipelineEndpoint:PipelineEndpoint": ("vpcOptions.securityGroupIds",),
        "aws:pipes/pipe:Pipe": (
            "sourceParameters.selfManagedKafkaParameters.vpc.securityGroups",
            "targetParameters.ecsTaskParameters.networkConfiguration.awsVpcConfiguration.securityGroups",
        ),
        "aws:quicksight/vpcConnection:VpcConnection": ("securityGroupIds",),
        "aws:route53/resolverEndpoint:ResolverEndpoint": ("securityGroupIds",),
        "aws:s3/filesMountTarget:FilesMountTarget": ("securityGroups",),
        "aws:s3outposts/endpoint:Endpoint": ("securityGroupId",),
        "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": (
            "networkConfig.vpcConfig.securityGroupIds",
        ),
        "aws:sagemaker/domain:Domain": (
            "defaultSpaceSettings.securityGroups",
            "defaultUserSettings.securityGroups",
            "domainSettings.securityGroupIds",
        ),
        "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob": (
            "trainingJobDefinition.vpcConfig.securityGroupIds",
            "trainingJobDefinitions.vpcConfig.securityGroupIds",
        ),
        "aws:sagemaker/labelingJob:LabelingJob": (
            "labelingJobAlgorithmsConfig.labelingJobResourceConfig.vpcConfig.securityGroupIds",
        ),
        "aws:sagemaker/model:Model": ("vpcConfig.securityGroupIds",),
        "aws:sagemaker/monitoringSchedule:MonitoringSchedule": (
            "monitoringScheduleConfig.monitoringJobDefinition.networkConfig.vpcConfig.securityGroupIds",
        ),
        "aws:sagemaker/notebookInstance:NotebookInstance": ("securityGroups",),
        "aws:sagemaker/trainingJob:TrainingJob": ("vpcConfig.securityGroupIds",),
        "aws:sagemaker/userProfile:UserProfile": ("userSettings.securityGroups",),
        "aws:sagemaker/workforce:Workforce": ("workforceVpcConfig.securityGroupIds",),
        "aws:scheduler/schedule:Schedule": ("target.ecsParameters.networkConfiguration.securityGroups",),
        "aws:synthetics/canary:Canary": ("vpcConfig.securityGroupIds",),
        "aws:transfer/server:Server": ("endpointDetails.securityGroupIds",),
        "aws:transfer/webApp:WebApp": ("endpointDetails.vpc.securityGroupIds",),
        "aws:vpclattice/resourceGateway:ResourceGateway": ("securityGroupIds",),
        "aws:vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation": ("securityGroupIds",),
        "aws:workspaces/directory:Directory": ("workspaceCreationProperties.customSecurityGroupId",),
        "aws:workspacesweb/networkSettings:NetworkSettings": ("securityGroupIds",),
    }
)

WEARERS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        type_: (kind, paths)
        for kind, types in (
            ("balancer", _BALANCER),
            ("endpoint", _ENDPOINT),
            ("database", _DATABASE),
            ("host", _HOST),
            ("other", _OTHER),
        )
        for type_, paths in types.items()
    }
)
"""Type -> what an admission then opens, and the paths of the inputs that name its groups."""
