"""What an Environment refuses, what it leaves to the judge, and that it says all of it at once."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Network, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from stacks import places
from stacks.declaration import Declaration
from stacks.environment import Aws, Backup, Environment, Hetzner, Part
from stacks.fields import AdminNetwork, Refusal, refuse

Change = tuple[str, str]
Rewrite = Callable[..., Declaration]
Refused = Callable[..., list[str]]

LOCATIONS = "write one of ash, fsn1, hel1, hil, nbg1, sin"
REFUSED: dict[str, tuple[str, Change, str]] = {
    "unknown location": (
        "hetzner-de",
        ('locations=("nbg1", "fsn1")', 'locations=("nbg1", "fsn9")'),
        f"cloud.locations.1: 'fsn9' is no location of Hetzner: {LOCATIONS} (stacks/places.py)",
    ),
    "unknown region": (
        "aws-us",
        ('copy_region="us-west-2"', 'copy_region="us-west-3"'),
        (
            "cloud.copy_region: 'us-west-3' is no region of AWS: "
            f"write one of {', '.join(sorted(places.AWS_REGIONS))} (stacks/places.py)"
        ),
    ),
    "size that is gone": (
        "dev",
        ('app=Role(count=1, size="cx23"', 'app=Role(count=1, size="cx22"'),
        (
            "app.size: 'cx22' is no server type and no instance type in use: "
            f"write one of {', '.join(sorted({*places.SERVER_TYPES, *places.INSTANCE_TYPES}))} "
            "(stacks/places.py)"
        ),
    ),
    "no stack name": (
        "dev",
        ('name="dev"', 'name="Dev"'),
        "name: 'Dev' is no stack name: write lower case words joined by hyphens",
    ),
    "network of IPv6": (
        "dev",
        ("10.90.0.0/16", "2001:db8::/48"),
        "network: 2001:db8::/48 is not of IPv4: write one such as 10.50.0.0/16",
    ),
    "neither cloud": (
        "dev",
        ('cloud=Hetzner(project="shop-connections-dev", locations=("nbg1",))', 'cloud="hetzner"'),
        "cloud: input should be a valid dictionary or object to extract fields from: correct 'hetzner'",
    ),
    "no location": ("hetzner-fi", ('("hel1",)', "()"), "cloud.locations: it is empty: name at least one"),
    "location twice": (
        "hetzner-de",
        ('locations=("nbg1", "fsn1")', 'locations=("nbg1", "nbg1")'),
        "cloud.locations: nbg1 is named twice: name it once",
    ),
    "empty project": (
        "dev",
        ('"shop-connections-dev"', '" "'),
        "cloud.project: it is empty: write a name",
    ),
    "short account": (
        "aws-us",
        ('"111122223333"', '"11112222333"'),
        "cloud.account: '11112222333' is no AWS account: write its twelve digits, in quotes",
    ),
    "zone of another region": (
        "aws-us",
        ('"us-east-1b"', '"us-east-2b"'),
        ("cloud.zones: 'us-east-2b' is no availability zone of us-east-1: write us-east-1 and a letter from a to f"),
    ),
    "one zone": (
        "aws-us",
        ('("us-east-1a", "us-east-1b")', '("us-east-1a",)'),
        "cloud.zones: one zone is no refuge from its own failure: name two availability zones or more",
    ),
    "size of the other cloud": (
        "dev",
        ('app=Role(count=1, size="cx23"', 'app=Role(count=1, size="t3.small"'),
        f"app.size: t3.small is not a size of hetzner: write one of {', '.join(sorted(places.SERVER_TYPES))}",
    ),
    "no hosts": (
        "dev",
        ("app=Role(count=1", "app=Role(count=0"),
        "app.count: 0 hosts cannot serve: write 1 or more",
    ),
    "one app host in production": (
        "aws-ap",
        ("app=Role(count=2", "app=Role(count=1"),
        "app.count: 1 app host cannot be replaced without a break: declare 2 or more",
    ),
    "two databases in production": (
        "aws-ap",
        ("database=Role(count=1", "database=Role(count=2"),
        "database.count: 2 database hosts would each hold data of their own: declare 1",
    ),
    "more hosts than addresses": (
        "dev",
        ("app=Role(count=1", "app=Role(count=500"),
        ("network: the address plan has no room: 500 app hosts: wanted 0 to 224: declare fewer hosts or places"),
    ),
    "volume too small": (
        "dev",
        ('database=Role(count=1, size="cx23", data_gib=10', 'database=Role(count=1, size="cx23", data_gib=9'),
        "database.data_gib: 9 GiB is no size of a volume: write 10 to 10240, Hetzner's bounds",
    ),
    "host bits": (
        "dev",
        ("10.90.0.0/16", "10.90.0.1/16"),
        "network: 10.90.0.1/16 has host bits set: write 10.90.0.0/16",
    ),
    "network too small": (
        "dev",
        ("10.90.0.0/16", "10.90.0.0/21"),
        "network: the address plan does not fit 10.90.0.0/21: write a network of /16 to /20",
    ),
    "public addresses": (
        "dev",
        ("10.90.0.0/16", "11.0.0.0/16"),
        (
            "network: 11.0.0.0/16 is not private: "
            "write a network inside one of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16"
        ),
    ),
    "no network": (
        "dev",
        ("198.51.100.0/28", "the office"),
        (
            "admin_networks.0: 'the office' does not appear to be an IPv4 or IPv6 network: "
            "write a network, such as 203.0.113.0/28 or 2001:db8::/48"
        ),
    ),
    "zone inside another domain": (
        "dev",
        ('zone="dev-shops.example"', 'zone="dev.shops.example"'),
        (
            "zone: Hetzner's name servers take no zone inside another domain, such as dev.shops.example: "
            "write a domain of its own, such as dev-shops.example"
        ),
    ),
    "name outside the zone": (
        "dev",
        ('"app.dev-shops.example"', '"app.de-shops.example"'),
        (
            "domain_names: app.de-shops.example lies outside the zone dev-shops.example: "
            "write a name that ends in .dev-shops.example"
        ),
    ),
    "name that only ends alike": (
        "dev",
        ('"app.dev-shops.example"', '"appdev-shops.example"'),
        (
            "domain_names: appdev-shops.example lies outside the zone dev-shops.example: "
            "write a name that ends in .dev-shops.example"
        ),
    ),
    "name twice": (
        "dev",
        ('"app.dev-shops.example"', '"api.dev-shops.example"'),
        "domain_names: api.dev-shops.example is named twice: name it once",
    ),
    "no domain name": (
        "dev",
        ('"app.dev-shops.example"', '"-app.dev-shops.example"'),
        (
            "domain_names.1: '-app.dev-shops.example' is no domain name: "
            "write lower case labels joined by dots, without a final dot"
        ),
    ),
    "no hour": ("dev", ("hour=3", "hour=24"), "backup.hour: 24 is no hour of the day: write 0 to 23, in UTC"),
    "period that CloudWatch does not know": (
        "aws-us",
        ("    log_days=30", "    log_days=31"),
        (
            "log_days: a log group cannot keep 31 days: "
            f"write one of {', '.join(map(str, sorted(places.CLOUDWATCH_RETENTION_DAYS)))}"
        ),
    ),
    "no days": (
        "dev",
        ("    log_days=30", "    log_days=0"),
        "log_days: 0 days keep nothing: write 1 or more",
    ),
    "bad e-mail": (
        "dev",
        ("security@ops.example", "security at ops.example"),
        "notifications.0.email: 'security at ops.example' is no e-mail address: write name@example.com",
    ),
    "nobody is told": (
        "dev",
        ('(Notification(email="security@ops.example", country="DE"),)', "()"),
        "notifications: it is empty: name at least one",
    ),
    "unknown country": (
        "dev",
        ('        country="DE"', '        country="UK"'),
        "state.country: 'UK' is no country: write two capital letters of ISO 3166-1, such as DE",
    ),
    "no backend": (
        "dev",
        ("s3://state-dev?", "state-dev?"),
        (
            "state.backend: 'state-dev?endpoint=https://nbg1.your-objectstorage.com&region=nbg1' is no place "
            "for Pulumi's state: write a URL such as s3://bucket?region=eu-central-1"
        ),
    ),
    "no secrets provider": (
        "dev",
        ('"passphrase"', '""'),
        ("state.secrets: '' is no secrets provider of Pulumi: write passphrase, or a URL such as awskms://alias/name"),
    ),
    "text for a number": (
        "dev",
        ("hour=3", 'hour="3"'),
        "backup.hour: input should be a valid integer: correct '3'",
    ),
    "number for a truth": (
        "dev",
        ("production=False", "production=0"),
        "production: input should be a valid boolean: correct 0",
    ),
    "misspelt field of a part": (
        "dev",
        ("data_gib=10, log_gib=10),\n    database", "data_gib=10, log_gib=10, disks=2),\n    database"),
        "app.disks: there is no such field: correct its name or remove it",
    ),
    "field of a part left out": ("dev", (", hour=3", ""), "backup.hour: not declared: add it"),
    "field left out": ("dev", ("    audit_log_days=365,\n", ""), "audit_log_days: not declared: add it"),
    "misspelt field": (
        "dev",
        ("    log_days=30,\n", "    log_days=30,\n    logs=30,\n"),
        "logs: there is no such field: correct its name or remove it",
    ),
}


@pytest.mark.parametrize(("stack", "change", "said"), REFUSED.values(), ids=REFUSED)
def test_refused(refused: Refused, stack: str, change: Change, said: str) -> None:
    """One mistake in a real stack's file is said to be that one, and nothing else is."""
    assert refused(stack, change) == [said]


