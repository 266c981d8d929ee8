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


def write(root: Path, theme: str, defect: str) -> Path:
    """Writes the file of a rule below `root`; ValueError for an unknown theme, FileExistsError for a name taken."""
    themes = sorted(path.parent.name for path in root.glob("*/__init__.py"))
    if theme not in themes or not defect.isidentifier():
        raise ValueError(
            "usage: make new-rule THEME=theme DEFECT=defect\n"
            f"where theme is one of {', '.join(themes)} and defect is a name like host_reachable_from_internet"
        )
    path = root / theme / f"{defect}.py"
    with path.open("x", encoding="utf-8") as file:
        file.write(TEMPLATE.format(defect=defect))
    return path


def main(arguments: Sequence[str]) -> int:
    """Writes the file and says what to do next; 2 where it cannot."""
    theme, defect = (*arguments, "", "")[:2]
    try:
        path = write(Path(baseline.rules.__path__[0]), theme, defect)
    except (ValueError, FileExistsError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{path} written. Its example fails until the rule finds the defect: make test")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
