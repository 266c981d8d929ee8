"""What OpenSSL's settings of suites and versions let through: the weakest key, where the text can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from baseline.estate.facts import tls
from baseline.graph import Undecidable, not_observable_because

_EXCHANGES = frozenset(
    {
        "RSA",
        "ARSA",
        "ECDSA",
        "AECDSA",
        "ECDHE",
        "EECDH",
        "KEECDH",
        "KECDHE",
        "ECDH",
        "EDH",
        "DHE",
        "KEDH",
        "KDHE",
        "KRSA",
    }
)
_WITH_AES128 = frozenset({"HIGH", "ALL", "DEFAULT", "AES", "AES128", "AESGCM"})
"""Cipher strings whose union holds suites with AES-128. Source: openssl-ciphers(1), read 2026-11-23."""

TLS13_DEFAULT = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"
"""What OpenSSL offers of TLS 1.3 when nobody chooses. Source: SSL_CTX_set_ciphersuites(3), read 2026-11-23."""

_NO_NAMES = not_observable_because("depends on the OpenSSL of the machine: the setting does not name suites")


class Strength(NamedTuple):
    """Bits of the weakest suite's key and its name; both undecided together."""

    key_bits: Any
    weakest: Any


UNSAID = Strength(_NO_NAMES, _NO_NAMES)
PLAIN = Strength(0, "none: it is plain")


def before_tls13(text: str) -> Strength:
    """The weakest suite of a cipher list (`ssl_ciphers`) for TLS 1.2 and before."""
    tokens = [token for token in re.split(r"[:, ]+", text.strip()) if token and not token.startswith("@")]
    added = [token for token in tokens if token[0] not in "!-+"]
    removed = " ".join(token for token in tokens if token[0] in "!-").upper()
    named, strings = [], []
    for token in added:
        try:
            suite = tls.suite(token)
        except tls.UnknownSuite:
            strings.append(token)
        else:
            named += [] if suite.tls13 else [suite]  # a cipher list has no say in TLS 1.3
    weakest = min(named, key=lambda suite: (suite.key_bits, suite.name), default=None)
    if weakest is not None and weakest.key_bits < 256 and not removed:
        return Strength(weakest.key_bits, weakest.name)
    if any(_holds_aes128(string) for string in strings) and "AES" not in removed:
        return Strength(128, f"AES-128, which {':'.join(strings)} lets through")
    if weakest is None or strings or weakest.key_bits < 256:
        return UNSAID
    return Strength(weakest.key_bits, weakest.name)


def _holds_aes128(string: str) -> bool:
    parts = set(string.upper().split("+"))
    return bool(parts & _WITH_AES128) and parts <= _WITH_AES128 | _EXCHANGES


def of_tls13(text: str | None) -> Strength:
    """The weakest suite of TLS 1.3, by a list of its suites; by OpenSSL's own where there is none."""
    try:
        weakest = tls.weakest(filter(None, re.split(r"[:, ]+", text or TLS13_DEFAULT)))
    except (tls.UnknownSuite, ValueError):
        return UNSAID
    return Strength(weakest.key_bits, weakest.name)


def together(strengths: Iterable[Strength]) -> Strength:
    """The weakest of several; a key that is certainly too short is not hidden by a doubt beside it."""
    strengths = tuple(strengths)
    decided = [each for each in strengths if type(each.key_bits) is not Undecidable]
    least = min(decided, key=lambda each: each.key_bits, default=UNSAID)
    return least if len(decided) == len(strengths) or (decided and least.key_bits < 256) else UNSAID


def of_versions(versions: Any, before: Strength, tls13: Strength) -> Strength:
    """The weakest that these versions can agree on; where they are undecided, all may."""
    if type(versions) is Undecidable:
        # Only one of the two may be on, so a weakness counts once it is in both.
        both = [before, tls13]
        if any(type(each.key_bits) is Undecidable or each.key_bits >= 256 for each in both):
            return together(both) if all(each.key_bits == 256 for each in both) else UNSAID
        return max(both, key=lambda each: each.key_bits)
    parts = [tls13] if "TLSv1.3" in versions else []
    return together([*parts, before] if versions - {"TLSv1.3"} else parts)
