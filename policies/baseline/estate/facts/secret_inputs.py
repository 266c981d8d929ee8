"""The inputs of providers that hold secrets, variables or whole documents.

Sources, read 2026-11-26: what pulumi-aws 7.51.1 and pulumi-hcloud 1.43.3 mark by themselves (which a test asks again;
they mark nothing inside blocks), and what AWS's own model (botocore 1.44.8) calls sensitive.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SECRET_INPUTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:amplify/app:App": ("autoBranchCreationConfig.basicAuthCredentials", "basicAuthCredentials"),
        "aws:amplify/branch:Branch": ("basicAuthCredentials",),
        "aws:apigateway/apiKey:ApiKey": ("value",),
        "aws:appfabric/appAuthorizationConnection:AppAuthorizationConnection": ("authRequest.code",),
        "aws:cloudwatch/eventConnection:EventConnection": ("authParameters.apiKey.value",),
        "aws:directconnect/macsecKeyAssociation:MacsecKeyAssociation": ("cak",),
        "aws:dms/certificate:Certificate": ("certificateWallet",),
        "aws:ec2/vpnConnection:VpnConnection": ("tunnel1PresharedKey", "tunnel2PresharedKey"),
        "aws:glue/connection:Connection": (
            "authenticationConfiguration.oauth2Properties.authorizationCodeProperties.authorizationCode",
        ),
        "aws:kms/ciphertext:Ciphertext": ("plaintext", "plaintextWo"),
        **{
            f"aws:pinpoint/{kind}Channel:{kind[0].upper()}{kind[1:]}Channel": ("tokenKey",)
            for kind in ("apns", "apnsSandbox", "apnsVoip", "apnsVoipSandbox")
        },
        "aws:pinpoint/gcmChannel:GcmChannel": ("serviceJson",),
        "aws:s3/objectCopy:ObjectCopy": ("customerKey", "sourceCustomerKey"),
        "aws:secretsmanager/secretVersion:SecretVersion": ("secretBinary", "secretString"),
        "aws:sns/platformApplication:PlatformApplication": ("platformCredential",),
        "aws:transfer/hostKey:HostKey": ("hostKeyBody", "hostKeyBodyWo"),
        "aws:transfer/server:Server": ("hostKey",),
    }
)
"""Type -> inputs that hold a secret although, or whatever, their names say."""

_SHARED_CONTAINERS: Final = tuple(
    f"sourceConfiguration.{kind}.runtimeEnvironmentVariables"
    for kind in ("codeRepository.codeConfiguration.codeConfigurationValues", "imageRepository.imageConfiguration")
)
MAPPINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:amplify/app:App": ("autoBranchCreationConfig.environmentVariables", "environmentVariables"),
        "aws:amplify/branch:Branch": ("environmentVariables",),
        "aws:apigateway/stage:Stage": ("canarySettings.stageVariableOverrides", "variables"),
        "aws:apigatewayv2/stage:Stage": ("stageVariables",),
        "aws:appflow/connectorProfile:ConnectorProfile": (
            "connectorProfileConfig.connectorProfileCredentials.customConnector.custom.credentialsMap",
        ),
        "aws:apprunner/service:Service": _SHARED_CONTAINERS,
        "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": ("environmentVariables",),
        "aws:bedrock/agentcoreHarness:AgentcoreHarness": ("environmentVariables", "tools.config.remoteMcp.headers"),
        "aws:cognito/identityProvider:IdentityProvider": ("providerDetails",),
        "aws:glue/connection:Connection": (
            "athenaProperties",
            "authenticationConfiguration.customAuthenticationCredentials",
            "connectionProperties",
        ),
        "aws:iot/topicRule:TopicRule": ("errorAction.kafka.clientProperties", "kafkas.clientProperties"),
        "aws:lambda/function:Function": ("environment.variables",),
        "aws:lambda/microvmsImage:MicrovmsImage": ("environmentVariables",),
        "aws:lambdamicrovms/image:Image": ("environmentVariables",),
        "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion": (
            "containers.environment",
        ),
        "aws:mskconnect/connector:Connector": ("connectorConfiguration",),
        "aws:mwaa/environment:Environment": ("airflowConfigurationOptions",),
        "aws:pipes/pipe:Pipe": (
            "enrichmentParameters.httpParameters.headerParameters",
            "targetParameters.httpParameters.headerParameters",
        ),
        "aws:sagemaker/model:Model": ("containers.environment", "primaryContainer.environment"),
        "aws:servicediscovery/instance:Instance": ("attributes",),
        "aws:synthetics/canary:Canary": ("runConfig.environmentVariables",),
    },
)
"""Type -> the inputs whose own keys say which of their values are secrets."""

_NAMED: Final = ("name", "value")
_KEYED: Final = ("key", "value")
PAIRS: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = MappingProxyType(
    {
        "aws:batch/jobDefinition:JobDefinition": tuple(
            (f"eksProperties.podProperties.{kind}.envs", *_NAMED) for kind in ("containers", "initContainers")
        ),
        "aws:cloudfront/distribution:Distribution": (("origins.customHeaders", *_NAMED),),
        "aws:cloudfront/multitenantDistribution:MultitenantDistribution": (
            ("origins.customHeaders", "headerName", "headerValue"),
        ),
        "aws:cloudwatch/eventConnection:EventConnection": tuple(
            (f"authParameters.{block}.{kind}", *_KEYED)
            for block in ("invocationHttpParameters", "oauth.oauthHttpParameters")
            for kind in ("bodies", "headers", "queryStrings")
        ),
        "aws:codebuild/project:Project": (("environment.environmentVariables", *_NAMED),),
        "aws:ecs/daemonTaskDefinition:DaemonTaskDefinition": (("containerDefinitions.environments", *_NAMED),),
        "aws:ecs/expressGatewayService:ExpressGatewayService": (("primaryContainer.environments", *_NAMED),),
        "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate": (("settings", *_NAMED),),
        "aws:elasticbeanstalk/environment:Environment": (("settings", *_NAMED),),
        "aws:iot/topicRule:TopicRule": tuple(
            (f"{kind}.{headers}", *_KEYED)
            for kind, headers in (
                ("errorAction.http", "httpHeaders"),
                ("errorAction.kafka", "headers"),
                ("https", "httpHeaders"),
                ("kafkas", "headers"),
            )
        ),
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (
            ("httpEndpointConfiguration.requestConfiguration.commonAttributes", *_NAMED),
        ),
        "aws:pipes/pipe:Pipe": tuple(
            (f"targetParameters.{block}.environments", *_NAMED)
            for block in ("batchJobParameters.containerOverrides", "ecsTaskParameters.overrides.containerOverrides")
        ),
        "aws:rds/optionGroup:OptionGroup": (("options.optionSettings", *_NAMED),),
    }
)
"""Type -> each list of blocks of which one input names a variable and another one holds its value."""

KEPT_ELSEWHERE: Final = frozenset({"PARAMETER_STORE", "SECRETS_MANAGER"})
"""Variables of CodeBuild of these types only say where their value is kept."""

SECRET_HEADERS: Final = frozenset({"authorization", "cookie", "proxy-authorization"})
"""Headers of HTTP that hold a secret; others say so by their last words."""

SECRET_OUTPUTS: Final = frozenset(
    {
        "random:index/randomBytes:RandomBytes",
        "random:index/randomPassword:RandomPassword",
        "tls:index/privateKey:PrivateKey",
    }
)
"""Types whose generated output Pulumi itself keeps as a secret, and so whatever is made of it."""

DOCUMENTS: Final = frozenset({"containerDefinitions", "content", "contentBase64", "userData", "userDataBase64"})
"""Inputs that hold whole documents, in which a secret may stand anywhere."""

DOCUMENTS_OF: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:batch/jobDefinition:JobDefinition": ("containerProperties", "ecsProperties", "nodeProperties"),
        "aws:ec2/spotFleetRequest:SpotFleetRequest": ("launchSpecifications.userData",),
        "aws:eks/addon:Addon": ("configurationValues",),
        "aws:lambda/function:Function": ("code",),
        "aws:lambda/invocation:Invocation": ("input",),
        "aws:lambda/layerVersion:LayerVersion": ("code",),
        "aws:mskconnect/workerConfiguration:WorkerConfiguration": ("propertiesFileContent",),
        "aws:s3/bucketObject:BucketObject": ("source",),
        "aws:s3/bucketObjectv2:BucketObjectv2": ("source",),
    }
)
"""Type -> further such inputs, whose names mean something else elsewhere."""

USER_DATA: Final = frozenset({"userData", "userDataBase64"})
"""Documents that the host's metadata address shows to every process, marked as a secret or not."""
