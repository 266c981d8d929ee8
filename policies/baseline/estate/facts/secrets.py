"""The inputs that hold secrets, by the names of providers and programs, and those that hold whole documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from baseline.estate.facts.secret_inputs import (
    DOCUMENTS,
    DOCUMENTS_OF,
    KEPT_ELSEWHERE,
    MAPPINGS,
    PAIRS,
    SECRET_HEADERS,
    SECRET_INPUTS,
)
from baseline.graph import ARCHIVE, ASSET, NOT_OBSERVABLE, WRITTEN_OUT, Ref, Resource, Undecidable

_ENDINGS: Final = ("passphrase", "passwd", "password", "passwords", "secret", "token")
_ABBREVIATED: Final = frozenset({"pass", "pwd"})  # which alone are a ticket and a folder
_KEYS: Final = tuple(
    f"{kind} key"
    for kind in (
        *("access", "account", "api", "auth", "encryption", "master", "preshared", "private", "secret", "shared"),
        "signing",
    )
)
_LAST_TWO_WORDS: Final = frozenset(
    {*_KEYS, *(f"secret {kind}" for kind in ("access", "binary", "string")), "access secret", "auth string"}
)
_LAST_WORDS: Final = frozenset(kind.replace(" ", "") for kind in _KEYS)
_LAST_THREE_WORDS: Final = frozenset({"secret access key", "pre shared key", "material base 64"})
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@lru_cache(maxsize=4096)
def names_a_secret(key: str) -> bool:
    """Whether an input or variable of this name holds a secret: judged by its last words (`dbPassword`, `API_KEY`)."""
    words = [word.lower() for word in _WORDS.findall(key.removesuffix("Wo"))]  # what Terraform only ever writes
    return bool(words) and (
        words[-1].endswith(_ENDINGS)
        or words[-1] in _LAST_WORDS
        or " ".join(words[-2:]) in _LAST_TWO_WORDS
        or " ".join(words[-3:]) in _LAST_THREE_WORDS
        or (len(words) > 1 and words[-1] in _ABBREVIATED)
    )


def secret_inputs(resource: Resource) -> Iterator[tuple[str, Any]]:
    """(path, value) of every input that is there to hold a secret."""
    for path in SECRET_INPUTS.get(resource.type, ()):
        if not names_a_secret(path.rpartition(".")[2]):
            yield from _through(resource.inputs, path)
    for mapping in MAPPINGS.get(resource.type, ()):
        yield from ((at, value) for at, value in _through(resource.inputs, mapping) if isinstance(value, _NOBODY_KNOWS))
    for pairs in PAIRS.get(resource.type, ()):
        yield from _paired(resource, *pairs)
    if resource.type == "aws:ssm/parameter:Parameter":
        yield from _parameter(resource)
    yield from named(resource.inputs)


def documents(resource: Resource) -> Iterator[tuple[str, Any]]:
    """(path, value) of every input that holds a whole document."""
    yield from ((path, resource.inputs[path]) for path in sorted(DOCUMENTS & resource.inputs.keys()))
    for path in DOCUMENTS_OF.get(resource.type, ()):
        yield from _through(resource.inputs, path)


def files(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """(path, text) of every file among some inputs; NOT_OBSERVABLE where an input only says where it lies."""
    if type(value) is list:
        for index, item in enumerate(value):
            if type(item) in _NESTED:
                yield from files(item, f"{at}.{index}" if at else str(index))
    elif len(value) == 1 and (ASSET in value or ARCHIVE in value):
        (said,) = value.values()
        yield from _file(at, said)
    else:
        for key, item in value.items():
            if type(item) in _NESTED:
                yield from files(item, f"{at}.{key}" if at else key)


def _file(at: str, said: Any) -> Iterator[tuple[str, Any]]:
    text, parts = (said.get("text"), said.get("assets")) if type(said) is dict else (said, None)
    if isinstance(text, _READ):
        yield at, text
    elif type(parts) is dict:
        yield from files(parts, at)
    else:
        yield at, parts if isinstance(parts, _NOBODY_KNOWS) else NOT_OBSERVABLE


def variables(resource: Resource) -> Iterator[tuple[str, str]]:
    """(path, value) of each variable in plain text whose name does not say that it is a secret."""
    for mapping in MAPPINGS.get(resource.type, ()):
        for at, values in _through(resource.inputs, mapping):
            if isinstance(values, dict):
                for key, value in values.items():
                    if isinstance(value, str) and not names_a_secret(key):
                        yield f"{at}.{key}", value
    for path, key, value in PAIRS.get(resource.type, ()):
        for at, block in _through(resource.inputs, path):
            if isinstance(block, dict) and isinstance(said := block.get(value), str):
                name = block.get(key)
                if isinstance(name, str) and not names_a_secret(name) and name.lower() not in SECRET_HEADERS:
                    yield f"{at}.{value}", said


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, text) of every plain text in a value that is long enough to hold a secret."""
    kind = type(value)
    if kind is str:
        if len(value) >= _SHORTEST:
            yield path, value
    elif kind is dict:
        for key, item in value.items():
            if type(item) in _HOLDS_TEXT:
                yield from texts(item, f"{path}.{key}" if path else key)
    elif kind in _LISTS:
        for index, item in enumerate(value):
            if type(item) in _HOLDS_TEXT:
                yield from texts(item, f"{path}.{index}" if path else str(index))


