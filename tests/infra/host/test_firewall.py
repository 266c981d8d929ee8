"""The host's own packet filter."""

import pytest

from infra.host.facts import Role
from infra.host.firewall import ruleset
from tests.infra.host.documents import SHOPS, facts


def chain(text: str, name: str) -> list[str]:
    """The lines of one chain."""
    body = text.split(f"chain {name} {{", 1)[1].split("\n  }", 1)[0]
    return [line.strip() for line in body.splitlines() if line.strip()]


@pytest.mark.parametrize("role", ["app", "database"])
@pytest.mark.parametrize("name", ["input", "forward", "output"])
def test_what_nobody_declared_is_dropped(role: Role, name: str) -> None:
    """In every direction."""
    assert chain(ruleset(facts(role)), name)[0].endswith("policy drop;")


def test_an_app_host_answers_the_balancer_alone() -> None:
    """Besides administration nothing but the balancer's subnets may open a connection, and to the edge only."""
    accepted = [line for line in chain(ruleset(facts("app")), "input") if "dport" in line]
    assert accepted == [
        "ip saddr { 203.0.113.0/28 } tcp dport 22 accept",
        "ip6 saddr { 2001:db8::/48 } tcp dport 22 accept",
        "ip saddr 10.1.0.0/17 ip daddr 10.1.128.16 tcp dport 443 accept",
    ]


def test_a_database_host_answers_hosts_alone() -> None:
    """On its private address, and not the balancer."""
    accepted = [line for line in chain(ruleset(facts("database", admin_networks=())), "input") if "dport" in line]
    assert accepted == ["ip saddr 10.1.128.0/17 ip daddr 10.1.128.8 tcp dport 5432 accept"]


def test_a_flow_to_anyone_reaches_no_private_address() -> None:
    """Private ranges and link-local addresses are dropped before it; what is declared narrowly comes before that."""
    out = chain(ruleset(facts("app")), "output")
    (drop,) = [index for index, line in enumerate(out) if line.startswith("ip daddr") and line.endswith("drop")]
    assert "169.254.0.0/16" in out[drop]
    wide = [index for index, line in enumerate(out) if 'comment "shops"' in line]
    narrow = [index for index, line in enumerate(out) if 'comment "names"' in line or "5432" in line]
    assert max(narrow) < drop < min(wide)


def test_the_metadata_address_is_for_root_alone() -> None:
    """It answers with user data, and on AWS with credentials."""
    (line,) = [line for line in chain(ruleset(facts("app")), "output") if "169.254.169.254" in line]
    assert line == "meta skuid root ip daddr 169.254.169.254 tcp dport 80 accept"


def test_a_database_host_reaches_no_one_at_large() -> None:
    """Without a flow to anyone no rule names a whole address family."""
    assert "0.0.0.0/0" not in ruleset(facts("database"))


def test_what_is_no_flow_is_refused() -> None:
    """A comment that could end its rule, a port that is none and an empty list are told at once."""
    with pytest.raises(ValueError, match=r"flow: to: names no network; port 0: .*; why '\"; drop'"):
        type(SHOPS)(to=(), protocol="tcp", port=0, why='"; drop')
