"""ACLs of S3: whom those of a bucket or of an object let in, by one word or by grants.

Source: S3 User Guide, "Access control list (ACL) overview", read 2026-11-26. Somebody who is named, by an id or an
address, is no way in from outside, as in a policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from baseline.estate.aws.inputs import scalars_at
from baseline.estate.builder import undecided
from baseline.graph import Resource

_PUBLIC: Final = frozenset({"public-read", "public-read-write", "authenticated-read"})
_GROUPS: Final = ("/AllUsers", "/AuthenticatedUsers")
_GRANTEES: Final = ("accessControlPolicy.grants.grantee.uri", "grants.uri")


def public(resource: Resource) -> tuple[list[str], list[Any]]:
    """(ways in, doubts): the words and groups by which the ACL of a resource lets in whoever asks."""
    said = list(_said(resource))
    return [way for way in said if isinstance(way, str)], [doubt for doubt in said if undecided(doubt)]


def _said(resource: Resource) -> Iterator[Any]:
    for _, word in scalars_at(resource, "acl"):
        if undecided(word):
            yield word
        elif word in _PUBLIC:
            yield f"its ACL is {word}"
    for path in _GRANTEES:
        for _, group in scalars_at(resource, path):
            if undecided(group):
                yield group
            elif str(group).endswith(_GROUPS):
                yield f"its ACL grants something to {str(group).rpartition('/')[2]}"
