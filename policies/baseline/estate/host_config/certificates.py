"""Certificates that a machine gets or makes by itself: their names, their keys, and whether anything renews them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from baseline.estate.host_config import nginx, postgresql, units
from baseline.estate.host_config.document import Document
from baseline.foreign import whole
from baseline.graph import NOT_OBSERVABLE, not_observable_because

_CLI = "/etc/letsencrypt/cli.ini"
_TIMER = "certbot.timer"
_RENEWED_BEFORE = timedelta(days=30)
_MOST_DAYS = 1_000_000
"""certbot renews once less than a third of 90 days is left. Source: certbot documentation, read 2026-11-23."""

_DEFAULT_CURVE, _DEFAULT_BITS = "secp256r1", "2048"
_NOT_SAID = not_observable_because("is not said: the certificate is laid on the machine by other means")


class Held(NamedTuple):
    """A certificate on a machine."""

    names: tuple[str, ...]
    key: Any
    renewed: Any


def certificates(document: Document, site: nginx.Site | None) -> Iterator[Held]:
    """certbot's, then what scripts make with openssl, then what a daemon serves and nobody says where it is from."""
    files = set(nginx.certificates(site)) if site is not None else set()
    said = postgresql.settings(document) or {}
    if said.get("ssl") in postgresql.ON and said.get("ssl_cert_file"):
        files.add(said["ssl_cert_file"])
    options = _certbot(document)
    if options is not None:
        yield _issued(document, options)
        files -= {file for file in files if "/letsencrypt/" in file or file.startswith(options.get("config-dir", "//"))}
    for folders, held in _made(document):
        files -= {file for file in files if file.rpartition("/")[0] in folders}
        yield held
    for _ in files:
        yield Held((), _NOT_SAID, _NOT_SAID)


def _certbot(document: Document) -> dict[str, str] | None:
    """certbot's options: its file, and the flags of a command; None where it is not used."""
    text = document.files.get(_CLI)
    options: dict[str, str] = {}
    for line in text.splitlines() if isinstance(text, str) else ():
        key, equals, value = line.partition("=")
        if equals and not key.lstrip().startswith("#"):
            options[key.strip()] = value.strip()
    commands = [command for command in document.commands if re.match(r"(?:\S*/)?certbot\s", command)]
    for command in commands:
        options |= _flags(command)
    return options if text is not None or commands else None


def _flags(command: str) -> dict[str, str]:
    try:
        words = shlex.split(command)
    except ValueError:
        return {}
    found: dict[str, str] = {}
    for index, word in enumerate(words):
        flag, equals, value = word.partition("=")
        value = value if equals else words[index + 1] if index + 1 < len(words) else ""
        if flag in ("-d", "--domain", "--domains"):
            found["domains"] = ",".join(filter(None, (found.get("domains"), value)))
        elif flag.startswith("--"):
            found[flag[2:]] = value
    return found


def _issued(document: Document, options: dict[str, str]) -> Held:
    if options.get("key-type", "ecdsa") == "rsa":
        key = f"RSA-{options.get('rsa-key-size', _DEFAULT_BITS)}"
    else:  # without a type, older versions make RSA keys of 2048 bits, and neither is long enough
        key = options.get("elliptic-curve", _DEFAULT_CURVE) if "key-type" in options else "RSA-2048"
    if "key-type" not in options and "elliptic-curve" in options:
        key = not_observable_because("depends on the version of certbot: `key-type` is not declared")
    names = tuple(name.strip() for name in options.get("domains", "").split(",") if name.strip())
    return Held(names, key, _renews(document, options))


def _renews(document: Document, options: dict[str, str]) -> Any:
    """The package's timer runs twice a day from its installation on, unless it is told otherwise."""
    switched = document.enables(_TIMER, packaged=True)
    if options.get("autorenew", "").lower() == "false" or "no-autorenew" in options or switched is False:
        return False
    if units.unit(document, _TIMER):
        return units.timer(document, _TIMER).gap <= _RENEWED_BEFORE / 2  # a gap may be for ever, which has no double
    return True if switched or "certbot" in document.packages else NOT_OBSERVABLE


_REQUEST = re.compile(r"\bopenssl\s+req\b(?P<flags>[^;|&\n]*)")
_CHECK = re.compile(r"-checkend\s+(\d+)")
_FOLDER = re.compile(r"^\s*cd\s+(\S+)", re.MULTILINE)


def _made(document: Document) -> Iterator[tuple[frozenset[str], Held]]:
    """What scripts make by `openssl req -x509`, in which folders, and whether a timer runs them in time."""
    timers = {text: timer.gap for timer in units.timers(document) for text in units.scripts(document, timer.starts)}
    for text in document.files.values():
        if not isinstance(text, str) or not text.startswith("#!"):
            continue
        joined = units.code(text)
        for request in _REQUEST.finditer(joined):
            words = request["flags"].split()
            if "-x509" not in words:
                continue
            gap, days = timers.get(joined), _after(words, "-days")
            said = whole(days or "30", _MOST_DAYS)
            lasts = timedelta(days=30 if said is None else said)  # openssl-req(1): 30 by default
            left = _CHECK.search(joined)
            # With a check it is renewed at a run that finds less than that left, else at every run.
            margin = timedelta(seconds=whole(left[1]) or 0) if left else lasts
            renewed = gap is not None and gap < min(margin, lasts)
            subject = re.search(r"/CN=([^/\s\"']+)", request["flags"])
            folders = {*_FOLDER.findall(joined), *(word.rpartition("/")[0] for word in words if word.startswith("/"))}
            yield frozenset(folders), Held((subject[1],) if subject else (), _made_key(words), renewed)


def _after(words: list[str], flag: str) -> str | None:
    return words[words.index(flag) + 1] if flag in words[:-1] else None


def _made_key(words: list[str]) -> Any:
    kind = (_after(words, "-newkey") or "rsa").lower()
    if kind.startswith("rsa"):
        return f"RSA-{kind.partition(':')[2] or _DEFAULT_BITS}"
    curve = next((word.partition(":")[2] for word in words if word.startswith("ec_paramgen_curve:")), "")
    return curve if kind == "ec" and curve else NOT_OBSERVABLE
