"""Values as Pulumi writes them, in its protocol, in states and in previews: what they mean, the same for all sources.

Unknowns, secrets and references are marked (sdk/python/lib/pulumi/runtime/rpc.py, sdk/go/common/resource/sig). What a
provider fills in by itself is listed under `__defaults` beside it, names that it makes up among them, and is no
declaration: a program that is recorded without a provider never has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from baseline import foreign
from baseline.foreign import DEEPEST
from baseline.graph import ARCHIVE, ASSET, SECRET, Ref
from baseline.sources.project import BadInput

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 (a type tag, not a secret)
REFERENCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e"
OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_FILES: Final = {
    "c44067f5952c0a294b673a41bacd8c17": ASSET,
    "0def7320c3a5731c473e5ecbe6d01bc7": ARCHIVE,
}
_OF_FILES: Final = frozenset({SIGNATURE, "hash"})
"""What is written beside the content of an asset, or beside where it lies; only who has opened it knows its hash."""

UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
UNKNOWN_MARKS = frozenset(
    {
        UNKNOWN_TEXT,  # of any type, and of a string
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # bool
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # array
        "030794c1-ac77-496b-92df-f27374a8bd58",  # asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # object
    }
)
DEFAULTS: Final = "__defaults"
_OF_THE_ENGINE: Final = frozenset({"__internal", "pluginDownloadURL", "version"})
"""Inputs of a provider that say which plugin serves it, not what it does."""

_OF_TAGS: Final = frozenset({"tagsAll"})
"""The tags of a resource and those that its provider gives everything, as the provider puts them together."""

_NOTHING: Final[frozenset[str]] = frozenset()

PROVIDER: Final = "pulumi:providers:"


def unpacked(fields: Any) -> dict[str, Any]:
    """The fields of a protobuf Struct as the JSON that they stand for, whatever it means."""
    return {key: _unpacked(value) for key, value in fields.items()}


def _unpacked(value: Any) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return unpacked(value.struct_value.fields)
    if kind == "list_value":
        return [_unpacked(item) for item in value.list_value.values]
    return None if kind in (None, "null_value") else getattr(value, kind)


class TooDeep(BadInput):
    """Inputs that are nested deeper than anything reads."""


def meaning(value: Any, unknown: Any, secret: Callable[[Any], Any] = lambda _: SECRET, room: int = DEEPEST) -> Any:
    """What JSON of Pulumi's means, with `unknown` (UNKNOWN, or a Ref) for each unknown inside it.

    `secret` says what stands for a secret of a certain content; only who makes it up in this process has that. Raises
    TooDeep where there is not `room` for as many levels as it has.
    """
    if isinstance(value, str):
        # A program that was given a mark as plain text may have put it into a longer one.
        return unknown if value in UNKNOWN_MARKS or UNKNOWN_TEXT in value else value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if not isinstance(value, dict | list):
        return value
    if not room:
        raise TooDeep("is nested deeper than anything that Pulumi writes. It cannot be judged.")
    if isinstance(value, list):
        return [meaning(item, unknown, secret, room - 1) for item in value]
    return _mapping(value, unknown, secret, room - 1)


def _mapping(fields: dict[str, Any], unknown: Any, secret: Callable[[Any], Any], room: int) -> Any:
    mark = fields.get(SIGNATURE)
    if mark == SECRET_SIGNATURE:
        return secret(meaning(fields["value"], unknown, secret, room)) if "value" in fields else SECRET
    if mark == OUTPUT_SIGNATURE:
        if fields.get("secret"):
            return SECRET
        return meaning(fields["value"], unknown, secret, room) if "value" in fields else unknown
    if mark == REFERENCE_SIGNATURE:
        return Ref(frozenset({str(fields.get("urn", ""))}))
    if isinstance(mark, str) and mark in _FILES:
        said = _said(fields, _OF_FILES)
        return {_FILES[mark]: {key: meaning(fields[key], unknown, secret, room) for key in said}}
    return {key: meaning(fields[key], unknown, secret, room) for key in _said(fields)}


def _said(fields: Mapping[str, Any], dropped: frozenset[str] = _NOTHING) -> list[str]:
    """The names of what the program itself says, in order."""
    made_up = fields.get(DEFAULTS)
    listed = made_up if isinstance(made_up, list) else ()
    names = {DEFAULTS, *(name for name in listed if isinstance(name, str))}
    return sorted(key for key in fields.keys() - names - dropped if fields[key] is not None)


def declared(type_: str, inputs: Mapping[str, Any], value: Callable[[str, Any], Any]) -> dict[str, Any]:
    """The inputs of a resource without what its provider filled in; `value` gives the meaning of each by its name."""
    if type_.startswith(PROVIDER):
        return {key: value(key, _opened(inputs[key])) for key in _said(inputs, _OF_THE_ENGINE)}
    dropped = _OF_TAGS if type_.startswith("aws:") else _NOTHING
    return {key: value(key, inputs[key]) for key in _said(inputs, dropped)}


def _opened(value: Any) -> Any:
    """A provider's input, which travels as JSON inside a string (`"[\\"123456789012\\"]"`), as the JSON that it says.

    What that means is asked afterwards: inside may be a secret. With an unknown inside it is unknown as a whole.
    """
    if not isinstance(value, str) or UNKNOWN_TEXT in value:
        return value
    if value[:1] in ("[", "{") or value in ("true", "false"):
        try:
            return foreign.json(value)
        except ValueError:
            return value
    return value
