"""`make bench`: how fast the judge is beside what else there is, as ratios of one run on one machine.

Nothing here is a test: times depend on the machine, ratios hardly do. What is compared runs in turns, each in a process
of its own, and medians are what counts. A hard limit that is missed ends in exit code 1.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import msgspec
from rich.console import Console
from rich.table import Table

from baseline.judge import Finding
from baseline.sources.project import open_project
from tests.bench import opponent, pack
from tests.engine.engine import NoEngine

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
JUDGED = 100_000
SIZES = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS = 3

IMPORT = "from baseline.sources import sdk\nfrom pathlib import Path\nsdk.warm(Path())"
RECORD = (
    "import sys\nfrom pathlib import Path\nfrom baseline.sources import recorder, project\n"
    "recorder.record(project.open_project(Path()), sys.argv[1])"
)
BARE = (
    "import gc, sys, msgspec\nfrom pathlib import Path\nfrom baseline.graph import Graph\n"
    "gc.disable()\nmsgspec.json.Decoder(Graph).decode(Path(sys.argv[1]).read_bytes())"
)
COMMAND = (
    "import sys\nfrom baseline.surfaces.cli import app\nsys.argv[0] = 'baseline'\n"
    "app(standalone_mode=False)\nsys.exit(any(name.startswith('pulumi') for name in sys.modules))"
)


class Run(NamedTuple):
    """What one process took."""

    seconds: float
    mebibytes: float  # the most that it held at once
    exit_code: int
    output: bytes


class Row(msgspec.Struct, frozen=True):
    """One line of the answer. `limit` is a hard one; None only informs."""

    what: str
    value: float
    unit: str
    detail: str
    limit: float | None = None
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the limit is kept, where there is one."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def run(command: Sequence[str], allowed: Sequence[int] = (0,)) -> Run:
    """Runs a process to its end. SystemExit with its errors where it ends in another way than allowed."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors, cwd=ROOT)
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        if process.returncode not in allowed:
            errors.seek(0)
            sys.exit(f"bench: {' '.join(command)}\n{errors.read().decode()}")
        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        return Run(seconds, used.ru_maxrss / unit, process.returncode, output.read())


def generate(folder: Path, size: int) -> None:
    """Writes a graph, in another process: what a process holds counts as held by those that it starts."""
    run([PYTHON, "-m", "tests.bench.generated", str(folder), str(size)])


