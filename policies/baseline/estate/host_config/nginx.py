"""nginx: on which ports a host serves, and by which suites and versions, on each leg that begins or ends there.

Directives hold as nginx inherits them: a level that has its own replaces what it would have got from above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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

_DEFAULT = ("/etc/nginx/sites-enabled/default", "/etc/nginx/sites-available/default")
_DEFAULT_SITE = "server { listen 80 default_server; listen [::]:80 default_server; }"
"""What Debian's package serves until somebody takes it away (others have it in their nginx.conf). Source: Debian 12,
nginx-common, /etc/nginx/sites-available/default."""
_PACKAGES = frozenset({"nginx", "nginx-core", "nginx-extras", "nginx-full", "nginx-light"})
_REMOVES = re.compile(rf"\s*(?:sudo\s+)?(?:rm|unlink)(?:\s+-\w+)*(?:\s+(?:{'|'.join(_DEFAULT)}))+\s*")

_BY_VERSION = not_observable_because("is not declared, and nginx's own choice differs from version to version")
_ELSEWHERE = not_observable_because("may be set in a file that the document does not hold")
_PASSED_ON = not_observable_because("is not known: nginx hands on what it does not open")
_BY_OPENSSL = not_observable_because("is not known: OpenSSL is told beside nginx's own directives")
_OPENSSL_VERSIONS = frozenset({"protocol", "minprotocol", "maxprotocol", "options"})
_PASSES = {
    "proxy_pass": "proxy",
    "grpc_pass": "grpc",
    "uwsgi_pass": "uwsgi",
    **dict.fromkeys(("fastcgi_pass", "memcached_pass", "scgi_pass"), ""),
}


_PORTS = re.compile(r"(?:(.*):)?(\d{1,5})(?:-(\d{1,5}))?")


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
    sites = [_statements(text) for _, text in document.matching(*_SITES)]
    sites += [default] if (default := _default_site(document)) else []
    for statements in sites:
        _read(document, found, statements, http, "http")
    return found if sites else None


def _default_site(document: Document) -> tuple[Mapping[str, Any], ...]:
    """The site of the package, where it is installed and nothing stands in its place or takes it away."""
    live = (
        not _PACKAGES.isdisjoint(document.packages)
        and document.files.keys().isdisjoint(_DEFAULT)
        and not any(map(_REMOVES.fullmatch, document.commands))
        and document.enables("nginx.service", packaged=True) is not False
    )
    return _parsed(_DEFAULT_SITE) if live else ()


def changed(document: Document) -> bool:
    """Whether a command may make another configuration of what the document says; to take the default away is none."""
    kept = tuple(command for command in document.commands if not _REMOVES.fullmatch(command))
    return replace(document, commands=kept).changed_by_command("/etc/nginx")


def _statements(text: Any) -> Iterable[Mapping[str, Any]]:
    if not isinstance(text, str):
        raise Unreadable("a file of it is fetched from elsewhere")
    return _parsed(text)


def _read(
    document: Document,
    site: Site,
    statements: Iterable[Mapping[str, Any]],
    scope: Scope,
    kind: str,
    within: tuple[str, ...] = (_MAIN,),
) -> None:
    site.scopes.append(scope)
    for statement, files in _flat(document, statements, scope, within):
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
        _read(document, site, statement["block"], inner, name if name in ("http", "stream") else kind, files)


def _flat(
    document: Document, statements: Iterable[Mapping[str, Any]], scope: Scope, within: tuple[str, ...]
) -> Iterator[tuple[Mapping[str, Any], tuple[str, ...]]]:
    """Statements, with those of included files in their place, each with the files that it stands in."""
    for statement in statements:
        if statement["directive"] != "include" or not statement["args"]:
            yield statement, within
            continue
        pattern = statement["args"][0]
        pattern = pattern if pattern.startswith("/") else f"/etc/nginx/{pattern}"
        found = list(document.matching(pattern))
        if not found and not any(fnmatchcase(pattern, harmless) for harmless in _HARMLESS):
            scope.unread = True
        for path, text in found:
            if path in within:
                raise Unreadable(f"{path} includes itself")
            yield from _flat(document, _statements(text), scope, (*within, path))
        if fnmatchcase(_DEFAULT[0], pattern):
            yield from ((default, within) for default in _default_site(document))


def services(site: Site) -> Iterator[Service]:
    """Each end of a leg that does not stay on the host."""
    seen: set[Service] = set()
    for server, kind in site.servers:
        for args in server.own.get("listen", [["80"]] if kind == "http" else []):
            for port in _ports(args[0]):
                seen.add(_listens(server, kind, port, {"ssl", "quic"} & set(args)))
    for scope, kind in (*site.servers, *((location, "http") for location in site.locations)):
        for directive, prefix in _PASSES.items():
            for args in scope.own.get(directive, []):
                if kind != "stream" or _opens(scope):
                    seen.update(_goes_out(site, scope, prefix, args[0] if args else "", kind))
    yield from sorted(seen, key=lambda each: (each.name, str(each.key_bits)))


def _listens(server: Scope, kind: str, port: int, encrypted: set[str]) -> Service:
    name = f"to nginx on port {port}"
    if encrypted or server.word("ssl") == "on":
        quic = encrypted == {"quic"}
        versions = frozenset({"TLSv1.3"}) if quic else _versions(server, "ssl_protocols", "ssl_conf_command")
        return Service(name, port, True, *_strength(server, versions, "ssl_ciphers", "ssl_conf_command"), versions)
    if kind == "stream":
        return Service(name, port, _PASSED_ON, _PASSED_ON, _PASSED_ON, _PASSED_ON)
    return Service(name, port, False, *PLAIN, frozenset())


def _opens(server: Scope) -> bool:
    """Whether a server of a stream ends TLS or begins it; else the leg that comes in is the one that goes out."""
    return server.word("proxy_ssl") == "on" or any("ssl" in args for args in server.own.get("listen", []))


def _commands(scope: Scope, command: str) -> dict[str, str]:
    return {args[0].lower(): args[1] for args in scope.get(command) if len(args) == 2}


def _versions(scope: Scope, directive: str, command: str) -> Any:
    if not _OPENSSL_VERSIONS.isdisjoint(_commands(scope, command)):
        return _BY_OPENSSL  # they hold in place of the directive
    given = scope.word(directive)
    if given is None:
        return _ELSEWHERE if scope.doubtful else _BY_VERSION
    return frozenset(given.split())


def _strength(scope: Scope, versions: Any, ciphers: str, command: str) -> Strength:
    commands = _commands(scope, command)
    if commands.keys() & (_OPENSSL_VERSIONS - {"options"} | {"cipherstring"}):
        return Strength(_BY_OPENSSL, _BY_OPENSSL)
    chosen = scope.word(ciphers)
    if scope.doubtful and (chosen is None or "ciphersuites" not in commands):
        tls13 = suites.of_tls13(commands["ciphersuites"]) if "ciphersuites" in commands else UNSAID
        return suites.of_versions(versions, suites.before_tls13(chosen) if chosen else UNSAID, tls13)
    # nginx's default is HIGH:!aNULL:!MD5 (ngx_http_ssl_module), of proxies DEFAULT: both with AES-128.
    before = suites.before_tls13("HIGH" if chosen is None else chosen)
    return suites.of_versions(versions, before, suites.of_tls13(commands.get("ciphersuites")))


def _goes_out(site: Site, scope: Scope, prefix: str, target: str, kind: str) -> Iterator[Service]:
    address = urlsplit(target if "://" in target else f"//{target}")
    encrypted = address.scheme in ("https", "grpcs", "suwsgi")
    if kind == "stream":
        encrypted = scope.word("proxy_ssl") == "on"
    try:
        host = address.hostname or ""
    except ValueError:
        host = ""
    if address.scheme == "unix" or target.startswith(("unix:", "http://unix:")):
        return
    servers = site.upstreams.get(host) or [host]  # an upstream that names none here names them elsewhere
    outside = [server for server in servers if not _local(server)]
    if not outside:
        return
    name = f"nginx to {host or target}"
    if encrypted:
        command = f"{prefix}_ssl_conf_command"
        versions = _versions(scope, f"{prefix}_ssl_protocols", command)
        strength = _strength(scope, versions, f"{prefix}_ssl_ciphers", command)
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


def _ports(listen: str) -> Iterable[int]:
    """The ports of a `listen` that others can reach; none on the loopback interface or a socket of the machine."""
    if listen.startswith("unix:"):
        return ()
    match = _PORTS.fullmatch(listen)
    if match is None:  # an address alone is on port 80 (ngx_http_core_module, `listen`)
        return () if _loopback(listen.strip("[]")) else (80,)
    address, first, last = match.groups()
    return () if _loopback((address or "").strip("[]")) else range(int(first), int(last or first) + 1)


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
