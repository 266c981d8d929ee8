"""Whom a machine tells: the mail addresses behind root, by /etc/aliases."""

from __future__ import annotations

from baseline.estate.host_config.document import Document

_ALIASES = "/etc/aliases"


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
