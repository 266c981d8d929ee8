"""One measured process: judges a Graph's file by all rules, as `baseline check` does once a program is recorded.

python -m tests.bench.judging GRAPH FINDINGS [RULE...]
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import msgspec

from baseline.estate.build import build
from baseline.estate.terms import Period, Terms
from baseline.graph import decode
from baseline.judge import judge
from baseline.rule import all_rules

TERMS = Terms(
    stack="bench",
    allowed_countries=frozenset({"AU", "DE", "FI", "US"}),
    administration=("203.0.113.0/28", "198.51.100.0/28", "2001:db8:10::/64"),
    periods={"backup": Period(7, 35), "service_log": Period(30, 31), "audit_log": Period(365, 400)},
)
"""What the environments of this repository declare together; ten_rules.rego says the same."""


def main(graph: Path, findings: Path, *names: str) -> None:
    """Judges by the rules of these names, or by all, and writes every finding."""
    gc.disable()  # as in the workers of `baseline check`: a process that judges once has nothing to collect
    rules = [rule for rule in all_rules() if not names or rule.id in names]
    verdict = judge(build(decode(graph.read_bytes()), TERMS), rules)
    findings.write_bytes(msgspec.json.encode(verdict.findings))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
