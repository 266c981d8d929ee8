"""AWS accounts as explicit providers pin them, and the regions in which they work with what is switched on there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from baseline.estate.aws.places import endpoint_of, region_name
from baseline.estate.aws.policies import account_of
from baseline.estate.builder import Builder, is_default_provider, place, undecided
from baseline.estate.nouns import Account, Location, Region
from baseline.graph import NOT_OBSERVABLE, UNKNOWN, Resource, unknown_because

PROVIDER = "pulumi:providers:aws"

# Region's field -> the type that decides it, its input, the provider's default, and the good value.
SETTINGS: dict[str, tuple[str, str, Any, Any]] = {
    "detector": ("aws:guardduty/detector:Detector", "enable", True, True),
    "disks_encrypted_by_default": ("aws:ebs/encryptionByDefault:EncryptionByDefault", "enabled", True, True),
    "metadata_tokens_by_default": (
        "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
        "httpTokens",
        "no-preference",
        "required",
    ),
    "snapshots_blocked_from_public": (
        "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
        "state",
        "unblocked",
        "block-all-sharing",
    ),
    "images_blocked_from_public": (
        "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
        "state",
        "unblocked",
        "block-new-sharing",
    ),
    "serial_console_closed": ("aws:ec2/serialConsoleAccess:SerialConsoleAccess", "enabled", True, False),
}

# What holds where no resource decides: all are opt-in, and so is the console (EC2 and GuardDuty User Guides, as of
# 2026-11-23).
UNSET = {"serial_console_closed": True}

Key = tuple[str, str]  # account id, or the provider's URN where that is undecided; region


def read(builder: Builder) -> None:
    """Accounts and Regions. A resource under no explicit provider belongs to neither: a rule of its own fails it."""
    providers = [item for item in builder.of(PROVIDER) if not is_default_provider(item.urn)]
    at_aws = {}
    shielded = _shielded(builder)
    for provider in providers:
        away = endpoint_of(provider)
        if isinstance(away, Location) and away.provider != "aws":
            # Credentials of Object Storage belong to a project, which nobody can ask them.
            builder.add(Account(origin=provider, provider=away.provider, id=NOT_OBSERVABLE, location=away))
            continue
        region = place("aws", provider.inputs.get("region")) if away is None else away
        account = account_id(provider)
        shield = True if provider.urn in shielded or account in shielded else NOT_OBSERVABLE
        builder.add(Account(origin=provider, provider="aws", id=account, location=region, ddos_protection=shield))
        at_aws[provider.urn] = provider
    _read_regions(builder, at_aws)


def _shielded(builder: Builder) -> set[str]:
    """Accounts, by id and by provider, that subscribe to Shield Advanced; Shield Standard shows nowhere."""
    subscribed = builder.of("aws:shield/subscription:Subscription")
    ids = (account_id(builder.provider_of(item)) for item in subscribed)
    return {item.provider for item in subscribed} | {found for found in ids if isinstance(found, str)}


def account_id(provider: Resource | None) -> Any:
    """The account that a provider is pinned to; all of them where it admits several, UNKNOWN where any will do."""
    if provider is None:
        return UNKNOWN
    allowed = provider.inputs.get("allowedAccountIds")
    if undecided(allowed):
        return allowed
    if allowed:
        return UNKNOWN if any(map(undecided, allowed)) else " or ".join(sorted(map(str, allowed)))
    chain = provider.inputs.get("assumeRoles")
    last = UNKNOWN if undecided(chain) or not chain else chain[-1]
    role = UNKNOWN if undecided(last) else last.get("roleArn")
    return account_of(role) or UNKNOWN if isinstance(role, str) else UNKNOWN


_UNPINNED: Final = unknown_because("is not known: pin the provider to its account by allowed_account_ids")


def owner_of(builder: Builder, resource: Resource) -> Any:
    """The account in which a resource is, or how to say which one it is."""
    found = account_id(builder.provider_of(resource))
    return _UNPINNED if undecided(found) else found


def _read_regions(builder: Builder, providers: dict[str, Resource]) -> None:
    in_use = _regions_in_use(builder, providers)
    settings = {field: _setting(builder, providers, *rest) for field, rest in SETTINGS.items()}
    for (account, name), provider in in_use.items():
        values = {
            field: found.get((account, name), found.get((account, ""), UNSET.get(field, False)))
            for field, found in settings.items()
        }
        builder.add(Region(origin=provider, path="region", location=place("aws", name), **values))
    for provider in _leading_anywhere(builder, providers):
        doubts = dict.fromkeys(settings, UNKNOWN)
        builder.add(Region(origin=provider, path="region", location=UNKNOWN, **doubts))


def _leading_anywhere(builder: Builder, providers: dict[str, Resource]) -> Iterable[Resource]:
    """Providers of which only deployment knows where they, or resources of theirs, are."""
    doubtful = {provider.urn for provider in providers.values() if undecided(provider.inputs.get("region"))}
    doubtful |= {
        resource.provider
        for resource in builder.graph.resources
        if undecided(resource.inputs.get("region")) and resource.type.startswith("aws:")
    }
    return [provider for urn, provider in providers.items() if urn in doubtful]


def _regions_in_use(builder: Builder, providers: dict[str, Resource]) -> dict[Key, Resource]:
    """Each region that a provider or a resource of its own names, with the provider that leads there."""
    found: dict[Key, Resource] = {}
    for provider in providers.values():
        region = provider.inputs.get("region")
        if isinstance(region, str):
            found.setdefault((_account_key(provider), region), provider)
    for resource in builder.graph.resources:
        own = resource.inputs.get("region")
        if isinstance(own, str) and resource.provider in providers and resource.type.startswith("aws:"):
            provider = providers[resource.provider]
            found.setdefault((_account_key(provider), own), provider)
    return found


def _account_key(provider: Resource) -> str:
    account = account_id(provider)
    return provider.urn if undecided(account) else account


def _setting(
    builder: Builder, providers: dict[str, Resource], type_: str, path: str, default: Any, good: Any
) -> dict[Key, Any]:
    """What is known of one setting; under region `""` stands that one of unknown region exists in the account."""
    found: dict[Key, Any] = {}
    for resource in builder.of(type_):
        if resource.provider not in providers:
            continue
        region = region_name(builder, resource)
        value = resource.inputs.get(path, default)
        key = (_account_key(providers[resource.provider]), "" if undecided(region) else region)
        found[key] = UNKNOWN if undecided(region) else value if undecided(value) else value == good
    return found
