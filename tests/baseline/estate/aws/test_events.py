"""Event patterns: which of them take what GuardDuty finds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baseline.estate.aws.events import takes_findings
from baseline.graph import UNKNOWN

FINDINGS = {"source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"]}


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [
        (FINDINGS, True),
        ({"source": ["aws.backup", "aws.guardduty"]}, True),
        ({"source": [{"wildcard": "aws.*duty"}]}, True),
        ({"source": [{"anything-but": ["aws.ec2"]}]}, True),
        ({"source": [{"anything-but": {"prefix": "aws."}}]}, False),
        ({"source": [{"exists": False}]}, False),
        ({"$or": [{"source": ["aws.ec2"]}, {"source": ["aws.guardduty"]}]}, True),
        ({**FINDINGS, "detail": {"severity": [{"numeric": [">=", 4]}]}}, True),
        ({**FINDINGS, "detail": {"severity": [{"numeric": [">", 7]}]}}, False),
        ({**FINDINGS, "detail": {"severity": [7, 8, 8.9]}}, True),
        ({**FINDINGS, "detail": {"severity": [8]}}, False),
        ({**FINDINGS, "detail": {"type": [{"prefix": "Backdoor"}]}}, False),
        ({**FINDINGS, "detail": {"type": [{"anything-but": "Recon:EC2/Portscan"}]}}, UNKNOWN),
        ({**FINDINGS, "account": ["123456789012"]}, UNKNOWN),
        ({"source": [{"new-operator": "aws"}]}, UNKNOWN),
    ],
)
def test_a_pattern_is_evaluated_on_what_a_high_finding_looks_like(pattern: dict[str, Any], answer: Any) -> None:
    """A pattern for some findings only, or for other services, tells nobody of the rest."""
    assert takes_findings(json.dumps(pattern)) is answer


def test_what_is_no_pattern_takes_nothing() -> None:
    """A rule without a pattern is a schedule, and AWS refuses text that is no JSON."""
    assert takes_findings(None) is False
    assert takes_findings("{") is False
