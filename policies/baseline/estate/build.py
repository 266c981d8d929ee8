"""Graph to Estate: each provider's adapters, in an order in which what is referred to is read first."""

from __future__ import annotations

import msgspec

from baseline.estate import aws, hetzner, host_services, state
from baseline.estate.builder import Builder
from baseline.estate.changes import changes, gone_unjudged
from baseline.estate.estate import Estate
from baseline.estate.facts.neutral import NEUTRAL
from baseline.estate.shapes import shaped
from baseline.estate.terms import Terms
from baseline.graph import Graph


def build(graph: Graph, terms: Terms) -> Estate:
    """The Estate of a Graph under the terms of its stack; of a preview also what it changes."""
    estate = _build(graph, terms)
    if graph.steps:
        before = msgspec.structs.replace(graph, resources=graph.before, before=(), steps={})
        start = _build(before, terms)
        estate.add(changes(start, estate), gone_unjudged(start, estate))
    return estate


def _build(graph: Graph, terms: Terms) -> Estate:
    graph = shaped(graph)
    builder = Builder(graph, terms)
    state.read(builder)
    hetzner.read(builder)
    aws.read(builder)
    host_services.read(builder)
    return Estate(graph, terms, builder.nouns, builder.unjudged(NEUTRAL))
