"""Logins that are open to everyone: whoever has an account there gets a token, so its tenant has to be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_CLAIMS: Final = {
    "accounts.google.com": "aud oaud sub",
    "agent.buildkite.com": "sub",
    "api.pulumi.com/oidc": "aud sub",
    "app.terraform.io": "sub",
    "cognito-identity.amazonaws.com": "aud sub",
    "gitlab.com": "sub",
    "graph.facebook.com": "app_id id",
    "oidc-configuration.audit-log.githubusercontent.com": "sub",
    "oidc.codefresh.io": "sub",
    "oidc.vercel.com": "aud sub",
    "proidc.upbound.io": "sub",
    "sandboxes.cloud": "aud sub",
    "scalr.io": "sub",
    "studio.datachain.ai/api": "sub",
    "token.actions.githubusercontent.com": "enterprise_id repository repository_id repository_owner_id sub",
    "tokens.cloud.shisho.dev": "sub",
    "www.amazon.com": "app_id user_id",
}

PUBLIC_LOGINS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {name: frozenset(f"{name}:{claim}" for claim in claims.split()) for name, claims in _CLAIMS.items()}
)
"""Provider, as a trust names it after `oidc-provider/` -> condition keys of which each says whose token it is.

Source: IAM User Guide, "Identity-provider controls for shared OIDC providers" and "Available keys for AWS OIDC
federation", as of 2026-11-23. AWS itself asks for them only when a trust is written anew.
"""
