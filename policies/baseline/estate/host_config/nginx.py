"""nginx: on which ports a host serves, and by which suites and versions, on each leg that begins or ends there.

Directives hold as nginx inherits them: a level that has its own replaces what it would have got from above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import crossplane

from baseline.estate.host_config import suites
from baseline.estate.host_config.document import Document
from baseline.estate.host_config.suites import PLAIN, UNSAID, Strength
from baseline.graph import not_observable_because

_MAIN = "/etc/nginx/nginx.conf"
_SITES = ("/etc/nginx/conf.d/*.conf", "/etc/nginx/sites-enabled/*", "/etc/nginx/sites-available/*")
_HARMLESS = ("*/mime.types", "*_params", "*/modules-enabled/*", "*/modules/*.conf")
"""Files of the package that have no say in TLS, ports or logs."""

_BY_VERSION = not_observable_because("is not declared, and nginx's own choice differs from version to version")
_ELSEWHERE = not_observable_because("may be set in a file that the document does not hold")
_PASSES = {"proxy_pass": "proxy", "grpc_pass": "grpc", "uwsgi_pass": "uwsgi", "fastcgi_pass": "", "scgi_pass": ""}


class Service(NamedTuple):
    """One end of a leg: `port` is that on which the host listens to others, None for a leg that goes out."""

    name: str
    port: int | None
    encrypted: Any
    key_bits: Any
    weakest: Any
    versions: Any


class Unreadable(ValueError):
    """The configuration is none that nginx's own grammar allows."""


@dataclass
class Scope:
    """One block; `unread` says that it includes a file that nobody can see."""

    above: Scope | None = None
    own: dict[str, list[list[str]]] = field(default_factory=dict)
    unread: bool = False

    def get(self, directive: str) -> list[list[str]]:
        """The arguments of each time that a directive is given, on the nearest level that gives it."""
        if directive in self.own or self.above is None:
            return self.own.get(directive, [])
        return self.above.get(directive)

    def word(self, directive: str) -> str | None:
        """All arguments of a directive as one text; None where it is not given."""
        given = self.get(directive)
        return " ".join(given[-1]) if given else None

    @property
    def doubtful(self) -> bool:
        """Whether a directive that is not given here may yet be given."""
        return self.unread or (self.above is not None and self.above.doubtful)


@dataclass
class Site:
    """Everything that nginx is told, by kind of block."""

    servers: list[tuple[Scope, str]] = field(default_factory=list)  # with `http` or `stream`
    locations: list[Scope] = field(default_factory=list)
    upstreams: dict[str, list[str]] = field(default_factory=dict)
    scopes: list[Scope] = field(default_factory=list)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[Mapping[str, Any], ...]:
    with TemporaryDirectory() as folder:  # crossplane reads files only
        path = Path(folder, "nginx.conf")
        path.write_text(text)
        read = crossplane.parse(str(path), single=True, check_ctx=False, check_args=False)
    if read["status"] != "ok":
        first = read["errors"][0]
        raise Unreadable(f"{first['error'].partition(' in /')[0]} on line {first['line']}")
    return tuple(read["config"][0]["parsed"])


def site(document: Document) -> Site | None:
    """The whole configuration; None where the document writes none. Raises Unreadable."""
    found = Site()
    main = document.files.get(_MAIN)
    if main is not None:
        _read(document, found, _statements(main), Scope(), "")
        return found
    http = Scope(unread=True)  # of the package's own nginx.conf
    sites = list(document.matching(*_SITES))
    for _, text in sites:
        _read(document, found, _statements(text), http, "http")
    return found if sites else None


def _statements(text: Any) -> Iterable[Mapping[str, Any]]:
    if not isinstance(text, str):
        raise Unreadable("a file of it is fetched from elsewhere")
    return _parsed(text)


def _read(document: Document, site: Site, statements: Iterable[Mapping[str, Any]], scope: Scope, kind: str) -> None:
    site.scopes.append(scope)
    for statement in _flat(document, statements, scope):
        name, args = statement["directive"], statement["args"]
        if "block" not in statement:
            scope.own.setdefault(name, []).append(args)
            continue
        inner = Scope(scope)
        if name == "upstream":
            given = [item["args"][0] for item in statement["block"] if item["directive"] == "server" and item["args"]]
            site.upstreams[args[0] if args else ""] = given
            continue
        if name == "server":
            site.servers.append((inner, kind))
        elif name in ("location", "if"):
            site.locations.append(inner)
        _read(document, site, statement["block"], inner, name if name in ("http", "stream") else kind)


def _flat(document: Document, statements: Iterable[Mapping[str, Any]], scope: Scope) -> Iterator[Mapping[str, Any]]:
    """Statements, with those of included files in their place."""
    for statement in statements:
        if statement["directive"] != "include" or not statement["args"]:
            yield statement
            continue
        pattern = statement["args"][0]
        pattern = pattern if pattern.startswith("/") else f"/etc/nginx/{pattern}"
        texts = [text for path, text in document.matching(pattern)]
        if not texts and not any(fnmatchcase(pattern, harmless) for harmless in _HARMLESS):
            scope.unread = True
        for text in texts:
            yield from _flat(document, _statements(text), scope)


