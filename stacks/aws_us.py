"""Production for the Americas: the United States, with copies at the other coast."""

from stacks.environment import Aws, Backup, Environment, Notification, Role, State, cidr

ENVIRONMENT = Environment(
    name="aws-us",
    production=True,
    cloud=Aws(
        account="111122223333",
        region="us-east-1",
        zones=("us-east-1a", "us-east-1b"),
        copy_region="us-west-2",
    ),
    app=Role(count=2, size="t4g.medium", data_gib=20, log_gib=20),
    database=Role(count=1, size="m7g.large", data_gib=200, log_gib=20),
    network=cidr("10.30.0.0/16"),
    # Sessions go through Systems Manager, so that no port has to be open to anyone.
    admin_networks=(),
    zone="us.shops.example",
    domain_names=("api.us.shops.example", "app.us.shops.example"),
    backup=Backup(to=("us-west-2",), keep_days=(14, 30), hour=8),
    log_days=30,
    audit_log_days=365,
    notifications=(Notification(email="security@us.ops.example", country="US"),),
    state=State(
        backend="s3://shop-connections-state-aws-us?region=us-east-1",
        secrets="awskms://alias/pulumi-state-aws-us?region=us-east-1",
        country="US",
    ),
)
