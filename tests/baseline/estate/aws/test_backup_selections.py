"""Selections of AWS Backup: what a pattern takes, and that the index finds all that a look at every store would."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.estate import aws
from baseline.estate.aws.backup_candidates import ANY, KINDS, Candidate, Handle, Shelf, candidates
from baseline.estate.aws.backup_selections import Selection, arn_fits
from baseline.estate.aws.stores import read
from baseline.estate.builder import Builder
from baseline.estate.terms import Terms
from baseline.graph import UNKNOWN, Graph
from baseline.rule import aws_provider, ref, resource
from tests.baseline.estate.aws.sdk import inputs

VOLUME = f"arn:aws:ec2:eu-central-1:123456789012:volume/{ANY}"


@pytest.mark.parametrize(
    ("pattern", "arn", "answer"),
    [
        ("*", VOLUME, True),
        ("arn:aws:ec2:*:*:volume/*", VOLUME, True),
        ("arn:aws:ec2:*", VOLUME, True),
        ("arn:aws:ec2:*:*:instance/*", VOLUME, False),
        ("arn:aws:ec2:eu-west-1:*:volume/*", VOLUME, False),
        ("arn:aws:ec2:*:*:volume/vol-1", VOLUME, UNKNOWN),
        ("arn:aws:ec2:*:*:volume/*-old", VOLUME, UNKNOWN),
        ("arn:aws:s3:::prod-*", "arn:aws:s3:::prod-orders", True),
        ("arn:aws:s3:::prod-*", "arn:aws:s3:::test-orders", False),
        ("arn:aws:s3:::pro?-orders", "arn:aws:s3:::prod-orders", False),
        ("arn:aws:ec2:eu-west-1:*:volume/*", f"arn:{ANY}:ec2:{ANY}:{ANY}:volume/{ANY}", UNKNOWN),
    ],
)
def test_a_pattern_takes_what_it_certainly_means(pattern: str, arn: str, answer: Any) -> None:
    """A name that only deployment knows fits a star for certain, and anything else perhaps."""
    assert arn_fits(pattern, arn) is answer


_VALUES = st.sampled_from(["daily", "never", UNKNOWN])
_TAGS = st.dictionaries(st.sampled_from(["backup", "class"]), _VALUES, max_size=2)
_PAIRS = st.lists(
    st.fixed_dictionaries({"key": st.sampled_from(["backup", "aws:ResourceTag/class"]), "value": _VALUES}), max_size=2
)
_PATTERNS = st.sampled_from(["*", "arn:aws:ec2:*:*:volume/*", "arn:aws:s3:::b0", "arn:aws:s3:::*", UNKNOWN, "#0", "#1"])
_OPERATORS = st.sampled_from(["stringEquals", "stringLikes", "stringNotEquals", "stringNotLikes"])


@given(
    tags=st.lists(_TAGS, min_size=2, max_size=4),
    named=st.lists(_PATTERNS, max_size=2),
    tagged=_PAIRS,
    conditions=st.lists(st.dictionaries(_OPERATORS, _PAIRS, max_size=2), max_size=1),
    excluded=st.lists(_PATTERNS, max_size=1),
)
def test_the_index_leaves_out_only_what_a_selection_does_not_take(
    tags: list[dict[str, Any]], named: list[Any], tagged: list[Any], conditions: list[Any], excluded: list[Any]
) -> None:
    """Every store is certain, doubtful or left out exactly as when each is asked alone."""
    stores = [
        resource("aws:ebs/volume:Volume", f"v{index}", tags=its)
        if index % 2
        else resource("aws:s3/bucket:Bucket", f"b{index}", bucket=f"b{index}", tags=its)
        for index, its in enumerate(tags)
    ]
    refs = {f"#{index}": ref(item) for index, item in enumerate(stores)}

    def resolved(items: list[Any]) -> list[Any]:
        return [refs.get(item, item) if isinstance(item, str) else item for item in items]

    graph = Graph(project="example", stack="example", resources=(aws_provider(), *stores))
    builder = Builder(graph, Terms())
    read(builder)
    selection = Selection(builder, resolved(named), tagged, conditions, resolved(excluded))
    found = candidates(builder, selection.keys, by_name=selection.asks_for_names)
    shelf = Shelf()
    for candidate in found:
        shelf.add(candidate)
    by_index = {_name(item): takes for takes, alike in selection.sort(shelf) for item in alike}
    alone = {_name(item): selection.takes_any(item.handles) for item in found}
    assert by_index == {name: takes for name, takes in alone.items() if takes is not False}


def _name(candidate: Candidate) -> str:
    handle: Handle = candidate.handles[0]
    return handle.urn


ARNS = {
    "aws:docdb/cluster:Cluster": "rds:*:*:cluster:it",
    "aws:dsql/cluster:Cluster": "dsql:*:*:cluster/*",
    "aws:dynamodb/table:Table": "dynamodb:*:*:table/it",
    "aws:ebs/volume:Volume": "ec2:*:*:volume/*",
    "aws:efs/fileSystem:FileSystem": "elasticfilesystem:*:*:file-system/*",
    "aws:eks/cluster:Cluster": "eks:*:*:cluster/it",
    "aws:fsx/lustreFileSystem:LustreFileSystem": "fsx:*:*:file-system/*",
    "aws:fsx/ontapVolume:OntapVolume": "fsx:*:*:volume/*/*",
    "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": "fsx:*:*:file-system/*",
    "aws:fsx/windowsFileSystem:WindowsFileSystem": "fsx:*:*:file-system/*",
    "aws:neptune/cluster:Cluster": "rds:*:*:cluster:it",
    "aws:rds/cluster:Cluster": "rds:*:*:cluster:it",
    "aws:rds/instance:Instance": "rds:*:*:db:it",
    "aws:redshift/cluster:Cluster": "redshift:*:*:cluster:it",
    "aws:redshiftserverless/namespace:Namespace": "redshift-serverless:*:*:namespace/*",
    "aws:s3/bucket:Bucket": "s3:::it",
    "aws:s3/bucketV2:BucketV2": "s3:::it",
    "aws:storagegateway/cachesIscsiVolume:CachesIscsiVolume": "storagegateway:*:*:gateway/*/volume/*",
    "aws:storagegateway/storedIscsiVolume:StoredIscsiVolume": "storagegateway:*:*:gateway/*/volume/*",
    "aws:timestreamwrite/table:Table": "timestream:*:*:database/*/table/*",
}
"""What the ARNs of each type look like. Source: Service Authorization Reference, "Resource types", 2026-11-26."""


@pytest.mark.parametrize("type_", sorted(KINDS))
def test_each_type_is_selected_by_all_and_by_its_own_pattern(type_: str) -> None:
    """By no pattern of another service; one whose name only deployment knows perhaps by its whole ARN."""
    named: dict[str, Any] = {KINDS[type_][2]: "it"} if KINDS[type_][2] else {}
    assert not named.keys() - inputs()[type_]

    def backed(*patterns: str) -> Any:
        store = resource(type_, "it", engine="aurora-mysql", **named)
        builder = Builder(Graph(project="p", stack="s", resources=(aws_provider(), store)), Terms())
        aws.read(builder)
        (candidate, *_) = candidates(builder, (), by_name=True)
        chosen = Selection(builder, list(patterns), None, None, None)
        return chosen.takes_any(candidate.handles)

    assert backed("*") is True
    found = backed(f"arn:aws:{ARNS[type_]}")
    assert found is True or (not KINDS[type_][2] and found is UNKNOWN)
    others = {arn.split(":")[0] for arn in ARNS.values()} - {ARNS[type_].split(":")[0]}
    assert not any(backed(f"arn:aws:{service}:*") for service in sorted(others))


def test_a_volume_is_backed_up_with_its_file_system() -> None:
    """OpenZFS has no backups of a volume alone; where no file system is seen there is nothing to select."""
    system = resource("aws:fsx/openZfsFileSystem:OpenZfsFileSystem", "files", tags={"backup": "daily"})
    kind = "aws:fsx/openZfsVolume:OpenZfsVolume"
    volume, alone = resource(kind, "it", parentVolumeId=ref(system)), resource(kind, "alone", parentVolumeId="fsvol-1")
    builder = Builder(Graph(project="p", stack="s", resources=(aws_provider(), system, volume, alone)), Terms())
    aws.read(builder)
    found = {item.store.label: item.handles for item in candidates(builder, ("backup",), by_name=False)}
    daily = Selection(builder, None, [{"key": "backup", "value": "daily"}], None, None)
    assert daily.takes_any(found["it"]) is True
    assert Selection(builder, [ref(system)], None, None, None).takes_any(found["it"]) is True
    assert Selection(builder, ["*"], None, None, None).takes_any(found["alone"]) is False
