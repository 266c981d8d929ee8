"""Managed databases, file systems and caches."""

from __future__ import annotations

from typing import Any

from baseline.estate.aws.inputs import value_at
from baseline.estate.aws.keys import customer_key
from baseline.estate.aws.places import region_of
from baseline.estate.aws.references import Named
from baseline.estate.aws.resting import plain_requests, store, ways_by_policy
from baseline.estate.builder import UNKNOWN, Builder, known, place, undecided
from baseline.estate.doubt import both, flag, is_one_of, negated, ways_in
from baseline.estate.nouns import Copy, Opening
from baseline.foreign import whole
from baseline.graph import Resource

TABLE = "aws:dynamodb/table:Table"
TABLE_REPLICA = "aws:dynamodb/tableReplica:TableReplica"
GLOBAL_TABLE = "aws:dynamodb/globalTable:GlobalTable"
TABLE_POLICY = "aws:dynamodb/resourcePolicy:ResourcePolicy"
RDS_INSTANCE = "aws:rds/instance:Instance"
RDS_CLUSTER = "aws:rds/cluster:Cluster"
RDS_MEMBER = "aws:rds/clusterInstance:ClusterInstance"
RDS_BACKUP_COPY = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
RDS_PARAMETERS = ("aws:rds/parameterGroup:ParameterGroup", "aws:rds/clusterParameterGroup:ClusterParameterGroup")
FILES = "aws:efs/fileSystem:FileSystem"
FILES_POLICY = "aws:efs/fileSystemPolicy:FileSystemPolicy"
FILES_COPY = "aws:efs/replicationConfiguration:ReplicationConfiguration"
CACHE_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup"
CACHE = "aws:elasticache/cluster:Cluster"


def read(builder: Builder) -> None:
    """Tables, RDS, EFS, ElastiCache."""
    _tables(builder)
    _relational(builder)
    _files(builder)
    _caches(builder)


def _tables(builder: Builder) -> None:
    policies = builder.referring([TABLE_POLICY], "resourceArn", to=[TABLE])
    for table in builder.of(TABLE):
        documents = [policy.inputs.get("policy") for policy in policies.get(table.urn, ())]
        store(
            builder,
            table,
            "table",
            encrypted=True,  # DynamoDB encrypts all data at rest (Developer Guide, "DynamoDB encryption at rest")
            customer_key=customer_key(builder, value_at(table, "serverSideEncryption.kmsKeyArn")),
            reachable=ways_in(*ways_by_policy(documents)),
        )
        _replicas(builder, table, "regionName")
    for table in builder.of(GLOBAL_TABLE):
        _replicas(builder, table, "regionName")
    for replica in builder.of(TABLE_REPLICA):
        own = customer_key(builder, replica.inputs.get("kmsKeyArn"))
        store(builder, replica, "table", encrypted=True, customer_key=own)
        builder.add(
            Copy(origin=replica, path="region", what="replica of a table", location=region_of(builder, replica))
        )


def _replicas(builder: Builder, table: Resource, name: str) -> None:
    replicas = table.inputs.get("replicas")
    for index, replica in enumerate(replicas if isinstance(replicas, list) else [] if replicas is None else [replicas]):
        region = replica.get(name) if isinstance(replica, dict) else replica
        path = f"replicas.{index}.{name}"
        builder.add(Copy(origin=table, path=path, what="replica of a table", location=place("aws", region)))


def _relational(builder: Builder) -> None:
    groups = Named(builder, RDS_PARAMETERS, "name")
    builder.of(*RDS_PARAMETERS)
    clusters = Named(builder, (RDS_CLUSTER,), "clusterIdentifier")
    members: dict[str, list[Resource]] = {}
    for member in builder.of(RDS_MEMBER):
        found = clusters.any(member.inputs.get("clusterIdentifier"))
        for cluster in found:
            members.setdefault(cluster.urn, []).append(member)
        if not found:
            _stray_member(builder, member, groups)
    for database in builder.of(RDS_INSTANCE, RDS_CLUSTER):
        inputs = database.inputs
        group = inputs.get("parameterGroupName" if database.type == RDS_INSTANCE else "dbClusterParameterGroupName")
        parts = [database, *members.get(database.urn, ())]
        exposed = [(part, flag(part.inputs.get("publiclyAccessible"), False)) for part in parts]
        source = known(inputs.get("replicateSourceDb"), inputs.get("replicationSourceIdentifier"))
        store(
            builder,
            database,
            "database",
            # Serverless clusters are always encrypted; all else is not unless told (pulumi-aws, `storageEncrypted`).
            encrypted=flag(inputs.get("storageEncrypted"), is_one_of(inputs.get("engineMode"), "serverless")),
            customer_key=customer_key(builder, inputs.get("kmsKeyId")),
            reachable=ways_in(
                (f"{part.name} has a public address" for part, switch in exposed if switch is True),
                (switch for _, switch in exposed),
            ),
            plain_requests=_plain_sessions(database, groups, group),
        )
        if source is not None:
            location = region_of(builder, database)
            builder.add(Copy(origin=database, path="region", what="replica of a database", location=location))
    for copy in builder.of(RDS_BACKUP_COPY):
        what = "copy of a database's backups"
        builder.add(Copy(origin=copy, path="region", what=what, location=region_of(builder, copy)))


