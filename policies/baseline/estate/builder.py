"""The Builder: what the adapters share while they turn resources into nouns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from baseline.estate import prefixes
from baseline.estate.facts import locations
from baseline.estate.nouns import Host, Location, Noun, Store
from baseline.estate.terms import Terms
from baseline.graph import (
    NOT_OBSERVABLE,
    SECRET,
    UNKNOWN,
    Graph,
    Ref,
    Resource,
    Undecidable,
    named,
    typed,
    unknown_because,
)

N = TypeVar("N", bound=Noun)

_WITHOUT_CONTENT = frozenset({Undecidable, Ref})
T = TypeVar("T")


class Builder:
    """Collects nouns. Adapters read resources by type, in an order in which what is referred to comes first."""

    def __init__(self, graph: Graph, terms: Terms) -> None:
        self.graph = graph
        self.terms = terms
        self.nouns: dict[type, list[Any]] = {}
        self.hosts: dict[str, Host] = {}  # by URN of the server or instance
        self.stores: dict[str, list[Store]] = {}  # by URN of the resource that declares them
        self._by_type: dict[str, list[Resource]] = {}
        for resource in graph.resources:
            self._by_type.setdefault(resource.type, []).append(resource)
        self._read: set[str] = set()
        self._made: dict[object, Any] = {}

    def of(self, *types: str) -> Sequence[Resource]:
        """The resources of these types. Asking for a type says that an adapter knows it."""
        self._read.update(types)
        if len(types) == 1:
            return self._by_type.get(types[0], ())
        return [resource for type_ in types for resource in self._by_type.get(type_, ())]

    def peek(self, *types: str) -> Sequence[Resource]:
        """The resources of these types, without a claim that an adapter knows all that they mean."""
        return [resource for type_ in types for resource in self._by_type.get(type_, ())]

    def once(self, make: Callable[[Builder], T]) -> T:
        """What `make` gives, made once: for indexes that several adapters use."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def add(self, noun: N) -> N:
        """Keeps a noun, and indexes hosts and stores by their resource."""
        self.nouns.setdefault(type(noun), []).append(noun)
        if isinstance(noun, Host):
            self.hosts[noun.urn] = noun
        elif isinstance(noun, Store):
            self.stores.setdefault(noun.urn, []).append(noun)
        return noun

    def referred(self, value: Any, *types: str) -> list[Resource]:
        """The resources (of these types, where any is given) that a value may refer to; none if it is no reference."""
        if type(value) is not Ref:
            return []
        found = (self.graph.by_urn.get(urn) for urn in value.urns)
        return sorted(
            (item for item in found if item is not None and (not types or item.type in types)),
            key=lambda item: item.urn,
        )

    def the_one(self, value: Any, *types: str) -> Resource | None:
        """The one resource that a value certainly refers to; None where there is none or several could be meant."""
        found = self.referred(value, *types)
        return found[0] if len(found) == 1 else None

    def referring(self, types: Iterable[str], path: str, *, to: Sequence[str] = ()) -> Mapping[str, list[Resource]]:
        """Resources of `types` by the URN of each resource (of types `to`) that their input at `path` may refer to."""
        index: dict[str, list[Resource]] = {}
        for resource in self.of(*types):
            value = resource.at(path)
            for item in value if isinstance(value, list | tuple) else (value,):
                for target in self.referred(item, *to):
                    index.setdefault(target.urn, []).append(resource)
        return index

    def provider_of(self, resource: Resource) -> Resource | None:
        """The explicit provider of a resource."""
        return self.graph.by_urn.get(resource.provider)

    def unjudged(self, neutral: Mapping[str, str]) -> list[Resource]:
        """Resources of types that no adapter asked for and that are not listed as holding no data."""
        return [
            resource
            for type_, resources in self._by_type.items()
            if type_ not in self._read and type_ not in neutral and not type_.startswith("pulumi:")
            for resource in resources
            if resource.custom
        ]


def place(provider: str, name: Any) -> Any:
    """The Location of a provider's location or region by name; undecided names stay as they are, None is UNKNOWN.

    A name that no table knows is undecided too, and says so: it is nowhere that anyone promised.
    """
    if name is None or name is SECRET:
        return UNKNOWN
    if isinstance(name, Undecidable | Ref):
        return name
    try:
        return Location(provider, str(name), locations.countries(provider, str(name)))
    except locations.UnknownPlace as unknown:
        return unknown_because(f"is not known: {unknown}")


# `default`, then the version with its marks, then where its plugin is loaded from, each only where it was asked for: a
# host, so a dot, a port or a path (pulumi v3.259.0, pkg/resource/deploy/providers/provider.go, `DefaultName`).
_DEFAULT_NAME = re.compile(r"default(_\d+_\d+_\d+(_.*)?|_(?=.*[./]|localhost).+)?", re.DOTALL)


def is_default_provider(urn: str) -> bool:
    """Whether a provider has a name that the engine makes up where a program names none: `default`, `default_7_51_1`.

    One of the program's own that is called exactly so cannot be told apart, and counts as the engine's.
    """
    return typed(urn).startswith("pulumi:providers:") and _DEFAULT_NAME.fullmatch(named(urn)) is not None


def known(value: Any, default: Any = None) -> Any:
    """A value or, where the input is absent, the provider's own default."""
    return default if value is None else value


def items(value: Any) -> list[Any]:
    """The entries of a list; of an undecided list the value itself, which stands for all its entries.

    A program may leave an entry out (`[rule if open else None]`): what a provider makes of that nobody knows.
    """
    if value is None:
        return []
    listed = value if isinstance(value, list | tuple) else (value,)
    return [UNKNOWN if item is None else item for item in listed]


def text(value: Any) -> Any:
    """A known scalar as text; what is undecided or absent stays as it is."""
    return value if value is None or isinstance(value, Undecidable | Ref) else str(value)


def number(value: Any) -> Any:
    """A known whole number, which a program may spell as text; of what is none nobody knows what it will be."""
    if value is None or undecided(value):
        return value
    try:
        if float(value).is_integer():
            return int(value)
    except (OverflowError, TypeError, ValueError):
        pass
    return unknown_because(f"cannot be told: {value!r} is no whole number")


def cidr(value: Any) -> Any:
    """A known prefix as text; what is undecided stays as it is, and what is no prefix is UNKNOWN."""
    if value is None or undecided(value):
        return UNKNOWN if value is None else value
    try:
        prefixes.span(str(value))
    except ValueError:
        return UNKNOWN
    return str(value)


def undecided(value: Any) -> bool:
    """Whether a value has no content that could be read: UNKNOWN, SECRET, NOT_OBSERVABLE or a reference."""
    return type(value) in _WITHOUT_CONTENT


__all__ = ["NOT_OBSERVABLE", "UNKNOWN", "Builder", "cidr", "items", "known", "number", "place", "text", "undecided"]
