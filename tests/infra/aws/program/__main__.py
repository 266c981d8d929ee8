"""Every AWS component once, in an account that nobody owns."""

from ipaddress import IPv4Network, IPv6Network

import pulumi
import pulumi_aws

from infra.address_plan import AddressPlan
from infra.aws.account import AccountSettings, AccountSettingsArgs
from infra.aws.backup import Backup, BackupArgs
from infra.aws.backup_vault import BackupVault, BackupVaultArgs
from infra.aws.detection import Detection, DetectionArgs
from infra.aws.disk import Disk, DiskArgs
from infra.aws.dns import Dns, DnsArgs
from infra.aws.egress import MIRRORS
from infra.aws.endpoints import Endpoints, EndpointsArgs
from infra.aws.firewall import Firewall, FirewallArgs
from infra.aws.flow_logs import FlowLogs, FlowLogsArgs
from infra.aws.host import Host, HostArgs
from infra.aws.identity import Identity, IdentityArgs
from infra.aws.key import Key, KeyArgs, disk_uses, event_uses, log_group_uses, trail_uses, vault_uses
from infra.aws.load_balancer import LoadBalancer, LoadBalancerArgs
from infra.aws.network import Network, NetworkArgs
from infra.aws.organization_pin import OrganizationPin, OrganizationPinArgs
from infra.aws.place import Place
from infra.aws.region_pin import RegionPin, RegionPinArgs
from infra.aws.region_settings import RegionSettings, RegionSettingsArgs
from infra.aws.trail import Trail, TrailArgs

home = Place(account="123456789012", region="eu-central-1")
away = Place(account="123456789012", region="eu-west-3")
plan = AddressPlan(network=IPv4Network("10.9.0.0/16"), places=("eu-central-1a", "eu-central-1b"))
opts = pulumi.ResourceOptions(
    provider=pulumi_aws.Provider("home", region=home.region, allowed_account_ids=[home.account])
)

pin_args = RegionPinArgs(account=home.account, regions=(home.region, away.region))
pin = RegionPin("pin", pin_args, opts)
OrganizationPin("organization-pin", OrganizationPinArgs(pin=pin_args, target=home.account), opts)
AccountSettings("account", AccountSettingsArgs(place=home), opts)

disk_key = Key("disk-key", KeyArgs(place=home, description="Disks", uses=disk_uses(home)), opts)
vault_key = Key("vault-key", KeyArgs(place=home, description="Vault", uses=vault_uses(home)), opts)
log_uses = (*log_group_uses(home), *trail_uses(home, "trail"), *event_uses(home))
log_key = Key("log-key", KeyArgs(place=home, description="Logs", uses=log_uses), opts)
RegionSettings("region", RegionSettingsArgs(key_arn=disk_key.arn, internet="outbound"), opts)

network = Network("network", NetworkArgs(place=home, plan=plan), opts)
firewall = Firewall(
    "firewall",
    FirewallArgs(
        vpc_id=network.vpc_id,
        admin_networks=(IPv4Network("10.200.0.0/24"), IPv6Network("fd00:200::/64")),
        package_mirrors=MIRRORS,
    ),
    opts,
)
Endpoints(
    "endpoints",
    EndpointsArgs(
        place=home,
        vpc_id=network.vpc_id,
        subnets=network.private_subnets,
        security_group_id=firewall.endpoints,
    ),
    opts,
)
FlowLogs(
    "flow-logs",
    FlowLogsArgs(place=home, vpc_id=network.vpc_id, key_arn=log_key.arn, boundary=pin.arn, days=30),
    opts,
)
Trail("trail", TrailArgs(place=home, key_arn=log_key.arn, days=400), opts)
Detection("detection", DetectionArgs(place=home, key_arn=log_key.arn, notified=("on-call@ops.example",)), opts)

identity = Identity("identity", IdentityArgs(place=home, role="app", boundary=pin.arn), opts)
seat = plan.seats("app", 1)[0]
host = Host(
    seat.name,
    HostArgs(
        seat=seat,
        role="app",
        size="t4g.small",
        architecture="arm64",
        subnet_id=network.private_subnets[seat.place],
        security_group_id=firewall.app,
        profile=identity.profile,
        key_arn=disk_key.arn,
        user_data="#cloud-config\nusers: []\n",
    ),
    opts,
)
for purpose, gib in (("data", 30), ("log", 10)):
    Disk(
        f"{seat.name}-{purpose}",
        DiskArgs(
            purpose="data" if purpose == "data" else "log",
            role="app",
            zone=seat.place,
            gib=gib,
            key_arn=disk_key.arn,
            instance_id=host.instance_id,
        ),
        opts,
    )
balancer = LoadBalancer(
    "balancer",
    LoadBalancerArgs(
        vpc_id=network.vpc_id,
        subnets=network.public_subnets,
        security_group_id=firewall.balancer,
        targets={seat.name: host.instance_id},
    ),
    opts,
)
Dns(
    "dns",
    DnsArgs(
        zone="shops.example",
        names=("api.shops.example",),
        balancer_name=balancer.dns_name,
        balancer_zone=balancer.zone_id,
        security_contact="on-call@ops.example",
    ),
    opts,
)

for name, days in (("governed-vault", None), ("immutable-vault", 7)):
    BackupVault(name, BackupVaultArgs(key_arn=vault_key.arn, keep_days=(14, 30), immutable_after_days=days), opts)
Backup(
    "daily-copy",
    BackupArgs(
        place=home,
        vault="governed-vault",
        copy_place=away,
        copy_vault="far-vault",
        keys=("disk-key", "vault-key"),
        keep_days=(14, 30),
        hour=3,
        boundary=pin.arn,
    ),
    opts,
)
