"""Which AWS services have no region, so that a region pin has to let them through, and no data of shops either.

Source: "Denies access to AWS based on the requested Region" (IAM User Guide) and "Deny access to AWS based on the
requested AWS Region" (Organizations User Guide) for services, Service Authorization Reference for actions, as of
2026-11-23. Those lists exempt more: kms, acm, sts, wafv2 and config have endpoints in every region, and cloudfront
keeps copies of what it serves all over the world. They are holes and stand in no table here.
"""

from __future__ import annotations

from typing import Final

from baseline.estate.patterns import any_covers

GLOBAL_SERVICES: Final = frozenset(
    {
        "account",
        "artifact",
        "aws-marketplace",
        "aws-marketplace-management",
        "aws-portal",
        "billing",
        "budgets",
        "ce",
        "consolidatedbilling",
        "cur",
        "freetier",
        "globalaccelerator",
        "health",
        "iam",
        "invoicing",
        "networkmanager",
        "organizations",
        "payments",
        "pricing",
        "route53",
        "route53-recovery-control-config",
        "route53-recovery-readiness",
        "route53domains",
        "savingsplans",
        "shield",
        "support",
        "supportplans",
        "tax",
        "trustedadvisor",
        "waf",
    }
)
"""Services with one endpoint for all regions that hold names, bills, identities or settings, never what shops send."""

HARMLESS_ACTIONS: Final = (
    "ec2:describeregions",
    "ec2:describetransitgateways",
    "ec2:describevpngateways",
    "s3:getaccountpublicaccessblock",
    "s3:getaccountpublic*",
    "s3:listallmybuckets",
    "s3:listmultiregionaccesspoints",
    "s3:putaccountpublicaccessblock",
    "s3:putaccountpublic*",
    "sts:getcalleridentity",
)
"""Actions of services with regions that list things or concern the whole account, and put no data anywhere."""


def is_global(pattern: str) -> bool:
    """Whether all that a pattern of actions, in lower case, covers is global and holds no data."""
    service, _, _ = pattern.partition(":")
    return service in GLOBAL_SERVICES or any_covers(HARMLESS_ACTIONS, pattern)
