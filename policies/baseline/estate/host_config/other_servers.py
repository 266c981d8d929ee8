"""Servers of the web that a host installs and whose configuration nobody here reads: they serve, nobody knows how."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate.host_config.document import Document
from baseline.estate.host_config.nginx import Service
from baseline.graph import not_observable_because

_PACKAGES = frozenset({"apache2", "caddy", "haproxy", "httpd", "lighttpd", "squid", "tomcat10", "traefik", "varnish"})
"""Each starts a unit of the same name by itself."""


def services(document: Document) -> Iterator[Service]:
    """One for each that is installed and not switched off; its port is None, since nobody knows on which it listens."""
    for package in sorted(_PACKAGES & document.packages):
        if document.enables(f"{package}.service", packaged=True) is not False:
            doubt = not_observable_because(f"is not observable: the configuration of {package} is not read here")
            yield Service(f"to whatever {package} serves", None, doubt, doubt, doubt, doubt)
