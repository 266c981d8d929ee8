"""Managed databases, warehouses and caches beside RDS, DynamoDB, EFS and ElastiCache's own clusters.

Sources, read 2026-11-26: the arguments and defaults of pulumi-aws 7.51.1; each service's guide on encryption at rest
(always on for DocumentDB elastic clusters, DSQL, Keyspaces, MemoryDB, Neptune Analytics, QLDB, Redshift Serverless,
serverless caches and Timestream; off unless told for DAX, DocumentDB and Neptune clusters).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from baseline.estate.aws.inputs import value_at
from baseline.estate.aws.kept.row import Door, Policy, Row, Rows, Switch
from baseline.estate.aws.references import Named
from baseline.estate.builder import UNKNOWN, Builder, items, undecided
from baseline.estate.doubt import negated
from baseline.graph import Resource, not_observable_because

WAREHOUSE_GROUP: Final = "aws:redshift/parameterGroup:ParameterGroup"
DOCUMENTS_GROUP: Final = "aws:docdb/clusterParameterGroup:ClusterParameterGroup"
_STORAGE: Final = Switch("storageEncrypted")
_PUBLIC: Final = Switch("publiclyAccessible")


def _groups(builder: Builder) -> Named:
    builder.of(DOCUMENTS_GROUP)
    return Named(builder, (DOCUMENTS_GROUP,), "name")


def _plain_documents(builder: Builder, cluster: Resource) -> Mapping[str, Any]:
    """DocumentDB speaks TLS only unless the parameter `tls` of its group is off (Developer Guide, "Encryption")."""
    name = cluster.inputs.get("dbClusterParameterGroupName")
    if name is None:
        return {"plain_requests": False}
    group = builder.once(_groups).one(name)
    plain: Any = UNKNOWN if group is None else _switched_off(group.inputs.get("parameters"))
    return {"plain_requests": plain}


def _switched_off(parameters: Any) -> Any:
    for parameter in items(parameters):
        name = parameter.get("name") if isinstance(parameter, dict) else UNKNOWN
        if undecided(name):
            return name
        if name == "tls":
            value = parameter.get("value")
            return value if undecided(value) else str(value).lower() == "disabled"
    return False


_BY_AGE: Final = not_observable_because(
    "is not observable: require_ssl is not declared, and only what was made since 2025 refuses them by default"
)
_BY_DEFAULT: Final[Mapping[str, Any]] = MappingProxyType(
    {"default.redshift-1.0": True, "default.redshift-2.0": False, "redshift-1.0": True, "redshift-2.0": False}
)
"""Group, or family of a group that does not say it -> whether a warehouse admits plain sessions."""


def _warehouse_groups(builder: Builder) -> Named:
    return Named(builder, (WAREHOUSE_GROUP,), "name")


def _plain_warehouse(builder: Builder, cluster: Resource) -> Mapping[str, Any]:
    """Redshift admits plain sessions unless `require_ssl` is on.

    Source: Management Guide, "Configuring security options for connections" and "Amazon Redshift parameter groups".
    """
    name = cluster.inputs.get("clusterParameterGroupName")
    if name is None:
        return {"plain_requests": _BY_AGE}
    if isinstance(name, str) and name in _BY_DEFAULT:
        return {"plain_requests": _BY_DEFAULT[name]}
    group = builder.once(_warehouse_groups).one(name)
    if group is None:
        return {"plain_requests": UNKNOWN}
    family = group.inputs.get("family")
    default = family if undecided(family) else _BY_DEFAULT.get(str(family), _BY_AGE)
    return {"plain_requests": _unless_required(group.inputs.get("parameters"), "name", "value", default)}


def _unless_required(parameters: Any, key: str, value: str, default: Any) -> Any:
    for parameter in items(parameters):
        name = parameter.get(key) if isinstance(parameter, dict) else UNKNOWN
        if undecided(name):
            return name
        if name == "require_ssl":
            said = parameter.get(value)
            return said if undecided(said) else str(said).lower() not in ("true", "1", "on")
    return default


class _Required(NamedTuple):
    """On where a workgroup refuses plain sessions."""

    def on(self, resource: Resource) -> Any:
        """As its parameter says, else as its age does."""
        said = resource.inputs.get("configParameters")
        return negated(_unless_required(said, "parameterKey", "parameterValue", _BY_AGE))


def _ledgers_key(_: Builder, ledger: Resource) -> Mapping[str, Any]:
    """A table of Keyspaces under AWS's own key says so by a type, beside which a key means nothing."""
    said = value_at(ledger, "encryptionSpecification.type")
    if said is None or said == "AWS_OWNED_KMS_KEY":
        return {"customer_key": False}
    return {"customer_key": said} if undecided(said) else {}


