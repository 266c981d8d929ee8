"""A machine: firewall from birth, a static private address, no key and no secret in its user data."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_hcloud as hcloud

from infra.address_plan import Seat
from infra.hetzner.catalogue import LOCATIONS, SERVER_TYPES, USER_DATA_BYTES
from infra.hetzner.labels import labels
from infra.hetzner.network import Network
from infra.host.facts import Role, refuse
from infra.host.release import DEBIAN


@dataclass(frozen=True, kw_only=True)
class HostArgs:
    """What a host is and where it sits; ValueError names everything that Hetzner would refuse."""

    environment: str
    role: Role
    seat: Seat
    size: str
    user_data: str
    network: Network
    firewall_id: pulumi.Input[int]
    group_id: pulumi.Input[int]

    def __post_init__(self) -> None:
        problems = []
        if self.size not in SERVER_TYPES:
            problems.append(f"size {self.size}: wanted one of {', '.join(sorted(SERVER_TYPES))}")
        if self.seat.place not in LOCATIONS:
            problems.append(f"location {self.seat.place}: wanted one of {', '.join(sorted(LOCATIONS))}")
        if not self.user_data.startswith("#cloud-config\n"):
            problems.append("user data: wanted a #cloud-config document")
        if len(self.user_data.encode()) > USER_DATA_BYTES:
            problems.append(f"user data: {len(self.user_data.encode())} bytes, wanted up to {USER_DATA_BYTES}")
        refuse(f"host {self.seat.name}", problems)


class Host(pulumi.ComponentResource):
    """A server whose root disk holds no personal data: that lies on `Disk`s, which survive it.

    It has a public IPv4 address because Hetzner has no gateway by which it could fetch packages and send backups; the
    firewall lets nothing in there but administration. It has no IPv6 address, because nothing needs one.
    """

    def __init__(self, name: str, args: HostArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:hetzner:Host", name, None, opts)
        server = hcloud.Server(
            name,
            name=args.seat.name,
            server_type=args.size,
            image=f"debian-{DEBIAN}",
            location=args.seat.place,
            public_nets=[hcloud.ServerPublicNetArgs(ipv4_enabled=True, ipv6_enabled=False)],
            networks=[
                hcloud.ServerNetworkArgs(
                    network_id=args.network.network_id,
                    ip=str(args.seat.address),
                    alias_ips=[],
                )
            ],
            firewall_ids=[args.firewall_id],
            placement_group_id=args.group_id,
            backups=True,
            delete_protection=True,
            rebuild_protection=True,
            user_data=args.user_data,
            labels=labels(args.environment, role=args.role),
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=True,
                depends_on=[args.network.private[args.seat.place]],
                # Each of these replaces the machine. People and configuration change on another path.
                ignore_changes=["image", "sshKeys", "userData"],
            ),
        )
        self.server_id = server.id.apply(int)
        self.register_outputs({"server_id": self.server_id, "address": str(args.seat.address)})
