"""An environment on AWS: which components it has, each built from the line that asks for it."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from infra.aws.account import AccountSettings, AccountSettingsArgs
from infra.aws.backup import Backup, BackupArgs
from infra.aws.backup_vault import BackupVault, BackupVaultArgs
from infra.aws.detection import Detection, DetectionArgs
from infra.aws.dns import Dns, DnsArgs
from infra.aws.egress import MIRRORS
from infra.aws.endpoints import Endpoints, EndpointsArgs
from infra.aws.firewall import Firewall, FirewallArgs
from infra.aws.flow_logs import FlowLogs, FlowLogsArgs
from infra.aws.load_balancer import LoadBalancer, LoadBalancerArgs
from infra.aws.network import Network, NetworkArgs
from infra.aws.region_pin import RegionPin, RegionPinArgs
from infra.aws.region_settings import RegionSettings, RegionSettingsArgs
from infra.aws.trail import Trail, TrailArgs
from stacks.declaration import Declaration
from stacks.environment import Aws
from stacks.hosts_on_aws import declare_hosts, seats
from stacks.region_on_aws import TRAIL, Region, after, declare_region

LOCK_GRACE_DAYS = 7
"""Days in which a production vault's lock can still be undone; then nobody can, whatever they hold."""


def deploy_aws(declaration: Declaration) -> Mapping[str, pulumi.Input[object]]:
    """Register an AWS environment; what is returned is what the stack exports."""
    cloud = declaration.environment.cloud
    if not isinstance(cloud, Aws):
        raise TypeError(f"{declaration.environment.name}: declared on {cloud.kind}, not on AWS")
    home = declare_region(declaration, cloud, "cloud.region", cloud.region)
    away = declare_region(declaration, cloud, "cloud.copy_region", cloud.copy_region, "copy-")
    pin = declaration.build(
        "cloud",
        RegionPin,
        "region-pin",
        RegionPinArgs(account=cloud.account, regions=(cloud.region, cloud.copy_region)),
        home.opts,
    )
    _settings(declaration, home, away)
    network = declaration.build(
        "network",
        Network,
        "network",
        NetworkArgs(place=home.place, plan=declaration.environment.plan),
        home.opts,
    )
    _logs(declaration, home, network, pin)
    _detection(declaration, home, "")
    _detection(declaration, away, "copy-")
    _backup(declaration, home, away, pin)
    firewall = _firewall(declaration, home, network)
    endpoints = _endpoints(declaration, home, network, firewall)
    app = declare_hosts(declaration, "app", home, network, firewall, endpoints, pin)
    declare_hosts(declaration, "database", home, network, firewall, endpoints, pin)
    balancer = _front_door(declaration, home, network, firewall, app)
    return {
        "balancer": balancer.dns_name,
        "hosts": {
            seat.name: str(seat.address)
            for role in ("app", "database")
            for seat in seats(declaration.environment, role)
        },
    }


def _settings(declaration: Declaration, home: Region, away: Region) -> None:
    declaration.build("cloud.account", AccountSettings, "account", AccountSettingsArgs(place=home.place), home.opts)
    at_home = RegionSettingsArgs(key_arn=home.data_key, internet="outbound")
    declaration.build("cloud.region", RegionSettings, "region-settings", at_home, home.opts)
    at_rest = RegionSettingsArgs(key_arn=away.data_key, internet="none")
    declaration.build("cloud.copy_region", RegionSettings, "copy-region-settings", at_rest, away.opts)


def _logs(declaration: Declaration, home: Region, network: Network, pin: RegionPin) -> None:
    environment = declaration.environment
    declaration.build(
        "audit_log_days",
        Trail,
        TRAIL,
        TrailArgs(place=home.place, key_arn=home.log_key, days=environment.audit_log_days),
        home.opts,
    )
    declaration.build(
        "log_days",
        FlowLogs,
        "flow-logs",
        FlowLogsArgs(
            place=home.place,
            vpc_id=network.vpc_id,
            key_arn=home.log_key,
            boundary=pin.arn,
            days=environment.log_days,
        ),
        home.opts,
    )


def _detection(declaration: Declaration, region: Region, prefix: str) -> None:
    notified = tuple(target.email for target in declaration.environment.notifications)
    declaration.build(
        "notifications",
        Detection,
        f"{prefix}detection",
        DetectionArgs(place=region.place, key_arn=region.log_key, notified=notified),
        region.opts,
    )


def _backup(declaration: Declaration, home: Region, away: Region, pin: RegionPin) -> None:
    environment = declaration.environment
    keep_days = environment.backup.keep_days
    grace = LOCK_GRACE_DAYS if environment.production else None
    vaults = [
        declaration.build(
            field,
            BackupVault,
            name,
            BackupVaultArgs(key_arn=region.backup_key, keep_days=keep_days, immutable_after_days=grace),
            region.opts,
        )
        for field, name, region in (("backup", "vault", home), ("backup.to", "copy-vault", away))
    ]
    declaration.build(
        "backup",
        Backup,
        "backup",
        BackupArgs(
            place=home.place,
            vault="vault",
            copy_place=away.place,
            copy_vault="copy-vault",
            keys=("data-key", "backup-key", "copy-backup-key"),
            keep_days=keep_days,
            hour=environment.backup.hour,
            boundary=pin.arn,
        ),
        after(home.opts, *vaults),
    )


def _firewall(declaration: Declaration, home: Region, network: Network) -> Firewall:
    return declaration.build(
        "admin_networks",
        Firewall,
        "firewall",
        FirewallArgs(
            vpc_id=network.vpc_id,
            admin_networks=declaration.environment.admin_networks,
            package_mirrors=MIRRORS,
        ),
        home.opts,
    )


def _endpoints(declaration: Declaration, home: Region, network: Network, firewall: Firewall) -> Endpoints:
    return declaration.build(
        "cloud.region",
        Endpoints,
        "endpoints",
        EndpointsArgs(
            place=home.place,
            vpc_id=network.vpc_id,
            subnets=network.private_subnets,
            security_group_id=firewall.endpoints,
        ),
        home.opts,
    )


def _front_door(
    declaration: Declaration,
    home: Region,
    network: Network,
    firewall: Firewall,
    targets: Mapping[str, pulumi.Output[str]],
) -> LoadBalancer:
    environment = declaration.environment
    balancer = declaration.build(
        "domain_names",
        LoadBalancer,
        "balancer",
        LoadBalancerArgs(
            vpc_id=network.vpc_id,
            subnets=network.public_subnets,
            security_group_id=firewall.balancer,
            targets=targets,
        ),
        # AWS takes a balancer that faces the internet only once the network has a gateway.
        after(home.opts, network),
    )
    declaration.build(
        "domain_names",
        Dns,
        "dns",
        DnsArgs(
            zone=environment.zone,
            names=environment.domain_names,
            balancer_name=balancer.dns_name,
            balancer_zone=balancer.zone_id,
            security_contact=environment.notifications[0].email,
        ),
        home.opts,
    )
    return balancer
