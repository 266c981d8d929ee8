"""The rules as a policy pack: one policy a rule, all on the one verdict over the whole stack.

Unknowns are findings of the verdict, so they block as everywhere; the SDK would only advise. What the engine shows
after a deployment is judged in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyConfigSchema,
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
from baseline.sources.project import BadInput, enclosing
from baseline.surfaces.session import Session

PACK = "baseline"
JUDGED = "judged"
PROJECT, COUNTRIES = "project", "allowCountries"
_SETTINGS = PolicyConfigSchema(
    {
        PROJECT: {
            "type": "string",
            "description": "Absolute path of the folder of the project that the engine runs, where it is not found.",
        },
        COUNTRIES: {
            "type": "array",
            "items": {"type": "string"},
            "description": "Where data may lie, for stacks of which policies/declared/residency.toml says nothing.",
        },
    }
)
_LEVELS = {"error": EnforcementLevel.MANDATORY, "warning": EnforcementLevel.ADVISORY}


def policies(folder: Path, seen: Callable[[Graph], None] = lambda _: None) -> list[Policy]:
    """All policies of the pack, for the declarations of auditors in a folder. `seen` is told of each Graph judged."""
    return _Run(folder, seen).policies()


@dataclass(frozen=True)
class _Answer:
    """What there is to say of a stack. Without a verdict nobody has judged it, and `why` says why."""

    verdict: Verdict | None = None
    strangers: tuple[str, ...] = ()
    why: str = ""


class _Run:
    """One start of the pack: the engine shows resources one by one, then asks each policy about the whole stack."""

    def __init__(self, folder: Path, seen: Callable[[Graph], None]) -> None:
        self._folder = folder
        self._seen = seen
        self._collector = Collector()
        self._asked: list[str] = []
        self._answer = _Answer()

    def policies(self) -> list[Policy]:
        """The one that reads, the one that asks for what no rule is about, and one for each rule."""
        return [
            ResourceValidationPolicy(
                name="collect",
                description="Reads what each resource declares. It changes nothing.",
                enforcement_level=EnforcementLevel.REMEDIATE,
                remediate=self._offered,
                validate=self._settled,
            ),
            StackValidationPolicy(
                name=JUDGED,
                description="Every resource is judged, and is of a type that some rule or adapter knows.",
                enforcement_level=EnforcementLevel.MANDATORY,
                validate=self._report_unjudged,
                config_schema=_SETTINGS,
            ),
            *map(self._policy, all_rules()),
        ]

    def _policy(self, rule: Rule) -> Policy:
        return StackValidationPolicy(
            name=rule.id,
            description=f"{rule.title} (clauses {', '.join(rule.clauses)}).",
            enforcement_level=_LEVELS[rule.level],
            validate=lambda args, report: self._report(rule.id, args, report),
        )

    def _offered(self, args: ResourceValidationArgs) -> None:
        self._collector.offered(args)

    def _settled(self, args: ResourceValidationArgs, _: ReportViolation) -> None:
        self._collector.settled(args)

    def _report_unjudged(self, args: StackValidationArgs, report: ReportViolation) -> None:
        answer = self._answered(JUDGED, args, report)
        for urn in answer.strangers:
            report("nobody judges it: it is deployed, and the program has not registered it in this run", urn)
        for unjudged in answer.verdict.unjudged if answer.verdict else ():
            report(f"no adapter knows {unjudged.type}, so nobody judges it", unjudged.urn)

    def _report(self, rule: str, args: StackValidationArgs, report: ReportViolation) -> None:
        answer = self._answered(rule, args, report)
        for finding in answer.verdict.findings if answer.verdict else ():
            if finding.rule == rule and finding.statement is None:
                report(_words(finding), finding.urn)

    def _answered(self, policy: str, args: StackValidationArgs, report: ReportViolation) -> _Answer:
        """The answer to one question of the engine's about the stack. Whichever policy it asks first has it judged.

        Any of them may be disabled, so none relies on another: where nobody judges, each says so at its own level.
        """
        if policy in self._asked:
            self._asked.clear()  # it asks again
        if not self._asked:
            self._answer = self._judge(args)
        self._asked.append(policy)
        if self._answer.verdict is None:
            first = self._asked[0]
            report(f"not judged: {self._answer.why if policy == first else f'see {first}'}", None)
        return self._answer

    def _judge(self, args: StackValidationArgs) -> _Answer:
        try:
            shown = self._collector.graph(args.resources)
            session = _session(self._folder, shown.project, args.get_config())
            graph = session.settled(shown, PACK)
            self._seen(graph)
            _, verdict = session.judged(graph)
        except (BadInput, RuleBroke) as error:
            return _Answer(why=str(error))
        return _Answer(verdict, tuple(self._collector.strangers(args.resources)))


def _session(own: Path, project: str, config: Mapping[str, Any]) -> Session:
    """What auditors declare for a project: in the pack's own folder where it is of that project, else in the project's.

    The engine names the project and starts the pack in the folder of its program. What is not configured is unknown.
    Raises BadInput where nobody knows the project's folder.
    """
    program, named = Path.cwd(), config.get(PROJECT)
    for folder in (own, *([Path(named)] if named else enclosing(program))):
        session = Session.open(folder, ",".join(config.get(COUNTRIES) or ()), f"{JUDGED}.{COUNTRIES}")
        if session.own is not None and session.own.name == project:
            return session
    looked = f"{JUDGED}.{PROJECT} names {named}" if named else f"its program runs in {program}"
    raise BadInput(
        f"the engine runs the project {project}, and {looked}, where no Pulumi.yaml bears that name. Name its folder "
        f'by --policy-pack-config FILE, which holds {{"{JUDGED}": {{"{PROJECT}": "/absolute/path"}}}}'
    )


def _words(finding: Finding) -> str:
    """The rule's own line names the clauses already."""
    at = f"{finding.path}: " if finding.path else ""
    return f"{finding.outcome.replace('_', ' ')}: {at}{finding.message}\n  remedy: {finding.remedy}"
