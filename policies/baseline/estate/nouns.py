"""The Estate's nouns: few words, the same for both clouds, for what is declared and for what is running.

Days are whole days, `None` as an upper bound means for ever. A field that the source leaves undecided is not there:
see `baseline.estate.noun`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from baseline.estate.noun import Location as Location
from baseline.estate.noun import Noun as Noun
from baseline.estate.ports import Ports
from baseline.graph import NOT_OBSERVABLE, Undecided


@dataclass(slots=True, kw_only=True, eq=False)
class Account(Noun):
    """One AWS account or Hetzner project, as an explicit provider pins it (`origin` is the provider)."""

    provider: str
    id: str
    location: Location  # the provider's region; of Hetzner, global
    ddos_protection: bool = NOT_OBSERVABLE


@dataclass(slots=True, kw_only=True, eq=False)
class Region(Noun):
    """An AWS region in which an account works, with what is switched on there (`origin` is the provider)."""

    location: Location
    detector: bool  # a GuardDuty detector is enabled
    disks_encrypted_by_default: bool
    metadata_tokens_by_default: bool
    snapshots_blocked_from_public: bool
    images_blocked_from_public: bool
    serial_console_closed: bool


@dataclass(slots=True, kw_only=True, eq=False)
class Network(Noun):
    """A private network. `default_group` is `emptied`, `open` (it has rules) or `unmanaged`; `none` on Hetzner."""

    provider: str
    prefix: str
    default_group: str
    flow_logs: bool  # of every flow, accepted and rejected
    gateway: bool  # hosts inside reach the internet without a public address of their own


@dataclass(slots=True, kw_only=True, eq=False)
class HostConfig(Noun):
    """What a machine runs, read from its cloud-init (`origin` is the host). None: the document does not say."""

    password_login: bool | None
    root_login: bool | None
    encrypted_mounts: tuple[str, ...]  # devices or mount points behind LUKS
    alerts_to: tuple[str, ...]  # addresses that receive the machine's alerts
    default_drop: bool | None  # the machine's own firewall drops what nobody allowed
    runs: Any = field(default=None, repr=False)  # baseline.estate.host_config.Machine: all that was read


@dataclass(slots=True, kw_only=True, eq=False)
class Host(Noun):
    """A machine. `firewall`: `birth` (bound before first boot), `later`, `none`, or `private` (no public interface)."""

    provider: str
    name: str
    location: Location
    role: str | None  # app, database; None where nothing says it
    firewall: str
    default_group: bool  # it falls to the network's default security group
    public_ipv4: bool
    public_ipv6: bool
    gateway: bool  # its network reaches the internet without a public address
    unfiltered: bool  # it has an interface that no firewall of the provider sees
    metadata_tokens: bool | None  # metadata service v2 only; None where the provider has no such choice
    backups: bool | None  # the provider's own daily server backups; None where there are none
    config: HostConfig | None  # None: no user data


@dataclass(slots=True, kw_only=True, eq=False)
class Admission(Noun):
    """Who may send what to whom: one prefix or one peer, one protocol, one port range.

    `targets` says what it opens: `host`, `balancer`, `endpoint`, `database` (a managed one), `other`; empty: nothing is
    seen attached, so it may open anything.
    """

    provider: str
    inbound: bool
    prefix: str | None  # CIDR; None where a peer is meant
    peer: str | None  # URN or id of the peer's security group or prefix list
    protocol: str  # tcp, udp, icmp, any, ...
    ports: Ports | None  # None for a protocol that knows no ports
    targets: frozenset[str]
    hosts: tuple[Host, ...]
    group: str  # URN of the firewall or security group

    def opens_any(self, *kinds: str) -> bool:
        """Whether it opens, or may open, something of these kinds."""
        return not self.targets or not self.targets.isdisjoint(kinds)

    @property
    def what(self) -> str:
        """Protocol and ports in words; for messages, so what is undecided does not raise."""
        try:
            return "everything" if self.protocol == "any" else f"{self.protocol} {self.ports or ''}".strip()
        except Undecided:
            return "something"

    @property
    def whom(self) -> str:
        """The hosts that it opens, in words."""
        names = sorted(host.label for host in self.hosts)
        if len(names) > 3:
            return f"{', '.join(names[:3])} and {len(names) - 3} more"
        return ", ".join(names) or ", ".join(sorted(self.targets)) or "whatever it guards"


@dataclass(slots=True, kw_only=True, eq=False)
class PublicAddress(Noun):
    """An address on the internet. `serves` is `host`, `gateway` (others' way out), `balancer`, `other` or `nothing`.

    `location` is None where it lies with what it serves, or in a region that is judged for itself.
    """

    provider: str
    serves: str
    host: Host | None
    replaceable: bool  # the host's network has a gateway of its own, so the host needs no address to get out
    location: Location | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Listener(Noun):
    """A front door. `tls_ends` is `balancer`, `host` (passed through) or `nowhere`."""

    balancer: str
    public: bool
    port: int
    protocol: str  # tcp, tls, http, https, udp
    tls_ends: str
    redirects_plain: bool  # it also opens port 80
    plain_leg_behind: bool  # after the balancer has ended TLS the way to the target is plain
    hosts: tuple[Host, ...]

    @property
    def where(self) -> str:
        """Its port in words; for messages, so what is undecided does not raise."""
        try:
            return f"port {self.port}"
        except Undecided:
            return "a port that is not known yet"


@dataclass(slots=True, kw_only=True, eq=False)
class Leg(Noun):
    """One way that data takes, from one end of TLS to the other. `key_bits`: of its weakest suite; 0 is plain."""

    name: str  # e.g. "internet to nginx on port 443"
    key_bits: int
    weakest: str  # the suite that has them
    versions: frozenset[str]  # TLSv1, TLSv1.1, TLSv1.2, TLSv1.3


@dataclass(slots=True, kw_only=True, eq=False)
class Certificate(Noun):
    """A certificate. `key` is e.g. `RSA-2048`, `P-384`; `renewed` says that something renews it before it ends."""

    names: tuple[str, ...]
    key: str
    renewed: bool


@dataclass(slots=True, kw_only=True, eq=False)
class DnsName(Noun):
    """A name that the estate publishes, and who may issue certificates for it (empty: anyone)."""

    name: str
    issuers: tuple[str, ...]


@dataclass(slots=True, kw_only=True, eq=False)
class Store(Noun):
    """Anything in which data rests.

    `holds` is `data` (what the promises protect; whatever nothing classifies), `logs`, `audit`, `backups`, `system`,
    `secrets`, `state`, `queue` (in transit) or `names` (DNS).
    """

    provider: str
    kind: str  # "server disk", "volume", "bucket", "storage box", ...
    location: Location
    holds: str
    encrypted: bool  # at rest, by the provider or by the host
    host_encrypted: bool | None  # by the host; None where the provider's own encryption can be declared
    customer_key: bool | None  # under a key that the customer controls; None where the kind takes none
    protected: bool  # Pulumi's protect
    delete_protection: bool | None  # the provider's own; None where the type has none
    holds_backups: bool = False  # deleting or replacing it deletes backups
    host: Host | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Opening(Noun):
    """How a store is reached; its origin is the store, or what opens one that this program does not show."""

    kind: str  # as of Store
    reachable: tuple[str, ...]  # each way in from outside, in words
    plain_requests: bool | None  # admits requests without TLS; None where it is no service


@dataclass(slots=True, kw_only=True, eq=False)
class Copy(Noun):
    """Data going from a store to a place by configuration: replication, copy action, replica, snapshot copy."""

    what: str
    location: Location


@dataclass(slots=True, kw_only=True, eq=False)
class Backup(Noun):
    """A schedule that copies stores to places. `stores` are those that it certainly covers, `perhaps` those it may."""

    provider: str
    kind: str  # "server backup", "backup plan", "database backup", "box snapshots", "host timer"
    stores: tuple[Store, ...]
    perhaps: tuple[Store, ...] = ()
    daily: bool  # evaluated from the schedule
    location: Location
    locations: tuple[Location, ...]  # every place that holds a copy, `location` included
    encrypted: bool
    keep_at_least: int | None  # of every copy; None: for ever
    keep_at_most: int | None  # of any copy
    restore_tested: bool
    schedule: str = ""  # what runs it and when, in words; empty where the kind has one schedule only
    refused: str = ""  # why its destination takes no backup of it; the empty text where it does
    inside: tuple[Store, ...] = ()  # the stores that it fills, whose own backups keep what it deletes


@dataclass(slots=True, kw_only=True, eq=False)
class Vault(Noun):
    """An AWS Backup vault. `lock` is `none`, `governance` or `compliance`."""

    name: str
    location: Location
    lock: str


@dataclass(slots=True, kw_only=True, eq=False)
class Key(Noun):
    """A key that encrypts stores. `rotates` is None where the kind cannot rotate."""

    location: Location
    rotates: bool | None


@dataclass(slots=True, kw_only=True, eq=False)
class Log(Noun):
    """A record of what happened. `kind`: `service_log` (4.3: service logs, account activity, flows) or `audit_log`."""

    name: str
    kind: str
    location: Location
    keep_at_least: int | None  # full days; None: for ever
    keep_at_most: int | None


@dataclass(slots=True, kw_only=True, eq=False)
class Trail(Noun):
    """An account's own record of who changed what."""

    name: str
    account: str
    logging: bool  # every change of the management plane
    every_region: bool
    validated: bool


@dataclass(slots=True, kw_only=True, eq=False)
class Role(Noun):
    """A principal that can act. `boundary` is the URN or ARN of its permissions boundary."""

    name: str
    boundary: str | None
    break_glass: bool  # declared for emergencies only


@dataclass(slots=True, kw_only=True, eq=False)
class Grant(Noun):
    """One statement of one policy. `kind` is `identity`, `resource`, `key` or `trust` (who may assume a role).

    Actions are in lower case. All but some principals or resources (`NotPrincipal`, `NotResource`) is `*`.
    """

    kind: str
    allows: bool
    principals: tuple[str, ...]  # empty for `identity`
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    not_actions: tuple[str, ...]
    conditions: tuple[tuple[str, str, tuple[str, ...]], ...]  # operator, key, values
    denied: tuple[str, ...]  # actions that the same document refuses always
    owner: str  # the account in which it holds
    break_glass: bool  # only what is declared for emergencies holds it
    assumed_by: tuple[str, ...]  # whom its holders' trust names; empty where that is not certain


@dataclass(slots=True, kw_only=True, eq=False)
class RegionPin(Noun):
    """A guardrail that denies all outside `regions`, but for what `exempt` lets through.

    `kind` is `boundary` or `scp`; `holes` are exempt actions that reach services with regions, each of which can put
    data outside; `conditional` names conditions beside the region by which the denial can be avoided. `binds` are the
    accounts, organizational units or roots to which an scp is attached; a boundary binds whose boundary it is.
    """

    kind: str
    regions: frozenset[str]
    holes: tuple[str, ...]
    conditional: tuple[str, ...]
    binds: tuple[str, ...]


@dataclass(slots=True, kw_only=True, eq=False)
class Detector(Noun):
    """What notices a breach, and whom it tells: the notifications that its findings reach."""

    kind: str
    enabled: bool
    location: Location
    tells: tuple[str, ...]  # addresses
    missing: str = ""  # the link that is missing where it tells nobody, in words


@dataclass(slots=True, kw_only=True, eq=False)
class Notification(Noun):
    """A person or system that is told. `countries` is what declared/notifications says of the address."""

    address: str
    countries: frozenset[str]


class Loss(NamedTuple):
    """The input by which something goes while its resource stays, and what would happen, in words."""

    path: str
    words: str


@dataclass(slots=True, kw_only=True, eq=False)
class Change(Noun):
    """What a preview does to one resource that is deployed. `operation`: `update`, `replace`, `delete` or `forget`;
    `create` for what is new and takes from what is deployed.

    The origin is the resource as it would be, or, where it goes, as it was. `stores` and `keys` are what it is before.
    `uncovered` are the backups that end by it, each a kind and the store that stays, in words; `in_doubt` are those of
    which only deployment knows. `backups_off`: it switches off the backups that its provider makes of it. `lost` is
    what goes while the resource stays.
    """

    operation: str
    stores: tuple[Store, ...]
    keys: tuple[Key, ...]
    uncovered: tuple[str, ...]
    in_doubt: tuple[str, ...]
    backups_off: bool
    lost: tuple[Loss, ...] = ()

    @property
    def ends(self) -> bool:
        """Whether what is there now is gone afterwards."""
        return self.operation in ("delete", "replace")


@dataclass(slots=True, kw_only=True, eq=False)
class State(Noun):
    """Where Pulumi keeps this stack's state, and who encrypts its secrets."""

    backend: str
    location: Location
    secrets_provider: str | None


@dataclass(slots=True, kw_only=True, eq=False)
class Output(Noun):
    """What a stack gives out under a name, to whoever may read its state (`origin` is the stack)."""

    name: str
    value: Any = field(repr=False)
