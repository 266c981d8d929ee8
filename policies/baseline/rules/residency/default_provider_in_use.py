"""Where a resource goes is declared, or it is left to whoever runs the program."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.builder import is_default_provider, undecided
from baseline.graph import Resource, Undecided
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown, urn

AWS_PROVIDER = "pulumi:providers:aws"
SERVER = "hcloud:index/server:Server"
BUCKET = "aws:s3/bucket:Bucket"

# Packages whose resources lie in no cloud: values, commands, and Pulumi's own.
PLACELESS = frozenset({"command", "local", "null", "pulumi", "random", "std", "time", "tls"})


def _names_a_place(item: Resource) -> bool:
    package = item.type.partition(":")[0]
    if item.type == AWS_PROVIDER:
        return not is_default_provider(item.urn)
    return not (package in PLACELESS or package.startswith("pulumi-"))


@rule(
    Resource,
    clauses=("5.1/2", "5.2.1"),
    remedy="Create the provider with its region and `allowed_account_ids`, or its token, and pass it as `provider`.",
    applies=_names_a_place,
)
def default_provider_in_use(item: Resource, _: Estate) -> Iterator[Problem]:
    """A resource falls to a default provider.

    A default provider takes account, region and credentials from the environment of whoever runs the program, so the
    same program builds in another country on another desk. An explicit provider without a region does the same.
    """
    if item.type == AWS_PROVIDER:
        region = item.inputs.get("region")
        if undecided(region):
            raise Undecided("unknown", "region", "the region of the provider is known only after deployment")
        if not region:
            yield Problem(f"provider {item.name} names no region, so the environment decides", "region")
    elif not item.provider or is_default_provider(item.provider):
        package = item.type.partition(":")[0]
        yield Problem(
            f"{item.name} falls to the default provider of {package}, so the environment decides where it goes"
        )


EXAMPLES = (
    example("explicit providers", aws_provider(), resource(BUCKET, "files"), resource(SERVER, "web-1")),
    example("server without a provider", Resource(urn=urn(SERVER, "web-1"), type=SERVER, name="web-1"), fails("web-1")),
    example(
        "bucket of the provider that the engine made",
        resource(BUCKET, "files", _provider=urn(AWS_PROVIDER, "default_7_51_1")),
        fails("files"),
    ),
    example(
        "explicit providers with names much like it, and one with a name that the engine would give",
        resource(AWS_PROVIDER, "default_eu", region="eu-central-1"),
        resource(BUCKET, "files", _provider=urn(AWS_PROVIDER, "default_eu")),
        resource(BUCKET, "more", _provider=urn(AWS_PROVIDER, "defaults")),
        resource(BUCKET, "doubtful", _provider=urn(AWS_PROVIDER, "default")),
        resource(BUCKET, "mirrored", _provider=urn(AWS_PROVIDER, "default_plugins.example")),
        fails("doubtful"),
        fails("mirrored"),
    ),
    example("explicit provider without a region", resource(AWS_PROVIDER, "aws"), fails("aws", "region")),
    example("explicit provider of an unknown region", aws_provider(region=graph.UNKNOWN), unknown("aws", "region")),
)
