"""What hosts do by themselves, as nouns: legs, certificates, logs, backups, and whom they tell.

Read last: a host's backup covers stores, and goes to a place that a name of the estate may stand for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from baseline.estate.builder import Builder, place, undecided
from baseline.estate.doubt import field_of
from baseline.estate.endpoints import OBJECT_STORAGE, location_of_host
from baseline.estate.hetzner import names
from baseline.estate.host_config import UNSEEN, Machine, machine_of, path_of
from baseline.estate.host_config.backups import Sent
from baseline.estate.host_config.nginx import Service
from baseline.estate.nouns import Backup, Certificate, Detector, Host, Leg, Log, Notification, Store
from baseline.graph import NOT_OBSERVABLE, UNKNOWN, Resource, not_observable_because

_BOX = "hcloud:index/storageBox:StorageBox"
_NOT_SAID = not_observable_because("is not known: the destination's name does not say where it is")
_RESTORED_ELSEWHERE = not_observable_because("is not observable: no host holds the key that a restore needs")


def read(builder: Builder) -> None:
    """The nouns of every host; one whose user data says nothing still serves something, and keeps some log."""
    boxes: dict[str, list[Resource]] | None = None
    stores = _stores_by_host(builder)
    for host in builder.hosts.values():
        machine = machine_of(host)
        path = path_of(host)
        _services(builder, host, path, machine)
        _logs(builder, host, path, machine)
        if undecided(machine.alerts_to) and _documented(host):
            builder.add(
                Notification(origin=host.origin, path=path, address=machine.alerts_to, countries=machine.alerts_to)
            )
        _notifications(builder, host, path, machine)
        covered = [store for store in stores.get(host.urn, []) if field_of(store, "holds") == "data"]
        if _awaited(machine.backups):
            _unknown_backup(builder, host, path, machine.backups, covered)
        for sent in () if undecided(machine.backups) else machine.backups:
            boxes = _boxes(builder) if boxes is None else boxes
            _backup(builder, host, path, sent, boxes, covered)
        if host.provider == "hetzner":  # which has no service that looks for intruders: the machine has to
            builder.add(
                Detector(
                    origin=host.origin,
                    path=path,
                    kind="host",
                    enabled=True,
                    location=field_of(host, "location"),
                    tells=machine.told,
                    missing="root's mail goes to nobody by /etc/aliases",
                )
            )


def _awaited(value: Any) -> bool:
    """Whether deployment will decide it; what no source shows is no reason to expect anything there.

    User data that an import could not read back is one: the program has it, and it said something of all this.
    """
    return undecided(value) and (value is UNSEEN or getattr(value, "outcome", "unknown") == "unknown")


def _notifications(builder: Builder, host: Host, path: str, machine: Machine) -> None:
    if _awaited(machine.alerts_to):
        builder.add(Notification(origin=host.origin, path=path, address=machine.alerts_to, countries=machine.alerts_to))
    for address in () if undecided(machine.alerts_to) else machine.alerts_to:
        country = builder.terms.notification_countries.get(address)
        countries = NOT_OBSERVABLE if country is None else frozenset({country})
        builder.add(Notification(origin=host.origin, path=path, address=address, countries=countries))


def _services(builder: Builder, host: Host, path: str, machine: Machine) -> None:
    if undecided(machine.services):
        doubt = machine.services
        services: Sequence[Service] = [Service("to whatever it serves", None, doubt, doubt, doubt, doubt)]
    else:
        services = machine.services
    for service in services:
        builder.add(
            Leg(
                origin=host.origin,
                path=path,
                name=service.name,
                key_bits=service.key_bits,
                weakest=service.weakest,
                versions=service.versions,
            )
        )
    if _awaited(machine.certificates):
        doubt = machine.certificates
        builder.add(Certificate(origin=host.origin, path=path, names=doubt, key=doubt, renewed=doubt))
    for held in () if undecided(machine.certificates) else machine.certificates:
        builder.add(Certificate(origin=host.origin, path=path, names=held.names, key=held.key, renewed=held.renewed))


def _logs(builder: Builder, host: Host, path: str, machine: Machine) -> None:
    location = field_of(host, "location")
    logs = [("journal", machine.logs, machine.logs)] if undecided(machine.logs) else machine.logs
    for name, least, most in logs:
        builder.add(
            Log(
                origin=host.origin,
                path=path,
                name=f"{name} of {host.label}",
                kind="service_log",
                location=location,
                keep_at_least=least,
                keep_at_most=most,
            )
        )


def _backup(
    builder: Builder, host: Host, path: str, sent: Sent, boxes: dict[str, list[Resource]], covered: list[Store]
) -> None:
    location = _place(sent.destination, boxes)
    filled = boxes.get(_name(sent.destination), ())
    builder.add(
        Backup(
            origin=host.origin,
            path=path,
            provider=host.provider,
            kind="host timer",
            stores=tuple(covered),
            daily=sent.daily,
            location=location,
            locations=location if undecided(location) else (location,),
            encrypted=sent.encrypted,
            keep_at_least=sent.at_least,
            keep_at_most=sent.at_most,
            schedule=sent.schedule,
            restore_tested=_RESTORED_ELSEWHERE,
            inside=tuple(store for box in filled for store in builder.stores.get(box.urn, ())),
        )
    )


def _documented(host: Host) -> bool:
    """Whether there is user data, read or not; a host without any was told neither to write nor to send."""
    return field_of(host, "config") is not None


def _unknown_backup(builder: Builder, host: Host, path: str, doubt: Any, perhaps: list[Store]) -> None:
    """What a host may send away, once its user data is known."""
    builder.add(
        Backup(
            origin=host.origin,
            path=path,
            provider=host.provider,
            kind="host timer",
            stores=(),
            perhaps=tuple(perhaps),
            daily=doubt,
            location=doubt,
            locations=doubt,
            encrypted=doubt,
            keep_at_least=doubt,
            keep_at_most=doubt,
            restore_tested=doubt,
        )
    )


def _stores_by_host(builder: Builder) -> dict[str, list[Store]]:
    """Volumes by their host; the root disk is no part of what a host sends away."""
    found: dict[str, list[Store]] = {}
    for store in builder.nouns.get(Store, ()):
        host = field_of(store, "host")
        if not undecided(host) and host is not None and store.origin is not host.origin:
            found.setdefault(host.urn, []).append(store)
    return found


def _boxes(builder: Builder) -> dict[str, list[Resource]]:
    """Storage boxes by the names that stand for them."""
    found: dict[str, list[Resource]] = {}
    for record in names.records(builder):
        if not undecided(record.name):
            boxes = [box for value in record.values for box in builder.referred(value, _BOX)]
            found.setdefault(record.name, []).extend(boxes)
    return found


def _name(destination: str) -> str:
    """The host in a URL; the empty text where there is none."""
    try:
        return (urlsplit(destination).hostname or "").lower()
    except ValueError:
        return ""


def _place(destination: str, boxes: dict[str, list[Resource]]) -> Any:
    """Where a destination lies: a box of this program by its name, or a place that the name of a store says."""
    host = _name(destination)
    places = [box.inputs.get("location") for box in boxes.get(host, ())]
    if places:
        return place("hetzner", places[0]) if all(each == places[0] for each in places) else UNKNOWN
    labels = host.split(".")
    if host.endswith(OBJECT_STORAGE):
        return location_of_host(host)
    if "s3" in labels[:-2] and host.endswith((".amazonaws.com", ".amazonaws.eu")):
        return place("aws", labels[labels.index("s3") + 1])
    return _NOT_SAID
