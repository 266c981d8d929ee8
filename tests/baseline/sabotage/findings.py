"""What the judge finds in a recording, as it is or spoilt."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from baseline.estate.build import build
from baseline.graph import Graph
from baseline.judge import Finding, judge
from baseline.rule import all_rules
from tests.recordings import graphs, terms


def findings(graph: Graph) -> frozenset[Finding]:
    """What all rules find in a graph under the terms of its stack."""
    return frozenset(judge(build(graph, terms(graph.stack)), all_rules()).findings)


@lru_cache(maxsize=8)
def findings_before(stack: str) -> frozenset[Finding]:
    """What all rules find in a recording as it is."""
    return findings(graphs()[stack])


def said(found: Iterable[Finding]) -> str:
    """Findings in words, for a failing test."""
    return "\n".join(sorted(f"{item.rule} {item.outcome} {item.urn} {item.path}: {item.message}" for item in found))
