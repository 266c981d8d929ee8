"""Production for Asia and the Pacific: Sydney, with copies in Melbourne, all of it in Australia."""

from stacks.environment import Aws, Backup, Environment, Notification, Role, State, cidr

ENVIRONMENT = Environment(
    name="aws-ap",
    production=True,
    cloud=Aws(
        account="444455556666",
        region="ap-southeast-2",
        zones=("ap-southeast-2a", "ap-southeast-2b"),
        # Off by default: the account has to opt in to this region before the first deployment.
        copy_region="ap-southeast-4",
    ),
    app=Role(count=2, size="t4g.medium", data_gib=20, log_gib=20),
    database=Role(count=1, size="m7g.large", data_gib=200, log_gib=20),
    network=cidr("10.40.0.0/16"),
    # Sessions go through Systems Manager, so that no port has to be open to anyone.
    admin_networks=(),
    zone="ap.shops.example",
    domain_names=("api.ap.shops.example", "app.ap.shops.example"),
    backup=Backup(to=("ap-southeast-4",), keep_days=(14, 30), hour=16),
    log_days=30,
    audit_log_days=365,
    notifications=(Notification(email="security@ap.ops.example", country="AU"),),
    state=State(
        backend="s3://shop-connections-state-aws-ap?region=ap-southeast-2",
        secrets="awskms://alias/pulumi-state-aws-ap?region=ap-southeast-2",
        country="AU",
    ),
)
