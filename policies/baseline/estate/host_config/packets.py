"""nftables: whether the machine's own packet filter drops what nobody allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from baseline.estate.host_config.document import Document
from baseline.graph import not_observable_because

_RULES = "/etc/nftables.conf"
_TOKEN = re.compile(r'#[^\n]*|"[^"]*"|[{};\n]|[^\s{};"]+')
_BY_COMMAND = not_observable_because("may be changed by a command of the user data")
_ALL = frozenset({"ip", "ip6"})


def default_drop(document: Document) -> Any:
    """Whether what comes in is dropped by default, for IPv4 and IPv6; None where the document does not say."""
    text = document.files.get(_RULES)
    if text is None or not document.enables("nftables.service"):
        return None
    if not isinstance(text, str) or "include" in text.split() or document.changed_by_command(_RULES, "nft "):
        return _BY_COMMAND
    dropped: set[str] = set()
    for family, statements in _input_chains(text):
        # A verdict without a condition, before the policy, is the true default.
        if ["policy", "drop"] in statements and ["accept"] not in statements:
            dropped |= _ALL if family == "inet" else {family}
    return dropped >= _ALL


def _input_chains(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Each base chain at the input hook: its family, and its statements as words."""
    family, depth, base = "", 0, False
    words: list[str] = []
    statements: list[list[str]] = []
    for part in _TOKEN.findall(text):
        if part == "{":
            depth += 1
            if depth == 1:
                family = words[1] if len(words) > 2 else "ip"
            if depth <= 2:
                words, statements, base = [], [], False
        elif part == "}":
            depth -= 1
            if depth == 1 and base:
                yield family, statements
        elif part in (";", "\n"):
            base = base or ("hook" in words and "input" in words)
            statements = [*statements, words] if words else statements
            words = []
        elif not part.startswith("#"):
            words = [*words, part]
