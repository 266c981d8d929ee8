"""Service logs and account activity: all in the journal, kept for the declared days and no longer."""

from __future__ import annotations

from infra.host.document import File, Piece
from infra.host.facts import HostFacts

PIECE_HOURS = 6
"""How long the journal writes to one file before it starts the next."""

SLACK_HOURS = 12
"""How much longer than the declared days the journal waits.

A file goes when its *first* entry is that old, so its last entry has been kept up to PIECE_HOURS less, and the next
vacuum finds it up to PIECE_HOURS later: with 12 and 6, each entry is kept for at least `log_days` full days, and is
gone six hours before one day more has ended.
"""


def piece(facts: HostFacts) -> Piece:
    """Journal on the log volume, vacuumed by a timer because a quiet journal never vacuums itself."""
    kept = f"{facts.log_days * 24 + SLACK_HOURS}h"
    return Piece(
        files=(
            File(path="/etc/systemd/journald.conf.d/60-retention.conf", content=_journald(kept, facts.log_gib)),
            File(path="/etc/systemd/system/log-retention.service", content=_service(kept)),
            File(path="/etc/systemd/system/log-retention.timer", content=_TIMER),
        ),
        commands=(
            "systemctl restart systemd-journald",
            "systemctl enable --now log-retention.timer",
        ),
    )


def _journald(kept: str, log_gib: int) -> str:
    # Else space, not time, would delete first: the journal may fill all but a tenth, and drops no message. Both bounds
    # are said, for the smaller one holds, and by itself journald keeps up to 15 percent free (journald.conf(5)).
    return f"""\
[Journal]
Storage=persistent
Compress=yes
MaxRetentionSec={kept}
MaxFileSec={PIECE_HOURS}h
SystemMaxUse={log_gib * 1024 * 9 // 10}M
SystemKeepFree={log_gib * 1024 // 10}M
SystemMaxFiles=1000
RateLimitIntervalSec=0
ForwardToSyslog=no
"""


def _service(kept: str) -> str:
    return f"""\
[Unit]
Description=Delete journal files that have been kept long enough
[Service]
Type=oneshot
ExecStart=/usr/bin/journalctl --rotate --vacuum-time={kept}
"""


_TIMER = f"""\
[Unit]
Description=Start a journal file and delete old ones
[Timer]
OnCalendar=*-*-* 0/{PIECE_HOURS}:00:00
Persistent=true
[Install]
WantedBy=timers.target
"""
