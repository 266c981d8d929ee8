"""The names that Pulumi's providers make up where a program gives none."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = re.compile(r"-[0-9a-f]{7}")


def is_made_up(name: str, logical: str) -> bool:
    """Whether a physical name is one that a provider made of the program's: with seven hexadecimal digits behind.

    Source: pulumi-terraform-bridge v3.120.0, pkg/pf/tfbridge/provider_check.go, and pulumi-hcloud's recording of an
    SshKey, read 2026-11-26.
    """
    return name.startswith(logical) and _DIGITS.fullmatch(name, len(logical)) is not None