LEFT_TO_THE_JUDGE: dict[str, tuple[str, Change]] = {
    "location abroad": ("hetzner-de", ('locations=("nbg1", "fsn1")', 'locations=("nbg1", "ash")')),
    "backup abroad": ("hetzner-de", ('to=("nbg1", "fsn1")', 'to=("sin",)')),
    "half the internet administers": ("dev", ("198.51.100.0/28", "0.0.0.0/1")),
    "nobody administers": ("dev", ('(cidr("198.51.100.0/28"),)', "()")),
    "backups kept for 400 days": ("dev", ("(7, 14)", "(7, 400)")),
    "logs kept for 90 days": ("aws-us", ("    log_days=30", "    log_days=90")),
    "backup beside the database": ("dev", ('to=("fsn1",)', 'to=("nbg1",)')),
    "state on a laptop": ("dev", ("s3://state-dev?", "file:///home/state?")),
    "mail read abroad": ("dev", ('example", country="DE"', 'example", country="BR"')),
}


@pytest.mark.parametrize(("stack", "change"), LEFT_TO_THE_JUDGE.values(), ids=LEFT_TO_THE_JUDGE)
def test_broken_promises_are_left_to_the_judge(rewrite: Rewrite, stack: str, change: Change) -> None:
    """What breaks a promise but can be deployed is declared without complaint, so that a rule can find it."""
    assert rewrite(stack, change).environment != rewrite(stack).environment