def _stray_member(builder: Builder, member: Resource, groups: Named) -> None:
    """A member of a cluster that another program declares: it may open what that one has closed."""
    public = flag(member.inputs.get("publiclyAccessible"), False)
    group = member.inputs.get("dbParameterGroupName")
    builder.add(
        Opening(
            origin=member,
            kind="database behind",
            reachable=ways_in([f"{member.name} has a public address"] if public is True else [], [public]),
            plain_requests=None if group is None else _plain_sessions(member, groups, group),
        )
    )


_FORCED = {"rds.force_ssl": ("1",), "require_secure_transport": ("1", "ON", "on")}
_FORCES_FROM = {"postgres": 15, "aurora-postgresql": 17}
"""Engine -> major version from which it refuses plain sessions by default.

Source: RDS and Aurora User Guides, "Requiring an SSL connection to a PostgreSQL DB instance".
"""


def _plain_sessions(database: Resource, groups: Named, name: Any) -> Any:
    """Whether a client may connect without TLS: as its parameter group says, else as its engine does by default."""
    if name is not None:
        group = groups.one(name)
        parameters = group.inputs.get("parameters") if group else UNKNOWN
        if undecided(parameters):
            return UNKNOWN
        for parameter in parameters or ():
            if undecided(parameter) or undecided(parameter.get("name")) or undecided(parameter.get("value")):
                return UNKNOWN
            if parameter.get("name") in _FORCED:
                return str(parameter.get("value")) not in _FORCED[parameter["name"]]
    engine, version = database.inputs.get("engine"), database.inputs.get("engineVersion")
    if engine is None or undecided(engine) or undecided(version):
        return UNKNOWN
    if engine not in _FORCES_FROM:
        return True
    major = whole(str(version).partition(".")[0])
    return UNKNOWN if major is None else major < _FORCES_FROM[engine]


def _files(builder: Builder) -> None:
    policies = builder.referring([FILES_POLICY], "fileSystemId", to=[FILES])
    for files in builder.of(FILES):
        documents = [policy.inputs.get("policy") for policy in policies.get(files.urn, ())]
        ways, doubts = ways_by_policy(documents)
        store(
            builder,
            files,
            "file system",
            encrypted=flag(files.inputs.get("encrypted"), False),
            customer_key=customer_key(builder, files.inputs.get("kmsKeyId")),
            reachable=ways_in(ways, doubts),
            plain_requests=plain_requests(
                documents, ("elasticfilesystem:clientmount", "elasticfilesystem:clientwrite"), lambda _: True
            ),
        )
    for copy in builder.of(FILES_COPY):
        region = copy.at("destination.region")
        location = place("aws", region) if region is not None else region_of(builder, copy)
        builder.add(Copy(origin=copy, path="destination", what="replica of a file system", location=location))


def _caches(builder: Builder) -> None:
    for cache in builder.of(CACHE_GROUP):
        # Absent: off for redis, on for valkey (pulumi-aws, `atRestEncryptionEnabled`).
        engine = known(cache.inputs.get("engine"), "redis")
        at_rest = flag(cache.inputs.get("atRestEncryptionEnabled"), is_one_of(engine, "valkey"))
        required = is_one_of(known(cache.inputs.get("transitEncryptionMode"), "required"), "required")
        tls = both([flag(cache.inputs.get("transitEncryptionEnabled"), is_one_of(engine, "valkey")), required])
        store(
            builder,
            cache,
            "cache",
            encrypted=at_rest,
            customer_key=customer_key(builder, cache.inputs.get("kmsKeyId")),
            plain_requests=negated(tls),
        )
    for cache in builder.of(CACHE):
        if cache.inputs.get("replicationGroupId") is not None:
            continue  # a member: judged at its group
        store(
            builder,
            cache,
            "cache",
            encrypted=False,  # single clusters have no encryption at rest (ElastiCache User Guide)
            customer_key=False,
            plain_requests=negated(flag(cache.inputs.get("transitEncryptionEnabled"), False)),
        )
