"""What a Hetzner environment says of a secret that nobody has set."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pulumi
import pytest

from stacks.on_hetzner import _box_password

MISSING = "no password for the storage boxes: pulumi config set --secret backup:password --stack 'a b'"


@pytest.fixture(autouse=True)
def loop() -> Iterator[None]:
    """Outputs need an event loop, which the language host has."""
    own = asyncio.new_event_loop()
    asyncio.set_event_loop(own)
    yield
    asyncio.set_event_loop(None)
    own.close()


@pytest.fixture
def warnings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is warned of, in a stack of that name."""
    said: list[str] = []
    monkeypatch.setattr(pulumi, "get_stack", lambda: "a b")
    monkeypatch.setattr(pulumi.log, "warn", said.append)
    return said


def test_a_preview_needs_no_password(monkeypatch: pytest.MonkeyPatch, warnings: list[str]) -> None:
    """Whoever may not read secrets can preview, and is told what a deployment would lack."""
    monkeypatch.setattr(pulumi.runtime, "is_dry_run", lambda: True)
    _box_password()
    assert warnings == [f"{MISSING}, before you deploy"]


def test_a_deployment_needs_a_password(monkeypatch: pytest.MonkeyPatch, warnings: list[str]) -> None:
    """Pulumi prints a RunError as it stands; any other exception with the trace of its own frames."""
    monkeypatch.setattr(pulumi.runtime, "is_dry_run", lambda: False)
    with pytest.raises(pulumi.RunError, match=MISSING):
        _box_password()
    assert warnings == []
