"""The published promises as a table: each clause in our words, and what enforces it or why nothing can."""

from __future__ import annotations

from collections.abc import Iterable

from baseline.clauses import Clause
from baseline.reports.layout import Rows


def render(clauses: Iterable[Clause]) -> Rows:
    """One row a clause, in the policy's order."""
    table = Rows("", "clause", "promises", "enforced by", names=("clause",), lines=True)
    for clause in clauses:
        table.add(clause.number, clause.promise, _enforced(clause))
    return table


def _enforced(clause: Clause) -> str:
    if clause.unenforced:
        word, reason = clause.unenforced
        return f"{word}: {reason}"
    return "\n".join(clause.rules) + (f"\nbeyond: {clause.beyond}" if clause.beyond else "")
