"""The one backup that Hetzner makes by itself."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Host
from baseline.graph import UNKNOWN
from baseline.rule import Problem, example, fails, resource, rule, unknown


@rule(
    Host,
    clauses=("5.1/3",),
    remedy="Say `backups: true` on the server. Switching it off later deletes all backups at once.",
    applies=lambda host: host.provider == "hetzner",
)
def server_backups_switched_off(host: Host, _: Estate) -> Iterator[Problem]:
    """A Hetzner server has no backups of its own.

    They are off unless they are switched on, and switching them off deletes those that exist, at once. Without them the
    machine itself cannot be looked at as it was the day before.
    """
    if not host.backups:
        yield Problem(f"server {host.label} has no daily backups of its disk", "backups")


_SERVER = "hcloud:index/server:Server"

EXAMPLES = (
    example("switched on", resource(_SERVER, "web", location="fsn1", backups=True)),
    example("off unless switched on", resource(_SERVER, "web", location="fsn1"), fails("web", "backups")),
    example("switched off", resource(_SERVER, "web", location="fsn1", backups=False), fails("web", "backups")),
    example("only deployment knows", resource(_SERVER, "web", location="fsn1", backups=UNKNOWN), unknown("web")),
)
