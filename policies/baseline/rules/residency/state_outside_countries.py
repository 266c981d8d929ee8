"""The state of a stack is data like any other."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import State
from baseline.graph import Settings
from baseline.rule import Problem, example, fails, resource, rule, unknown

NETWORK = resource("hcloud:index/network:Network", "main", ipRange="10.0.0.0/16")
FRANKFURT = "s3://state?region=eu-central-1"
HELSINKI = "s3://state?endpoint=hel1.your-objectstorage.com&region=fsn1"


@rule(
    State,
    clauses=("5.2.1",),
    remedy="Keep the state in a bucket in an allowed country: `backend.url` in Pulumi.yaml, or the environment's.",
)
def state_outside_countries(state: State, estate: Estate) -> Iterator[Problem]:
    """Pulumi's state is kept outside the allowed countries.

    The state holds every input and output of every resource, user data and secrets among them. Pulumi Cloud, which
    serves where nobody names a backend, is in the United States.
    """
    if not estate.terms.allow(state.location.countries):
        yield Problem(f"state lies in {state.location} by {state.backend}; allowed: {estate.terms.allowed}")


EXAMPLES = (
    example("Object Storage at Falkenstein", NETWORK),
    example("bucket in Frankfurt", NETWORK, settings=Settings(FRANKFURT, "passphrase")),
    example(
        "endpoint in Helsinki beside a region in Germany",
        NETWORK,
        fails("", "backend"),
        settings=Settings(HELSINKI, "passphrase"),
    ),
    example("Pulumi Cloud", NETWORK, fails("", "backend"), settings=Settings("https://api.pulumi.com", "passphrase")),
    example("nobody says where", NETWORK, unknown("", "backend"), settings=Settings(None, "passphrase")),
    example("a disk, somewhere", NETWORK, unknown("", "backend"), settings=Settings("file:///state", "passphrase")),
)
