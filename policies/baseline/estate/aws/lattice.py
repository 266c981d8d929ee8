"""VPC Lattice: listeners inside networks, and the groups that they send to."""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.aws.doors import add_door, add_leg, add_stray_leg, no_choice
from baseline.estate.aws.inputs import scalars_at, value_at
from baseline.estate.builder import UNKNOWN, Builder, known, number, undecided
from baseline.estate.doubt import either
from baseline.graph import Resource, not_observable_because

_LISTENER: Final = "aws:vpclattice/listener:Listener"
_RULE: Final = "aws:vpclattice/listenerRule:ListenerRule"
_GROUP: Final = "aws:vpclattice/targetGroup:TargetGroup"
_PORTS: Final = {"HTTP": 80, "HTTPS": 443, "TLS_PASSTHROUGH": 443}
_SENDS: Final = (
    "defaultAction.forwards.targetGroups.targetGroupIdentifier",
    "action.forward.targetGroups.targetGroupIdentifier",
)
_BEHIND: Final = not_observable_because("is not observable: TLS is passed through to targets that nobody reads")


def read(builder: Builder) -> None:
    """A door for each listener, and its leg."""
    builder.of(_GROUP)
    rules = builder.referring([_RULE], "listenerIdentifier", to=[_LISTENER])
    for listener in builder.of(_LISTENER):
        said = listener.inputs.get("protocol")
        protocol: Any = said if undecided(said) else str(said).upper()
        if not undecided(protocol) and protocol not in _PORTS:
            protocol = UNKNOWN
        port: Any = number(listener.inputs.get("port"))
        if port is None:
            port = protocol if undecided(protocol) else _PORTS[protocol]
        passes = not undecided(protocol) and protocol == "TLS_PASSTHROUGH"
        add_door(
            builder,
            listener,
            public=False,
            port=port,
            plain=protocol if undecided(protocol) else protocol == "HTTP",
            plain_behind=either(_plain(builder, [listener, *rules.get(listener.urn, ())])),
            passes=_BEHIND if passes else None,
        )
        if undecided(protocol) or protocol == "HTTPS":
            strength = (protocol,) * 3 if undecided(protocol) else no_choice("VPC Lattice")
            add_leg(builder, listener, f"from clients to {listener.name}", strength)
    for rule in builder.of(_RULE):
        if not builder.referred(rule.inputs.get("listenerIdentifier"), _LISTENER):
            add_stray_leg(builder, rule, either(_plain(builder, [rule])))


def _plain(builder: Builder, senders: list[Resource]) -> list[Any]:
    """Of each group that is sent to, whether the way to it is plain."""
    answers: list[Any] = []
    for sender in senders:
        for path in _SENDS:
            for _, value in scalars_at(sender, path):
                groups = builder.referred(value, _GROUP)
                answers += [_speaks_plain(group) for group in groups] or [UNKNOWN]
    return answers


def _speaks_plain(group: Resource) -> Any:
    kind = group.inputs.get("type")
    if not undecided(kind) and kind == "LAMBDA":
        return False  # an invocation goes through AWS's own API
    protocol = known(value_at(group, "config.protocol"), UNKNOWN)
    return protocol if undecided(protocol) else str(protocol).upper() in ("HTTP", "TCP")
