"""What is set on something of Hetzner that another program declares, and what a provider's other API leaves unknown."""

from __future__ import annotations

from typing import Any, Final

import pytest

from baseline.estate import hetzner
from baseline.estate.build import build
from baseline.estate.builder import Builder
from baseline.estate.facts.neutral import NEUTRAL
from baseline.graph import UNKNOWN, Resource
from baseline.judge import judge
from baseline.rule import all_rules, example, ref, resource

OPEN, STRANGE = "host_reachable_from_internet", "administration_port_open_beyond_declared_networks"
BINDING: Final = "hcloud:index/firewallAttachment:FirewallAttachment"
FIREWALL = resource("hcloud:index/firewall:Firewall", "firewall", rules=[])
SERVER = resource("hcloud:index/server:Server", "server", location="fsn1")


def outcomes(*resources: Resource) -> set[tuple[str, str, str]]:
    """(rule, outcome, resource name) of each finding."""
    case = example("", *resources)
    found = judge(build(case.graph, case.terms), all_rules()).findings
    return {(item.rule, item.outcome, item.urn.rpartition("::")[2]) for item in found}


WORST: Final[tuple[tuple[str, str, str, dict[str, Any]], ...]] = (
    ("FirewallAttachment", OPEN, "unknown", {"firewallId": 1, "serverIds": [2]}),
    ("FirewallAttachment", STRANGE, "unknown", {"firewallId": 1, "labelSelectors": ["app"]}),
    ("FirewallAttachment", OPEN, "unknown", {"firewallId": UNKNOWN, "serverIds": [2]}),
    ("FirewallAttachment", OPEN, "unknown", {"firewallId": 1, "serverIds": UNKNOWN}),
    ("LoadBalancerService", "plain_listener", "fail", {"loadBalancerId": 1, "protocol": "http"}),
    ("PrimaryIp", "address_outside_countries", "fail", {"location": "ash", "assigneeId": 1}),
    ("FloatingIp", "address_outside_countries", "fail", {"homeLocation": "ash", "serverId": 1}),
    (
        "StorageBoxSubaccount",
        "storage_reachable_from_outside",
        "fail",
        {"storageBoxId": 1, "accessSettings": {"reachableExternally": True}},
    ),
    ("Volume", "store_outside_countries", "unknown", {"serverId": 1}),
    ("Snapshot", "store_outside_countries", "not_observable", {"serverId": 1}),
    ("StorageBoxSnapshot", "store_outside_countries", "unknown", {"storageBoxId": 1}),
)


@pytest.mark.parametrize(("kind", "rule", "outcome", "said"), WORST)
def test_the_worst_setting_on_what_another_program_declares_is_found(
    kind: str, rule: str, outcome: str, said: dict[str, Any]
) -> None:
    """Ids of others say nothing of what they are."""
    type_ = f"hcloud:index/{kind[:1].lower()}{kind[1:]}:{kind}"
    assert (rule, outcome, "it") in outcomes(resource(type_, "it", **said))


QUIET: Final = {
    "binds two things of which each is judged where it is declared": (
        "FloatingIpAssignment",
        "LoadBalancerNetwork",
        "LoadBalancerTarget",
        "NetworkRoute",
        "VolumeAttachment",
    ),
    "is judged by its services": ("LoadBalancer",),
}


def test_each_type_that_is_read_gives_something_to_judge_though_nothing_else_is_seen() -> None:
    """A new adapter that reads a type only through another has to say so here."""
    sdk = __import__("pulumi_hcloud")
    kinds = [name for name in dir(sdk) if isinstance(getattr(sdk, name), type) and name[:3] != "Get"]
    types = {name: f"hcloud:index/{name[:1].lower()}{name[1:]}:{name}" for name in kinds}
    case = example("", *(resource(type_, "it") for type_ in types.values()))
    unread = {item.type for item in build(case.graph, case.terms).unjudged}
    silent = set()
    for name, type_ in types.items():
        if hasattr(getattr(sdk, name), "get") and type_ not in unread and type_ not in NEUTRAL:
            alone = example("", resource(type_, "it", rules=[{"direction": "in", "sourceIps": ["0.0.0.0/0"]}]))
            builder = Builder(alone.graph, alone.terms)
            hetzner.read(builder)
            if not builder.nouns:
                silent.add(name)
    assert silent == {name for names in QUIET.values() for name in names}


def test_an_attachment_of_what_is_seen_is_judged_there() -> None:
    """The firewall says what it lets in; the server, what a firewall of others leaves unknown."""
    bound = resource(BINDING, "it", firewallId=ref(FIREWALL), serverIds=[3])
    assert not [found for found in outcomes(FIREWALL, bound) if found[2] == "it"]
    theirs = resource(BINDING, "it", firewallId=1, serverIds=[ref(SERVER)])
    found = outcomes(SERVER, theirs)
    assert (OPEN, "unknown", "server") in found
    assert not [each for each in found if each[2] == "it"]


PLACED: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("server:Server", "host_outside_countries", {"location": "fsn1"}),
    ("volume:Volume", "store_outside_countries", {"location": "fsn1"}),
    ("storageBox:StorageBox", "store_outside_countries", {"location": "fsn1"}),
    ("loadBalancer:LoadBalancer", "balancer_outside_countries", {"location": "fsn1"}),
    ("loadBalancer:LoadBalancer", "place_spans_countries", {"networkZone": "us-east"}),
    ("primaryIp:PrimaryIp", "address_outside_countries", {"location": "fsn1"}),
)


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        ({"endpoint": "http://evil.example/v1"}, False),
        ({"endpoint": "http://api.hetzner.cloud/v1"}, False),
        ({"endpointHetzner": "https://evil.example/v1"}, False),
        ({"endpoint": UNKNOWN}, False),
        ({"endpoint": "https://api.hetzner.cloud/v1", "endpointHetzner": "https://api.hetzner.com/v1/"}, True),
        ({}, True),
    ],
)
def test_another_api_has_other_places(said: dict[str, Any], believed: bool) -> None:
    """A location is a word of Hetzner's, which another API may use for anything."""
    provider = resource("pulumi:providers:hcloud", "hcloud", **said)
    for type_, rule, placed in PLACED:
        subject = resource(f"hcloud:index/{type_}", "it", **placed)
        found = {outcome for name, outcome, _ in outcomes(provider, subject) if name == rule}
        wrong = {"fail"} if rule == "place_spans_countries" else set()
        assert found == (wrong if believed else {"unknown"}), type_


def test_a_registered_key_leaves_nothing_unjudged() -> None:
    """A public key opens what names it, and no rule asks whose it is."""
    key = resource("hcloud:index/sshKey:SshKey", "key", publicKey="ssh-ed25519 AAAA")
    case = example("", key, resource("hcloud:index/server:Server", "server", location="fsn1", sshKeys=[ref(key)]))
    assert not build(case.graph, case.terms).unjudged
