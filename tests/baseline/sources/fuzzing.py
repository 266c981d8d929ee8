"""Documents that somebody has spoilt: any value anywhere, cut off anywhere, any byte."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from functools import cache
from typing import Any

from baseline.estate.build import build
from baseline.estate.terms import Terms
from baseline.judge import judge
from baseline.rule import all_rules
from baseline.sources import preview, state
from baseline.sources.project import BadInput
from baseline.sources.sites import Sites
from baseline.sources.wire import SECRET_SIGNATURE, SIGNATURE, UNKNOWN_TEXT
from tests.baseline.sources.shown import as_preview, as_state

TERMS = Terms(stack="example", allowed_countries=frozenset({"DE"}), account="123456789012")
VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1.5,
        10**30,
        "",
        "x",
        "true",
        "443",
        "0.0.0.0/0",
        "::/0",
        "*",
        "{",
        "[]",
        "arn:aws:s3:::x",
    ),
    *([], {}, [None], [[]], [{}], [1], ["x"], {"": None}, {"x": []}, [UNKNOWN_TEXT], {"Statement": 1}, "[secret]"),
    *(UNKNOWN_TEXT, {SIGNATURE: SECRET_SIGNATURE}, {SIGNATURE: "x"}, {"__defaults": 3}, {"__defaults": [[]]}),
)


@cache
def corpus() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Every example of every rule, as a preview and as a state."""
    graphs = [example.graph for rule in all_rules() for example in rule.examples]
    return tuple((kind, shown(graph)) for graph in graphs for kind, shown in (("p", as_preview), ("s", as_state)))


def spoilt(chance: random.Random) -> tuple[str, bytes]:
    """(kind, content): one document of the corpus with one to three mistakes in it."""
    kind, document = chance.choice(corpus())
    document = deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        _spoil(document, chance)
    content = json.dumps(document).encode()
    mistake = chance.random()
    if mistake < 0.05:
        return kind, content[: chance.randrange(len(content))]
    if mistake < 0.15:
        at = chance.randrange(len(content))
        return kind, content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
    return kind, content


def _spoil(document: Any, chance: random.Random) -> None:
    """Changes, removes or doubles one value, anywhere in a document."""
    at = document
    while True:
        keys: list[Any] = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            return
        key = chance.choice(keys)
        deeper = at[key]
        if isinstance(deeper, dict | list) and deeper and chance.random() < 0.85:
            at = deeper
            continue
        deed = chance.random()
        if deed < 0.15:
            del at[key]
        elif deed < 0.25 and isinstance(at, list):
            at.append(deepcopy(at[key]))
        else:
            at[key] = deepcopy(chance.choice(VALUES))
        return


def judged(kind: str, content: bytes) -> str:
    """What comes of a document: the words of a refusal, or "judged". Any other exception is a defect."""
    try:
        graph = (preview if kind == "p" else state).graph("spoilt.json", content, Sites())
    except BadInput as refused:
        return str(refused)
    verdict = judge(build(graph, TERMS), all_rules())
    assert verdict.findings or verdict.passes, "nothing was judged, and nothing was said"
    return "judged"
