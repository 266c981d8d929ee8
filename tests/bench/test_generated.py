"""What is measured is the same wherever and whenever it is generated."""

from pathlib import Path

from baseline.graph import decode
from tests.bench.generated import DEFECTS, write
from tests.recordings import graphs

SIZE = 1500  # more than one copy of every environment


def test_a_graph_is_reproducible(tmp_path: Path) -> None:
    """The same seed gives the same bytes, another seed gives other defects."""
    for name, seed in (("one", 3), ("again", 3), ("other", 4)):
        write(tmp_path / name, graphs(), SIZE, seed=seed)
    one, again, other = ((tmp_path / name).read_bytes() for name in ("one", "again", "other"))
    assert one == again
    assert one != other


def test_copies_are_environments_of_their_own(tmp_path: Path) -> None:
    """Of the wanted number no two resources share a URN, no reference leads outside, and no two copies an account."""
    write(tmp_path / "graph", graphs(), SIZE, defects=0)
    graph = decode((tmp_path / "graph").read_bytes())
    assert len(graph.by_urn) == SIZE
    recorded = [resource for environment in graphs().values() for resource in environment]
    assert [resource.type for resource in graph][: len(recorded)] == [resource.type for resource in recorded]
    parents = {resource.parent for resource in graph.resources[: len(recorded)]} - {""}
    assert parents <= graph.by_urn.keys()
    pins = [tuple(item.inputs["allowedAccountIds"]) for item in graph if item.type == "pulumi:providers:aws"]
    accounts = {pin for item in recorded for pin in item.inputs.get("allowedAccountIds", ())}
    assert len(set(pins)) > len(accounts)


def test_every_defect_can_occur(tmp_path: Path) -> None:
    """Each change is made to a type that the environments have, so that no compared rule is without findings."""
    write(tmp_path / "graph", graphs(), SIZE, defects=0)
    assert DEFECTS.keys() <= {resource.type for resource in decode((tmp_path / "graph").read_bytes())}
