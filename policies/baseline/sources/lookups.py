"""Plain look-ups (`get_ami(...)` instead of `get_ami_output(...)`): answers that only the cloud has.

The SDK has an unknown for outputs, none for plain values. So each text of an answer is a mark, which the recorder finds
again in whatever input it ends up in, and the program may pass it on but not decide by it.
"""

from __future__ import annotations

import sys
import typing
from collections.abc import Iterator
from typing import Any, NoReturn, SupportsIndex

from baseline.sources.wire import UNKNOWN_TEXT


class OnlyTheCloudKnows(Exception):
    """The program decides what it declares by the answer of a look-up."""


def leave_open() -> None:
    """Makes every plain look-up of this process answer with what nobody knows, instead of with None."""
    import pulumi
    from pulumi.runtime.invoke import InvokeResult, invoke

    def asked(tok: str, props: Any, opts: Any = None, typ: Any = None, *more: Any, **options: Any) -> InvokeResult:
        result = invoke(tok, props, opts, typ, *more, **options)
        if not result.is_known and typ is not None:
            result.value = _answer(tok.rpartition(":")[2], typ)
        return result

    pulumi.runtime.invoke = asked  # the SDKs look it up here at each call


class Unseen(str):
    """A text that only the cloud knows. It may be passed on and put into other texts, and not be compared."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self._refuse() if type(other) is not type(self) else str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__

    def _refuse(self) -> NoReturn:
        name = self.partition("#")[2]
        raise OnlyTheCloudKnows(f"what to declare depends on {name}, which only the cloud knows: declare it instead")


class UnseenScalar(Unseen):
    """A number, switch or mapping that only the cloud knows: false, so that the SDK does not look at its type."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


class UnseenList(list[Any]):
    """A list of which nobody knows the length: it gives any one entry, or as many as are asked for."""

    def __init__(self, name: str, entry: Any) -> None:
        super().__init__([_value(name, entry)])
        self._name, self._entry = name, entry

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, index: SupportsIndex | slice) -> Any:
        if not isinstance(index, slice):
            return _value(f"{self._name}[{int(index)}]", self._entry)
        if index.stop is None or index.stop < 0 or (index.start or 0) < 0:
            self._refuse()
        return [self[at] for at in range(index.start or 0, index.stop, index.step or 1)]

    def __iter__(self) -> Iterator[Any]:
        asking = sys._getframe(1).f_globals.get("__name__", "")  # the SDK passes it on, others decide
        return super().__iter__() if asking.startswith("pulumi.") else self._refuse()

    def __len__(self) -> int:
        return self._refuse()

    def _refuse(self) -> NoReturn:
        raise OnlyTheCloudKnows(
            f"how much to declare depends on {self._name}, whose length only the cloud knows: take as many as the "
            f"program needs, as in {self._name.rpartition('.')[2]}[:2]"
        )


def _answer(name: str, typ: Any) -> Any:
    from pulumi import _types  # the names and types of an answer stand nowhere else

    kinds = _types.output_type_types(typ)
    return _types.output_type_from_dict(typ, {key: _value(f"{name}.{key}", kind) for key, kind in kinds.items()})


def _value(name: str, kind: Any) -> Any:
    if typing.get_origin(kind) in (list, typing.get_origin(typing.Sequence[str])):
        return UnseenList(name, typing.get_args(kind)[0])
    return (Unseen if kind is str else UnseenScalar)(f"{UNKNOWN_TEXT}#{name}")
