"""Resources as states, previews and policy packs write them, of programs in any language, into those of a Graph.

A record is Pulumi's apitype.ResourceV3 (sdk/go/common/apitype/core.go, v3.259.0, read 2026-11-26). Its inputs are what
the provider made of the program's: with defaults and names of its own, and with the ids that a deployment knew. Both
are undone here, so that one program gives one Graph whoever shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from baseline.estate.facts.autonames import is_made_up, unlisted
from baseline.foreign import whole
from baseline.graph import SECRET, UNKNOWN, Ref, Resource, named, typed
from baseline.sources.identities import known_by
from baseline.sources.project import BadInput
from baseline.sources.sites import Sites
from baseline.sources.wire import DEFAULTS, PROVIDER, declared, meaning

STACK_TYPE = "pulumi:pulumi:Stack"
_BUILT_IN = f"{PROVIDER}pulumi"
"""The provider of Pulumi's own resources (Stash): it has no place, no credentials and no settings."""


class Frame(msgspec.Struct, frozen=True, rename="camel", gc=False):
    """One frame of a stack trace: `project:///stacks/dev.py#12`, or with a column, `#12,5`."""

    source_position: str = ""

    def site(self) -> tuple[str, int]:
        """The file relative to the project's folder, and the line; `""` where it is nowhere in a project."""
        path, _, position = self.source_position.removeprefix("project:///").partition("#")
        line = position.partition(",")[0]
        number = whole(line)
        return ("", 0) if number is None else (path, number)


class Record(msgspec.Struct, frozen=True, rename="camel"):
    """One resource as Pulumi writes it. `delete` marks what waits for its deletion, under the URN of its successor.

    `init_errors` is why its provider could not finish what exists all the same.
    """

    urn: str
    type: str
    custom: bool = False
    id: str = ""
    delete: bool = False
    external: bool = False
    inputs: dict[str, Any] | None = None
    outputs: dict[str, Any] | None = None
    parent: str = ""
    protect: bool = False
    retain_on_delete: bool = False
    provider: str = ""
    dependencies: tuple[str, ...] | None = None
    property_dependencies: dict[str, tuple[str, ...] | None] | None = None
    ignore_changes: tuple[str, ...] | None = None
    stack_trace: tuple[Frame, ...] | None = None
    init_errors: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        """The name that the program gives it."""
        return named(self.urn)

    @property
    def key(self) -> str:
        """Its URN in a Graph, where what waits for its deletion still exists beside its successor."""
        return f"{self.urn}#{self.id}" if self.delete else self.urn

    @property
    def component(self) -> str:
        """The URN of what it is a part of; none at the top of the stack."""
        return "" if typed(self.parent) == STACK_TYPE else self.parent

    @property
    def served_by(self) -> str:
        """The URN of its provider, which is written with its id behind; none for Pulumi's built-in one."""
        urn = self.provider.rpartition("::")[0]
        return "" if typed(urn) == _BUILT_IN else urn


def whose(urn: str) -> tuple[str, str]:
    """(project, stack) of a URN. ValueError for a text that is none."""
    parts = urn.split("::", 3)
    if len(parts) != 4 or not parts[0].startswith("urn:pulumi:"):
        raise ValueError(f"{urn!r} is no URN")
    return parts[1], parts[0].removeprefix("urn:pulumi:")


def owner(file: str, records: Iterable[Record]) -> tuple[str, str]:
    """(project, stack) of all these records, of which there is one at least.

    Raises BadInput for those of several stacks, and for a text that is no URN.
    """
    try:
        owners = {whose(record.urn) for record in records}
    except ValueError as error:
        raise BadInput(f"{file}: {error}.") from None
    if len(owners) != 1:
        raise BadInput(f"{file}: is of several stacks: {', '.join(sorted(stack for _, stack in owners))}.")
    return owners.pop()


