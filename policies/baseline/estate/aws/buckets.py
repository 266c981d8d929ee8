"""S3: a bucket and the many resources that together say who reaches it, how it is encrypted and where it is copied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from baseline.estate.aws import acls
from baseline.estate.aws.keys import customer_key
from baseline.estate.aws.places import region_of
from baseline.estate.aws.references import Named
from baseline.estate.aws.resting import plain_requests, store, ways_by_policy, whole_store
from baseline.estate.builder import UNKNOWN, Builder, known, undecided
from baseline.estate.doubt import both, either, flag, ways_in
from baseline.estate.nouns import Copy, Opening
from baseline.graph import Resource

BUCKETS = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
ACCOUNT_BLOCK = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
OBJECTS = (
    "aws:s3/bucketObject:BucketObject",
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "aws:s3/objectCopy:ObjectCopy",
)
_KINDS = {
    "block": ("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",),
    "policy": ("aws:s3/bucketPolicy:BucketPolicy",),
    "acl": ("aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"),
    "object": OBJECTS,
    "encryption": (
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
    ),
}
REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
_SWITCHES = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def read(builder: Builder) -> None:
    """Each bucket with its satellites."""
    _Buckets(builder).read()


class _Buckets:
    """What all buckets are read with: the satellites of each, certain ones apart from possible ones."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.named = Named(builder, BUCKETS, "bucket")
        self.accounts: dict[str, list[Resource]] = {}
        for block in builder.of(ACCOUNT_BLOCK):
            self.accounts.setdefault(self._account(block), []).append(block)
        self.possible: dict[tuple[str, str], list[Resource]] = {}
        self.certain: dict[tuple[str, str], list[Resource]] = {}
        self.strays: list[tuple[str, Resource]] = []  # satellites of buckets that are not in this program
        for kind, types in _KINDS.items():
            for satellite in builder.of(*types):
                named = satellite.inputs.get("bucket")
                found = self.named.any(named)
                for bucket in found:
                    self.possible.setdefault((bucket.urn, kind), []).append(satellite)
                if len(found) == 1:
                    self.certain.setdefault((found[0].urn, kind), []).append(satellite)
                elif not found:
                    self.strays.append((kind, satellite))
                    if isinstance(named, str):
                        self.certain.setdefault((named, kind), []).append(satellite)

    def read(self) -> None:
        for bucket in self.builder.of(*BUCKETS):
            inline = bucket.inputs.get("policy")
            certain = [inline, *(item.inputs.get("policy") for item in self._sure(bucket, "policy"))]
            store(
                self.builder,
                bucket,
                "bucket",
                encrypted=True,  # S3 encrypts every object since 2023-01-05 (S3 User Guide, "default encryption")
                customer_key=self._customer_key(bucket),
                reachable=self._reachable(bucket),
                plain_requests=plain_requests(
                    certain, ("s3:*",), whole_store(bucket.inputs.get("bucket", UNKNOWN), "/*")
                ),
            )
            self._replicated(bucket, "replicationConfiguration.rules")
        for configuration in self.builder.of(REPLICATION):  # also of buckets that are not in this program
            self._replicated(configuration, "rules")
        for block in self.builder.of(ACCOUNT_BLOCK):
            switches = {switch: flag(block.inputs.get(switch), False) for switch in _SWITCHES}
            self._opening(block, "buckets of the account of", ways_in(_unblocked(switches), switches.values()))
        for kind, satellite in self.strays:
            self._stray(kind, satellite)

    def _stray(self, kind: str, satellite: Resource) -> None:
        """A satellite of a bucket that another program declares: what it opens, it opens whatever that one says."""
        named = satellite.inputs.get("bucket")
        bucket = named if isinstance(named, str) else ""
        if kind == "encryption":
            # Whether the bucket is protected and backed up is judged where it is declared; system claims neither.
            key = self._key_of_all([satellite])
            label = "encryption of a bucket"
            store(self.builder, satellite, label, holds="system", encrypted=True, customer_key=key, protected=True)
            return
        blocks = {switch: self._blocked_by(satellite, bucket, switch) for switch in _SWITCHES}
        if kind == "block":
            self._opening(satellite, "bucket behind", ways_in(_unblocked(blocks), blocks.values()))
            return
        policy = satellite.inputs.get("policy")
        found = ways_by_policy([policy]) if kind == "policy" else acls.public(satellite)
        closed = blocks["restrictPublicBuckets" if kind == "policy" else "ignorePublicAcls"]
        ways, doubts = found if closed is False else ([], [closed] if any(found) else [])
        plain = plain_requests([policy], ("s3:*",), whole_store(bucket or UNKNOWN, "/*")) if kind == "policy" else None
        self._opening(satellite, "bucket behind", ways_in(ways, doubts), plain)

    def _opening(self, origin: Resource, kind: str, reachable: Any, plain: Any = None) -> None:
        self.builder.add(Opening(origin=origin, kind=kind, reachable=reachable, plain_requests=plain))

    def _maybe(self, bucket: Resource, kind: str) -> Sequence[Resource]:
        return self.possible.get((bucket.urn, kind), ())

    def _sure(self, bucket: Resource, kind: str) -> Sequence[Resource]:
        return self.certain.get((bucket.urn, kind), ())

    def _customer_key(self, bucket: Resource) -> Any:
        inline = bucket.at("serverSideEncryptionConfiguration.rule")
        return self._key_of_all(self._sure(bucket, "encryption"), *([inline] if inline is not None else []))

    def _key_of_all(self, configurations: Sequence[Resource], *rules_inline: Any) -> Any:
        rules = list(rules_inline)
        for configuration in configurations:
            said = configuration.inputs.get("rules")
            rules += said if isinstance(said, list) else [said]
        return either(self._under_a_key(rule) for rule in rules)

    def _under_a_key(self, rule: Any) -> Any:
        default = rule.get("applyServerSideEncryptionByDefault") if isinstance(rule, dict) else rule
        if not isinstance(default, dict):
            return default if undecided(default) else False
        algorithm = default.get("sseAlgorithm")
        if undecided(algorithm):
            return algorithm
        if algorithm not in ("aws:kms", "aws:kms:dsse"):
            return False
        return customer_key(self.builder, default.get("kmsMasterKeyId"))

    def _reachable(self, bucket: Resource) -> Any:
        blocks = {switch: self._blocked(bucket, switch) for switch in _SWITCHES}
        if both(blocks.values()) is True:
            return ()
        ways: list[str] = []
        doubts = list(blocks.values())
        if blocks["restrictPublicBuckets"] is False:
            policies = [item.inputs.get("policy") for item in self._maybe(bucket, "policy")]
            ways, more = ways_by_policy([bucket.inputs.get("policy"), *policies])
            doubts += more
        if blocks["ignorePublicAcls"] is False:
            parts = (bucket, *self._maybe(bucket, "acl"), *self._maybe(bucket, "object"))
            ways += [way for part in parts for way in acls.public(part)[0]]
        return ways_in([*ways, *_unblocked(blocks)], doubts)

    def _blocked(self, bucket: Resource, switch: str) -> Any:
        return self._blocked_by(bucket, bucket.urn, switch)

    def _blocked_by(self, resource: Resource, bucket: str, switch: str) -> Any:
        """Whether a switch is on for a bucket, given by its URN or by its name, or for the account of a resource."""
        blocks = [*self.certain.get((bucket, "block"), ()), *self.accounts.get(self._account(resource), ())]
        if resource.type in _KINDS["block"] and resource not in blocks:
            blocks.append(resource)
        return either(flag(block.inputs.get(switch), False) for block in blocks)

    def _account(self, resource: Resource) -> str:
        """The account that the provider pins, else the provider itself, which is in one."""
        provider = self.builder.provider_of(resource)
        pins: Any = provider.at("allowedAccountIds") if provider is not None else None
        pinned = isinstance(pins, list) and len(pins) == 1 and not undecided(pins[0])
        return str(pins[0]) if pinned else resource.provider

    def _replicated(self, resource: Resource, path: str) -> None:
        rules = known(resource.at(path), [])
        for index, rule in enumerate(rules if isinstance(rules, list) else [rules]):
            target = rule
            for step in ("destination", "bucket"):
                target = target.get(step) if isinstance(target, dict) else target
            where = self.named.one(target)
            self.builder.add(
                Copy(
                    origin=resource,
                    path=f"{path}.{index}.destination.bucket",
                    what="replication of a bucket",
                    # The ARN of a bucket names neither its region nor its account.
                    location=region_of(self.builder, where) if where else UNKNOWN,
                )
            )


def _unblocked(switches: Mapping[str, Any]) -> list[str]:
    """The way in that a public access block leaves, in words."""
    off = [switch for switch, value in switches.items() if value is False]
    return [f"no public access block ({', '.join(off)})"] if off else []
