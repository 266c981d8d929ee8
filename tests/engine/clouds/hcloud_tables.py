"""Hetzner as data: what it offers, what a change replaces, what is unique, guarded and referred to.

Sources: ../shared/facts.md 3.1 (the real provider 1.43.3 against an emulated API); terraform-provider-hcloud's schemas
(internal/*/resource*.go, hcloud/plugin_provider.go) for replacements, ids and which types are on the plugin framework;
pulumi-hcloud's recording of a server (provider/testdata/recorded/TestProviderUpgrade/index_server) for what the bridge
fills in; read 2026-11-26.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

ALL: Final = "hcloud:index/"
LOCATIONS: Final = frozenset({"fsn1", "nbg1", "hel1", "ash", "hil", "sin"})
ZONES: Final = frozenset({"eu-central", "us-east", "us-west", "ap-southeast"})
SERVERS: Final = frozenset({"cx23", "cx33", "cx43", "cx53", "cpx22", "cpx32", "cpx42", "cpx52", "cax11", "cax21"})
BALANCERS: Final = frozenset({"lb11", "lb21", "lb31"})
BOXES: Final = frozenset({"bx11", "bx21", "bx31", "bx41"})
IMAGES: Final = frozenset({"debian-12", "debian-13", "ubuntu-24.04"})
ALGORITHMS: Final = ("least_connections", "round_robin")
USER_DATA: Final = 32 * 1024
LABEL: Final = re.compile(r"([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?")
HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9-]+)*")

REPLACES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "firewallAttachment:FirewallAttachment": frozenset({"firewallId"}),
        "floatingIp:FloatingIp": frozenset({"homeLocation", "type"}),
        "loadBalancer:LoadBalancer": frozenset({"location", "networkZone"}),
        "loadBalancerNetwork:LoadBalancerNetwork": frozenset({"ip", "loadBalancerId", "networkId", "subnetId"}),
        "loadBalancerService:LoadBalancerService": frozenset({"listenPort", "loadBalancerId"}),
        "loadBalancerTarget:LoadBalancerTarget": frozenset({"ip", "labelSelector", "loadBalancerId", "serverId"}),
        "network:Network": frozenset({"ipRange"}),
        "networkRoute:NetworkRoute": frozenset({"destination", "gateway", "networkId"}),
        "networkSubnet:NetworkSubnet": frozenset({"ipRange", "networkId", "networkZone", "type", "vswitchId"}),
        "placementGroup:PlacementGroup": frozenset({"type"}),
        "primaryIp:PrimaryIp": frozenset({"datacenter", "location", "type"}),
        "server:Server": frozenset({"datacenter", "image", "location", "sshKeys", "userData"}),
        "sshKey:SshKey": frozenset({"publicKey"}),
        "storageBox:StorageBox": frozenset({"location", "sshKeys"}),
        "volume:Volume": frozenset({"format", "location"}),
        "volumeAttachment:VolumeAttachment": frozenset({"serverId", "volumeId"}),
        "zone:Zone": frozenset({"mode", "name"}),
        "zoneRrset:ZoneRrset": frozenset({"name", "type", "zone"}),
    }
)
UNIQUE: Final = frozenset(
    f"{ALL}{each}"
    for each in (
        *("firewall:Firewall", "floatingIp:FloatingIp", "loadBalancer:LoadBalancer", "network:Network"),
        *("placementGroup:PlacementGroup", "primaryIp:PrimaryIp", "server:Server", "sshKey:SshKey"),
        *("storageBox:StorageBox", "uploadedCertificate:UploadedCertificate", "volume:Volume", "zone:Zone"),
    )
)
DEFAULTS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "server:Server": dict.fromkeys(
            (
                *("allowDeprecatedImages", "backups", "deleteProtection", "ignoreRemoteFirewallIds", "keepDisk"),
                *("rebuildProtection", "shutdownBeforeDeletion"),
            ),
            False,
        ),
    }
)
GUARDED: Final = frozenset(
    f"{ALL}{each}"
    for each in (
        *("floatingIp:FloatingIp", "loadBalancer:LoadBalancer", "network:Network", "primaryIp:PrimaryIp"),
        *("server:Server", "volume:Volume", "zone:Zone"),
    )
)
"""What refuses to be deleted under `deleteProtection`. Of a storage box the provider lifts it."""

REFERENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "firewallId": "firewall:Firewall",
        "firewallIds": "firewall:Firewall",
        "loadBalancerId": "loadBalancer:LoadBalancer",
        "networkId": "network:Network",
        "placementGroupId": "placementGroup:PlacementGroup",
        "serverId": "server:Server",
        "storageBoxId": "storageBox:StorageBox",
        "volumeId": "volume:Volume",
    }
)

FRAMEWORK: Final = frozenset(
    f"{ALL}{each}"
    for each in (
        *("loadBalancerNetwork:LoadBalancerNetwork", "serverNetwork:ServerNetwork", "sshKey:SshKey"),
        *("storageBox:StorageBox", "storageBoxSnapshot:StorageBoxSnapshot"),
        *("storageBoxSubaccount:StorageBoxSubaccount", "zone:Zone", "zoneRecord:ZoneRecord", "zoneRrset:ZoneRrset"),
    )
)
"""Types on Terraform's plugin framework: of what the bridge fills in it writes the name, and no `__defaults`."""

IDENTITIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "loadBalancerNetwork:LoadBalancerNetwork": ("loadBalancerId",),
        "loadBalancerService:LoadBalancerService": ("loadBalancerId", "listenPort"),
        "networkRoute:NetworkRoute": ("networkId", "destination"),
        "networkSubnet:NetworkSubnet": ("networkId", "ipRange"),
        "volumeAttachment:VolumeAttachment": ("volumeId",),
        "zoneRrset:ZoneRrset": ("zone", "name", "type"),
    }
)
"""Inputs that tell one thing of a type from another, where it has no name."""
