"""AWS policy documents as statements. Pure.

Source: IAM User Guide, "Grammar of the IAM JSON policy language" and "IAM JSON policy elements reference", as of
2026-11-23. A document that the grammar refuses is undecided, never empty.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from baseline import foreign
from baseline.estate.builder import undecided
from baseline.estate.patterns import covers
from baseline.graph import UNKNOWN, Ref, unknown_because

LATER: Final = unknown_because(
    "is known only after deployment: build the policy document from declared names instead of outputs"
)
"""What stands for an element, or a document, that deployment decides."""


class Condition(NamedTuple):
    """One test of a statement; all tests of a statement must hold, any of its values may."""

    operator: str
    key: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.operator} {self.key} {', '.join(self.values)}"

    @property
    def test(self) -> str:
        """The operator in lower case, without its set operator and without IfExists."""
        return self.operator.lower().rpartition(":")[2].removesuffix("ifexists")


class Statement(NamedTuple):
    """One statement. Actions are in lower case, as IAM compares them; an absent element is empty.

    An element with any undecided part is LATER. `principals` holds ARNs, account ids and service names; `*` is
    anyone.
    """

    position: int  # within its document
    allows: bool
    principals: tuple[str, ...]
    not_principals: tuple[str, ...]
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[str, ...]
    not_resources: tuple[str, ...]
    conditions: tuple[Condition, ...]


_ELEMENTS = frozenset(
    "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split()  # noqa: SIM905
)


class Malformed(ValueError):
    """The document breaks the grammar, so AWS refuses it."""


def statements(document: Any) -> Any:
    """The statements of a document, given as JSON or as a mapping; undecided where it is so, or malformed."""
    if undecided(document):
        return LATER if document is UNKNOWN or isinstance(document, Ref) else document
    return _of_text(document) if isinstance(document, str) else _of_content(document)


@lru_cache(maxsize=4096)
def _of_text(text: str) -> Any:
    """Many roles share one trust, many buckets one refusal of plain requests."""
    try:
        content = foreign.json(text)
    except ValueError as error:
        return _unreadable(error)
    return _of_content(content)


def _of_content(content: Any) -> Any:
    try:
        if not isinstance(content, dict):
            raise Malformed("no object")
        if "Statement" not in content:
            raise Malformed("no Statement")
        found = content["Statement"]
        if undecided(found):
            return LATER
        return tuple(_statement(index, item) for index, item in enumerate(_many(found)))
    except Malformed as error:
        return _unreadable(error)


def _unreadable(error: Exception) -> Any:
    return unknown_because(f"cannot be read: the policy document is malformed ({error})")


def _many(value: Any) -> tuple[Any, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _statement(index: int, item: Any) -> Statement:
    if undecided(item):
        return Statement(index, *[LATER] * 8)
    if not isinstance(item, dict) or not item.keys() <= _ELEMENTS or not {"Action", "NotAction"} & item.keys():
        raise Malformed(f"statement {index}")
    return Statement(
        index,
        _allows(item.get("Effect")),
        _principals(item.get("Principal")),
        _principals(item.get("NotPrincipal")),
        _texts(item.get("Action"), str.lower),
        _texts(item.get("NotAction"), str.lower),
        _texts(item.get("Resource")),
        _texts(item.get("NotResource")),
        _conditions(item.get("Condition")),
    )


def _allows(effect: Any) -> Any:
    if not undecided(effect) and effect not in ("Allow", "Deny"):
        raise Malformed(f"effect {effect!r}")
    return LATER if undecided(effect) else effect == "Allow"


def _texts(value: Any, change: Callable[[str], str] = str) -> Any:
    """One or many texts as a tuple; undecided where any part is."""
    if type(value) is str:  # nearly all are
        return (change(value),)
    if undecided(value):
        return LATER
    found = []
    for item in _many(value):
        if undecided(item):
            return LATER
        found.append(change(_text(item)))
    return tuple(found)


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        raise Malformed(f"{value!r} where a text belongs")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Malformed(f"{value!r} among the conditions")
    return value


def _principals(value: Any) -> Any:
    return _texts([item for each in value.values() for item in _many(each)] if isinstance(value, dict) else value)


def _conditions(value: Any) -> Any:
    if undecided(value):
        return LATER
    found: list[Condition] = []
    for operator, tests in _mapping(value or {}).items():
        if undecided(tests):
            return LATER
        for key, values in _mapping(tests).items():
            texts = _texts(values)
            if undecided(texts):
                return LATER
            found.append(Condition(operator, key, texts))
    return tuple(found)


def account_of(principal: str) -> str:
    """The account that a principal or ARN belongs to: its 12 digits, or `""`."""
    account = principal if ":" not in principal else (principal.split(":", 5) + [""] * 5)[4]
    return account if len(account) == 12 and account.isdecimal() else ""


def is_root(principal: str, account: str) -> bool:
    """Whether a principal is an account as such, whose own policies then decide."""
    return principal == account or (account_of(principal) == account and principal.endswith(":root"))


# In ARNs of these a name comes first, not a type: `files/*` is all that is in one bucket.
_NAMED_FIRST = (["execute-api"], ["s3"])


def everywhere(resource: str) -> bool:
    """Whether a pattern is all of a service, or all of a type: `*`, `arn:aws:s3:::*`, `arn:aws:kms:*:*:key/*`."""
    *arn, name = resource.split(":", 5)
    if arn[2:3] not in _NAMED_FIRST:
        name = name.replace(":", "/").partition("/")[2] or name
    return set(name) <= {"*", "?", "/"}


def may_be(resource: str, kind: str) -> bool:
    """Whether a pattern of ARNs takes in resources of a kind, given as `service:type`."""
    if resource == "*":
        return True
    service, _, type_ = kind.partition(":")
    parts = resource.split(":", 5)
    parts += ["*"] * (6 - len(parts))
    return covers(parts[2], service) and covers(parts[5].replace(":", "/").partition("/")[0], type_)
