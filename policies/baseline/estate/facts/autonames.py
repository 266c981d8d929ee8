"""The names that Pulumi's providers make up where a program gives none."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = re.compile(r"-[0-9a-f]{7}")

_FRAMEWORK: Final = frozenset({"hcloud:index/sshKey:SshKey", "hcloud:index/storageBox:StorageBox"})
"""Types of Hetzner's on Terraform's plugin framework that have a name. Source: terraform-provider-hcloud,
hcloud/plugin_provider.go, read 2026-11-26."""


def unlisted(type_: str) -> bool:
    """Whether a name that the provider makes up for a type stands among the inputs like one that was said.

    It does for types on Terraform's plugin framework: those of AWS are many, and whatever is of AWS and without
    `__defaults` is one. Of them nothing tells a made-up name from a said one that looks alike (`deploy-2024010` of
    `deploy`), so that one is taken for made up as well.
    """
    return type_ in _FRAMEWORK or type_.startswith("aws:")


def is_made_up(name: str, logical: str) -> bool:
    """Whether a physical name is one that a provider made of the program's: with seven hexadecimal digits behind.

    Source: pulumi-terraform-bridge v3.120.0, pkg/pf/tfbridge/provider_check.go, and pulumi-hcloud's recording of an
    SshKey, read 2026-11-26.
    """
    return name.startswith(logical) and _DIGITS.fullmatch(name, len(logical)) is not None
