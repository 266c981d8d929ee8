"""conftest, which judges JSON by Rego: built from its Go module once a machine, and its findings."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import msgspec

MODULE, VERSION = "github.com/open-policy-agent/conftest", "v0.71.1"
RULES = Path(__file__).with_name("ten_rules.rego")

# Go compares every module with its public log of checksums, whatever the user's own settings say.
_VERIFIED = {"GOSUMDB": "sum.golang.org", "GONOSUMDB": "", "GOPRIVATE": "", "GONOSUMCHECK": "", "GOFLAGS": ""}


def program() -> Path | None:
    """The program, built where it is not yet; None where there is no Go. CalledProcessError where it does not build."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "shop-connections" / VERSION
    built = cache / "conftest"
    go = shutil.which("go")
    if not built.exists():
        if go is None:
            return None
        environment = {**os.environ, **_VERIFIED, "GOBIN": str(cache)}
        subprocess.run([go, "install", f"{MODULE}@{VERSION}"], env=environment, check=True)
    return built


def command(conftest: Path, graph: Path) -> list[str]:
    """How it judges a Graph's file; it writes what it found to its standard output."""
    return [str(conftest), "test", "--no-fail", "--output", "json", "--policy", str(RULES), str(graph)]


class _Failure(msgspec.Struct):
    msg: str


class _Result(msgspec.Struct):
    failures: list[_Failure] = []


def findings(output: bytes) -> set[tuple[str, str]]:
    """(rule, URN) of everything that its rules found."""
    results = msgspec.json.decode(output, type=list[_Result])
    messages = (failure.msg.partition(" ") for result in results for failure in result.failures)
    return {(rule, urn) for rule, _, urn in messages}
