"""What is laid side by side to recover: the state, what the engine had begun, what exists; and what came of it."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec


class Managed(msgspec.Struct, frozen=True, kw_only=True):
    """A resource of the state. `waiting`: it was replaced, and waits for its deletion.

    `errors` is why its provider could not finish it: it exists, and is not as the program says. `said` are its inputs
    and outputs.
    """

    urn: str
    type: str
    id: str
    waiting: bool = False
    errors: tuple[str, ...] = ()
    said: dict[str, Any] = {}


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """An operation that the engine had begun: `creating`, `updating`, `deleting`, `reading` or `importing`.

    The rest is what the engine wrote down of the resource; `parent` and `provider` are URNs, empty for Pulumi's own.
    What is not `custom` is a component, which exists in no cloud: its parts are registered by themselves.
    """

    operation: str
    urn: str
    type: str
    custom: bool = True
    parent: str = ""
    provider: str = ""
    protect: bool = False
    inputs: dict[str, Any] = {}


class Lock(msgspec.Struct, frozen=True, kw_only=True):
    """A lock of the backend: by whom, on which machine, since when."""

    file: str
    username: str = ""
    hostname: str = ""
    pid: int = 0
    timestamp: str = ""


class Existing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing of the live list. `kept` says why the cloud holds it though it was deleted; the URN may be unknown.

    Without an id it says that its type was asked for: everywhere, or in the region among its inputs.
    """

    type: Annotated[str, msgspec.Meta(min_length=1)]
    id: str
    name: str | None = None
    urn: str | None = None
    inputs: dict[str, Any] = {}
    outputs: dict[str, Any] = {}
    kept: str = ""

    @property
    def said(self) -> dict[str, Any]:
        """Its outputs and inputs, which go before."""
        return {**self.outputs, **self.inputs}


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to recover from; what it is, and the commands in order.

    `kind` is `lock`, `unasked` (nobody has listed it), `parents` (missing in the state, and needed to import),
    `orphan` (exists, and no state knows it), `duplicate`, `import` (of a file), `pending`, `partial` (exists, and its
    provider could not finish it) or `gone` (managed, and does not exist).
    """

    kind: str
    what: str
    commands: tuple[str, ...] = ()
    imports: tuple[Import, ...] = ()


class Import(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """One entry of the file that `pulumi import --file` reads, and whether it is imported as protected.

    A component has no id, and stands under its URN until the file is written.
    """

    type: str
    name: str
    id: str = ""
    logical_name: str | None = None
    component: bool = False
    parent: str | None = None
    provider: str | None = None
    protect: bool = False
