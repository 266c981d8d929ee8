"""Load balancers of the first generation, whose listeners stand inside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from baseline.estate import passage
from baseline.estate.aws.machines import INSTANCES
from baseline.estate.aws.references import Named
from baseline.estate.builder import UNKNOWN, Builder, items, known, number, undecided
from baseline.estate.doubt import flag, negated
from baseline.estate.facts import tls
from baseline.estate.nouns import Listener
from baseline.estate.passage import Target
from baseline.graph import Resource, not_observable_because

BALANCER = "aws:elb/loadBalancer:LoadBalancer"
_ATTACHMENT = "aws:elb/attachment:Attachment"
_POLICIES = ("aws:elb/listenerPolicy:ListenerPolicy", "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy")
_SETTINGS = (
    "aws:elb/loadBalancerPolicy:LoadBalancerPolicy",
    "aws:elb/loadBalancerBackendServerPolicy:LoadBalancerBackendServerPolicy",
    "aws:elb/appCookieStickinessPolicy:AppCookieStickinessPolicy",
    "aws:elb/loadBalancerCookieStickinessPolicy:LoadBalancerCookieStickinessPolicy",
)
_TLS = "SSLNegotiationPolicyType"
_PREDEFINED, _VERSION, _ORDER = "Reference-Security-Policy", "Protocol-", "Server-Defined-Cipher-Order"

_ENCRYPTED = frozenset({"HTTPS", "SSL"})
_OWN_POLICY = not_observable_because("is set by a policy of single attributes, which nobody here reads")
_NO_CHOICE = not_observable_because("is not observable: a balancer takes no choice of suites towards its targets")


def read(builder: Builder) -> None:
    """Each listener of each balancer, with its legs."""
    named = Named(builder, (BALANCER,), "name")
    own: set[str] = set()
    for policy in builder.of(*_POLICIES, *_SETTINGS):
        at = next((key for key in ("loadBalancerName", "loadBalancer") if policy.inputs.get(key) is not None), "")
        meant = named.any(policy.inputs.get(at))
        if policy.type in _POLICIES and at:
            own.update(balancer.urn for balancer in meant or builder.of(BALANCER))
        if not meant:
            _stray(builder, policy)
    attached = builder.referring([_ATTACHMENT], "elb", to=[BALANCER])
    for balancer in builder.of(BALANCER):
        values = items(balancer.inputs.get("instances"))
        values += [item.inputs.get("instance") for item in attached.get(balancer.urn, ())]
        for index, entry in enumerate(items(balancer.inputs.get("listeners"))):
            said = dict.fromkeys(_KEYS, entry) if undecided(entry) else entry
            _listener(builder, balancer, f"listeners.{index}", said, values, balancer.urn in own)


def _stray(builder: Builder, policy: Resource) -> None:
    """A policy on a balancer that another program declares: what it admits, it admits there."""
    kind = policy.inputs.get("policyTypeName")
    if policy.type in _SETTINGS[1:] or (policy.type == _SETTINGS[0] and not undecided(kind) and kind != _TLS):
        return
    strength: tuple[Any, Any, Any] = (_OWN_POLICY,) * 3
    if policy.type == _POLICIES[1]:
        strength = _of_attributes(policy.inputs.get("attributes"))
    elif policy.type == _SETTINGS[0]:
        strength = _of_attributes(policy.inputs.get("policyAttributes"))
    passage.add_leg(builder, policy, f"to the balancer of {policy.name}", *strength)


def _of_attributes(listed: Any) -> tuple[Any, Any, Any]:
    """(bits, weakest suite, versions) of a policy of single attributes, each a protocol or a cipher that is on.

    Source: ELB user guide, "Configure the SSL negotiation of your Classic Load Balancer", read 2026-11-26.
    """
    on: set[str] = set()
    for item in items(listed):
        name, value = (UNKNOWN, UNKNOWN) if not isinstance(item, dict) else (item.get("name"), item.get("value"))
        if undecided(name) or undecided(value):
            return (UNKNOWN,) * 3
        if name == _PREDEFINED:
            policy = tls.ELB_POLICIES.get(str(value))
            on |= {f"{_VERSION}{version}" for version in policy.versions} | policy.suites if policy else {str(value)}
        elif str(value).lower() == "true":
            on.add(str(name))
    versions = frozenset(name.removeprefix(_VERSION) for name in on if name.startswith(_VERSION))
    suites = {name for name in on if not name.startswith(_VERSION)} - {_ORDER}
    try:
        weakest = tls.weakest(suites)
    except (KeyError, ValueError):  # none, or one of a name that no table knows
        return _OWN_POLICY, _OWN_POLICY, versions or _OWN_POLICY
    return weakest.key_bits, weakest.name, versions or _OWN_POLICY


_KEYS = ("lbPort", "lbProtocol", "instancePort", "instanceProtocol")


def _listener(
    builder: Builder, balancer: Resource, path: str, said: Mapping[str, Any], instances: list[Any], own_policy: bool
) -> None:
    protocol, behind = (_protocol(said.get(key)) for key in ("lbProtocol", "instanceProtocol"))
    port = known(number(said.get("lbPort")), UNKNOWN)
    found = [builder.referred(value, *INSTANCES) for value in instances]
    hosts = [builder.hosts.get(item.urn) for meant in found for item in meant]
    hosts += [None for meant in found if not meant]
    targets = [Target(host, said.get("instancePort")) for host in hosts]
    ends: Any = protocol
    if not undecided(protocol):
        ends = "balancer" if protocol in _ENCRYPTED else "nowhere"
        ends = passage.tls_ends(targets) if protocol == "TCP" else ends
    plain: Any = False
    if undecided(ends) or ends == "balancer":
        plain = behind if undecided(behind) else behind not in _ENCRYPTED
    builder.add(
        Listener(
            origin=balancer,
            path=path,
            balancer=balancer.name,
            public=negated(flag(balancer.inputs.get("internal"), False)),
            port=port,
            protocol=protocol if undecided(protocol) else protocol.lower(),
            tls_ends=ends,
            redirects_plain=False,
            plain_leg_behind=plain,
            hosts=passage.hosts_of(targets),
        )
    )
    leg = f"to {balancer.name} on port {port}"
    if undecided(protocol):
        passage.add_leg(builder, balancer, leg, protocol, protocol, protocol)
    elif protocol == "TCP":
        passage.add_unseen_legs(builder, balancer, leg, targets)
    elif ends == "balancer":
        # Made through the API, a listener gets this policy (ELB user guide, "Predefined SSL security policies").
        admitted = tls.ELB_POLICIES[tls.ELB_DEFAULT_POLICY]
        weakest = tls.weakest(admitted.suites)
        strength = (_OWN_POLICY,) * 3 if own_policy else (weakest.key_bits, weakest.name, admitted.versions)
        passage.add_leg(builder, balancer, leg, *strength)
        if not undecided(plain) and not plain and passage.tls_ends(targets) != "host":
            passage.add_leg(builder, balancer, f"from {balancer.name} to its targets", *(_NO_CHOICE,) * 3)


def _protocol(value: Any) -> Any:
    if value is None or undecided(value):
        return UNKNOWN if value is None else value
    return str(value).upper()