def test_all_mistakes_at_once(refused: Refused) -> None:
    """Mistakes in several parts and in the environment itself are told together, in the order of the file."""
    assert refused(
        "hetzner-de",
        ('locations=("nbg1", "fsn1")', 'locations=("nbg1", "fsn9")'),
        ("app=Role(count=2", "app=Role(count=1"),
        ("(14, 30)", "(30, 14)"),
        ("security@ops.example", "security"),
    ) == [
        f"cloud.locations.1: 'fsn9' is no location of Hetzner: {LOCATIONS} (stacks/places.py)",
        "app.count: 1 app host cannot be replaced without a break: declare 2 or more",
        (
            "backup.keep_days: the floor, 30 days, is above the ceiling, 14 days: "
            "write the floor first, then the ceiling"
        ),
        "notifications.0.email: 'security' is no e-mail address: write name@example.com",
    ]


def test_two_mistakes_in_one_value(refused: Refused) -> None:
    """A check of several values names each of them that is wrong."""
    assert refused("dev", ('"api.dev-shops.example", "app.dev-shops.example"', '"a.example", "b.example"')) == [
        f"domain_names: {name} lies outside the zone dev-shops.example: write a name that ends in .dev-shops.example"
        for name in ("a.example", "b.example")
    ]


def test_parts_wait_for_the_environment() -> None:
    """A part by itself holds whatever it is given; inside an Environment it is validated."""

    class Around(BaseModel):
        backup: Backup
        cloud: Hetzner

    part = Backup(to=("nowhere",), keep_days=(1, 2), hour=3)
    assert part.to == ("nowhere",)
    with pytest.raises(ValidationError, match="nowhere"):
        Around(backup=part, cloud=Hetzner(project="p", locations=("fsn1",)))
    around = Around(
        backup=Backup(to=("fsn1",), keep_days=(1, 2), hour=3), cloud=Hetzner(project="p", locations=("fsn1",))
    )
    assert (around.backup.to, around.cloud.kind) == (("fsn1",), "hetzner")


