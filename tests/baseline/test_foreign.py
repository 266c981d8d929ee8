"""Texts that nobody sane writes: they come to a value or to a refusal, soon, and never to a traceback."""

from __future__ import annotations

from typing import Any

import pytest

from baseline import foreign
from baseline.estate.build import build
from baseline.estate.terms import Terms
from baseline.graph import SECRET, UNKNOWN
from baseline.judge import judge
from baseline.rule import all_rules
from baseline.sources import preview, state
from baseline.sources.project import BadInput
from baseline.sources.sites import Sites
from baseline.sources.wire import UNKNOWN_TEXT
from tests.baseline.sources import documents
from tests.baseline.sources.documents import record

DEEP = "[" * 100_000
DEEPISH = "[" * 500 + "]" * 500
LONG = "9" * 5000
BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
MERGED = "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
ITSELF = "a: &a [*a]\n"
NUMBERS = {"²": None, "٣": None, LONG: None, "0" * 5000 + "7": 7, "-1": None, "1e3": None, "": None}
TERMS = Terms(stack="dev", allowed_countries=frozenset({"DE"}), account="123456789012")


@pytest.mark.parametrize(("text", "number"), list(NUMBERS.items()))
def test_a_whole_number(text: str, number: int | None) -> None:
    """Plain digits and nothing else, however many zeros stand before them."""
    assert foreign.whole(text) == number
    assert foreign.whole("16", 16) == 16
    assert foreign.whole("17", 16) is None


@pytest.mark.parametrize("text", [DEEP, DEEPISH, "{", "", "NaN", LONG, '{"a":' * 200 + "1" + "}" * 200])
def test_what_is_no_json_to_read(text: str) -> None:
    """One kind of exception, whatever it is."""
    with pytest.raises(ValueError):  # noqa: PT011 (the library's own words)
        foreign.json(text)


ODD = ("!!int ''", "!!float ''", "!!timestamp x", "!!bool x", "!!binary é", "2024-99-99", "? [a]\n: b", f"a: {LONG}")


@pytest.mark.parametrize(
    "text", [BOMB, MERGED, ITSELF, DEEP, DEEPISH, *ODD[:5], ODD[5], "a: b: c", f"x: [{'a,' * 200_000}]"]
)
def test_what_is_no_yaml_to_read(text: str) -> None:
    """Neither bombs, nor values that its tags do not fit."""
    with pytest.raises(ValueError):  # noqa: PT011 (the library's own words)
        foreign.yaml(text)


def test_what_is_yaml_to_read() -> None:
    """Aliases are fine where they are few, and so is an ampersand that is no anchor."""
    assert foreign.yaml("a: &x [1]\nb: *x\nc: true && false\n") == {"a": [1], "b": [1], "c": "true && false"}


def verdict(content: bytes) -> str:
    """What comes of a state."""
    found = judge(build(state.graph("state.json", content, Sites()), TERMS), all_rules())
    return " ".join(sorted({f"{finding.outcome}:{finding.rule}" for finding in found.findings}))


def server(data: str) -> dict[str, Any]:
    """A host that boots with this."""
    return record("hcloud:index/server:Server", "web", "41", inputs={"location": "fsn1", "userData": data})


def script(path: str, text: str) -> dict[str, Any]:
    """A host with one file."""
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    return server(f"#cloud-config\nwrite_files:\n- path: {path}\n  content: |\n{lines}")


