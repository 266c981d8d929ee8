"""What exists and no state knows: what each was made for, and how it is taken in, or looked into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from baseline.estate.facts.consoles import deletion, description, lifting
from baseline.estate.facts.imports import NoImport, import_id
from baseline.graph import Graph, Resource, named
from baseline.recovery.imports import command, entry
from baseline.recovery.matching import contradicts, meant, words_of
from baseline.recovery.records import Begun, Existing, Managed, Trouble


def loose(
    stack: str,
    managed: Sequence[Managed],
    wanted: Mapping[str, Resource],
    existing: Sequence[Existing],
    declared: Graph | None,
) -> Iterator[Trouble]:
    """One trouble for each thing that exists, is not only kept, and is in no state. `wanted` is what may be meant."""
    ids, alive = names(managed), living(existing)
    urns = {item.urn: item for item in managed if not item.waiting}
    known = {item.urn: words_of(item.id, item.said) for item in managed if not item.waiting}
    things = [thing for thing in existing if thing.id and not thing.kept and not spelt(thing) & ids]
    found = meant(things, wanted, known)
    claims = Counter(resource.urn for resource in found if resource)
    for thing, resource in zip(things, found, strict=True):
        kept = urns.get(thing.urn or "")
        region = region_of(thing.type, thing.said, resource or _of(declared, thing.urn or ""), declared)
        if kept is not None:
            yield _duplicate(thing, kept, region) if spelt(kept) & alive else _beside(thing, kept, region)
        elif resource is None:
            same = (each for each in wanted.values() if each.type == thing.type and not thing.urn)
            candidates = [each for each in same if not contradicts(each, thing, known)]
            yield _unknown(stack, thing, candidates, region)
        elif claims[resource.urn] > 1:
            yield _contested(thing, resource, claims[resource.urn], region)
        else:
            yield _orphan(stack, thing, resource, region)


def spelt(item: Managed | Existing) -> frozenset[tuple[str, str]]:
    """(type, id) of something, and as an import calls it: a command line may list it by either.

    The id alone counts for nothing where it is a part of the other: that of a record set does not say the zone.
    """
    try:
        imported = import_id(item.type, item.id, item.said)
    except NoImport:
        return frozenset({(item.type, item.id)})
    ids = {imported} if item.id in imported else {item.id, imported}
    return frozenset((item.type, each) for each in ids)


def names(items: Iterable[Managed | Existing]) -> frozenset[tuple[str, str]]:
    """All of them, in each spelling."""
    return frozenset(each for item in items for each in spelt(item))


def living(existing: Iterable[Existing]) -> frozenset[tuple[str, str]]:
    """What exists and is not only kept."""
    return names(thing for thing in existing if thing.id and not thing.kept)


def absent(managed: Sequence[Managed], begun: Sequence[Begun], declared: Graph | None) -> dict[str, Resource]:
    """What the program registers and the state does not have, by URN: each may exist all the same.

    Of what was being created and no program says, it is what the engine had written down.
    """
    urns = {item.urn for item in managed if not item.waiting}
    found = {
        item.urn: Resource(
            urn=item.urn,
            type=item.type,
            name=named(item.urn),
            inputs=item.inputs,
            parent=item.parent,
            provider=item.provider,
            protect=item.protect,
        )
        for item in begun
        if item.operation == "creating" and item.custom
    }
    found |= {resource.urn: resource for resource in declared or () if resource.custom}
    return {urn: _placed(resource, declared) for urn, resource in found.items() if urn not in urns}


def _placed(resource: Resource, declared: Graph | None) -> Resource:
    region = region_of(resource.type, resource.inputs, resource, declared)
    return msgspec.structs.replace(resource, inputs={**resource.inputs, "region": region}) if region else resource


def is_own(type_: str) -> bool:
    """Whether a type is Pulumi's own, such as a provider, which exists in no cloud."""
    return type_.startswith("pulumi:")


