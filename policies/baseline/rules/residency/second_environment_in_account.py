"""One environment, one account."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.nouns import Account
from baseline.estate.terms import Terms
from baseline.graph import Undecided
from baseline.rule import Problem, aws_provider, example, fails, not_observable, resource, rule, unknown

GERMANY = frozenset({"DE"})
TERMS = Terms(
    stack="shop-eu",
    allowed_countries=GERMANY,
    account="123456789012",
    accounts={"shop-eu": "123456789012", "shop-us": "210987654321"},
)


@rule(
    Account,
    clauses=("5.1/2", "5.2.1"),
    remedy="Give each environment an account or project of its own: pin the provider to it (`allowed_account_ids`) and "
    "write it into policies/declared/accounts.toml.",
)
def second_environment_in_account(account: Account, estate: Estate) -> Iterator[Problem]:
    """Two environments share an account.

    Region settings, trail and detector exist once in an account: two environments fight over them, and the end of one
    takes the protection off the other. Credentials and quotas are shared as well.
    """
    terms = estate.terms
    others = sorted(stack for stack, taken in terms.accounts.items() if taken == account.id and stack != terms.stack)
    if others:
        yield Problem(f"{account.label} works in {account.id}, the account of {', '.join(others)}")
    elif terms.account is None:
        raise Undecided(
            "unknown",
            "",
            f"nobody declared the account of {terms.stack or 'this stack'}: add it to policies/declared/accounts.toml",
        )
    elif account.id != terms.account:
        yield Problem(f"{account.label} works in {account.id}; declared for {terms.stack}: {terms.account}")


EXAMPLES = (
    example("the account of its own", aws_provider(), terms=TERMS),
    example(
        "the account of another environment",
        aws_provider(allowedAccountIds=["210987654321"]),
        fails("aws"),
        terms=TERMS,
    ),
    example(
        "a second provider in an account of nobody's",
        aws_provider(),
        aws_provider("eu-west-1", "copies", allowedAccountIds=["999999999999"]),
        fails("copies"),
        terms=TERMS,
    ),
    example(
        "a provider that admits two accounts",
        aws_provider(allowedAccountIds=["123456789012", "210987654321"]),
        fails("aws"),
        terms=TERMS,
    ),
    example("a provider that admits any", aws_provider(allowedAccountIds=[]), unknown("aws"), terms=TERMS),
    example(
        "an account known only after deployment",
        aws_provider(allowedAccountIds=[graph.UNKNOWN]),
        unknown("aws"),
        terms=TERMS,
    ),
    example(
        "nobody declared one", aws_provider(), unknown("aws"), terms=Terms(stack="shop-eu", allowed_countries=GERMANY)
    ),
    example("no token says its project", resource("pulumi:providers:hcloud", "hcloud"), not_observable("hcloud")),
    example(
        "nor do credentials of Object Storage",
        aws_provider("fsn1", endpoints=[{"s3": "https://fsn1.your-objectstorage.com"}]),
        not_observable("aws"),
    ),
)
