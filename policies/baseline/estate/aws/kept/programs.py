"""What runs, builds and configures programs, and the keys and secrets that it needs.

Sources, read 2026-11-26: the arguments and defaults of pulumi-aws 7.51.1; Lambda, CodeArtifact, CodeBuild, CodeCommit,
ECR Public, AppConfig, MWAA, Grafana, CloudHSM and Payment Cryptography guides, "Encryption at rest" (always, artifacts
of CodeBuild unless told otherwise); Cloud9 User Guide, "Data encryption" (never by itself).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from baseline.estate.aws.disks import BY_DEFAULT, TEMPLATE
from baseline.estate.aws.inputs import value_at
from baseline.estate.aws.kept.row import Door, Fixed, Policy, Row, Rows, Switch
from baseline.estate.builder import UNKNOWN, Builder
from baseline.estate.doubt import both
from baseline.estate.facts.locations import GLOBAL
from baseline.estate.nouns import Location
from baseline.graph import Resource


def _everywhere(_: Builder, __: Resource) -> Any:
    return Location("aws", GLOBAL, frozenset())


def _variables(_: Builder, function: Resource) -> Mapping[str, Any]:
    """A function without variables keeps nothing that a key could encrypt."""
    return {"customer_key": None} if value_at(function, "environment.variables") is None else {}


def _plain_disk(builder: Builder, _: Resource) -> Mapping[str, Any]:
    """A disk that a service makes and nobody encrypts: plain, unless the region encrypts by default."""
    answer: Any = UNKNOWN if builder.peek(BY_DEFAULT) else False
    return {"encrypted": answer, "customer_key": answer}


def _node_disks(builder: Builder, group: Resource) -> Mapping[str, Any]:
    """The disks of nodes are those of their launch template, else plain unless the region encrypts by default."""
    template = value_at(group, "launchTemplate")
    if template is None:
        return _plain_disk(builder, group)
    found = builder.referred(value_at(group, "launchTemplate.id"), TEMPLATE)
    found = found or builder.referred(value_at(group, "launchTemplate.name"), TEMPLATE)
    stores = builder.stores.get(found[0].urn, []) if len(found) == 1 else []
    if not stores:
        return {"encrypted": UNKNOWN, "customer_key": UNKNOWN}
    return {name: both(store.given(name) for store in stores) for name in ("encrypted", "customer_key")}


_RECIPE: Final = Row("image recipe", "system", key=("kmsKeyId",))

ROWS: Final[Rows] = MappingProxyType(
    {
        "aws:lambda/function:Function": Row("function", "system", key=("kmsKeyArn",), answer=_variables),
        "aws:eks/cluster:Cluster": Row("cluster state", "secrets", key=("encryptionConfig.provider.keyArn",)),
        "aws:eks/nodeGroup:NodeGroup": Row("node disk", "system", answer=_node_disks),
        "aws:ecs/cluster:Cluster": Row(
            "task disk", "queue", key=("configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId",)
        ),
        "aws:lambda/layerVersion:LayerVersion": Row("code", "system"),
        "aws:ecrpublic/repository:Repository": Row(
            "public image repository", "system", public=Fixed(True), place=_everywhere
        ),
        "aws:codeartifact/domain:Domain": Row(
            "packages",
            "system",
            key=("encryptionKey",),
            name="domain",
            policy=Policy("aws:codeartifact/domainPermissions:DomainPermissions", "domain", "policyDocument"),
        ),
        "aws:codecommit/repository:Repository": Row("source code", "system", key=("kmsKeyId",)),
        "aws:codebuild/project:Project": Row(
            "build artifacts",
            "system",
            encrypted=Switch("artifacts.encryptionDisabled", (False,), default=True),
            key=("encryptionKey",),
        ),
        "aws:codebuild/sourceCredential:SourceCredential": Row("login to a repository", "secrets"),
        "aws:codepipeline/pipeline:Pipeline": Row(
            "build artifacts", "system", key=("artifactStores.encryptionKey.id",)
        ),
        "aws:imagebuilder/component:Component": _RECIPE,
        "aws:imagebuilder/containerRecipe:ContainerRecipe": _RECIPE,
        "aws:appconfig/configurationProfile:ConfigurationProfile": Row(
            "configuration", "system", key=("kmsKeyIdentifier",)
        ),
        "aws:cloudfront/keyValueStore:KeyValueStore": Row("configuration", "system", place=_everywhere),
        "aws:mwaa/environment:Environment": Row(
            "workflows",
            "system",
            key=("kmsKey",),
            public=Switch("webserverAccessMode", ("PUBLIC_ONLY", "PUBLIC_AND_PRIVATE")),
        ),
        "aws:grafana/workspace:Workspace": Row("dashboards", "system", key=("kmsKeyId",)),
        "aws:amplify/app:App": Row("web application", "system"),
        "aws:cloud9/environmentEC2:EnvironmentEC2": Row("instance disk", answer=_plain_disk),
        "aws:cloudhsmv2/cluster:Cluster": Row("keys in hardware", "secrets"),
        "aws:paymentcryptography/key:Key": Row("key for payments", "secrets"),
        "aws:acmpca/certificateAuthority:CertificateAuthority": Row("certificate authority", "secrets"),
        "aws:ssm/activation:Activation": Row("activation code", "secrets"),
    }
)
"""Code, images and settings are made again from what is declared, and count as the system; so do nodes."""

DOORS: Final[Mapping[str, Door]] = MappingProxyType(
    {
        "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": Door(
            "machine image behind",
            public=Switch("distributions.amiDistributionConfiguration.launchPermission.userGroups", ("all",)),
        ),
    }
)
"""Where a pipeline sends its images is a copy; to whom it gives them stands here."""
