"""The rules as a policy pack: one policy a rule, all on the one verdict over the whole stack.

Unknowns are findings of the verdict, so they block as everywhere; the SDK would only advise. What the engine shows
after a deployment is judged in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)

from baseline.graph import Graph
from baseline.judge import Finding, RuleBroke, Verdict
from baseline.rule import Rule, all_rules
from baseline.sources.crossguard import Collector
from baseline.sources.project import BadInput
from baseline.surfaces.session import Session

PACK = "baseline"
_LEVELS = {"error": EnforcementLevel.MANDATORY, "warning": EnforcementLevel.ADVISORY}


def policies(folder: Path, seen: Callable[[Graph], None] = lambda _: None) -> list[Policy]:
    """All policies of the pack, for the declarations of auditors in a folder. `seen` is told of each Graph judged."""
    return _Run(folder, seen).policies()


class _Run:
    """One start of the pack: the engine shows resources one by one, then asks each policy about the whole stack."""

    def __init__(self, folder: Path, seen: Callable[[Graph], None]) -> None:
        self._folder = folder
        self._seen = seen
        self._collector = Collector()
        self._verdict: Verdict | None = None

    def policies(self) -> list[Policy]:
        """The collecting one, the one that judges and asks for what no rule is about, and one for each rule."""
        return [
            ResourceValidationPolicy(
                name="collect",
                description="Reads what each resource declares. It changes nothing.",
                enforcement_level=EnforcementLevel.REMEDIATE,
                remediate=self._collect,
            ),
            StackValidationPolicy(
                name="judged",
                description="Every resource is judged, and is of a type that some rule or adapter knows.",
                enforcement_level=EnforcementLevel.MANDATORY,
                validate=self._judge,
            ),
            *map(self._policy, all_rules()),
        ]

    def _policy(self, rule: Rule) -> Policy:
        return StackValidationPolicy(
            name=rule.id,
            description=f"{rule.title} (clauses {', '.join(rule.clauses)}).",
            enforcement_level=_LEVELS[rule.level],
            validate=lambda _, report: self._report(rule.id, report),
        )

    def _collect(self, args: ResourceValidationArgs) -> None:
        self._collector.take(args)

    def _judge(self, args: StackValidationArgs, report: ReportViolation) -> None:
        """The first policy of each question about the stack; what it finds out is what the others report."""
        self._verdict = None
        try:
            session = Session.open(self._folder, None)
            graph = session.settled(self._collector.graph(args.resources), "this policy pack")
            self._seen(graph)
            _, self._verdict = session.judged(graph)
        except (BadInput, RuleBroke) as error:
            report(f"this stack is not judged: {error}", None)
            return
        for unjudged in self._verdict.unjudged:
            report(f"no adapter knows {unjudged.type}, so nobody judges it", unjudged.urn)

    def _report(self, rule: str, report: ReportViolation) -> None:
        for finding in self._verdict.findings if self._verdict else ():
            if finding.rule == rule and finding.statement is None:
                report(_words(finding), finding.urn)


def _words(finding: Finding) -> str:
    """The rule's own line names the clauses already."""
    at = f"{finding.path}: " if finding.path else ""
    return f"{finding.outcome.replace('_', ' ')}: {at}{finding.message}\n  remedy: {finding.remedy}"
