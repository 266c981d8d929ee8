"""The operating system of every host: one release on both clouds, the one that its configuration is proven with."""

DEBIAN = 12
"""Bookworm; security support until 2028-06-30 (Debian LTS, as of 2026-11-23)."""

POSTGRESQL = 15
"""The version that comes with it."""
