"""Legs on which a client can settle for a short key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Leg
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, not_observable, ref, resource, rule, unknown


@rule(
    Leg,
    clauses=("5.1/1", "5.4.1 1)"),
    remedy="Offer suites with 256-bit keys only, for TLS 1.2 (`ssl_ciphers`) and for TLS 1.3 (`ssl_conf_command "
    "Ciphersuites`), which has a list of its own; where a balancer cannot, pass TLS through to hosts that can.",
)
def tls_below_256_bits(leg: Leg, _: Estate) -> Iterator[Problem]:
    """A leg agrees on keys below 256 bits, or is plain.

    The promise names 256 bits. OpenSSL offers TLS 1.3 with AES-128 unless it is told otherwise, whatever the list for
    TLS 1.2 says, and all common security policies of AWS put AES-128 first: their names say nothing of it.
    """
    if leg.key_bits == 0:
        yield Problem(f"{leg.label}: the way {leg.name} is plain")
    elif leg.key_bits < 256:
        yield Problem(f"{leg.label}: the way {leg.name} agrees on {leg.weakest} with {leg.key_bits}-bit keys")


_ONLY_256 = "ssl_ciphers ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305;"
_ONLY_256_13 = "ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256;"
_BOTH = "ssl_protocols TLSv1.2 TLSv1.3;"


def _files(*files: tuple[str, str]) -> str:
    written = json.dumps([{"path": path, "content": text} for path, text in files])
    return f"#cloud-config\nwrite_files: {written}"


def _nginx(*settings: str, listen: str = "443 ssl", inside: str = "") -> str:
    text = f"events {{}}\nhttp {{ {' '.join(settings)} server {{ listen {listen}; {inside} }} }}\n"
    return _files(("/etc/nginx/nginx.conf", text))


def _installed(package: str, *more: str, at: str = "/etc/nginx/conf.d/site.conf", around: str = "") -> str:
    """A host with a package, and a site of nginx of 256 bits only; `around` it what else the whole file holds."""
    text = f"server {{ listen 443 ssl; {_ONLY_256} {_ONLY_256_13} {_BOTH} }}"
    whole = f"events {{}}\nhttp {{ {around} {text} }}\n" if around else text
    return "\n".join((_files((at, whole)), f"packages: [{package}]", *more))


def _server(user_data: str) -> Resource:
    return resource("hcloud:index/server:Server", "app", userData=user_data)


def _postgresql(*lines: str) -> str:
    said = "\n".join(("listen_addresses = '10.0.0.8'", *lines))
    return _files(("/etc/postgresql/15/main/conf.d/baseline.conf", said))


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


_AT = ("app", "userData")

EXAMPLES = (
    example("nginx with 256 bits only", _server(_nginx(_ONLY_256, _ONLY_256_13, _BOTH))),
    example("nginx, TLS 1.3 left to OpenSSL", _server(_nginx(_ONLY_256, _BOTH)), fails(*_AT)),
    example("nginx, TLS 1.2 only", _server(_nginx(_ONLY_256, "ssl_protocols TLSv1.2;"))),
    example("nginx, suites left to nginx", _server(_nginx(_ONLY_256_13, _BOTH)), fails(*_AT)),
    example("nginx, a cipher string", _server(_nginx("ssl_ciphers HIGH:!aNULL;", _ONLY_256_13, _BOTH)), fails(*_AT)),
    example(
        "nginx, a cipher string that takes AES-128 away",
        _server(_nginx("ssl_ciphers HIGH:!AES128;", _ONLY_256_13, _BOTH)),
        not_observable(*_AT),
    ),
    example(
        "nginx, a server's own list in place of the strict one",
        _server(_nginx(_ONLY_256, _ONLY_256_13, _BOTH, inside="ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256;")),
        fails(*_AT),
    ),
    example(
        "nginx, plain beside TLS",
        _server(_nginx(_ONLY_256, _ONLY_256_13, _BOTH, inside="listen 8080;")),
        fails(*_AT),
    ),
    example(
        "nginx, plain on loopback only",
        _server(_nginx(_ONLY_256, _ONLY_256_13, _BOTH, inside="listen 127.0.0.1:8080; listen unix:/run/x;")),
    ),
    example(
        "nginx, plain to another machine",
        _server(_nginx(_ONLY_256, _ONLY_256_13, _BOTH, inside="location / { proxy_pass http://10.0.0.9:8080; }")),
        fails(*_AT),
    ),
    example("nginx, settings in a file that nobody sees", _server(_nginx("include tls.conf;")), not_observable(*_AT)),
    example("nginx, the site that its package brings, beside its own", _server(_installed("nginx")), fails(*_AT)),
    example(
        "nginx, the site that its package brings is taken away",
        _server(_installed("nginx", "runcmd: [rm -f /etc/nginx/sites-enabled/default]")),
    ),
    example(
        "nginx, another in place of the site that its package brings",
        _server(_installed("nginx", at="/etc/nginx/sites-enabled/default")),
    ),
    example(
        "nginx with a whole configuration that takes in the sites",
        _server(_installed("nginx-full", at="/etc/nginx/nginx.conf", around="include sites-enabled/*;")),
        fails(*_AT),
    ),
    example("nginx with a whole configuration", _server(_installed("nginx", at="/etc/nginx/nginx.conf", around=" "))),
    example("a server that nobody reads", _server(_installed("haproxy")), not_observable(*_AT)),
    example("a server that is switched off", _server(_installed("haproxy", "runcmd: [systemctl disable haproxy]"))),
    example(
        "PostgreSQL with 256 bits only",
        _server(
            _postgresql(
                "ssl = on", "ssl_max_protocol_version = 'TLSv1.2'", "ssl_ciphers = 'ECDHE-RSA-AES256-GCM-SHA384'"
            )
        ),
    ),
    example("PostgreSQL, TLS 1.3", _server(_postgresql("ssl = on", "ssl_ciphers = 'AES256-SHA256'")), fails(*_AT)),
    example("PostgreSQL without TLS", _server(_postgresql("ssl = off")), fails(*_AT)),
    example(
        "Hetzner ends TLS",
        resource("hcloud:index/loadBalancerService:LoadBalancerService", "web", protocol="https"),
        not_observable("web"),
    ),
    example("AWS, newest common policy", _ALB, _alb("ELBSecurityPolicy-TLS13-1-3-2021-06"), fails("https")),
    example("AWS, no policy", _ALB, _alb(None), fails("https")),
    example(
        "AWS, a policy that nobody checked",
        _ALB,
        _alb("ELBSecurityPolicy-TLS13-1-3-RFC9151-FIPS-2023-07"),
        not_observable("https"),
    ),
    example("AWS, policy known after deployment", _ALB, _alb(UNKNOWN), unknown("https")),
    example(
        "AWS, nginx with 256 bits only",
        resource("aws:ec2/instance:Instance", "app", userData=_nginx(_ONLY_256, _ONLY_256_13, _BOTH)),
    ),
)
