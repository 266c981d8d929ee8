"""Data at rest stays in its countries."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.nouns import Store
from baseline.estate.terms import Terms
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Store,
    clauses=("5.2.1",),
    remedy="Declare it at a location, region or availability zone in an allowed country, and move the data there.",
    # The names that the DNS publishes are no secret anywhere, and the state has a rule of its own.
    applies=lambda store: store.holds not in ("names", "state"),
)
def store_outside_countries(store: Store, estate: Estate) -> Iterator[Problem]:
    """Data rests outside the allowed countries.

    A disk, bucket, snapshot or table lies where its own location or region says, not where the stack's name says. The
    country comes from a table alone: `eu-west-2` is in the United Kingdom and `eu-central-2` in Switzerland, and one
    Hetzner network zone spans Germany and Finland.
    """
    if not estate.terms.allow(store.location.countries):
        yield Problem(f"{store.kind} of {store.label} lies in {store.location}; allowed: {estate.terms.allowed}")


EXAMPLES = (
    example("volume at Falkenstein", resource("hcloud:index/volume:Volume", "data", location="fsn1", size=10)),
    example(
        "volume in Virginia",
        resource("hcloud:index/volume:Volume", "data", location="ash", size=10),
        fails("data"),
    ),
    example(
        "volume at a location that no table knows",
        resource("hcloud:index/volume:Volume", "data", location="xyz1", size=10),
        unknown("data"),
    ),
    example(
        "bucket in Frankfurt",
        aws_provider(),
        resource("aws:s3/bucket:Bucket", "files"),
    ),
    example(
        "EU by its name, United Kingdom by its place",
        aws_provider("eu-west-2"),
        resource("aws:s3/bucket:Bucket", "files"),
        fails("files"),
    ),
    example(
        "a disk in a local zone, which stands in another country than its region",
        aws_provider("us-east-1"),
        resource("aws:ebs/volume:Volume", "data", availabilityZone="us-east-1-bue-1a", size=10),
        unknown("data"),
        terms=Terms(stack="example", allowed_countries=frozenset({"US"})),
    ),
    example(
        "a disk in a zone of Frankfurt",
        aws_provider(),
        resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1a", size=10),
    ),
    example(
        "a region where a zone belongs",
        aws_provider(),
        resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1", size=10),
        unknown("data"),
    ),
    example(
        "a zone where a region belongs",
        aws_provider("eu-central-1a"),
        resource("aws:s3/bucket:Bucket", "files"),
        unknown("files"),
    ),
    example(
        "a disk on an outpost, which stands wherever its owner has put it",
        aws_provider(),
        resource(
            "aws:ebs/volume:Volume",
            "data",
            availabilityZone="eu-central-1a",
            outpostArn="arn:aws:outposts:eu-central-1:123456789012:outpost/op-0123456789abcdef0",
        ),
        unknown("data"),
    ),
    example(
        "Object Storage in Helsinki beside a region that says Germany",
        aws_provider("fsn1", endpoints=[{"s3": "https://hel1.your-objectstorage.com"}]),
        resource("aws:s3/bucket:Bucket", "files"),
        fails("files"),
    ),
    example(
        "endpoints that nobody knows",
        aws_provider(endpoints=[{"s3": "https://objects.elsewhere.example"}]),
        resource("aws:s3/bucket:Bucket", "files"),
        unknown("files"),
    ),
    example(
        "provider's region is only known at deployment",
        aws_provider(region=graph.UNKNOWN),
        resource("aws:s3/bucket:Bucket", "files"),
        unknown("files"),
    ),
)
