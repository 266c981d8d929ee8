"""Keys of certificates: which are long enough.

RSA from 3072 bits (NIST SP 800-57 part 1 revision 5, table 2: the least with 128 bits of security, which it
wants from 2031 on) and curves from P-384 (CNSA 1.0, as RFC 9151 asks beside AES-256). Read 2026-11-23.
"""

import base64
import binascii
import re
from functools import lru_cache
from typing import Any, Final

from baseline.graph import NOT_OBSERVABLE, Ref, Undecidable

MINIMUM_BITS: Final = {"RSA": 3072, "P": 384}

_NAMED_CURVES: Final = {
    "PRIME256V1": "P-256",
    "SECP256R1": "P-256",
    "SECP384R1": "P-384",
    "SECP521R1": "P-521",
}


class UnknownKey(KeyError):
    """The text names no kind of key that the table knows."""

    def __str__(self) -> str:
        return f"{self.args[0]!r} is no kind of key that baseline/estate/facts/certificates.py knows"


def canonical(key: str) -> str:
    """`RSA-3072` or `P-384`, also for the spellings of ACM (`RSA_3072`, `EC_secp384r1`) and OpenSSL.

    Raises UnknownKey.
    """
    name = key.upper().replace("_", "-").replace(":", "-").removeprefix("EC-")
    name = _NAMED_CURVES.get(name, name)
    if not re.fullmatch(r"RSA-[1-9]\d{2,4}|P-(224|256|384|521)", name, re.ASCII):
        raise UnknownKey(key)
    return name


def strong(key: str) -> bool:
    """Whether a key is long enough. Raises UnknownKey."""
    kind, bits = canonical(key).split("-")
    return int(bits) >= MINIMUM_BITS[kind]


_PEM = re.compile(r"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)
_RSA = bytes.fromhex("2a864886f70d010101")
_EC = bytes.fromhex("2a8648ce3d0201")
_CURVES: Final = {
    bytes.fromhex("2a8648ce3d030107"): "P-256",
    bytes.fromhex("2b81040022"): "P-384",
    bytes.fromhex("2b81040023"): "P-521",
    bytes.fromhex("2b81040021"): "P-224",
}
"""Object identifiers of keys and curves. Source: RFC 3279 and RFC 5480."""


def key_of(certificate: Any) -> Any:
    """The key of the first certificate in a PEM text; what is undecided stays so, other keys are not observable."""
    if isinstance(certificate, Undecidable | Ref):
        return certificate
    try:
        return _key_of(str(certificate))
    except (binascii.Error, IndexError, ValueError):
        return NOT_OBSERVABLE


@lru_cache(maxsize=1024)
def _key_of(pem: str) -> Any:
    match = _PEM.search(pem)
    if match is None:
        return NOT_OBSERVABLE
    _, certificate = _parts(base64.b64decode(match[1]))[0]
    _, signed = _parts(certificate)[0]
    # RFC 5280, 4.1: [version,] serial, signature, issuer, validity, subject, key
    fields = [content for tag, content in _parts(signed) if tag != _VERSION]
    (_, algorithm), (_, key) = _parts(fields[5])
    kind, *parameters = (content for _, content in _parts(algorithm))
    if kind == _RSA:
        _, numbers = _parts(key[1:])[0]  # behind the count of unused bits
        return f"RSA-{int.from_bytes(_parts(numbers)[0][1]).bit_length()}"
    return _CURVES.get(parameters[0], NOT_OBSERVABLE) if kind == _EC and parameters else NOT_OBSERVABLE


_VERSION: Final = 0xA0


def _parts(der: bytes) -> list[tuple[int, bytes]]:
    """The values that stand one after the other in DER: tag and content. Raises IndexError when cut short."""
    parts, at = [], 0
    while at < len(der):
        tag, length = der[at], der[at + 1]
        at += 2
        if length & 0x80:
            count = length & 0x7F
            length, at = int.from_bytes(der[at : at + count]), at + count
        if at + length > len(der):
            raise IndexError("DER is cut short")
        parts.append((tag, der[at : at + length]))
        at += length
    return parts
