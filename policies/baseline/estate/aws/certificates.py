"""Certificates of ACM and IAM: their keys, and whether anything renews them."""

from __future__ import annotations

from typing import Any

from baseline.estate.aws.inputs import value_at
from baseline.estate.builder import UNKNOWN, Builder, items, known, text, undecided
from baseline.estate.facts.certificates import key_of
from baseline.estate.nouns import Certificate
from baseline.graph import Resource, not_observable_because

_ACM = "aws:acm/certificate:Certificate"
_VALIDATION = "aws:acm/certificateValidation:CertificateValidation"
_IAM = "aws:iam/serverCertificate:ServerCertificate"

UPLOADED = {
    "aws:iot/caCertificate:CaCertificate": "caCertificatePem",
    "aws:transfer/certificate:Certificate": "certificate",
}
"""Type -> the input that holds a certificate made elsewhere."""
_DEVICE = "aws:iot/certificate:Certificate"
_SIGNED = "aws:acmpca/certificate:Certificate"
_AUTHORITY = "aws:acmpca/certificateAuthority:CertificateAuthority"
_LIGHTSAIL = ("aws:lightsail/certificate:Certificate", "aws:lightsail/lbCertificate:LbCertificate")
_REQUESTED = not_observable_because("is not observable: it stands in a signing request, which nobody here reads")
_BY_HAND = not_observable_because("is not observable: an authority is renewed by people, or it ends")
_LIGHTSAIL_KEY = not_observable_because("is not observable: Lightsail takes no choice of keys")

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
    _others(builder)


def _others(builder: Builder) -> None:
    """Certificates outside ACM: authorities, what they sign, devices, partners, and those of Lightsail."""
    for type_, path in UPLOADED.items():
        for resource in builder.of(type_):
            _imported(builder, resource, path)
    for resource in builder.of(_DEVICE):
        given = resource.inputs.get("certificatePem")
        # AWS IoT makes RSA of 2048 bits itself; the key of a request is in nothing that is read here.
        made = _REQUESTED if resource.inputs.get("csr") is not None else "RSA_2048"
        key = made if given is None else key_of(given)
        builder.add(Certificate(origin=resource, names=(), key=key, renewed=False))
    for resource in builder.of(_SIGNED):
        builder.add(Certificate(origin=resource, names=(), key=_REQUESTED, renewed=False))
    for resource in builder.of(_AUTHORITY):
        path = "certificateAuthorityConfiguration.keyAlgorithm"
        key = known(text(value_at(resource, path)), UNKNOWN)
        builder.add(Certificate(origin=resource, path=path, names=(), key=key, renewed=_BY_HAND))
    for resource in builder.of(*_LIGHTSAIL):
        builder.add(Certificate(origin=resource, names=(), key=_LIGHTSAIL_KEY, renewed=True))


def _imported(builder: Builder, resource: Resource, path: str = "certificateBody") -> None:
    """Nothing renews what was made elsewhere."""
    key = key_of(resource.inputs.get(path))
    builder.add(Certificate(origin=resource, path=path, names=(), key=key, renewed=False))


def _renewed(resource: Resource) -> Any:
    """By DNS, and from a private authority, by itself; by mail, only when a person clicks (ACM user guide, renewal)."""
    if resource.inputs.get("certificateAuthorityArn") is not None:
        return True
    method = known(resource.inputs.get("validationMethod"), "EMAIL")
    return method if undecided(method) else method in ("DNS", "HTTP")
