"""Where data rests at Hetzner: disks, volumes, images, storage boxes, zones.

Nothing here has an encryption input: what is encrypted is so by the host (`Host.config`), or before it is sent.
"""

from __future__ import annotations

from typing import Any

from baseline.estate.builder import NOT_OBSERVABLE, UNKNOWN, Builder, undecided
from baseline.estate.doubt import both, class_of, either, flag, is_one_of, negated, ways_in
from baseline.estate.facts.locations import GLOBAL
from baseline.estate.facts.protections import delete_protection
from baseline.estate.hetzner.places import location_of
from baseline.estate.nouns import Host, Location, Opening, Store
from baseline.graph import Resource

SERVER = "hcloud:index/server:Server"
VOLUME = "hcloud:index/volume:Volume"
ATTACHMENT = "hcloud:index/volumeAttachment:VolumeAttachment"
SNAPSHOT = "hcloud:index/snapshot:Snapshot"
BOX = "hcloud:index/storageBox:StorageBox"
BOX_SNAPSHOT = "hcloud:index/storageBoxSnapshot:StorageBoxSnapshot"
SUBACCOUNT = "hcloud:index/storageBoxSubaccount:StorageBoxSubaccount"
ZONE = "hcloud:index/zone:Zone"

LOG_MOUNT = "/var/log"
_SCRATCH = frozenset({"/", "/boot", "/tmp", "/var/tmp"})  # noqa: S108
"""Mounts that are no volume of data, so that their encryption says nothing of one."""

_EXPOSED = "from outside Hetzner's network"


def read(builder: Builder) -> None:
    """Volumes come first: which disk a server's data lies on depends on them."""
    builder.of(ATTACHMENT)
    _Disks(builder).read()
    _boxes(builder)
    for snapshot in builder.of(SNAPSHOT):
        # The API names neither where an image lies nor whether it is encrypted.
        _store(
            builder,
            snapshot,
            "server image",
            location=NOT_OBSERVABLE,
            holds=class_of(snapshot.inputs.get("labels"), "backups"),
            encrypted=NOT_OBSERVABLE,
            holds_backups=True,
        )
    for zone in builder.of(ZONE):
        _store(
            builder,
            zone,
            "zone",
            location=Location("hetzner", GLOBAL, frozenset()),
            holds="names",
            encrypted=NOT_OBSERVABLE,
        )


def _store(builder: Builder, resource: Resource, kind: str, **said: Any) -> Store:
    """A store with what holds for all that Hetzner stores."""
    fields: dict[str, Any] = {
        "host_encrypted": None,
        "customer_key": None,
        "protected": resource.protect,
        "delete_protection": delete_protection(resource),
        **said,
    }
    return builder.add(Store(origin=resource, provider="hetzner", kind=kind, **fields))


