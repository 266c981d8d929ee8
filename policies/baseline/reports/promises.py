"""The published promises as a table: each clause in our words, and what enforces it or why nothing can."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from baseline.clauses import Clause


def render(clauses: Iterable[Clause]) -> Table:
    """One row a clause, in the policy's order."""
    table = Table("clause", "promises", "enforced by", show_lines=True)
    for clause in clauses:
        table.add_row(clause.number, clause.promise, _enforced(clause))
    return table


def _enforced(clause: Clause) -> str:
    if clause.unenforced:
        word, reason = clause.unenforced
        return f"{word}: {reason}"
    return ", ".join(clause.rules) + (f"\nbeyond: {clause.beyond}" if clause.beyond else "")