ROWS: Final[Rows] = MappingProxyType(
    {
        "aws:docdb/cluster:Cluster": Row(
            "document database", encrypted=_STORAGE, key=("kmsKeyId",), answer=_plain_documents
        ),
        "aws:docdb/elasticCluster:ElasticCluster": Row("document database", key=("kmsKeyId",)),
        "aws:docdb/clusterSnapshot:ClusterSnapshot": Row(
            "database snapshot", "backups", source="dbClusterIdentifier", keeps_backups=True
        ),
        "aws:neptune/cluster:Cluster": Row("graph database", encrypted=_STORAGE, key=("kmsKeyArn",)),
        "aws:neptune/clusterSnapshot:ClusterSnapshot": Row(
            "database snapshot", "backups", source="dbClusterIdentifier", keeps_backups=True
        ),
        "aws:neptunegraph/graph:Graph": Row(
            "graph database", key=("kmsKeyIdentifier",), public=Switch("publicConnectivity")
        ),
        "aws:redshift/cluster:Cluster": Row(
            "warehouse",
            encrypted=Switch("encrypted", default=True),
            key=("kmsKeyId",),
            public=_PUBLIC,
            answer=_plain_warehouse,
        ),
        "aws:redshift/clusterSnapshot:ClusterSnapshot": Row(
            "warehouse snapshot", "backups", source="clusterIdentifier", keeps_backups=True
        ),
        "aws:redshiftserverless/namespace:Namespace": Row("warehouse", key=("kmsKeyId",)),
        "aws:redshiftserverless/snapshot:Snapshot": Row(
            "warehouse snapshot", "backups", source="namespaceName", keeps_backups=True
        ),
        "aws:memorydb/cluster:Cluster": Row(
            "memory database", key=("kmsKeyArn",), tls=Switch("tlsEnabled", default=True)
        ),
        "aws:memorydb/snapshot:Snapshot": Row("database snapshot", "backups", key=("kmsKeyArn",), keeps_backups=True),
        "aws:elasticache/serverlessCache:ServerlessCache": Row("cache", key=("kmsKeyId",)),
        "aws:dax/cluster:Cluster": Row(
            "cache",
            "queue",
            encrypted=Switch("serverSideEncryption.enabled"),
            tls=Switch("clusterEndpointEncryptionType", ("TLS",)),
        ),
        "aws:keyspaces/table:Table": Row(
            "table", key=("encryptionSpecification.kmsKeyIdentifier",), answer=_ledgers_key
        ),
        "aws:timestreamwrite/database:Database": Row("time series", key=("kmsKeyId",)),
        "aws:timestreamwrite/table:Table": Row("time series", source="databaseName"),
        "aws:timestreaminfluxdb/dbInstance:DbInstance": Row("time series", public=_PUBLIC),
        "aws:timestreaminfluxdb/dbCluster:DbCluster": Row("time series", public=_PUBLIC),
        "aws:qldb/ledger:Ledger": Row("ledger", key=("kmsKey",)),
        "aws:dsql/cluster:Cluster": Row(
            "database",
            key=("kmsEncryptionKey",),
            name="",
            policy=Policy("aws:dsql/clusterPolicy:ClusterPolicy", "identifier"),
        ),
        "aws:rds/snapshot:Snapshot": Row(
            "database snapshot",
            "backups",
            source="dbInstanceIdentifier",
            shared="sharedAccounts",
            keeps_backups=True,
        ),
        "aws:rds/clusterSnapshot:ClusterSnapshot": Row(
            "database snapshot",
            "backups",
            source="dbClusterIdentifier",
            shared="sharedAccounts",
            keeps_backups=True,
        ),
        "aws:rds/snapshotCopy:SnapshotCopy": Row(
            "database snapshot",
            "backups",
            key=("kmsKeyId",),
            source="sourceDbSnapshotIdentifier",
            shared="sharedAccounts",
            keeps_backups=True,
        ),
        "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": Row(
            "database snapshot",
            "backups",
            key=("kmsKeyId",),
            source="sourceDbClusterSnapshotIdentifier",
            shared="sharedAccounts",
            keeps_backups=True,
        ),
        "aws:rds/customDbEngineVersion:CustomDbEngineVersion": Row("database engine", "system", key=("kmsKeyId",)),
        "aws:rds/clusterActivityStream:ClusterActivityStream": Row("activity stream", "audit", key=("kmsKeyId",)),
        "aws:dms/replicationInstance:ReplicationInstance": Row(
            "replication disk", "queue", key=("kmsKeyArn",), public=_PUBLIC
        ),
        "aws:dms/replicationConfig:ReplicationConfig": Row(
            "replication disk", "queue", key=("computeConfig.kmsKeyId",)
        ),
        "aws:dms/endpoint:Endpoint": Row("login to a database", "secrets", key=("kmsKeyArn",)),
        "aws:dms/certificate:Certificate": Row("client certificate", "secrets"),
        "aws:lightsail/database:Database": Row("database", public=_PUBLIC),
        "aws:finspace/kxEnvironment:KxEnvironment": Row("market database", key=("kmsKeyId",)),
        "aws:odb/autonomousDatabase:AutonomousDatabase": Row("database"),
    }
)
"""A table of Timestream has the key of its database; the logins that DMS keeps are encrypted always."""

DOORS: Final[Mapping[str, Door]] = MappingProxyType(
    {
        "aws:dms/instanceProfile:InstanceProfile": Door(
            "replication disk behind", public=Switch("publiclyAccessible", default=True)
        ),
        "aws:neptune/clusterInstance:ClusterInstance": Door("graph database behind", public=_PUBLIC),
        "aws:rds/shardGroup:ShardGroup": Door("database behind", public=_PUBLIC),
        "aws:redshiftserverless/workgroup:Workgroup": Door("warehouse behind", public=_PUBLIC, tls=_Required()),
    }
)
"""What opens a database that another resource declares.

An instance profile of DMS is public unless it says otherwise (its own reference, and pulumi-aws 7.51.1, read
2026-11-26); of an instance the provider says that it is not.
"""
