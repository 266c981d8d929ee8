"""Production for most of Europe, Africa and Western Asia: Germany only."""

from stacks.environment import (
    Backup,
    Environment,
    Hetzner,
    Notification,
    Role,
    State,
    cidr,
)

ENVIRONMENT = Environment(
    name="hetzner-de",
    production=True,
    # Nuremberg first, since the first place holds the database: its copies then lie in the other place.
    cloud=Hetzner(project="shop-connections-hetzner-de", locations=("nbg1", "fsn1")),
    app=Role(count=2, size="cpx22", data_gib=20, log_gib=20),
    database=Role(count=1, size="cpx32", data_gib=200, log_gib=20),
    network=cidr("10.10.0.0/16"),
    admin_networks=(cidr("203.0.113.0/28"), cidr("2001:db8:10::/64")),
    zone="de.shops.example",
    domain_names=("api.de.shops.example", "app.de.shops.example"),
    backup=Backup(to="fsn1", keep_days=(14, 30), hour=2),
    log_days=30,
    audit_log_days=365,
    notifications=(Notification(email="security@ops.example", country="DE"),),
    state=State(
        backend="s3://state-hetzner-de?endpoint=https://nbg1.your-objectstorage.com&region=nbg1",
        secrets="passphrase",
        country="DE",
    ),
)
