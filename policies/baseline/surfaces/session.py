"""One run over one project: what is declared, which stacks there are, and their judging."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from baseline.estate import Estate
from baseline.estate.build import build
from baseline.graph import Graph
from baseline.judge import Verdict, judge
from baseline.rule import all_rules
from baseline.sources import sdk
from baseline.sources.declared import FOLDER, Declared, load
from baseline.sources.project import BadInput, Project, open_project
from baseline.surfaces.workers import Outcome, run_all


@dataclass(frozen=True)
class Session:
    """A project with what its auditors declared, and the countries given on the command line."""

    project: Project
    declared: Declared
    countries: frozenset[str]

    @classmethod
    def open(cls, folder: Path, allow_countries: str | None) -> Session:
        """Opens a project. Raises BadInput for a folder, a declaration or a country that cannot be read."""
        project = open_project(folder)
        declared = load(folder)
        rules = {rule.id for rule in all_rules()}
        if wrong := [name for name, statement in declared.statements.items() if statement.rule not in rules]:
            raise BadInput(
                f"{folder / FOLDER / 'statements.toml'}: {', '.join(wrong)}: answers for a rule that does not exist. "
                "`baseline rules` lists them."
            )
        return cls(project, declared, _countries(allow_countries))

    def named(self, stacks: Sequence[str]) -> list[str]:
        """These stacks, or all. Raises BadInput for a name that no stack has, and where there is none at all."""
        known = self.project.stacks
        wanted = self.project.stack_file("<stack>").name
        wrong = [stack for stack in stacks if stack not in known]
        if wrong:
            there = f"There are: {', '.join(known)}." if known else f"There is no {wanted} at all."
            missing = ", ".join(str(self.project.stack_file(stack)) for stack in wrong)
            raise BadInput(f"{', '.join(wrong)}: no such stack, for there is no {missing}. {there}")
        if not known:
            raise BadInput(f"{self.project.stack_folder}: no {wanted} here, so there is no stack to judge.")
        return list(dict.fromkeys(stacks or known))

    def ignored_countries(self, stacks: Sequence[str]) -> str:
        """Why the countries of the command line do not count for some of these stacks; `""` where they do."""
        declared = {
            stack: self.declared.residency[stack].countries for stack in stacks if stack in self.declared.residency
        }
        other = [f"{stack} {','.join(sorted(its))}" for stack, its in declared.items() if self.countries != set(its)]
        if not self.countries or not other:
            return ""
        return f"--allow-countries is ignored where {FOLDER}/residency.toml declares others: {'; '.join(other)}."

    def recorded(self, stack: str) -> Graph:
        """What the program registers for a stack; a process can record only once."""
        from baseline.sources.recorder import record

        return record(self.project, stack)

    def judged(self, stack: str) -> tuple[Estate, Verdict]:
        """The Estate of a stack and its verdict."""
        estate = build(self.recorded(stack), self.declared.terms(stack, self.countries))
        verdict = judge(estate, all_rules())
        return estate, self.declared.answer(verdict, datetime.now(tz=UTC).date())

    def judge_all(self, stacks: Sequence[str]) -> Iterator[Outcome]:
        """Judges stacks in parallel, each outcome as it comes; its payload is for `verdict`."""
        all_rules()  # before the processes start, so that they share what is loaded
        sdk.warm(self.project.folder)
        yield from run_all(lambda stack: msgspec.msgpack.encode(self.judged(stack)[1]), stacks)


def verdict(outcome: Outcome) -> Verdict:
    """The verdict inside an outcome of `judge_all`."""
    return msgspec.msgpack.decode(outcome.payload, type=Verdict)


def _countries(text: str | None) -> frozenset[str]:
    import pycountry

    codes = frozenset(code.strip().upper() for code in (text or "").split(",") if code.strip())
    wrong = sorted(code for code in codes if pycountry.countries.get(alpha_2=code) is None)
    if wrong:
        raise BadInput(f"--allow-countries: {', '.join(wrong)} is no ISO 3166 country code. Write for example DE,FI.")
    return codes