def _of(declared: Graph | None, urn: str) -> Resource | None:
    return declared.by_urn.get(urn) if declared else None


def region_of(type_: str, said: Mapping[str, Any], resource: Resource | None, declared: Graph | None) -> str:
    """Of a thing on AWS, where it is: by its own words, else by its provider; `""` where nobody says."""
    provider = _of(declared, resource.provider) if resource else None
    zone, arn = said.get("availabilityZone"), said.get("arn")
    words = (
        said.get("region"),
        zone[:-1] if isinstance(zone, str) else "",
        arn.split(":")[3] if isinstance(arn, str) and arn.count(":") > 2 else "",
        provider.inputs.get("region") if provider else "",
    )
    return next((word for word in words if isinstance(word, str) and word), "") if type_.startswith("aws:") else ""


def _look(thing: Existing, region: str) -> tuple[str, ...]:
    return description(thing.type, thing.id, thing.said, region)


def _words(thing: Existing) -> str:
    return f"{thing.type} {thing.id} ({thing.name or 'without a name'}) exists, and the state does not know it"


def _orphan(stack: str, thing: Existing, made_for: Resource, region: str) -> Trouble:
    what = f"{_words(thing)}. It was made for {made_for.name}."
    try:
        wanted = entry(thing, made_for)
    except NoImport as error:
        return Trouble(kind="orphan", what=f"{what} Nothing imports it: {error}.", commands=_look(thing, region))
    return Trouble(kind="orphan", what=what, commands=(command(stack, wanted),), imports=(wanted,))


def _unknown(stack: str, thing: Existing, candidates: Sequence[Resource], region: str) -> Trouble:
    """Imported by nobody's guess: under a wrong name it would be deleted by the next `up`."""
    if not candidates:
        return Trouble(
            kind="orphan",
            what=f"{_words(thing)}. The program misses nothing of its type: it is another stack's, a person's, or one "
            "that an earlier program has left. Look at it in the cloud, and leave what is not this stack's out of the "
            "list.",
            commands=_look(thing, region),
        )
    try:
        imports = tuple(command(stack, entry(thing, resource)) for resource in candidates)
    except NoImport as error:
        return Trouble(
            kind="orphan", what=f"{_words(thing)}. Nothing imports it: {error}.", commands=_look(thing, region)
        )
    return Trouble(
        kind="orphan",
        what=f"{_words(thing)}. Nobody can tell whether it was made for {' or '.join(each.name for each in candidates)}"
        ", for another stack, or by a person: look at it in the cloud, then run the one import that is right, or none.",
        commands=(*_look(thing, region), *(f"# {each}" for each in imports)),
    )


def _contested(thing: Existing, made_for: Resource, claims: int, region: str) -> Trouble:
    return Trouble(
        kind="orphan",
        what=f"{_words(thing)}. It is one of {claims} that may have been made for {made_for.name}, and nobody guesses "
        "which: look into each, import the one that holds what is wanted, and delete the others by hand.",
        commands=_look(thing, region),
    )


def _beside(thing: Existing, kept: Managed, region: str) -> Trouble:
    return Trouble(
        kind="orphan",
        what=f"{_words(thing)}. The state manages {kept.id} as {named(kept.urn)}, which does not exist: this may be "
        f"the only {named(kept.urn)} left, so never delete it. Look into it, settle what is gone (below), and ask "
        "again: it is imported then.",
        commands=_look(thing, region),
    )


def _duplicate(thing: Existing, kept: Managed, region: str) -> Trouble:
    look = _look(thing, region)
    remove = deletion(thing.type, thing.id, thing.said, region) if look else ()
    return Trouble(
        kind="duplicate",
        what=f"{thing.type} {thing.id} is a second {named(kept.urn)}: the state manages {kept.id}, which exists. "
        "Look into it first; only where it holds nothing, lift its protection and delete it.",
        commands=(*look, *(lifting(thing.type, thing.id, region) if remove else ()), *remove),
    )
