"""Which stores an AWS Backup selection takes: evaluated as AWS does it, store by store.

`resources` and `selectionTags` are alternatives (either is enough), all `conditions` narrow what they find, and
`notResources` takes out. Sources: AWS Backup Developer Guide, "Assign resources with AWS CLI"; re:Post, "backup assign
resources" (Resources OR ListOfTags, Resources AND Conditions), read 2026-11-23.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from baseline.estate.aws.accounts import account_id
from baseline.estate.aws.places import region_name, tag
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.doubt import both, either, field_of, negated
from baseline.estate.facts.locations import AWS_REGIONS
from baseline.estate.nouns import Store
from baseline.graph import Resource

INSTANCE = "aws:ec2/instance:Instance"

KINDS: Mapping[str, tuple[str, str, str, str]] = {
    # type: service, what precedes the name in an ARN, input with the name, name in AWS Backup
    "aws:docdb/cluster:Cluster": ("rds", "cluster:", "clusterIdentifier", "DocumentDB"),
    "aws:dynamodb/table:Table": ("dynamodb", "table/", "name", "DynamoDB"),
    "aws:ebs/volume:Volume": ("ec2", "volume/", "", "EBS"),
    "aws:efs/fileSystem:FileSystem": ("elasticfilesystem", "file-system/", "", "EFS"),
    "aws:fsx/lustreFileSystem:LustreFileSystem": ("fsx", "file-system/", "", "FSx"),
    "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": ("fsx", "file-system/", "", "FSx"),
    "aws:fsx/windowsFileSystem:WindowsFileSystem": ("fsx", "file-system/", "", "FSx"),
    "aws:neptune/cluster:Cluster": ("rds", "cluster:", "clusterIdentifier", "Neptune"),
    "aws:rds/cluster:Cluster": ("rds", "cluster:", "clusterIdentifier", "Aurora"),
    "aws:rds/instance:Instance": ("rds", "db:", "identifier", "RDS"),
    "aws:s3/bucket:Bucket": ("s3", "", "bucket", "S3"),
    "aws:s3/bucketV2:BucketV2": ("s3", "", "bucket", "S3"),
}
"""What AWS Backup backs up ("Feature availability by resource", read 2026-11-23), of the types that are read here."""

ANY = "\0"
"""Stands in an ARN for what only deployment knows."""


class Handle(NamedTuple):
    """One way to name a store: its own ARN and tags, or those of the instance that it belongs to."""

    urn: str
    kind: str  # in AWS Backup's words
    arn: str
    tags: tuple[tuple[str, Any], ...]  # those that any selection asks for


class Candidate(NamedTuple):
    """A store that AWS Backup could back up, in its account and region, with all ways to name it."""

    store: Store
    account: str
    region: Any
    handles: tuple[Handle, ...]
    profile: tuple[Handle, ...]  # the handles without their URNs: equal for stores that no pattern tells apart


def candidates(builder: Builder, keys: Iterable[str]) -> list[Candidate]:
    """Every store of a type that AWS Backup knows, with its tags of these keys."""
    wanted = sorted(keys)
    found = []
    for store in (store for stores in builder.stores.values() for store in stores):
        origin = store.origin
        if origin.type in KINDS or origin.type == INSTANCE:
            handles = tuple(_handles(builder, store, wanted))
            profile = tuple(handle._replace(urn="") for handle in handles)
            found.append(Candidate(store, account_of(builder, origin), region_name(builder, origin), handles, profile))
    return found


def account_of(builder: Builder, resource: Resource) -> str:
    """The account of a resource by its pin, else by the provider itself."""
    account = account_id(builder.provider_of(resource))
    return resource.provider if undecided(account) else str(account)


def _handles(builder: Builder, store: Store, keys: Sequence[str]) -> Iterator[Handle]:
    origin = store.origin
    if origin.type == INSTANCE:
        own = tuple((key, _disk_tag(builder, store, key)) for key in keys)
        yield Handle(f"{origin.urn}#{store.path}", "EBS", _arn(builder, origin, "ec2", f"volume/{ANY}"), own)
    else:
        service, before, name_input, kind = KINDS[origin.type]
        name = origin.inputs.get(name_input) if name_input else None
        text = f"{before}{name if isinstance(name, str) else ANY}"
        own = tuple((key, tag(builder, origin, key)) for key in keys)
        yield Handle(origin.urn, kind, _arn(builder, origin, service, text), own)
    host = field_of(store, "host")
    instance = None if host is None or undecided(host) else host.origin
    if instance is not None and instance.type == INSTANCE:
        # Backing up an instance backs up every volume that is attached to it.
        tags = tuple((key, tag(builder, instance, key)) for key in keys)
        yield Handle(instance.urn, "EC2", _arn(builder, instance, "ec2", f"instance/{ANY}"), tags)


def _disk_tag(builder: Builder, store: Store, key: str) -> Any:
    """A tag of a disk that an instance brings with it: the disk's own, else `volumeTags`, else the provider's."""
    for path in (f"{store.path}.tags", "volumeTags"):
        tags = store.origin.at(path)
        if undecided(tags):
            return UNKNOWN
        if tags and key in tags:
            return tags[key]
    provider = builder.provider_of(store.origin)
    default = provider.at("defaultTags.tags") if provider is not None else None
    return UNKNOWN if undecided(default) else (default or {}).get(key)


def _arn(builder: Builder, resource: Resource, service: str, what: str) -> str:
    return arn_of(account_id(builder.provider_of(resource)), region_name(builder, resource), service, what)


def arn_of(account: Any, region: Any, service: str, what: str) -> str:
    """An ARN, with ANY for what is undecided."""
    partition = AWS_REGIONS[region][1] if not undecided(region) and region in AWS_REGIONS else ANY
    if service == "s3":
        return f"arn:{partition}:s3:::{what}"
    where, whose = (ANY if undecided(value) else str(value) for value in (region, account))
    return f"arn:{partition}:{service}:{where}:{whose}:{what}"


def keys_of(rules: Iterable[Any]) -> set[str]:
    """The tag keys that lists of `{key, value}` ask for."""
    return {_key(item) for rule in rules if isinstance(rule, list) for item in rule if isinstance(item, dict)} - {""}


def _key(item: Mapping[str, Any]) -> str:
    key = item.get("key")
    return key.removeprefix("aws:ResourceTag/") if isinstance(key, str) else ""


class Selection:
    """One `aws:backup/selection:Selection`, or the part of a restore test that chooses in the same words."""

    def __init__(self, builder: Builder, resources: Any, tags: Any, conditions: Any, excluded: Any) -> None:
        self.builder = builder
        self.resources, self.tags, self.conditions, self.excluded = resources, tags, conditions, excluded
        self._refers = any(not isinstance(item, str) for part in (resources, excluded) for item in _items(part))

    @classmethod
    def of(cls, builder: Builder, selection: Resource) -> Selection:
        """What a selection resource says; where it names neither resources nor tags, AWS takes all that it can."""
        inputs = selection.inputs
        resources, tags = inputs.get("resources"), inputs.get("selectionTags")
        nothing = (resources is None or resources == []) and (tags is None or tags == [])
        return cls(builder, ["*"] if nothing else resources, tags, inputs.get("conditions"), inputs.get("notResources"))

    @property
    def keys(self) -> set[str]:
        """The tag keys that it asks for."""
        lists = [part for block in _items(self.conditions) if isinstance(block, dict) for part in block.values()]
        return keys_of([self.tags, *lists])

    def sort(self, alike: list[Candidate]) -> Iterator[tuple[Any, list[Candidate]]]:
        """Stores of one profile by whether it selects them: True, False or undecided."""
        if self._refers:  # only a reference tells them apart
            yield from ((self.takes_any(candidate.handles), [candidate]) for candidate in alike)
        else:
            yield self.takes_any(alike[0].profile), alike

    def takes_any(self, handles: Iterable[Handle]) -> Any:
        """Whether it selects what any of these handles names: True, False or undecided."""
        return either(self._takes(handle) for handle in handles)

    def _takes(self, handle: Handle) -> Any:
        named = either(
            (
                either(self._means(item, handle) for item in _items(self.resources)),
                either(_tagged(item, handle) for item in _items(self.tags)),
            )
        )
        excluded = either(self._means(item, handle) for item in _items(self.excluded))
        return both((named, negated(excluded), both(_fulfils(block, handle) for block in _items(self.conditions))))

    def _means(self, item: Any, handle: Handle) -> Any:
        if isinstance(item, str):
            return arn_fits(item, handle.arn)
        found = self.builder.referred(item)
        if not found:
            return UNKNOWN
        if all(resource.urn != handle.urn for resource in found):
            return False
        return True if len(found) == 1 else UNKNOWN


def _items(value: Any) -> list[Any]:
    """The items of a list; what is undecided is one undecided item, one object stands for a list of one."""
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]


def _tag(item: Any, handle: Handle) -> Any:
    return next((value for key, value in handle.tags if key == _key(item)), None)


def _tagged(item: Any, handle: Handle) -> Any:
    if not isinstance(item, dict) or not _key(item) or undecided(item.get("value")):
        return UNKNOWN
    value = _tag(item, handle)
    return value if undecided(value) else value == item["value"]


def _fulfils(block: Any, handle: Handle) -> Any:
    if not isinstance(block, dict):
        return UNKNOWN
    return both(_compared(operator, item, handle) for operator, items in block.items() for item in _items(items))


def _compared(operator: str, item: Any, handle: Handle) -> Any:
    operation = operator.rstrip("s")  # Pulumi's plurals: stringEquals, stringLikes, stringNotEquals, stringNotLikes
    if operation.endswith("Like") and isinstance(item, dict) and isinstance(item.get("value"), str):
        value = _tag(item, handle)
        found = value if undecided(value) else value is not None and fits(item["value"], value)
    elif operation.endswith("Equal"):
        found = _tagged(item, handle)
    else:
        return UNKNOWN
    return negated(found) if "Not" in operation else found


@lru_cache(maxsize=4096)
def arn_fits(pattern: str, arn: str) -> Any:
    """Whether a pattern of ARNs takes one that may hold ANY; UNKNOWN where that depends on it."""
    if fits(pattern, arn):
        return True
    return UNKNOWN if ANY in arn and _may_meet(pattern, arn) else False


def fits(pattern: str, text: str) -> bool:
    """Whether a pattern with `*` takes a text; `?` is no wildcard here (AWS Backup, the page above)."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)


def _may_meet(pattern: str, arn: str) -> bool:
    """Whether some text fits both the pattern and the ARN, of which each ANY may be any text."""
    reached = {0}
    for char in arn:
        reached = _after_stars(pattern, reached)
        if char == ANY:
            reached = set(range(min(reached), len(pattern) + 1)) if reached else reached
        else:
            reached = {
                at if pattern[at] == "*" else at + 1
                for at in reached
                if at < len(pattern) and pattern[at] in ("*", char)
            }
    return len(pattern) in _after_stars(pattern, reached)


def _after_stars(pattern: str, reached: set[int]) -> set[int]:
    found = set(reached)
    for at in reached:
        following = at
        while following < len(pattern) and pattern[following] == "*":
            following += 1
            found.add(following)
    return found
