"""Port ranges in the words of each provider, and the ports on which administration and databases listen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from baseline.foreign import whole

HIGHEST: Final = 65535


@dataclass(frozen=True, slots=True, order=True)
class Ports:
    """A closed interval of TCP or UDP ports. Raises ValueError when it is empty or leaves 0 to 65535."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.last <= HIGHEST:
            raise ValueError(f"{self.first}-{self.last} is no port range: ports ascend within 0 to {HIGHEST}")

    def __contains__(self, port: int) -> bool:
        return self.first <= port <= self.last

    def __str__(self) -> str:
        if self == ANY:
            return "any"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def contains(self, other: "Ports") -> bool:
        """Whether every port of `other` is in this range."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: "Ports") -> bool:
        """Whether the two ranges share a port."""
        return self.first <= other.last and other.first <= self.last


ANY: Final = Ports(0, HIGHEST)


@lru_cache(maxsize=4096)
def from_hetzner(protocol: str, port: str | None) -> Ports | None:
    """Ports of a Hetzner firewall rule: `22`, `1024-5000` or `any`; None for protocols that know no ports.

    Raises ValueError, naming the text, for what Hetzner's API would refuse (the provider does not look).
    """
    if protocol not in ("tcp", "udp"):
        return None
    if port == "any":
        return ANY
    first, dash, last = (port or "").partition("-")
    lowest, highest = whole(first), whole(last if dash else first)
    if lowest is None or highest is None:
        raise ValueError(f"{port!r} is no port of a {protocol} rule: write 22, 1024-5000 or any")
    return Ports(lowest, highest)


@lru_cache(maxsize=4096)
def from_aws(protocol: str, first: float | None, last: float | None) -> Ports | None:
    """Ports of a security group or network ACL rule; None for protocols that know no ports (ICMP, ESP, GRE).

    Protocol `-1` means everything, whatever the port fields say. Absent ports and -1 mean every port. Numbers
    may be floats, as Pulumi delivers them. Raises ValueError, naming the values, for an impossible range.
    """
    name = protocol.lower()
    if name in ("-1", "all"):
        return ANY
    if name not in ("tcp", "udp", "6", "17"):
        return None
    if first is None or last is None or -1 in (first, last):
        return ANY
    if first != int(first) or last != int(last):
        raise ValueError(f"{first}-{last} is no port range: ports are whole numbers")
    return Ports(int(first), int(last))


# Names after the IANA Service Name and Transport Protocol Port Number Registry, read 2026-11-23, and where a
# product never registered its port, after that product's own documentation.
ADMINISTRATION_PORTS: Final[Mapping[Ports, str]] = MappingProxyType(
    {
        Ports(22, 22): "SSH",
        Ports(23, 23): "Telnet",
        Ports(111, 111): "portmapper",
        Ports(135, 135): "Windows RPC",
        Ports(137, 139): "NetBIOS",
        Ports(161, 162): "SNMP",
        Ports(389, 389): "LDAP",
        Ports(445, 445): "SMB",
        Ports(512, 514): "rexec, rlogin, rsh",
        Ports(623, 623): "IPMI",
        Ports(636, 636): "LDAPS",
        Ports(873, 873): "rsync",
        Ports(2049, 2049): "NFS",
        Ports(2222, 2222): "SSH, by custom",
        Ports(2375, 2377): "Docker",
        Ports(3389, 3389): "RDP",
        Ports(5900, 5999): "VNC",
        Ports(5985, 5986): "WinRM",
        Ports(6000, 6063): "X11",
        Ports(6443, 6443): "Kubernetes API",
        Ports(8006, 8006): "Proxmox",
        Ports(9090, 9090): "Cockpit",
        Ports(10000, 10000): "Webmin",
        Ports(10250, 10250): "kubelet",
    }
)

DATABASE_PORTS: Final[Mapping[Ports, str]] = MappingProxyType(
    {
        Ports(1433, 1434): "Microsoft SQL Server",
        Ports(1521, 1521): "Oracle",
        Ports(2379, 2380): "etcd",
        Ports(2483, 2484): "Oracle",
        Ports(3050, 3050): "Firebird",
        Ports(3306, 3306): "MySQL",
        Ports(4333, 4333): "mSQL",
        Ports(5432, 5432): "PostgreSQL",
        Ports(5439, 5439): "Redshift",
        Ports(5984, 5984): "CouchDB",
        Ports(6379, 6379): "Redis",
        Ports(6432, 6432): "PgBouncer",
        Ports(7000, 7001): "Cassandra between nodes",
        Ports(8086, 8086): "InfluxDB",
        Ports(8123, 8123): "ClickHouse over HTTP",
        Ports(9000, 9000): "ClickHouse",
        Ports(9042, 9042): "Cassandra",
        Ports(9200, 9200): "Elasticsearch",
        Ports(9300, 9300): "Elasticsearch between nodes",
        Ports(11211, 11211): "memcached",
        Ports(26257, 26257): "CockroachDB",
        Ports(27017, 27020): "MongoDB",
        Ports(33060, 33060): "MySQL X protocol",
        Ports(50000, 50000): "Db2",
    }
)


def services(ports: Ports, known: Mapping[Ports, str]) -> Iterator[str]:
    """Names of the known services that a range reaches, however wide or narrow the range is."""
    return (name for range_, name in known.items() if range_.overlaps(ports))
