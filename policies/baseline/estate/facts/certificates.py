"""Keys of certificates: which are long enough.

RSA from 3072 bits (NIST SP 800-57 part 1 revision 5, table 2: the least with 128 bits of security, which it
wants from 2031 on) and curves from P-384 (CNSA 1.0, as RFC 9151 asks beside AES-256). Read 2026-11-23.
"""

import re
from typing import Final

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
