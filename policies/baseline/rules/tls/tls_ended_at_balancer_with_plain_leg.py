"""Balancers that open TLS and hand on what was in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Listener
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    Listener,
    clauses=("5.1/1", "5.4.1 1)"),
    remedy="Pass TLS through to the hosts (protocol tcp), or speak TLS to the targets (a target group of protocol "
    "HTTPS or TLS).",
    applies=lambda listener: listener.protocol in ("https", "tls", "ssl"),
)
def tls_ended_at_balancer_with_plain_leg(listener: Listener, _: Estate) -> Iterator[Problem]:
    """A balancer ends TLS and goes on in plain text.

    The promise is of data on its way, not of its first mile: networks of the providers are isolated, not encrypted. A
    balancer of Hetzner with protocol https always speaks plain HTTP to its targets.
    """
    if listener.plain_leg_behind:
        yield Problem(f"{listener.balancer} opens TLS on {listener.where} and goes on to its targets in plain text")


def _hetzner(protocol: Any) -> Resource:
    kind = "hcloud:index/loadBalancerService:LoadBalancerService"
    return resource(kind, "web", protocol=protocol, listenPort=443, destinationPort=443)


def _aws(behind: Any, **group: Any) -> tuple[Resource, ...]:
    balancer = resource("aws:alb/loadBalancer:LoadBalancer", "door")
    targets = resource("aws:alb/targetGroup:TargetGroup", "hosts", protocol=behind, port=443, **group)
    forward = {"targetGroups": [{"arn": ref(targets), "weight": 1}]}
    actions = [{"type": "forward", "forward": forward}]
    says: dict[str, Any] = {
        "protocol": "HTTPS",
        "port": 443,
        "defaultActions": actions,
        "loadBalancerArn": ref(balancer),
    }
    return balancer, targets, resource("aws:alb/listener:Listener", "https", **says)


_PLAIN = resource("aws:alb/targetGroup:TargetGroup", "legacy", protocol="HTTP", port=80)
_ENCRYPTED = _aws("HTTPS")


def _sent_elsewhere(group: Resource) -> Resource:
    actions = [{"type": "forward", "targetGroupArn": ref(group)}]
    return resource("aws:alb/listenerRule:ListenerRule", "rule", listenerArn=ref(_ENCRYPTED[2]), actions=actions)


EXAMPLES = (
    example("AWS, TLS to the targets", *_ENCRYPTED),
    example("AWS, plain to the targets", *_aws("HTTP"), fails("https")),
    example("AWS, one rule sends in plain text", *_ENCRYPTED, _PLAIN, _sent_elsewhere(_PLAIN), fails("https")),
    example("AWS, functions", *_aws(None, targetType="lambda")),
    example("AWS, protocol known after deployment", *_aws(UNKNOWN), unknown("https")),
    example("Hetzner, https", _hetzner("https"), fails("web")),
    example("Hetzner, protocol known after deployment", _hetzner(UNKNOWN), unknown("web")),
    example(
        "AWS, classic",
        resource(
            "aws:elb/loadBalancer:LoadBalancer",
            "old",
            listeners=[{"lbPort": 443, "lbProtocol": "https", "instancePort": 80, "instanceProtocol": "http"}],
        ),
        fails("old", "listeners.0"),
    ),
)
