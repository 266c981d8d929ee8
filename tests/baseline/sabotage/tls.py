"""Ways to send data in plain, or under keys that are too short."""

from __future__ import annotations

import json

from tests.baseline.sabotage.mutations import (
    AP,
    AWS,
    DE,
    HETZNER,
    US,
    Sabotage,
    Table,
    To,
    added,
    all_of,
    changed,
    edited,
    without,
)

_EC = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384"
_SUITES = f"{_EC}:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
_SUITES_13 = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
_BOTH = "TLSv1.2 TLSv1.3"
_CAA = [{"value": '0 iodef "mailto:security@ops.example"'}]
_FORWARD = [{"type": "forward", "targetGroupArn": To("balancer-hosts", "TargetGroup")}]


def _on_app(old: str, new: str, meaning: str) -> tuple[Sabotage, Sabotage]:
    """Other words in the user data of the app hosts of both clouds."""
    return (
        Sabotage(HETZNER, edited("app-1", "Server", "userData", old, new), meaning),
        Sabotage(AWS, edited("app-1", "Instance", "userData", old, new), meaning),
    )


def _on_database(old: str, new: str, meaning: str) -> tuple[Sabotage, Sabotage]:
    return (
        Sabotage(HETZNER, edited("database-1", "Server", "userData", old, new), meaning),
        Sabotage(AWS, edited("database-1", "Instance", "userData", old, new), meaning),
    )


def _service(name: str = "more", **says: object) -> added:
    """One more service of Hetzner's balancer."""
    inputs = {"loadBalancerId": To("balancer", "LoadBalancer"), "protocol": "tcp", "listenPort": 443, **says}
    return added("hcloud:index/loadBalancerService:LoadBalancerService", name, inputs)


def _listener(**says: object) -> added:
    """One more listener of AWS's balancer."""
    inputs = {"loadBalancerArn": To("balancer", "LoadBalancer"), "defaultActions": _FORWARD, **says}
    return added("aws:lb/listener:Listener", "more", inputs)


def _policy(name: str) -> all_of:
    """The balancer itself ends TLS, by one of AWS's policies, and speaks TLS to the hosts."""
    return all_of(
        changed("balancer-https", "Listener", "protocol", "TLS"),
        changed("balancer-https", "Listener", "sslPolicy", name),
        changed("balancer-hosts", "TargetGroup", "protocol", "TLS"),
    )


