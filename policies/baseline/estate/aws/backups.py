"""AWS Backup: what each rule of each plan really copies, how often, where to and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from baseline.estate import schedule, schedule_words
from baseline.estate.aws.backup_candidates import Candidate, Shelf, account_of, candidates
from baseline.estate.aws.backup_selections import Selection
from baseline.estate.aws.backup_vaults import Destination, Vaults
from baseline.estate.aws.places import region_name
from baseline.estate.aws.restore_tests import RestoreTests
from baseline.estate.builder import UNKNOWN, Builder, items, known, number, text, undecided
from baseline.estate.doubt import both, field_of, negated
from baseline.estate.nouns import Backup, Copy, Vault
from baseline.graph import Resource, unknown_because

PLAN = "aws:backup/plan:Plan"
SELECTION = "aws:backup/selection:Selection"

# Where the source is not encrypted, neither are its backups in the region: all other kinds are encrypted by the vault
# (AWS Backup Developer Guide, "Encryption for backups", read 2026-11-23).
_ENCRYPTED_AS_SOURCE = frozenset(
    {
        *("Aurora", "DocumentDB", "EBS", "EC2", "Neptune", "RDS"),
        *("EKS", "Redshift", "Redshift Serverless", "Storage Gateway"),
    }
)

# Backups of a rule without a schedule (API reference, BackupRuleInput), and minutes to start one (BackupRule).
_SCHEDULE, _START_MINUTES = "cron(0 5 ? * * *)", 480
_DAY_MINUTES = 24 * 60

_NOT_SEEN = unknown_because("is not known: the vault is none that is certainly of this program")


def read(builder: Builder) -> None:
    """Vaults, and a Backup for each rule of each plan."""
    vaults = Vaults(builder)
    vaults.add()
    _Plans(builder, vaults).read()


class _Plans:
    """What all plans are read with: what could be backed up, and which selections are whose."""

    def __init__(self, builder: Builder, vaults: Vaults) -> None:
        self.builder = builder
        self.vaults = vaults
        self.tests = RestoreTests(builder)
        self.plans = builder.of(PLAN)
        self.selections = [(item, Selection.of(builder, item)) for item in builder.of(SELECTION)]
        keys = {key for _, selection in self.selections for key in selection.keys} | self.tests.keys
        by_name = self.tests.ask_for_names or any(selection.asks_for_names for _, selection in self.selections)
        self.by_account: dict[str, dict[Any, Shelf]] = {}
        for candidate in candidates(builder, keys, by_name=by_name) if self.plans else ():
            self.by_account.setdefault(candidate.account, {}).setdefault(candidate.region, Shelf()).add(candidate)

    def read(self) -> None:
        chosen: dict[str, list[tuple[Resource, Selection, bool]]] = {}
        for item, selection in self.selections:
            found = self.builder.referred(item.inputs.get("planId"), PLAN)
            for plan in found or self.plans:
                chosen.setdefault(plan.urn, []).append((item, selection, len(found) == 1))
        for plan in self.plans:
            covered, perhaps = self._coverage(chosen.get(plan.urn, ()))
            rules = plan.inputs.get("rules")
            for index, rule in enumerate(rules if isinstance(rules, list) else [rules]):
                path = f"rules.{index}" if isinstance(rules, list) else "rules"
                self._rule(plan, path, rule if isinstance(rule, dict) else None, covered, perhaps)

    def _coverage(
        self, selections: Iterable[tuple[Resource, Selection, bool]]
    ) -> tuple[list[Candidate], list[Candidate]]:
        certain: dict[int, Candidate] = {}
        doubtful: dict[int, Candidate] = {}
        for item, selection, sure in selections:
            account, region = account_of(self.builder, item), region_name(self.builder, item)
            for place, shelf in self.by_account.get(account, {}).items():
                known_places = not undecided(region) and not undecided(place)
                if known_places and place != region:
                    continue
                for takes, alike in selection.sort(shelf):
                    found = certain if takes is True and sure and known_places else doubtful
                    found.update((id(candidate), candidate) for candidate in alike)
        return list(certain.values()), [item for key, item in doubtful.items() if key not in certain]

    def _rule(
        self,
        plan: Resource,
        path: str,
        rule: dict[str, Any] | None,
        covered: Sequence[Candidate],
        perhaps: Sequence[Candidate],
    ) -> None:
        said = {"daily": UNKNOWN, "location": UNKNOWN, "locations": UNKNOWN, "encrypted": UNKNOWN}
        said |= {"keep_at_least": UNKNOWN, "keep_at_most": UNKNOWN, "restore_tested": UNKNOWN}
        if rule is not None:
            said = self._said(plan, path, rule, covered, perhaps)
        self.builder.add(
            Backup(
                origin=plan,
                path=path,
                provider="aws",
                kind="backup plan",
                stores=tuple(candidate.store for candidate in covered),
                perhaps=tuple(candidate.store for candidate in perhaps),
                **said,
            )
        )

    def _said(
        self,
        plan: Resource,
        path: str,
        rule: dict[str, Any],
        covered: Sequence[Candidate],
        perhaps: Sequence[Candidate],
    ) -> dict[str, Any]:
        home = self.vaults.destination(rule.get("targetVaultName"), plan)._replace(
            region=region_name(self.builder, plan)
        )
        self._foreign(plan, f"{path}.targetVaultName", home)
        days = _days(rule)
        kept, places = [days], [home]
        actions = rule.get("copyActions")
        for index, action in enumerate(actions if isinstance(actions, list) else [] if actions is None else [actions]):
            there = self._copy(plan, f"{path}.copyActions.{index}", action)
            kept.append(_days(action))
            refused = self.vaults.refuses(there.vault, kept[-1])
            if undecided(refused):
                places.append(there._replace(region=refused))  # whether anything ever comes there is not certain
            elif not refused:
                places.append(there)
        locations = tuple(destination.location for destination in places)
        tested = self.tests.prove_all(covered, places), _doubted(self.tests.prove_all(perhaps, places))
        return {
            "daily": self._daily(plan, rule),
            "location": locations[0],
            "locations": next((item for item in locations if undecided(item)), locations),
            "encrypted": both((*map(_encrypted, covered), _doubted(both(map(_encrypted, perhaps))))),
            "keep_at_least": _least(kept),
            "keep_at_most": _most(kept),
            "restore_tested": both(tested),
            "refused": _NOT_SEEN if home.vault is None else self.vaults.refuses(home.vault, days),
            "schedule": _words(rule),
        }

    def _daily(self, plan: Resource, rule: dict[str, Any]) -> Any:
        """Whether a backup begins every day: by the rule, or together with others of the plan that fill its vault."""
        alone = _daily([rule])
        if alone is not False:
            return alone
        name = rule.get("targetVaultName")
        vault = self.vaults.destination(name, plan).vault
        together = [
            other
            for other in items(plan.inputs.get("rules"))
            if isinstance(other, dict) and other.get("targetVaultName") == name and not undecided(other.get("schedule"))
        ]
        refusals = [self.vaults.refuses(vault, _days(other)) for other in together]
        taken = [other for other, why in zip(together, refusals, strict=True) if undecided(why) or not why]
        return both((_daily(taken), *(negated(why) for why in refusals if undecided(why))))

    def _foreign(self, plan: Resource, path: str, there: Destination) -> None:
        """A vault that is not in this program is one nevertheless, and nobody sees its lock."""
        if there.vault is None:
            self.builder.add(Vault(origin=plan, path=path, name=plan.name, location=there.location, lock=_NOT_SEEN))

    def _copy(self, plan: Resource, path: str, action: Any) -> Destination:
        value = action.get("destinationVaultArn") if isinstance(action, dict) else action
        value = UNKNOWN if isinstance(value, str) and not value.startswith("arn:") else value
        there = self.vaults.destination(value, plan)
        path = f"{path}.destinationVaultArn" if isinstance(action, dict) else path
        self._foreign(plan, path, there)
        self.builder.add(
            Copy(
                origin=plan,
                path=path,
                what="copy of backups",
                location=there.location,
            )
        )
        return there


def _days(rule: Any) -> Any:
    """Days for which a backup or copy is kept, None for ever: so it is without a lifecycle."""
    lifecycle = rule.get("lifecycle") if isinstance(rule, dict) else rule
    days = lifecycle.get("deleteAfter") if isinstance(lifecycle, dict) else lifecycle
    days = number(days)
    return days if undecided(days) else days or None


def _least(kept: Sequence[Any]) -> Any:
    doubt = next((days for days in kept if undecided(days)), None)
    return doubt if doubt is not None else min((days for days in kept if days is not None), default=None)


def _most(kept: Sequence[Any]) -> Any:
    if None in kept:
        return None
    doubt = next((days for days in kept if undecided(days)), None)
    return doubt if doubt is not None else max(kept)


def _daily(rules: Sequence[dict[str, Any]]) -> Any:
    """Whether a backup begins every day: by the schedules, and in time to be over before the next."""
    runs = []
    for rule in rules:
        expression, zone, minutes = _timing(rule)
        doubt = next((value for value in (expression, zone, minutes) if undecided(value)), None)
        if doubt is not None:
            return doubt
        try:
            runs += [schedule_words.aws(expression, zone)] if minutes < _DAY_MINUTES else []
        except ValueError as error:
            return unknown_because(f"cannot be told from the schedule: {error}")
    return schedule.is_daily(*runs)


def _timing(rule: dict[str, Any]) -> tuple[Any, Any, Any]:
    """The schedule of a rule, its time zone, and the minutes within which a backup starts."""
    return (
        text(known(rule.get("schedule"), _SCHEDULE)),
        text(known(rule.get("scheduleExpressionTimezone"), "UTC")),
        known(number(rule.get("startWindow")), _START_MINUTES),
    )


def _words(rule: dict[str, Any]) -> str:
    """The schedule of a rule in words, as far as it is known."""
    name = rule.get("ruleName")
    expression, zone, minutes = ("what only deployment knows" if undecided(word) else word for word in _timing(rule))
    called = f"rule {name}" if isinstance(name, str) else "its rule"
    return f"{called} runs by {expression} ({zone}) and starts within {minutes} minutes"


def _doubted(value: Any) -> Any:
    """What does not hold for a store that is only perhaps backed up is a doubt, no certainty."""
    return True if value is True else UNKNOWN


def _encrypted(candidate: Candidate) -> Any:
    if _ENCRYPTED_AS_SOURCE.isdisjoint(handle.kind for handle in candidate.handles):
        return True
    return field_of(candidate.store, "encrypted")
