"""Disks that nobody but their host can encrypt."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Store
from baseline.graph import UNKNOWN
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    Store,
    clauses=("4.1", "5.1"),
    remedy="Have the host's cloud-init lay LUKS onto the volume (cryptsetup luksFormat, open, mount of "
    "/dev/mapper/...), attach it with `automount=False`, and keep data off the root disk.",
    applies=lambda store: store.kind in ("server disk", "volume") and store.holds != "system",
)
def data_disk_without_host_encryption(store: Store, _: Estate) -> Iterator[Problem]:
    """Data lies on a disk that its host does not encrypt.

    Hetzner's disks and volumes have no encryption of their own and no input for one, so scanners have nothing
    to look at and pass them. Only the host can encrypt, and its cloud-init says whether it does. A server
    without a data volume keeps its data on its root disk, which no cloud-init can encrypt.
    """
    if not store.host_encrypted:
        where = f"of {store.host.label}" if store.host else "that no host of this program has"
        yield Problem(f"the {store.kind} {store.label} {where} holds {store.holds} and is not encrypted by the host")


_LUKS = """\
#cloud-config
write_files:
  - path: /etc/crypttab
    content: "data LABEL=data-luks /run/disk-key luks,noauto"
mounts:
  - [/dev/mapper/data, /var/lib/postgresql, ext4]
"""
_PLAIN = """\
#cloud-config
mounts:
  - [/dev/sdb, /var/lib/postgresql, ext4]
"""
_ONLY_TMP = _LUKS.replace("/var/lib/postgresql", "/tmp")  # noqa: S108

_SAFE = resource("hcloud:index/server:Server", "db", location="fsn1", userData=_LUKS)
_OPEN = resource("hcloud:index/server:Server", "db", location="fsn1", userData=_PLAIN)
_LATER = resource("hcloud:index/server:Server", "db", location="fsn1", userData=UNKNOWN)
_VOLUME = resource("hcloud:index/volume:Volume", "data", location="fsn1", labels={"holds": "data"})


EXAMPLES = (
    example(
        "LUKS on the volume, nothing on the root disk",
        _SAFE,
        _VOLUME,
        resource(
            "hcloud:index/volumeAttachment:VolumeAttachment", "attachment", serverId=ref(_SAFE), volumeId=ref(_VOLUME)
        ),
    ),
    example(
        "a plain file system on the volume",
        _OPEN,
        resource("hcloud:index/volume:Volume", "data", serverId=ref(_OPEN)),
        fails("data"),
    ),
    example("a server without any volume", _OPEN, fails("db")),
    example(
        "encryption of what goes with the next boot alone",
        scratch := resource("hcloud:index/server:Server", "db", location="fsn1", userData=_ONLY_TMP),
        resource("hcloud:index/volume:Volume", "data", serverId=ref(scratch)),
        fails("data"),
    ),
    example(
        "a volume that Hetzner formats and mounts, on a host that would encrypt it",
        _SAFE,
        resource("hcloud:index/volume:Volume", "data", serverId=ref(_SAFE), automount=True),
        fails("data"),
    ),
    example(
        "a volume of which only deployment knows whether Hetzner mounts it",
        _SAFE,
        resource("hcloud:index/volume:Volume", "data", serverId=ref(_SAFE), automount=UNKNOWN),
        unknown("data"),
    ),
    example("a volume of no host", _VOLUME, fails("data")),
    example(
        "one encrypted mount for two volumes of data",
        _SAFE,
        resource("hcloud:index/volume:Volume", "one", serverId=ref(_SAFE)),
        resource("hcloud:index/volume:Volume", "two", serverId=ref(_SAFE)),
        unknown("one"),
        unknown("two"),
    ),
    example(
        "a host whose document deployment decides",
        _LATER,
        resource("hcloud:index/volume:Volume", "data", serverId=ref(_LATER)),
        unknown("data"),
    ),
)
