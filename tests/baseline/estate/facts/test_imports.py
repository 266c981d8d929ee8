"""Import ids are spelt as the providers' own documentation spells them, which their SDKs carry."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

from baseline.estate.facts.imports import IMPORT_IDS, SETTINGS, UNIMPORTED, NoImport, import_id
from tests.recordings import graphs

PUT_TOGETHER: Final = {
    f"hcloud:index/{word}"
    for word in (
        *("loadBalancerNetwork:LoadBalancerNetwork", "loadBalancerService:LoadBalancerService"),
        *("networkRoute:NetworkRoute", "networkSubnet:NetworkSubnet", "rdns:Rdns", "serverNetwork:ServerNetwork"),
    )
}
"""Types whose id itself is put together, of the same words in the same order: terraform-provider-hcloud, SetId."""

DEPRECATED: Final = {"hcloud:index/certificate:Certificate"}
"""The old name of UploadedCertificate: the same code serves both, and only the new one is documented."""


@cache
def examples(package: str) -> dict[str, list[str]]:
    """Type -> what its documentation gives as its import ids; empty for a type that says of none."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    found: dict[str, list[str]] = {}
    for path in Path(spec.origin).parent.rglob("*.py"):
        text = path.read_text("utf-8")
        for type_ in re.findall(r"__init__\(\s*'((?:aws|hcloud):[^']+:[A-Z]\w*)',\s*resource_name", text):
            found[type_] = re.findall(rf"\$ pulumi import {type_} \S+ (.+)", text)
    return found


def documented(type_: str) -> list[str]:
    """The examples of a type, without the quotes of a shell."""
    return [each.strip().strip('"') for each in examples(f"pulumi_{type_.partition(':')[0]}")[type_]]


@pytest.mark.parametrize("type_", IMPORT_IDS)
def test_it_is_spelt_as_documented(type_: str) -> None:
    """The words, and what stands between them, in one of the ways that are shown."""
    ways = [re.sub(r"\\\{\w+\\\}", "(.+)", re.escape(way)) for way in IMPORT_IDS[type_]]
    assert any(re.fullmatch(way, example) for way in ways for example in documented(type_)), documented(type_)


def test_no_id_of_hetzner_is_taken_for_whole() -> None:
    """Where documentation puts an import id together, a table says of what, or the id is put together itself."""
    composed = {type_ for type_ in examples("pulumi_hcloud") if any(each.count("$") > 1 for each in documented(type_))}
    assert len(composed) > 8
    assert composed - IMPORT_IDS.keys() == PUT_TOGETHER


def test_what_cannot_be_imported_is_known() -> None:
    """Documentation shows an import of each type of Hetzner's and each that is registered, or a table says of none."""
    registered = {item.type for graph in graphs().values() for item in graph if item.custom}
    types = examples("pulumi_hcloud").keys() - DEPRECATED | {type_ for type_ in registered if type_.startswith("aws:")}
    assert {type_ for type_ in types if not documented(type_)} <= SETTINGS | UNIMPORTED
    for type_ in SETTINGS | UNIMPORTED:
        assert documented(type_) == []
        with pytest.raises(NoImport):
            import_id(type_, "id-1", {"zone": "example.com", "name": "www", "type": "A"})


def test_a_record_set_is_called_by_its_zone() -> None:
    """Its id says no zone: alone it would be read as the record set `A` of a zone `www`."""
    type_ = "hcloud:index/zoneRrset:ZoneRrset"
    said = {"zone": "example.com", "name": "www", "type": "A"}
    assert import_id(type_, "www/A", said) == "example.com/www/A"
    with pytest.raises(NoImport):
        import_id(type_, "www/A", {})
    assert import_id("hcloud:index/storageBoxSnapshot:StorageBoxSnapshot", "5", {"storageBoxId": 7.0}) == "7/5"
