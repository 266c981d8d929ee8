"""What runs, builds and configures programs, and the keys and secrets that it needs.

Sources, read 2026-11-26: the arguments and defaults of pulumi-aws 7.51.1; Lambda, CodeArtifact, CodeBuild, CodeCommit,
ECR Public, EKS (pods on Fargate), AppConfig, MWAA, Grafana, CloudHSM and Payment Cryptography guides, "Encryption at
rest" (always, artifacts of CodeBuild unless told otherwise); Cloud9 User Guide, "Data encryption" (never by itself).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from baseline.estate.aws.compute import plain_disk, template_disks
from baseline.estate.aws.inputs import value_at
from baseline.estate.aws.kept.row import AnyOf, Door, Fixed, Policy, Row, Rows, Switch
from baseline.estate.builder import Builder
from baseline.estate.facts.locations import GLOBAL
from baseline.estate.nouns import Location
from baseline.graph import NOT_OBSERVABLE, Resource


def _everywhere(_: Builder, __: Resource) -> Any:
    return Location("aws", GLOBAL, frozenset())


def _variables(_: Builder, function: Resource) -> Mapping[str, Any]:
    """A function without variables keeps nothing that a key could encrypt."""
    return {"customer_key": None} if value_at(function, "environment.variables") is None else {}


def _node_disks(builder: Builder, group: Resource) -> Mapping[str, Any]:
    return template_disks(builder, group, "launchTemplate")


def _as_recipe(_: Builder, image: Resource) -> Mapping[str, Any]:
    """Images of containers lie in a repository, which is judged itself and encrypts always."""
    contained = image.inputs.get("containerRecipeArn") is not None
    return {"encrypted": True, "customer_key": None} if contained else {}


def _report_key(_: Builder, group: Resource) -> Mapping[str, Any]:
    """Only what is exported takes a key."""
    kind = value_at(group, "exportConfig.type")
    return {"customer_key": None} if kind == "NO_EXPORT" else {}


_IMAGE: Final = Row("machine image", "system", source="imageRecipeArn", answer=_as_recipe)
_RECIPE: Final = Row("image recipe", "system", key=("kmsKeyId",))

ROWS: Final[Rows] = MappingProxyType(
    {
        "aws:lambda/function:Function": Row("function", "system", key=("kmsKeyArn",), answer=_variables),
        "aws:eks/cluster:Cluster": Row("cluster state", "secrets", key=("encryptionConfig.provider.keyArn",)),
        "aws:eks/nodeGroup:NodeGroup": Row("node disk", "system", answer=_node_disks),
        "aws:eks/fargateProfile:FargateProfile": Row("pod disk", "queue"),
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
        "aws:codebuild/fleet:Fleet": Row("build disk", "system", encrypted=NOT_OBSERVABLE),
        "aws:codebuild/reportGroup:ReportGroup": Row(
            "test reports",
            "system",
            encrypted=Switch("exportConfig.s3Destination.encryptionDisabled", (False,), default=True),
            key=("exportConfig.s3Destination.encryptionKey",),
            answer=_report_key,
        ),
        "aws:codebuild/sourceCredential:SourceCredential": Row("login to a repository", "secrets"),
        "aws:codeconnections/connection:Connection": Row("login to a repository", "secrets"),
        "aws:codestarconnections/connection:Connection": Row("login to a repository", "secrets"),
        "aws:codepipeline/pipeline:Pipeline": Row(
            "build artifacts", "system", key=("artifactStores.encryptionKey.id",)
        ),
        "aws:elasticbeanstalk/applicationVersion:ApplicationVersion": Row("code", "system"),
        "aws:mskconnect/customPlugin:CustomPlugin": Row("code", "system"),
        "aws:imagebuilder/component:Component": _RECIPE,
        "aws:imagebuilder/containerRecipe:ContainerRecipe": _RECIPE,
        "aws:imagebuilder/image:Image": _IMAGE,
        "aws:imagebuilder/imagePipeline:ImagePipeline": _IMAGE,
        "aws:iot/indexingConfiguration:IndexingConfiguration": Row("index of things", "queue"),
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
        "aws:cloud9/environmentEC2:EnvironmentEC2": Row("instance disk", answer=plain_disk),
        "aws:cloudhsmv2/cluster:Cluster": Row("keys in hardware", "secrets"),
        "aws:paymentcryptography/key:Key": Row("key for payments", "secrets"),
        "aws:acmpca/certificateAuthority:CertificateAuthority": Row("certificate authority", "secrets"),
        "aws:ssm/activation:Activation": Row("activation code", "secrets"),
    }
)
"""Code, images and settings are made again from what is declared, and count as the system; so do nodes. Of the disks
of its fleets CodeBuild says nothing."""

_EVERYONES: Final = ("public-read", "public-read-write", "authenticated-read")  # the last: of any account of AWS

DOORS: Final[Mapping[str, Door]] = MappingProxyType(
    {
        "aws:iot/topicRule:TopicRule": Door(
            "objects behind",
            public=AnyOf(tuple(Switch(f"{block}s3.cannedAcl", _EVERYONES) for block in ("", "errorAction."))),
        ),
        "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": Door(
            "machine image behind",
            public=Switch("distributions.amiDistributionConfiguration.launchPermission.userGroups", ("all",)),
        ),
    }
)
"""Where a pipeline sends its images is a copy; to whom it gives them stands here."""
