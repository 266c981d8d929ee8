"""An unwatched region is where an intruder works."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Region
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Region,
    clauses=("5.3.1 3)", "5.5"),
    remedy="Add an enabled GuardDuty detector in the region: it is regional, and one region's sees nothing of another.",
)
def detector_off_in_region(region: Region, _: Estate) -> Iterator[Problem]:
    """A region in use has no detector.

    A region that only holds copies is the place where stolen credentials are tried unseen. Every region that a provider
    or a resource names counts.
    """
    if not region.detector:
        yield Problem(f"nothing notices a breach in {region.location.name}: no GuardDuty detector is enabled there")


_DETECTOR = "aws:guardduty/detector:Detector"

EXAMPLES = (
    example("one in the region", aws_provider(), resource(_DETECTOR, "watch")),
    example("none", aws_provider(), fails("aws", "region")),
    example("disabled", aws_provider(), resource(_DETECTOR, "watch", enable=False), fails("aws", "region")),
    example(
        "the region of the copies has none",
        aws_provider(),
        aws_provider("eu-west-1", "far"),
        resource(_DETECTOR, "watch"),
        fails("far", "region"),
    ),
    example(
        "each region has its own",
        aws_provider(),
        aws_provider("eu-west-1", "far"),
        resource(_DETECTOR, "watch"),
        resource(_DETECTOR, "watch-far", region="eu-west-1"),
    ),
    example(
        "only deployment knows whether it is on",
        aws_provider(),
        resource(_DETECTOR, "watch", enable=UNKNOWN),
        unknown("aws", "region"),
    ),
)
