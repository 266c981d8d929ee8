"""Certificates that will end with nobody there to renew them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Certificate
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, not_observable, resource, rule, unknown


@rule(
    Certificate,
    clauses=("5.1/1", "5.4.1 1)"),
    remedy="Let something renew it well before it ends: certbot with its timer on, a managed certificate, or one of "
    "ACM that is validated by DNS.",
)
def certificate_not_renewed_in_time(certificate: Certificate, _: Estate) -> Iterator[Problem]:
    """Nothing renews a certificate before it ends.

    The day it ends, clients either stay away or are taught to ignore warnings. Uploaded and imported certificates are
    renewed by whoever remembers; ACM's mails wait for a click; a timer counts only as often as it really runs.
    """
    if not certificate.renewed:
        names = ", ".join(certificate.names)
        yield Problem(f"nothing renews the certificate of {names or certificate.label} before it ends")


def _certbot(calendar: str = "", *commands: str) -> Resource:
    files = [{"path": "/etc/letsencrypt/cli.ini", "content": "key-type = ecdsa\ndomains = shops.example\n"}]
    if calendar:
        timer = f"[Timer]\nOnCalendar=\nOnCalendar={calendar}\n"
        files.append({"path": "/etc/systemd/system/certbot.timer.d/own.conf", "content": timer})
    document = {"packages": ["certbot"], "write_files": files, "runcmd": commands}
    return resource("hcloud:index/server:Server", "app", userData="#cloud-config\n" + json.dumps(document))


def _acm(**inputs: Any) -> Resource:
    return resource("aws:acm/certificate:Certificate", "web", domainName="shops.example", **inputs)


_UNSEEN = "events {}\nhttp { server { listen 443 ssl; ssl_certificate /etc/ssl/web.pem; } }\n"

EXAMPLES = (
    example("certbot, its own timer", _certbot()),
    example("certbot, twice a day", _certbot("*-*-* 03,15:00:00")),
    example("certbot, twice a year", _certbot("semiannually"), fails("app", "userData")),
    example("certbot, timer masked", _certbot("", "systemctl mask certbot.timer"), fails("app", "userData")),
    example(
        "nginx with a certificate from nobody knows where",
        resource(
            "hcloud:index/server:Server",
            "app",
            userData="#cloud-config\n"
            + json.dumps({"write_files": [{"path": "/etc/nginx/nginx.conf", "content": _UNSEEN}]}),
        ),
        not_observable("app", "userData"),
    ),
    example(
        "Hetzner, managed", resource("hcloud:index/managedCertificate:ManagedCertificate", "web", domainNames=["a.b"])
    ),
    example(
        "Hetzner, uploaded",
        resource("hcloud:index/uploadedCertificate:UploadedCertificate", "web", certificate="-----"),
        fails("web", "certificate"),
    ),
    example("AWS, validated by DNS", _acm(validationMethod="DNS")),
    example("AWS, validated by mail", _acm(validationMethod="EMAIL"), fails("web")),
    example("AWS, imported", _acm(certificateBody="-----"), fails("web", "certificateBody")),
    example("AWS, known after deployment", _acm(validationMethod=UNKNOWN), unknown("web")),
)
