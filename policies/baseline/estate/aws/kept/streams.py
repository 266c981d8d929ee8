"""Search domains, brokers, streams and buses: what takes data on its way, and what keeps it to be found.

Sources, read 2026-11-26: the arguments and defaults of pulumi-aws 7.51.1; OpenSearch Service guide, "Encryption of data
at rest" (off unless told) and "Require HTTPS" (on within `domainEndpointOptions`, off without); MSK, MQ, EventBridge,
Kinesis Video Streams, Kendra and Managed Service for Apache Flink guides, "Encryption at rest" (always).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from baseline.estate.aws.inputs import value_at
from baseline.estate.aws.kept.row import Absent, Fixed, Policy, Row, Rows, Switch, key_of
from baseline.estate.aws.kept.search_keys import collection_key
from baseline.estate.builder import Builder
from baseline.estate.doubt import negated
from baseline.graph import NOT_OBSERVABLE, Resource


def _https(_: Builder, domain: Resource) -> Mapping[str, Any]:
    there = value_at(domain, "domainEndpointOptions") is not None
    return {"plain_requests": negated(Switch("domainEndpointOptions.enforceHttps", default=there).on(domain))}


def _buffer(builder: Builder, stream: Resource) -> Mapping[str, Any]:
    """A stream that only reads another one keeps nothing itself (Firehose Developer Guide, "Data protection")."""
    fed = any(stream.inputs.get(name) is not None for name in ("kinesisSourceConfiguration", "mskSourceConfiguration"))
    encrypted: Any = True if fed else Switch("serverSideEncryption.enabled").on(stream)
    if encrypted is False:
        return {"encrypted": False, "customer_key": False}
    return {
        "encrypted": encrypted,
        "customer_key": None if fed else key_of(builder, stream, ("serverSideEncryption.keyArn",)),
    }


def _domain(policy: str) -> Row:
    return Row(
        "search domain",
        encrypted=Switch("encryptAtRest.enabled"),
        key=("encryptAtRest.kmsKeyId",),
        public=Absent("vpcOptions"),
        name="domainName",
        policy=Policy(policy, "domainName", "accessPolicies"),
        inline="accessPolicies",
        answer=_https,
    )


_BROKERS: Final = "encryptionInfo.encryptionInTransit.clientBroker"
_ADDRESSES: Final = "brokerNodeGroupInfo.connectivityInfo.publicAccess.type"

ROWS: Final[Rows] = MappingProxyType(
    {
        "aws:opensearch/domain:Domain": _domain("aws:opensearch/domainPolicy:DomainPolicy"),
        "aws:elasticsearch/domain:Domain": _domain("aws:elasticsearch/domainPolicy:DomainPolicy"),
        "aws:opensearch/serverlessCollection:ServerlessCollection": Row("search collection", answer=collection_key),
        "aws:opensearch/package:Package": Row("search dictionary", "system"),
        "aws:opensearchingest/pipeline:Pipeline": Row("buffer", "queue", key=("encryptionAtRestOptions.kmsKeyArn",)),
        "aws:cloudsearch/domain:Domain": Row(
            "search domain",
            encrypted=NOT_OBSERVABLE,
            public=Fixed(True),
            tls=Switch("endpointOptions.enforceHttps"),
            policy=Policy(
                "aws:cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy", "domainName", "accessPolicy"
            ),
        ),
        "aws:kendra/index:Index": Row("search index", key=("serverSideEncryptionConfiguration.kmsKeyId",)),
        "aws:qbusiness/application:Application": Row("search index", key=("encryptionConfiguration.kmsKeyId",)),
        "aws:msk/cluster:Cluster": Row(
            "broker",
            "queue",
            key=("encryptionInfo.encryptionAtRestKmsKeyArn",),
            public=Switch(_ADDRESSES, ("SERVICE_PROVIDED_EIPS",)),
            tls=Switch(_BROKERS, ("TLS",), default=True),
            name="clusterName",
            policy=Policy("aws:msk/clusterPolicy:ClusterPolicy", "clusterArn"),
        ),
        "aws:msk/serverlessCluster:ServerlessCluster": Row("broker", "queue"),
        "aws:mq/broker:Broker": Row(
            "broker", "queue", key=("encryptionOptions.kmsKeyId",), public=Switch("publiclyAccessible")
        ),
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": Row("delivery stream", "queue", answer=_buffer),
        "aws:kinesis/videoStream:VideoStream": Row("video stream", key=("kmsKeyId",)),
        "aws:kinesis/analyticsApplication:AnalyticsApplication": Row("running state", "queue"),
        "aws:kinesisanalyticsv2/application:Application": Row(
            "running state",
            "queue",
            key=("applicationConfiguration.applicationEncryptionConfiguration.keyId",),
        ),
        "aws:kinesisanalyticsv2/applicationSnapshot:ApplicationSnapshot": Row("running state", "queue"),
        "aws:cloudwatch/eventBus:EventBus": Row(
            "bus",
            "queue",
            key=("kmsKeyIdentifier",),
            policy=Policy("aws:cloudwatch/eventBusPolicy:EventBusPolicy", "eventBusName"),
        ),
        "aws:cloudwatch/eventArchive:EventArchive": Row("archive of events", "queue", key=("kmsKeyIdentifier",)),
        "aws:cloudwatch/eventConnection:EventConnection": Row("login to an API", "secrets", key=("kmsKeyIdentifier",)),
        "aws:pipes/pipe:Pipe": Row("pipe", "queue", key=("kmsKeyIdentifier",)),
        "aws:scheduler/schedule:Schedule": Row("schedule", "queue", key=("kmsKeyArn",)),
        "aws:sfn/stateMachine:StateMachine": Row("running state", "queue", key=("encryptionConfiguration.kmsKeyId",)),
        "aws:sfn/activity:Activity": Row("running state", "queue", key=("encryptionConfiguration.kmsKeyId",)),
        "aws:appsync/apiCache:ApiCache": Row(
            "cache",
            "queue",
            encrypted=Switch("atRestEncryptionEnabled"),
            tls=Switch("transitEncryptionEnabled"),
        ),
        "aws:appflow/flow:Flow": Row("flow", "queue", key=("kmsArn",)),
        "aws:appflow/connectorProfile:ConnectorProfile": Row("login to a service", "secrets", key=("kmsArn",)),
        "aws:sns/platformApplication:PlatformApplication": Row("login to a push service", "secrets"),
    }
)
