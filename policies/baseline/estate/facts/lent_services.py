"""AWS's services as principals of policies, and the one of them that says its account by the path that it writes to.

Source: IAM User Guide, "The confused deputy problem"; Application Load Balancer guide, "Enable access logs" (its policy
names the account in the path, and no prefix may hold `AWSLogs`), as of 2026-11-23.
"""

from __future__ import annotations

import re
from typing import Final

from baseline.estate.facts.locations import AWS_DNS_SUFFIXES

_SUFFIXES: Final = tuple({f".{suffix}" for suffix in AWS_DNS_SUFFIXES.values()})

WRITES_BY_ACCOUNT: Final = "logdelivery.elasticloadbalancing.amazonaws.com"
"""Writes only below `AWSLogs/` and the account whose balancer it is, and sends no `aws:SourceArn` for certain."""

OWN_PATH: Final = re.compile(r"(?:^|/)AWSLogs/\d{12}/")


def is_service(principal: str) -> bool:
    """Whether a principal is a service of AWS: `sns.amazonaws.com`, `logs.eu-central-1.amazonaws.com`."""
    return ":" not in principal and principal.endswith(_SUFFIXES)
