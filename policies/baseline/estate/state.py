"""Where Pulumi keeps this stack's state, who encrypts the secrets in it, and what the stack gives out.

Pulumi's own files come first (`backend` in Pulumi.yaml, `secretsprovider` in the stack's file); a `pulumi.Stash`
called `state`, of `{backend, secrets}`, says it where they are silent. A Stash is an input, so every source shows it:
a preview and a policy pack see no outputs of a stack.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from baseline.estate.builder import NOT_OBSERVABLE, UNKNOWN, Builder, place, undecided
from baseline.estate.endpoints import location_of_host
from baseline.estate.nouns import Location, Output, State, Store
from baseline.graph import Graph, Resource, unknown_because

_STACK = "pulumi:pulumi:Stack"
_STASH = "pulumi:index:Stash"
_CLOUD_HOSTS = frozenset({"app.pulumi.com", "api.pulumi.com"})
"""Pulumi Cloud, which its operator runs in the USA; no other country is promised for it anywhere."""


def read(builder: Builder) -> None:
    """One State, the Store that it lies in, and each output of the stack that the source shows."""
    graph = builder.graph
    origin = _stack(graph)
    said = next((stash.inputs.get("input") for stash in builder.peek(_STASH) if stash.name == "state"), None)
    backend = graph.settings.backend or _said(said, "backend")
    secrets = graph.settings.secrets_provider or _said(said, "secrets")
    location = location_of(backend)
    builder.add(
        State(
            origin=origin,
            path="backend",
            backend=unknown_because("is said neither by Pulumi.yaml nor by a Stash called `state`")
            if backend is None
            else backend,
            location=location,
            secrets_provider=secrets,
        )
    )
    builder.add(
        Store(
            origin=origin,
            path="backend",
            provider=location.provider if isinstance(location, Location) else "pulumi",
            kind="state",
            location=location,
            holds="state",
            # The backend itself is made by hand, before any stack: no declaration says more of it.
            encrypted=NOT_OBSERVABLE,
            host_encrypted=None,
            customer_key=NOT_OBSERVABLE,
            protected=NOT_OBSERVABLE,
            delete_protection=NOT_OBSERVABLE,
        )
    )
    for name, value in graph.outputs.items():
        builder.add(Output(origin=origin, path=f"outputs.{name}", name=name, value=value))


def _said(said: Any, key: str) -> Any:
    if undecided(said):
        return said
    return said.get(key) if isinstance(said, dict) else None


def _stack(graph: Graph) -> Resource:
    """The stack itself; readers that do not see it as a resource get it made of its name."""
    for resource in graph.resources:
        if resource.type == _STACK:
            return resource
    name = f"{graph.project}-{graph.stack}"
    return Resource(
        urn=f"urn:pulumi:{graph.stack}::{graph.project}::{_STACK}::{name}", type=_STACK, name=name, custom=False
    )


def location_of(backend: Any) -> Any:
    """Where a backend URL keeps the state, as a Location; undecided where the URL does not say it."""
    if backend is None or undecided(backend):
        return UNKNOWN if backend is None else backend
    url = urlsplit(str(backend))
    if url.scheme == "https" and url.hostname in _CLOUD_HOSTS:
        return Location("pulumi", url.hostname, frozenset({"US"}))
    if url.scheme == "s3":
        return _bucket(parse_qs(url.query))
    return unknown_because(f"is not known: a backend {url.scheme}:// does not say where its data lies")


def _bucket(query: dict[str, list[str]]) -> Any:
    """An endpoint decides; the region beside it is then only a name that the signature needs."""
    region = query.get("region", [""])[0]
    endpoint = query.get("endpoint", [""])[0]
    if not endpoint:
        return place("aws", region) if region else unknown_because("is not known: the backend names no region")
    return location_of_host(urlsplit(endpoint if "//" in endpoint else f"//{endpoint}").hostname or "")
