"""Restore tests of AWS Backup: whose backups of which vaults are restored by schedule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from baseline.estate import schedule, schedule_words
from baseline.estate.aws.backup_candidates import Candidate, account_of
from baseline.estate.aws.backup_selections import Selection
from baseline.estate.aws.backup_vaults import Destination
from baseline.estate.aws.places import region_name
from baseline.estate.builder import UNKNOWN, Builder, known, undecided
from baseline.estate.doubt import both, either
from baseline.graph import Resource

PLAN = "aws:backup/restoreTestingPlan:RestoreTestingPlan"
SELECTION = "aws:backup/restoreTestingSelection:RestoreTestingSelection"


class _Test(NamedTuple):
    region: Any
    runs: Any
    kind: Any  # of the resources, in AWS Backup's words
    chosen: Selection
    vaults: Selection


class RestoreTests:
    """All restore tests of a Graph."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        plans = {
            (account_of(builder, plan), str(region_name(builder, plan)), plan.inputs.get("name")): plan
            for plan in builder.of(PLAN)
            if isinstance(plan.inputs.get("name"), str)
        }
        self.tests: dict[str, list[_Test]] = {}  # by account
        for selection in builder.of(SELECTION):
            name = selection.inputs.get("restoreTestingPlanName")
            account, region = account_of(builder, selection), region_name(builder, selection)
            plan = plans.get((account, str(region), name)) if isinstance(name, str) else None
            plan = plan or builder.the_one(name, PLAN)
            if plan is not None:
                self.tests.setdefault(account, []).append(self._test(plan, selection, region))

    @property
    def keys(self) -> set[str]:
        """The tag keys that any of them asks for."""
        return {key for chosen in self._chosen_by() for key in chosen.keys}

    def _test(self, plan: Resource, selection: Resource, region: Any) -> _Test:
        inputs, points = selection.inputs, plan.inputs.get("recoveryPointSelection")
        points = points if isinstance(points, dict) else {"includeVaults": UNKNOWN}
        arns = inputs.get("protectedResourceArns")
        return _Test(
            region,
            _runs(plan),
            inputs.get("protectedResourceType"),
            Selection(
                self.builder, ["*"] if arns is None else arns, None, inputs.get("protectedResourceConditions"), None
            ),
            Selection(self.builder, points.get("includeVaults"), None, None, points.get("excludeVaults")),
        )

    @property
    def ask_for_names(self) -> bool:
        """Whether any of them tells stores apart by name."""
        return any(chosen.asks_for_names for chosen in self._chosen_by())

    def _chosen_by(self) -> Iterator[Selection]:
        return (test.chosen for tests in self.tests.values() for test in tests)

    @cached_property
    def _refer(self) -> bool:
        """Whether any of them names a store by reference."""
        return any(chosen.refers for chosen in self._chosen_by())

    def prove_all(self, covered: Iterable[Candidate], places: Sequence[Destination]) -> Any:
        """Whether backups of each of these stores, in one of these vaults, are restored by schedule; or the doubt."""
        alike = {candidate.handles if self._refer else candidate.profile: candidate for candidate in covered}
        return both(self._prove(candidate, places) for candidate in alike.values())

    def _prove(self, candidate: Candidate, places: Sequence[Destination]) -> Any:
        return either(
            both((test.runs, self._chosen(test, candidate), test.vaults.takes_any((place.handle,))))
            for test in self.tests.get(candidate.account, ())
            for place in places
            if undecided(test.region) or test.region == place.region
        )

    def _chosen(self, test: _Test, candidate: Candidate) -> Any:
        if undecided(test.kind):
            return UNKNOWN
        return test.chosen.takes_any(handle for handle in candidate.handles if handle.kind == test.kind)


def _runs(plan: Resource) -> Any:
    expression = plan.inputs.get("scheduleExpression")
    zone = known(plan.inputs.get("scheduleExpressionTimezone"), "UTC")
    if not isinstance(expression, str) or undecided(zone):
        return UNKNOWN
    try:
        return schedule.longest_gap(schedule_words.aws(expression, zone)) != schedule.NEVER
    except ValueError:
        return False  # AWS refuses it
