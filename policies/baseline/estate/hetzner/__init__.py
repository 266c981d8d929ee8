"""The adapter for Hetzner Cloud: pulumi-hcloud's types into nouns, one noun family a file."""

from baseline.estate.builder import Builder
from baseline.estate.hetzner import accounts, admissions, backups, hosts, listeners, names, stores


def read(builder: Builder) -> None:
    """Reads every hcloud resource; hosts come before what is bound to them, stores before their backups."""
    for part in (accounts, hosts, admissions, listeners, names, stores, backups):
        part.read(builder)
