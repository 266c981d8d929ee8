"""No cloud knows what Pulumi calls a thing: it is known again by what the cloud itself says of it."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate.facts.imports import NoImport, import_id
from baseline.graph import UNKNOWN, Graph, Ref, Resource
from baseline.recovery import Existing, recover
from baseline.recovery.matching import meant
from baseline.rule import resource

NETWORK = resource("hcloud:index/network:Network", "net")
FRONT, BACK = (
    resource("hcloud:index/networkSubnet:NetworkSubnet", name, networkId=Ref(frozenset({NETWORK.urn})), ipRange=prefix)
    for name, prefix in (("front", "10.0.1.0/24"), ("back", "10.0.2.0/24"))
)
DISK = resource("aws:ebs/volume:Volume", "orders", tags={"Name": "shop-orders"})
V4, V6 = (
    resource("hcloud:index/zoneRrset:ZoneRrset", f"www-{type_}", zone="de.example", name="www", type=type_)
    for type_ in ("A", "AAAA")
)
WEST, EAST = (
    resource("aws:guardduty/detector:Detector", f"detector-{where}", region=where)
    for where in ("us-west-2", "us-east-1")
)
SERVICE = resource(
    "hcloud:index/loadBalancerService:LoadBalancerService", "tls", loadBalancerId=UNKNOWN, listenPort=443
)
WANTED = {item.urn: item for item in (NETWORK, FRONT, BACK, DISK, V4, V6, WEST, EAST, SERVICE)}


def thing(like: Resource, id_: str, name: str | None = None, /, **inputs: Any) -> Existing:
    """Something of the type of a resource, as a cloud lists it."""
    return Existing(type=like.type, id=id_, name=name, inputs=inputs)


def names(*things: Existing, known: dict[str, frozenset[str]] | None = None) -> list[str | None]:
    """What each was made for, by the program's own names."""
    return [found.name if found else None for found in meant(things, WANTED, known or {})]


@pytest.mark.parametrize(
    ("existing", "name"),
    [
        (thing(NETWORK, "1", "net-0a1b2c3"), "net"),
        (thing(NETWORK, "1", "net"), None),
        (thing(NETWORK, "1"), None),
        (thing(DISK, "vol-1", "shop-orders"), "orders"),
        (thing(DISK, "vol-1", None, tags={"Name": "shop-orders"}), "orders"),
        (thing(DISK, "vol-1", "orders"), None),
        (thing(V6, "www/AAAA", None, zone="de.example", name="www", type="AAAA"), "www-AAAA"),
        (thing(V6, "www/AAAA", None, zone="fi.example", name="www", type="AAAA"), None),
        (thing(V6, "www/TXT", None, zone="de.example", name="www", type="TXT"), None),
        (thing(EAST, "d-1", None, region="us-east-1"), "detector-us-east-1"),
        (thing(EAST, "d-1", None, region="eu-west-1"), None),
        (thing(EAST, "d-1"), None),
        (thing(SERVICE, "7__443", None, loadBalancerId=7, listenPort=443), None),
    ],
)
def test_by_what_the_cloud_says(existing: Existing, name: str | None) -> None:
    """By a name that the program gives or the provider makes up, by a tag, or by all that tells one from another."""
    assert names(existing) == [name]


def test_what_is_known_again_tells_more() -> None:
    """A subnet is known by its network, whether the state has that or it is an orphan itself."""
    subnet = thing(FRONT, "7-10.0.1.0/24", None, networkId=7, ipRange="10.0.1.0/24")
    assert names(subnet) == [None]
    assert names(subnet, known={NETWORK.urn: frozenset({"7"})}) == ["front"]
    assert names(subnet, known={NETWORK.urn: frozenset({"8"})}) == [None]
    assert names(subnet, thing(NETWORK, "7", "net-0a1b2c3")) == ["front", "net"]
    two = (thing(NETWORK, "7", "net-0a1b2c3"), thing(NETWORK, "8", "net-0a1b2c4"))
    assert names(subnet, *two) == [None, "net", "net"], "nobody knows which of the two networks is meant"


def test_by_what_its_import_does_not_say() -> None:
    """A target of a rule is called by an id that the provider makes up; what it sends to tells it."""
    topic = resource("aws:sns/topic:Topic", "alerts")
    type_ = "aws:cloudwatch/eventTarget:EventTarget"
    target = resource(type_, "it", rule="watch", arn=Ref(frozenset({topic.urn})))
    found = thing(target, "watch-x", None, rule="watch", targetId="x", arn="arn:t")
    for arn, wanted in (("arn:t", [target]), ("arn:u", [None])):
        assert meant((found,), {target.urn: target}, {topic.urn: frozenset({arn})}) == wanted


def test_a_region_that_differs_is_another_thing() -> None:
    """The same name in another region is never taken for it."""
    alias = resource("aws:kms/alias:Alias", "key", name="alias/key", region="us-east-1")
    for region, found in (("us-east-1", [alias]), ("us-west-2", [None])):
        assert meant((thing(alias, "alias/key", "alias/key", region=region),), {alias.urn: alias}, {}) == found


@pytest.mark.parametrize(
    ("type_", "said", "expected"),
    [
        ("aws:ec2/route:Route", {"routeTableId": "r", "destinationPrefixListId": "pl-1"}, "r_pl-1"),
        ("aws:ec2/route:Route", {"routeTableId": "r"}, None),
        ("aws:cloudwatch/eventTarget:EventTarget", {"eventBusName": "b", "rule": "r", "targetId": "t"}, "b/r/t"),
        ("aws:cloudwatch/eventRule:EventRule", {"name": "r"}, "default/r"),
        ("aws:lb/targetGroupAttachment:TargetGroupAttachment", {"targetGroupArn": "a", "targetId": "i"}, "a,i"),
        (
            "aws:lb/targetGroupAttachment:TargetGroupAttachment",
            {"targetGroupArn": "a", "targetId": "i", "port": 80.0},
            "a,i,80",
        ),
        ("hcloud:index/loadBalancerTarget:LoadBalancerTarget", {"loadBalancerId": 1, "ip": "::1"}, "1__ip__::1"),
        (
            "hcloud:index/loadBalancerTarget:LoadBalancerTarget",
            {"loadBalancerId": 1, "labelSelector": "a=b"},
            "1__label_selector__a=b",
        ),
        ("hcloud:index/loadBalancerTarget:LoadBalancerTarget", {"serverId": 2}, None),
        ("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", {}, None),
        ("aws:ebs/encryptionByDefault:EncryptionByDefault", {}, "default"),
    ],
)
def test_an_import_id_is_whole_or_none(type_: str, said: dict[str, Any], expected: str | None) -> None:
    """What the list does not say is never left out of an id: it might mean another thing."""
    if expected is not None:
        assert import_id(type_, "id-1", said) == expected
        return
    with pytest.raises(NoImport):
        import_id(type_, "id-1", said)
    graph = Graph(project="shop", stack="dev", resources=(resource(type_, "one"),))
    thing = Existing(type=type_, id="id-1", urn=graph.resources[0].urn, inputs=said)
    (trouble,) = recover("dev", (), (), (), (thing,), graph)
    assert "Nothing imports it" in trouble.what
    assert not any("import" in command for command in trouble.commands)
