"""A record that can be changed unseen proves nothing."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Trail
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Trail,
    clauses=("5.1/2", "5.5"),
    remedy="Say enableLogFileValidation on the trail: it then signs a digest of its files every hour.",
)
def trail_unvalidated(trail: Trail, _: Estate) -> Iterator[Problem]:
    """A trail's files are not validated.

    Whoever covers a trace deletes or edits the file that shows it. Validation is off unless it is asked for, and cannot
    be had for files that were written before.
    """
    if not trail.validated:
        yield Problem(f"the files of trail {trail.name} could be changed without anybody noticing")


_TRAIL = "aws:cloudtrail/trail:Trail"

EXAMPLES = (
    example("validated", aws_provider(), resource(_TRAIL, "trail", enableLogFileValidation=True)),
    example("off unless asked for", aws_provider(), resource(_TRAIL, "trail"), fails("trail")),
    example("switched off", aws_provider(), resource(_TRAIL, "trail", enableLogFileValidation=False), fails("trail")),
    example(
        "only deployment knows",
        aws_provider(),
        resource(_TRAIL, "trail", enableLogFileValidation=UNKNOWN),
        unknown("trail"),
    ),
)
