"""Region pins: permissions boundaries and service control policies, evaluated for what they let through.

A denial outside some regions is a pin. What it exempts is followed through the other statements: another denial may
close the exemption, and in a boundary nothing is open that no statement allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from baseline.estate.aws.policies import Condition, Statement, statements
from baseline.estate.builder import Builder, undecided
from baseline.estate.facts.global_services import is_global
from baseline.estate.facts.locations import AWS_REGIONS
from baseline.estate.nouns import RegionPin
from baseline.estate.patterns import any_covers, common, covers
from baseline.graph import Resource, Undecided

POLICY = "aws:iam/policy:Policy"
SCP = "aws:organizations/policy:Policy"
ATTACHMENT = "aws:organizations/policyAttachment:PolicyAttachment"
PRINCIPALS = ("aws:iam/role:Role", "aws:iam/user:User")

_KEY = "aws:requestedregion"
_OUTSIDE = ("stringnotequals", "stringnotequalsignorecase", "stringnotlike")
_INSIDE = ("stringequals", "stringequalsignorecase", "stringlike")
# Neither kind of pin ever binds AWS's own services, so letting them through says what is so anyway (IAM User Guide).
_NO_ESCAPE = "aws:principalisawsservice"


class Denial(NamedTuple):
    """What is refused outside `regions` (of no region at all: None), unless one of `escapes` fails to hold."""

    regions: frozenset[str] | None
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    escapes: tuple[str, ...]


class Pin(NamedTuple):
    """What a document lets through."""

    regions: frozenset[str]
    holes: tuple[str, ...]
    conditional: tuple[str, ...]


def read(builder: Builder) -> None:
    """One RegionPin for each policy that pins, or that is used as a boundary while nobody knows what it says."""
    bounding = {
        policy.urn
        for resource in builder.of(*PRINCIPALS)
        for policy in builder.referred(resource.inputs.get("permissionsBoundary"), POLICY)
    }
    for policy in builder.of(POLICY):
        _add(builder, policy, "boundary", "policy", certain=policy.urn in bounding)
    builder.of(ATTACHMENT)
    for policy in builder.of(SCP):
        kind = policy.inputs.get("type", "SERVICE_CONTROL_POLICY")
        if kind == "SERVICE_CONTROL_POLICY":
            _add(builder, policy, "scp", "content", certain=True)


def _add(builder: Builder, policy: Resource, kind: str, path: str, *, certain: bool) -> None:
    found = statements(policy.inputs.get(path))
    if not undecided(found):
        try:
            found = evaluate(kind, found)
        except Undecided:
            found = undecided_part(found)
    if found is None or (undecided(found) and not certain):
        return  # no pin; or a policy that may be anything, and that nobody relies on
    regions, holes, conditional = (found, found, found) if undecided(found) else found
    builder.add(
        RegionPin(
            origin=policy,
            path=path,
            kind=kind,
            regions=regions,
            holes=holes,
            conditional=conditional,
            binds=targets(builder, policy) if kind == "scp" else (),
        )
    )


def undecided_part(found: Iterable[Statement]) -> Any:
    """The first undecided element of some statements."""
    return next(element for statement in found for element in statement if undecided(element))


def targets(builder: Builder, policy: Resource) -> tuple[str, ...]:
    """To which accounts, units or roots an SCP is attached, in words where that is not known."""
    found = []
    for attachment in builder.of(ATTACHMENT):
        if builder.the_one(attachment.inputs.get("policyId"), SCP) is policy:
            target = attachment.inputs.get("targetId")
            found.append("a target known only after deployment" if undecided(target) else str(target))
    return tuple(found)


def evaluate(kind: str, found: Sequence[Statement]) -> Pin | None:
    """The pin that a document is, None where it is none. Raises Undecided where a statement is undecided."""
    # A denial that neither asks for the region nor holds always closes nothing for certain.
    denials = [
        denial for denial in map(_denial, found) if denial and (denial.regions is not None or not denial.escapes)
    ]
    open_patterns, allowed_regions = _allowed(kind, found)
    pinning = [denial for denial in denials if denial.regions is not None]
    if not pinning and (not allowed_regions or "*" in _let_through(open_patterns, denials)):
        return None
    regions = allowed_regions.union(*(denial.regions or () for denial in pinning))
    certain = _let_through(open_patterns, [denial for denial in denials if not denial.escapes])
    at_most = _let_through(open_patterns, denials)
    escapes = () if certain == at_most else (text for denial in pinning for text in denial.escapes)
    return Pin(regions, at_most, tuple(dict.fromkeys(escapes)))


def _allowed(kind: str, found: Sequence[Statement]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Patterns of actions that are allowed in any region, and the regions to which the other allowances are held."""
    if kind == "scp":
        return ("*",), frozenset()  # what an SCP allows is no more than a ceiling on other SCPs
    patterns: list[str] = []
    regions: set[str] = set()
    for statement in found:
        if bool(statement.allows):
            inside = [test for test in statement.conditions if _tests_region(test, _INSIDE)]
            if inside:
                regions.update(*(_named(test) for test in inside))
            else:
                patterns.extend(statement.actions or ("*",))
    return tuple(patterns), frozenset(regions)


def _denial(statement: Statement) -> Denial | None:
    if bool(statement.allows):
        return None
    outside = [test for test in statement.conditions if _tests_region(test, _OUTSIDE)]
    others = [test for test in statement.conditions if test not in outside and not _no_escape(test)]
    escapes = [str(test) for test in others]
    if statement.not_resources or not any_covers(statement.resources, "*"):
        escapes.append(f"resources other than {', '.join(statement.resources) or 'those named'}")
    regions = frozenset().union(*(_named(test) for test in outside)) if outside else None
    return Denial(regions, statement.actions, statement.not_actions, tuple(escapes))


def _tests_region(test: Condition, operators: tuple[str, ...]) -> bool:
    return test.key.lower() == _KEY and test.test in operators


def _no_escape(test: Condition) -> bool:
    return test.key.lower() == _NO_ESCAPE and test.test == "bool" and test.values == ("false",)


def _named(test: Condition) -> set[str]:
    """The regions that a test names; a pattern stands for all that it matches and, for those to come, for itself."""
    found = set(test.values)
    if test.test.endswith("like"):
        found.update(region for value in test.values for region in AWS_REGIONS if covers(value, region))
    return found


def _let_through(patterns: tuple[str, ...], denials: Iterable[Denial]) -> tuple[str, ...]:
    """What no denial refuses outside the regions, without what is global."""
    denials = tuple(denials)
    for denial in denials:
        if denial.not_actions:
            patterns = tuple(dict.fromkeys(common(patterns, denial.not_actions)))
    for denial in denials:
        patterns = tuple(pattern for pattern in patterns if not any_covers(denial.actions, pattern))
    return tuple(sorted(pattern for pattern in patterns if not is_global(pattern)))
