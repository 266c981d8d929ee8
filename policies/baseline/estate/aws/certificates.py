"""Certificates of ACM and IAM: their keys, and whether anything renews them."""

from __future__ import annotations

from typing import Any

from baseline.estate.builder import Builder, items, known, text, undecided
from baseline.estate.facts.certificates import key_of
from baseline.estate.nouns import Certificate
from baseline.graph import Resource

_ACM = "aws:acm/certificate:Certificate"
_VALIDATION = "aws:acm/certificateValidation:CertificateValidation"
_IAM = "aws:iam/serverCertificate:ServerCertificate"

_DEFAULT_KEY = "RSA_2048"
"""What ACM makes when nobody chooses. Source: ACM API, RequestCertificate, KeyAlgorithm, read 2026-11-23."""


def read(builder: Builder) -> None:
    """Issued, private and imported certificates."""
    builder.of(_VALIDATION)
    for resource in builder.of(_ACM):
        if resource.inputs.get("certificateBody") is not None:
            _imported(builder, resource)
        else:
            listed = [resource.inputs.get("domainName"), *items(resource.inputs.get("subjectAlternativeNames"))]
            doubts = [name for name in listed if undecided(name)]
            names = tuple(dict.fromkeys(str(name) for name in listed if name is not None))
            builder.add(
                Certificate(
                    origin=resource,
                    names=doubts[0] if doubts else names,
                    key=known(text(resource.inputs.get("keyAlgorithm")), _DEFAULT_KEY),
                    renewed=_renewed(resource),
                )
            )
    for resource in builder.of(_IAM):
        _imported(builder, resource)


def _imported(builder: Builder, resource: Resource) -> None:
    """Nothing renews what was made elsewhere."""
    key = key_of(resource.inputs.get("certificateBody"))
    builder.add(Certificate(origin=resource, path="certificateBody", names=(), key=key, renewed=False))


def _renewed(resource: Resource) -> Any:
    """By DNS, and from a private authority, by itself; by mail, only when a person clicks (ACM user guide, renewal)."""
    if resource.inputs.get("certificateAuthorityArn") is not None:
        return True
    method = known(resource.inputs.get("validationMethod"), "EMAIL")
    return method if undecided(method) else method in ("DNS", "HTTP")
