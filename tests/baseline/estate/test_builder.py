"""What the adapters share."""

from __future__ import annotations

import pytest

from baseline.estate.builder import is_default_provider

# The first six are the engine's own test (pkg/resource/deploy/providers/provider_test.go).
NAMES = {
    "default": True,
    "default_0_18_1": True,
    "default_0_17_7_dev_1555435978_gb7030aa4_dirty": True,
    "default_0_18_1_pulumi.com/pkg": True,
    "default_0_17_7_dev_1555435978_gb7030aa4_dirty_company.com/artifact-storage/pkg": True,
    "default_company.com": True,
    "default_eu": False,
    "default_7": False,
    "default_7_x_1": False,
    "defaults": False,
    "aws": False,
}


@pytest.mark.parametrize(("name", "engines"), NAMES.items())
def test_a_provider_is_the_engines_by_its_name(name: str, engines: bool) -> None:
    """Whoever calls their own provider `default_eu` has named it for themselves."""
    assert is_default_provider(f"urn:pulumi:s::p::pulumi:providers:aws::{name}") is engines
    assert not is_default_provider(f"urn:pulumi:s::p::aws:s3/bucket:Bucket::{name}")
