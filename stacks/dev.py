"""Where changes are tried out, with invented data: the promises of production on the fewest machines."""

from stacks.environment import Backup, Environment, Hetzner, Notification, Role, State, cidr

# Public keys of age, of which invented data needs one only.
# An example whose private key nobody has: put your own here before anything is deployed.
RECIPIENTS = ("age1d668gcph54e38jyr6ac4d4xly0xfxzxks5yt2he26dau2qxw5vrs4t3wxv",)

ENVIRONMENT = Environment(
    name="dev",
    production=False,
    cloud=Hetzner(project="shop-connections-dev", locations=("nbg1",)),
    app=Role(count=1, size="cx23", data_gib=10, log_gib=10),
    database=Role(count=1, size="cx23", data_gib=10, log_gib=10),
    network=cidr("10.90.0.0/16"),
    admin_networks=(cidr("198.51.100.0/28"),),
    zone="dev-shops.example",
    domain_names=("api.dev-shops.example", "app.dev-shops.example"),
    backup=Backup(to=("fsn1",), keep_days=(7, 14), hour=3, recipients=RECIPIENTS),
    log_days=30,
    audit_log_days=365,
    notifications=(Notification(email="security@ops.example", country="DE"),),
    state=State(
        backend="s3://state-dev?endpoint=https://nbg1.your-objectstorage.com&region=nbg1",
        secrets="passphrase",
        country="DE",
    ),
)