def in_turns(*commands: Sequence[str], allowed: Sequence[int] = (0,)) -> list[Run]:
    """The median run of each, run in turns so that a busy machine is busy for all of them."""
    rounds = [[run(command, allowed) for command in commands] for _ in range(ROUNDS)]
    return [sorted(runs)[ROUNDS // 2] for runs in zip(*rounds, strict=True)]


def checking() -> Iterator[Row]:
    """`baseline check` over all environments beside the slowest of their programs alone."""
    alone = {stack: [PYTHON, "-c", RECORD, stack] for stack in open_project(ROOT).stacks}
    slowest = max(alone, key=lambda stack: run(alone[stack]).seconds)
    check, program = in_turns([PYTHON, "-m", "baseline.surfaces.cli", "check"], alone[slowest], allowed=(0, 1))
    yield Row(
        f"check of {len(alone)} environments / importing the SDKs and running {slowest} alone",
        check.seconds / program.seconds,
        "x",
        f"{check.seconds:.1f} s / {program.seconds:.1f} s",
        limit=2,
    )


def packing() -> Iterator[Row]:
    """`pulumi preview` with the policy pack beside the same without it."""
    try:
        alone, packed = (sorted(each)[ROUNDS // 2] for each in pack.previews(ROUNDS))
    except NoEngine:
        yield Row("policy pack", 0, "x", "not measured: there is no Pulumi engine (make engine)")
        return
    yield Row(
        f"preview of {pack.STACK} with the policy pack / without",
        packed / alone,
        "x",
        f"{packed:.1f} s / {alone:.1f} s",
    )


def judging(folder: Path) -> Iterator[Row]:
    """All rules beside ten in Rego, and beside only reading the same file."""
    graph, found = folder / f"{JUDGED}.json", folder / "findings.json"
    ours = [PYTHON, "-m", "tests.bench.judging", str(graph), str(found)]
    bare = [PYTHON, "-c", BARE, str(graph)]
    generate(folder, JUDGED)
    conftest = opponent.program()
    if conftest is None:
        judge, decode = in_turns(ours, bare)
        yield Row("conftest", 0, "x", "not compared: there is no Go on this machine to build it with")
    else:
        theirs = opponent.command(conftest, graph)
        run(ours)
        ten = compare(found, opponent.findings(run(theirs).output))
        judge, decode, other, same = in_turns(ours, bare, theirs, [*ours, *ten])
        yield Row(
            "conftest with ten rules / the same ten of ours",
            other.seconds / same.seconds,
            "x",
            f"{other.seconds:.1f} s / {same.seconds:.1f} s",
        )
        yield Row(
            f"conftest with ten rules / all rules, {JUDGED:,} resources, the same findings of the ten",
            other.seconds / judge.seconds,
            "x",
            f"{other.seconds:.1f} s, {other.mebibytes:.0f} MiB / {judge.seconds:.1f} s, {judge.mebibytes:.0f} MiB",
            limit=5,
            at_least=True,
        )
    yield Row(f"memory of judging {JUDGED:,} resources", judge.mebibytes, "MiB", "at its peak", limit=1024)
    yield Row(
        "all rules / a bare typed decode of the file",
        judge.seconds / decode.seconds,
        "x",
        f"{judge.seconds:.1f} s / {decode.seconds:.1f} s",
    )


def compare(found: Path, theirs: set[tuple[str, str]]) -> list[str]:
    """The names of the ten rules. SystemExit unless both find the same; what is undecided has no word in Rego."""
    findings = msgspec.json.decode(found.read_bytes(), type=list[Finding])
    ten = {rule for rule, _ in theirs}
    ours = {(item.rule, item.urn) for item in findings if item.outcome == "fail" and item.rule in ten}
    if len(ten) != 10 or ours != theirs:
        differing = "\n".join(f"  {rule} {urn}" for rule, urn in sorted(ours ^ theirs)[:10])
        sys.exit(f"bench: ten_rules.rego ({len(ten)} rules with findings) and ours do not find the same:\n{differing}")
    return sorted(ten)


def growing(folder: Path, largest: int) -> Iterator[Row]:
    """Time and memory by size. Between the two largest the start of the process no longer hides what grows."""
    sizes = [size for size in SIZES if size <= largest]
    runs = {}
    for size in sizes:
        generate(folder, size)
        runs[size] = run([PYTHON, "-m", "tests.bench.judging", f"{folder}/{size}.json", f"{folder}/findings.json"])
    for name, unit, values in (
        ("time", "s", {size: item.seconds for size, item in runs.items()}),
        ("memory", "MiB", {size: item.mebibytes for size, item in runs.items()}),
    ):
        told = ", ".join(f"{size:,}: {_short(value)} {unit}" for size, value in values.items())
        yield Row(f"{name}: exponent over all sizes", exponent(values), "", told)
        yield Row(
            f"{name}: exponent from {sizes[-2]:,} to {sizes[-1]:,} resources",
            exponent({size: values[size] for size in sizes[-2:]}),
            "",
            "1 is linear",
            limit=1.2,
        )


def exponent(values: Mapping[int, float]) -> float:
    """The slope of the line through the logarithms, by least squares."""
    points = [(log(size), log(value)) for size, value in values.items()]
    x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    slope: float = sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)
    return slope


def starting() -> Iterator[Row]:
    """Commands that need no SDK: they must not import it, and answer at once."""
    (sdk,) = in_turns([PYTHON, "-c", IMPORT])
    for words in (["--help"], ["rules"], ["explain", "host_without_firewall"], ["clauses"]):
        (answer,) = in_turns([PYTHON, "-c", COMMAND, *words], allowed=(0, 1))
        yield Row(
            f"baseline {' '.join(words)} / importing the SDKs",
            answer.seconds / sdk.seconds,
            "x",
            f"{answer.seconds:.2f} s / {sdk.seconds:.2f} s, {'imports' if answer.exit_code else 'without'} an SDK",
            limit=0 if answer.exit_code else None,
        )


def main() -> None:
    """Measures, prints a table, and writes JSON where it is asked to."""
    parser = argparse.ArgumentParser(prog="bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--output", type=Path, metavar="FILE", help="also write the figures there, as JSON")
    parser.add_argument("--largest", type=int, default=SIZES[-1], metavar="N", help="grow up to N resources")
    options = parser.parse_args()
    table = Table("ratio", "value", "limit", "of", title=f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    rows = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        for measured in (
            starting(),
            checking(),
            packing(),
            judging(folder),
            growing(folder, max(options.largest, SIZES[1])),
        ):
            for row in measured:
                rows.append(row)
                table.add_row(row.what, _value(row), _limit(row), row.detail, style="" if row.kept else "bold red")
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    if options.output:
        options.output.write_bytes(msgspec.json.format(msgspec.json.encode(rows)) + b"\n")
    missed = [row for row in rows if not row.kept]
    for row in missed:
        Console(stderr=True).print(f"missed: {row.what}: {_value(row)}, wanted {_limit(row)}", highlight=False)
    sys.exit(1 if missed else 0)


def _value(row: Row) -> str:
    return f"{_short(row.value)} {row.unit}".strip()


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _limit(row: Row) -> str:
    if row.limit is None:
        return ""
    return f"{'at least' if row.at_least else 'at most'} {row.limit:g} {row.unit}".strip()


if __name__ == "__main__":
    main()
