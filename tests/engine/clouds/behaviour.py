"""What a cloud does beyond storing: the questions that the provider asks of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.engine.clouds.ledger import Ledger, Thing

Inputs = Mapping[str, Any]


class Refused(Exception):
    """The cloud says no, in its own words. `half` is what exists all the same: some refusals come too late."""

    def __init__(self, message: str, half: Made | None = None) -> None:
        super().__init__(message)
        self.half = half


@dataclass(frozen=True)
class Config:
    """One configured provider: where it works, and for whom."""

    place: str = ""
    account: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """What came into being: its id and the outputs that only the cloud knows."""

    id: str
    outputs: Mapping[str, Any]


class Behaviour(Protocol):
    """One cloud. Inputs are bare of secrets' marks and of `__defaults`, and may hold unknowns where a preview asks."""

    name: str
    deletes_first: frozenset[str]  # types whose replacement is made only after the old one is gone
    unreadable: frozenset[str]  # inputs that the cloud never gives back
    framework: frozenset[str]  # types on Terraform's plugin framework: the bridge writes no `__defaults` of them

    def configure(self, config: Inputs) -> Config:
        """A provider's settings. Raises Refused for those that it refuses."""

    def autoname(self, type_: str) -> str | None:
        """The input that is made up from the program's name where the program says none."""

    def defaults(self, type_: str, inputs: Inputs) -> Mapping[str, Any]:
        """What the provider fills in where the program says nothing."""

    def refusals(self, type_: str, inputs: Inputs) -> Iterator[tuple[str, str]]:
        """(input, reason) of what the provider refuses at preview already."""

    def replaces(self, type_: str, inputs: Inputs) -> frozenset[str]:
        """The inputs whose change makes a new one of what is declared so."""

    def never_settles(self, type_: str, inputs: Inputs) -> Iterator[str]:
        """Inputs that differ from what the cloud gives back, at every preview."""

    def make(self, ledger: Ledger, type_: str, name: str, inputs: Inputs, config: Config) -> Made:
        """Something new, not yet in the ledger. Raises Refused."""

    def change(self, ledger: Ledger, thing: Thing, inputs: Inputs) -> Inputs:
        """The inputs that hold in the cloud after an update; not always those that were asked for. Raises Refused."""

    def look_up(self, token: str, inputs: Inputs, config: Config) -> Inputs:
        """What the cloud answers to a look-up. Raises Refused where it has no such thing."""

    def remove(self, ledger: Ledger, thing: Thing) -> str:
        """Why the cloud keeps it although it is deleted; "" where it is gone. Raises Refused."""