def services(site: Site) -> Iterator[Service]:
    """Each end of a leg that does not stay on the host."""
    seen: set[Service] = set()
    for server, kind in site.servers:
        for args in server.own.get("listen", [["80"]] if kind == "http" else []):
            port = _port(args[0])
            if port is not None:
                seen.add(_listens(server, kind, port, {"ssl", "quic"} & set(args)))
    for scope in (*(server for server, _ in site.servers), *site.locations):
        for directive, prefix in _PASSES.items():
            for args in scope.own.get(directive, []):
                seen.update(_goes_out(site, scope, prefix, args[0] if args else ""))
    yield from sorted(seen, key=lambda each: (each.name, str(each.key_bits)))


def _listens(server: Scope, kind: str, port: int, encrypted: set[str]) -> Service:
    name = f"to nginx on port {port}"
    if encrypted or server.word("ssl") == "on":
        versions = frozenset({"TLSv1.3"}) if encrypted == {"quic"} else _versions(server, "ssl_protocols")
        return Service(name, port, True, *_strength(server, versions, "ssl_ciphers", "ssl_conf_command"), versions)
    if kind == "stream":  # it hands on what it does not open
        return Service(name, port, _ELSEWHERE, *UNSAID, _ELSEWHERE)
    return Service(name, port, False, *PLAIN, frozenset())


def _versions(scope: Scope, directive: str) -> Any:
    given = scope.word(directive)
    if given is None:
        return _ELSEWHERE if scope.doubtful else _BY_VERSION
    return frozenset(given.split())


def _strength(scope: Scope, versions: Any, ciphers: str, command: str) -> Strength:
    commands = {args[0].lower(): args[1] for args in scope.get(command) if len(args) == 2}
    if commands.keys() & {"protocol", "minprotocol", "maxprotocol", "cipherstring"}:
        return UNSAID  # OpenSSL is told beside nginx's own directives
    chosen = scope.word(ciphers)
    if scope.doubtful and (chosen is None or "ciphersuites" not in commands):
        tls13 = suites.of_tls13(commands["ciphersuites"]) if "ciphersuites" in commands else UNSAID
        return suites.of_versions(versions, suites.before_tls13(chosen) if chosen else UNSAID, tls13)
    # nginx's default is HIGH:!aNULL:!MD5 (ngx_http_ssl_module), of proxies DEFAULT: both with AES-128.
    before = suites.before_tls13("HIGH" if chosen is None else chosen)
    return suites.of_versions(versions, before, suites.of_tls13(commands.get("ciphersuites")))


def _goes_out(site: Site, scope: Scope, prefix: str, target: str) -> Iterator[Service]:
    address = urlsplit(target if "://" in target else f"//{target}")
    encrypted = address.scheme in ("https", "grpcs", "suwsgi")
    try:
        host = address.hostname or ""
    except ValueError:
        host = ""
    if address.scheme == "unix" or target.startswith(("unix:", "http://unix:")):
        return
    servers = site.upstreams.get(host, [host])
    outside = [server for server in servers if not _local(server)]
    if not outside:
        return
    name = f"nginx to {host or target}"
    if encrypted:
        versions = _versions(scope, f"{prefix}_ssl_protocols")
        strength = _strength(scope, versions, f"{prefix}_ssl_ciphers", f"{prefix}_ssl_conf_command")
        yield Service(name, None, True, *strength, versions)
    elif "$" in target:
        yield Service(name, None, _ELSEWHERE, *UNSAID, _ELSEWHERE)
    else:
        yield Service(name, None, False, *PLAIN, frozenset())


def _local(server: str) -> bool:
    """Whether an upstream's server is the host itself."""
    if server.startswith("unix:") or server == "":
        return server != ""
    host = urlsplit(f"//{server}").hostname or ""
    return _loopback(host)


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(listen: str) -> int | None:
    """The port of a `listen` that others can reach; None on the loopback interface or a socket of the machine."""
    if listen.startswith("unix:"):
        return None
    if listen.isdigit():
        return int(listen)
    try:
        address = urlsplit(f"//{listen}")
        port = address.port
    except ValueError:
        return None
    return None if _loopback(address.hostname or "") else port or 80


def file_logs(site: Site) -> bool:
    """Whether it writes a log of its own, beside the journal. By default it does."""
    for directive, off in (("access_log", "off"), ("error_log", "/dev/null")):
        given = [args[0] for scope in site.scopes for args in scope.own.get(directive, []) if args]
        if not given or any(not target.startswith(("syslog:", "stderr", off)) for target in given):
            return True
    return False


def certificates(site: Site) -> frozenset[str]:
    """The files of the certificates that it serves with."""
    return frozenset(
        args[0] for scope in site.scopes for args in scope.own.get("ssl_certificate", []) if args and "$" not in args[0]
    )
