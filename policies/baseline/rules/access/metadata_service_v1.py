"""The credentials of a machine are not for whoever can make it fetch an address."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.nouns import Host
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Host,
    clauses=("5.1",),
    remedy='Set `metadata_options` with `http_tokens="required"`.',
    applies=lambda host: host.metadata_tokens is not None,
)
def metadata_service_v1(host: Host, _: Estate) -> Iterator[Problem]:
    """A machine answers metadata requests without a session token.

    Version 1 of the metadata service gives the credentials of the instance's role to any request from the machine, also
    to one that a stranger tricked the application into. Version 2 wants a token first.
    """
    if not host.metadata_tokens:
        yield Problem(f"{host.name} answers metadata requests without a token", "metadataOptions.httpTokens")


_INSTANCE = "aws:ec2/instance:Instance"

EXAMPLES = (
    example(
        "tokens are required",
        aws_provider(),
        resource(_INSTANCE, "web-1", ami="ami-1", metadataOptions={"httpTokens": "required"}),
    ),
    example(
        "tokens are optional",
        aws_provider(),
        resource(_INSTANCE, "web-1", ami="ami-1", metadataOptions={"httpTokens": "optional"}),
        fails("web-1", "metadataOptions.httpTokens"),
    ),
    example(
        "nobody says it",
        aws_provider(),
        resource(_INSTANCE, "web-1", ami="ami-1"),
        fails("web-1", "metadataOptions.httpTokens"),
    ),
    example(
        "known only after deployment",
        aws_provider(),
        resource(_INSTANCE, "web-1", ami="ami-1", metadataOptions={"httpTokens": graph.UNKNOWN}),
        unknown("web-1"),
    ),
)
