"""What AWS records and for how long: log groups, buckets of logs, and trails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from baseline.estate.aws.accounts import account_id
from baseline.estate.aws.buckets import BUCKETS
from baseline.estate.aws.log_buckets import FLOWS, TRAIL, LogBuckets
from baseline.estate.aws.places import region_of, tag
from baseline.estate.aws.references import Named
from baseline.estate.builder import UNKNOWN, Builder, known, number, undecided
from baseline.estate.doubt import both, either, flag
from baseline.estate.nouns import Log, Trail
from baseline.graph import Resource, unknown_because

GROUP = "aws:cloudwatch/logGroup:LogGroup"

_CLASSES: Mapping[str, str] = {"logs": "service_log", "audit": "audit_log"}
_DELIVERY_DAYS = 2
"""Groups of class DELIVERY keep for two days, whatever is asked for. Source: CloudWatch Logs User Guide, "Log classes",
read 2026-11-23."""

EVENTS = "aws:cloudtrail/eventDataStore:EventDataStore"
_EVENT_DAYS = 2555
"""Days of a store of CloudTrail Lake that does not say them. Source: pulumi-aws 7.51.1, read 2026-11-26."""


def read(builder: Builder) -> None:
    """Groups first, then buckets, then trails."""
    _groups(builder)
    buckets = LogBuckets(builder)
    for bucket in builder.of(*BUCKETS):
        kind = buckets.written.get(bucket.urn)
        word = tag(builder, bucket, "holds")
        if kind is None and not undecided(word) and word not in _CLASSES:
            continue  # nothing writes logs to it, and nobody says that it holds some
        kept = buckets.kept(bucket)
        builder.add(
            Log(
                origin=kept.origin,
                path=kept.path,
                name=bucket.name,
                # Whatever its label says: what balancers and flow logs write is no record of changes.
                kind=kind if kind == "service_log" else _kind(word, kind or "service_log"),
                location=region_of(builder, bucket),
                keep_at_least=kept.at_least,
                keep_at_most=kept.at_most,
            )
        )
    unseen = unknown_because("is not known: the bucket that it writes to is not in this program")
    for writer, path, kind in buckets.elsewhere:
        builder.add(
            Log(
                origin=writer,
                path=path,
                name=writer.name,
                kind=kind,
                location=unseen,
                keep_at_least=unseen,
                keep_at_most=unseen,
            )
        )
    _event_stores(builder)
    for trail in builder.of(TRAIL):
        builder.add(
            Trail(
                origin=trail,
                name=trail.name,
                account=account_id(builder.provider_of(trail)),
                logging=both((flag(trail.inputs.get("enableLogging"), True), _records_changes(trail))),
                # IAM and other global services are recorded in one region only, by a trail that includes them.
                every_region=both(
                    (
                        flag(trail.inputs.get("isMultiRegionTrail"), False),
                        flag(trail.inputs.get("includeGlobalServiceEvents"), True),
                    )
                ),
                validated=flag(trail.inputs.get("enableLogFileValidation"), False),
            )
        )


def _event_stores(builder: Builder) -> None:
    for store in builder.of(EVENTS):
        days = known(number(store.inputs.get("retentionPeriod")), _EVENT_DAYS)
        builder.add(
            Log(
                origin=store,
                path="retentionPeriod",
                name=store.name,
                kind="audit_log",
                location=region_of(builder, store),
                keep_at_least=days,
                keep_at_most=days,
            )
        )


def _groups(builder: Builder) -> None:
    named = Named(builder, (GROUP,), "name")
    audits = {
        group.urn
        for trail in builder.of(TRAIL)
        for group in named.any(_without_star(trail.inputs.get("cloudWatchLogsGroupArn")))
    }
    flows = {
        group.urn
        for log in builder.peek(FLOWS)
        for path in ("logDestination", "logGroupName")
        for group in named.any(_without_star(log.inputs.get(path)))
    }
    for group in builder.of(GROUP):
        days, class_ = number(group.inputs.get("retentionInDays")), group.inputs.get("logGroupClass")
        if class_ == "DELIVERY":
            days = _DELIVERY_DAYS
        written = "audit_log" if group.urn in audits else "service_log"
        kept = days if undecided(days) else days or None  # 0 and absent: for ever
        builder.add(
            Log(
                origin=group,
                path="retentionInDays",
                name=group.name,
                kind="service_log" if group.urn in flows else _kind(tag(builder, group, "holds"), written),
                location=region_of(builder, group),
                keep_at_least=class_ if undecided(class_) else kept,
                keep_at_most=kept,
            )
        )


def _without_star(arn: Any) -> Any:
    return arn.removesuffix(":*") if isinstance(arn, str) else arn


def _kind(word: Any, otherwise: str) -> Any:
    """The class of a log: what its label says, else who writes it."""
    return word if undecided(word) else _CLASSES.get(word or "", otherwise)


def _records_changes(trail: Resource) -> Any:
    """Whether every call that changes something is recorded; without selectors all calls that manage something are."""
    plain, advanced = trail.inputs.get("eventSelectors"), trail.inputs.get("advancedEventSelectors")
    if advanced is not None:
        return either(_manages(item) for item in _items(advanced))
    if plain is not None:
        return either(
            both((flag(item.get("includeManagementEvents"), True), _writes(item), _leaves_nothing_out(item)))
            if isinstance(item, dict)
            else item
            for item in _items(plain)
        )
    return True


def _writes(selector: dict[str, Any]) -> Any:
    kind = known(selector.get("readWriteType"), "All")
    return kind if undecided(kind) else kind in ("All", "WriteOnly")


def _leaves_nothing_out(selector: dict[str, Any]) -> Any:
    """Whether it takes the events of every service: those of KMS may be left out, and keys are deleted there."""
    left_out = selector.get("excludeManagementEventSources")
    return left_out if undecided(left_out) else not left_out


def _manages(selector: Any) -> Any:
    """Whether an advanced selector takes every management event, or every one that writes."""
    fields = selector.get("fieldSelectors") if isinstance(selector, dict) else selector
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        return UNKNOWN
    said = {field.get("field"): {key: value for key, value in field.items() if key != "field"} for field in fields}
    if any(undecided(value) for condition in said.values() for value in condition.values()):
        return UNKNOWN
    return said.pop("eventCategory", None) == {"equals": ["Management"]} and (
        said in ({}, {"readOnly": {"equals": ["false"]}})
    )


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
