"""Passwords that a cloud-init document gives to users of the machine, by its own words for them.

Source: cloud-init documentation, modules "Set Passwords" and "Users and Groups", read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from baseline.estate.facts.secrets import names_a_secret, points_elsewhere
from baseline.estate.host_config.document import cloud_configs

_MADE_ON_THE_HOST: Final = frozenset({"r", "random"})
_HASHES: Final = frozenset({"hashed_passwd", "passwd"})
_PLAIN: Final = "a password or token"
_HASH: Final = "a password hash"


@lru_cache(maxsize=1024)
def passwords_in(text: str) -> tuple[tuple[str, int], ...]:
    """(kind of secret, line) for each kind in the cloud-configs of user data; a line of 0 means an encoded part."""
    found: dict[str, int] = {}
    for config in cloud_configs(text):
        for kind, secret in (*_given(config), *_named(config)):
            position = text.find(secret)
            found.setdefault(kind, text.count("\n", 0, position) + 1 if position >= 0 else 0)
    return tuple(found.items())


def _given(config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What `chpasswd` gives: as lines or a list of `user:password`, or by user with the type of each."""
    given = config.get("chpasswd")
    if not isinstance(given, dict):
        return
    listed = given.get("list")
    for entry in listed.splitlines() if isinstance(listed, str) else listed if isinstance(listed, list) else ():
        password = str(entry).strip().partition(":")[2]
        if _is_one(password) and password.lower() not in _MADE_ON_THE_HOST:
            yield _HASH if password.startswith("$") else _PLAIN, password


def _named(value: Any) -> Iterator[tuple[str, str]]:
    """What stands under a key that names a secret, in any module."""
    if isinstance(value, list):
        for item in value:
            yield from _named(item)
    elif isinstance(value, dict):
        kind = str(value.get("type", "")).lower()
        for key, item in value.items():
            if isinstance(item, dict | list):
                yield from _named(item)
            elif isinstance(item, str | int) and not isinstance(item, bool) and names_a_secret(str(key)):
                secret = str(item)
                if _is_one(secret) and not (kind == "random" and key == "password"):
                    yield _HASH if key in _HASHES or kind == "hash" else _PLAIN, secret


def _is_one(text: str) -> bool:
    """Whether a text is a secret itself: `*` and `!` lock an account, and a template is filled in elsewhere."""
    return any(map(str.isalnum, text)) and not points_elsewhere(text) and not text.startswith(("{{", "{%"))
