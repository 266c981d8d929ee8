"""The Graph: what a program registered, frozen, in the providers' own words.

An input is one of four kinds of value: known (plain JSON), a `Ref` to one or several resources, `UNKNOWN` (decided by
deployment) or `SECRET` (known, and never to be seen; `WRITTEN_OUT` where the program's own files show it). The last
three refuse to answer questions that would need their content, so that nothing can be concluded from what nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final, NoReturn

import msgspec

from baseline.foreign import whole


class Undecided(Exception):
    """A question was asked of a value that this source does not hold.

    `outcome` is `unknown` (deployment decides) or `not_observable` (this source never says); `path` names the input.
    """

    def __init__(self, outcome: str, path: str, reason: str = "") -> None:
        super().__init__(reason or f"{path or 'value'} is {outcome.replace('_', ' ')}")
        self.outcome = outcome
        self.path = path
        self.reason = str(self)


class Undecidable:
    """A value without content: it has an identity and a name, and refuses truth, order, items and sums."""

    __slots__ = ("name", "outcome", "reason")

    def __init__(self, name: str, outcome: str, reason: str = "") -> None:
        self.name = name
        self.outcome = outcome
        self.reason = reason  # why nobody knows; "" where the name says it

    def __repr__(self) -> str:
        return self.name

    def __reduce__(self) -> str | tuple[type[Undecidable], tuple[str, str, str]]:
        if self.reason:
            return Undecidable, (self.name, self.outcome, self.reason)
        return self.name  # pickles and copies as the one object of that name in this module

    def _refuse(self, *_: object) -> NoReturn:
        raise Undecided(self.outcome, "", self.reason or f"the value is {self.name}")

    __bool__ = __len__ = __iter__ = __getitem__ = __contains__ = __int__ = __float__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __add__ = __radd__ = __sub__ = __rsub__ = _refuse


# Typed Any on purpose: each may stand wherever a value of any type may, and adapters pass them on untouched.
UNKNOWN: Final[Any] = Undecidable("UNKNOWN", "unknown")
SECRET: Final[Any] = Undecidable("SECRET", "unknown")
WRITTEN_OUT: Final[Any] = Undecidable("WRITTEN_OUT", "unknown")  # a secret whose text stands in the program's files
NOT_OBSERVABLE: Final[Any] = Undecidable("NOT_OBSERVABLE", "not_observable")


def unknown_because(reason: str) -> Any:
    """A value that no deployment will decide either; `reason` says what is missing."""
    return Undecidable("UNKNOWN", "unknown", reason)


def not_observable_because(reason: str) -> Any:
    """A value that this source has no words for; `reason` says why."""
    return Undecidable("NOT_OBSERVABLE", "not_observable", reason)


ASSET: Final = "$asset"
ARCHIVE: Final = "$archive"
"""The key under which an input holds a file, or several: its `text` or its `assets` by name, else only where they lie
(`path`, `uri`), which is all that any source shows of those."""


class Ref(msgspec.Struct, frozen=True, gc=False, rename={"urns": "$ref"}):
    """A value that comes from other resources; which one of several is not known, so all of them may be meant."""

    urns: frozenset[str]

    def __bool__(self) -> NoReturn:
        raise Undecided("unknown", "", "the value is a reference")


class Site(msgspec.Struct, frozen=True, gc=False, order=True):
    """A line of source code; `file` is relative to the project's folder where it lies inside it."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Resource(msgspec.Struct, frozen=True, eq=True, kw_only=True):
    """One registration. `provider` is the URN of the explicit provider, empty where the default one serves."""

    urn: str
    type: str
    name: str
    inputs: dict[str, Any] = {}
    custom: bool = True
    parent: str = ""
    provider: str = ""
    protect: bool = False
    dependencies: frozenset[str] = frozenset()
    ignore_changes: tuple[str, ...] = ()
    declared_at: Site | None = None
    built_at: Site | None = None

    def __hash__(self) -> int:
        return hash(self.urn)

    def at(self, path: str) -> Any:
        """The input at a dotted path (`rules.0.port`), None where absent, UNKNOWN where a part of the way is."""
        value: Any = self.inputs
        for step in path.split("."):
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list | tuple):
                index = whole(step)
                value = value[index] if index is not None and index < len(value) else None
            elif value is None or isinstance(value, Undecidable | Ref):
                return value
            else:
                return None
        return value


def named(urn: str) -> str:
    """The name at the end of a URN: what the program calls the resource."""
    return urn.split("::", 3)[-1]


def typed(urn: str) -> str:
    """The type that a URN says, without those of its parents; none of a text that is no URN.

    A name may hold anything, `::` and whole types among it, so nothing is concluded from a part of a URN's text.
    """
    parts = urn.split("::", 3)
    return parts[2].rpartition("$")[2] if len(parts) == 4 else ""


class Settings(msgspec.Struct, frozen=True):
    """What Pulumi's own files say of a stack: where its state lies and who encrypts its secrets (None: not said)."""

    backend: str | None = None
    secrets_provider: str | None = None


class Graph(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All registrations of one stack, in the order of their URNs.

    `outputs` are those of the stack, where the source shows them. A preview also says what it starts from: `before` are
    the resources as they are deployed, `steps` what it would do to each that does not stay as it is, by URN: `create`,
    `update`, `replace`, `delete` or `forget` (no longer managed, and not deleted).
    """

    project: str
    stack: str
    resources: tuple[Resource, ...]
    outputs: dict[str, Any] = {}
    settings: Settings = Settings()
    before: tuple[Resource, ...] = ()
    steps: dict[str, str] = {}

    @cached_property
    def by_urn(self) -> Mapping[str, Resource]:
        """Every resource by its URN."""
        return {resource.urn: resource for resource in self.resources}

    def __iter__(self) -> Iterator[Resource]:
        return iter(self.resources)


_MARKS = {"$unknown": UNKNOWN, "$secret": SECRET, "$writtenOut": WRITTEN_OUT}


def _mark(value: Any) -> Any:
    """What msgspec writes for a value that JSON has no word for."""
    for mark, marked in _MARKS.items():
        if value is marked:
            return {mark: True}
    raise NotImplementedError(type(value).__name__)


def _unmark(value: Any) -> Any:
    """The inverse of `_mark` over nested plain values; containers are changed in place."""
    if type(value) is dict:
        if len(value) == 1:
            ((key, content),) = value.items()
            if key == "$ref":
                return Ref(frozenset(content))
            if key in _MARKS:
                return _MARKS[key]
        for key, item in value.items():
            if type(item) in _CONTAINERS:
                value[key] = _unmark(item)
    else:
        for index, item in enumerate(value):
            if type(item) in _CONTAINERS:
                value[index] = _unmark(item)
    return value


_CONTAINERS = frozenset({dict, list})


def encode(graph: Graph) -> bytes:
    """The Graph as JSON; UNKNOWN becomes `{"$unknown": true}`, SECRET `{"$secret": true}`, a Ref `{"$ref": [urn]}`."""
    return msgspec.json.encode(graph, enc_hook=_mark, order="deterministic")


_DECODER = msgspec.json.Decoder(Graph)


def decode(data: bytes) -> Graph:
    """The Graph that `encode` wrote. Raises msgspec.DecodeError for anything else."""
    graph = _DECODER.decode(data)
    for resource in (*graph.resources, *graph.before):
        _unmark(resource.inputs)
    _unmark(graph.outputs)
    return graph