def resources(records: Sequence[Record], sites: Sites, *, masked: str | None = None) -> tuple[Resource, ...]:
    """The resources of a Graph, in the order of their URNs; `masked` is the text that stands for each secret.

    Left out are the stack itself, what other stacks manage and a program only reads, and Pulumi's built-in provider.
    """
    reader = _Reader(records, sites, masked)
    made = (reader.resource(record) for record in records if _counts(record))
    return tuple(sorted(made, key=lambda resource: resource.urn))


def _counts(record: Record) -> bool:
    return record.type not in (STACK_TYPE, _BUILT_IN) and not record.external


class _Reader:
    """Reads records that may refer to each other."""

    def __init__(self, records: Iterable[Record], sites: Sites, masked: str | None) -> None:
        self._records = {record.urn: record for record in records if not record.delete}
        self._sites = sites
        self._masked = masked
        self._answers: dict[str, tuple[str, ...]] = {}

    def resource(self, record: Record) -> Resource:
        """One record as a resource."""
        declared_at, built_at = self._sites.of(frame.site() for frame in record.stack_trace or ())
        return Resource(
            urn=record.key,
            type=record.type,
            name=record.name,
            inputs=self._inputs(record),
            custom=record.custom,
            parent=record.component,
            provider=record.served_by,
            protect=record.protect,
            dependencies=frozenset(record.dependencies or ()),
            ignore_changes=record.ignore_changes or (),
            declared_at=declared_at,
            built_at=built_at,
        )

    def _inputs(self, record: Record) -> dict[str, Any]:
        depends = record.property_dependencies or {}

        def value(key: str, said: Any) -> Any:
            urns = depends.get(key) or ()
            found = meaning(said, Ref(frozenset(urns)) if urns else UNKNOWN)
            return _resolved(found, self._known(urns), self._masked) if urns or self._masked else found

        return declared(record.type, _said(record), value)

    def _known(self, urns: Sequence[str]) -> Mapping[str, Ref]:
        """What the resources of these URNs are known by, each text with whom it may mean."""
        texts: dict[str, set[str]] = {}
        for urn in urns:
            for text in self._answer(urn):
                texts.setdefault(text, set()).add(urn)
        return {text: Ref(frozenset(meant)) for text, meant in texts.items()}

    def _answer(self, urn: str) -> tuple[str, ...]:
        """What identifies a resource and was made up for it: ids, names and addresses that its program does not say."""
        if urn not in self._answers:
            record = self._records.get(urn)
            self._answers[urn] = tuple(_made_up(record)) if record else ()
        return self._answers[urn]


def _said(record: Record) -> dict[str, Any]:
    """Inputs without a name that was made up and is not said to be.

    Of resources on Terraform's plugin framework the bridge writes no `__defaults`.
    """
    inputs = record.inputs or {}
    listed = DEFAULTS in inputs or not unlisted(record.type)
    if listed or not is_made_up(str(inputs.get("name")), record.name):
        return inputs
    return {key: value for key, value in inputs.items() if key != "name"}


def _made_up(record: Record) -> Iterator[str]:
    """What identifies a resource, and its program does not say."""
    said = declared(record.type, _said(record), lambda _, value: meaning(value, UNKNOWN))
    texts = known_by(record.type, record.name, record.id, record.inputs or {}, record.outputs or {})
    own = _own_words(said)
    return (text for text in texts if text not in own)


def _own_words(said: Mapping[str, Any]) -> set[str]:
    """The texts at the top of what a program says, and in lists there."""
    lists = (value if isinstance(value, list) else (value,) for value in said.values())
    return {item for items in lists for item in items if isinstance(item, str)}


def _resolved(value: Any, known: Mapping[str, Ref], masked: str | None) -> Any:
    """A value in which each answer of a deployment is the reference that asked for it, and each masked text SECRET."""
    if isinstance(value, dict):
        return {key: _resolved(item, known, masked) for key, item in value.items()}
    if isinstance(value, list):
        return [_resolved(item, known, masked) for item in value]
    if isinstance(value, str):
        if value == masked:
            return SECRET
        # The name of a host, written into a zone, ends in a dot.
        return known[value] if value in known else known.get(value.removesuffix("."), value)
    return known.get(str(value), value) if type(value) is int else value
