"""Hosts whose user data no source shows, as after an import: nobody knows what they run."""

from __future__ import annotations

import msgspec
import pytest

from baseline.estate.build import build
from baseline.graph import Resource
from baseline.judge import judge
from baseline.rule import all_rules, aws_provider, example, ref, resource

NETWORK = resource("hcloud:index/network:Network", "network", ipRange="10.0.0.0/16")
SERVER = resource(
    "hcloud:index/server:Server", "app", location="fsn1", networks=[{"networkId": ref(NETWORK), "ip": "10.0.0.3"}]
)
DATA = resource("hcloud:index/volume:Volume", "data", location="fsn1", serverId=ref(SERVER))
ASKED = {
    *("data_disk_without_host_encryption", "private_interface_unfiltered", "store_without_daily_backup"),
    *("password_or_root_login", "tls_below_256_bits", "certificate_not_renewed_in_time"),
}
"""Rules that ask what a host runs."""


def outcomes(*resources: Resource) -> dict[str, set[str]]:
    """What the rules about hosts find, by rule."""
    case = example("", NETWORK, *resources)
    found: dict[str, set[str]] = {}
    for finding in judge(build(case.graph, case.terms), all_rules()).findings:
        if finding.rule in ASKED:
            found.setdefault(finding.rule, set()).add(finding.outcome)
    return found


def ignoring(*paths: str, **inputs: object) -> Resource:
    """The server, of which changes at these paths are ignored."""
    return msgspec.structs.replace(SERVER, inputs={**SERVER.inputs, **inputs}, ignore_changes=paths)


@pytest.mark.parametrize("ignored", ["userData", "*"])
def test_what_an_import_could_not_read_back_is_not_observable(ignored: str) -> None:
    """Neither a pass nor a failure: the program has user data that nobody shows; null in a state is absent."""
    assert outcomes(ignoring("image", ignored), DATA) == {rule: {"not_observable"} for rule in ASKED}
    assert outcomes(ignoring("image", ignored, userData=None), DATA) == {rule: {"not_observable"} for rule in ASKED}


def test_a_host_without_user_data_fails() -> None:
    """Where a change of it would be seen, there is none: nothing encrypts, filters or backs up."""
    found = outcomes(ignoring("image"), DATA)
    assert {rule for rule, said in found.items() if said == {"fail"}} >= {
        *("data_disk_without_host_encryption", "private_interface_unfiltered", "store_without_daily_backup"),
    }


def test_user_data_that_is_seen_is_read() -> None:
    """What is ignored is only that it changes."""
    found = outcomes(ignoring("userData", userData="#cloud-config\npackages: [nginx]\n"), DATA)
    assert found["private_interface_unfiltered"] == {"fail"}


def test_an_instance_of_aws_as_well() -> None:
    """Its user data may stand in either of two inputs."""
    plain = resource("aws:ec2/instance:Instance", "app", ami="ami-1")
    for ignored in ("userData", "userDataBase64"):
        unseen = msgspec.structs.replace(plain, ignore_changes=(ignored,))
        assert outcomes(aws_provider(), unseen)["password_or_root_login"] == {"not_observable"}
