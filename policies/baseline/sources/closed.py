"""Encrypted configuration that a program takes as a number, switch or object: a secret whose content nobody knows.

A text has a stand-in (`CLOSED`), which a program can pass on; there is none for a number that no one could take for the
true one.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection
from typing import Any

_METHODS = tuple(f"{way}_secret_{kind}" for way in ("get", "require") for kind in ("bool", "float", "int", "object"))


def leave_closed(keys: Collection[str]) -> None:
    """Makes `pulumi.Config` answer for these full keys (`shop:port`) with an unknown secret instead of an error."""
    from pulumi import Config

    for name in _METHODS:
        setattr(Config, name, _unless(keys, getattr(Config, name)))


def _unless(keys: Collection[str], ask: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(ask)
    def asked(config: Any, key: str, *default: Any, **named: Any) -> Any:
        from pulumi import UNKNOWN, Output

        closed = config.full_key(key) in keys
        return Output.secret(UNKNOWN) if closed else ask(config, key, *default, **named)

    return asked
