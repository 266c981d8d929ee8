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

# Public keys of age: either private key restores alone, so keep the two apart.
# Examples whose private keys nobody has: put your own here before anything is deployed.
RECIPIENTS = (
    "age1lcpnfn78w9fjdywh90tjlzpmyncm72rxypyg678aksa3wu3qxd3qncta0j",
    "age15rfcucp9y4duh7lu4sqxfhdkhw9248l658xguneywh7faqaz5pzsp2svdq",
)

ENVIRONMENT = Environment(
    name="hetzner-de",
    production=True,
    cloud=Hetzner(project="shop-connections-hetzner-de", locations=("nbg1", "fsn1")),
    app=Role(count=2, size="cpx22", data_gib=20, log_gib=20),
    database=Role(count=1, size="cpx32", data_gib=200, log_gib=20),
    network=cidr("10.10.0.0/16"),
    admin_networks=(cidr("203.0.113.0/28"), cidr("2001:db8:10::/64")),
    zone="de-shops.example",
    domain_names=("api.de-shops.example", "app.de-shops.example"),
    # A box in either place, so that each host has one where it does not stand itself.
    backup=Backup(to=("nbg1", "fsn1"), keep_days=(14, 30), hour=2, recipients=RECIPIENTS),
    log_days=30,
    audit_log_days=365,
    notifications=(Notification(email="security@ops.example", country="DE"),),
    state=State(
        backend="s3://state-hetzner-de?endpoint=https://nbg1.your-objectstorage.com&region=nbg1",
        secrets="passphrase",
        country="DE",
    ),
)
