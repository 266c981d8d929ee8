"""What a preview leaves without the backups that it has."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Change
from baseline.graph import UNKNOWN
from baseline.rule import Problem, example, fails, resource, rule, unknown


@rule(
    Change,
    clauses=("5.1/3",),
    remedy="Let the new backup run before the old one goes: add it in one change, and remove the other in the next.",
)
def backups_switched_off_by_change(change: Change, _: Estate) -> Iterator[Problem]:
    """A change switches backups off.

    Hetzner deletes all backups of a server in the moment in which they are switched off. Elsewhere those that exist
    end with their days, and none follows them.
    """
    if change.backups_off:
        yield Problem(f"this would switch off the backups of {change.label}, which deletes those that exist", "backups")
    for store in change.uncovered:
        yield Problem(f"nothing would back up the {store} any more")


_SERVER = "hcloud:index/server:Server"
_ON = resource(_SERVER, "web", location="fsn1", backups=True)
_OFF = resource(_SERVER, "web", location="fsn1", backups=False)

EXAMPLES = (
    example("they stay on", _ON, before=(_ON,), steps={"web": "update"}),
    example("they are switched on", _ON, before=(_OFF,), steps={"web": "update"}),
    example(
        "they are switched off", _OFF, fails("web", "backups"), fails("web"), before=(_ON,), steps={"web": "update"}
    ),
    example(
        "only deployment knows whether they stay",
        resource(_SERVER, "web", location="fsn1", backups=UNKNOWN),
        unknown("web"),
        before=(_ON,),
        steps={"web": "update"},
    ),
)
