"""Production for the Nordic and Baltic countries: Finland, with backups in Germany."""

from stacks.environment import Backup, Environment, Hetzner, Notification, Role, State, cidr

# Public keys of age: either private key restores alone, so keep the two apart.
# Examples whose private keys nobody has: put your own here before anything is deployed.
RECIPIENTS = (
    "age12ca4arv367x4773fc9078t6d2j4vm7a49mq5q38ys9nn27ks6a6qnxsdnn",
    "age15v2k7rn7z7s8pqyngjq7ww83maqu7zxpknunudqfehx08sxfxe2qgm30vx",
)

ENVIRONMENT = Environment(
    name="hetzner-fi",
    production=True,
    cloud=Hetzner(project="shop-connections-hetzner-fi", locations=("hel1",)),
    app=Role(count=2, size="cpx22", data_gib=20, log_gib=20),
    database=Role(count=1, size="cpx32", data_gib=100, log_gib=20),
    network=cidr("10.20.0.0/16"),
    admin_networks=(cidr("203.0.113.0/28"), cidr("2001:db8:10::/64")),
    zone="fi-shops.example",
    domain_names=("api.fi-shops.example", "app.fi-shops.example"),
    # Hetzner has one place in Finland, so another place than the hosts' is in the other promised country.
    backup=Backup(to=("fsn1",), keep_days=(14, 30), hour=1, recipients=RECIPIENTS),
    log_days=30,
    audit_log_days=365,
    notifications=(Notification(email="security@ops.example", country="DE"),),
    state=State(
        backend="s3://state-hetzner-fi?endpoint=https://fsn1.your-objectstorage.com&region=fsn1",
        secrets="passphrase",
        country="DE",
    ),
)
