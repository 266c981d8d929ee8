"""Where data rests on AWS: disks, buckets, databases, and what else holds some for a while."""

from __future__ import annotations

from typing import Any

from baseline.estate.aws import buckets, databases, disks
from baseline.estate.aws.inputs import values_at
from baseline.estate.aws.keys import customer_key
from baseline.estate.aws.places import region_of
from baseline.estate.aws.resting import Documents, holds, plain_requests, store, whole_store
from baseline.estate.builder import Builder, known, place, undecided
from baseline.estate.doubt import either, flag, is_one_of
from baseline.estate.facts.locations import GLOBAL
from baseline.estate.nouns import Copy, Location
from baseline.graph import NOT_OBSERVABLE, Resource

VAULT = "aws:backup/vault:Vault"
GAPPED_VAULT = "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault"
VAULT_POLICY = "aws:backup/vaultPolicy:VaultPolicy"
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
TOPIC = "aws:sns/topic:Topic"
TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy"
QUEUE = "aws:sqs/queue:Queue"
QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy"
STREAM = "aws:kinesis/stream:Stream"
VALUE = "aws:secretsmanager/secret:Secret"
VALUE_POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy"
VALUE_VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
PARAMETER = "aws:ssm/parameter:Parameter"
IMAGES = "aws:ecr/repository:Repository"
IMAGES_POLICY = "aws:ecr/repositoryPolicy:RepositoryPolicy"
IMAGES_COPY = "aws:ecr/replicationConfiguration:ReplicationConfiguration"
ZONE = "aws:route53/zone:Zone"
NAMESPACES = (
    "aws:servicediscovery/httpNamespace:HttpNamespace",
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
)


def read(builder: Builder) -> None:
    """Each family in turn."""
    for family in (disks.read, buckets.read, databases.read, _vaults, _logs, _messages, _secrets, _container_images):
        family(builder)
    for zone in builder.of(ZONE, *NAMESPACES):
        everywhere = Location("aws", GLOBAL, frozenset())
        # Names are public; of how zones are kept Route 53 shows and says nothing.
        store(builder, zone, "zone", location=everywhere, holds="names", encrypted=NOT_OBSERVABLE, customer_key=None)


def _vaults(builder: Builder) -> None:
    policies = Documents(builder, VAULT_POLICY, "backupVaultName", VAULT)
    for vault in builder.of(VAULT, GAPPED_VAULT):
        key = vault.inputs.get("kmsKeyArn" if vault.type == VAULT else "encryptionKeyArn")
        store(
            builder,
            vault,
            "backup vault",
            holds="backups",
            encrypted=True,  # under AWS Backup's own key where none is named (AWS Backup, "Encryption for backups")
            customer_key=customer_key(builder, key),
            reachable=policies.ways_in(vault),
            # A vault that holds something refuses to go, unless it is told to be emptied.
            holds_backups=flag(vault.inputs.get("forceDestroy"), False),
        )


def _logs(builder: Builder) -> None:
    for group in builder.of(LOG_GROUP):
        store(
            builder,
            group,
            "log group",
            holds=holds(builder, group, "logs"),
            encrypted=True,  # always (CloudWatch Logs User Guide, "Encrypt log data")
            customer_key=customer_key(builder, group.inputs.get("kmsKeyId")),
        )


def _messages(builder: Builder) -> None:
    topics = Documents(builder, TOPIC_POLICY, "arn", TOPIC)
    for topic in builder.of(TOPIC):
        key = topic.inputs.get("kmsMasterKeyId")
        _message_store(
            builder, topic, "topic", topics, ("sns:publish",), key, key if undecided(key) else key is not None
        )
    queues = Documents(builder, QUEUE_POLICY, "queueUrl", QUEUE)
    for queue in builder.of(QUEUE):
        key = queue.inputs.get("kmsMasterKeyId")
        # New queues are encrypted by SQS itself unless told otherwise (SQS Developer Guide, "Encryption at rest").
        own = flag(queue.inputs.get("sqsManagedSseEnabled"), True)
        encrypted = own if key is None else True
        actions = ("sqs:receivemessage", "sqs:sendmessage")
        _message_store(builder, queue, "queue", queues, actions, key, encrypted)
    for stream in builder.of(STREAM):
        kind = known(stream.inputs.get("encryptionType"), "NONE")
        store(
            builder,
            stream,
            "stream",
            holds=holds(builder, stream, "queue"),
            encrypted=is_one_of(kind, "KMS"),
            customer_key=customer_key(builder, stream.inputs.get("kmsKeyId")),
        )


def _message_store(
    builder: Builder,
    resource: Resource,
    kind: str,
    documents: Documents,
    actions: tuple[str, ...],
    key: Any,
    encrypted: Any,
) -> None:
    # A key that only deployment names is still a key; only whose it is may be undecided.
    store(
        builder,
        resource,
        kind,
        holds=holds(builder, resource, "queue"),
        encrypted=True if undecided(encrypted) and builder.referred(key) else encrypted,
        customer_key=customer_key(builder, key),
        reachable=documents.ways_in(resource),
        plain_requests=plain_requests(documents.certainly(resource), actions, whole_store(resource.inputs.get("name"))),
    )


def _secrets(builder: Builder) -> None:
    builder.of(VALUE_VERSION)
    policies = Documents(builder, VALUE_POLICY, "secretArn", VALUE)
    for secret in builder.of(VALUE):
        store(
            builder,
            secret,
            "secret",
            holds="secrets",
            encrypted=True,  # always (Secrets Manager User Guide, "Secret encryption and decryption")
            customer_key=customer_key(builder, secret.inputs.get("kmsKeyId")),
            reachable=policies.ways_in(secret),
        )
        replicas = known(secret.inputs.get("replicas"), [])
        for index, replica in enumerate(replicas if isinstance(replicas, list) else [replicas]):
            region = replica.get("region") if isinstance(replica, dict) else replica
            path = f"replicas.{index}.region"
            builder.add(Copy(origin=secret, path=path, what="replica of a secret", location=place("aws", region)))
    for parameter in builder.of(PARAMETER):
        kind = parameter.inputs.get("type")
        if kind not in ("String", "StringList"):  # those are configuration: a secret in one is another rule's matter
            secure = is_one_of(kind, "SecureString")
            own = customer_key(builder, parameter.inputs.get("keyId"))
            store(builder, parameter, "parameter", holds="secrets", encrypted=secure, customer_key=own)


def _container_images(builder: Builder) -> None:
    policies = Documents(builder, IMAGES_POLICY, "repository", IMAGES)
    for repository in builder.of(IMAGES):
        store(
            builder,
            repository,
            "image repository",
            holds=holds(builder, repository, "system"),
            encrypted=True,  # AES-256 unless a key is named (ECR User Guide, "Encryption at rest")
            customer_key=either(
                customer_key(builder, key) for _, key in values_at(repository, "encryptionConfigurations.kmsKey")
            ),
            reachable=policies.ways_in(repository),
        )
    for copy in builder.of(IMAGES_COPY):
        rules = copy.at("replicationConfiguration.rules")
        for number, rule in enumerate(rules if isinstance(rules, list) else [rules]):
            targets = rule.get("destinations") if isinstance(rule, dict) else rule
            for index, target in enumerate(targets if isinstance(targets, list) else [targets]):
                region = target.get("region") if isinstance(target, dict) else target
                builder.add(
                    Copy(
                        origin=copy,
                        path=f"replicationConfiguration.rules.{number}.destinations.{index}.region",
                        what="replication of images",
                        location=place("aws", region) if region is not None else region_of(builder, copy),
                    )
                )
