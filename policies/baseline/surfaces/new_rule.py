"""Writes a new rule with a failing example: `python -m baseline.surfaces.new_rule THEME DEFECT`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import baseline.rules

TEMPLATE = '''"""A rule about each Host."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Host
from baseline.rule import Problem, example, fails, resource, rule


@rule(Host, clauses=("5.1/2",), remedy="Say what to do, in words that can be typed.")
def {defect}(host: Host, estate: Estate) -> Iterator[Problem]:
    """Say the defect in one sentence.

    Say why it breaks a promise, and which checks miss it.
    """
    if False:
        yield Problem(f"{{host.name}} has the defect")


EXAMPLES = (
    example(
        "a host with the defect",
        resource("hcloud:index/server:Server", "web", location="fsn1"),
        fails("web"),
    ),
)
'''


def main(arguments: Sequence[str]) -> int:
    """Writes the file and says what to do next; 2 where the theme does not exist or the name is taken or no name."""
    root = Path(baseline.rules.__path__[0])
    themes = sorted(path.parent.name for path in root.glob("*/__init__.py"))
    if len(arguments) != 2 or arguments[0] not in themes or not arguments[1].isidentifier():
        print(f"usage: make new-rule THEME=… DEFECT=…, where THEME is one of {', '.join(themes)}", file=sys.stderr)
        print("and DEFECT is a name like host_reachable_from_internet.", file=sys.stderr)
        return 2
    path = root / arguments[0] / f"{arguments[1]}.py"
    if path.exists():
        print(f"{path}: exists already.", file=sys.stderr)
        return 2
    path.write_text(TEMPLATE.format(defect=arguments[1]), encoding="utf-8")
    print(f"{path} written. Its example fails until the rule finds it: make test")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
