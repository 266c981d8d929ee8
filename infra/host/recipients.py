"""Public keys of age: for whom a host encrypts its backups. The private keys are on no host."""

from __future__ import annotations

import re

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
# 52 letters hold 256 bits and four zeros, six are the checksum.
_FORM = re.compile(rf"age1[{_LETTERS}]{{51}}[qs][{_LETTERS}]{{6}}")


def is_recipient(text: str) -> bool:
    """Whether a text is a public key of age for X25519, checksum included, so that age will not refuse it at night.

    Source: age-encryption.org/v1, "The X25519 recipient type"; BIP 173 for Bech32; read 2026-11-23.
    """
    return bool(_FORM.fullmatch(text)) and _checksum(text) == 1


def _checksum(text: str) -> int:
    prefix, _, data = text.partition("1")
    values = [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]
    check = 1
    for value in (*values, *map(_LETTERS.index, data)):
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            check ^= generator * (top >> bit & 1)
    return check
