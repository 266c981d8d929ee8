"""sshd: who may log in, and by what. Of each keyword the first value that it reads holds, but a Match may override."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate.host_config.document import Document
from baseline.graph import not_observable_because

_MAIN = "/etc/ssh/sshd_config"
_DROP_INS = "/etc/ssh/sshd_config.d/*.conf"
_CLOUD_INIT = "/etc/ssh/sshd_config.d/50-cloud-init.conf"
_BY_COMMAND = not_observable_because("may be changed by a command of the user data")
_PASSWORDS = ("password", "keyboard-interactive")


class Settings:
    """The values of each keyword in the order in which sshd reads them, and those inside any Match."""

    def __init__(self, document: Document) -> None:
        self.first: dict[str, str] = {}
        self.matched: list[tuple[str, str]] = []
        self.whole = isinstance(document.files.get(_MAIN), str)
        for text in _texts(document):
            self._read(text)

    def _read(self, text: str) -> None:
        inside = False
        for line in text.splitlines():
            words = line.replace("=", " ", 1).split()
            if not words or words[0].startswith("#"):
                continue
            keyword, value = words[0].lower(), " ".join(words[1:]).strip('"').lower()
            if keyword == "match":
                inside = True
            elif inside:
                self.matched.append((keyword, value))
            else:
                self.first.setdefault(keyword, value)

    def ever(self, keyword: str, *values: str) -> bool:
        """Whether some Match gives a keyword one of these values."""
        return any(key == keyword and value in values for key, value in self.matched)


def _texts(document: Document) -> Iterator[str]:
    """Debian's and Ubuntu's main file includes the drop-ins before all else; one of the document may do so anywhere."""
    files = {path: text for path, text in document.matching(_DROP_INS) if isinstance(text, str)}
    switch = document.settings.get("ssh_pwauth")
    if isinstance(switch, bool) or str(switch).lower() in ("yes", "no", "true", "false"):
        on = switch is True or str(switch).lower() in ("yes", "true")
        files.setdefault(_CLOUD_INIT, f"PasswordAuthentication {'yes' if on else 'no'}\n")
    main = document.files.get(_MAIN)
    if not isinstance(main, str):
        yield from (files[path] for path in sorted(files))
        return
    before, found, after = _split(main)
    yield before
    if found:
        yield from (files[path] for path in sorted(files))
    yield after


def _split(main: str) -> tuple[str, bool, str]:
    """A main file around the line that includes the drop-ins."""
    lines = main.splitlines()
    for index, line in enumerate(lines):
        words = line.split()
        if len(words) > 1 and words[0].lower() == "include" and "sshd_config.d" in words[1]:
            return "\n".join(lines[:index]), True, "\n".join(lines[index + 1 :])
    return main, False, ""


def password_login(document: Document) -> Any:
    """Whether anyone may log in by password; None where the document does not say."""
    if document.changed_by_command("/etc/ssh"):
        return _BY_COMMAND
    said = Settings(document)
    if said.ever("passwordauthentication", "yes") or said.ever("kbdinteractiveauthentication", "yes"):
        return True
    methods = said.first.get("authenticationmethods", "any")
    if methods != "any":
        return any(set(way.split(",")) <= set(_PASSWORDS) for way in methods.replace(":pam", "").split())
    keyboard = said.first.get("kbdinteractiveauthentication", said.first.get("challengeresponseauthentication"))
    if said.first.get("passwordauthentication") == "yes" or keyboard == "yes":
        return True
    if said.first.get("passwordauthentication") != "no":
        return None
    # The distributions' own files switch the keyboard off; OpenSSH, left alone with PAM, does not.
    return keyboard is None and said.whole and said.first.get("usepam") == "yes"


def root_login(document: Document) -> Any:
    """Whether root may log in by any means; None where the document does not say."""
    if document.changed_by_command("/etc/ssh"):
        return _BY_COMMAND
    said = Settings(document)
    if said.ever("permitrootlogin", "yes", "prohibit-password", "without-password", "forced-commands-only"):
        return True
    if "permitrootlogin" in said.first:
        return said.first["permitrootlogin"] != "no"
    return True if document.settings.get("disable_root") is False else None
