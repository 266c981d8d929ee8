"""What a component registers, recorded in this process: no engine, no provider, nothing known that a cloud decides."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi.runtime.mocks import MockEngine
from pulumi.runtime.settings import Settings, configure
from pulumi.runtime.stack import run_in_stack

from baseline.graph import Ref, Resource
from baseline.sources.project import open_project
from baseline.sources.recorder import Monitor

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Registration:
    """One registration; an input that is a reference reads `<name>`, with the logical names that it depends on."""

    inputs: dict[str, Any]
    parent: str
    protect: bool
    depends_on: frozenset[tuple[str, str]]
    ignore_changes: tuple[str, ...]
    delete_before_replace: bool


Registrations = dict[tuple[str, str], Registration]


def registered(build: Callable[[], object]) -> Registrations:
    """The resources that `build` registers, by type (`Server`) and logical name; components only as their parents."""
    monitor = _Monitor(open_project(REPOSITORY), "stack")
    configure(Settings(project="project", stack="stack", monitor=monitor, engine=MockEngine(None), dry_run=True))

    def program() -> None:
        build()

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(run_in_stack(program))
    finally:
        asyncio.set_event_loop(None)
        loop.close()
    return monitor.registrations()


class _Monitor(Monitor):
    """Keeps one thing more than a Graph does: how a replacement would go."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._deleted_first: set[str] = set()

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - as the protocol names it
        response = super().RegisterResource(request)
        if request.deleteBeforeReplace:
            self._deleted_first.add(response.urn)
        return response

    def registrations(self) -> Registrations:
        return {
            (resource.type.rpartition(":")[2], resource.name): _registration(resource, urn in self._deleted_first)
            for urn, resource in self._resources.items()
            if resource.custom
        }


def _registration(resource: Resource, deleted_first: bool) -> Registration:
    return Registration(
        inputs={key: _readable(value) for key, value in resource.inputs.items()},
        parent=_name(resource.parent),
        protect=resource.protect,
        depends_on=frozenset(map(_kind_and_name, resource.dependencies)),
        ignore_changes=resource.ignore_changes,
        delete_before_replace=deleted_first,
    )


def _readable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _readable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_readable(item) for item in value]
    return f"<{','.join(sorted(map(_name, value.urns)))}>" if isinstance(value, Ref) else value


def _kind_and_name(urn: str) -> tuple[str, str]:
    return urn.split("::")[2].rpartition(":")[2], _name(urn)


def _name(urn: str) -> str:
    return urn.rpartition("::")[2]
