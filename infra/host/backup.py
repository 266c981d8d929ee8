"""The daily backup that a host encrypts and sends away by itself.

The public keys for which backups are encrypted are declared, and so known before a machine exists; one that runs gets
new ones on the day-two path. Credentials come on that path alone, and without them nothing is sent: in memory, the SSH
client's configuration (user, key, known key of the destination). A private key that decrypts is never on a host.
"""

from __future__ import annotations

from infra.host.document import File, Piece
from infra.host.facts import BackupPlan, HostFacts

RECIPIENTS_FILE = "/etc/backup-recipients"
SSH_CONFIGURATION = "/run/backup-ssh"
MINUTE = 17


def piece(facts: HostFacts) -> Piece:
    """A timer that makes up for missed runs, its script and settings; nothing where the cloud copies volumes."""
    if facts.backup is None:
        return Piece()
    source = _DATABASE if facts.role == "database" else _FILES
    return Piece(
        packages=("age", "openssh-client"),
        files=(
            File(path="/etc/backup.env", content=_settings(facts.backup)),
            File(path=RECIPIENTS_FILE, content="".join(f"{key}\n" for key in facts.backup.recipients)),
            File(path="/usr/local/sbin/backup", content=_script(source, facts.data_mount), mode="0755"),
            File(path="/etc/systemd/system/backup.service", content=_service(facts.data_mount)),
            File(path="/etc/systemd/system/backup.timer", content=_timer(facts.backup)),
        ),
        commands=("systemctl enable --now backup.timer",),
    )


def _settings(plan: BackupPlan) -> str:
    floor, ceiling = plan.keep_days
    return f"""\
DESTINATION={plan.destination}
KEEP_DAYS_FLOOR={floor}
KEEP_DAYS_CEILING={ceiling}
"""


def _script(source: str, mount: str) -> str:
    # A day before the ceiling, so that the next run need not come in time; never below the floor.
    return f"""\
#!/bin/bash
set -euo pipefail
umask 077
host=$(hostname)
days=$((KEEP_DAYS_CEILING - 1 > KEEP_DAYS_FLOOR ? KEEP_DAYS_CEILING - 1 : KEEP_DAYS_FLOOR))
now=$(date --utc +%Y%m%dT%H%M%SZ)
oldest=$(date --utc --date="$days days ago" +%Y%m%dT%H%M%SZ)
work=$(mktemp --directory --tmpdir={mount} .backup.XXXXXXXX)
trap 'rm --recursive --force "$work"' EXIT
box() {{ sftp -q -F {SSH_CONFIGURATION} -o BatchMode=yes -o StrictHostKeyChecking=yes -b - "$DESTINATION"; }}
{source} | age --encrypt --recipients-file {RECIPIENTS_FILE} --output "$work/backup"
printf 'put %s %s\\nrename %s %s\\n' "$work/backup" "$host-$now.part" "$host-$now.part" "$host-$now.age" | box
echo 'ls -1' | box | while read -r file; do
  if [[ $file =~ ^"$host"-[0-9TZ]+\\.(age|part)$ && $file < $host-$oldest.age ]]; then echo "rm $file"; fi
done | box
"""


_DATABASE = "runuser --user postgres -- pg_dumpall"
_FILES = "tar --create --directory=/srv --exclude='./.backup.*' --exclude=./lost+found ."


def _service(mount: str) -> str:
    return f"""\
[Unit]
Description=Encrypted backup to the declared destination
After=network-online.target
Wants=network-online.target
AssertPathIsMountPoint={mount}
[Service]
Type=oneshot
EnvironmentFile=/etc/backup.env
ExecStart=/usr/local/sbin/backup
"""


def _timer(plan: BackupPlan) -> str:
    return f"""\
[Unit]
Description=Daily backup
[Timer]
OnCalendar=*-*-* {plan.hour:02}:{MINUTE:02}:00
Persistent=true
[Install]
WantedBy=timers.target
"""
