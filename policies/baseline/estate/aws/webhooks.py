"""Webhooks of CodeBuild and CodePipeline: whose events start a build, which then has the role and secrets of its own.

A repository may be public, which no input says, and then everyone may ask for a pull request. Source: CodeBuild User
Guide, "GitHub webhook events" and "Pull request comment approval"; a pattern of accounts that is not held at both ends
takes any longer number too. CodePipeline User Guide, "Webhooks"; all as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from baseline.estate.aws.inputs import value_at, values_at
from baseline.estate.aws.permissions import plain_grant
from baseline.estate.aws.policies import Condition
from baseline.estate.builder import Builder, items, undecided
from baseline.estate.doubt import both, either, flag, negated
from baseline.estate.nouns import Grant
from baseline.graph import Resource, unknown_because

WEBHOOK: Final = "aws:codebuild/webhook:Webhook"
PIPELINES: Final = "aws:codepipeline/webhook:Webhook"
_OF_WRITERS: Final = frozenset({"PUSH", "RELEASED", "PRERELEASED"})
"""Events that only those cause who may write to a repository."""

_APPROVED: Final = ("ALL_PULL_REQUESTS", "FORK_PULL_REQUESTS")
_ANYONE: Final = unknown_because("is not known: where the repository is public, everyone may ask for a build")


def read(builder: Builder) -> Iterator[Grant]:
    """One Grant for each: to those who write to the repository, to whoever has a secret, or to nobody knows whom."""
    for webhook in builder.of(WEBHOOK):
        narrow = _is_narrow(webhook)
        who = ("writers of the repository",) if narrow is True else _ANYONE if narrow is False else narrow
        yield _grant(builder, webhook, "filterGroups", who, "codebuild:startbuild")
    for webhook in builder.of(PIPELINES):
        yield _of_pipeline(builder, webhook)


def _of_pipeline(builder: Builder, webhook: Resource) -> Grant:
    """Whoever knows its address starts the pipeline, unless it asks for a signature or for a network."""
    asked = webhook.inputs.get("authentication")
    path, action = "authentication", "codepipeline:startpipelineexecution"
    if undecided(asked) or asked == "GITHUB_HMAC":
        return _grant(builder, webhook, path, asked if undecided(asked) else ("whoever has its secret",), action)
    if asked != "IP":
        return _grant(builder, webhook, path, ("*",), action)
    prefix = value_at(webhook, "authenticationConfiguration.allowedIpRange")
    if prefix is None or undecided(prefix):
        return _grant(builder, webhook, path, ("*",) if prefix is None else prefix, action)
    return _grant(builder, webhook, path, ("*",), action, (Condition("IpAddress", "aws:SourceIp", (str(prefix),)),))


def _grant(
    builder: Builder, origin: Resource, path: str, who: Any, action: str, conditions: tuple[Condition, ...] = ()
) -> Grant:
    return plain_grant(builder, origin, path, who, (action,), conditions)


def _is_narrow(webhook: Resource) -> Any:
    """Whether only those start a build who may write to the repository, or whom they approve."""
    groups = [value for _, value in values_at(webhook, "filterGroups")]
    asked = value_at(webhook, "pullRequestBuildPolicy.requiresCommentApproval")
    approved: Any = asked if undecided(asked) else asked in _APPROVED
    return both(_group(group, approved) for group in groups) if groups else False


def _group(group: Any, approved: Any) -> Any:
    """All filters of a group have to fit, so one that narrows is enough."""
    filters = group if undecided(group) else items(group.get("filters") if isinstance(group, dict) else None)
    if undecided(filters):
        return filters
    return either(_filter(item, approved) for item in filters)


def _filter(said: Any, approved: Any) -> Any:
    if not isinstance(said, dict):
        return said if undecided(said) else False
    kind, pattern, excluded = (said.get(name) for name in ("type", "pattern", "excludeMatchedPattern"))
    doubt = next((value for value in (kind, pattern) if undecided(value)), None)
    if doubt is not None:
        return doubt
    keeps = negated(flag(excluded, False))
    if kind == "EVENT":
        events = {event.strip() for event in str(pattern).upper().split(",")}
        others = events - _OF_WRITERS
        asked = {event for event in others if event.startswith("PULL_REQUEST_")}
        return both((keeps, True if not others else approved if asked == others else False))
    if kind == "ACTOR_ACCOUNT_ID":
        return both((keeps, str(pattern).startswith("^") and str(pattern).endswith("$") and "|" not in _bare(pattern)))
    return False


def _bare(pattern: Any) -> str:
    """A pattern without one group around all of it: `^(1|2)$` is held at both ends, `^1|2$` is not."""
    inside = str(pattern)[1:-1]
    return "" if inside.startswith("(") and inside.endswith(")") and ")" not in inside[:-1] else inside
