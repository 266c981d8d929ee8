"""Which account each noun lies in: facts to be asked with `estate.once`, or by the functions below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from baseline.estate.estate import Estate
from baseline.estate.nouns import Account, Noun, RegionPin, Role
from baseline.graph import Undecided

N = TypeVar("N", bound=Noun)


def accounts_by_provider(estate: Estate) -> Mapping[str, str]:
    """By URN of its provider: the id of an account, or that same URN where the id is undecided."""
    found = {}
    for account in estate.all(Account):
        try:
            found[account.urn] = account.id
        except Undecided:
            found[account.urn] = account.urn
    return found


def in_account(estate: Estate, noun: type[N], beside: Noun) -> Sequence[N]:
    """The nouns of a type that lie in the same account as another, whichever of its providers made them."""
    return estate.once(_INDEX[noun]).get(_account(estate, beside), ())


def _account(estate: Estate, noun: Noun) -> str:
    accounts = estate.once(accounts_by_provider)
    return accounts.get(noun.urn) or accounts.get(noun.origin.provider, "")


def _indexed(noun: type[N], estate: Estate) -> dict[str, list[N]]:
    index: dict[str, list[N]] = {}
    for item in estate.all(noun):
        index.setdefault(_account(estate, item), []).append(item)
    return index


# One object for each type, because `once` remembers a fact by its function.
_INDEX: Mapping[type[Noun], Callable[[Estate], Mapping[str, Sequence[Any]]]] = {
    noun: partial(_indexed, noun) for noun in (Account, RegionPin, Role)
}
