"""What has to be declared of a host before its cloud-init document can be rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Network
from typing import Literal
from urllib.parse import urlsplit

from infra.host.recipients import is_recipient

Role = Literal["app", "database"]

_HOST_NAME = re.compile(r"(?!.{254})([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
_EMAIL = re.compile(r"[^@\s,:|]+@[^@\s,:|]+")


@dataclass(frozen=True, kw_only=True)
class Flow:
    """What a host may send beyond its own services: to which networks, by which protocol, to which port."""

    to: tuple[IPv4Network | IPv6Network, ...]
    protocol: Literal["tcp", "udp"]
    port: int
    why: str

    def __post_init__(self) -> None:
        problems = []
        if not self.to:
            problems.append("to: names no network")
        if not 1 <= self.port <= 65535:
            problems.append(f"port {self.port}: wanted 1 to 65535")
        if not re.fullmatch(r"[a-z0-9 ,-]{1,60}", self.why):
            problems.append(f"why {self.why!r}: wanted up to 60 lower-case letters, digits and spaces")
        refuse("flow", problems)

    @property
    def to_anyone(self) -> bool:
        """Whether it names a whole address family; narrower flows to public services are not."""
        return any(network.prefixlen == 0 for network in self.to)


@dataclass(frozen=True, kw_only=True)
class BackupPlan:
    """The daily backup that a host sends away by itself, where the cloud does not copy volumes.

    `destination` is an `sftp://` address without user and password; `keep_days` are the least and the most days
    that a backup rests there; `hour` is in UTC; `recipients` are the public keys of age of whoever can restore.
    """

    destination: str
    keep_days: tuple[int, int]
    hour: int
    recipients: tuple[str, ...]

    def __post_init__(self) -> None:
        problems = []
        address = urlsplit(self.destination)
        if address.scheme != "sftp" or not address.hostname:
            problems.append(f"destination {self.destination!r}: wanted sftp://HOST:PORT/")
        if address.username or address.password:
            problems.append("destination: carries a credential")
        if not 1 <= self.keep_days[0] <= self.keep_days[1]:
            problems.append(f"keep_days {self.keep_days}: wanted a floor of at least 1 and a ceiling not below it")
        if not 0 <= self.hour <= 23:
            problems.append(f"hour {self.hour}: wanted 0 to 23")
        if not self.recipients:
            problems.append("recipients: nobody could restore")
        problems += [f"recipient {key!r}: no public key of age" for key in self.recipients if not is_recipient(key)]
        refuse("backup plan", problems)


@dataclass(frozen=True, kw_only=True)
class HostFacts:
    """One host as its environment declares it; ValueError names every mistake at once.

    `balancers` and `hosts` are the prefixes of the public and the private subnets. `volumes` is a shell pattern that
    finds the two volumes, the one for data before the one for logs. `encrypts_disks` says that
    the cloud does not encrypt volumes, so that the host must; `backup` is None where the cloud copies volumes daily.
    """

    role: Role
    address: IPv4Address
    balancers: IPv4Network
    hosts: IPv4Network
    database: IPv4Address
    domain_names: tuple[str, ...]
    admin_networks: tuple[IPv4Network | IPv6Network, ...]
    flows: tuple[Flow, ...]
    volumes: str
    log_gib: int
    encrypts_disks: bool
    log_days: int
    notified: tuple[str, ...]
    time_servers: tuple[str, ...]
    backup: BackupPlan | None

    def __post_init__(self) -> None:
        problems = []
        if self.role not in ("app", "database"):
            problems.append(f"role {self.role!r}: wanted app or database")
        for name, address in (("address", self.address), ("database", self.database)):
            if address not in self.hosts:
                problems.append(f"{name} {address}: not in the hosts' network {self.hosts}")
        if self.role == "app" and not self.domain_names:
            problems.append("domain_names: an app host answers for at least one")
        problems += [f"domain name {name!r}" for name in self.domain_names if not _HOST_NAME.fullmatch(name)]
        if self.log_gib < 10:
            problems.append(f"log_gib {self.log_gib}: wanted at least 10")
        if not re.fullmatch(r"/dev/[A-Za-z0-9_/\[\]*.-]+", self.volumes):
            problems.append(f"volumes {self.volumes!r}: wanted a pattern of device files")
        if self.log_days < 1:
            problems.append(f"log_days {self.log_days}: wanted at least 1")
        if not self.time_servers:
            problems.append("time_servers: certificates and timers need the time")
        if not self.notified:
            problems.append("notified: nobody would hear of a failure")
        problems += [f"notified {address!r}" for address in self.notified if not _EMAIL.fullmatch(address)]
        refuse(f"{self.role} host", problems)

    @property
    def data_mount(self) -> str:
        """Where the data volume is mounted."""
        return "/var/lib/postgresql" if self.role == "database" else "/srv"


def refuse(what: str, problems: Iterable[str]) -> None:
    """Raise one ValueError that holds all problems, if there are any."""
    found = tuple(problems)
    if found:
        raise ValueError(f"{what}: {'; '.join(found)}")
