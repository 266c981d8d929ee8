"""Elastic Beanstalk: the listeners that an environment has by itself, and those that its options add.

Source: Elastic Beanstalk Developer Guide, "General options for all environments" (a web environment answers HTTP on
port 80 until its default listener is switched off), as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from baseline.estate.aws.doors import add_door, add_leg
from baseline.estate.aws.inputs import values_at
from baseline.estate.aws.listeners import of_policy
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.doubt import negated
from baseline.foreign import whole
from baseline.graph import Resource

_TYPE: Final = "aws:elasticbeanstalk/environment:Environment"
_KINDS: Final = ("aws:elbv2:listener:", "aws:elb:listener:")
_DEFAULTS: Final = ("aws:elbv2:listener:default", "aws:elb:listener", "aws:elb:listener:80", "aws:elbv2:listener:80")
_PROTOCOLS: Final = ("Protocol", "ListenerProtocol")
_POLICIES: Final = ("SSLPolicy",)
_PROCESS: Final = "aws:elasticbeanstalk:environment:process:default"
_ENCRYPTED: Final = frozenset({"HTTPS", "SSL", "TLS"})

Options = Mapping[tuple[str, str], Any]  # by namespace and name


def read(builder: Builder) -> None:
    """The doors of each environment; its machines and disks are for nobody here to see, so it stays unjudged."""
    for environment in builder.peek(_TYPE):
        tier = environment.inputs.get("tier")
        if not undecided(tier) and str(tier).lower() == "worker":
            continue  # it takes its work from a queue
        options, doubt = _options(environment)
        public = negated(_is(options.get(("aws:ec2:vpc", "ELBScheme"), doubt), "internal"))
        _at_port_80(builder, environment, options, doubt, public)
        for namespace in sorted({namespace for namespace, _ in options if namespace.startswith(_KINDS)}):
            port = namespace.rpartition(":")[2]
            if whole(port) is not None and namespace not in _DEFAULTS:
                _listener(builder, environment, namespace, options, public)


def _options(environment: Resource) -> tuple[Options, Any]:
    """The options that are said, and what stands for those that are not: None, or a doubt."""
    doubt: Any = None if environment.inputs.get("templateName") is None else UNKNOWN
    found: dict[tuple[str, str], Any] = {}
    for _, setting in values_at(environment, "settings"):
        block = setting if isinstance(setting, dict) else {}
        namespace, name = block.get("namespace"), block.get("name")
        if isinstance(namespace, str) and isinstance(name, str):
            found[namespace, name] = block.get("value")
        else:
            doubt = UNKNOWN
    return found, doubt


def _is(value: Any, wanted: str) -> Any:
    if undecided(value):
        return value
    return value is not None and str(value).lower() == wanted.lower()


def _at_port_80(builder: Builder, environment: Resource, options: Options, doubt: Any, public: Any) -> None:
    """The listener that is there unless it is switched off or told to speak TLS."""
    switches = [options[name, "ListenerEnabled"] for name in _DEFAULTS if (name, "ListenerEnabled") in options]
    if any(_is(switch, "false") is True for switch in switches):
        return
    unsure = doubt if undecided(doubt) else next((switch for switch in switches if undecided(switch)), None)
    add_door(builder, environment, path="settings", public=public, port=80, plain=True if unsure is None else unsure)


def _listener(builder: Builder, environment: Resource, namespace: str, options: Options, public: Any) -> None:
    if _is(options.get((namespace, "ListenerEnabled")), "false") is True:
        return
    said = next((options[namespace, key] for key in _PROTOCOLS if (namespace, key) in options), "HTTP")
    plain: Any = said if undecided(said) else str(said).upper() not in _ENCRYPTED
    behind = options.get((_PROCESS, "Protocol"), options.get((namespace, "InstanceProtocol"), "HTTP"))
    port = whole(namespace.rpartition(":")[2])
    add_door(
        builder,
        environment,
        path="settings",
        public=public,
        port=port,
        plain=plain,
        plain_behind=behind if undecided(behind) else str(behind).upper() not in _ENCRYPTED,
    )
    if plain is False:
        policy = next((options[namespace, key] for key in _POLICIES if (namespace, key) in options), None)
        add_leg(builder, environment, f"to {environment.name} on port {port}", of_policy(policy), "settings")
