"""The terms by which one stack is judged: what its auditors declared, whatever the stack says of itself."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from baseline.graph import Undecided


class Period(msgspec.Struct, frozen=True):
    """How long something is kept: at least `floor` full days, and gone before day `ceiling` ends."""

    floor: int
    ceiling: int


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for one stack. What nobody declared is undecided, never granted."""

    stack: str = ""
    allowed_countries: frozenset[str] | None = None
    administration: tuple[str, ...] = ()  # networks that may administer hosts; none declared, none may
    account: str | None = None
    accounts: Mapping[str, str] = {}  # of every stack, so that no two share one
    periods: Mapping[str, Period] = {}  # backup, service_log, audit_log
    notification_countries: Mapping[str, str] = {}

    @property
    def countries(self) -> frozenset[str]:
        """Where this stack's data may lie. Raises Undecided where nobody declared it."""
        if self.allowed_countries is None:
            raise Undecided(
                "unknown",
                "",
                f"nobody declared where the data of {self.stack or 'this stack'} may lie: add it to "
                "policies/declared/residency.toml or say --allow-countries",
            )
        return self.allowed_countries

    def allow(self, countries: frozenset[str]) -> bool:
        """Whether data may lie in all these countries. What is global is in none that anyone promised."""
        return bool(countries) and countries <= self.countries

    @property
    def allowed(self) -> str:
        """The allowed countries in words. Raises Undecided where nobody declared them."""
        return ", ".join(sorted(self.countries)) or "none"

    def period(self, kind: str) -> Period:
        """The period of a class of data. Raises Undecided where nobody declared it."""
        if kind not in self.periods:
            raise Undecided("unknown", "", f"nobody declared how long a {kind.replace('_', ' ')} is kept")
        return self.periods[kind]
