"""TLS suites and the security policies of AWS load balancers: how long the keys are that they agree on."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple


class UnknownSuite(KeyError):
    """The text names no cipher suite that the tables know; a cipher *string* such as `HIGH` names none."""

    def __str__(self) -> str:
        return f"{self.args[0]!r} is no cipher suite that baseline/estate/facts/tls.py knows"


class Suite(NamedTuple):
    """A cipher suite: bits of the symmetric key (0: no encryption), and whether it is one of TLS 1.3."""

    name: str
    key_bits: int
    tls13: bool


_TLS13: Final = {
    "TLS_AES_128_GCM_SHA256": 128,
    "TLS_AES_256_GCM_SHA384": 256,
    "TLS_CHACHA20_POLY1305_SHA256": 256,
    "TLS_AES_128_CCM_SHA256": 128,
    "TLS_AES_128_CCM_8_SHA256": 128,
}
"""All suites of TLS 1.3. Source: RFC 8446, appendix B.4."""

_CIPHERS: Final = {
    **{
        f"{cipher}{bits}{mode}": bits
        for cipher, modes in {
            "AES": ("", "CBC", "GCM", "CCM", "CCM8"),
            "CAMELLIA": ("", "CBC", "GCM"),
            "ARIA": ("CBC", "GCM"),
        }.items()
        for bits in (128, 256)
        for mode in modes
    },
    "CHACHA20POLY1305": 256,
    "SEED": 128,
    "SEEDCBC": 128,
    "IDEACBC": 128,
    "RC4": 128,
    "RC4128": 128,
    "RC440": 40,
    "RC2CBC40": 40,
    "DESCBC3": 112,
    "3DESEDECBC": 112,
    "DESCBC": 56,
    "DES40CBC": 40,
    "NULL": 0,
}
"""Ciphers of TLS 1.2 and before, without separators. Three-key DES counts with the 112 bits that it resists.

Source: IANA TLS Cipher Suites registry and openssl-ciphers(1), read 2026-11-23.
"""

_EXCHANGE = "RSA|DH|DHE|ECDH|ECDHE|EDH|ADH|AECDH|PSK|KRB5|SRP|DSS|ECDSA|RSAPSK|DHEPSK|ECDHEPSK|ANON|SHA|EXPORT|EXP"
_MAC = "MD5|SHA|SHA256|SHA384"
_BEFORE_TLS13 = re.compile(
    rf"(?:TLS_)?(?P<exchange>(?:(?:{_EXCHANGE})[-_])*)(?:WITH_)?(?P<cipher>.+?)(?:[-_](?P<mac>{_MAC}))?",
    re.ASCII,
)


@lru_cache(maxsize=1024)
def suite(name: str) -> Suite:
    """A suite by its IANA or its OpenSSL name. Raises UnknownSuite."""
    if name in _TLS13:
        return Suite(name, _TLS13[name], True)
    parts = _BEFORE_TLS13.fullmatch(name.upper())
    bits = _CIPHERS.get(re.sub("[-_]", "", parts["cipher"])) if parts else None
    if bits is None or parts is None or not (parts["mac"] or re.search("CCM|POLY1305", parts["cipher"])):
        # Without a MAC of its own only an AEAD makes a suite: a bare AES256 is a cipher string.
        raise UnknownSuite(name)
    return Suite(name, min(bits, 40) if "EXP" in parts["exchange"] else bits, False)


def weakest(names: Iterable[str]) -> Suite:
    """The suite with the shortest key. Raises UnknownSuite, and ValueError where there is none."""
    return min(map(suite, names), key=lambda each: (each.key_bits, each.name))


class ElbPolicy(NamedTuple):
    """What a load balancer may agree on. Versions are `TLSv1`, `TLSv1.1`, `TLSv1.2`, `TLSv1.3`."""

    versions: frozenset[str]
    suites: frozenset[str]


_1_3 = (
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
)
_ECDHE_GCM = tuple(f"ECDHE-{key}-{c}" for key in ("ECDSA", "RSA") for c in ("AES128-GCM-SHA256", "AES256-GCM-SHA384"))
_ECDHE_CBC = tuple(f"ECDHE-{key}-{c}" for key in ("ECDSA", "RSA") for c in ("AES128-SHA256", "AES256-SHA384"))
_ECDHE_SHA1 = tuple(f"ECDHE-{key}-{c}" for key in ("ECDSA", "RSA") for c in ("AES128-SHA", "AES256-SHA"))
_RSA = ("AES128-GCM-SHA256", "AES128-SHA256", "AES256-GCM-SHA384", "AES256-SHA256")
_RSA_SHA1 = ("AES128-SHA", "AES256-SHA")
_MODERN = _ECDHE_GCM + _ECDHE_CBC
_ALL = _MODERN + _ECDHE_SHA1 + _RSA + _RSA_SHA1


def _policies() -> Mapping[str, ElbPolicy]:
    versions = ("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1")
    table = (
        ("TLS13-1-3-2021-06", versions[:1], _1_3),
        ("TLS13-1-3-PQ-2025-09", versions[:1], _1_3),
        ("TLS13-1-2-2021-06", versions[:2], _1_3 + _MODERN),
        ("TLS13-1-2-PQ-2025-09", versions[:2], _1_3 + _MODERN),
        ("TLS13-1-2-Res-2021-06", versions[:2], _1_3 + _ECDHE_GCM),
        ("TLS13-1-2-Res-PQ-2025-09", versions[:2], _1_3 + _ECDHE_GCM),
        ("TLS13-1-2-Ext1-2021-06", versions[:2], _1_3 + _MODERN + _RSA),
        ("TLS13-1-2-Ext1-PQ-2025-09", versions[:2], _1_3 + _ALL),
        ("TLS13-1-2-Ext2-2021-06", versions[:2], _1_3 + _ALL),
        ("TLS13-1-2-Ext2-PQ-2025-09", versions[:2], _1_3 + _ALL),
        ("TLS13-1-1-2021-06", versions[:3], _1_3 + _ALL),
        ("TLS13-1-0-2021-06", versions, _1_3 + _ALL),
        ("TLS13-1-0-PQ-2025-09", versions, _1_3 + _ALL),
        ("TLS-1-2-2017-01", versions[1:2], _MODERN + _RSA),
        ("TLS-1-2-Ext-2018-06", versions[1:2], _ALL),
        ("TLS-1-1-2017-01", versions[1:3], _ALL),
        ("2016-08", versions[1:], _ALL),
    )
    return MappingProxyType(
        {f"ELBSecurityPolicy-{name}": ElbPolicy(frozenset(v), frozenset(suites)) for name, v, suites in table}
    )


ELB_POLICIES: Final = _policies()
"""Security policy -> versions and suites; a name that is not here is unknown, never good.

Source: AWS, "Security policies for your Application Load Balancer", as carried by moto 5.2.1
(elbv2/ssl_policies.py), read 2026-11-23. The RFC 9151 policies are left out: nobody here has seen their rows.
"""

ELB_DEFAULT_POLICY: Final = "ELBSecurityPolicy-2016-08"
"""What every client but the console gets when it names none. Source: the same page."""
