"""Something beside the declaration keeps an account in its regions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from baseline import graph
from baseline.estate import Estate
from baseline.estate.builder import undecided
from baseline.estate.nouns import Account, RegionPin, Role
from baseline.estate.tenancy import in_account
from baseline.graph import Resource, Undecided
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Account,
    clauses=("5.2.1",),
    remedy="Give every role a permissions boundary that denies everything outside the declared regions, or attach such "
    "a service control policy to the account.",
    applies=lambda account: account.provider == "aws",
)
def region_pin_missing(account: Account, estate: Estate) -> Iterator[Problem]:
    """Nothing keeps an account in its regions.

    A declaration says where things are, a pin where they can be: without one, any credential of the account can put
    data into any region. A boundary that denies nothing outside some regions is no pin, whatever its name.
    """
    scps = estate.once(_scps)
    if any(_binds(pin, account) for pin in scps):
        return
    # A role without any boundary is role_without_boundary's to fail.
    bounded = [role for role in in_account(estate, Role, account) if role.given("boundary") is not None]
    read = [role for role in bounded if not undecided(role.given("boundary"))]
    if not bounded and account is in_account(estate, Account, account)[0]:
        if estate.all(RegionPin) and undecided(account.given("id")):
            raise Undecided("unknown", "", f"whether {account.label} works in an account that is pinned is not known")
        yield from _nothing(account, scps)
    pins = {pin.urn: pin for pin in in_account(estate, RegionPin, account)}
    loose = [role for role in read if role.boundary not in pins and role.origin.provider == account.urn]
    if loose and scps:
        raise _doubt(scps)
    foreign = [role for role in loose if str(role.boundary).startswith("arn:")]
    if names := ", ".join(role.name for role in loose if role not in foreign):
        yield Problem(f"the boundary of {names} denies nothing outside the declared regions")
    if foreign:
        raise Undecided("unknown", "", f"what {foreign[0].boundary} denies is not in this program")
    unread = [pin for pin in pins.values() if not _certain(pin)]
    if unread and any(role.boundary == pin.urn for role in read for pin in unread):
        raise Undecided("unknown", "", f"what {unread[0].label} denies is known only after deployment")
    if doubtful := next((role for role in bounded if undecided(role.given("boundary"))), None):
        raise Undecided("unknown", "", f"which boundary {doubtful.name} has is known only after deployment")


def _certain(pin: RegionPin) -> bool:
    try:
        return bool(pin.regions)
    except Undecided:
        return False


def _nothing(account: Account, scps: Sequence[RegionPin]) -> Iterator[Problem]:
    if scps:
        raise _doubt(scps)
    yield Problem(f"no boundary and no service control policy keeps {account.label} in {account.location}")


def _doubt(scps: Sequence[RegionPin]) -> Undecided:
    return Undecided("unknown", "", f"whether {scps[0].label} binds the account is not known")


def _scps(estate: Estate) -> list[RegionPin]:
    return [pin for pin in estate.all(RegionPin) if pin.kind == "scp"]


def _binds(pin: RegionPin, account: Account) -> bool:
    """Whether an SCP certainly binds an account; it does so from the root, but never from an unseen unit."""
    return any(target == account.id or target.startswith("r-") for target in pin.binds) and bool(pin.regions)


DENY = {
    "Effect": "Deny",
    "Action": "*",
    "Resource": "*",
    "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-central-1"}},
}
ALLOW = {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}


def policy(name: str, *statements: dict[str, Any]) -> Resource:
    """A managed policy."""
    return resource("aws:iam/policy:Policy", name, policy=json.dumps({"Statement": statements}))


def role(boundary: object) -> Resource:
    """A role under a boundary."""
    return resource("aws:iam/role:Role", "host", permissionsBoundary=boundary)


def attached(target: object) -> tuple[Resource, Resource]:
    """A pin for an organization, and its attachment."""
    scp = resource("aws:organizations/policy:Policy", "fence", content=json.dumps({"Statement": [DENY]}))
    return scp, resource(
        "aws:organizations/policyAttachment:PolicyAttachment", "to", policyId=ref(scp), targetId=target
    )


EXAMPLES = (
    example("every role under a pin", aws_provider(), pin := policy("pin", DENY), role(ref(pin))),
    example("neither boundary nor policy", aws_provider(), fails("aws")),
    example(
        "a boundary that denies nothing", aws_provider(), open_ := policy("pin", ALLOW), role(ref(open_)), fails("aws")
    ),
    example(
        "two regions of one account, under one pin",
        aws_provider(),
        aws_provider("eu-west-1", "copies"),
        pin,
        role(ref(pin)),
    ),
    example(
        "a second region of an account that nobody knows",
        aws_provider(),
        aws_provider("eu-west-1", "copies", allowedAccountIds=[]),
        pin,
        role(ref(pin)),
        unknown("copies"),
    ),
    example("a pin for the account", aws_provider(), *attached("123456789012")),
    example("a pin for another account", aws_provider(), *attached("210987654321"), unknown("aws")),
    example(
        "a pin for a unit, which may hold the account", aws_provider(), *attached("ou-ab12-11111111"), unknown("aws")
    ),
    example("a pin that is attached somewhere", aws_provider(), *attached(graph.UNKNOWN), unknown("aws")),
    example(
        "a boundary that is not in the program",
        aws_provider(),
        role("arn:aws:iam::123456789012:policy/pin"),
        unknown("aws"),
    ),
    example(
        "a boundary that nobody can read",
        aws_provider(),
        unreadable := resource("aws:iam/policy:Policy", "pin", policy=graph.UNKNOWN),
        role(ref(unreadable)),
        unknown("aws"),
    ),
    example("a boundary known only after deployment", aws_provider(), role(graph.UNKNOWN), unknown("aws")),
    example(
        "one that denies nothing, beside one known only after deployment",
        aws_provider(),
        open_,
        role(ref(open_)),
        resource("aws:iam/role:Role", "other", permissionsBoundary=graph.UNKNOWN),
        fails("aws"),
        unknown("aws"),
    ),
)
