"""One account in one region: what an ARN is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTITIONS = {
    r"(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d": "aws",
    r"cn-\w+-\d": "aws-cn",
    r"us-gov-\w+-\d": "aws-us-gov",
    r"eusc-de-\w+-\d": "aws-eusc",
}
"""Region expression to partition, as in botocore's partitions.json (as of 2026-11-23)."""


def partition_of(region: str) -> str:
    """The partition that an ARN in a region starts with; ValueError for a region of no known partition."""
    for expression, partition in _PARTITIONS.items():
        if re.fullmatch(expression, region):
            return partition
    raise ValueError(f"region {region!r}: in no known AWS partition")


@dataclass(frozen=True, kw_only=True)
class Place:
    """An account (12 digits) and a region; ValueError when either is malformed."""

    account: str
    region: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{12}", self.account):
            raise ValueError(f"account {self.account!r}: wanted 12 digits")
        partition_of(self.region)

    @property
    def root(self) -> str:
        """The account as a principal: access is then decided by the account's own IAM policies."""
        return self.arn("iam", "root", region="")

    def arn(self, service: str, resource: str, *, region: str | None = None, account: str | None = None) -> str:
        """The ARN of a resource here; `region=""` for a global service, `account=""` where ARNs have none."""
        where = self.region if region is None else region
        whose = self.account if account is None else account
        return f"arn:{partition_of(self.region)}:{service}:{where}:{whose}:{resource}"
