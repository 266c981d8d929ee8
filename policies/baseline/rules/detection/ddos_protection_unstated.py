"""Both providers hold floods off, and neither shows it."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Account
from baseline.rule import Problem, aws_provider, example, not_observable, resource, rule


@rule(
    Account,
    clauses=("5.3.1 2)",),
    remedy="Say in policies/declared/statements.toml who vouches for the provider's protection against floods, with a "
    "date and a day of review.",
)
def ddos_protection_unstated(account: Account, _: Estate) -> Iterator[Problem]:
    """Nobody answers for the protection against floods.

    Hetzner filters floods before all its servers and AWS has Shield Standard on in every account, always; no interface
    has a field for it. A dated statement with an owner stands in for what no source shows, until its day of review.
    """
    if not account.ddos_protection:
        yield Problem(f"floods against {account.label} are held off by nobody")


EXAMPLES = (
    example(
        "Shield Advanced is a subscription, and shows",
        aws_provider(),
        resource("aws:shield/subscription:Subscription", "shield", autoRenew="ENABLED"),
    ),
    example("Shield Standard shows nowhere", aws_provider(), not_observable("aws")),
    example("Hetzner has no field for it", resource("pulumi:providers:hcloud", "hcloud"), not_observable("hcloud")),
)