NESTED_MAIL = "Content-Type: multipart/mixed; boundary=b0\n\n" + "".join(
    f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(3000)
)
TIMER = "[Timer]\nOnBootSec=1\nOnUnitActiveSec={0}\nRandomizedDelaySec={0}\n[Unit]\nX=1\n"
HOSTILE: dict[str, dict[str, Any]] = {
    "a line of source": record("aws:x/y:Z", "x", stackTrace=[{"sourcePosition": "project:///a.py#²"}]),
    "a long line": record("aws:x/y:Z", "x", stackTrace=[{"sourcePosition": f"project:///a.py#{LONG}"}]),
    "an engine": record("aws:rds/instance:Instance", "x", inputs={"engine": "postgres", "engineVersion": "²"}),
    "a long engine": record("aws:rds/instance:Instance", "x", inputs={"engine": "postgres", "engineVersion": LONG}),
    "a policy": record("aws:kms/key:Key", "x", inputs={"policy": DEEP}),
    "a policy of some depth": record("aws:kms/key:Key", "x", inputs={"policy": DEEPISH}),
    "a pattern": record("aws:cloudwatch/eventRule:EventRule", "x", inputs={"eventPattern": DEEP}),
    "a pattern of some depth": record(
        "aws:cloudwatch/eventRule:EventRule", "x", inputs={"eventPattern": '{"a":' * 400 + "1" + "}" * 400}
    ),
    "a configuration": record(
        "aws:emr/securityConfiguration:SecurityConfiguration", "x", inputs={"configuration": DEEP}
    ),
    "a job": record("aws:batch/jobDefinition:JobDefinition", "x", inputs={"containerProperties": DEEP}),
    "a network policy": record(
        "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
        "x",
        inputs={"type": "network", "policy": DEEP},
    ),
    "a key policy": record(
        "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
        "x",
        inputs={"type": "encryption", "policy": DEEP},
    ),
    "a provider": record("pulumi:providers:aws", "other", "2", inputs={"region": "eu-central-1", "defaultTags": DEEP}),
    "a bomb": server(f"#cloud-config\n{BOMB}runcmd: *a39\n"),
    "a bomb of merges": server(f"#cloud-config\n{MERGED}"),
    "a list of itself": server("#cloud-config\nruncmd: &a [*a]\n"),
    "a deep document": server("#cloud-config\n" + DEEP),
    "a deep message": server(NESTED_MAIL),
    "a deep list of variables": server('{"value": ' + DEEP),
    "a tag that does not fit": server("#cloud-config\nruncmd: !!int ''\n"),
    "a rate": record(
        "aws:backup/plan:Plan", "x", inputs={"rules": [{"targetVaultName": "v", "schedule": f"rate({LONG} days)"}]}
    ),
    "a long rate": record(
        "aws:backup/plan:Plan", "x", inputs={"rules": [{"targetVaultName": "v", "schedule": "rate(999999999 days)"}]}
    ),
    "a cron": record(
        "aws:backup/plan:Plan", "x", inputs={"rules": [{"targetVaultName": "v", "schedule": f"cron({LONG} ² * * ? *)"}]}
    ),
    "a prefix": record(
        "hcloud:index/firewall:Firewall",
        "x",
        inputs={"rules": [{"direction": "in", "protocol": "tcp", "port": LONG, "sourceIps": [f"1.2.3.4/{LONG}"]}]},
    ),
    "a port of a beanstalk": record(
        "aws:elasticbeanstalk/environment:Environment",
        "x",
        inputs={"settings": [{"namespace": f"aws:elbv2:listener:{LONG}", "name": "Protocol", "value": "HTTP"}]},
    ),
    "a port of nginx": script("/etc/nginx/conf.d/a.conf", f"server {{ listen {LONG}; }}"),
    "a port of postgresql": script("/etc/postgresql/15/main/conf.d/a.conf", f"listen_addresses = '*'\nport = {LONG}\n"),
    "days of logs": script("/etc/logrotate.d/nginx", f"/var/log/nginx/*.log {{\n  daily\n  rotate {LONG}\n}}"),
    "a journal": script(
        "/etc/systemd/journald.conf.d/a.conf",
        f"[Journal]\nMaxRetentionSec=90day\nSystemMaxFiles={LONG}\nSystemMaxUse={LONG}G\nMaxFileSec={LONG}day\n",
    ),
    "a timer": script("/etc/systemd/system/a.timer", TIMER.format(LONG)),
    "a long timer": script("/etc/systemd/system/a.timer", TIMER.format("9" * 12)),
    "a certificate": script("/usr/local/bin/a", f"#!/bin/sh\nopenssl req -x509 -days {LONG} -checkend {LONG}\n"),
    "a long certificate": script("/usr/local/bin/a", f"#!/bin/sh\nopenssl req -x509 -days {'9' * 9}\nx -checkend ²\n"),
}


@pytest.mark.parametrize("item", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_judged(item: dict[str, Any]) -> None:
    """A verdict comes of it, and never a clean one: a violating neighbour is found all the same."""
    open_ = {"direction": "in", "protocol": "tcp", "port": "22", "sourceIps": ["0.0.0.0/0"]}
    wall = record("hcloud:index/firewall:Firewall", "open", "7", inputs={"rules": [open_]})
    found = verdict(documents.state(item, wall))
    assert "fail:administration_port_open_beyond_declared_networks" in found


@pytest.mark.parametrize(
    "name", ["a policy", "a policy of some depth", "a bomb", "a bomb of merges", "a deep document"]
)
def test_what_cannot_be_read_is_unknown(name: str) -> None:
    """Not clean: the document may say anything."""
    item = HOSTILE[name]
    item = {**item, "inputs": {**item["inputs"], "enableKeyRotation": True}}
    assert "unknown:" in verdict(documents.state(item))


@pytest.mark.parametrize("levels", [101, 300, 900, 100_000])
def test_inputs_without_end_are_refused(levels: int) -> None:
    """One message with the name of the file: every walk over inputs has its bound."""
    content = documents.state(record("aws:x/y:Z", "x", inputs={"a": "DEEP"}))
    shown = documents.preview(documents.step("create", new=record("aws:x/y:Z", "x", inputs={"a": "DEEP"})))
    deep = (b"[" * levels) + (b"]" * levels)
    for source, text in ((state, content), (preview, shown)):
        with pytest.raises(BadInput, match=r"^file: is nested deeper"):
            source.graph("file", text.replace(b'"DEEP"', deep), Sites())


def test_a_secret_inside_a_text_of_a_provider_is_none_to_see() -> None:
    """Providers take JSON inside strings; what is marked there is as secret as anywhere."""
    secret = '{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","value":"canary"}'
    cloud = record("pulumi:providers:aws", "other", "2", inputs={"assumeRoles": f'[{{"externalId":{secret}}}]'})
    graph = state.graph("state.json", documents.state(cloud), Sites())
    (found,) = (item for item in graph if item.name == "other")
    assert found.inputs["assumeRoles"][0]["externalId"] is SECRET
    assert "canary" not in repr(graph)


def test_a_text_of_a_provider_with_an_unknown_inside_is_unknown() -> None:
    """What only deployment decides may be any part of it."""
    cloud = record("pulumi:providers:aws", "other", "2", inputs={"allowedAccountIds": f'["{UNKNOWN_TEXT}"]'})
    graph = state.graph("state.json", documents.state(cloud), Sites())
    assert graph.by_urn[cloud["urn"]].inputs["allowedAccountIds"] is UNKNOWN
