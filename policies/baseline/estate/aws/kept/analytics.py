"""Catalogs, query results, clusters that compute, and what machine learning leaves behind.

Sources, read 2026-11-26: the arguments and defaults of pulumi-aws 7.51.1; Glue Developer Guide, "Encrypting your Data
Catalog" (off unless told, as are the passwords of connections); EMR Management Guide, "Encrypt data at rest" (by a
security configuration only); SageMaker AI, Bedrock, Athena, DataZone and EMR Serverless guides, "Encryption at rest"
(always).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from baseline import foreign
from baseline.estate.aws.kept.row import Row, Rows, Switch, key_of
from baseline.estate.aws.places import region_name
from baseline.estate.aws.references import Named
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.doubt import both
from baseline.graph import NOT_OBSERVABLE, Resource, unknown_because

SETTINGS: Final = "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings"
CONFIGURATION: Final = "aws:emr/securityConfiguration:SecurityConfiguration"
_MODES: Final = ("SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE")
_OF_CATALOG: Final = "dataCatalogEncryptionSettings.encryptionAtRest"
_OF_PASSWORDS: Final = "dataCatalogEncryptionSettings.connectionPasswordEncryption"
_CATALOG: Final = Switch(f"{_OF_CATALOG}.catalogEncryptionMode", _MODES)
_PASSWORDS: Final = Switch(f"{_OF_PASSWORDS}.returnConnectionPasswordEncrypted")
_CATALOG_KEY: Final = (f"{_OF_CATALOG}.sseAwsKmsKeyId",)
_PASSWORDS_KEY: Final = (f"{_OF_PASSWORDS}.awsKmsKeyId",)
_SEVERAL: Final = unknown_because("is not known: the settings of some catalog may be those of this one")


def _settings(builder: Builder) -> Mapping[tuple[str, Any], Resource]:
    """The settings of each region, by provider; under None those of nobody knows which."""
    found: dict[tuple[str, Any], Resource] = {}
    for setting in builder.of(SETTINGS):
        region = region_name(builder, setting)
        found[setting.provider, region if isinstance(region, str) else None] = setting
    return found


def _by_settings(switch: Switch, key: tuple[str, ...]) -> Callable[[Builder, Resource], Mapping[str, Any]]:
    """What the settings of the region say of a part of its catalog; without any it is not encrypted."""

    def answer(builder: Builder, resource: Resource) -> Mapping[str, Any]:
        settings = builder.once(_settings)
        region = region_name(builder, resource)
        setting = settings.get((resource.provider, region if isinstance(region, str) else None))
        if setting is None:
            doubtful = settings and (not isinstance(region, str) or (resource.provider, None) in settings)
            return dict.fromkeys(("encrypted", "customer_key"), _SEVERAL if doubtful else False)
        encrypted = switch.on(setting)
        own = False if encrypted is False else key_of(builder, setting, key)
        return {"encrypted": encrypted, "customer_key": own}

    return answer


def _configurations(builder: Builder) -> Named:
    builder.of(CONFIGURATION)
    return Named(builder, (CONFIGURATION,), "name")


def _cluster_disks(builder: Builder, cluster: Resource) -> Mapping[str, Any]:
    """The disks of a cluster are encrypted where its security configuration says so, and only it knows the key."""
    name = cluster.inputs.get("securityConfiguration")
    if name is None:
        return {"encrypted": False, "customer_key": False}
    found = builder.once(_configurations).one(name)
    encrypted: Any = UNKNOWN if found is None else _at_rest(found.inputs.get("configuration"))
    return {"encrypted": encrypted, "customer_key": False if encrypted is False else UNKNOWN}


def _at_rest(document: Any) -> Any:
    if undecided(document):
        return document
    try:
        found = foreign.json(document) if isinstance(document, str) else document
    except ValueError:
        return UNKNOWN
    found = found.get("EncryptionConfiguration") if isinstance(found, dict) else None
    if not isinstance(found, dict):
        return UNKNOWN
    disks = (found.get("AtRestEncryptionConfiguration") or {}) if found.get("EnableAtRestEncryption") is True else {}
    return isinstance(disks, dict) and bool(disks.get("LocalDiskEncryptionConfiguration"))


def _whole_catalog(builder: Builder, settings: Resource) -> Mapping[str, Any]:
    """What settings make of all that a region's catalog keeps, whoever has put it there."""
    encrypted = both([_CATALOG.on(settings), _PASSWORDS.on(settings)])
    keys = (*_CATALOG_KEY, *_PASSWORDS_KEY)
    return {"encrypted": encrypted, "customer_key": False if encrypted is False else key_of(builder, settings, keys)}


_JOB_KEYS: Final = ("resourceConfig.volumeKmsKeyId", "outputDataConfig.kmsKeyId")
_AGENT_KEY: Final = ("customerEncryptionKeyArn",)

