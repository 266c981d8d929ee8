"""What the Stores of AWS have in common: place, class, guards, and what their resource policies let in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from baseline.estate.aws.callers import pins_the_caller
from baseline.estate.aws.places import tag, zone_of
from baseline.estate.aws.policies import Statement, statements
from baseline.estate.aws.references import Named
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.doubt import CLASSES, either, ways_in
from baseline.estate.facts.protections import delete_protection
from baseline.estate.nouns import Opening, Store
from baseline.estate.patterns import any_covers
from baseline.graph import Resource


def store(
    builder: Builder, resource: Resource, kind: str, *, reachable: Any = None, plain_requests: Any = None, **said: Any
) -> Store:
    """A Store with what holds for all that AWS stores, unless it is said otherwise; and its Opening, if it has one."""
    if reachable is not None or plain_requests is not None:
        builder.add(
            Opening(
                origin=resource,
                kind=kind,
                reachable=() if reachable is None else reachable,
                plain_requests=plain_requests,
            )
        )
    fields: dict[str, Any] = {
        "location": zone_of(builder, resource),
        "host_encrypted": None,
        "protected": resource.protect,
        "delete_protection": delete_protection(resource),
        **said,
    }
    if "holds" not in said:
        fields["holds"] = holds(builder, resource)
    return builder.add(Store(origin=resource, provider="aws", kind=kind, **fields))


def holds(builder: Builder, resource: Resource, default: str = "data") -> Any:
    """What a store holds, from its tag `holds`; a word that nobody agreed on means data, the strictest."""
    word = tag(builder, resource, "holds")
    if word is None or undecided(word):
        return default if word is None else word
    return word if word in CLASSES else "data"


def ways_by_policy(documents: Iterable[Any]) -> tuple[list[str], list[Any]]:
    """(ways in, doubts): each statement by which anyone at all is let in."""
    ways: list[str] = []
    doubts: list[Any] = []
    for document in documents:
        found = () if document is None else statements(document)
        if undecided(found):
            doubts.append(found)
            continue
        for statement in found:
            answer = _lets_anyone_in(statement)
            if undecided(answer):
                doubts.append(answer)
            elif answer:
                ways.append(f"statement {statement.position} of its policy lets anyone in")
    return ways, doubts


def _lets_anyone_in(statement: Statement) -> Any:
    for part in (statement.allows, statement.principals, statement.not_principals, statement.conditions):
        if undecided(part):
            return UNKNOWN
    if not statement.allows or not ("*" in statement.principals or statement.not_principals):
        return False
    return not any(pins_the_caller(condition) for condition in statement.conditions)


class Documents:
    """The policy documents of stores: their own, and those of policy resources that mean them, or may."""

    def __init__(
        self,
        builder: Builder,
        policy_type: str,
        path: str,
        store_type: str,
        name: str = "name",
        document: str = "policy",
    ) -> None:
        self.possible: dict[str, list[Any]] = {}
        self.certain: dict[str, list[Any]] = {}
        named = Named(builder, (store_type,), name)
        for policy in builder.of(policy_type):
            found = named.any(policy.inputs.get(path))
            for index in (self.possible, self.certain) if len(found) == 1 else (self.possible,):
                for resource in found:
                    index.setdefault(resource.urn, []).append(policy.inputs.get(document))

    def ways_in(self, resource: Resource) -> Any:
        """Who is let in by any document that may be the store's."""
        return ways_in(*ways_by_policy([resource.inputs.get("policy"), *self.possible.get(resource.urn, ())]))

    def certainly(self, resource: Resource) -> list[Any]:
        """The documents that certainly are the store's."""
        return [resource.inputs.get("policy"), *self.certain.get(resource.urn, ())]


def plain_requests(documents: Iterable[Any], actions: tuple[str, ...], covered: Callable[[Statement], Any]) -> Any:
    """Whether a service answers requests without TLS: it does unless a statement certainly denies all of them.

    `actions` (in lower case) must all be denied; `covered` says whether a statement's resources are the whole store.
    """
    return _negated(either(_denials(documents, actions, covered)))


def _negated(value: Any) -> Any:
    return value if undecided(value) else not value


def _denials(documents: Iterable[Any], actions: tuple[str, ...], covered: Callable[[Statement], Any]) -> Iterator[Any]:
    for document in documents:
        found = () if document is None else statements(document)
        if undecided(found):
            yield found
            continue
        for statement in found:
            if any(
                undecided(part)
                for part in (statement.allows, statement.principals, statement.conditions, statement.actions)
            ):
                yield UNKNOWN
            elif _denies_plain(statement, actions):
                yield covered(statement)


def _denies_plain(statement: Statement, actions: tuple[str, ...]) -> bool:
    if statement.allows or "*" not in statement.principals or len(statement.conditions) != 1:
        return False
    condition = statement.conditions[0]
    return (
        condition.test == "bool"
        and condition.key.lower() == "aws:securetransport"
        and tuple(value.lower() for value in condition.values) == ("false",)
        and all(any_covers(statement.actions, action) for action in actions)
    )


def whole_store(name: Any, inside: str = "") -> Callable[[Statement], Any]:
    """A test of whether a statement's resources are the store called `name` and, with `inside`, all that is in it."""

    def covered(statement: Statement) -> Any:
        if undecided(statement.resources):
            return statement.resources
        if "*" in statement.resources:
            return True
        if not isinstance(name, str):
            return UNKNOWN
        ends = tuple(resource.rpartition(":")[2] for resource in statement.resources)
        whole = {name, f"{name}{inside}"}
        return whole.issubset(ends) or all(any_covers(ends, part) for part in whole)

    return covered
