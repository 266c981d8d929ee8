"""Which resource a value means when it is a reference, a physical name or an ARN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.graph import Resource


class Named:
    """Resources of some types by reference and by the name that an input gives them.

    A program that passes `bucket.bucket` passes a plain text wherever the name is declared, so both are looked up.
    """

    def __init__(self, builder: Builder, types: Sequence[str], *name_inputs: str) -> None:
        self.builder = builder
        self.types = tuple(types)
        self.by_name: dict[str, Resource] = {}
        for resource in builder.peek(*types):
            for name_input in name_inputs:
                name = resource.inputs.get(name_input)
                if isinstance(name, str):
                    self.by_name.setdefault(name, resource)

    def any(self, value: Any) -> list[Resource]:
        """Every resource that could be meant."""
        if isinstance(value, str):
            found = self.by_name.get(value) or self.by_name.get(_last(value))
            return [found] if found else []
        return self.builder.referred(value, *self.types)

    def one(self, value: Any) -> Resource | None:
        """The resource that is certainly meant."""
        found = self.any(value)
        return found[0] if len(found) == 1 else None


def _last(text: str) -> str:
    """The name at the end of an ARN or URL."""
    return text.rpartition("/")[2].rpartition(":")[2]


def region_in(arn: Any) -> Any:
    """The region that stands in an ARN; UNKNOWN where the text is none or names none."""
    if arn is None or undecided(arn):
        return UNKNOWN if arn is None else arn
    parts = str(arn).split(":", 5)
    return parts[3] if len(parts) == 6 and parts[0] == "arn" and parts[3] else UNKNOWN
