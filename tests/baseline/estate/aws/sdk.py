"""What pulumi-aws itself says of its types: every input of each, down to those of the innermost block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

_TOKEN: Final = re.compile(r"__init__\(\n\s+'(aws:[^']+)'")
_INPUT: Final = re.compile(r'@pulumi\.getter(?:\(name="(\w+)"\))?\n(?:    @.+\n)*    def (\w+)\(self\) -> (.+?):\n')
_CLASS: Final = re.compile(r"^class (\w+)Args:\n(.*?)(?=^@pulumi|^class |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK: Final = re.compile(r"'(?:\w+\.)?(\w+)Args'")
_SECRET: Final = re.compile(r"additional_secret_outputs=\[([^\]]*)\]")
_DEEPEST: Final = 8  # blocks that hold themselves end here

Inputs = Mapping[str, str]  # input -> the type that the SDK writes for it


@cache
def inputs() -> Mapping[str, frozenset[str]]:
    """Every type -> the dotted paths of all its inputs, without the numbers of lists."""
    found: dict[str, frozenset[str]] = {}
    for folder in sorted({path.parent for path in _source().rglob("*.py")}):
        blocks = _classes(folder / "_inputs.py")
        for path in folder.glob("*.py"):
            text = path.read_text()
            token = _TOKEN.search(text)
            if token is not None:
                (own, *_) = _CLASS.finditer(text)
                found[token[1]] = frozenset(_paths(_inputs(own[2]), blocks, "", ()))
    return found


@cache
def marked() -> Mapping[str, frozenset[str]]:
    """Every type -> the inputs at its top that the SDK itself marks as secrets."""
    found: dict[str, frozenset[str]] = {}
    for path in _source().rglob("*.py"):
        text = path.read_text()
        token, secret = _TOKEN.search(text), _SECRET.search(text)
        if token is not None and secret is not None:
            found[token[1]] = frozenset(re.findall(r"\w+", secret[1])) & inputs()[token[1]]
    return found


def _source() -> Path:
    spec = find_spec("pulumi_aws")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _classes(path: Path) -> Mapping[str, Inputs]:
    text = path.read_text() if path.exists() else ""
    return {item[1]: _inputs(item[2]) for item in _CLASS.finditer(text)}


def _inputs(body: str) -> Inputs:
    return {item[1] or item[2]: item[3] for item in _INPUT.finditer(body)}


def _paths(given: Inputs, blocks: Mapping[str, Inputs], at: str, above: tuple[str, ...]) -> Iterator[str]:
    for name, type_ in given.items():
        yield at + name
        for block in _BLOCK.findall(type_):
            if block in blocks and block not in above and len(above) < _DEEPEST:
                yield from _paths(blocks[block], blocks, f"{at}{name}.", (*above, block))