_SHORTEST: Final = 12  # `a://b:cdef@h`
_LISTS: Final = frozenset({list, tuple})
_HOLDS_TEXT: Final = frozenset({str, dict, list, tuple})


def _paired(resource: Resource, path: str, key: str, value: str) -> Iterator[tuple[str, Any]]:
    """The values whose names say that they are secrets; a name or block that nobody knows may say it."""
    for at, block in _through(resource.inputs, path):
        if isinstance(block, _NOBODY_KNOWS):
            yield at, block
        elif isinstance(block, dict) and block.get(value) is not None and block.get("type") not in KEPT_ELSEWHERE:
            name, kind = block.get(key), block.get("type")
            if isinstance(name, str) and (names_a_secret(name) or name.lower() in SECRET_HEADERS):
                yield f"{at}.{value}", kind if isinstance(kind, _NOBODY_KNOWS) else block[value]
            elif isinstance(name, _NOBODY_KNOWS):
                yield f"{at}.{value}", name


def _through(value: Any, path: str, at: str = "") -> Iterator[tuple[str, Any]]:
    """Each value at a dotted path; lists are entered, and what is undecided on the way stands for all behind it."""
    if isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _through(item, path, f"{at}.{index}" if at else str(index))
    elif value is not None and (not path or isinstance(value, _NOBODY_KNOWS)):
        yield at, value
    elif isinstance(value, dict):
        step, _, rest = path.partition(".")
        yield from _through(value.get(step), rest, f"{at}.{step}" if at else step)


_NOBODY_KNOWS: Final = (Undecidable, Ref)
_READ: Final = (str, Undecidable, Ref)


def _parameter(resource: Resource) -> Iterator[tuple[str, Any]]:
    name = resource.inputs.get("name")
    told = isinstance(name, str) and names_a_secret(name.rpartition("/")[2])
    kind = resource.inputs.get("type")
    doubtful = isinstance(kind, Undecidable | Ref)
    if told or doubtful or kind == "SecureString":
        for path in ("value", "valueWo", "insecureValue"):
            if (value := resource.inputs.get(path)) is not None:
                # Nobody knows whether a plain text is a secret while nobody knows the kind of its parameter.
                plain = isinstance(value, str) or value is WRITTEN_OUT
                yield path, kind if plain and doubtful and not told else value


def named(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """(path, value) of everything whose key says that it is a secret; `path` is where the value itself stands."""
    if type(value) is dict:
        for key, item in value.items():
            if type(item) in _NESTED:
                yield from named(item, f"{path}{key}.")
            if names_a_secret(key) and item is not None and type(item) not in _NO_SECRET:
                if type(item) is list:
                    yield from ((f"{path}{key}.{index}", part) for index, part in enumerate(item))
                else:
                    yield f"{path}{key}", item
    elif type(value) is list:
        for index, item in enumerate(value):
            if type(item) in _NESTED:
                yield from named(item, f"{path}{index}.")


_NESTED: Final = frozenset({dict, list})
_NO_SECRET: Final = frozenset({dict, bool, int, float})


def points_elsewhere(text: str) -> bool:
    """Whether a text only says where a secret is kept, or nothing at all."""
    return not text.strip() or text.startswith(("arn:", "{{resolve:", "${"))
