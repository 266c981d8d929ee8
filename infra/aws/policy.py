"""Policy documents as plain values: nothing here is decided by a deployment, so a preview knows every word."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

Statement = Mapping[str, Any]
Condition = Mapping[str, Mapping[str, str | Sequence[str]]]
Principal = Mapping[str, str] | str


def document(*statements: Statement) -> str:
    """The JSON of a policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, sort_keys=True)


def allow(
    sid: str,
    actions: Sequence[str],
    resources: Sequence[str] = (),
    *,
    to: Principal | None = None,
    when: Condition | None = None,
) -> Statement:
    """A statement that grants `actions`; no `resources` in a trust policy, no `to` in an identity policy."""
    return _statement("Allow", sid, actions, resources, to, when)


def deny(
    sid: str,
    actions: Sequence[str],
    resources: Sequence[str] = (),
    *,
    to: Principal | None = None,
    when: Condition | None = None,
) -> Statement:
    """A statement that takes `actions` away."""
    return _statement("Deny", sid, actions, resources, to, when)


def deny_plain_requests(action: str, resources: Sequence[str]) -> Statement:
    """Requests without TLS are refused, whoever makes them."""
    return deny(
        "DenyPlainRequests",
        [action],
        resources,
        to="*",
        when={"Bool": {"aws:SecureTransport": "false"}},
    )


def _statement(
    effect: str,
    sid: str,
    actions: Sequence[str],
    resources: Sequence[str],
    to: Principal | None,
    when: Condition | None,
) -> Statement:
    statement: dict[str, Any] = {"Sid": sid, "Effect": effect, "Action": list(actions)}
    if to is not None:
        statement["Principal"] = to
    if resources:
        statement["Resource"] = list(resources)
    if when is not None:
        statement["Condition"] = when
    return statement
