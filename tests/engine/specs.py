"""Generated programs: a few resources that could stand together, with references, secrets and groups."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

LABELS = st.dictionaries(
    st.sampled_from(["role", "holds", "team"]), st.sampled_from(["app", "data", "logs"]), max_size=2
)
PREFIXES = st.sampled_from(["0.0.0.0/0", "10.0.0.0/8", "203.0.113.0/24", "0.0.0.0/1", "::/0"])
PORTS = st.sampled_from(["22", "443", "1-65535", "any"])
TAGS = LABELS
ANY = st.booleans()


class Draft:
    """A program while it is drawn."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.entries: list[dict[str, Any]] = []

    def add(self, class_: str, **args: Any) -> int:
        """One more resource; its place in the list. Arguments that are None are left out."""
        number = len(self.entries)
        self.entries.append(
            {
                "class": class_,
                "name": f"r{number}",
                "args": {key: said for key, said in args.items() if said is not None},
                "protect": self.draw(ANY),
                "after": sorted(self.draw(st.sets(st.integers(0, number - 1), max_size=2))) if number else [],
                "ignore": self.draw(st.sampled_from([[], ["tags"], ["labels"]])),
                "group": self.draw(st.sampled_from(["", "", "one", "two"])),
            }
        )
        return number

    def maybe(self, said: Any) -> Any:
        """It, or nothing."""
        return said if self.draw(ANY) else None


def _hetzner(draft: Draft) -> None:
    draw = draft.draw
    place = draw(st.sampled_from(["fsn1", "nbg1", "hel1", "ash"]))
    network = draft.add("hcloud.Network", ip_range="10.0.0.0/16", labels=draft.maybe(draw(LABELS)))
    draft.add(
        "hcloud.NetworkSubnet",
        network_id={"$number": network},
        ip_range="10.0.1.0/24",
        network_zone="eu-central",
        type="cloud",
    )
    firewall = draft.add(
        "hcloud.Firewall",
        rules=[
            {"direction": "in", "protocol": "tcp", "port": draw(PORTS), "source_ips": [draw(PREFIXES)]}
            for _ in range(draw(st.integers(0, 2)))
        ],
    )
    guarded = draw(ANY)
    server = draft.add(
        "hcloud.Server",
        server_type="cx23",
        image="debian-12",
        location=place,
        name=draft.maybe("web"),
        firewall_ids=draft.maybe([{"$number": firewall}]),
        backups=draw(ANY),
        delete_protection=guarded,
        rebuild_protection=guarded,
        user_data=draft.maybe("#cloud-config\nruncmd: [true]\n"),
        labels=draw(LABELS),
    )
    draft.add("hcloud.Volume", size=10, server_id={"$number": server}, labels=draw(LABELS), delete_protection=draw(ANY))
    if draw(ANY):
        settings = {"ssh_enabled": draw(ANY), "reachable_externally": draw(ANY)}
        draft.add(
            "hcloud.StorageBox",
            storage_box_type="bx11",
            location=place,
            password={"$secret": "password"},
            access_settings=draft.maybe(settings),
        )


def _aws(draft: Draft) -> None:
    draw = draft.draw
    key = draft.add("aws.kms.Key", enable_key_rotation=draft.maybe(draw(ANY)))
    vpc = draft.add("aws.ec2.Vpc", cidr_block="10.1.0.0/16", tags=draft.maybe(draw(TAGS)))
    subnet = draft.add("aws.ec2.Subnet", vpc_id={"$ref": vpc, "of": "id"}, cidr_block="10.1.1.0/24")
    group = draft.add(
        "aws.ec2.SecurityGroup",
        vpc_id={"$ref": vpc, "of": "id"},
        ingress=draft.maybe([{"protocol": "tcp", "from_port": 22, "to_port": 443, "cidr_blocks": [draw(PREFIXES)]}]),
    )
    draft.add(
        "aws.ec2.Instance",
        ami="ami-0123456789abcdef0",
        instance_type="t3.micro",
        subnet_id={"$ref": subnet, "of": "id"},
        vpc_security_group_ids=[{"$ref": group, "of": "id"}],
        associate_public_ip_address=draft.maybe(draw(ANY)),
    )
    bucket = draft.add("aws.s3.Bucket", bucket=draft.maybe("files-of-a-shop"), tags=draw(TAGS))
    if draw(ANY):
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Principal": "*"}]}
        draft.add("aws.s3.BucketPolicy", bucket={"$ref": bucket, "of": "id"}, policy=policy)
    draft.add("aws.sqs.Queue", kms_master_key_id=draft.maybe({"$ref": key, "of": "arn"}))
    draft.add(
        "aws.cloudwatch.LogGroup", retention_in_days=draft.maybe(30), kms_key_id=draft.maybe({"$ref": key, "of": "arn"})
    )
    if draw(ANY):
        draft.add(
            "aws.rds.Instance",
            engine="postgres",
            instance_class="db.t3.micro",
            username="owner",
            password={"$secret": "password"},
            storage_encrypted=draft.maybe(draw(ANY)),
            publicly_accessible=draft.maybe(draw(ANY)),
        )
    if draw(ANY):
        trust = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}]}'
        role = draft.add("aws.iam.Role", assume_role_policy=trust, name=draft.maybe("worker"))
        draft.add("aws.iam.RolePolicy", role={"$ref": role, "of": "name"}, policy='{"Statement": []}')
    if draw(ANY):  # what the key says of itself too, beside a reference to it
        place = draw(st.sampled_from(["eu-central-1", "us-east-1"]))
        draft.add("aws.secretsmanager.Secret", replicas=[{"region": place, "kms_key_id": {"$ref": key, "of": "arn"}}])
        peer = {"protocol": "tcp", "from_port": 5432, "to_port": 5432, "security_groups": [{"$ref": group, "of": "id"}]}
        draft.add(
            "aws.ec2.SecurityGroup",
            vpc_id={"$ref": vpc, "of": "id"},
            ingress=[{**peer, "cidr_blocks": [draw(PREFIXES.filter(lambda prefix: ":" not in prefix))]}],
        )
    draft.add("aws.ssm.Parameter", type="String", value={"$text": bucket}, name="/of/bucket")


@st.composite
def programs(draw: Any) -> list[dict[str, Any]]:
    """A program of one cloud or of both."""
    draft = Draft(draw)
    parts = draw(st.sampled_from([(_hetzner,), (_aws,), (_hetzner, _aws)]))
    for part in parts:
        part(draft)
    return draft.entries