@pytest.mark.parametrize("part", [Part, *Part.__subclasses__()], ids=lambda part: part.__name__)
def test_parts_are_frozen(part: type[Part]) -> None:
    """No part can be changed after it was validated, and none takes a field that it does not know."""
    assert (part.model_config["frozen"], part.model_config["extra"]) == (True, "forbid")


def test_environment_is_frozen(rewrite: Rewrite) -> None:
    """What was validated stays what it was, in the environment and in its parts."""
    environment = rewrite("dev").environment
    with pytest.raises(ValidationError, match="frozen"):
        environment.log_days = 90  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        environment.backup.hour = 4  # type: ignore[misc]


def test_network_zone_is_the_first_locations() -> None:
    """Subnets get the network zone of the place that comes first, wherever the others are."""
    assert Hetzner(project="p", locations=("ash", "fsn1")).network_zone == "us-east"


def test_places_of_a_cloud() -> None:
    """Hosts stand in locations at Hetzner and in availability zones at AWS."""
    aws = Aws(account="1", region="eu-west-1", zones=("eu-west-1a",), copy_region="eu-west-3")
    assert (Hetzner(project="p", locations=("hel1",)).places, aws.places) == (("hel1",), ("eu-west-1a",))


def test_nothing_to_refuse_is_no_error() -> None:
    """An empty list of refusals passes, a filled one says what is wrong and what to do."""
    refuse([])
    with pytest.raises(Exception, match="too wide: write less"):
        refuse([Refusal("at", "too wide", "write less")])


class Networks(BaseModel):
    """One field, to try a field type by itself."""

    model_config = ConfigDict(frozen=True)
    network: AdminNetwork


@given(st.ip_addresses(), st.integers(0, 128))
def test_networks_are_taken_as_written_or_refused(address: object, length: int) -> None:
    """Text is a network exactly when the standard library says so, without ever widening or narrowing it."""
    text = f"{address}/{length}"
    try:
        expected = ip_network(text)
    except ValueError:
        with pytest.raises(ValidationError, match="write "):
            Networks.model_validate({"network": text})
    else:
        assert Networks.model_validate({"network": text}).network == expected


def test_the_plan_is_that_of_the_network(rewrite: Rewrite) -> None:
    """The database takes its seat in the first place of the declared network."""
    environment: Environment = rewrite("hetzner-de").environment
    (seat,) = environment.plan.seats("database", 1)
    assert (seat.place, seat.address in IPv4Network("10.10.0.0/16")) == ("nbg1", True)
