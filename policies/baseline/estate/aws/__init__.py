"""The adapter for AWS: pulumi-aws's types into nouns, one noun family a file."""

from baseline.estate.aws import (
    accelerators,
    accounts,
    admissions,
    backups,
    beanstalk,
    containers,
    deliveries,
    detectors,
    distributions,
    gateways,
    grants,
    hosts,
    keys,
    lattice,
    lightsail,
    listeners,
    logs,
    names,
    networks,
    search_policies,
    services,
    stores,
    suites,
    transfers,
    tunnels,
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
        accelerators,
        beanstalk,
        containers,
        distributions,
        gateways,
        lattice,
        lightsail,
        search_policies,
        services,
        suites,
        transfers,
        tunnels,
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
