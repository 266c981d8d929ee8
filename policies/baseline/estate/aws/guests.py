"""Those who are let in without any login: callers of function URLs, guests of identity pools, users of caches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from baseline.estate.aws.accounts import owner_of
from baseline.estate.aws.inputs import value_at, values_at
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.doubt import either, flag, negated
from baseline.estate.nouns import Grant
from baseline.graph import Resource

URL: Final = "aws:lambda/functionUrl:FunctionUrl"
_POOL: Final = "aws:cognito/identityPool:IdentityPool"
_CACHE_USER: Final = "aws:elasticache/user:User"
_MEMORY_USER: Final = "aws:memorydb/user:User"
_ROLES: Final = "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment"


def read(builder: Builder) -> Iterator[Grant]:
    """One Grant for each URL that asks for no signature, each user without password, and each role of guests."""
    for url in builder.of(URL):
        # NONE: the provider gives everyone the permission with it (Lambda Developer Guide, "Control access to Lambda
        # function URLs", as of 2026-11-26).
        asked = url.inputs.get("authorizationType")
        everyone: Any = asked if undecided(asked) else asked != "AWS_IAM"
        if everyone is not False:
            yield _grant(builder, url, "authorizationType", everyone, "resource", "lambda:invokefunctionurl")
    yield from _users(builder)
    builder.of(_POOL)
    for roles in builder.of(_ROLES):
        pools = builder.referred(roles.inputs.get("identityPoolId"), _POOL)
        switches = [flag(pool.inputs.get("allowUnauthenticatedIdentities"), False) for pool in pools] or [UNKNOWN]
        if all(switch is False for switch in switches):
            continue
        everyone = True if all(switch is True for switch in switches) else UNKNOWN
        for at, role in values_at(roles, "roles"):
            whole = at if undecided(role) or not isinstance(role, dict) else f"{at}.unauthenticated"
            if whole == at or role.get("unauthenticated") is not None:
                doubt = everyone if isinstance(role, dict) else UNKNOWN
                yield _grant(builder, roles, whole, doubt, "trust", "sts:assumerolewithwebidentity")


def _users(builder: Builder) -> Iterator[Grant]:
    """Users of caches without a password."""
    for user in builder.of(_CACHE_USER):
        kind = value_at(user, "authenticationMode.type")
        open_ended = [flag(user.inputs.get("noPasswordRequired"), False)]
        open_ended.append(kind if undecided(kind) else kind == "no-password-required")
        everyone = either(open_ended)
        if everyone is not False:
            yield _grant(builder, user, "authenticationMode", everyone, "resource", "elasticache:connect")
    for user in builder.of(_MEMORY_USER):
        kind = value_at(user, "authenticationMode.type")
        named: Any = kind if undecided(kind) else kind in ("password", "iam")
        if named is not True:
            yield _grant(builder, user, "authenticationMode", negated(named), "resource", "memorydb:connect")


def _grant(builder: Builder, origin: Resource, path: str, everyone: Any, kind: str, action: str) -> Grant:
    return Grant(
        origin=origin,
        path=path,
        kind=kind,
        allows=True,
        principals=everyone if undecided(everyone) else ("*",),
        actions=(action,),
        resources=(),
        not_actions=(),
        conditions=(),
        denied=(),
        owner=owner_of(builder, origin),
        break_glass=False,
        assumed_by=(),
    )