ROWS: Final[Rows] = MappingProxyType(
    {
        SETTINGS: Row("whole catalog", "system", answer=_whole_catalog),
        "aws:glue/catalog:Catalog": Row("catalog", "system", answer=_by_settings(_CATALOG, _CATALOG_KEY)),
        "aws:glue/catalogDatabase:CatalogDatabase": Row(
            "catalog", "system", answer=_by_settings(_CATALOG, _CATALOG_KEY)
        ),
        "aws:glue/catalogTable:CatalogTable": Row("catalog", "system", answer=_by_settings(_CATALOG, _CATALOG_KEY)),
        "aws:glue/connection:Connection": Row(
            "login to a database", "secrets", answer=_by_settings(_PASSWORDS, _PASSWORDS_KEY)
        ),
        "aws:athena/workgroup:Workgroup": Row(
            "query results",
            "queue",
            key=(
                "configuration.resultConfiguration.encryptionConfiguration.kmsKeyArn",
                "configuration.managedQueryResultsConfiguration.encryptionConfiguration.kmsKey",
            ),
        ),
        "aws:glue/devEndpoint:DevEndpoint": Row("notebook disk", "queue", encrypted=NOT_OBSERVABLE),
        "aws:glue/mLTransform:MLTransform": Row("trained transform", "system", encrypted=NOT_OBSERVABLE),
        "aws:emr/cluster:Cluster": Row("cluster disks", answer=_cluster_disks),
        "aws:emr/studio:Studio": Row("notebooks", "system", key=("encryptionKeyArn",)),
        "aws:emrserverless/application:Application": Row("worker disks", "queue"),
        "aws:datazone/domain:Domain": Row("data portal", "system", key=("kmsKeyIdentifier",)),
        "aws:quicksight/dataSet:DataSet": Row("data set", "queue", encrypted=NOT_OBSERVABLE),
        "aws:quicksight/dataSource:DataSource": Row("login to a database", "secrets"),
        "aws:sagemaker/notebookInstance:NotebookInstance": Row("notebook disk", key=("kmsKeyId",)),
        "aws:sagemaker/domain:Domain": Row("home directories", key=("kmsKeyId",)),
        "aws:sagemaker/featureGroup:FeatureGroup": Row(
            "feature store",
            key=("onlineStoreConfig.securityConfig.kmsKeyId", "offlineStoreConfig.s3StorageConfig.kmsKeyId"),
        ),
        "aws:sagemaker/endpointConfiguration:EndpointConfiguration": Row("model disk", "system", key=("kmsKeyArn",)),
        "aws:sagemaker/model:Model": Row("model", "system"),
        "aws:sagemaker/modelCard:ModelCard": Row("model card", "system", key=("securityConfig.kmsKeyId",)),
        "aws:sagemaker/mlflowTrackingServer:MlflowTrackingServer": Row("experiments", "system"),
        "aws:sagemaker/mlflowApp:MlflowApp": Row("experiments", "system"),
        "aws:sagemaker/trainingJob:TrainingJob": Row("training disk", "queue", key=_JOB_KEYS),
        "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": Row(
            "job disk",
            "queue",
            key=("jobResources.clusterConfig.volumeKmsKeyId", "dataQualityJobOutputConfig.kmsKeyId"),
        ),
        "aws:sagemaker/labelingJob:LabelingJob": Row("labelled data", "queue", key=("outputConfig.kmsKeyId",)),
        "aws:sagemaker/flowDefinition:FlowDefinition": Row("reviewed data", "queue", key=("outputConfig.kmsKeyId",)),
        "aws:sagemaker/deviceFleet:DeviceFleet": Row("data of devices", "queue", key=("outputConfig.kmsKeyId",)),
        "aws:bedrock/agentKnowledgeBase:AgentKnowledgeBase": Row(
            "knowledge base",
            key=(
                "knowledgeBaseConfiguration.managedKnowledgeBaseConfiguration.serverSideEncryptionConfiguration.kmsKeyArn",
            ),
        ),
        "aws:bedrock/agentDataSource:AgentDataSource": Row(
            "knowledge source", "queue", key=("serverSideEncryptionConfiguration.kmsKeyArn",)
        ),
        "aws:bedrock/agentAgent:AgentAgent": Row("sessions of an agent", "queue", key=_AGENT_KEY),
        "aws:bedrock/agentFlow:AgentFlow": Row("flow of an agent", "system", key=_AGENT_KEY),
        "aws:bedrock/agentPrompt:AgentPrompt": Row("prompt", "system", key=_AGENT_KEY),
        "aws:bedrock/agentcoreMemory:AgentcoreMemory": Row("memory of an agent", key=("encryptionKeyArn",)),
        "aws:bedrock/agentcoreHarness:AgentcoreHarness": Row(
            "memory of an agent", key=("memory.managedMemoryConfiguration.encryptionKeyArn",)
        ),
        "aws:bedrock/agentcoreBrowserProfile:AgentcoreBrowserProfile": Row("browser profile", "secrets"),
        "aws:bedrock/agentcoreApiKeyCredentialProvider:AgentcoreApiKeyCredentialProvider": Row(
            "login to an API", "secrets"
        ),
        "aws:bedrock/agentcoreOauth2CredentialProvider:AgentcoreOauth2CredentialProvider": Row(
            "login to an API", "secrets"
        ),
        "aws:bedrock/customModel:CustomModel": Row("trained model", "system", key=("customModelKmsKeyId",)),
        "aws:bedrock/evaluationJob:EvaluationJob": Row("evaluated data", "queue", key=("customerEncryptionKeyId",)),
        "aws:comprehend/documentClassifier:DocumentClassifier": Row(
            "trained model", "system", key=("modelKmsKeyId", "volumeKmsKeyId")
        ),
        "aws:comprehend/entityRecognizer:EntityRecognizer": Row(
            "trained model", "system", key=("modelKmsKeyId", "volumeKmsKeyId")
        ),
        "aws:rekognition/collection:Collection": Row("faces"),
    }
)
"""Whether a data set is encrypted depends on the edition of QuickSight, which no resource of it says; how Glue keeps
what its development endpoints and transforms hold, its guide does not say either."""
