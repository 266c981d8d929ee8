"""Documents that somebody has spoilt, anywhere and by any value, with violations beside that nobody has."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from copy import deepcopy
from functools import cache, partial
from typing import Any, NamedTuple

from baseline.estate.build import build
from baseline.estate.terms import Terms
from baseline.graph import Graph, Ref
from baseline.judge import judge
from baseline.rule import all_rules, resource
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
    *(
        [],
        {},
        [None],
        [[]],
        [{}],
        [1],
        ["x"],
        {"": None},
        {"x": []},
        [UNKNOWN_TEXT],
        {"Statement": 1},
        "[secret]",
        "²",
        "[" * 2000,
        "{" * 2000,
    ),
    *(UNKNOWN_TEXT, {SIGNATURE: SECRET_SIGNATURE}, {SIGNATURE: "x"}, {"__defaults": 3}, {"__defaults": [[]]}),
)


class Document(NamedTuple):
    """A spoilt document, and what was planted in it unspoilt: (rule, URN) that a verdict has to find."""

    kind: str
    content: bytes
    planted: frozenset[tuple[str, str]]


@cache
def corpus() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Every example of every rule, as previews and states, before and after deployment."""
    graphs = [example.graph for rule in all_rules() for example in rule.examples]
    return tuple((kind, shown(graph)) for graph in graphs for kind, shown in WAYS)


WAYS: tuple[tuple[str, Callable[[Graph], dict[str, Any]]], ...] = (
    ("p", as_preview),
    ("p", partial(as_preview, deployed=True)),
    ("p", partial(as_preview, deployed=True, relinquished=True)),
    ("s", as_state),
    ("s", partial(as_state, deployed=True)),
)

_OPEN = resource(
    "hcloud:index/firewall:Firewall",
    "planted::pulumi:providers:pulumi::open",
    rules=[{"direction": "in", "protocol": "tcp", "port": "22", "sourceIps": ["0.0.0.0/0"]}],
)
_GROUP = "aws:ec2/securityGroup:SecurityGroup"
_PEER = resource(_GROUP, "planted-peer", description="who may come too")
_BESIDE = resource(  # its network stands beside a reference, and is an output of what that means
    _GROUP,
    "planted-beside",
    ingress=[
        {
            "protocol": "tcp",
            "fromPort": 22,
            "toPort": 22,
            "cidrBlocks": ["0.0.0.0/0"],
            "securityGroups": [Ref(frozenset({_PEER.urn}))],
        }
    ],
)
_WRITTEN = resource("hcloud:index/storageBox:StorageBox", "planted", location="fsn1", password="correct-horse")
_GONE, _READ = (resource("hcloud:index/volume:Volume", f"planted-{word}", location="fsn1") for word in ("gone", "read"))
_PLANTED = Graph(
    project="example",
    stack="example",
    resources=(_OPEN, _PEER, _BESIDE, _WRITTEN),
    before=(_OPEN, _PEER, _BESIDE, _WRITTEN, _GONE, _READ),
    steps={_OPEN.urn: "update", _GONE.urn: "delete", _READ.urn: "forget"},
)
_OF_RESULTS = frozenset(
    {
        ("administration_port_open_beyond_declared_networks", _OPEN.urn),
        ("administration_port_open_beyond_declared_networks", _BESIDE.urn),
        ("secret_in_plain_input", _WRITTEN.urn),
    }
)
_OF_CHANGES = frozenset(("data_deleted_by_change", item.urn) for item in (_GONE, _READ))


def spoilt(chance: random.Random) -> Document:
    """One document of the corpus with one to three mistakes in it, and violations beside them."""
    kind, document = chance.choice(corpus())
    document = deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        _spoil(document, chance)
    planted = _plant(kind, document)
    content = json.dumps(document).encode()
    mistake = chance.random()
    if mistake < 0.05:
        return Document(kind, content[: chance.randrange(len(content))], frozenset())
    if mistake < 0.15:
        at = chance.randrange(len(content))
        return Document(kind, content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :], frozenset())
    return Document(kind, content, planted)


def _plant(kind: str, document: dict[str, Any]) -> frozenset[tuple[str, str]]:
    """Puts the violations into a document, where it still has a place for them; what was put there."""
    if kind == "p":
        listed, more = document.get("steps"), as_preview(_PLANTED, deployed=True, relinquished=True)["steps"]
        found = _OF_RESULTS | _OF_CHANGES
    else:
        deployment = document.get("deployment")
        listed = deployment.get("resources") if isinstance(deployment, dict) else None
        more, found = as_state(_PLANTED, deployed=True)["deployment"]["resources"], _OF_RESULTS
    if not isinstance(listed, list):
        return frozenset()
    listed += more[1:]  # the stack is there already
    return found


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


def judged(document: Document) -> str:
    """What comes of a document: the words of a refusal, or "judged". Any other exception is a defect.

    A verdict that does not find what was planted passes silently over more than that.
    """
    source = preview if document.kind == "p" else state
    try:
        graph = source.graph("spoilt.json", document.content, Sites())
    except BadInput as refused:
        return str(refused)
    verdict = judge(build(graph, TERMS), all_rules())
    assert verdict.findings or verdict.passes, "nothing was judged, and nothing was said"
    found = {(finding.rule, finding.urn) for finding in verdict.findings if finding.outcome == "fail"}
    assert document.planted <= found, f"passed over {sorted(document.planted - found)}"
    return "judged"
