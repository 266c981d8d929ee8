"""One preview on the real engine, with the policy pack or without: `python -m tests.bench.pack`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter

from tests.engine.operator import Operator, desk, language_host
from tests.recordings import REPOSITORY

STACK = "aws-us"


def previews(rounds: int) -> tuple[list[float], list[float]]:
    """Seconds of previews without the pack and with it, in turns. Raises NoEngine where there is no engine."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        root = Path(name)
        for part in ("host", "desk"):
            (root / part).mkdir()
        with language_host(root / "host") as host, desk(root / "desk", host) as operator:
            operator.init(STACK)
            pack = ("--policy-pack", str(REPOSITORY / "policies" / "pack" / "serve"))
            _preview(operator)  # what is loaded once is loaded
            turns = [(_preview(operator), _preview(operator, *pack)) for _ in range(rounds)]
    return [alone for alone, _ in turns], [packed for _, packed in turns]


def _preview(operator: Operator, *options: str) -> float:
    began = perf_counter()
    operator.must("preview", "--stack", STACK, *options)
    return perf_counter() - began
