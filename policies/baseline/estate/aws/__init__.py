"""The adapter for AWS: pulumi-aws's types into nouns, one noun family a file."""

from baseline.estate.aws import (
    accounts,
    admissions,
    backups,
    deliveries,
    detectors,
    grants,
    hosts,
    keys,
    listeners,
    logs,
    names,
    networks,
    stores,
    unasked_logs,
)
from baseline.estate.builder import Builder


def read(builder: Builder) -> None:
    """Reads every aws resource; keys and hosts come before stores, stores before backups and logs."""
    for part in (
        accounts,
        networks,
        hosts,
        admissions,
        listeners,
        names,
        keys,
        stores,
        backups,
        logs,
        unasked_logs,
        grants,
        detectors,
        deliveries,
    ):
        part.read(builder)
