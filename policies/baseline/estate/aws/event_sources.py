"""What feeds functions, beside what calls them: how brokers are reached, which groups pollers wear, what is filtered.

Source: Lambda Developer Guide, "Using Lambda with self-managed Apache Kafka" and "Control which events Lambda sends to
your function" (criteria are encrypted always, under AWS's own key unless one is named), as of 2026-11-26. Whether
brokers speak TLS they decide themselves.
"""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.aws.doors import CLEAR, add_leg, no_choice
from baseline.estate.aws.inputs import scalars_at, value_at, values_at
from baseline.estate.aws.keys import customer_key
from baseline.estate.aws.machines import GROUP
from baseline.estate.aws.open_ends import admit
from baseline.estate.aws.resting import store
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.graph import Resource, not_observable_because

MAPPING: Final = "aws:lambda/eventSourceMapping:EventSourceMapping"
_BROKERS: Final = "selfManagedEventSource.endpoints"
_REGISTRIES: Final = tuple(
    f"{kind}KafkaEventSourceConfig.schemaRegistryConfig.schemaRegistryUri" for kind in ("amazonManaged", "selfManaged")
)
_ACCESS: Final = "sourceAccessConfigurations"
_WORN: Final = "VPC_SECURITY_GROUP"
_THEIRS: Final = not_observable_because("is not observable: whether brokers outside AWS speak TLS they decide alone")


def read(builder: Builder) -> None:
    """The legs from brokers and registries, the groups that this program does not show, and the filters."""
    for mapping in builder.of(MAPPING):
        if value_at(mapping, _BROKERS) is not None:
            add_leg(builder, mapping, f"from brokers to {mapping.name}", (_THEIRS,) * 3, "selfManagedEventSource")
        for path in _REGISTRIES:
            for at, uri in scalars_at(mapping, path):
                add_leg(builder, mapping, f"from a registry to {mapping.name}", _strength(uri), at)
        for at, access in values_at(mapping, _ACCESS):
            _worn(builder, mapping, at, access)
        if mapping.inputs.get("filterCriteria") is not None:
            own = customer_key(builder, mapping.inputs.get("kmsKeyArn"))
            said: dict[str, Any] = {"path": "filterCriteria", "holds": "system", "encrypted": True}
            store(builder, mapping, "filter of events", customer_key=own, **said)


def _strength(uri: Any) -> tuple[Any, Any, Any]:
    if undecided(uri):
        return uri, uri, uri
    return CLEAR if str(uri).lower().startswith("http://") else no_choice("Lambda towards a registry")


def _worn(builder: Builder, mapping: Resource, at: str, access: Any) -> None:
    """Groups of this program are judged by their own rules; nobody knows what any other one lets in."""
    kind = access.get("type") if isinstance(access, dict) else access
    if not undecided(kind) and kind != _WORN:
        return
    value = access.get("uri") if isinstance(access, dict) else access
    if not builder.referred(value, GROUP):
        admit(builder, mapping, f"{at}.uri", UNKNOWN, UNKNOWN, protocol=UNKNOWN)
