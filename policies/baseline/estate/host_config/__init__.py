"""What machines run, read from their cloud-init documents, whatever rendered them."""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.builder import Builder, undecided
from baseline.estate.doubt import field_of
from baseline.estate.host_config.machine import Machine, machine
from baseline.estate.nouns import Host, HostConfig
from baseline.graph import Resource, Undecided, not_observable_because, unknown_because

_NO_DOCUMENT = not_observable_because("is not known: the host has no user data")

UNSEEN: Final = not_observable_because(
    "is not known: no user data is seen and changes of it are ignored, as after an import; "
    "docs/recovery.md says how to settle it"
)
"""No provider reads user data back, and Pulumi then never compares what the program says of it: whether the host was
made with what the program says, with something else or with nothing, no source shows."""

_MAY_BE_UNSEEN: Final = frozenset({"*", "userData", "userDataBase64"})


def read(builder: Builder, resource: Resource, user_data: Any) -> HostConfig | None:
    """What a host's user data says of it: None without any; with undecided fields where it is undecided itself."""
    if user_data is None and not _MAY_BE_UNSEEN.isdisjoint(resource.ignore_changes):
        user_data = UNSEEN
    if user_data is None:
        return None
    runs = Machine(*[user_data] * len(Machine._fields)) if undecided(user_data) else machine(str(user_data))
    encoded = resource.inputs.get("userData") is None and resource.inputs.get("userDataBase64") is not None
    return builder.add(
        HostConfig(
            origin=resource,
            path="userDataBase64" if encoded else "userData",
            password_login=runs.password_login,
            root_login=runs.root_login,
            encrypted_mounts=runs.encrypted_mounts,
            alerts_to=runs.alerts_to,
            default_drop=runs.default_drop,
            runs=runs,
        )
    )


def machine_of(host: Host) -> Machine:
    """All that is known of what a host runs; wholly undecided where nothing is."""
    try:
        config = host.config
    except Undecided as doubt:
        reason = doubt.reason
        made = not_observable_because if doubt.outcome == "not_observable" else unknown_because
        return Machine(*[made(reason)] * len(Machine._fields))
    if config is None:
        return Machine(*[_NO_DOCUMENT] * len(Machine._fields))
    runs: Machine = config.runs
    return runs


def path_of(host: Host) -> str:
    """The input of a host that holds its user data, or would."""
    config = field_of(host, "config")
    return "userData" if config is None or undecided(config) else str(config.path)


__all__ = ["UNSEEN", "Machine", "machine", "machine_of", "path_of", "read"]
