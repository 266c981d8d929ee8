"""A whole machine, as its user data declares it: pure, and read once for each text."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from baseline.estate.host_config import (
    backups,
    certificates,
    disks,
    document,
    logs,
    mail,
    nginx,
    other_servers,
    packets,
    postgresql,
    ssh,
    units,
)
from baseline.graph import Ref, Undecidable, not_observable_because


class Machine(NamedTuple):
    """What a machine runs. Each value may be undecided; the tuples then are, as a whole."""

    password_login: Any
    root_login: Any
    encrypted_mounts: Any
    alerts_to: Any
    told: Any  # whom alerts reach, as far as an agent is seen that sends mail
    default_drop: Any
    services: Any
    certificates: Any
    logs: Any
    backups: Any

    def serving(self, port: int) -> list[nginx.Service] | Undecidable | Ref:
        """What listens to others on a port, as far as the document says."""
        if isinstance(self.services, Undecidable | Ref):
            return self.services
        return [service for service in self.services if service.port == port]


@lru_cache(maxsize=8192)
def machine(text: str) -> Machine:
    """The machine that user data declares; all of it undecided where that is no single cloud-config."""
    try:
        read = document.parse(text)
    except document.Opaque as opaque:
        return Machine(*[not_observable_because(str(opaque))] * len(Machine._fields))
    try:
        site, broken = nginx.site(read), None
        if nginx.changed(read):
            broken = not_observable_because("may be changed by a command of the user data")
        elif units.unit(read, "nginx.service").get(("Service", "ExecStart")):
            broken = not_observable_because("may be in another file: the user data says how nginx is started")
    except nginx.Unreadable as unreadable:
        site, broken = None, not_observable_because(f"is not readable: {unreadable}")
    web = tuple(nginx.services(site)) if site is not None else ()
    return Machine(
        password_login=ssh.password_login(read),
        root_login=ssh.root_login(read),
        encrypted_mounts=disks.encrypted_mounts(read),
        alerts_to=mail.alerts_to(read),
        told=mail.told(read),
        default_drop=packets.default_drop(read),
        services=(*web, *other_servers.services(read), *postgresql.services(read)) if broken is None else broken,
        certificates=tuple(certificates.certificates(read, site)),
        logs=tuple(logs.logs(read, site)),
        backups=tuple(backups.backups(read)),
    )
