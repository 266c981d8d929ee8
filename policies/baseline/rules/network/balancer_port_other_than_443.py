"""Front doors beside the one that is promised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Listener
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    Listener,
    clauses=("5.1/1", "5.3.1 1)", "5.4.1 1)"),
    remedy="Listen on port 443 only; take away other listeners and the redirect from port 80.",
    applies=lambda listener: listener.public,
)
def balancer_port_other_than_443(listener: Listener, _: Estate) -> Iterator[Problem]:
    """A public balancer listens on a port other than 443.

    Everything goes by HTTPS, so any further port is a door that nobody promised to guard: neither Hetzner's firewalls
    nor those of the hosts stand before a balancer.
    """
    if listener.port != 443:
        yield Problem(f"{listener.balancer} listens to the internet on port {listener.port}", _path(listener))
    if listener.redirects_plain:
        yield Problem(f"{listener.balancer} listens to the internet on port 80, to redirect", _redirect(listener))


def _redirect(listener: Listener) -> str:
    return "http.redirectHttp" if listener.origin.type.startswith("hcloud:") else listener.path


def _path(listener: Listener) -> str:
    return next((key for key in ("listenPort", "port") if key in listener.origin.inputs), listener.path)


_DOOR = resource("hcloud:index/loadBalancer:LoadBalancer", "door")
_JOINED = "hcloud:index/loadBalancerNetwork:LoadBalancerNetwork"
_PRIVATE = resource(_JOINED, "network", loadBalancerId=ref(_DOOR), enablePublicInterface=False)


def _hetzner(**says: Any) -> Resource:
    kind = "hcloud:index/loadBalancerService:LoadBalancerService"
    return resource(kind, "web", **{"protocol": "tcp", "loadBalancerId": ref(_DOOR), **says})


def _aws(internal: bool, **says: Any) -> tuple[Resource, Resource]:
    balancer = resource("aws:lb/loadBalancer:LoadBalancer", "door", internal=internal)
    return balancer, resource("aws:lb/listener:Listener", "web", loadBalancerArn=ref(balancer), **says)


EXAMPLES = (
    example("Hetzner, 443", _DOOR, _hetzner(listenPort=443)),
    example("Hetzner, 8443", _DOOR, _hetzner(listenPort=8443), fails("web", "listenPort")),
    example("Hetzner, https by default", _DOOR, _hetzner(protocol="https")),
    example("Hetzner, http by default", _DOOR, _hetzner(protocol="http"), fails("web")),
    example(
        "Hetzner, redirect",
        _DOOR,
        _hetzner(protocol="https", http={"redirectHttp": True}),
        fails("web", "http.redirectHttp"),
    ),
    example("Hetzner, private beside public", _DOOR, _PRIVATE, _hetzner(listenPort=443), *_aws(False, port=443)),
    example("Hetzner, known after deployment", _DOOR, _hetzner(listenPort=UNKNOWN), unknown("web")),
    example("AWS, 443", *_aws(False, port=443, protocol="TLS")),
    example("AWS, 80", *_aws(False, port=80, protocol="HTTP"), fails("web", "port")),
    example("AWS, known after deployment", *_aws(False, port=UNKNOWN), unknown("web")),
    example(
        "AWS, classic",
        resource(
            "aws:elb/loadBalancer:LoadBalancer",
            "old",
            listeners=[{"lbPort": 8443, "lbProtocol": "ssl", "instancePort": 443, "instanceProtocol": "ssl"}],
        ),
        fails("old", "listeners.0"),
    ),
)
