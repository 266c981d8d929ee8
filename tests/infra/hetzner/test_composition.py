"""A whole environment on Hetzner, as its program registers it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from baseline.graph import Ref, Resource
from infra.hetzner.egress import flows
from stacks.declaration import load
from tests.recordings import REPOSITORY, graphs

STACKS = ("hetzner-de", "hetzner-fi", "dev")


def of(stack: str, kind: str) -> dict[str, Resource]:
    """The resources of one type in a stack, by name."""
    return {one.name: one for one in graphs()[stack].resources if one.type.startswith(f"hcloud:index/{kind}:")}


def names(value: Any) -> list[str]:
    """The logical names that a reference may mean."""
    assert isinstance(value, Ref)
    return sorted(urn.rpartition("::")[2] for urn in value.urns)


def declaring_text(resource: Resource) -> str:
    """The line of the environment's file that a resource answers to."""
    assert resource.declared_at is not None
    lines = (REPOSITORY / resource.declared_at.file).read_text().splitlines()
    return lines[resource.declared_at.line - 1].strip()


def test_hosts_are_spread_over_the_locations() -> None:
    """The database stands in the first location, the app hosts in each in turn."""
    hosts = {name: host.inputs["location"] for name, host in of("hetzner-de", "server").items()}
    assert hosts == {"database-1": "nbg1", "app-1": "nbg1", "app-2": "fsn1"}


@pytest.mark.parametrize("stack", STACKS)
def test_every_host_has_the_firewall_of_its_role(stack: str) -> None:
    """One reference, known although its id is not."""
    for host in of(stack, "server").values():
        (firewall,) = host.inputs["firewallIds"]
        assert names(firewall) == [host.inputs["labels"]["role"]]


@pytest.mark.parametrize("stack", STACKS)
def test_every_host_has_a_data_and_a_log_volume_where_it_stands(stack: str) -> None:
    """They are attached to it and to no other, and data is created before logs."""
    volumes, attachments = of(stack, "volume"), of(stack, "volumeAttachment")
    for host in of(stack, "server").values():
        for holds in ("data", "log"):
            volume = volumes[f"{host.name}-{holds}"]
            assert volume.inputs["location"] == host.inputs["location"]
            assert names(attachments[volume.name].inputs["serverId"]) == [host.name]
        assert any(urn.endswith(f"::{host.name}-data") for urn in volumes[f"{host.name}-log"].dependencies)


@pytest.mark.parametrize("stack", STACKS)
def test_app_hosts_alone_stand_behind_the_balancer(stack: str) -> None:
    """Each is a target once."""
    targets = [names(target.inputs["serverId"]) for target in of(stack, "loadBalancerTarget").values()]
    assert sorted(targets) == [[name] for name in sorted(of(stack, "server")) if name.startswith("app-")]


@pytest.mark.parametrize("stack", STACKS)
def test_every_host_encrypts_for_the_declared_recipients(stack: str) -> None:
    """A preview shows who can restore, and the file has no other line."""
    for host in of(stack, "server").values():
        written = {file["path"]: file["content"] for file in yaml.safe_load(host.inputs["userData"])["write_files"]}
        recipients = load(stack).environment.backup.recipients
        assert written["/etc/backup-recipients"].splitlines() == list(recipients)


@pytest.mark.parametrize("stack", STACKS)
def test_user_data_is_known_at_preview(stack: str) -> None:
    """It names the declared hours, networks and the host's own address, and nothing that is decided later."""
    for host in of(stack, "server").values():
        text = host.inputs["userData"]
        assert text.startswith("#cloud-config\n")
        assert host.inputs["networks"][0]["ip"] in text


@pytest.mark.parametrize(
    ("kind", "name", "field"),
    [
        ("server", "app-1", "cloud="),
        ("volume", "database-1-data", "cloud="),
        ("loadBalancer", "balancer", "cloud="),
        ("network", "network", "network="),
        ("firewall", "database", "admin_networks="),
        ("storageBox", "backup-nbg1", "backup="),
        ("zone", "dns", "zone="),
    ],
)
def test_a_resource_answers_to_the_field_that_explains_it(kind: str, name: str, field: str) -> None:
    """A finding about it shows the line that has to change."""
    assert declaring_text(of("hetzner-de", kind)[name]).startswith(field)


def test_everything_goes_through_the_declared_provider() -> None:
    """A default provider might hold another project's token."""
    for resource in graphs()["hetzner-de"].resources:
        if resource.type.startswith("hcloud:"):
            assert resource.provider.endswith("::hetzner"), resource.urn


def test_backups_go_to_the_alias_of_the_box() -> None:
    """The name that hosts are told is a record that leads to a box, and never to one in the host's own place."""
    boxes, records = of("hetzner-de", "storageBox"), of("hetzner-de", "zoneRrset")
    for host, box in (("app-1", "backup-fsn1"), ("app-2", "backup-nbg1"), ("database-1", "backup-fsn1")):
        server = of("hetzner-de", "server")[host].inputs
        assert names(records[f"dns-{box}-cname"].inputs["records"][0]["value"]) == [box]
        assert f"DESTINATION=sftp://{box}.de-shops.example:23/\n" in _dedented(server["userData"])
        assert boxes[box].inputs["location"] != server["location"]


def test_the_host_filters_what_the_provider_filters() -> None:
    """Each network that a role may reach stands in the firewall and in the host's own rules alike."""
    for role, host in (("app", "app-1"), ("database", "database-1")):
        text = of("hetzner-de", "server")[host].inputs["userData"]
        out = [rule for rule in of("hetzner-de", "firewall")[role].inputs["rules"] if rule["direction"] == "out"]
        for flow, rule in zip(flows("app" if role == "app" else "database"), out, strict=True):
            assert rule["port"] == str(flow.port)
            for network in rule["destinationIps"]:
                assert network in text


def _dedented(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines())
