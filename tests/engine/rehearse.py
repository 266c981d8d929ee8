"""`make desk`: a shell with the real engine, this repository's project and emulated clouds, to rehearse what is rare.

Nothing that is done in it reaches anything real, and nothing of it stays.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.engine import commands
from tests.engine.operator import CANARIES, desk, language_host

_WELCOME = """\
A desk with the real engine and emulated clouds, in a copy of this project. Nothing here reaches a real cloud. Try:

  pulumi stack init dev
  pulumi config set --secret hcloud:token {token}
  pulumi config set --secret backup:password {password}
  pulumi up                      and kill it in the middle: kill -9 $(pgrep -f 'pulumi up')
  baseline recover dev           what to list, and then what to run
  baseline retire dev            how to end it

`exit` ends the desk, and all that was made on it is gone.
"""


def main() -> int:
    """Opens the shell, or runs what standard input says; the exit code of the shell."""
    with (
        tempfile.TemporaryDirectory(prefix="desk-") as name,
        language_host(Path(name)) as host,
        tempfile.TemporaryDirectory(prefix="desk-") as folder,
        desk(Path(folder), host) as operator,
    ):
        if sys.stdin.isatty():
            sys.stderr.write(_WELCOME.format(token=CANARIES["hcloud:token"], password=CANARIES["backup:password"]))
        shell = os.environ.get("SHELL", "/bin/sh") if sys.stdin.isatty() else "/bin/sh"
        return subprocess.run([shell], cwd=operator.project, env=commands.environment(operator), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
