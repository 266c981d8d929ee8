"""Small documents as Pulumi writes them: the state of a stack and the preview of one."""

from __future__ import annotations

import json
from typing import Any

from baseline.sources.wire import SECRET_SIGNATURE, SIGNATURE

STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"
PROVIDER = "urn:pulumi:dev::shop::pulumi:providers:aws::aws"
CIPHERTEXT = {SIGNATURE: SECRET_SIGNATURE, "ciphertext": "v1:abc"}


def urn(type_: str, name: str) -> str:
    """The URN of a resource at the top of the stack."""
    return f"urn:pulumi:dev::shop::{type_}::{name}"


def record(type_: str, name: str, id_: str = "", **fields: Any) -> dict[str, Any]:
    """One resource as Pulumi writes it; `fields` are its own words (`inputs`, `protect`, ...)."""
    default = f"{PROVIDER}::1" if type_.startswith("aws:") else ""
    written = {"urn": urn(type_, name), "custom": True, "type": type_, "parent": STACK, "provider": default}
    return {**written, **({"id": id_} if id_ else {}), **fields}


def stack(**outputs: Any) -> dict[str, Any]:
    """The stack itself."""
    return {"urn": STACK, "custom": False, "type": "pulumi:pulumi:Stack", "outputs": outputs}


def provider(**inputs: Any) -> dict[str, Any]:
    """The explicit provider of AWS."""
    return record("pulumi:providers:aws", "aws", "1", inputs={"region": "eu-central-1", "version": "7.51.1", **inputs})


def state(*records: dict[str, Any], **fields: Any) -> bytes:
    """What `pulumi stack export` writes."""
    deployment = {
        "manifest": {"version": "v3.259.0"},
        "secrets_providers": {"type": "passphrase", "state": {"salt": "v1:x"}},
        "resources": [stack(), provider(), *records],
    }
    return json.dumps({"version": 3, "deployment": {**deployment, **fields}}).encode()


def step(operation: str, old: dict[str, Any] | None = None, new: dict[str, Any] | None = None) -> dict[str, Any]:
    """One step of a preview."""
    shown = {key: value for key, value in (("oldState", old), ("newState", new)) if value is not None}
    return {"op": operation, "urn": (new or old or {})["urn"], **shown}


def preview(*steps: dict[str, Any], **fields: Any) -> bytes:
    """What `pulumi preview --json --show-sames` writes."""
    listed = [step("same", stack(), stack()), step("same", provider(), provider()), *steps]
    summary: dict[str, int] = {}
    for each in listed:
        summary[each["op"]] = summary.get(each["op"], 0) + 1
    return json.dumps({"steps": listed, "diagnostics": [], "changeSummary": summary, **fields}).encode()
