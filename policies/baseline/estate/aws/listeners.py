"""Load balancers of the second generation: listeners with their rules and target groups, and where TLS ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import passage
from baseline.estate.aws import certificates, classic_balancers
from baseline.estate.aws.doors import add_stray_leg
from baseline.estate.aws.inputs import blocks
from baseline.estate.aws.machines import INSTANCES, SCALING
from baseline.estate.builder import UNKNOWN, Builder, items, known, number, undecided
from baseline.estate.doubt import either, flag, negated
from baseline.estate.facts import tls
from baseline.estate.nouns import Host, Listener
from baseline.estate.passage import Target
from baseline.graph import Resource, not_observable_because

_MODULES = ("lb", "alb")


def _types(name: str) -> tuple[str, ...]:
    return tuple(f"aws:{module}/{name[:1].lower()}{name[1:]}:{name}" for module in _MODULES)


BALANCERS = _types("LoadBalancer")
LISTENERS = _types("Listener")
GROUPS = _types("TargetGroup")
_RULES = _types("ListenerRule")
_ATTACHMENTS = _types("TargetGroupAttachment")
_EXTRA_CERTIFICATES = _types("ListenerCertificate")
_SCALING_ATTACHMENT = "aws:autoscaling/attachment:Attachment"

_PROTOCOLS = frozenset({"HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"})
_ENCRYPTED = frozenset({"HTTPS", "TLS"})
_DATAGRAMS = not_observable_because("is not observable: what travels over UDP, no listener says")
_NO_CHOICE = not_observable_because("is not observable: a balancer takes no choice of suites towards its targets")


def read(builder: Builder) -> None:
    """Listeners and the legs that begin or end at a balancer; certificates."""
    builder.of(*_EXTRA_CERTIFICATES)
    groups = _Groups(builder)
    rules = builder.referring(_RULES, "listenerArn", to=LISTENERS)
    for listener in builder.of(*LISTENERS):
        balancers = builder.referred(listener.inputs.get("loadBalancerArn"), *BALANCERS)
        if balancers and all(_is_gateway(balancer) for balancer in balancers):
            continue  # it hands packets to appliances and has neither port nor protocol
        actions = [*items(listener.inputs.get("defaultActions"))]
        actions += [action for rule in rules.get(listener.urn, ()) for action in items(rule.inputs.get("actions"))]
        _listener(builder, listener, balancers, groups, list(groups.sent_to(actions)))
    for rule in builder.of(*_RULES):
        if not builder.referred(rule.inputs.get("listenerArn"), *LISTENERS):
            sent = list(groups.sent_to(items(rule.inputs.get("actions"))))
            add_stray_leg(builder, rule, either(map(groups.is_plain, sent)))
    builder.of(*BALANCERS)
    classic_balancers.read(builder)
    certificates.read(builder)


def _is_gateway(balancer: Resource) -> bool:
    kind = balancer.inputs.get("loadBalancerType")
    return not undecided(kind) and kind == "gateway"


def _listener(
    builder: Builder, listener: Resource, balancers: list[Resource], groups: _Groups, sent: list[Resource | None]
) -> None:
    # Application balancers default to HTTP; the others must say it (aws provider, Listener, protocol).
    protocol = known(listener.inputs.get("protocol"), "HTTP")
    if not undecided(protocol):
        protocol = str(protocol).upper()
        protocol = protocol if protocol in _PROTOCOLS else UNKNOWN
    port = known(number(listener.inputs.get("port")), UNKNOWN)
    name = balancers[0].name if balancers else listener.name
    targets = [target for group in sent for target in groups.targets(group)]
    ends: Any = protocol
    behind: Any = protocol
    if not undecided(protocol):
        ends = _ends(protocol, targets)
        behind = either(map(groups.is_plain, sent)) if protocol in _ENCRYPTED else False
    public = either(negated(flag(balancer.inputs.get("internal"), False)) for balancer in balancers)
    builder.add(
        Listener(
            origin=listener,
            balancer=name,
            public=public if balancers else UNKNOWN,
            port=port,
            protocol=protocol if undecided(protocol) else protocol.lower(),
            tls_ends=ends,
            redirects_plain=False,  # that would be a listener of its own
            plain_leg_behind=behind,
            hosts=passage.hosts_of(targets),
        )
    )
    leg = f"to {name} on port {port}"
    if undecided(protocol):
        passage.add_leg(builder, listener, leg, protocol, protocol, protocol)
    elif protocol == "TCP":
        passage.add_unseen_legs(builder, listener, leg, targets)
    elif undecided(ends):
        passage.add_leg(builder, listener, leg, ends, ends, ends)
    elif ends == "balancer":
        passage.add_leg(builder, listener, leg, *of_policy(listener.inputs.get("sslPolicy")))
        if undecided(behind) or (not behind and groups.hidden(sent)):
            doubt = behind if undecided(behind) else _NO_CHOICE
            passage.add_leg(builder, listener, f"from {name} to its targets", doubt, doubt, doubt)


def _ends(protocol: str, targets: list[Target]) -> Any:
    if protocol in _ENCRYPTED:
        return "balancer"
    if protocol == "HTTP":
        return "nowhere"
    return passage.tls_ends(targets) if protocol == "TCP" else _DATAGRAMS


def of_policy(policy: Any) -> tuple[Any, Any, Any]:
    """What a security policy lets through: bits of the weakest suite, its name, the versions."""
    policy = known(policy, tls.ELB_DEFAULT_POLICY)
    if undecided(policy):
        return policy, policy, policy
    admitted = tls.ELB_POLICIES.get(str(policy))
    if admitted is None:
        doubt = not_observable_because(f"of security policy {policy} is in no table that was checked")
        return doubt, doubt, doubt
    weakest = tls.weakest(admitted.suites)
    return weakest.key_bits, weakest.name, admitted.versions


class _Groups:
    """Target groups: who is in them, however it was put there, and whether the way to them is plain."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._attached = builder.referring(_ATTACHMENTS, "targetGroupArn", to=GROUPS)
        self._scaled: dict[str, list[Resource]] = {}
        for scaling in builder.of(SCALING):
            for value in items(scaling.inputs.get("targetGroupArns")):
                for group in builder.referred(value, *GROUPS):
                    self._scaled.setdefault(group.urn, []).append(scaling)
        for attachment in builder.of(_SCALING_ATTACHMENT):
            for group in builder.referred(attachment.inputs.get("lbTargetGroupArn"), *GROUPS):
                found = builder.referred(attachment.inputs.get("autoscalingGroupName"), SCALING)
                self._scaled.setdefault(group.urn, []).extend(found or [attachment])
        builder.of(*GROUPS)

    def sent_to(self, actions: list[Any]) -> Iterator[Resource | None]:
        """The groups that actions forward to; None for one that this program does not show."""
        for action in actions:
            if undecided(action):
                yield None
                continue
            forward = action.get("forward")
            values = [] if action.get("targetGroupArn") is None else [action["targetGroupArn"]]
            for block in blocks(forward):
                groups = [block] if undecided(block) else blocks(block.get("targetGroups"))
                values += [item if undecided(item) else item.get("arn") for item in groups]
            for value in values:
                found = self._builder.referred(value, *GROUPS)
                yield from found
                if not found:
                    yield None

    def is_plain(self, group: Resource | None) -> Any:
        """Whether a balancer speaks to the group without TLS."""
        if group is None:
            return UNKNOWN
        kind, protocol = group.inputs.get("targetType"), group.inputs.get("protocol")
        if not undecided(kind) and kind == "lambda":
            return False  # an invocation goes through AWS's own API
        if protocol is None or undecided(protocol):
            return UNKNOWN if protocol is None else protocol
        return str(protocol).upper() not in _ENCRYPTED

    def hidden(self, groups: list[Resource | None]) -> bool:
        """Whether some targets are nothing whose own TLS settings are judged."""
        instances = [group for group in groups if group is None or group.inputs.get("protocol") is not None]
        return any(passage.tls_ends(self.targets(group)) != "host" for group in instances)

    def targets(self, group: Resource | None) -> list[Target]:
        """The members of a group that may be meant."""
        if group is None:
            return [Target(None, UNKNOWN)]
        port = group.inputs.get("port")
        found: list[Target] = []
        for attachment in self._attached.get(group.urn, ()):
            instances = self._builder.referred(attachment.inputs.get("targetId"), *INSTANCES)
            at = known(attachment.inputs.get("port"), port)
            found += [Target(self._builder.hosts.get(instance.urn), at) for instance in instances] or [Target(None, at)]
        for scaling in self._scaled.get(group.urn, ()):
            found += [Target(host, port) for host in self._launched(scaling)] or [Target(None, port)]
        return found

    def _launched(self, scaling: Resource) -> list[Host]:
        """The hosts that stand for what a scaling group launches: itself, or the templates that it may use."""
        template = scaling.inputs.get("launchTemplate")
        mixed = scaling.at("mixedInstancesPolicy.launchTemplate.launchTemplateSpecification")
        values = [scaling.inputs.get("launchConfiguration")]
        for given in (template, mixed):
            values += list(given.values()) if isinstance(given, dict) else [given]
        urns = [scaling.urn, *(item.urn for value in values for item in self._builder.referred(value))]
        return [self._builder.hosts[urn] for urn in dict.fromkeys(urns) if urn in self._builder.hosts]
