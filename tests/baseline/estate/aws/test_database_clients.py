"""How DMS and QuickSight speak with databases."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.graph import UNKNOWN
from baseline.rule import resource
from tests.baseline.estate.aws.judging import nested, outcomes
from tests.baseline.estate.aws.sdk import inputs

BITS = "tls_below_256_bits"
ENDPOINT, SOURCE = "aws:dms/endpoint:Endpoint", "aws:quicksight/dataSource:DataSource"


@pytest.mark.parametrize(
    ("engine", "path", "plain", "encrypted"),
    [
        ("postgres", "sslMode", "none", "verify-full"),
        ("mysql", "sslMode", "none", "require"),
        ("kafka", "kafkaSettings.securityProtocol", "plaintext", "sasl-ssl"),
        ("redis", "redisSettings.sslSecurityProtocol", "plaintext", "ssl-encryption"),
    ],
)
def test_dms_speaks_with_a_database(engine: str, path: str, plain: str, encrypted: str) -> None:
    """In plain text where it is told to; by TLS with suites that nobody chooses; unknown where deployment decides."""

    def told(mode: Any) -> set[tuple[str, str, str]]:
        return outcomes(BITS, resource(ENDPOINT, "it", engineName=engine, **nested(path, mode)))

    assert path in inputs()[ENDPOINT]
    assert told(plain) == {("fail", "it", path)}
    assert told(encrypted) == {("not_observable", "it", path)}
    assert told(UNKNOWN) == {("unknown", "it", path)}


def test_what_dms_does_untold() -> None:
    """Databases and Kafka are spoken to in plain text, Redis by TLS, services of AWS by their own interface."""

    def untold(engine: Any) -> set[str]:
        return {outcome for outcome, _, _ in outcomes(BITS, resource(ENDPOINT, "it", engineName=engine))}

    assert untold("oracle") == untold("kafka") == untold(UNKNOWN) == {"fail"}
    assert untold("redis") == {"not_observable"}
    assert untold("redshift") == untold("kinesis") == set()


def test_dms_speaks_with_a_bucket() -> None:
    """By HTTPS, unless somebody switches that off in so many words."""
    kind = "aws:dms/s3Endpoint:S3Endpoint"
    assert outcomes(BITS, resource(kind, "it", sslMode="none")) == {("fail", "it", "sslMode")}
    assert outcomes(BITS, resource(kind, "it")) == set()


def test_quicksight_asks_a_database() -> None:
    """By TLS with suites that nobody chooses, unless that is switched off."""
    path = "sslProperties.disableSsl"

    def told(off: Any) -> set[tuple[str, str, str]]:
        return outcomes(BITS, resource(SOURCE, "it", **nested(path, off)))

    assert path in inputs()[SOURCE]
    assert told(True) == {("fail", "it", path)}
    assert told(False) == {("not_observable", "it", path)}
    assert told(UNKNOWN) == {("unknown", "it", path)}
