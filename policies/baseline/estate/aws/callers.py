"""Which conditions of a policy say who calls, so that `Principal: *` beside them is not everyone. Pure."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from baseline.estate.aws.policies import Condition
from baseline.estate.facts.public_logins import PUBLIC_LOGINS

_IDENTITIES: Final = frozenset(
    {
        "aws:principalaccount",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:sourceaccount",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:userid",
        "aws:vpceaccount",
        "aws:vpceorgid",
        "kms:calleraccount",
        "s3:dataaccesspointaccount",
    }
)
_ARNS: Final = frozenset({"aws:principalarn", "aws:sourcearn"})
_ADDRESSES: Final = frozenset({"aws:sourceip", "aws:vpcsourceip"})
"""Condition keys that pin down who calls. Source: S3 User Guide, 'The meaning of "public"', and IAM User Guide, "AWS
global condition context keys", as of 2026-11-23."""

_MOUNTED: Final = "elasticfilesystem:accessedviamounttarget"
"""True only for those inside the network. Source: EFS User Guide, "Using IAM to control file system data access", as of
2026-11-23."""

_EXACT: Final = frozenset({"stringequals", "stringequalsignorecase"})
_PATTERNS: Final = frozenset({"stringlike", "arnequals", "arnlike"})  # ArnEquals takes patterns too

_WIDEST: Final = {4: 8, 6: 32}
"""S3 takes an address condition wider than this as open to anyone (the same page)."""

_OWN: Final = frozenset({"${aws:ResourceAccount}", "${aws:ResourceOrgID}", "${aws:ResourceOrgPaths}"})
"""Variables that the owner of the resource decides; any other may be the caller's own choice."""


_TENANT: Final = re.compile(r"[^:*?]+:[^:/*?]+[:/]")
"""The beginning of a pattern of subjects that names a tenant: `repo:shop/`, `organization:shop:`."""


def admits_anyone(principals: Iterable[str], conditions: Iterable[Condition]) -> bool:
    """Whether a statement serves callers whom nobody named: by `*`, or by a login that is open to the public."""
    tests = tuple(conditions)
    if any(map(pins_the_caller, tests)):
        return False
    return any(name == "*" or _open_login(name.rpartition("oidc-provider/")[2], tests) for name in principals)


def _open_login(provider: str, tests: tuple[Condition, ...]) -> bool:
    keys = PUBLIC_LOGINS.get(provider)
    return keys is not None and not any(test.key.lower() in keys and _names_a_tenant(test) for test in tests)


def _names_a_tenant(test: Condition) -> bool:
    if not compares(test):
        return False
    if test.test in _EXACT:
        return True
    subject = test.key.lower().endswith(":sub")
    return all(bool(_TENANT.match(value)) if subject else not _wild(value.split("/")[0]) for value in test.values)


def compares(condition: Condition) -> bool:
    """Whether a test asks for texts, and fails for a request that does not carry the key at all."""
    operator = condition.operator.lower()
    if operator.endswith("ifexists") or operator.startswith("forallvalues:") or not condition.values:
        return False
    return condition.test in _EXACT or condition.test in _PATTERNS


def pins_the_caller(condition: Condition) -> bool:
    """Whether only callers whom the policy names can meet the condition."""
    key = condition.key.lower()
    if key == _MOUNTED:
        return condition.operator.lower() == "bool" and condition.values == ("true",)
    if key in _ADDRESSES:
        return condition.operator.lower() == "ipaddress" and all(map(_narrow, condition.values))
    if not compares(condition):
        return False
    if key in _ARNS:
        return names_an_owner(condition)
    patterns = condition.test in _PATTERNS
    return key in _IDENTITIES and all(_names_someone(value, patterns) for value in condition.values)


def names_an_owner(condition: Condition) -> bool:
    """Whether only ARNs of owners whom the policy names can meet the condition."""
    patterns = condition.test in _PATTERNS
    return compares(condition) and all(_is_of_an_owner(value, patterns) for value in condition.values)


def _names_someone(value: str, patterns: bool) -> bool:
    if "${" in value:
        return value in _OWN
    identity = value.split("/")[0]  # the first part of a path is the organization
    return bool(identity) and not (patterns and _wild(identity))


def _is_of_an_owner(arn: str, patterns: bool) -> bool:
    """Whether an ARN names the account; buckets have none in theirs, but names that are unique in the world."""
    parts = arn.split(":", 5)
    if "${" in arn or len(parts) < 6:
        return False
    owner = parts[4] or parts[5].split("/")[0]
    return bool(owner) and not (patterns and _wild(owner))


def _wild(text: str) -> bool:
    return "*" in text or "?" in text


@lru_cache(maxsize=1024)
def _narrow(prefix: str) -> bool:
    try:
        network = ipaddress.ip_network(prefix, strict=False)
    except ValueError:
        return False
    return network.prefixlen >= _WIDEST[network.version]
