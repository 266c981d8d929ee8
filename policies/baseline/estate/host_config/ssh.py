"""sshd: who may log in, and by what. Of each keyword the first value that it reads holds, but a Match may override."""

from __future__ import annotations

import re
import shlex
from fnmatch import fnmatchcase
from typing import Any

from baseline.estate.host_config.document import Document
from baseline.graph import not_observable_because

_MAIN = "/etc/ssh/sshd_config"
_DROP_INS = "/etc/ssh/sshd_config.d/*.conf"
_CLOUD_INIT = "/etc/ssh/sshd_config.d/50-cloud-init.conf"
_BY_COMMAND = not_observable_because("may be changed by a command of the user data")
_BY_OPTIONS = not_observable_because("may be changed by the options with which sshd is started")
_ELSEWHERE = not_observable_because("may be set in a file that sshd includes and the document does not hold")
_STARTERS = ("/etc/default/ssh", "/etc/systemd/system/", "/etc/sysconfig/sshd")
_OPTIONS = re.compile(r"^\s*(?:SSHD_OPTS|OPTIONS)=[\"']?\S|^Exec\w+=.*\bsshd\b", re.MULTILINE)
_DEEPEST = 16
"""How far files may include each other. Source: servconf.c of OpenSSH, SERVCONF_MAX_DEPTH, read 2026-11-23."""
_PASSWORDS = ("password", "keyboard-interactive")


class Settings:
    """The values of each keyword in the order in which sshd reads them, and those inside any Match."""

    def __init__(self, document: Document) -> None:
        self.first: dict[str, str] = {}
        self.matched: list[tuple[str, str]] = []
        self.whole = isinstance(document.files.get(_MAIN), str)
        self.unread = False  # it includes what nobody can see
        self._document = document
        self._inside = False
        self._files = _files(document)
        # Debian's and Ubuntu's main file includes the drop-ins before all else.
        self._read(self._files.get(_MAIN, f"Include {_DROP_INS}"), 0)

    def _read(self, text: Any, depth: int) -> None:
        if not isinstance(text, str) or depth > _DEEPEST:
            self.unread = True
            return
        for line in text.splitlines():
            try:
                words = shlex.split(line.replace("=", " ", 1), comments=True)
            except ValueError:
                words = line.split()
            if not words:
                continue
            keyword, value = words[0].lower(), " ".join(words[1:]).lower()
            if keyword == "include":
                self._include(words[1:], depth)
            elif keyword == "match":
                self._inside = True
            elif self._inside:
                self.matched.append((keyword, value))
            else:
                self.first.setdefault(keyword, value)

    def _include(self, patterns: list[str], depth: int) -> None:
        inside = self._inside
        for pattern in patterns:
            path = pattern if pattern.startswith("/") else f"/etc/ssh/{pattern}"
            found = [name for name in sorted(self._files) if _meets(name, path)]
            self.unread = self.unread or (not found and path != _DROP_INS)
            for name in found:
                self._read(self._files[name], depth + 1)
                self._inside = inside  # a Match ends with its file

    def ever(self, keyword: str, *values: str) -> bool:
        """Whether some Match gives a keyword one of these values."""
        return any(key == keyword and value in values for key, value in self.matched)

    def ways(self) -> list[str]:
        """Every AuthenticationMethods that may hold for someone."""
        own = [value for key, value in self.matched if key == "authenticationmethods"]
        return [self.first.get("authenticationmethods", "any"), *own]


def _meets(path: str, pattern: str) -> bool:
    return path.count("/") == pattern.count("/") and fnmatchcase(path, pattern)


def _files(document: Document) -> dict[str, Any]:
    """The files of the document, with the one that cloud-init makes of its own switch."""
    switch = str(document.settings.get("ssh_pwauth")).lower()
    made = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}.get(switch)
    files = {path: text for path, text in document.files.items() if path.startswith("/etc/ssh/")}
    return files if made is None else {_CLOUD_INIT: f"PasswordAuthentication {made}\n"} | files


def _doubt(document: Document, said: Settings) -> Any:
    """Why the files do not decide; None where they do."""
    if document.changed_by_command("/etc/ssh"):
        return _BY_COMMAND
    started = (text for path, text in document.files.items() if path.startswith(_STARTERS) and isinstance(text, str))
    if any(_OPTIONS.search(text) for text in started):
        return _BY_OPTIONS
    return _ELSEWHERE if said.unread else None


def password_login(document: Document) -> Any:
    """Whether anyone may log in by password; None where the document does not say."""
    said = Settings(document)
    if (doubt := _doubt(document, said)) is not None:
        return doubt
    if said.ever("passwordauthentication", "yes") or said.ever("kbdinteractiveauthentication", "yes"):
        return True
    ways = said.ways()
    if any(map(_by_password, ways)):
        return True
    if "any" not in ways:
        return False  # each way begins with a key, whatever else is on
    keyboard = said.first.get("kbdinteractiveauthentication", said.first.get("challengeresponseauthentication"))
    if said.first.get("passwordauthentication") == "yes" or keyboard == "yes":
        return True
    if said.first.get("passwordauthentication") != "no":
        return None
    # The distributions' own files switch the keyboard off; OpenSSH, left alone with PAM, does not.
    return keyboard is None and said.whole and said.first.get("usepam") == "yes"


def _by_password(methods: str) -> bool:
    return any(set(way.split(",")) <= set(_PASSWORDS) for way in methods.replace(":pam", "").split())


def root_login(document: Document) -> Any:
    """Whether root may log in by any means; None where the document does not say."""
    said = Settings(document)
    if (doubt := _doubt(document, said)) is not None:
        return doubt
    if said.ever("permitrootlogin", "yes", "prohibit-password", "without-password", "forced-commands-only"):
        return True
    if "permitrootlogin" in said.first:
        return said.first["permitrootlogin"] != "no"
    return True if document.settings.get("disable_root") is False else None
