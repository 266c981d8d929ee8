"""Who encrypts the secrets in Pulumi's state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import State
from baseline.graph import UNKNOWN, Resource, Settings
from baseline.rule import Problem, example, fails, resource, rule, unknown

_OWN_KEYS = ("awskms://", "azurekeyvault://", "gcpkms://", "hashivault://")


@rule(
    State,
    clauses=("4.1", "5.1/2"),
    remedy="Run `pulumi stack change-secrets-provider passphrase` (or `awskms://KEY?region=REGION`) and keep the "
    "`secretsprovider` that it writes into the stack's file.",
)
def state_without_secrets_provider(state: State, _: Estate) -> Iterator[Problem]:
    """The secrets in the state are under no key of ours.

    The state holds every input and output of every resource, passwords and private keys among them. Without a
    secrets provider of one's own they are plain text, or under a key that Pulumi Cloud keeps beside them
    (`default`).
    """
    provider = state.secrets_provider
    if provider is None or provider == "":
        yield Problem("nothing says who encrypts the secrets in the state", path="secretsprovider")
    elif provider != "passphrase" and not provider.startswith(_OWN_KEYS):
        yield Problem(
            f"the secrets in the state are encrypted by {provider!r}, which is no key of ours", path="secretsprovider"
        )


_STACK = resource("pulumi:pulumi:Stack", "stack")
_BACKEND = "s3://state?endpoint=fsn1.your-objectstorage.com"


def _stash(said: Any) -> Resource:
    return resource("pulumi:index:Stash", "state", input=said)


EXAMPLES = (
    example("a passphrase", _STACK, settings=Settings(_BACKEND, "passphrase")),
    example(
        "a KMS key, said by the program alone",
        _STACK,
        _stash({"backend": "s3://state?region=eu-central-1", "secrets": "awskms://alias/state?region=eu-central-1"}),
        settings=Settings(),
    ),
    example("nobody", _STACK, fails("stack", "secretsprovider"), settings=Settings(_BACKEND)),
    example(
        "Pulumi Cloud's own key",
        _STACK,
        fails("stack", "secretsprovider"),
        settings=Settings("https://app.pulumi.com", "default"),
    ),
    example(
        "what deployment decides",
        _STACK,
        _stash(UNKNOWN),
        unknown("stack", "backend"),
        settings=Settings(),
    ),
)
