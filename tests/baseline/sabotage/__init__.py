"""Sabotage of the recorded environments: the tables of all themes."""

from tests.baseline.sabotage.access import ACCESS
from tests.baseline.sabotage.admissions import ADMISSIONS
from tests.baseline.sabotage.backup import BACKUP
from tests.baseline.sabotage.detection import DETECTION
from tests.baseline.sabotage.encryption import ENCRYPTION
from tests.baseline.sabotage.logs import LOGS
from tests.baseline.sabotage.mutations import Table
from tests.baseline.sabotage.network import NETWORK
from tests.baseline.sabotage.protection import PROTECTION
from tests.baseline.sabotage.residency import RESIDENCY
from tests.baseline.sabotage.tls import TLS

TABLES: Table = {
    **NETWORK,
    **ADMISSIONS,
    **TLS,
    **ENCRYPTION,
    **BACKUP,
    **RESIDENCY,
    **ACCESS,
    **PROTECTION,
    **LOGS,
    **DETECTION,
}
"""The ways to break what each rule guards."""

UNBREAKABLE = {
    "ddos_protection_unstated": "no interface of a provider has a field for it, so nothing that is declared breaks it",
}
"""Rules that no change of a recorded environment can break, with the reason."""
