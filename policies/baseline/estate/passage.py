"""Where TLS ends behind a balancer that passes it through: at the hosts, if all of them are known to end it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from baseline.estate.builder import UNKNOWN, Builder, number, undecided
from baseline.estate.host_config import machine_of, path_of
from baseline.estate.nouns import Host, Leg
from baseline.graph import Resource, not_observable_because, unknown_because

_NO_TARGET = unknown_because("is not known: no target of the balancer is seen")
_STRANGE = not_observable_because("is not known: a target is nothing that this program shows")


class Target(NamedTuple):
    """What a balancer sends to: a host that may be meant (None: something that this program does not show)."""

    host: Host | None
    port: Any


def tls_ends(targets: Sequence[Target]) -> Any:
    """`host`, `nowhere` as soon as one target certainly serves plainly, or what leaves it undecided."""
    doubt: Any = None if targets else _NO_TARGET
    for target in targets:
        answer = _encrypted(target)
        if undecided(answer):
            doubt = answer if doubt is None else doubt
        elif not answer:
            return "nowhere"
    return "host" if doubt is None else doubt


def _encrypted(target: Target) -> Any:
    if target.host is None:
        return _STRANGE
    port = number(target.port)
    if undecided(port) or port is None:
        return UNKNOWN
    serving = machine_of(target.host).serving(port)
    if not isinstance(serving, list):
        return serving
    if not serving:
        return not_observable_because(
            f"is not known: the user data of {target.host.label} does not say what listens on port {port}"
        )
    doubts = [service.encrypted for service in serving if undecided(service.encrypted)]
    if any(service.encrypted is False for service in serving if not undecided(service.encrypted)):
        return False
    return doubts[0] if doubts else True


def hosts_of(targets: Iterable[Target]) -> tuple[Host, ...]:
    """The hosts among the targets, each once."""
    return tuple(dict.fromkeys(target.host for target in targets if target.host is not None))


def add_unseen_legs(builder: Builder, listener: Resource, name: str, targets: Sequence[Target]) -> None:
    """Adds the legs of which nothing is known, each at the host that ought to say it; the others are the hosts' own."""
    if not targets:
        add_leg(builder, listener, name, _NO_TARGET, _NO_TARGET, _NO_TARGET)
    for target in targets:
        answer = _encrypted(target)
        if not undecided(answer) or _is_told(target):
            continue
        origin = listener if target.host is None else target.host.origin
        path = "" if target.host is None else path_of(target.host)
        add_leg(builder, origin, f"{name} and on to its target", answer, answer, answer, path)


def _is_told(target: Target) -> bool:
    """Whether the host's own legs say what is known of the port, if only that nothing is known of any."""
    port = number(target.port)
    if target.host is None or undecided(port) or port is None:
        return False
    serving = machine_of(target.host).serving(port)
    return not isinstance(serving, list) or bool(serving)


def add_leg(
    builder: Builder, origin: Resource, name: str, key_bits: Any, weakest: Any, versions: Any, path: str = ""
) -> None:
    """Adds one leg; of one that nobody can see, all three are what leaves it undecided."""
    builder.add(Leg(origin=origin, path=path, name=name, key_bits=key_bits, weakest=weakest, versions=versions))
