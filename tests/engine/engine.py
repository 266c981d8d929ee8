"""Gets the real Pulumi engine: the one on PATH, else by the SDK's own installer, else built from its Go module, once.

`python -m tests.engine.engine` is `make engine`. What is built lies in a per-user cache, outside the repository; the
module and all that it needs are pinned with checksums in requirements/engine.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tests.recordings import REPOSITORY

OLDEST: Final = (3, 259, 0)
"""The first whose policy packs may be executables, whose programs may keep a Stash, and that is a Go module."""

_MODULE: Final = REPOSITORY / "requirements" / "engine"
_PACKAGE: Final = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
_VERSION_OF: Final = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
_WORDS: Final = f"""no Pulumi engine: the engine's tests cannot run. One of these is needed:
  - the Pulumi CLI, version {".".join(map(str, OLDEST))} or later, on PATH (https://www.pulumi.com/docs/iac/download-install/)
  - Go 1.26 or later, with which `make engine` builds it from its module (about 6 minutes of CPU, once)"""


class NoEngine(Exception):
    """There is no engine and none can be had; the message says what to install."""


def cache() -> Path:
    """Where this user's engine lies."""
    root = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(root, "shop-connections", "pulumi", ".".join(map(str, OLDEST)))


def engine() -> Path:
    """The engine that there is, without getting one. Raises NoEngine."""
    for found in (shutil.which("pulumi"), cache() / "pulumi", cache() / "bin" / "pulumi"):
        if found and Path(found).is_file() and _version(Path(found)) >= OLDEST:
            return Path(found)
    raise NoEngine(_WORDS)


def get() -> Path:
    """The engine, got by the first way that works. Raises NoEngine."""
    with _alone():
        for way in (engine, _install):
            with suppress(NoEngine):
                return way()
        return _build()


def _version(pulumi: Path) -> tuple[int, ...]:
    """The version of a CLI; nothing where it does not run."""
    try:
        done = subprocess.run([pulumi, "version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = re.match(r"v?(\d+)\.(\d+)\.(\d+)", done.stdout.strip())
    return tuple(map(int, found.groups())) if found else ()


@contextmanager
def _alone() -> Iterator[None]:
    """Only one process at a time builds or installs."""
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install() -> Path:
    """By the SDK's own installer, which fetches a release of the SDK's own version."""
    print("engine: none on PATH, asking the SDK's own installer", flush=True)
    code = f"from pulumi.automation import PulumiCommand; PulumiCommand.install(root={str(cache())!r})"
    try:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False)
    except subprocess.TimeoutExpired:
        raise NoEngine(_WORDS) from None
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["it says nothing"]
        print(f"engine: that does not work here: {last[0]}", flush=True)
    return engine()


def _build() -> Path:
    """From the Go module. What the module needs comes from Go's own cache or registry, each checked by its sum."""
    go = shutil.which("go")
    if go is None:
        raise NoEngine(_WORDS)
    version = ".".join(map(str, OLDEST))
    print(f"engine: building Pulumi {version} from its Go module, about 6 minutes of CPU, once", flush=True)
    fresh = cache() / "pulumi.new"
    command = [go, "build", "-v", "-mod=readonly", "-trimpath", f"-ldflags=-s -w -X {_VERSION_OF}={version}"]
    with subprocess.Popen(
        [*command, "-o", fresh, _PACKAGE],
        cwd=_MODULE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "GOFLAGS": "", "GOWORK": "off", "CGO_ENABLED": "0"},
    ) as process:
        said = _progress(process.stdout or ())
    if process.returncode:
        raise NoEngine("\n".join([*said[-5:], "engine: Go cannot build it here", _WORDS]))
    fresh.replace(cache() / "pulumi")
    return engine()


def _progress(lines: Iterable[str]) -> list[str]:
    """Says how far Go is, every hundred packages; returns what else it says."""
    said: list[str] = []
    built = 0
    for line in lines:
        if re.fullmatch(r"[\w./-]+\n", line):
            built += 1
            if built % 100 == 0:
                print(f"engine: {built} packages built", flush=True)
        elif not line.startswith("go: downloading"):
            said.append(line.rstrip())
    return said


def main() -> int:
    """Prints where the engine is; 1 and what to install where there is none."""
    try:
        found = get()
    except NoEngine as error:
        print(error, file=sys.stderr)
        return 1
    print(f"engine: Pulumi {'.'.join(map(str, _version(found)))} at {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
