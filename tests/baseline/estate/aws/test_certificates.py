"""Certificates outside ACM: whose key is known is judged, and nothing renews what somebody else made."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate.aws.certificates import UPLOADED
from baseline.graph import UNKNOWN
from baseline.rule import resource
from tests.baseline.estate.aws.judging import outcomes, passed
from tests.baseline.estate.aws.sdk import inputs

WEAK = "certificate_with_weak_key"
RENEWED = "certificate_not_renewed_in_time"
AUTHORITY = "aws:acmpca/certificateAuthority:CertificateAuthority"
KEY = "certificateAuthorityConfiguration.keyAlgorithm"


@pytest.mark.parametrize(
    ("key", "expected"),
    [("RSA_2048", "fail"), ("EC_prime256v1", "fail"), ("EC_secp384r1", ""), ("RSA_4096", ""), (UNKNOWN, "unknown")],
)
def test_the_key_of_an_authority_is_a_key_as_any(key: Any, expected: str) -> None:
    """Whatever it signs is worth as much as its own key."""
    made = resource(AUTHORITY, "root", certificateAuthorityConfiguration={"keyAlgorithm": key})
    assert outcomes(WEAK, made) == ({(expected, "root", KEY)} if expected else set())
    assert outcomes(RENEWED, made) == {("not_observable", "root", KEY)}


def test_the_certificate_of_a_device_has_the_key_that_aws_makes() -> None:
    """RSA of 2048 bits, unless the device brings its own."""
    kind = "aws:iot/certificate:Certificate"
    assert outcomes(WEAK, resource(kind, "device", active=True)) == {("fail", "device", "")}
    assert outcomes(WEAK, resource(kind, "device", active=True, csr="-----BEGIN")) == {("not_observable", "device", "")}
    assert outcomes(RENEWED, resource(kind, "device", active=True)) == {("fail", "device", "")}


@pytest.mark.parametrize("type_", sorted(UPLOADED))
def test_nothing_renews_what_is_uploaded(type_: str) -> None:
    """Somebody has to remember it."""
    path = UPLOADED[type_]
    said: dict[str, Any] = {path: "no certificate"}
    assert outcomes(RENEWED, resource(type_, "own", **said)) == {("fail", "own", path)}
    assert outcomes(WEAK, resource(type_, "own", **said)) == {("not_observable", "own", path)}
    said = {path: UNKNOWN}
    assert outcomes(WEAK, resource(type_, "own", **said)) == {("unknown", "own", path)}
    assert path in inputs()[type_]


def test_lightsail_renews_its_certificates() -> None:
    """Of what kind their keys are it does not say."""
    made = resource("aws:lightsail/certificate:Certificate", "web", domainName="shops.example")
    assert passed(RENEWED, made) == {"web"}
    assert outcomes(WEAK, made) == {("not_observable", "web", "")}
