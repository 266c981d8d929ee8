"""How secrets look, wherever they stand: the marks by which they are known, whatever they are called.

Sources, read 2026-11-26: the formats of their own tokens that the vendors document, and what detect-secrets 1.5.0 and
gitleaks look for. Only what has a mark of its own is here: a text that merely looks random may be anything.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from baseline import foreign
from baseline.estate.facts.secret_inputs import DOCUMENTS
from baseline.estate.facts.secrets import documents, names_a_secret, points_elsewhere, secret_inputs, texts, variables
from baseline.graph import Resource


class _Mark(NamedTuple):
    """How one kind of secret begins, and what it then has to look like. Finding the beginning is what is fast."""

    kind: str
    beginnings: tuple[str, ...]
    pattern: re.Pattern[str]


_LOGIN: Final = r"[\"']?[\w-]+:(?![$<{%])[^\s\"'\\]+"
_TOKENS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("ghp_", "gho_", "ghr_", "ghs_", "ghu_"), r"[A-Za-z0-9]{30,}"),
        "github_pat_": r"\w{30,}",
        **{
            f"gl{kind}-": r"[\w-]{20,}"
            for kind in ("agent", "cbt", "dt", "ft", "imt", "oas", "pat", "ptt", "rt", "soat")
        },
        **dict.fromkeys(("xoxa-", "xoxb-", "xoxe-", "xoxe.", "xoxp-", "xoxr-", "xoxs-", "xapp-"), r"[\w-]{10,}"),
        **dict.fromkeys(("sk_live_", "rk_live_", "whsec_"), r"\w{16,}"),
        **dict.fromkeys(("shpat_", "shpca_", "shppa_", "shpss_"), r"[0-9A-Fa-f]{32}"),
        **dict.fromkeys(("sq0atp-", "sq0csp-"), r"[\w-]{22,}"),
        "AIza": r"[\w-]{35}",
        "GOCSPX-": r"[\w-]{28}",
        "SG.": r"[\w-]{16,}\.[\w-]{16,}",
        "dckr_pat_": r"[\w-]{20,}",
        **dict.fromkeys(("dop_v1_", "doo_v1_", "dor_v1_"), r"[0-9a-f]{64}"),
        "eyJ": r"[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",  # a JSON Web Token that is signed
        "glsa_": r"\w{32,}",
        "hf_": r"[A-Za-z]{30,}",
        "hvs.": r"[\w-]{20,}",
        "npm_": r"[A-Za-z0-9]{36}",
        "pul-": r"[0-9a-f]{40}",
        "pypi-AgE": r"[\w-]{50,}",
        **dict.fromkeys(("sk-ant-", "sk-proj-"), r"[\w-]{20,}"),
    }
)
"""How the token of a vendor begins, and what it then looks like."""

_MARKS: Final = (
    _Mark("a private key", ("-----BEGIN ",), re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----")),
    _Mark("an age identity", ("AGE-SECRET-KEY-1",), re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{20,}")),
    _Mark(
        "an AWS access key",
        ("AKIA", "ASIA"),
        re.compile(r"(?<![A-Z0-9])[A-Z]{4}[A-Z2-7]{16}(?![A-Z0-9])"),
    ),
    _Mark(
        "an access token",
        tuple(_TOKENS),
        re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(mark) + rest for mark, rest in _TOKENS.items())})"),
    ),
    _Mark(
        "an address that is a secret itself",
        ("hooks.slack.com/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/", "webhook.office.com/"),
        re.compile(
            r"hooks\.slack\.com/(?:services/T\w+/B\w+/\w{8,}|workflows/T\w+/\w+/\w+/\w{8,})"
            r"|discord(?:app)?\.com/api/webhooks/\d{10,}/[\w-]{20,}|webhook\.office\.com/webhookb2/[\w@-]{20,}"
        ),
    ),
    _Mark(
        "a password hash",
        ("$",),
        re.compile(r"\$(?:1|2[aby]|5|6|7|g?y|argon2[a-z]*)\$[./A-Za-z0-9$=,+]{16,}"),
    ),
    _Mark("a password in an address", ("://",), re.compile(r"://[^\s/:@'\"]*:(?![$<{%])[^\s/@'\"]{3,}@")),
    _Mark(
        "a password for chpasswd",
        ("echo ", "printf ", "chpasswd"),
        re.compile(
            rf"(?:echo|printf)\s+(?:-\S+\s+)*{_LOGIN}(?:\\n)?[\"']?\s*\|\s*(?:sudo\s+)?(?:\S*/)?chpasswd"
            rf"|chpasswd\b[^\n<]*(?:<<<\s*|<<-?\s*[\"']?\w+[\"']?[^\n]*\n\s*){_LOGIN}"
        ),
    ),
)
_ASSIGNED: Final = _Mark(
    "a password or token",
    (
        *("passwd", "password", "passphrase", "secret", "token"),
        *(f"{kind}{joint}key" for kind in ("access", "api", "private", "secret") for joint in ("", "_", "-")),
    ),
    re.compile(
        r"(?:(?<![a-z])token|(?!token)[a-z]+(?:[_-]?key)?)[\"']?[ \t]*[:=][ \t]*[\"']?"
        r"(?!(?:true|false|yes|no|null|none|unset|disabled|enabled|required|optional|prohibit-password|files?)\b)"
        r"[^\s\"'$<{%(\[/*!|>,;#=&~-][^\s\"',;#]{3,}"
    ),
)
"""Looked for in lower case, since names of variables come in all cases."""

_ENCODED = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
_SHORTEST: Final = 40
_MOST_BYTES: Final = 1 << 20


def secrets_in(text: str) -> list[tuple[str, int]]:
    """(kind of secret, line) for each kind found in a document; texts in base64 or gzip inside it are read too.

    Never the secret itself. A line of 0 means inside an encoded part.
    """
    return list(_secrets_in(text))


def in_values(resource: Resource) -> Iterator[tuple[str, Sequence[str]]]:
    """(path, kinds of secret) of each plain value that holds one, whatever it is called.

    Inputs that are there to hold a secret or a document are left out.
    """
    found: dict[str, Sequence[str]] = {
        path: kinds for path, value in variables(resource) if (kinds := _in_a_variable(value))
    }
    # Documents are searched as such, and are long.
    values = list(texts({key: value for key, value in resource.inputs.items() if key not in DOCUMENTS}))
    everything = "\n".join([value for _, value in values])
    if any(beginning in everything for beginning in _BEGINNINGS):
        found |= {path: kinds for path, value in values if path not in found and (kinds := _marked(value))}
    if found:
        known = {path for path, _ in (*secret_inputs(resource), *documents(resource))}
        yield from ((path, kinds) for path, kinds in found.items() if path not in known)


def marked(value: Any) -> Iterator[tuple[str, Sequence[str]]]:
    """(path, kinds of secret) of each text in a plain value that bears the mark of one."""
    yield from ((path, kinds) for path, text in texts(value) if (kinds := _marked(text)))


_BEGINNINGS: Final = tuple(beginning for mark in _MARKS for beginning in mark.beginnings)


@lru_cache(maxsize=4096)
def _marked(text: str) -> tuple[str, ...]:
    return tuple(mark.kind for mark in _MARKS if _first(mark, text) is not None)


def _in_a_variable(text: str) -> Sequence[str]:
    """A variable may also hold settings, such as those of a connection, with a password among them."""
    return [*_marked(text), *([_ASSIGNED.kind] if _first(_ASSIGNED, text.lower()) is not None else [])]


@lru_cache(maxsize=1024)
def _secrets_in(text: str) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for mark, searched in (*((mark, text) for mark in _MARKS), (_ASSIGNED, text.lower())):
        position = _first(mark, searched)
        if position is not None:
            found[mark.kind] = searched.count("\n", 0, position) + 1
    if _ASSIGNED.kind not in found and (paired := _paired(text)) is not None:
        found[_ASSIGNED.kind] = text.count("\n", 0, paired) + 1
    for encoded in _encoded_parts(text):
        if (inside := decoded(encoded)) is not None:
            for kind, _ in _secrets_in(inside):
                found.setdefault(kind, 0)
    return tuple(found.items())


_PAIR: Final = re.compile(
    r'"name"\s*:\s*"(?P<name>[^"]*)"\s*,\s*"value"\s*:\s*"(?P<value>[^"]*)"'
    r'|"value"\s*:\s*"(?P<said>[^"]*)"\s*,\s*"name"\s*:\s*"(?P<called>[^"]*)"'
)
"""A variable of a container as JSON writes it, where that is only a part of a text."""


def _paired(text: str) -> int | None:
    """Where a variable stands whose name says that its value is a secret, as the JSON of containers lists them."""
    if '"value"' not in text.lower():
        return None
    try:
        listed = [foreign.json(text)]
    except ValueError:
        pairs = ((pair, pair["name"] or pair["called"], pair["value"] or pair["said"]) for pair in _PAIR.finditer(text))
        return next((pair.start() for pair, name, value in pairs if _says_a_secret(name, value)), None)
    while listed:
        part = listed.pop()
        if isinstance(part, list):
            listed.extend(part)
        elif isinstance(part, dict):
            listed.extend(part.values())
            said = {key.lower(): value for key, value in part.items()}
            if _says_a_secret(said.get("name"), said.get("value")):
                return max(text.find(json.dumps(said["value"])), 0)
    return None


def _says_a_secret(name: Any, value: Any) -> bool:
    return isinstance(name, str) and isinstance(value, str) and names_a_secret(name) and not points_elsewhere(value)


def _first(mark: _Mark, text: str) -> int | None:
    """Where a kind of secret first stands in a text."""
    positions = []
    for beginning in mark.beginnings:
        position = text.find(beginning)
        while position >= 0:
            if mark.pattern.match(text, position):
                positions.append(position)
                break
            position = text.find(beginning, position + 1)
    return min(positions, default=None)


def _encoded_parts(text: str) -> Iterator[str]:
    """What may be base64: long words, and runs of them as mail wraps it, with the shorter word at their end."""
    words = text.split()
    if max(map(len, words), default=0) < _SHORTEST:  # most documents hold none, and this is quick to see
        return
    long = dict.fromkeys(index for index, word in enumerate(words) if len(word) >= _SHORTEST)
    for index in long:
        yield from _ENCODED.findall(words[index])
    for first in (index for index in long if index - 1 not in long):
        last = first
        while last + 1 in long:
            last += 1
        yield "".join(words[first : last + 1])
        yield "".join(words[first : last + 2])


def decoded(text: str) -> str | None:
    """The text behind base64, and gzip behind that; None where there is none. At most 1 MiB is unpacked."""
    try:
        data = base64.b64decode(text, validate=True)
        if data[:2] == b"\x1f\x8b":
            data = zlib.decompressobj(wbits=31).decompress(data, _MOST_BYTES)
        inside = data.decode()
    except (binascii.Error, ValueError, zlib.error):
        return None
    return inside if inside and inside != text and inside.isprintable() | ("\n" in inside) else None
