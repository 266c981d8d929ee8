"""Which resource of the program a thing of the live list was made for: no cloud knows what Pulumi calls it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from baseline.estate.facts.autonames import is_made_up
from baseline.estate.facts.imports import identities, word_of
from baseline.graph import Ref, Resource
from baseline.recovery.records import Existing

_NAMES: Final = ("name", "bucket", "identifier")


def meant(
    things: Sequence[Existing], wanted: Mapping[str, Resource], known: Mapping[str, frozenset[str]]
) -> list[Resource | None]:
    """For each thing the one registration that it was made for; None where it fits none, or could fit several.

    `known` is what the clouds call that which the state manages, by URN. What is known again tells more of the rest: a
    subnet by its network. `wanted` says under `region` where each is to be, where that is known.
    """
    words, found = dict(known), dict[int, Resource]()
    while True:
        fresh = {
            index: resource
            for index, thing in enumerate(things)
            if index not in found and (resource := _one(thing, wanted, words)) is not None
        }
        if not fresh:
            return [found.get(index) for index in range(len(things))]
        found |= fresh
        claims = Counter(resource.urn for resource in found.values())
        words |= {each.urn: called(things[index]) for index, each in found.items() if claims[each.urn] == 1}


def called(thing: Existing) -> frozenset[str]:
    """Everything by which other things may name it."""
    return words_of(thing.id, {"name": thing.name, **thing.said})


def words_of(id_: str, said: Mapping[str, Any]) -> frozenset[str]:
    """An id, and every text and number that stands beside it."""
    return frozenset({id_, *(word for value in said.values() if (word := word_of(value)))})


def _one(thing: Existing, wanted: Mapping[str, Resource], words: Mapping[str, frozenset[str]]) -> Resource | None:
    if thing.urn:
        return wanted.get(thing.urn)
    fitting = [
        resource
        for resource in wanted.values()
        if resource.type == thing.type and _fits(resource, thing, words) and not contradicts(resource, thing, words)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _fits(resource: Resource, thing: Existing, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether it bears the name that the program gives, or every word that tells one of its type from another."""
    tags = thing.said.get("tags")
    own = {thing.name, *(thing.inputs.get(key) for key in _NAMES), tags.get("Name") if isinstance(tags, dict) else None}
    if any(_called(resource, str(name)) for name in own if name):
        return True
    return any(all(_agrees(resource, key, thing.said, words) for key in keys) for keys in identities(resource.type))


def contradicts(resource: Resource, thing: Existing, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word that tells one of its type from another is known on both sides, and differs."""
    keys = {"region", *(key for identity in identities(resource.type) for key in identity)}
    return any(_agrees(resource, key, thing.said, words) is False for key in keys)


def _agrees(resource: Resource, key: str, said: Mapping[str, Any], words: Mapping[str, frozenset[str]]) -> bool | None:
    """Whether the program wants what the cloud says of an input; None where one of them does not say."""
    value, word = resource.inputs.get(key), word_of(said.get(key))
    if isinstance(value, Ref) and word:
        names = [words[urn] for urn in value.urns if urn in words]
        return any(word in each for each in names) if len(names) == len(value.urns) else None
    return word_of(value) == word if word_of(value) and word else None


def _called(resource: Resource, name: str) -> bool:
    """Whether a physical name is the one declared, or one that the provider makes up from the program's."""
    tags = resource.inputs.get("tags")
    names = [resource.inputs[key] for key in _NAMES if key in resource.inputs]
    if name in names or (isinstance(tags, Mapping) and name == tags.get("Name")):
        return True
    return not any(isinstance(each, str) for each in names) and is_made_up(name, resource.name)
