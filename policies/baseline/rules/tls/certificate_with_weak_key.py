"""Certificates whose keys are too short."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.facts import certificates
from baseline.estate.nouns import Certificate
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, not_observable, resource, rule, unknown


@rule(
    Certificate,
    clauses=("5.1/1", "5.4.1 1)"),
    remedy="Make the key P-384 (certbot: `key-type = ecdsa`, `elliptic-curve = secp384r1`; ACM: `EC_secp384r1`) or RSA "
    "with 3072 bits or more.",
)
def certificate_with_weak_key(certificate: Certificate, _: Estate) -> Iterator[Problem]:
    """A certificate has a weak key.

    Suites of 256 bits are worth as much as the key that vouches for them. Defaults are short: ACM makes RSA of 2048
    bits, certbot P-256 or, before its version 2, RSA of 2048 bits.
    """
    if not _strong(certificate.key):
        names = ", ".join(certificate.names)
        yield Problem(f"the certificate of {names or certificate.label} has a key of kind {certificate.key}")


def _strong(key: str) -> bool:
    try:
        return certificates.strong(key)
    except certificates.UnknownKey:
        return False  # what no table knows is not known to be strong


def _server(*files: tuple[str, str]) -> Resource:
    document = {"write_files": [{"path": path, "content": text} for path, text in files]}
    return resource("hcloud:index/server:Server", "app", userData="#cloud-config\n" + json.dumps(document))


def _certbot(*lines: str) -> Resource:
    return _server(("/etc/letsencrypt/cli.ini", "\n".join(("domains = shops.example", *lines))))


def _made(key: str) -> Resource:
    script = f"#!/bin/sh\nopenssl req -x509 -newkey {key} -subj /CN=db -keyout /tls/a.key -out /tls/a.crt\n"
    return _server(("/usr/local/sbin/make", script))


def _acm(**inputs: Any) -> Resource:
    return resource("aws:acm/certificate:Certificate", "web", domainName="shops.example", **inputs)


def _pem(text: str) -> str:
    return f"-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"


def _uploaded(text: Any) -> Resource:
    return resource("hcloud:index/uploadedCertificate:UploadedCertificate", "web", certificate=text)


_P256 = (
    "MIIBbjCCAROgAwIBAgIUUzu5q1XrVFhBgXp27ECXhzDj0/swCgYIKoZIzj0EAwIw"
    "DDEKMAgGA1UEAwwBeDAeFw0yNjExMjMxODM5MjBaFw0yNjExMjUxODM5MjBaMAwx"
    "CjAIBgNVBAMMAXgwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASED8UUIebLt8VI"
    "1tcL+rBWTu3NDkCrw3GWWahEXw+sOk8zPPs+cgD0h5iyxZREq14RPHk1LucmTHog"
    "44O4bXtNo1MwUTAdBgNVHQ4EFgQUsagOO0KtsD9CDOy6E/ylS1fnvnowHwYDVR0j"
    "BBgwFoAUsagOO0KtsD9CDOy6E/ylS1fnvnowDwYDVR0TAQH/BAUwAwEB/zAKBggq"
    "hkjOPQQDAgNJADBGAiEA5C+ggYx0o5cOvmBGb6/iKAkY6vgwMB5Y0gQwtOKCSQEC"
    "IQDhRh4V+QEXCfuxTI6lu+rMw+4YRDaawxg4BZ3mw7/aYQ=="
)
_P384 = (
    "MIIBqjCCATCgAwIBAgIUSsHsXplhj82AuVYILX5qY6bfX6kwCgYIKoZIzj0EAwIw"
    "DDEKMAgGA1UEAwwBeDAeFw0yNjExMjMxODM5MjBaFw0yNjExMjUxODM5MjBaMAwx"
    "CjAIBgNVBAMMAXgwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAAROkrsMxTktRDj/Lrdv"
    "fy2IM/47pAPNhd+O60rLflYtFNcBcjIHxA028sxLlNBcFRg/DwVEVxuQND6oxggr"
    "1JPQ1vwBPl+SyX/n1SFtHh+m9GOoCWyqfl39v5elP7Mw8nWjUzBRMB0GA1UdDgQW"
    "BBThIamOvQr3XXZll5zYqMu3QVn1zzAfBgNVHSMEGDAWgBThIamOvQr3XXZll5zY"
    "qMu3QVn1zzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA2gAMGUCMHcPk0Wf"
    "Q5QG0rhFkFm4Qm5n3X9AodN9ePrfZS1ba0qf2pTDLsKsp5lbbyGsok3ZwwIxAPNS"
    "nHxJy1rWOaJKHk4y9Jg7dPGKtbWGY4QDuEU9dWcMa4S+CDIRqGMOAwTO4IO1Tg=="
)

EXAMPLES = (
    example("certbot, P-384", _certbot("key-type = ecdsa", "elliptic-curve = secp384r1")),
    example("certbot, its defaults", _certbot(), fails("app", "userData")),
    example("certbot, P-256", _certbot("key-type = ecdsa"), fails("app", "userData")),
    example("certbot, RSA-4096", _certbot("key-type = rsa", "rsa-key-size = 4096")),
    example("a script, P-384", _made("ec -pkeyopt ec_paramgen_curve:secp384r1")),
    example("a script, RSA-2048", _made("rsa:2048"), fails("app", "userData")),
    example("Hetzner, uploaded P-384", _uploaded(_pem(_P384))),
    example("Hetzner, uploaded P-256", _uploaded(_pem(_P256)), fails("web", "certificate")),
    example("Hetzner, uploaded after deployment", _uploaded(UNKNOWN), unknown("web", "certificate")),
    example(
        "Hetzner, managed",
        resource("hcloud:index/managedCertificate:ManagedCertificate", "web", domainNames=["shops.example"]),
        not_observable("web"),
    ),
    example("AWS, P-384", _acm(keyAlgorithm="EC_secp384r1")),
    example("AWS, its default", _acm(), fails("web")),
    example("AWS, imported P-256", _acm(certificateBody=_pem(_P256)), fails("web", "certificateBody")),
    example("AWS, known after deployment", _acm(keyAlgorithm=UNKNOWN), unknown("web")),
)
