"""The storage box that hosts send their encrypted backups to, and its snapshots, which no host can delete."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_hcloud as hcloud

from infra.hetzner.catalogue import BOX_SNAPSHOTS, LOCATIONS
from infra.hetzner.labels import labels
from infra.host.facts import refuse

_HOURS_TO_ARRIVE = 3


@dataclass(frozen=True, kw_only=True)
class BackupArgs:
    """Where backups rest, at least and at most how many days, and at which hour (UTC) hosts send them.

    `password` is that of the box's own account, and a secret.
    """

    environment: str
    size: str
    place: str
    keep_days: tuple[int, int]
    hour: int
    password: pulumi.Input[str]

    def __post_init__(self) -> None:
        problems = []
        if self.size not in BOX_SNAPSHOTS:
            problems.append(f"size {self.size}: wanted one of {', '.join(BOX_SNAPSHOTS)}")
        if self.place not in LOCATIONS:
            problems.append(f"location {self.place}: wanted one of {', '.join(sorted(LOCATIONS))}")
        if not 1 <= self.keep_days[0] < self.keep_days[1]:
            problems.append(f"keep_days {self.keep_days}: wanted days for snapshots between floor and ceiling")
        if not 0 <= self.hour <= 23:
            problems.append(f"hour {self.hour}: wanted 0 to 23")
        refuse("backup", problems)

    @property
    def snapshots(self) -> int:
        """How many daily snapshots there are: as many days as fit between floor and ceiling, and as the box takes."""
        floor, ceiling = self.keep_days
        return min(ceiling - floor, BOX_SNAPSHOTS[self.size])

    @property
    def keep_days_of_hosts(self) -> tuple[int, int]:
        """Days for which hosts keep their backups, since what they delete lives on in snapshots for some days more."""
        floor, ceiling = self.keep_days
        return floor, ceiling - self.snapshots


class Backup(pulumi.ComponentResource):
    """A storage box that speaks SSH, and only to Hetzner's own networks, where the hosts are.

    Keys are not given here: changing them would replace the box, with all that is in it.
    """

    def __init__(self, name: str, args: BackupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:hetzner:Backup", name, None, opts)
        floor, ceiling = args.keep_days
        box = hcloud.StorageBox(
            name,
            storage_box_type=args.size,
            location=args.place,
            password=args.password,
            access_settings=hcloud.StorageBoxAccessSettingsArgs(
                reachable_externally=False,
                samba_enabled=False,
                ssh_enabled=True,
                webdav_enabled=False,
                zfs_enabled=False,
            ),
            # Neither day of week nor day of month: every day.
            snapshot_plan=hcloud.StorageBoxSnapshotPlanArgs(
                hour=(args.hour + _HOURS_TO_ARRIVE) % 24, minute=17, max_snapshots=args.snapshots
            ),
            delete_protection=True,
            labels=labels(
                args.environment,
                holds="backups",
                **{"keep-days-floor": str(floor), "keep-days-ceiling": str(ceiling)},
            ),
            opts=pulumi.ResourceOptions(parent=self, protect=True, ignore_changes=["sshKeys"]),
        )
        self.server = box.server
        self.register_outputs({"server": self.server})
