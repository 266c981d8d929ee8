"""Legs that still speak versions of TLS which no longer protect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Leg
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, not_observable, ref, resource, rule, unknown

_GOOD = frozenset({"TLSv1.2", "TLSv1.3"})


@rule(
    Leg,
    clauses=("5.1/1", "5.4.1 1)"),
    remedy="Say `ssl_protocols TLSv1.2 TLSv1.3` (nginx), `ssl_min_protocol_version = 'TLSv1.2'` (PostgreSQL), or "
    "choose a security policy without TLS 1.0 and 1.1.",
    applies=lambda leg: bool(leg.versions),
)
def protocol_below_tls_1_2(leg: Leg, _: Estate) -> Iterator[Problem]:
    """A leg speaks a version below TLS 1.2.

    RFC 8996 forbids them. Without a policy a listener of AWS admits TLS 1.0, and so does one whose policy is called
    TLS13-1-0: versions are read from the published table, not from the name.
    """
    old = sorted(leg.versions - _GOOD)
    if old:
        yield Problem(f"{leg.label}: the way {leg.name} speaks {', '.join(old)}")


def _server(protocols: str) -> Resource:
    text = f"events {{}}\nhttp {{ {protocols} server {{ listen 443 ssl; }} }}\n"
    files = {"write_files": [{"path": "/etc/nginx/nginx.conf", "content": text}]}
    return resource("hcloud:index/server:Server", "app", userData="#cloud-config\n" + json.dumps(files))


def _postgresql(*lines: str) -> Resource:
    said = "\n".join(("listen_addresses = '*'", "ssl = on", *lines))
    files = {"write_files": [{"path": "/etc/postgresql/15/main/conf.d/tls.conf", "content": said}]}
    return resource("aws:ec2/instance:Instance", "database", userData="#cloud-config\n" + json.dumps(files))


_ALB = resource("aws:lb/loadBalancer:LoadBalancer", "door")


def _alb(policy: object) -> Resource:
    fixed = [{"type": "fixed-response"}]
    says: dict[str, Any] = {
        "protocol": "HTTPS",
        "port": 443,
        "sslPolicy": policy,
        "defaultActions": fixed,
        "loadBalancerArn": ref(_ALB),
    }
    return resource("aws:lb/listener:Listener", "https", **says)


EXAMPLES = (
    example("nginx, both new versions", _server("ssl_protocols TLSv1.2 TLSv1.3;")),
    example("nginx, TLS 1.1", _server("ssl_protocols TLSv1.1 TLSv1.2;"), fails("app", "userData")),
    example("nginx, left to its version", _server(""), not_observable("app", "userData")),
    example("PostgreSQL, its default", _postgresql()),
    example("PostgreSQL, TLS 1.0", _postgresql("ssl_min_protocol_version = 'TLSv1'"), fails("database", "userData")),
    example("AWS, TLS 1.2 and 1.3", _ALB, _alb("ELBSecurityPolicy-TLS13-1-2-Res-2021-06")),
    example("AWS, no policy", _ALB, _alb(None), fails("https")),
    example("AWS, new name, old versions", _ALB, _alb("ELBSecurityPolicy-TLS13-1-0-PQ-2025-09"), fails("https")),
    example("AWS, policy known after deployment", _ALB, _alb(UNKNOWN), unknown("https")),
    example(
        "Hetzner ends TLS",
        resource("hcloud:index/loadBalancerService:LoadBalancerService", "web", protocol="https"),
        not_observable("web"),
    ),
)
