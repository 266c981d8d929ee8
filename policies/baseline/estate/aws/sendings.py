"""Where services of AWS send what they hold: exports, replicas, streams to elsewhere, members of global databases.

Source: pulumi-aws 7.51.1, the arguments of each type, as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from baseline.estate.aws.buckets import BUCKETS
from baseline.estate.aws.inputs import scalars_at, value_at
from baseline.estate.aws.places import region_of
from baseline.estate.aws.references import Named, region_in
from baseline.estate.builder import UNKNOWN, Builder, place, undecided
from baseline.estate.endpoints import location_of_host
from baseline.estate.nouns import Copy
from baseline.graph import Ref, Resource, unknown_because

Finder = Callable[[Builder, Resource, Any], Any]
_OUTSIDE: Final = unknown_because("is not known: it is an address, and addresses say nothing of places")
_AT_A_SERVER: Final = unknown_because("is not known: the server may stand anywhere")


def _by_region(_: Builder, __: Resource, value: Any) -> Any:
    return place("aws", value)


def _by_arn(builder: Builder, _: Resource, value: Any) -> Any:
    """Where a reference's resource is; of a text, the region in the ARN."""
    if isinstance(value, Ref):
        found = builder.the_one(value)
        return value if found is None else region_of(builder, found)
    return place("aws", region_in(value))


def _buckets(builder: Builder) -> Named:
    return Named(builder, BUCKETS, "bucket")


def bucket_name(value: Any) -> Any:
    """The bucket in an ARN, with a prefix for its objects perhaps, or in an address of S3; all else as it is."""
    if not isinstance(value, str):
        return value
    return value.removeprefix("s3://").rpartition(":::")[2].partition("/")[0].partition(".s3.")[0]


def _by_bucket(builder: Builder, _: Resource, value: Any) -> Any:
    """The region of a bucket of this program: neither name nor ARN of another one says where it is."""
    bucket = builder.once(_buckets).one(bucket_name(value))
    return UNKNOWN if bucket is None else region_of(builder, bucket)


def _by_any_arn(builder: Builder, resource: Resource, value: Any) -> Any:
    """Where a queue, topic, stream, function or bucket is; the topic of a broker is none of AWS's to find."""
    if isinstance(value, str) and not value.startswith("arn:"):
        return _AT_A_SERVER
    bucket = ":s3:::" in value if isinstance(value, str) else bool(builder.once(_buckets).any(value))
    return (_by_bucket if bucket else _by_arn)(builder, resource, value)


def _here(builder: Builder, resource: Resource, _: Any) -> Any:
    return region_of(builder, resource)


def _outside(_: Builder, __: Resource, value: Any) -> Any:
    return value if undecided(value) else _OUTSIDE


def _nowhere_said(_: Builder, __: Resource, value: Any) -> Any:
    return value if undecided(value) and not isinstance(value, Ref) else _AT_A_SERVER


def _by_host(builder: Builder, _: Resource, value: Any) -> Any:
    """Where a reference's resource is; of an address of AWS, the region in its host."""
    if isinstance(value, Ref):
        found = builder.the_one(value)
        return value if found is None else region_of(builder, found)
    return value if undecided(value) else location_of_host(urlsplit(str(value)).hostname or "")


_IN_AWS: Final = (
    "aws:datasync/efsLocation:EfsLocation",
    "aws:datasync/fsxOpenZfsFileSystem:FsxOpenZfsFileSystem",
    "aws:datasync/locationFsxLustre:LocationFsxLustre",
    "aws:datasync/locationFsxOntapFileSystem:LocationFsxOntapFileSystem",
    "aws:datasync/locationFsxWindows:LocationFsxWindows",
    "aws:datasync/s3Location:S3Location",
)


def _by_location(builder: Builder, _: Resource, value: Any) -> Any:
    """A file system or bucket of AWS is in the region of its location; any other server may stand anywhere."""
    found = builder.the_one(value, *_IN_AWS)
    return _AT_A_SERVER if found is None else region_of(builder, found)


def _by_endpoint(builder: Builder, _: Resource, value: Any) -> Any:
    """The database behind an endpoint of DMS, where it is one of this program."""
    endpoint = builder.the_one(value, "aws:dms/endpoint:Endpoint")
    server = None if endpoint is None else builder.the_one(value_at(endpoint, "serverName"))
    return _AT_A_SERVER if server is None else region_of(builder, server)


class Sending(NamedTuple):
    """The input that names where to, what goes there in words, and how the place is found."""

    path: str
    what: str
    find: Finder


