"""Stores at Hetzner, where the examples of the rules do not show them."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate.build import build
from baseline.estate.nouns import Store
from baseline.estate.terms import Terms
from baseline.graph import Undecided
from baseline.rule import example, ref, resource

SERVER = "hcloud:index/server:Server"
VOLUME = "hcloud:index/volume:Volume"
ATTACHMENT = "hcloud:index/volumeAttachment:VolumeAttachment"


def stores(*resources: Any) -> dict[tuple[str, str], Store]:
    """The stores of a few resources, by name and kind."""
    estate = build(example("stores", *resources).graph, Terms())
    return {(store.label, store.kind): store for store in estate.all(Store)}


def test_a_volume_that_may_be_of_two_servers_serves_neither() -> None:
    """Both root disks count as holding data, and who encrypts the volume is not known."""
    one = resource(SERVER, "one", location="fsn1")
    two = resource(SERVER, "two", location="fsn1")
    found = stores(one, two, resource(VOLUME, "data", serverId=ref(one, two), labels={"holds": "data"}))
    assert found["one", "server disk"].holds == found["two", "server disk"].holds == "data"
    with pytest.raises(Undecided):
        assert found["data", "volume"].host_encrypted


def test_a_log_volume_leaves_data_on_the_root_disk() -> None:
    """Only a volume for data takes the data off the root disk."""
    server = resource(SERVER, "web", location="fsn1")
    found = stores(server, resource(VOLUME, "logs", serverId=ref(server), labels={"holds": "logs"}))
    assert found["web", "server disk"].holds == "data"
    assert found["logs", "volume"].holds == "logs"


def test_a_volume_lies_where_its_server_is() -> None:
    """A volume without a location of its own has that of the server that it is attached to."""
    server = resource(SERVER, "web", location="hel1")
    volume = resource(VOLUME, "data")
    attachment = resource(ATTACHMENT, "attachment", serverId=ref(server), volumeId=ref(volume))
    assert stores(server, volume, attachment)["data", "volume"].location.countries == {"FI"}


def test_datacenter_is_not_believed() -> None:
    """`datacenter` is gone from the API, so a server that names nothing else is nowhere known."""
    found = stores(resource(SERVER, "web", datacenter="fsn1-dc14"))
    with pytest.raises(Undecided):
        assert found["web", "server disk"].location


def test_nobody_says_where_an_image_lies() -> None:
    """Of server images the API gives neither place nor encryption."""
    found = stores(resource("hcloud:index/snapshot:Snapshot", "image", serverId=1))
    for field in ("location", "encrypted"):
        with pytest.raises(Undecided) as undecided:
            getattr(found["image", "server image"], field)
        assert undecided.value.outcome == "not_observable"
