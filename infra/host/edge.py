"""The TLS edge of an app host: nginx, the only place where protocol versions and suites are declared."""

from __future__ import annotations

from infra.host.document import File, Piece
from infra.host.facts import HostFacts
from infra.host.firewall import EDGE_PORT

LOCAL_PORT = 8080
"""Where the application listens, on the loopback interface."""

CERTIFICATE = "/srv/letsencrypt/live/edge"
"""On the data volume, because a private key is data."""

SUITES_TLS12 = (
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
)
SUITES_TLS13 = ("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256")
"""Every suite of OpenSSL 3.0 that has forward secrecy, authenticated encryption and 256-bit keys."""


def piece(facts: HostFacts) -> Piece:
    """nginx with its whole configuration, which includes nothing, and a certificate that renews itself."""
    return Piece(
        packages=("certbot", "nginx"),
        files=(
            File(path="/etc/nginx/nginx.conf", content=nginx(facts)),
            File(path="/etc/systemd/system/nginx.service.d/60-edge.conf", content=_WAITS),
            File(path="/etc/systemd/system/edge-certificate.path", content=_STARTS),
            File(path="/etc/letsencrypt/cli.ini", content=_certbot(facts)),
            File(path="/etc/systemd/system/certbot.timer.d/60-daily.conf", content=_RENEWAL),
        ),
        commands=("systemctl enable --now edge-certificate.path certbot.timer",),
    )


def nginx(facts: HostFacts) -> str:
    """All of nginx.conf: one TLS listener on the private address, for what comes through the balancer."""
    return _NGINX.format(
        address=facts.address,
        balancers=facts.balancers,
        names=" ".join(facts.domain_names),
        certificate=CERTIFICATE,
        tls12=":".join(SUITES_TLS12),
        tls13=":".join(SUITES_TLS13),
        port=EDGE_PORT,
        local=LOCAL_PORT,
    )


def _certbot(facts: HostFacts) -> str:
    return f"""\
config-dir = /srv/letsencrypt
cert-name = edge
key-type = ecdsa
elliptic-curve = secp384r1
agree-tos = true
email = {facts.notified[0]}
domains = {",".join(facts.domain_names)}
deploy-hook = systemctl reload nginx
max-log-backups = 0
logs-dir = /run/certbot
"""


# A query may hold what we promised not to store, and nginx writes the request into messages below `crit`.
# Bodies stay in memory: a buffer holds the largest one that is let in.
_NGINX = """\
user www-data;
worker_processes auto;
pid /run/nginx.pid;
error_log syslog:server=unix:/dev/log crit;
events {{
  worker_connections 4096;
}}
http {{
  server_tokens off;
  log_format edge '$remote_addr $request_method $host $uri $status $body_bytes_sent $request_time';
  access_log syslog:server=unix:/dev/log,tag=edge edge;
  server {{
    listen {address}:{port} ssl proxy_protocol default_server;
    server_name {names};
    set_real_ip_from {balancers};
    real_ip_header proxy_protocol;
    ssl_certificate {certificate}/fullchain.pem;
    ssl_certificate_key {certificate}/privkey.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers {tls12};
    ssl_conf_command Ciphersuites {tls13};
    ssl_prefer_server_ciphers on;
    ssl_ecdh_curve secp384r1:X25519;
    ssl_session_cache shared:edge:10m;
    ssl_session_tickets off;
    add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
    client_max_body_size 1m;
    client_body_buffer_size 1m;
    proxy_max_temp_file_size 0;
    location / {{
      proxy_pass http://127.0.0.1:{local};
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto https;
    }}
  }}
}}
"""

_WAITS = f"""\
[Unit]
After=disks.service network-online.target
Wants=network-online.target
ConditionPathIsMountPoint=/srv
ConditionPathIsMountPoint=/var/log
ConditionPathExists={CERTIFICATE}/fullchain.pem
"""

_STARTS = f"""\
[Unit]
Description=First certificate of the edge
[Path]
PathExists={CERTIFICATE}/fullchain.pem
Unit=nginx.service
[Install]
WantedBy=multi-user.target
"""

_RENEWAL = """\
[Timer]
OnCalendar=
OnCalendar=*-*-* 03,15:00:00
RandomizedDelaySec=1h
Persistent=true
"""
