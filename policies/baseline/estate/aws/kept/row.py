"""How a type of AWS that keeps something says what, how and for whom; and the one loop over all such types.

What is undecided stays so, and a value that no provider takes in its place is undecided too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, Protocol

from baseline.estate.aws.inputs import scalars_at, value_at, values_at
from baseline.estate.aws.keys import customer_key
from baseline.estate.aws.places import zone_of
from baseline.estate.aws.resting import Documents, holds, store, ways_by_policy
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.doubt import both, either, negated, ways_in
from baseline.estate.nouns import Opening
from baseline.graph import Ref, Resource, unknown_because

_BY_AWS: Final = frozenset({"AWS_OWNED_KEY", "AWS_OWNED_KMS_KEY"})
_SPELLED: Final[Mapping[str, bool]] = {"true": True, "false": False}


class Said(Protocol):
    """An answer that the inputs of a resource give."""

    def on(self, resource: Resource) -> Any:
        """True or False, or what leaves it undecided."""


class Switch(NamedTuple):
    """On where every value at a path is a wanted one; `default` where there is none."""

    path: str
    wanted: tuple[Any, ...] = (True,)
    default: Any = False

    def on(self, resource: Resource) -> Any:
        """Whether all values say so."""
        said = [self._says(value) for _, value in scalars_at(resource, self.path)]
        return both(said) if said else self.default

    def anywhere(self, resource: Resource) -> Any:
        """Whether any value says so."""
        said = [self._says(value) for _, value in scalars_at(resource, self.path)]
        return either(said) if said else self.default

    def _says(self, value: Any) -> Any:
        if undecided(value):
            return value
        if not isinstance(self.wanted[0], bool):
            return value in self.wanted
        value = _SPELLED.get(value, value) if isinstance(value, str) else value
        if not isinstance(value, bool):
            return unknown_because(f"is not known: {self.path} is {value!r}, which is no switch")
        return value in self.wanted


class Given(NamedTuple):
    """On where an input is there."""

    path: str

    def on(self, resource: Resource) -> Any:
        """Whether it is there; whether a value that only deployment knows will be one, nobody can tell."""
        value = value_at(resource, self.path)
        return value if undecided(value) and not isinstance(value, Ref) else value not in (None, "")


class Absent(NamedTuple):
    """On where an input is not there."""

    path: str

    def on(self, resource: Resource) -> Any:
        """Whether it is not there."""
        return negated(Given(self.path).on(resource))


class Fixed(NamedTuple):
    """The same answer for every resource: nobody can choose."""

    answer: Any

    def on(self, _: Resource) -> Any:
        """The answer."""
        return self.answer


class AnyOf(NamedTuple):
    """On where any of several switches is, for any value."""

    switches: tuple[Switch, ...]

    def on(self, resource: Resource) -> Any:
        """Whether any says so."""
        return either(switch.anywhere(resource) for switch in self.switches)


class Policy(NamedTuple):
    """The type whose resources give a policy document to a store: the inputs with its name, and with the document."""

    type: str
    link: str
    document: str = "policy"


class Row(NamedTuple):
    """What one type keeps. `holds` is as of Store, and a tag of the resource may say otherwise.

    `encrypted` is an answer, or what gives it; `key` are the inputs that name a key, empty where the type takes none.
    `public` is on where anyone can reach it, `tls` where it answers only over TLS. `source` is the input that names
    what it is a copy of, whose encryption and key it has.
    """

    kind: str
    holds: str = "data"
    encrypted: Any = True
    key: tuple[str, ...] = ()
    public: Said | None = None
    tls: Said | None = None
    name: str = "name"
    policy: Policy | None = None
    inline: str = ""
    shared: str = ""  # the input that names the accounts to which it is given
    source: str = ""
    keeps_backups: bool = False
    place: Callable[[Builder, Resource], Any] = zone_of
    answer: Callable[[Builder, Resource], Mapping[str, Any]] | None = None  # what no table can say


Rows = Mapping[str, Row]


def read_rows(builder: Builder, rows: Rows) -> None:
    """A Store for each resource of these types, in the order of the table: sources come before their copies."""
    for type_, row in rows.items():
        resources = builder.of(type_)
        if resources:
            documents = Documents(builder, *row.policy[:2], type_, row.name, row.policy[2]) if row.policy else None
            for resource in resources:
                _read(builder, resource, row, documents)


def _read(builder: Builder, resource: Resource, row: Row, documents: Documents | None) -> None:
    encrypted: Any = row.encrypted.on(resource) if isinstance(row.encrypted, Switch | Given | Absent) else row.encrypted
    said: dict[str, Any] = {
        "location": row.place(builder, resource),
        "encrypted": encrypted,
        "customer_key": False if encrypted is False else key_of(builder, resource, row.key),
        "holds": row.holds if row.holds == "secrets" else holds(builder, resource, row.holds),
        "reachable": _reachable(resource, row, documents),
        "plain_requests": None if row.tls is None else negated(row.tls.on(resource)),
    }
    if row.source:
        said |= _as_source(builder, resource, row)
    if row.keeps_backups:
        said["holds_backups"] = True
    store(builder, resource, row.kind, **(said | dict(row.answer(builder, resource) if row.answer else {})))


def _as_source(builder: Builder, resource: Resource, row: Row) -> dict[str, Any]:
    """The encryption and the key of what it is a copy of; a key that it names itself encrypts it."""
    named = key_of(builder, resource, row.key) if row.key else False
    if named is True:
        return {"encrypted": True, "customer_key": True}
    found = builder.referred(resource.inputs.get(row.source))
    stores = builder.stores.get(found[0].urn, []) if len(found) == 1 else []
    if not stores:
        return {"encrypted": UNKNOWN, "customer_key": UNKNOWN}
    return {name: stores[0].given(name) for name in ("encrypted", "customer_key")}


def key_of(builder: Builder, resource: Resource, paths: tuple[str, ...]) -> Any:
    """Whether every part that takes a key is under the customer's; None where the type takes none.

    Where there are several parts, those that the resource does not have ask for no key.
    """
    if not paths:
        return None
    answers = []
    for path in paths:
        part = path.rpartition(".")[0]
        if len(paths) > 1 and part and value_at(resource, part) is None:
            continue
        values = [value for _, value in values_at(resource, path)]
        answers += [_own_key(builder, value) for value in values or (None,)]
    return both(answers) if answers else False


def _own_key(builder: Builder, value: Any) -> Any:
    return False if isinstance(value, str) and value in _BY_AWS else customer_key(builder, value)


def _reachable(resource: Resource, row: Row, documents: Documents | None) -> Any:
    """Who gets at it: by its public switch, by its policies, by being given away; None where none can be declared."""
    if row.public is None and not row.inline and not row.shared and documents is None:
        return None
    ways, doubts = _public(resource, row.kind, row.public)
    policies = [value_at(resource, row.inline)] if row.inline else []
    policies += documents.possible.get(resource.urn, ()) if documents else []
    more, doubtful = ways_by_policy(policies)
    given = list(scalars_at(resource, row.shared)) if row.shared else []
    shares = (f"{_whom(value)} may copy it" for _, value in given if not undecided(value))
    return ways_in([*ways, *more, *shares], [*doubts, *doubtful, *(value for _, value in given)])


def _whom(value: Any) -> str:
    return "anyone" if value == "all" else f"account {value}"


def _public(resource: Resource, kind: str, public: Said | None) -> tuple[list[str], list[Any]]:
    if public is None:
        return [], []
    answer = public.anywhere(resource) if isinstance(public, Switch) else public.on(resource)
    if undecided(answer):
        return [], [answer]
    return [f"{kind} {resource.name} can be reached from the internet"] if answer else [], []


class Door(NamedTuple):
    """A type that opens what others keep: `kind` says what lies behind."""

    kind: str
    public: Said | None = None
    tls: Said | None = None


def read_doors(builder: Builder, doors: Mapping[str, Door]) -> None:
    """An Opening for each resource of these types."""
    for type_, door in doors.items():
        for resource in builder.of(type_):
            reachable = ways_in(*_public(resource, "what lies behind", door.public))
            plain = None if door.tls is None else negated(door.tls.on(resource))
            builder.add(Opening(origin=resource, kind=door.kind, reachable=reachable, plain_requests=plain))
