"""A platform engineer at a desk: the real engine, a copy of the project, a backend, and two emulated clouds.

Everything lies in one folder and on loopback. The clouds are providers attached to the engine; the programs run
in a language host that all desks share.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.engine.engine import engine
from tests.recordings import REPOSITORY

PASSPHRASE: Final = "canary-of-the-passphrase"
SECONDS: Final = 300
"""After which a command counts as hanging."""

CANARIES: Final[Mapping[str, str]] = {
    "hcloud:token": "CanaryOfTheToken".ljust(64, "x"),
    "backup:password": "Canary-of-the-box-password-1",
}
"""The secrets of an environment, by the key of its configuration."""


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything that it said."""
        return self.out + self.err


class Operator:
    """Runs commands at one desk."""

    def __init__(self, folder: Path, host: Path) -> None:
        self.folder = folder
        self.project = folder / "project"
        self.cloud = folder / "cloud"
        self._host = host
        self._engine = engine()  # asked once: each answer runs the engine for its version
        self._clouds: subprocess.Popen[bytes] | None = None
        for name in ("backend", "home", "cloud"):
            (folder / name).mkdir()

    @property
    def environment(self) -> dict[str, str]:
        """What the engine's processes see. No colour, no question, no network."""
        ports = json.loads((self.cloud / "ports.json").read_text(encoding="utf-8"))
        return {
            **os.environ,
            "PATH": f"{self._host}{os.pathsep}{self._engine.parent}{os.pathsep}{os.environ['PATH']}",
            "PULUMI_BACKEND_URL": f"file://{self.folder}/backend",
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_DEBUG_PROVIDERS": ",".join(f"{name}:{port}" for name, port in ports.items()),
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "NO_COLOR": "1",
        }

    def serve(self) -> None:
        """Starts the clouds, which remember what exists."""
        (self.cloud / "ports.json").unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.engine.clouds", "serve", str(self.cloud)]
        self._clouds = subprocess.Popen(command, cwd=REPOSITORY)
        wait(lambda: (self.cloud / "ports.json").exists(), "the clouds do not serve")

    def kill_clouds(self) -> None:
        """Ends the providers at once, as a crash or the kernel does."""
        if self._clouds is not None:
            self._clouds.kill()
            self._clouds.wait()

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Starts the engine's command line in the project, in a process group of its own."""
        return subprocess.Popen(
            [self._engine, *arguments, "--non-interactive"],
            cwd=self.project,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def pulumi(self, *arguments: str) -> Done:
        """Runs the engine's command line to its end."""
        with self.begin(*arguments) as process:
            try:
                out, err = process.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return Done(process.returncode, out, err)

    def must(self, *arguments: str) -> Done:
        """Runs a command that has to succeed."""
        done = self.pulumi(*arguments)
        errors = [line for line in done.said.splitlines() if "error" in line]
        assert done.code == 0, "\n".join([f"pulumi {' '.join(arguments)}: {done.code}", *errors, done.err])
        return done

    def take(self, project: Path) -> None:
        """Copies a project to the desk, without what its stacks' files say of keys that nobody has here."""
        shutil.copytree(project, self.project, ignore=shutil.ignore_patterns(".*", "__pycache__", "tests", "docs"))
        for file in self.project.rglob("Pulumi.*.yaml"):
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            file.write_text("".join(line for line in lines if not line.startswith("secretsprovider:")), "utf-8")

    def init(self, stack: str) -> None:
        """Makes a stack, with the secrets that the environments take."""
        self.must("stack", "init", stack)
        for key, secret in CANARIES.items():
            self.must("config", "set", "--secret", key, secret, "--stack", stack)

    def preview(self, stack: str) -> dict[str, Any]:
        """What `pulumi preview --json --show-sames` writes."""
        found: dict[str, Any] = json.loads(self.must("preview", "--json", "--show-sames", "--stack", stack).out)
        return found

    def up(self, stack: str, *options: str) -> Done:
        """Deploys."""
        return self.pulumi("up", "--yes", "--stack", stack, *options)

    def export(self, stack: str) -> dict[str, Any]:
        """The state."""
        found: dict[str, Any] = json.loads(self.must("stack", "export", "--stack", stack).out)
        return found

    def close(self) -> None:
        """Ends what was started."""
        if self._clouds is not None:
            self._clouds.terminate()
            try:
                self._clouds.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill_clouds()


def wait(ready: Callable[[], bool], otherwise: str, seconds: float = 30) -> None:
    """Waits until something holds. AssertionError where it never does."""
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, otherwise
        time.sleep(0.02)


@contextmanager
def language_host(folder: Path) -> Iterator[Path]:
    """A folder with the executable by which the engine finds the host of Python programs."""
    process = subprocess.Popen([sys.executable, "-m", "tests.engine.language_host", str(folder)], cwd=REPOSITORY)
    try:
        wait(lambda: (folder / "pulumi-language-python").exists(), "the language host does not serve", 60)
        yield folder
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextmanager
def desk(folder: Path, host: Path, project: Path = REPOSITORY) -> Iterator[Operator]:
    """An operator with a project and running clouds."""
    operator = Operator(folder, host)
    operator.take(project)
    operator.serve()
    try:
        yield operator
    finally:
        operator.close()
