"""Messages that say which link of a chain is missing, so that nobody has to search for it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from baseline.estate.build import build
from baseline.judge import judge
from baseline.rule import Example, Rule, all_rules, aws_provider, example, ref, resource


def said(rule: str, case: Example) -> list[str]:
    """What a rule says of an example."""
    chosen = tuple(each for each in all_rules() if each.id == rule)
    return [finding.message for finding in judge(build(case.graph, case.terms), chosen).findings]


def test_a_plan_that_is_not_daily_is_named_with_its_rule_and_schedule() -> None:
    """Which of a plan's rules leaves days out stands in the message."""
    rules: list[Any] = [{"ruleName": "work", "targetVaultName": "vault", "schedule": "cron(0 5 ? * MON-FRI *)"}]
    plan = resource("aws:backup/plan:Plan", "plan", rules=rules)
    everything = resource("aws:backup/selection:Selection", "all", planId=ref(plan), resources=["*"])
    data = resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1a")
    (message,) = said("store_without_daily_backup", example("", aws_provider(), data, plan, everything))
    assert "plan does not run every day: rule work runs by cron(0 5 ? * MON-FRI *) (UTC)" in message


def test_a_timer_that_is_not_daily_is_named_with_its_calendar() -> None:
    """So does the timer of a host."""
    document = """#cloud-config
write_files:
  - {path: /etc/systemd/system/backup.timer, content: "[Timer]\\nOnCalendar=Mon..Fri 04:00\\n"}
  - {path: /etc/systemd/system/backup.service, content: "[Service]\\nEnvironment=DESTINATION=sftp://x/\\n"}
runcmd: [systemctl enable --now backup.timer]
"""
    server = resource("hcloud:index/server:Server", "app", location="fsn1", userData=document)
    disk = resource("hcloud:index/volume:Volume", "data", location="fsn1", serverId=ref(server))
    messages = said("store_without_daily_backup", example("", server, disk))
    assert any("backup.timer runs by OnCalendar=Mon..Fri 04:00" in message for message in messages)


_TWICE = re.compile(r"\b(a|an|and|by|for|from|in|is|not|of|on|or|that|the|to|with) \1\b")  # no names


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_messages_read_well(rule: Rule) -> None:
    """No message says a word twice, where what fills it ends as the sentence goes on."""
    messages = [message for case in rule.examples for message in said(rule.id, case)]
    assert [message for message in messages if _TWICE.search(message)] == []


_READ = ["topic", "policy", "rule", "target", "reader"]


@pytest.mark.parametrize(
    ("parts", "changed", "missing"),
    [
        (["topic", "policy", "target", "reader"], {}, "no event rule there takes its findings"),
        (_READ, {"eventPattern": '{"source": ["aws.backup"]}'}, "no event rule there takes its findings"),
        (_READ, {"state": "DISABLED"}, "event rule findings is off"),
        (_READ, {"eventBusName": "orders"}, "event rule findings is on a bus that gets no findings"),
        (["topic", "policy", "rule", "reader"], {}, "event rule findings has no target"),
        (["topic", "rule", "target", "reader"], {}, "the policy of topic alarm does not let EventBridge publish"),
        (["topic", "policy", "rule", "target"], {}, "nobody reads topic alarm"),
    ],
)
def test_the_missing_link_of_a_route_is_named(parts: list[str], changed: dict[str, Any], missing: str) -> None:
    """From the event rule to the reader, whichever link it is."""
    topic = resource("aws:sns/topic:Topic", "alarm", name="alarm")
    publishes = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish"}
    rule: dict[str, Any] = {"name": "findings", "eventPattern": '{"source": ["aws.guardduty"]}', **changed}
    chain = {
        "topic": topic,
        "policy": resource(
            "aws:sns/topicPolicy:TopicPolicy",
            "policy",
            arn=ref(topic),
            policy=json.dumps({"Version": "2012-10-17", "Statement": [{**publishes, "Resource": "*"}]}),
        ),
        "rule": resource("aws:cloudwatch/eventRule:EventRule", "findings", **rule),
        "target": resource("aws:cloudwatch/eventTarget:EventTarget", "target", rule="findings", arn=ref(topic)),
        "reader": resource(
            "aws:sns/topicSubscription:TopicSubscription", "reader", topic=ref(topic), protocol="email", endpoint="a@b"
        ),
    }
    watch = resource("aws:guardduty/detector:Detector", "watch")
    (message,) = said("finding_routed_to_nobody", example("", aws_provider(), watch, *map(chain.__getitem__, parts)))
    assert message == f"nobody is told what GuardDuty watch finds in eu-central-1: {missing}"
