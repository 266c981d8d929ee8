"""Which stores an AWS Backup selection takes: evaluated as AWS does it, store by store.

`resources` and `selectionTags` are alternatives (either is enough), all `conditions` narrow what they find, and
`notResources` takes out. Sources: AWS Backup Developer Guide, "Assign resources with AWS CLI"; re:Post, "backup assign
resources" (Resources OR ListOfTags, Resources AND Conditions), read 2026-11-23.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from baseline.estate.aws.backup_candidates import ANY, Candidate, Handle, Shelf
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.doubt import both, either, negated
from baseline.graph import Ref, Resource

_GENERIC = re.compile(r"(.*[:/])?\*")


def keys_of(rules: Iterable[Any]) -> set[str]:
    """The tag keys that lists of `{key, value}` ask for."""
    return {_key(item) for rule in rules if isinstance(rule, list) for item in rule if isinstance(item, dict)} - {""}


def _key(item: Mapping[str, Any]) -> str:
    key = item.get("key")
    return key.removeprefix("aws:ResourceTag/") if isinstance(key, str) else ""


class Selection:
    """One `aws:backup/selection:Selection`, or the part of a restore test that chooses in the same words."""

    def __init__(self, builder: Builder, resources: Any, tags: Any, conditions: Any, excluded: Any) -> None:
        self.builder = builder
        self.resources, self.tags, self.conditions, self.excluded = resources, tags, conditions, excluded
        self.refers = any(not isinstance(item, str) for part in (resources, excluded) for item in _items(part))

    @classmethod
    def of(cls, builder: Builder, selection: Resource) -> Selection:
        """What a selection resource says; where it names neither resources nor tags, AWS takes all that it can."""
        inputs = selection.inputs
        resources, tags = inputs.get("resources"), inputs.get("selectionTags")
        nothing = (resources is None or resources == []) and (tags is None or tags == [])
        return cls(builder, ["*"] if nothing else resources, tags, inputs.get("conditions"), inputs.get("notResources"))

    @property
    def keys(self) -> set[str]:
        """The tag keys that it asks for."""
        lists = [part for block in _items(self.conditions) if isinstance(block, dict) for part in block.values()]
        return keys_of([self.tags, *lists])

    @property
    def asks_for_names(self) -> bool:
        """Whether a pattern tells stores apart by more than type, region and account."""
        patterns = [*_items(self.resources), *_items(self.excluded)]
        return any(isinstance(item, str) and not _GENERIC.fullmatch(item) for item in patterns)

    def sort(self, shelf: Shelf) -> Iterator[tuple[Any, list[Candidate]]]:
        """The stores of a region that it selects (True), or may (undecided)."""
        for alike in self._possible(shelf):
            takes = self.takes_any(alike[0].handles if self.refers else alike[0].profile)
            if takes is not False:
                yield takes, alike

    def _possible(self, shelf: Shelf) -> Iterable[list[Candidate]]:
        """All that could be selected, found by index where there is one, for most estates have many plans and disks."""
        if self.refers:  # only references tell stores of one profile apart
            items = _items(self.resources)
            if not _items(self.tags) and all(type(item) is Ref for item in items):
                urns = sorted({urn for item in items for urn in item.urns})
                return [[candidate] for urn in urns for candidate in shelf.by_urn.get(urn, ())]
            return [[candidate] for alike in shelf.profiles.values() for candidate in alike]
        pairs = self._pairs()
        if pairs is None:
            return shelf.profiles.values()
        found = [*(alike for pair in sorted(pairs) for alike in shelf.by_tag.get(pair, ())), *shelf.doubtful]
        return {id(alike): alike for alike in found}.values()

    def _pairs(self) -> set[tuple[str, str]] | None:
        """Tags of which every store that it selects has one; None where that cannot be said."""
        needed = [item for block in _items(self.conditions) for item in _equals(block)][:1]
        if not needed and not _items(self.resources):
            needed = _items(self.tags)
        if not needed or not all(isinstance(item, dict) and isinstance(item.get("value"), str) for item in needed):
            return None
        return {(_key(item), item["value"]) for item in needed}

    def takes_any(self, handles: Iterable[Handle]) -> Any:
        """Whether it selects what any of these handles names: True, False or undecided."""
        return either(self._takes(handle) for handle in handles)

    def _takes(self, handle: Handle) -> Any:
        named = either(
            (
                either(self._means(item, handle) for item in _items(self.resources)),
                either(_tagged(item, handle) for item in _items(self.tags)),
            )
        )
        excluded = either(self._means(item, handle) for item in _items(self.excluded))
        return both((named, negated(excluded), both(_fulfils(block, handle) for block in _items(self.conditions))))

    def _means(self, item: Any, handle: Handle) -> Any:
        if isinstance(item, str):
            return arn_fits(item, handle.arn)
        found = self.builder.referred(item)
        if not found:
            return UNKNOWN
        if all(resource.urn != handle.urn for resource in found):
            return False
        return True if len(found) == 1 else UNKNOWN


def _items(value: Any) -> list[Any]:
    """The items of a list; what is undecided is one undecided item, one object stands for a list of one."""
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]


def _equals(block: Any) -> list[Any]:
    return _items(block.get("stringEquals")) if isinstance(block, dict) else []


def _tag(item: Any, handle: Handle) -> Any:
    return next((value for key, value in handle.tags if key == _key(item)), None)


def _tagged(item: Any, handle: Handle) -> Any:
    if not isinstance(item, dict) or not _key(item) or not isinstance(item.get("value"), str):
        return UNKNOWN
    value = _tag(item, handle)
    return value if undecided(value) else value == item["value"]


def _fulfils(block: Any, handle: Handle) -> Any:
    if not isinstance(block, dict):
        return UNKNOWN
    return both(_compared(operator, item, handle) for operator, items in block.items() for item in _items(items))


def _compared(operator: str, item: Any, handle: Handle) -> Any:
    operation = operator.rstrip("s")  # Pulumi's plurals: stringEquals, stringLikes, stringNotEquals, stringNotLikes
    if operation.endswith("Like") and isinstance(item, dict) and isinstance(item.get("value"), str):
        value = _tag(item, handle)
        found = value if undecided(value) else value is not None and fits(item["value"], value)
    elif operation.endswith("Equal"):
        found = _tagged(item, handle)
    else:
        return UNKNOWN
    return negated(found) if "Not" in operation else found


@lru_cache(maxsize=4096)
def arn_fits(pattern: str, arn: str) -> Any:
    """Whether a pattern of ARNs takes one that may hold ANY; UNKNOWN where that depends on it."""
    if fits(pattern, arn):
        return True
    return UNKNOWN if ANY in arn and _may_meet(pattern, arn) else False


def fits(pattern: str, text: str) -> bool:
    """Whether a pattern with `*` takes a text; `?` is no wildcard here (AWS Backup, the page above)."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)


def _may_meet(pattern: str, arn: str) -> bool:
    """Whether some text fits both the pattern and the ARN, of which each ANY may be any word."""
    reached = {0}
    for char in arn:
        reached = _after_stars(pattern, reached)
        if char == ANY:
            reached |= {to for at in reached for to in range(at + 1, _end_of_word(pattern, at) + 1)}
        else:
            reached = {
                at if pattern[at] == "*" else at + 1
                for at in reached
                if at < len(pattern) and pattern[at] in ("*", char)
            }
    return len(pattern) in _after_stars(pattern, reached)


def _end_of_word(pattern: str, at: int) -> int:
    """How far an ANY may reach into a pattern: an id, a region or an account has no colon and no slash."""
    ends = [end for end in (pattern.find(":", at), pattern.find("/", at)) if end >= 0]
    return min(ends, default=len(pattern))


def _after_stars(pattern: str, reached: set[int]) -> set[int]:
    found = set(reached)
    for at in reached:
        following = at
        while following < len(pattern) and pattern[following] == "*":
            following += 1
            found.add(following)
    return found
