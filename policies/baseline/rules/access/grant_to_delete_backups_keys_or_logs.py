"""Backups, keys and logs outlive whoever steals a credential."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from baseline import graph
from baseline.estate import Estate
from baseline.estate.aws.policies import is_root
from baseline.estate.facts.destructive_actions import DESTRUCTIVE, EXPIRING, destroyed_by
from baseline.estate.nouns import Grant
from baseline.estate.patterns import any_covers
from baseline.graph import Resource
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Grant,
    clauses=("5.1/3", "5.1/4", "5.4.1 3)"),
    remedy="Take the action away: what has to go ends by its retention, or by a role tagged `break-glass: true` "
    "that only people can assume.",
    applies=lambda grant: grant.allows and grant.kind != "trust",
)
def grant_to_delete_backups_keys_or_logs(grant: Grant, _: Estate) -> Iterator[Problem]:
    """Somebody may delete backups, keys or logs in their daily work.

    That is what an intruder does first. `ec2:Delete*` counts as much as `ec2:DeleteSnapshot`, a shorter retention as
    much as a deletion. A statement without conditions that refuses the action in the same policy takes it back. AWS
    Backup may end what it made itself, under a role that nobody else can assume.
    """
    if grant.principals and all(is_root(principal, grant.owner) for principal in grant.principals):
        return  # the account's own policies decide, and each of them is judged
    granted = [action for action in _granted(grant) if not any_covers(grant.denied, action.lower())]
    if not granted or set(granted) <= _expired_by(grant.assumed_by) or grant.break_glass:
        return
    what = ", ".join(sorted({DESTRUCTIVE[action] for action in granted}))
    named = f"{', '.join(granted[:3])}{' and more' if granted[3:] else ''}"
    yield Problem(f"{grant.label} may destroy {what}: {named}")


def _granted(grant: Grant) -> list[str]:
    if grant.not_actions:
        return [action for action in DESTRUCTIVE if not any_covers(grant.not_actions, action.lower())]
    return list(dict.fromkeys(action for pattern in grant.actions for action in destroyed_by(pattern)))


def _expired_by(services: Iterable[str]) -> frozenset[str]:
    """What all of these may delete as the end of what they made; nothing where one of them is no such service."""
    sets = [EXPIRING.get(service, frozenset()) for service in services]
    return frozenset.intersection(*sets) if sets else frozenset()


def _role(trusts: str = "ec2.amazonaws.com", **inputs: Any) -> Resource:
    kind = "AWS" if trusts.isdecimal() else "Service"
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {kind: trusts}}
    return resource("aws:iam/role:Role", "host", assumeRolePolicy=json.dumps({"Statement": [statement]}), **inputs)


def _policy(holder: Resource, *statements: tuple[str, Any]) -> Resource:
    document = {"Statement": [{"Effect": effect, "Action": action, "Resource": "*"} for effect, action in statements]}
    return resource("aws:iam/rolePolicy:RolePolicy", "work", role=ref(holder), policy=json.dumps(document))


_DELETES = fails("work", "policy.Statement.0")
_HOST = _role()
_BACKUP = _role("backup.amazonaws.com")
_EMERGENCY = _role("123456789012", tags={"break-glass": "true"})
_MAYBE = _role("123456789012", tags=graph.UNKNOWN)
_MACHINE = _role(tags={"break-glass": "true"})

EXAMPLES = (
    example(
        "reads and writes", aws_provider(), _HOST, _policy(_HOST, ("Allow", ["s3:PutObject", "logs:PutLogEvents"]))
    ),
    example(
        "names the action", aws_provider(), _HOST, _policy(_HOST, ("Allow", "backup:DeleteRecoveryPoint")), _DELETES
    ),
    example("means it by a pattern", aws_provider(), _HOST, _policy(_HOST, ("Allow", "kms:Schedule*")), _DELETES),
    example(
        "takes a vault's own refusal away",
        aws_provider(),
        _HOST,
        _policy(_HOST, ("Allow", "backup:PutBackupVaultAccessPolicy")),
        _DELETES,
    ),
    example("shortens a retention", aws_provider(), _HOST, _policy(_HOST, ("Allow", "logs:PutRetention*")), _DELETES),
    example(
        "grants and takes back",
        aws_provider(),
        _HOST,
        _policy(_HOST, ("Allow", "logs:*"), ("Deny", ["logs:Delete*", "logs:PutRetentionPolicy"])),
    ),
    example(
        "takes back a part",
        aws_provider(),
        _HOST,
        _policy(_HOST, ("Allow", "logs:*"), ("Deny", "logs:DeleteLogGroup")),
        _DELETES,
    ),
    example("breaks the glass", aws_provider(), _EMERGENCY, _policy(_EMERGENCY, ("Allow", "kms:ScheduleKeyDeletion"))),
    example(
        "a machine that says that it breaks the glass",
        aws_provider(),
        _MACHINE,
        _policy(_MACHINE, ("Allow", "kms:ScheduleKeyDeletion")),
        _DELETES,
    ),
    example(
        "may break the glass",
        aws_provider(),
        _MAYBE,
        _policy(_MAYBE, ("Allow", "kms:ScheduleKeyDeletion")),
        unknown("work", "policy.Statement.0"),
    ),
    example("AWS Backup ends what it made", aws_provider(), _BACKUP, _policy(_BACKUP, ("Allow", "ec2:DeleteSnapshot"))),
    example(
        "a host ends what AWS Backup made",
        aws_provider(),
        _HOST,
        _policy(_HOST, ("Allow", "ec2:DeleteSnapshot")),
        _DELETES,
    ),
    example(
        "a key that its users may delete",
        aws_provider(),
        resource(
            "aws:kms/key:Key",
            "disks",
            policy='{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:role/web"},'
            ' "Action": ["kms:Decrypt", "kms:DisableKey"], "Resource": "*"}]}',
        ),
        fails("disks", "policy.Statement.0"),
    ),
)
