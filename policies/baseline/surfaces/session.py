"""One run over one project: what is declared, which stacks or files there are, and their judging."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from baseline.estate import Estate
from baseline.estate.build import build
from baseline.graph import Graph, Settings
from baseline.judge import Verdict, judge
from baseline.rule import all_rules
from baseline.sources import files, preview, sdk, state
from baseline.sources.declared import FOLDER, Declared, load
from baseline.sources.project import SUFFIXES, BadInput, Project, open_project, stack_config
from baseline.sources.sites import Sites
from baseline.surfaces.workers import Outcome, run_all


@dataclass(frozen=True)
class Document:
    """A file that Pulumi wrote, and the reader of its kind: `preview` or `state`. `piped` is what came by a pipe."""

    kind: str
    file: str
    piped: bytes | None = None

    @classmethod
    def named(cls, kind: str, file: str) -> Document:
        """A file, or the standard input for `-`, which is read here: no other process could."""
        return cls(kind, file, files.read(file) if file == files.STDIN else None)

    def graph(self, sites: Sites) -> Graph:
        """What it shows. Raises BadInput for what cannot be read."""
        content = files.read(self.file) if self.piped is None else self.piped
        return (preview.graph if self.kind == "preview" else state.graph)(self.file, content, sites)


@dataclass(frozen=True)
class Session:
    """A folder with what its auditors declared, its project if it has one, and the countries of the command line."""

    folder: Path
    own: Project | None
    declared: Declared
    countries: frozenset[str]

    @classmethod
    def open(cls, folder: Path, allow_countries: str | None, option: str = "--allow-countries") -> Session:
        """Opens a folder. Raises BadInput for a project, a declaration or a country that cannot be read.

        `option` is what the person has called the countries.
        """
        declared = load(folder)
        rules = {rule.id for rule in all_rules()}
        if wrong := [name for name, statement in declared.statements.items() if statement.rule not in rules]:
            raise BadInput(
                f"{folder / FOLDER / 'statements.toml'}: {', '.join(wrong)}: answers for a rule that does not exist. "
                "`baseline rules` lists them."
            )
        own = open_project(folder) if any((folder / f"Pulumi{suffix}").is_file() for suffix in SUFFIXES) else None
        return cls(folder, own, declared, _countries(allow_countries, option))

    @property
    def project(self) -> Project:
        """The project in the folder. Raises BadInput where there is none."""
        return self.own or open_project(self.folder)

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

    def shown(self, document: Document) -> Graph:
        """What a file shows, with the settings that only the project's own files say.

        Raises BadInput for a file of another project: what is declared here does not hold for it.
        """
        return self.settled(document.graph(Sites(self.own.program_folder if self.own else ".")), document.file)

    def settled(self, graph: Graph, source: str) -> Graph:
        """A Graph with what only the files of its project say. Raises BadInput where it is of another project."""
        if self.own is None:
            return graph
        if graph.project != self.own.name:
            raise BadInput(
                f"{files.called(source)}: is of the project {graph.project}, "
                f"and {self.own.file} is of {self.own.name}. "
                "Name the folder of its own project with --project, or an empty one where it has none."
            )
        said = stack_config(self.own, graph.stack).settings if graph.stack in self.own.stacks else None
        settings = Settings(
            backend=self.own.backend,
            secrets_provider=graph.settings.secrets_provider or (said.secrets_provider if said else None),
        )
        return msgspec.structs.replace(graph, settings=settings)

    def judged(self, graph: Graph, source: str = "") -> tuple[Estate, Verdict]:
        """The Estate of a Graph and its verdict."""
        estate = build(graph, self.declared.terms(graph.stack, self.countries))
        verdict = msgspec.structs.replace(judge(estate, all_rules()), source=source)
        return estate, self.declared.answer(verdict, datetime.now(tz=UTC).date())

    def judge_all(self, stacks: Sequence[str]) -> Iterator[Outcome]:
        """Judges stacks in parallel, each outcome as it comes; its payload is for `verdict`."""
        all_rules()  # before the processes start, so that they share what is loaded
        sdk.warm(self.project.folder)
        yield from run_all(lambda stack: msgspec.msgpack.encode(self.judged(self.recorded(stack))[1]), stacks)

    def judge_documents(self, documents: Sequence[Document]) -> Iterator[Outcome]:
        """Judges files in parallel, each a stack of its own; the outcome of each bears the name of its file."""
        all_rules()
        by_file = {document.file: document for document in documents}

        def work(file: str) -> bytes:
            return msgspec.msgpack.encode(self.judged(self.shown(by_file[file]), file)[1])

        yield from run_all(work, list(by_file))


def verdict(outcome: Outcome) -> Verdict:
    """The verdict inside an outcome of `judge_all`."""
    return msgspec.msgpack.decode(outcome.payload, type=Verdict)


def _countries(text: str | None, option: str) -> frozenset[str]:
    import pycountry

    codes = frozenset(code.strip().upper() for code in (text or "").split(",") if code.strip())
    wrong = sorted(code for code in codes if pycountry.countries.get(alpha_2=code) is None)
    if wrong:
        raise BadInput(f"{option}: {', '.join(wrong)} is no ISO 3166 country code. Write for example DE,FI.")
    return codes
