"""Which provider SDKs a project uses: named in its sources, imported once before the processes of its stacks start."""

from __future__ import annotations

import contextlib
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from baseline.sources.project import own_files

_IMPORT = re.compile(r"^\s*(?:from\s+(pulumi_\w+(?:\.\w+)*)\s+import\s+([\w, ]+)|import\s+(pulumi_\w+))", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\b(aws|pulumi_aws)\.(\w+)\.")


def warm(folder: Path) -> None:
    """Imports Pulumi's SDK and the provider modules that the Python files below a folder name. Never the files."""
    with contextlib.suppress(ImportError):
        importlib.import_module("pulumi.runtime.stack")
    for name in sorted(set(_modules(folder))):
        with contextlib.suppress(ImportError):  # the program itself will say what is missing
            importlib.import_module(name)


def _modules(folder: Path) -> Iterator[str]:
    for path in own_files(folder):
        if path.suffix != ".py":
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for match in _IMPORT.finditer(text):
            package = match[1] or match[3]
            yield package
            names = (part.split(" as ")[0].strip() for part in (match[2] or "").split(","))
            yield from (f"{package}.{name}" for name in names if name.isidentifier())
        if "pulumi_aws" in text:
            yield from (f"pulumi_aws.{match[2]}" for match in _ATTRIBUTE.finditer(text))
