"""AWS Backup vaults: which one a name, an ARN or a reference means, and how its lock holds."""

from __future__ import annotations

from typing import Any, NamedTuple

from baseline.estate.aws.accounts import account_id
from baseline.estate.aws.backup_candidates import ANY, Handle, account_of, arn_of
from baseline.estate.aws.places import region_name
from baseline.estate.builder import UNKNOWN, Builder, number, place, undecided
from baseline.estate.nouns import Vault
from baseline.graph import Resource

VAULT = "aws:backup/vault:Vault"
GAPPED = "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault"
LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"


class Destination(NamedTuple):
    """Where recovery points go: a region by name or undecided, the vault in an ARN's words, and its resource if any."""

    region: Any
    handle: Handle
    vault: Resource | None

    @property
    def location(self) -> Any:
        """The Location, or what leaves it undecided."""
        return place("aws", self.region)


class Vaults:
    """All vaults of a Graph, by account, region and name: the same name may stand in every region."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.by_name: dict[tuple[str, str, str], Resource] = {}
        self.locks: dict[str, list[Resource]] = {}
        self.doubtful: set[str] = set()  # URNs of vaults that some lock may mean
        for vault in builder.of(VAULT, GAPPED):
            name, region = vault.inputs.get("name"), region_name(builder, vault)
            if isinstance(name, str) and isinstance(region, str):
                self.by_name[account_of(builder, vault), region, name] = vault
        for lock in builder.of(LOCK):
            self._read(lock)

    def _read(self, lock: Resource) -> None:
        name = lock.inputs.get("backupVaultName")
        found = self.builder.referred(name, VAULT)
        if isinstance(name, str):
            key = (account_of(self.builder, lock), str(region_name(self.builder, lock)), name)
            found = [self.by_name[key]] if key in self.by_name else []
        elif not found:
            self.doubtful.update(vault.urn for vault in self.builder.of(VAULT))
        if len(found) == 1:
            self.locks.setdefault(found[0].urn, []).append(lock)
        else:
            self.doubtful.update(vault.urn for vault in found)

    def add(self) -> None:
        """A Vault noun for each."""
        for vault in self.builder.of(VAULT, GAPPED):
            self.builder.add(
                Vault(
                    origin=vault,
                    name=vault.name,
                    location=place("aws", region_name(self.builder, vault)),
                    lock="compliance" if vault.type == GAPPED else self._lock(vault),
                )
            )

    def _lock(self, vault: Resource) -> Any:
        # A lock whose days of grace are named can be undone by nobody once they are over; without them it stays in
        # governance mode (AWS Backup Developer Guide, "Vault lock", read 2026-11-23).
        days = [lock.inputs.get("changeableForDays") for lock in self.locks.get(vault.urn, ())]
        if not days:
            return UNKNOWN if vault.urn in self.doubtful else "none"
        doubts = [day for day in days if undecided(day)]
        return doubts[0] if doubts else "governance" if set(days) == {None} else "compliance"

    def destination(self, value: Any, user: Resource) -> Destination:
        """What a vault's name (of its own region), ARN or reference means where `user` says it."""
        if isinstance(value, str):
            region, account, name = region_name(self.builder, user), account_of(self.builder, user), value
            parts = value.split(":", 6)
            if len(parts) == 7 and parts[0] == "arn":
                region, account, name = parts[3], parts[4], parts[6]
            vault = self.by_name.get((account, region, name)) if isinstance(region, str) else None
            pin = account if account.isdigit() else UNKNOWN
            return Destination(region, self._handle(vault, pin, region, name), vault)
        vault = self.builder.the_one(value, VAULT, GAPPED)
        if vault is None:
            return Destination(UNKNOWN, self._handle(None, UNKNOWN, UNKNOWN, ANY), None)
        region, own = region_name(self.builder, vault), vault.inputs.get("name")
        pin = account_id(self.builder.provider_of(vault))
        return Destination(region, self._handle(vault, pin, region, own if isinstance(own, str) else ANY), vault)

    def _handle(self, vault: Resource | None, account: Any, region: Any, name: str) -> Handle:
        return Handle(
            vault.urn if vault else "", "vault", arn_of(account, region, "backup", f"backup-vault:{name}"), ()
        )

    def refuses(self, vault: Resource | None, days: Any) -> Any:
        """Why a vault's lock lets no job in that keeps its backup for `days` (None: for ever); else the empty text.

        Undecided where a limit is, and where it is not certain which vault a lock locks.
        """
        doubt: Any = UNKNOWN if vault and vault.urn in self.doubtful else ""
        for lock in self.locks.get(vault.urn, ()) if vault else ():
            least, most = (number(lock.inputs.get(f"{end}RetentionDays")) for end in ("min", "max"))
            if isinstance(most, int) and not undecided(days) and (days is None or days > most):
                kept = "for ever" if days is None else f"for {days} days"
                return f"{lock.name} lets nothing be kept for more than {most} days, and it is to be kept {kept}"
            if isinstance(least, int) and isinstance(days, int) and days < least:
                return f"{lock.name} lets nothing be kept for less than {least} days, and it is to be kept for {days}"
            if least is not None or most is not None:
                doubt = next((each for each in (least, most, days) if undecided(each)), doubt)
        return doubt
