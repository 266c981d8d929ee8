"""How services that are given the login to a database speak with it: DMS, which moves data, and QuickSight, which asks.

Sources, read 2026-11-26: DMS User Guide, "Using SSL with AWS Database Migration Service" (`none`, the default, encrypts
nothing; Redshift always speaks TLS), "Using Apache Kafka as a target" and "Using Redis as a target"; QuickSight API,
SslProperties; the arguments of pulumi-aws 7.51.1. What DMS reaches by the interface of an AWS service has no mode.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from baseline.estate.aws.doors import CLEAR, add_leg, no_choice
from baseline.estate.aws.inputs import value_at
from baseline.estate.aws.kept.row import Switch
from baseline.estate.builder import Builder, undecided
from baseline.graph import Resource

ENDPOINT: Final = "aws:dms/endpoint:Endpoint"
BUCKET: Final = "aws:dms/s3Endpoint:S3Endpoint"
SOURCE: Final = "aws:quicksight/dataSource:DataSource"

_SERVICES: Final = frozenset(
    {"dynamodb", "elasticsearch", "kinesis", "neptune", "opensearch", "redshift", "redshift-serverless", "s3"}
)
_MODES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "kafka": ("kafkaSettings.securityProtocol", "plaintext"),
        "redis": ("redisSettings.sslSecurityProtocol", "ssl-encryption"),
    }
)
"""Engine -> the input that says whether it is spoken to by TLS, and its default; `sslMode` for all others."""

_PLAIN: Final = frozenset({"none", "plaintext", "sasl-plaintext"})


def read(builder: Builder) -> None:
    """A leg from each service to each database."""
    for endpoint in builder.of(ENDPOINT):
        engine = str(endpoint.inputs.get("engineName"))
        if engine not in _SERVICES:
            path, default = _MODES.get(engine, ("sslMode", "none"))
            said = value_at(endpoint, path)
            _leg(builder, endpoint, path, default if said is None else said)
    for endpoint in builder.of(BUCKET):
        if (said := endpoint.inputs.get("sslMode")) is not None:
            _leg(builder, endpoint, "sslMode", said)
    for source in builder.of(SOURCE):
        off = Switch("sslProperties.disableSsl").on(source)
        strength = (off, off, off) if undecided(off) else CLEAR if off else no_choice("QuickSight towards a database")
        add_leg(builder, source, f"from QuickSight to {source.name}", strength, "sslProperties.disableSsl")


def _leg(builder: Builder, endpoint: Resource, path: str, mode: Any) -> None:
    if undecided(mode):
        strength = (mode, mode, mode)
    else:
        strength = CLEAR if str(mode).lower() in _PLAIN else no_choice("DMS towards a database")
    add_leg(builder, endpoint, f"between DMS and {endpoint.name}", strength, path)
