"""Connectors of MSK: they move what is in topics to, or from, wherever their own configuration says.

Source: pulumi-aws 7.51.1 (`PLAINTEXT` is the default on the way to the brokers), as of 2026-11-26.
"""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.aws.doors import CLEAR, add_leg, no_choice
from baseline.estate.aws.inputs import value_at
from baseline.estate.builder import Builder, known, undecided
from baseline.estate.nouns import Copy
from baseline.graph import unknown_because

CONNECTOR: Final = "aws:mskconnect/connector:Connector"
_TYPE: Final = "kafkaClusterEncryptionInTransit.encryptionType"
_MOVED: Final = unknown_because("is not known: where a connector moves data its plugin alone knows how to read")


def read(builder: Builder) -> None:
    """A Copy for each, and the leg to its brokers."""
    for connector in builder.of(CONNECTOR):
        builder.add(
            Copy(origin=connector, path="connectorConfiguration", what="what a connector moves", location=_MOVED)
        )
        said: Any = known(value_at(connector, _TYPE), "PLAINTEXT")
        strength = (said,) * 3 if undecided(said) else no_choice("MSK Connect") if said == "TLS" else CLEAR
        add_leg(builder, connector, f"from {connector.name} to its brokers", strength, _TYPE)
