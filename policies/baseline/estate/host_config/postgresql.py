"""PostgreSQL: the leg that ends at it, by its settings and by who is admitted without TLS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from baseline.estate.host_config import suites
from baseline.estate.host_config.document import Document
from baseline.estate.host_config.nginx import Service
from baseline.estate.host_config.suites import PLAIN, UNSAID, Strength
from baseline.foreign import whole
from baseline.graph import not_observable_because

# `include_dir = 'conf.d'` stands at the end of the package's postgresql.conf, and the last value holds.
_FOLDERS = ("/etc/postgresql/*/*/", "/var/lib/pgsql/*/data/", "/var/lib/pgsql/data/", "/var/lib/postgresql/*/main/")
_VERSIONS = ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
_LINE = re.compile(r"^\s*(\w+)\s*=?\s*('(?:[^']|'')*'|[^\s#]+)", re.MULTILINE)
ON = frozenset({"on", "true", "yes", "1"})
_LOCAL = ("localhost", "127.0.0.1", "::1", "")
_DEFAULT_CIPHERS = "HIGH:MEDIUM:+3DES:!aNULL"
_UNSAID = not_observable_because("is not in the document, and what the package sets is not known here")
_READ = ("/etc/postgresql", "/var/lib/pgsql", "ALTER SYSTEM")


def settings(document: Document) -> dict[str, str] | None:
    """The settings that the document writes, the last of each; None where it writes none."""
    patterns = [f"{folder}{name}" for name in ("postgresql.conf", "conf.d/*.conf") for folder in _FOLDERS]
    found: dict[str, str] | None = None
    for pattern in patterns:
        for _, text in document.matching(pattern):
            found = {} if found is None else found
            if isinstance(text, str):
                found.update({key.lower(): value.strip("'") for key, value in _LINE.findall(text)})
    return found


def services(document: Document) -> Iterator[Service]:
    """The leg to PostgreSQL, where it listens to others."""
    said = settings(document)
    if said is None or not _public(said.get("listen_addresses", "localhost")):
        return
    port = whole(said.get("port", "5432"))
    port = 5432 if port is None else port
    name = f"to PostgreSQL on port {port}"
    if document.changed_by_command(*_READ):
        yield Service(name, port, _UNSAID, *UNSAID, _UNSAID)
    elif said.get("ssl") in ("off", "false", "no", "0") or _admits_plain(document, said):
        yield Service(name, port, False, *PLAIN, frozenset())
    elif "ssl" not in said:  # the package of Debian sets it, PostgreSQL itself does not
        yield Service(name, port, _UNSAID, *UNSAID, _UNSAID)
    else:
        versions = _versions(said)
        yield Service(name, port, True, *_strength(said, versions), versions)


def _public(addresses: str) -> bool:
    return any(address.strip() not in _LOCAL for address in addresses.split(","))


def _versions(said: dict[str, str]) -> Any:
    least, most = said.get("ssl_min_protocol_version", "TLSv1.2"), said.get("ssl_max_protocol_version", "")
    if least not in _VERSIONS or most not in (*_VERSIONS, ""):
        return _UNSAID
    last = _VERSIONS.index(most) if most else len(_VERSIONS) - 1
    return frozenset(_VERSIONS[_VERSIONS.index(least) : last + 1])


def _strength(said: dict[str, str], versions: Any) -> Strength:
    # Until version 18 nobody can choose the suites of TLS 1.3 (PostgreSQL documentation, ssl_tls13_ciphers).
    before = suites.before_tls13(said.get("ssl_ciphers", _DEFAULT_CIPHERS))
    return suites.of_versions(versions, before, suites.of_tls13(said.get("ssl_tls13_ciphers")))


def _admits_plain(document: Document, said: dict[str, str]) -> bool:
    """Whether anyone from another machine is admitted without TLS. The package's own file admits nobody from there."""
    chosen = said.get("hba_file")
    patterns = [chosen] if chosen else [f"{folder}pg_hba.conf" for folder in _FOLDERS]
    lines = [
        line.split()
        for _, text in document.matching(*patterns)
        if isinstance(text, str)
        for line in text.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    return any(
        len(words) >= 5
        and words[0] in ("host", "hostnossl")
        and words[-1] != "reject"
        and not words[3].startswith(("127.", "::1", "localhost"))
        for words in lines
    )