_MEMBER: Final = (Sending("globalClusterIdentifier", "replica in a global database", _here),)
_INTEGRATION: Final = (Sending("targetArn", "integration of a database", _by_arn),)
_TABLES: Final = (Sending("rule.destinations.destinationTableBucketArn", "replication of a table bucket", _by_arn),)
_TASK: Final = (Sending("targetEndpointArn", "migration of a database", _by_endpoint),)
_MESSAGES: Final = "messages of things"
_OF_RULES: Final[tuple[tuple[str, str, str, Finder], ...]] = (
    ("cloudwatchLogs", "cloudwatchLogs", "logGroupName", _here),
    ("dynamodbs", "dynamodb", "tableName", _here),
    ("dynamodbv2s", "dynamodbv2", "putItem.tableName", _here),
    ("elasticsearch", "elasticsearch", "endpoint", _by_host),
    ("firehoses", "firehose", "deliveryStreamName", _here),
    ("https", "http", "url", _outside),
    ("iotAnalytics", "iotAnalytics", "channelName", _here),
    ("iotEvents", "iotEvents", "inputName", _here),
    ("kafkas", "kafka", "destinationArn", _nowhere_said),
    ("kineses", "kinesis", "streamName", _here),
    ("lambdas", "lambda", "functionArn", _by_arn),
    ("s3", "s3", "bucketName", _by_bucket),
    ("sns", "sns", "targetArn", _by_arn),
    ("sqs", "sqs", "queueUrl", _by_host),
    ("stepFunctions", "stepFunctions", "stateMachineName", _here),
    ("timestreams", "timestream", "tableName", _here),
)
"""Block of a rule of IoT, the same block where something fails, and what it names: by name only what is in its region.
What it publishes again stays in IoT itself, and numbers and alarms are nobody's data."""

_ASKED: Final = "what a resolver asks"
_MAIL: Final = "what became of mail"
_ANALYTICS: Final = (
    Sending("analyticsConfiguration.applicationArn", "logins of users", _by_arn),
    Sending("analyticsConfiguration.applicationId", "logins of users", _nowhere_said),
)
_CAPTURED: Final = tuple(
    Sending(path, "captured requests", _by_bucket)
    for path in (
        "asyncInferenceConfig.outputConfig.s3FailurePath",
        "asyncInferenceConfig.outputConfig.s3OutputPath",
        "dataCaptureConfig.destinationS3Uri",
        "productionVariants.coreDumpConfig.destinationS3Uri",
        "shadowProductionVariants.coreDumpConfig.destinationS3Uri",
    )
)
_DELIVERY: Final = "delivery of a stream"

