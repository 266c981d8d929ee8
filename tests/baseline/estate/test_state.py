"""Where a backend URL keeps the state."""

from __future__ import annotations

import pytest

from baseline.estate.build import build
from baseline.estate.nouns import State, Store
from baseline.estate.state import location_of
from baseline.estate.terms import Terms
from baseline.graph import Graph, Settings, Undecidable
from baseline.rule import resource


@pytest.mark.parametrize(
    ("backend", "place", "country"),
    [
        ("s3://state?region=eu-central-1", "eu-central-1", "DE"),
        ("s3://state?endpoint=https://nbg1.your-objectstorage.com&region=us-east-1", "nbg1", "DE"),
        ("s3://state?region=fsn1&endpoint=hel1.your-objectstorage.com", "hel1", "FI"),
        ("s3://state?endpoint=s3.ap-southeast-2.amazonaws.com", "ap-southeast-2", "AU"),
        ("https://app.pulumi.com", "app.pulumi.com", "US"),
    ],
)
def test_backends_that_say_where_they_are(backend: str, place: str, country: str) -> None:
    """An endpoint decides; the region beside it is only a name that the signature needs."""
    location = location_of(backend)
    assert (location.name, location.countries) == (place, frozenset({country}))


@pytest.mark.parametrize(
    "backend",
    [
        None,
        "s3://state",
        "s3://state?region=eu-central-9",
        "s3://state?endpoint=minio.example&region=eu-central-1",
        "s3://state?endpoint=your-objectstorage.com.evil.example",
        "s3://state?endpoint=s3.eu-central-1.evil.example",
        "azblob://state",
        "gs://state",
        "file:///home/me",
        "https://pulumi.example",
    ],
)
def test_backends_that_do_not(backend: str | None) -> None:
    """What nobody knows is undecided, never a place."""
    assert isinstance(location_of(backend), Undecidable)


def test_files_of_pulumi_come_before_the_stash() -> None:
    """What Pulumi itself uses is judged first; the stash only fills what the files leave out."""
    graph = Graph(
        project="shop",
        stack="dev",
        resources=(
            resource(
                "pulumi:index:Stash",
                "state",
                input={"backend": "s3://state?region=eu-central-1", "secrets": "passphrase"},
            ),
        ),
        settings=Settings("s3://state?region=us-east-1", None),
    )
    estate = build(graph, Terms())
    (state,) = estate.all(State)
    assert (state.location.name, state.secrets_provider) == ("us-east-1", "passphrase")
    assert [(store.kind, store.location.name) for store in estate.all(Store)] == [("state", "us-east-1")]
