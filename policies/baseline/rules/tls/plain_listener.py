"""Front doors that answer without TLS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate, some
from baseline.estate.nouns import Listener
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, not_observable, ref, resource, rule, unknown


@rule(
    Listener,
    clauses=("5.1/1", "5.4.1 1)"),
    remedy="Serve TLS at this port: let the targets end it (`listen ... ssl` in their user data) or the balancer, and "
    "remove listeners and redirects of plain HTTP.",
)
def plain_listener(listener: Listener, _: Estate) -> Iterator[Problem]:
    """A front door answers without TLS.

    A redirect from port 80 is plain too: the first request, with its cookies and its query, has already travelled for
    all to read. A listener that passes TCP through is as good as what its targets serve, so that is what is judged;
    targets whose configuration nobody knows are never taken for good.
    """
    if some(lambda plain: plain(listener), (_ends_nowhere, _redirects)):
        yield Problem(f"{listener.balancer} answers without TLS {_where(listener)}")


def _ends_nowhere(listener: Listener) -> bool:
    return listener.tls_ends == "nowhere"


def _redirects(listener: Listener) -> bool:
    return listener.redirects_plain


def _where(listener: Listener) -> str:
    redirects = listener.protocol == "https" and listener.redirects_plain
    return "on port 80, to redirect" if redirects else f"on {listener.where}, by {listener.protocol}"


def _user_data(listen: str) -> str:
    site = f"events {{}}\nhttp {{ server {{ listen {listen}; ssl_protocols TLSv1.3; }} }}\n"
    return "#cloud-config\n" + json.dumps({"write_files": [{"path": "/etc/nginx/nginx.conf", "content": site}]})


def _hetzner(user_data: Any, **service: Any) -> tuple[Resource, ...]:
    server = resource("hcloud:index/server:Server", "app", userData=user_data, labels={"role": "app"})
    balancer = resource("hcloud:index/loadBalancer:LoadBalancer", "door")
    says: dict[str, Any] = {
        "protocol": "tcp",
        "listenPort": 443,
        "destinationPort": 443,
        "loadBalancerId": ref(balancer),
        **service,
    }
    target: dict[str, Any] = {"type": "server", "serverId": ref(server), "loadBalancerId": ref(balancer)}
    return (
        server,
        balancer,
        resource("hcloud:index/loadBalancerService:LoadBalancerService", "https", **says),
        resource("hcloud:index/loadBalancerTarget:LoadBalancerTarget", "to-app", **target),
    )


def _aws(user_data: Any, **listener: Any) -> tuple[Resource, ...]:
    instance = resource("aws:ec2/instance:Instance", "app", userData=user_data)
    balancer = resource("aws:lb/loadBalancer:LoadBalancer", "door", loadBalancerType="network")
    group = resource("aws:lb/targetGroup:TargetGroup", "hosts", protocol="TCP", port=443)
    attached: dict[str, Any] = {"targetGroupArn": ref(group), "targetId": ref(instance)}
    actions = [{"type": "forward", "targetGroupArn": ref(group)}]
    says: dict[str, Any] = {
        "protocol": "TCP",
        "port": 443,
        "defaultActions": actions,
        "loadBalancerArn": ref(balancer),
        **listener,
    }
    return (
        instance,
        balancer,
        group,
        resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "to-app", **attached),
        resource("aws:lb/listener:Listener", "https", **says),
    )


_CLASSIC = resource(
    "aws:elb/loadBalancer:LoadBalancer",
    "old",
    listeners=[
        {"lbPort": 443, "lbProtocol": "SSL", "instancePort": 443, "instanceProtocol": "SSL"},
        {"lbPort": 80, "lbProtocol": "HTTP", "instancePort": 80, "instanceProtocol": "HTTP"},
    ],
)

EXAMPLES = (
    example("Hetzner, passed through to a TLS edge", *_hetzner(_user_data("443 ssl"))),
    example("Hetzner, passed through to plain HTTP", *_hetzner(_user_data("443")), fails("https")),
    example("Hetzner, plain HTTP", *_hetzner(None, protocol="http"), fails("https")),
    example("Hetzner, a port that is none", *_hetzner(None, protocol="http", listenPort="x"), fails("https")),
    example("Hetzner, redirect", *_hetzner(None, protocol="https", http={"redirectHttp": True}), fails("https")),
    example("Hetzner, host without user data", *_hetzner(None), not_observable("https")),
    example("Hetzner, another port is served", *_hetzner(_user_data("8443 ssl")), not_observable("https")),
    example("Hetzner, user data known after deployment", *_hetzner(UNKNOWN), unknown("https")),
    example("Hetzner, protocol known after deployment", *_hetzner(None, protocol=UNKNOWN), unknown("https")),
    example("AWS, passed through to a TLS edge", *_aws(_user_data("[::]:443 ssl"))),
    example("AWS, passed through to plain HTTP", *_aws(_user_data("443")), fails("https")),
    example("AWS, plain HTTP is the default", *_aws(None, protocol=None, port=80), fails("https")),
    example("AWS, a script for user data", *_aws("#!/bin/sh\napt install nginx"), not_observable("https")),
    example("AWS, UDP", *_aws(None, protocol="UDP"), not_observable("https")),
    example("AWS, classic", _CLASSIC, fails("old", "listeners.1")),
)