TLS: Table = {
    "plain_listener": (
        Sabotage(HETZNER, changed("balancer", "LoadBalancerService", "protocol", "http"), "plain at the front door"),
        Sabotage(HETZNER, _service(listenPort=80, protocol="http", destinationPort=80), "a second service, plain"),
        Sabotage(
            HETZNER,
            all_of(
                changed("balancer", "LoadBalancerService", "protocol", "https"),
                changed("balancer", "LoadBalancerService", "http", {"redirectHttp": True}),
            ),
            "a redirect from plain",
        ),
        Sabotage(AWS, _listener(port=80, protocol="HTTP"), "a second listener, plain"),
        *_on_app(":443 ssl proxy_protocol", ":443 proxy_protocol", "passed through to a host that serves plain"),
    ),
    "balancer_port_other_than_443": (
        Sabotage(HETZNER, changed("balancer", "LoadBalancerService", "listenPort", 8443), "8443"),
        Sabotage(HETZNER, _service(listenPort=22, destinationPort=22), "a second service, for ssh"),
        Sabotage(HETZNER, _service(listenPort=80, protocol="http", destinationPort=80), "a second service, plain"),
        Sabotage(AWS, changed("balancer-https", "Listener", "port", 8443), "8443"),
        Sabotage(AWS, _listener(port=80, protocol="TCP"), "a second listener"),
    ),
    "tls_ended_at_balancer_with_plain_leg": (
        Sabotage(HETZNER, changed("balancer", "LoadBalancerService", "protocol", "https"), "as Hetzner does it"),
        Sabotage(
            AWS,
            all_of(
                changed("balancer-https", "Listener", "protocol", "TLS"),
                changed("balancer-https", "Listener", "sslPolicy", "ELBSecurityPolicy-TLS13-1-3-2021-06"),
            ),
            "TLS in front, TCP behind",
        ),
    ),
    "tls_below_256_bits": (
        *_on_app(_SUITES, f"{_SUITES}:ECDHE-RSA-AES128-GCM-SHA256", "one weak suite at the end"),
        *_on_app(_SUITES, "HIGH:!aNULL", "a word for many suites"),
        *_on_app(f"        ssl_ciphers {_SUITES};\n", "", "the default of nginx"),
        *_on_app(_SUITES_13, f"{_SUITES_13}:TLS_AES_128_GCM_SHA256", "one weak suite of TLS 1.3"),
        *_on_app(f"        ssl_conf_command Ciphersuites {_SUITES_13};\n", "", "the default of OpenSSL for TLS 1.3"),
        *_on_app(":443 ssl proxy_protocol", ":443 proxy_protocol", "no TLS"),
        *_on_database(
            "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305", "HIGH:MEDIUM", "PostgreSQL's default suites"
        ),
        *_on_database("hostssl all all", "host all all", "a database that admits plain connections"),
        *_on_database("    ssl = on\n", "    ssl = off\n", "a database without TLS"),
        *_on_database(
            "    ssl_max_protocol_version = 'TLSv1.2'\n", "", "TLS 1.3, whose suites PostgreSQL cannot choose"
        ),
        Sabotage(AWS, _policy("ELBSecurityPolicy-TLS13-1-3-2021-06"), "a policy with AES-128"),
        Sabotage(AWS, _policy("ELBSecurityPolicy-TLS13-1-2-Res-2021-06"), "a restricted policy with AES-128"),
        Sabotage(AWS, _listener(port=8443, protocol="TLS"), "a listener without a policy"),
    ),
    "protocol_below_tls_1_2": (
        *_on_app(_BOTH, "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3", "all versions"),
        *_on_app(_BOTH, "TLSv1.1 TLSv1.3", "one old version"),
        *_on_database("min_protocol_version = 'TLSv1.2'", "min_protocol_version = 'TLSv1'", "PostgreSQL from TLS 1.0"),
        Sabotage(AWS, _policy("ELBSecurityPolicy-2016-08"), "the policy of those who name none"),
        Sabotage(AWS, _policy("ELBSecurityPolicy-TLS13-1-0-2021-06"), "a policy whose name begins with TLS13"),
    ),
    "certificate_not_renewed_in_time": (
        *_on_app("OnCalendar=*-*-* 03,15:00:00", "OnCalendar=2027-01-01 03:00:00", "once"),
        Sabotage(
            HETZNER,
            added(
                "hcloud:index/uploadedCertificate:UploadedCertificate",
                "uploaded",
                {"name": "uploaded", "certificate": "-----BEGIN CERTIFICATE-----\n"},
            ),
            "one that somebody uploads",
        ),
        Sabotage(
            AWS,
            added(
                "aws:acm/certificate:Certificate",
                "mailed",
                {"domainName": "us.shops.example", "validationMethod": "EMAIL", "keyAlgorithm": "EC_secp384r1"},
            ),
            "one that waits for a click in a mail",
        ),
    ),
    "certificate_with_weak_key": (
        *_on_app("key-type = ecdsa", "key-type = rsa\n    rsa-key-size = 2048", "RSA of 2048 bits"),
        *_on_app("    elliptic-curve = secp384r1\n", "", "certbot's default curve"),
        *_on_app("elliptic-curve = secp384r1", "elliptic-curve = secp256r1", "P-256"),
        Sabotage(
            AWS,
            added(
                "aws:acm/certificate:Certificate",
                "more",
                {"domainName": "us.shops.example", "validationMethod": "DNS", "keyAlgorithm": "RSA_2048"},
            ),
            "ACM's default",
        ),
    ),
    "name_without_caa": (
        Sabotage(HETZNER, without("dns-apex-caa", "ZoneRrset"), "no record"),
        Sabotage(HETZNER, changed("dns-apex-caa", "ZoneRrset", "records", _CAA), "a record that names no issuer"),
        Sabotage(
            HETZNER,
            changed("dns-apex-caa", "ZoneRrset", "records", [{"value": '0 issuewild "letsencrypt.org"'}]),
            "a record for wildcards only",
        ),
        Sabotage(HETZNER, changed("dns-apex-caa", "ZoneRrset", "name", "app"), "a record of one name only"),
        *(
            Sabotage(
                stack,
                all_of(
                    without(f"dns-{zone}-caa", "Record"),
                    without(f"dns-app.{zone}-caa", "Record"),
                ),
                "no record",
            )
            for stack, zone in ((US, "us.shops.example"), (AP, "ap.shops.example"))
        ),
        *(
            Sabotage(
                stack,
                changed(f"dns-app.{zone}-caa", "Record", "records", ['0 iodef "mailto:a@ops.example"']),
                "a record that names no issuer",
            )
            for stack, zone in ((US, "us.shops.example"), (AP, "ap.shops.example"))
        ),
        Sabotage(
            DE,
            all_of(
                added("hcloud:index/zone:Zone", "other", {"name": "other.example", "mode": "primary"}),
                added(
                    "hcloud:index/zoneRrset:ZoneRrset",
                    "www",
                    {"zone": "other.example", "name": "www", "type": "A", "records": [{"value": "192.0.2.1"}]},
                ),
            ),
            "a name in another zone",
        ),
    ),
    "store_admits_plain_requests": (
        Sabotage(AWS, without("trail-policy", "BucketPolicy"), "a bucket without a policy"),
        Sabotage(
            AWS,
            edited("trail-policy", "BucketPolicy", "policy", '"aws:SecureTransport": "false"', '"aws:Secure": "false"'),
            "a denial of something else",
        ),
        Sabotage(AWS, without("detection-policy", "TopicPolicy"), "a topic without a policy"),
        Sabotage(
            AWS,
            edited("detection-policy", "TopicPolicy", "policy", '"Effect": "Deny"', '"Effect": "Allow"'),
            "allowed instead of denied",
        ),
        Sabotage(HETZNER, changed("backup-fsn1", "StorageBox", "accessSettings.sambaEnabled", True), "Samba"),
        Sabotage(
            AWS, added("aws:sqs/queue:Queue", "jobs", {"policy": json.dumps({"Statement": []})}), "a queue as it comes"
        ),
    ),
}