class _Disks:
    """Volumes and the root disks of servers, joined by their attachments."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.attachments = builder.referring([ATTACHMENT], "volumeId", to=[VOLUME])
        self.volumes: dict[str, list[tuple[Resource, Any]]] = {}  # by server: each volume and what it holds
        self.loose: list[Resource] = []

    def read(self) -> None:
        for volume in self.builder.of(VOLUME):
            server = self._server(volume)
            holds = class_of(volume.inputs.get("labels"))
            if isinstance(server, Resource):
                self.volumes.setdefault(server.urn, []).append((volume, holds))
            else:
                self._volume(volume, holds, None, server)
        for server in self.builder.of(SERVER):
            attached = self.volumes.get(server.urn, [])
            host = self.builder.hosts.get(server.urn)
            self._root(server, host, attached)
            self._attached(host, server, attached)

    def _server(self, volume: Resource) -> Any:
        """The one server that certainly has the volume; None where none has it, else what leaves it undecided."""
        values = [volume.inputs.get("serverId")]
        values += [item.inputs.get("serverId") for item in self.attachments.get(volume.urn, ())]
        said = [value for value in values if value is not None]
        certain = [server for value in said if (server := self.builder.the_one(value, SERVER))]
        if certain:
            return certain[0]
        return UNKNOWN if said else None

    def _root(self, server: Resource, host: Host | None, attached: list[tuple[Resource, Any]]) -> None:
        elsewhere = either(is_one_of(holds, "data") for _, holds in attached)
        mounts = _encrypted_mounts(host)
        encrypted = mounts if undecided(mounts) else "/" in mounts
        _store(
            self.builder,
            server,
            "server disk",
            location=location_of(self.builder.graph, server, server.inputs.get("location")),
            holds=elsewhere if undecided(elsewhere) else "system" if elsewhere else "data",
            encrypted=encrypted,
            host_encrypted=encrypted,
            holds_backups=flag(server.inputs.get("backups"), False),
            host=host,
        )

    def _attached(self, host: Host | None, server: Resource, attached: list[tuple[Resource, Any]]) -> None:
        """Volumes of one host. A document names mounts, never volumes: enough mounts of a class encrypt all of it."""
        mounts = _encrypted_mounts(host)
        logs = sum(1 for _, holds in attached if holds == "logs")
        for volume, holds in attached:
            if undecided(mounts) or undecided(holds):
                encrypted = mounts if undecided(mounts) else UNKNOWN if mounts else False
            else:
                of_logs = sum(1 for mount in mounts if _is_log(mount))
                fit = of_logs if holds == "logs" else sum(1 for mount in mounts if mount not in _SCRATCH) - of_logs
                wanted = logs if holds == "logs" else len(attached) - logs
                encrypted = True if fit >= wanted else UNKNOWN if fit else False
            self._volume(volume, holds, host, server, encrypted)

    def _volume(self, volume: Resource, holds: Any, host: Host | None, server: Any, encrypted: Any = None) -> None:
        if encrypted is None:  # attached to nobody who could encrypt it, or to nobody knows whom
            encrypted = server if undecided(server) else False
        # What Hetzner formats and mounts, it mounts as it is.
        encrypted = both([encrypted, negated(flag(volume.inputs.get("automount"), False))])
        location = volume.inputs.get("location")
        if location is None and isinstance(server, Resource):
            location = server.inputs.get("location")
        _store(
            self.builder,
            volume,
            "volume",
            location=location_of(self.builder.graph, volume, location),
            holds=holds,
            encrypted=encrypted,
            host_encrypted=encrypted,
            host=host,
        )


def _encrypted_mounts(host: Host | None) -> Any:
    """The mounts behind LUKS, `/` for the root disk; undecided where the host's document is."""
    config = host.given("config") if host is not None else None
    if config is None or undecided(config):
        return () if config is None else config
    return config.given("encrypted_mounts")


def _is_log(mount: str) -> bool:
    return mount == LOG_MOUNT or mount.startswith(f"{LOG_MOUNT}/") or mount.rpartition("/")[2] in ("log", "logs")


def _boxes(builder: Builder) -> None:
    subaccounts = builder.referring([SUBACCOUNT], "storageBoxId", to=[BOX])
    for box in builder.of(BOX):
        gates = [box, *subaccounts.get(box.urn, ())]
        _store(
            builder,
            box,
            "storage box",
            location=location_of(builder.graph, box, box.inputs.get("location")),
            holds=class_of(box.inputs.get("labels")),
            encrypted=NOT_OBSERVABLE,
            holds_backups=True,
        )
        _opening(builder, box, "storage box", gates)
    for gate in builder.of(SUBACCOUNT):
        if not builder.referred(gate.inputs.get("storageBoxId"), BOX):
            _opening(builder, gate, "storage box behind", [gate])
    for snapshot in builder.of(BOX_SNAPSHOT):
        source = builder.the_one(snapshot.inputs.get("storageBoxId"), BOX)
        _store(
            builder,
            snapshot,
            "storage box snapshot",
            location=location_of(builder.graph, snapshot, source.inputs.get("location") if source else None),
            holds="backups",
            encrypted=NOT_OBSERVABLE,
            holds_backups=True,
        )


def _opening(builder: Builder, origin: Resource, kind: str, gates: list[Resource]) -> None:
    exposed = [(gate, _switch(gate, "reachableExternally")) for gate in gates]
    builder.add(
        Opening(
            origin=origin,
            kind=kind,
            reachable=ways_in(
                (f"{gate.name} {_EXPOSED}" for gate, switch in exposed if switch is True),
                (switch for _, switch in exposed),
            ),
            plain_requests=_plain(gates),
        )
    )


def _switch(gate: Resource, name: str) -> Any:
    # All off by default (terraform-provider-hcloud, internal/storagebox/resource.go, read 2026-11-23).
    return flag(gate.at(f"accessSettings.{name}"), False)


def _plain(gates: list[Resource]) -> Any:
    """Samba may go unencrypted; whether WebDAV answers without TLS, the API does not say."""
    samba = either(_switch(gate, "sambaEnabled") for gate in gates)
    webdav = either(_switch(gate, "webdavEnabled") for gate in gates)
    if samba is not False:
        return samba
    return webdav if undecided(webdav) else NOT_OBSERVABLE if webdav else False
