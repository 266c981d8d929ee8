"""An environment on Hetzner: which components it is made of, and which declared field each answers to."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from ipaddress import IPv4Address
from typing import Literal

import pulumi
import pulumi_hcloud as hcloud

from infra.address_plan import Seat
from infra.hetzner import egress
from infra.hetzner.backup import Backup, BackupArgs
from infra.hetzner.disk import VOLUMES, Disk, DiskArgs
from infra.hetzner.dns import Dns, DnsArgs
from infra.hetzner.firewall import Firewall, FirewallArgs
from infra.hetzner.host import Host, HostArgs
from infra.hetzner.load_balancer import LoadBalancer, LoadBalancerArgs
from infra.hetzner.network import Network, NetworkArgs
from infra.hetzner.spread import Spread, SpreadArgs
from infra.host.cloud_init import cloud_init
from infra.host.facts import BackupPlan, HostFacts, Role
from stacks.declaration import Declaration

BALANCER = "lb11"
BOX = "bx11"


def deploy_hetzner(declaration: Declaration) -> Mapping[str, pulumi.Input[object]]:
    """Register the environment; the addresses of its balancer and hosts are what it exports."""
    return _Composition(declaration).deploy()


class _Composition:
    """One environment while it is put together."""

    def __init__(self, declaration: Declaration) -> None:
        self._build = declaration.build
        self._declared = environment = declaration.environment
        self._notified = tuple(notification.email for notification in environment.notifications)
        password = _box_password()
        self._boxes = {
            place: BackupArgs(
                environment=environment.name,
                size=BOX,
                place=place,
                keep_days=environment.backup.keep_days,
                hour=environment.backup.hour,
                password=password,
            )
            for place in environment.backup.to
        }
        provider = self._build(
            "cloud",
            hcloud.Provider,
            "hetzner",
            # Without it the provider reads HCLOUD_TOKEN.
            token=pulumi.Config("hcloud").get_secret("token"),
        )
        self._opts = pulumi.ResourceOptions(providers=[provider])

    def deploy(self) -> Mapping[str, pulumi.Input[object]]:
        environment, plan, opts = self._declared, self._declared.plan, self._opts
        first = plan.places[0]
        network = self._build("network", Network, "network", NetworkArgs(environment=environment.name, plan=plan), opts)
        database = plan.seats("database", environment.database.count)
        app = plan.seats("app", environment.app.count)
        self._hosts("database", database, network, database[0].address)
        servers = self._hosts("app", app, network, database[0].address)
        balancer = self._build(
            "cloud",
            LoadBalancer,
            "balancer",
            LoadBalancerArgs(
                environment=environment.name,
                size=BALANCER,
                place=first,
                address=plan.balancer(first),
                network=network,
                targets=servers,
            ),
            opts,
        )
        boxes = {
            _box_name(place): self._build("backup", Backup, _box_name(place), box, opts)
            for place, box in self._boxes.items()
        }
        self._build(
            "zone",
            Dns,
            "dns",
            DnsArgs(
                environment=environment.name,
                zone=environment.zone,
                domain_names=environment.domain_names,
                ipv4=balancer.ipv4,
                ipv6=balancer.ipv6,
                aliases={name: box.server for name, box in boxes.items()},
                notified=self._notified,
            ),
            opts,
        )
        return {
            "balancer": {"ipv4": balancer.ipv4, "ipv6": balancer.ipv6},
            "hosts": {seat.name: str(seat.address) for seat in (*app, *database)},
        }

    def _hosts(
        self, role: Role, seats: tuple[Seat, ...], network: Network, database: IPv4Address
    ) -> dict[str, pulumi.Output[int]]:
        """The hosts of a role with their firewall and disks; the server id of each by its name."""
        environment, opts = self._declared, self._opts
        declared = environment.database if role == "database" else environment.app
        firewall = self._build(
            "admin_networks",
            Firewall,
            role,
            FirewallArgs(
                environment=environment.name,
                role=role,
                admin_networks=environment.admin_networks,
                flows=egress.flows(role),
            ),
            opts,
        )
        spread = self._build(
            role, Spread, role, SpreadArgs(environment=environment.name, role=role, count=len(seats)), opts
        )
        servers = {}
        for seat in seats:
            host = self._build(
                "cloud",
                Host,
                seat.name,
                HostArgs(
                    environment=environment.name,
                    role=role,
                    seat=seat,
                    size=declared.size,
                    user_data=cloud_init(self._facts(role, seat, database)),
                    network=network,
                    firewall_id=firewall.firewall_id,
                    group_id=spread.group_id,
                ),
                opts,
            )
            self._disks(role, seat, host)
            servers[seat.name] = host.server_id
        return servers

    def _disks(self, role: Role, seat: Seat, host: Host) -> None:
        declared = self._declared.database if role == "database" else self._declared.app
        sizes: tuple[tuple[str, Literal["data", "logs"], int], ...] = (
            (f"{seat.name}-data", "data", declared.data_gib),
            (f"{seat.name}-log", "logs", declared.log_gib),
        )
        before = None
        for name, holds, gib in sizes:
            disk = self._build(
                "cloud",
                Disk,
                name,
                DiskArgs(
                    environment=self._declared.name,
                    role=role,
                    holds=holds,
                    gib=gib,
                    place=seat.place,
                    server_id=host.server_id,
                    # The host takes its volumes in the order of their ids.
                    after=before,
                ),
                self._opts,
            )
            before = disk.volume

    def _facts(self, role: Role, seat: Seat, database: IPv4Address) -> HostFacts:
        environment = self._declared
        declared = environment.database if role == "database" else environment.app
        destination = environment.backup.destination(seat.place)
        return HostFacts(
            role=role,
            address=seat.address,
            balancers=environment.plan.all_public,
            hosts=environment.plan.all_private,
            database=database,
            domain_names=environment.domain_names,
            admin_networks=environment.admin_networks,
            flows=egress.flows(role),
            volumes=VOLUMES,
            log_gib=declared.log_gib,
            encrypts_disks=True,
            log_days=environment.log_days,
            notified=self._notified,
            time_servers=egress.TIME_SERVERS,
            backup=BackupPlan(
                # The box's own name is known only after it exists, user data before.
                destination=f"sftp://{_box_name(destination)}.{environment.zone}:{egress.BOX_PORT}/",
                keep_days=self._boxes[destination].keep_days_of_hosts,
                hour=environment.backup.hour,
                recipients=environment.backup.recipients,
            ),
        )


def _box_name(place: str) -> str:
    """What the box of a place is called, in the program as in the zone."""
    return f"backup-{place}"


def _box_password() -> pulumi.Output[str]:
    """The password of every box, which only a deployment needs; RunError says how to set it."""
    password = pulumi.Config("backup").get_secret("password")
    if password is not None:
        return password
    missing = (
        "no password for the storage boxes: "
        f"pulumi config set --secret backup:password --stack {shlex.quote(pulumi.get_stack())}"
    )
    if not pulumi.runtime.is_dry_run():
        # What Pulumi prints as it stands, without its own stack trace.
        raise pulumi.RunError(missing)
    # Whoever previews or judges need not be able to read secrets.
    pulumi.log.warn(f"{missing}, before you deploy")
    return pulumi.Output.secret("")
