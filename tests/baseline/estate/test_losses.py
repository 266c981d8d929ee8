"""What an update takes away while its resource stays."""

from __future__ import annotations

from typing import Any, Final

import pytest

from baseline.estate.build import build
from baseline.graph import UNKNOWN, Resource
from baseline.judge import judge
from baseline.rule import all_rules, aws_provider, example, ref, resource

DATA, OFF = "data_deleted_by_change", "backups_switched_off_by_change"
BUCKET = resource("aws:s3/bucket:Bucket", "files", _protect=True, bucket="files-eu")
LOGS = resource("aws:s3/bucket:Bucket", "logs", _protect=True, bucket="logs-eu", tags={"holds": "logs"})
KIND: Final = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"


def found(
    rule: str, step: str, before: Resource | None, after: Resource | None, *others: Resource
) -> set[tuple[str, str]]:
    """(outcome, path) of the findings of a rule at one step."""
    was = (*others, before) if before else others
    now = (*others, after) if after else others
    subject = after or before
    assert subject is not None
    case = example("", aws_provider(), *now, before=(aws_provider(), *was))
    graph = case.graph
    graph.steps[subject.urn] = step
    chosen = [each for each in all_rules() if each.id == rule]
    return {
        (item.outcome, item.path)
        for item in judge(build(graph, case.terms), chosen).findings
        if item.urn == subject.urn
    }


def lifecycle(*rules: Any, bucket: Any = "files-eu") -> Resource:
    """A lifecycle of these rules."""
    return resource(KIND, "it", bucket=bucket, rules=list(rules))


def rule(days: Any = None, *, old: Any = None, status: Any = "Enabled", **more: Any) -> dict[str, Any]:
    """A rule that deletes objects, or older versions, after some days."""
    said: dict[str, Any] = {"status": status, **more}
    if days is not None:
        said["expiration"] = {"days": days}
    if old is not None:
        said["noncurrentVersionExpiration"] = {"noncurrentDays": old}
    return said


NEW, OLDER = ("fail", "rules.0.expiration"), ("fail", "rules.0.noncurrentVersionExpiration")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (rule(30), rule(30), set()),
        (rule(30), rule(60), set()),
        (rule(60), rule(30), {NEW}),
        (rule("60"), rule("30"), {NEW}),
        (rule(60), rule(60, status="Disabled"), set()),
        (rule(60, status="Disabled"), rule(60), {NEW}),
        (rule(60), rule(60, prefix="a/"), set()),
        (rule(60), rule(60, filter={"prefix": ""}), set()),
        (rule(60, filter={"and": {"prefix": ""}}), rule(60, filter={"prefix": "a/"}), set()),
        (rule(60, prefix="a/"), rule(60), {NEW}),
        (rule(60, filter={"prefix": "a/"}), rule(60, filter={"prefix": "b/"}), {NEW}),
        (rule(old=60), rule(old=30), {OLDER}),
        (rule(30), rule(30, old=90), {OLDER}),
        (rule(30), {"status": "Enabled", "expiration": {"date": "2027-01-01T00:00:00Z"}}, {NEW}),
        (rule(30), {"status": "Enabled", "expiration": {"expiredObjectDeleteMarker": True}}, set()),
        (rule(30), {"status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 1}}, set()),
        (rule(30), rule(UNKNOWN), {("unknown", "")}),
        (rule(30), rule(10, status=UNKNOWN), {("unknown", "")}),
        (rule(UNKNOWN), rule(10), {("unknown", "")}),
        (rule(30), UNKNOWN, {("unknown", "")}),
        (UNKNOWN, UNKNOWN, set()),
    ],
)
def test_a_lifecycle_that_comes_to_delete_more_or_sooner(before: Any, after: Any, expected: set[Any]) -> None:
    """The bucket stays, and what is in it goes."""
    for bucket in ("files-eu", ref(BUCKET), "theirs"):
        was, now = (lifecycle(each, bucket=bucket) for each in (before, after))
        assert found(DATA, "update", was, now, BUCKET) == expected
    inline = [
        resource("aws:s3/bucket:Bucket", "it", lifecycleRules=[each] if each is UNKNOWN else [_inline(each)])
        for each in (before, after)
    ]
    said = found(DATA, "update", *inline)
    assert said == {(outcome, path.replace("rules", "lifecycleRules")) for outcome, path in expected}


