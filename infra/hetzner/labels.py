"""Labels that every resource carries which can carry any."""

from __future__ import annotations

import re

_LABEL = re.compile(r"[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?")


def labels(environment: str, **more: str) -> dict[str, str]:
    """`environment=` and what else is said of a resource; ValueError for what Hetzner takes for no label."""
    said = {"environment": environment, **more}
    wrong = [f"{key}={value!r}" for key, value in said.items() if not _LABEL.fullmatch(value)]
    if wrong:
        raise ValueError(f"labels {', '.join(wrong)}: wanted up to 63 letters, digits and . _ - inside")
    return said
