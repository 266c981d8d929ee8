"""Values as Pulumi's protocol carries them: protobuf structs in which unknowns, secrets and references are marked."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from baseline.graph import SECRET, Ref

# The markers of Pulumi's wire format: sdk/python/lib/pulumi/runtime/rpc.py and sdk/go/common/resource/sig.
SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 (a type tag, not a secret)
REFERENCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e"
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


def plain(value: Any, unknown: Any, secret: Callable[[Any], Any] = lambda _: SECRET) -> Any:
    """A protobuf Value as plain data, with `unknown` (UNKNOWN, or a Ref) for each unknown inside it.

    `secret` says what stands for a secret of a certain content.
    """
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        text = value.string_value
        # A program that was given a mark as plain text may have put it into a longer one.
        return unknown if text in UNKNOWN_MARKS or UNKNOWN_TEXT in text else text
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    if kind == "bool_value":
        return value.bool_value
    if kind == "list_value":
        return [plain(item, unknown, secret) for item in value.list_value.values]
    if kind == "struct_value":
        return _struct(value.struct_value.fields, unknown, secret)
    return None


def _struct(fields: Any, unknown: Any, secret: Callable[[Any], Any]) -> Any:
    mark = fields[SIGNATURE].string_value if SIGNATURE in fields else ""
    if mark == SECRET_SIGNATURE:
        return secret(plain(fields["value"], unknown, secret)) if "value" in fields else SECRET
    if mark == REFERENCE_SIGNATURE:
        return Ref(frozenset({fields["urn"].string_value}))
    return {key: plain(fields[key], unknown, secret) for key in sorted(fields)}


def opened(inputs: dict[str, Any]) -> dict[str, Any]:
    """A provider's inputs, which travel as JSON inside strings (`"[\\"123456789012\\"]"`), as the values they mean."""
    return {key: _opened(value) for key, value in inputs.items()}


def _opened(value: Any) -> Any:
    if (isinstance(value, str) and value[:1] in ("[", "{")) or value in ("true", "false"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