SENDINGS: Final[Mapping[str, tuple[Sending, ...]]] = MappingProxyType(
    {
        "aws:rds/cluster:Cluster": _MEMBER,
        "aws:docdb/cluster:Cluster": _MEMBER,
        "aws:neptune/cluster:Cluster": _MEMBER,
        "aws:elasticache/replicationGroup:ReplicationGroup": (
            Sending("globalReplicationGroupId", "replica in a global cache", _here),
        ),
        "aws:memorydb/cluster:Cluster": (Sending("multiRegionClusterName", "replica in a global database", _here),),
        "aws:dsql/cluster:Cluster": (
            Sending("multiRegionProperties.clusters", "replica of a database", _by_arn),
            Sending("multiRegionProperties.witnessRegion", "witness of a database", _by_region),
        ),
        "aws:dsql/clusterPeering:ClusterPeering": (
            Sending("clusters", "replica of a database", _by_arn),
            Sending("witnessRegion", "witness of a database", _by_region),
        ),
        "aws:keyspaces/keyspace:Keyspace": (
            Sending("replicationSpecification.regionLists", "replica of a keyspace", _by_region),
        ),
        "aws:rds/snapshotCopy:SnapshotCopy": (Sending("destinationRegion", "copy of a snapshot", _by_region),),
        "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": (
            Sending("destinationRegion", "copy of a snapshot", _by_region),
        ),
        "aws:rds/exportTask:ExportTask": (Sending("s3BucketName", "export of a snapshot", _by_bucket),),
        "aws:rds/integration:Integration": _INTEGRATION,
        "aws:redshift/integration:Integration": _INTEGRATION,
        "aws:redshift/snapshotCopy:SnapshotCopy": (Sending("destinationRegion", "copy of a snapshot", _by_region),),
        "aws:redshift/dataShareConsumerAssociation:DataShareConsumerAssociation": (
            Sending("consumerRegion", "share of a warehouse", _by_region),
        ),
        "aws:dynamodb/tableExport:TableExport": (Sending("s3Bucket", "export of a table", _by_bucket),),
        "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination": (
            Sending("streamArn", "stream of a table", _by_arn),
        ),
        "aws:qldb/stream:Stream": (Sending("kinesisConfiguration.streamArn", "stream of a ledger", _by_arn),),
        "aws:dms/replicationTask:ReplicationTask": _TASK,
        "aws:dms/replicationConfig:ReplicationConfig": _TASK,
        "aws:dms/s3Endpoint:S3Endpoint": (Sending("bucketName", "migration of a database", _by_bucket),),
        "aws:datasync/task:Task": (Sending("destinationLocationArn", "copy of files", _by_location),),
        "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation": (
            Sending("dataRepositoryPath", "export of files", _by_bucket),
        ),
        "aws:s3/inventory:Inventory": (Sending("destination.bucket.bucketArn", "list of objects", _by_bucket),),
        "aws:s3/analyticsConfiguration:AnalyticsConfiguration": (
            Sending(
                "storageClassAnalysis.dataExport.destination.s3BucketDestination.bucketArn",
                "list of objects",
                _by_bucket,
            ),
        ),
        "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint": (
            Sending("details.regions.bucket", "bucket behind an access point of several regions", _by_bucket),
        ),
        "aws:s3tables/tableBucketReplication:TableBucketReplication": _TABLES,
        "aws:s3tables/tableReplication:TableReplication": _TABLES,
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (
            Sending("extendedS3Configuration.bucketArn", _DELIVERY, _by_bucket),
            Sending("extendedS3Configuration.s3BackupConfiguration.bucketArn", _DELIVERY, _by_bucket),
            Sending("redshiftConfiguration.s3Configuration.bucketArn", _DELIVERY, _by_bucket),
            Sending("elasticsearchConfiguration.domainArn", _DELIVERY, _by_arn),
            Sending("opensearchConfiguration.domainArn", _DELIVERY, _by_arn),
            Sending("icebergConfiguration.catalogArn", _DELIVERY, _by_arn),
            Sending("httpEndpointConfiguration.url", _DELIVERY, _outside),
            Sending("snowflakeConfiguration.accountUrl", _DELIVERY, _outside),
            Sending("splunkConfiguration.hecEndpoint", _DELIVERY, _outside),
        ),
        "aws:msk/replicator:Replicator": (
            Sending("replicationInfoList.targetKafkaClusterArn", "replica of topics", _by_arn),
        ),
        "aws:iot/topicRule:TopicRule": tuple(
            Sending(f"{block}.{name}", _MESSAGES, find)
            for several, one, name, find in _OF_RULES
            for block in (several, f"errorAction.{one}")
        ),
        "aws:appsync/dataSource:DataSource": (
            Sending("dynamodbConfig.region", _ASKED, _by_region),
            Sending("elasticsearchConfig.region", _ASKED, _by_region),
            Sending("eventBridgeConfig.eventBusArn", _ASKED, _by_arn),
            Sending("httpConfig.endpoint", _ASKED, _by_host),
            Sending("lambdaConfig.functionArn", _ASKED, _by_arn),
            Sending("opensearchserviceConfig.region", _ASKED, _by_region),
            Sending("relationalDatabaseConfig.httpEndpointConfig.region", _ASKED, _by_region),
        ),
        "aws:codestarnotifications/notificationRule:NotificationRule": (
            Sending("targets.address", "news of builds", _by_arn),
        ),
        "aws:cognito/managedUserPoolClient:ManagedUserPoolClient": _ANALYTICS,
        "aws:cognito/userPoolClient:UserPoolClient": _ANALYTICS,
        "aws:ses/eventDestination:EventDestination": (
            Sending("kinesisDestination.streamArn", _MAIL, _by_arn),
            Sending("snsDestination.topicArn", _MAIL, _by_arn),
        ),
        "aws:ses/identityNotificationTopic:IdentityNotificationTopic": (Sending("topicArn", _MAIL, _by_arn),),
        "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination": tuple(
            Sending(f"eventDestination.{path}", _MAIL, _by_arn)
            for path in (
                "eventBridgeDestination.eventBusArn",
                "kinesisFirehoseDestination.deliveryStreamArn",
                "pinpointDestination.applicationArn",
                "snsDestination.topicArn",
            )
        ),
        "aws:sns/smsPreferences:SmsPreferences": (
            Sending("usageReportS3Bucket", "report of text messages", _by_bucket),
        ),
        "aws:cloudwatch/eventApiDestination:EventApiDestination": (
            Sending("invocationEndpoint", "delivery of events", _outside),
        ),
        "aws:cloudwatch/eventEndpoint:EventEndpoint": (
            Sending("eventBuses.eventBusArn", "replica of events", _by_arn),
            Sending("routingConfig.failoverConfig.secondary.route", "replica of events", _by_region),
        ),
        "aws:lambda/function:Function": (Sending("deadLetterConfig.targetArn", "delivery of what failed", _by_arn),),
        "aws:lambda/eventSourceMapping:EventSourceMapping": (
            Sending("destinationConfig.onFailure.destinationArn", "delivery of what failed", _by_any_arn),
        ),
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": (
            Sending("destinationConfig.onFailure.destination", "delivery of what failed", _by_any_arn),
            Sending("destinationConfig.onSuccess.destination", "delivery of results", _by_any_arn),
        ),
        "aws:pipes/pipe:Pipe": (Sending("target", "delivery of events", _by_arn),),
        "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": (
            Sending("destinationArn", "delivery of logs", _by_arn),
        ),
        "aws:cloudwatch/logDestination:LogDestination": (Sending("targetArn", "delivery of logs", _by_arn),),
        "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": (
            Sending("deliveryDestinationConfiguration.destinationResourceArn", "delivery of logs", _by_arn),
        ),
        "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig": (
            Sending("endpoint.kinesisStreamConfig.streamArn", "delivery of logs", _by_arn),
        ),
        "aws:securitylake/dataLake:DataLake": (
            Sending("configuration.replicationConfiguration.regions", "replica of a data lake", _by_region),
        ),
        "aws:observabilityadmin/centralizationRuleForOrganization:CentralizationRuleForOrganization": (
            Sending("rule.destination.region", "delivery of logs", _by_region),
            Sending(
                "rule.destination.destinationLogsConfiguration.backupConfiguration.region", "copy of logs", _by_region
            ),
        ),
        "aws:securityhub/findingAggregator:FindingAggregator": (
            Sending("linkingMode", "copy of findings of other regions", _here),
        ),
        "aws:guardduty/publishingDestination:PublishingDestination": (
            Sending("destinationArn", "export of findings", _by_bucket),
        ),
        "aws:ssm/resourceDataSync:ResourceDataSync": (
            Sending("s3Destination.region", "inventory of hosts", _by_region),
        ),
        "aws:dlm/lifecyclePolicy:LifecyclePolicy": (
            Sending("policyDetails.schedules.crossRegionCopyRules.target", "copy of snapshots", _by_region),
            Sending("policyDetails.schedules.crossRegionCopyRules.targetRegion", "copy of snapshots", _by_region),
            Sending("policyDetails.action.crossRegionCopies.target", "copy of snapshots", _by_region),
        ),
        "aws:directoryservice/serviceRegion:ServiceRegion": (
            Sending("regionName", "replica of a directory", _by_region),
        ),
        "aws:ssmincidents/replicationSet:ReplicationSet": (
            Sending("regions.name", "replica of incidents", _by_region),
        ),
        "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": (
            Sending("distributions.region", "copy of a machine image", _by_region),
        ),
        "aws:codebuild/reportGroup:ReportGroup": (
            Sending("exportConfig.s3Destination.bucket", "test reports", _by_bucket),
        ),
        "aws:sagemaker/endpointConfiguration:EndpointConfiguration": _CAPTURED,
        "aws:oam/link:Link": (Sending("sinkIdentifier", "logs shown to another account", _by_arn),),
        "aws:bcmdata/export:Export": (
            Sending("export.destinationConfigurations.s3Destinations.s3Region", "report of costs", _by_region),
        ),
        "aws:s3control/storageLensConfiguration:StorageLensConfiguration": (
            Sending(
                "storageLensConfiguration.dataExport.s3BucketDestination.arn", "numbers of each bucket", _by_bucket
            ),
        ),
        "aws:cur/reportDefinition:ReportDefinition": (Sending("s3Region", "report of costs", _by_region),),
        "aws:connect/instanceStorageConfig:InstanceStorageConfig": (
            Sending("storageConfig.s3Config.bucketName", "records of calls", _by_bucket),
        ),
        "aws:athena/workgroup:Workgroup": (
            Sending("configuration.resultConfiguration.outputLocation", "results of queries", _by_bucket),
        ),
        "aws:ivs/recordingConfiguration:RecordingConfiguration": (
            Sending("destinationConfiguration.s3.bucketName", "recording of streams", _by_bucket),
        ),
        "aws:macie2/classificationExportConfiguration:ClassificationExportConfiguration": (
            Sending("s3Destination.bucketName", "export of findings", _by_bucket),
        ),
        "aws:transfer/workflow:Workflow": (
            Sending("steps.copyStepDetails.destinationFileLocation.s3FileLocation.bucket", "copy of files", _by_bucket),
        ),
        "aws:opensearch/outboundConnection:OutboundConnection": (
            Sending("remoteDomainInfo.region", "search in another domain", _by_region),
        ),
    }
)
"""Type -> what of its inputs sends something somewhere; an entry of a list is one sending."""


def read(builder: Builder) -> None:
    """A Copy for each."""
    for type_, sendings in SENDINGS.items():
        for resource in builder.of(type_):
            for sending in sendings:
                for path, value in scalars_at(resource, sending.path):
                    location = sending.find(builder, resource, value)
                    builder.add(Copy(origin=resource, path=path, what=sending.what, location=location))