def _inline(said: dict[str, Any]) -> dict[str, Any]:
    status = said["status"]
    kept = {key: value for key, value in said.items() if key != "status"}
    if "noncurrentVersionExpiration" in kept:
        kept["noncurrentVersionExpiration"] = {"days": kept["noncurrentVersionExpiration"]["noncurrentDays"]}
    return kept | {"enabled": status if status is UNKNOWN else status == "Enabled"}


def test_how_long_logs_are_kept_is_judged_in_the_result() -> None:
    """A bucket of logs may come to keep them for less."""
    was, now = lifecycle(rule(60), bucket="logs-eu"), lifecycle(rule(30), bucket="logs-eu")
    assert not found(DATA, "update", was, now, LOGS)


def test_a_lifecycle_that_is_new() -> None:
    """It deletes from a bucket that is there, and from one of another program; a new bucket has nothing to lose."""
    new = lifecycle(rule(30))
    assert found(DATA, "create", None, new, BUCKET) == {NEW}
    assert found(DATA, "create", None, lifecycle(rule(30), bucket="theirs")) == {NEW}
    assert found(DATA, "create", None, lifecycle(rule(UNKNOWN)), BUCKET) == {("unknown", "")}
    case = example("", aws_provider(), BUCKET, new, before=(aws_provider(),))
    graph = case.graph
    graph.steps.update({BUCKET.urn: "create", new.urn: "create"})
    chosen = [each for each in all_rules() if each.id == DATA]
    assert not judge(build(graph, case.terms), chosen).findings


@pytest.mark.parametrize(
    ("type_", "key"),
    [
        ("aws:dynamodb/table:Table", "regionName"),
        ("aws:dynamodb/globalTable:GlobalTable", "regionName"),
        ("aws:secretsmanager/secret:Secret", "region"),
    ],
)
def test_a_replica_that_goes(type_: str, key: str) -> None:
    """With all that is in it."""

    def of(*regions: Any) -> Resource:
        return resource(type_, "it", replicas=[{key: region} for region in regions])

    assert not found(DATA, "update", of("a"), of("a", "b"))
    assert found(DATA, "update", of("a", "b"), of("a")) == {("fail", "replicas")}
    assert found(DATA, "update", of("a"), resource(type_, "it")) == {("fail", "replicas")}
    assert found(DATA, "update", of("a"), of(UNKNOWN)) == {("unknown", "")}
    assert found(DATA, "update", of("a"), resource(type_, "it", replicas=UNKNOWN)) == {("unknown", "")}
    assert not found(DATA, "update", of(UNKNOWN), of(UNKNOWN))


@pytest.mark.parametrize("suffix", ["", "V2"])
def test_versions_that_are_kept_no_more(suffix: str) -> None:
    """By a resource of their own, or inside the bucket."""
    kind, at = f"aws:s3/bucketVersioning{suffix}:BucketVersioning{suffix}", "versioningConfiguration.status"

    def own(status: Any) -> Resource:
        return resource(kind, "it", bucket="files-eu", versioningConfiguration={"status": status})

    assert found(OFF, "update", own("Enabled"), own("Suspended"), BUCKET) == {("fail", at)}
    assert found(OFF, "update", own("Enabled"), own(UNKNOWN)) == {("unknown", "")}
    assert not found(OFF, "update", own("Suspended"), own("Enabled"))
    assert found(OFF, "delete", own("Enabled"), None, BUCKET) == {("fail", "")}
    assert not found(OFF, "delete", own("Suspended"), None)

    def inside(switch: Any) -> Resource:
        said: dict[str, Any] = {"versionings": [{"enabled": switch}]} if suffix else {"versioning": {"enabled": switch}}
        return resource(f"aws:s3/bucket{suffix}:Bucket{suffix}", "it", **said)

    assert {outcome for outcome, _ in found(OFF, "update", inside(True), inside(False))} == {"fail"}
    assert not found(OFF, "update", inside(False), inside(True))
