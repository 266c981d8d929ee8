"""CloudFront: what viewers may ask for, by which versions, and how the way to each origin goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from baseline.estate.aws.doors import CLEAR, add_door, add_leg, no_choice, of_policy
from baseline.estate.aws.inputs import scalars_at, value_at, values_at
from baseline.estate.builder import UNKNOWN, Builder, items, undecided
from baseline.estate.doubt import either, flag
from baseline.estate.facts import tls_policies
from baseline.graph import Resource

DISTRIBUTION: Final = "aws:cloudfront/distribution:Distribution"
SHARED: Final = "aws:cloudfront/multitenantDistribution:MultitenantDistribution"
VPC_ORIGIN: Final = "aws:cloudfront/vpcOrigin:VpcOrigin"
_BEHAVIORS: Final = ("defaultCacheBehavior", "orderedCacheBehaviors", "cacheBehaviors")
_CUSTOM: Final = ("customOriginConfig", "customOriginConfigs")
_IN_VPC: Final = ("vpcOriginConfig", "vpcOriginConfigs")


def read(builder: Builder) -> None:
    """A door for each cache behavior, and a leg to viewers and to each origin."""
    for distribution in builder.of(DISTRIBUTION, SHARED):
        asked = [
            found for name in _BEHAVIORS for found in scalars_at(distribution, f"{name}.viewerProtocolPolicy")
        ] or [("defaultCacheBehavior", UNKNOWN)]
        plain_viewers = either(_is(value, "allow-all") for _, value in asked)
        origins = list(_origins(distribution, plain_viewers))
        plain_origins = either(plain for _, plain, _ in origins)
        for path, value in asked:
            # Whatever the API does not know, it refuses.
            plain = _is(value, "allow-all") if _known(value) else UNKNOWN
            add_door(
                builder,
                distribution,
                path=path,
                port=80 if plain is True else 443,
                plain=plain,
                redirects=_is(value, "redirect-to-https"),
                plain_behind=plain_origins,
            )
        add_leg(builder, distribution, f"from viewers to {distribution.name}", _to_viewers(distribution))
        for path, plain, versions in origins:
            _to_origin(builder, distribution, path, plain, versions)
    for origin in builder.of(VPC_ORIGIN):
        policy = value_at(origin, "vpcOriginEndpointConfig.originProtocolPolicy")
        plain = UNKNOWN if policy is None else policy if undecided(policy) else policy != "https-only"
        versions = [value for _, value in scalars_at(origin, "vpcOriginEndpointConfig.originSslProtocols.items")]
        _to_origin(builder, origin, "vpcOriginEndpointConfig.originProtocolPolicy", plain, versions or None)


def _is(value: Any, wanted: str) -> Any:
    return value if undecided(value) else value == wanted


def _known(value: Any) -> bool:
    return undecided(value) or value in ("allow-all", "https-only", "redirect-to-https")


def _to_viewers(distribution: Resource) -> tuple[Any, Any, Any]:
    own = value_at(distribution, "viewerCertificate.cloudfrontDefaultCertificate")
    shared = flag(own, value_at(distribution, "viewerCertificate") is None)
    if undecided(shared):
        return shared, shared, shared
    asked = None if shared else value_at(distribution, "viewerCertificate.minimumProtocolVersion")
    return of_policy(tls_policies.CLOUDFRONT, asked, tls_policies.CLOUDFRONT_DEFAULT)


def _origins(distribution: Resource, plain_viewers: Any) -> Iterator[tuple[str, Any, Any]]:
    """Where each origin is configured, whether the way to it is plain, and the versions that it may use (None: any).

    S3 is asked as the viewer asked; an origin within a VPC says it itself.
    """
    for path, origin in values_at(distribution, "origins"):
        block = origin if isinstance(origin, dict) else {"customOriginConfig": origin}
        key = next((key for key in _CUSTOM if block.get(key) is not None), "")
        if key:
            for config in items(block[key]):
                inner = config if isinstance(config, dict) else {}
                policy = inner.get("originProtocolPolicy", config if undecided(config) else UNKNOWN)
                yield f"{path}.{key}", _plain(policy, plain_viewers), inner.get("originSslProtocols")
        elif all(block.get(key) is None for key in _IN_VPC):
            yield path, plain_viewers, None


def _plain(policy: Any, plain_viewers: Any) -> Any:
    """Whether the way to an origin may be plain: always, or as the viewer came."""
    if undecided(policy):
        return policy
    return plain_viewers if policy == "match-viewer" else policy != "https-only"


def _to_origin(builder: Builder, origin: Resource, path: str, plain: Any, named: Any) -> None:
    name = f"from {origin.name} to its origin"
    if undecided(plain):
        add_leg(builder, origin, name, (plain, plain, plain), path)
        return
    if plain:
        add_leg(builder, origin, name, CLEAR, path)
        return
    bits, weakest, versions = no_choice("CloudFront towards its origins")
    if named is not None:
        listed = items(named)
        doubt = next((item for item in listed if undecided(item)), None)
        versions = frozenset(map(str, listed)) if doubt is None else doubt
    add_leg(builder, origin, name, (bits, weakest, versions), path)
