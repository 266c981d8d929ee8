"""Whom a machine tells: the mail addresses behind root, by /etc/aliases, where an agent is there to carry mail out."""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.host_config.document import Document
from baseline.graph import not_observable_because

_ALIASES: Final = "/etc/aliases"

# Debian's packages that provide mail-transport-agent, as of Debian 12.
_AGENTS: Final = frozenset(
    {"citadel-server", "courier-mta", "dma", "esmtp-run", "exim4", "exim4-daemon-heavy", "exim4-daemon-light"}
    | {"masqmail", "msmtp-mta", "nullmailer", "opensmtpd", "postfix", "sendmail-bin", "ssmtp"}
)
_NO_AGENT: Final = not_observable_because(
    "is not observable: the user data installs no mail agent, so nothing shows that root's mail leaves the host"
)


def told(document: Document) -> Any:
    """The addresses that alerts really reach: `alerts_to`, as far as an agent is seen that sends mail."""
    addresses = alerts_to(document)
    return addresses if document.packages & _AGENTS or not addresses else _NO_AGENT


def alerts_to(document: Document) -> tuple[str, ...]:
    """Addresses that get root's mail, in order; none where the document names none."""
    text = document.files.get(_ALIASES)
    aliases: dict[str, list[str]] = {}
    for line in text.splitlines() if isinstance(text, str) else ():
        name, colon, targets = line.partition(":")
        if colon and not line.startswith("#"):
            aliases[name.strip().lower()] = [target.strip() for target in targets.split(",")]
    found, waiting, seen = [], ["root"], set()
    while waiting:
        name = waiting.pop(0)
        seen.add(name)
        for target in aliases.get(name, ()):
            if "@" in target:
                found.append(target)
            elif target.lower() not in seen:
                waiting.append(target.lower())
    return tuple(dict.fromkeys(found))
