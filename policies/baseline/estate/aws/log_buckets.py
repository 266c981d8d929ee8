"""Buckets that logs are written to, and for how long their lifecycle keeps what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from baseline.estate.aws.buckets import BUCKETS
from baseline.estate.aws.inputs import values_at
from baseline.estate.aws.references import Named
from baseline.estate.builder import UNKNOWN, Builder, items, known, number, undecided
from baseline.graph import Resource, unknown_because

LIFECYCLES = (
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
)
VERSIONING = ("aws:s3/bucketVersioning:BucketVersioning", "aws:s3/bucketVersioningV2:BucketVersioningV2")
LOCKS = ("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",)
TRAIL = "aws:cloudtrail/trail:Trail"
FLOWS = "aws:ec2/flowLog:FlowLog"
BALANCERS = ("aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer")

_SETTINGS: tuple[tuple[str, str], ...] = (
    ("aws:s3/bucketLogging:BucketLogging", "targetBucket"),
    ("aws:s3/bucketLoggingV2:BucketLoggingV2", "targetBucket"),
    ("aws:redshift/logging:Logging", "bucketName"),
    ("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "logDestinationConfigs"),
    ("aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig", "destinationArn"),
    ("aws:route53/queryLog:QueryLog", "cloudwatchLogGroupArn"),
    ("aws:vpclattice/accessLogSubscription:AccessLogSubscription", "destinationArn"),
    (
        "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
        "loggingConfiguration.logDestinationConfigs.logDestination.bucketName",
    ),
    ("aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration", "logConfigurations.s3Configuration.bucketArn"),
    (
        "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration",
        "loggingConfig.s3Config.bucketName",
    ),
    (
        "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration",
        "loggingConfig.cloudwatchConfig.largeDataDeliveryS3Config.bucketName",
    ),
    (
        "aws:verifiedaccess/instanceLoggingConfiguration:InstanceLoggingConfiguration",
        "accessLogs.s3.bucketName",
    ),
    ("aws:ivschat/loggingConfiguration:LoggingConfiguration", "destinationConfiguration.s3.bucketName"),
    ("aws:workspacesweb/sessionLogger:SessionLogger", "logConfiguration.s3.bucket"),
    ("aws:ec2/spotDatafeedSubscription:SpotDatafeedSubscription", "bucket"),
)
"""Types that say nothing but where logs go; without a bucket they go to a log group or stream, judged by itself."""

WRITERS: tuple[tuple[str, str], ...] = (
    (FLOWS, "logDestination"),
    ("aws:cloudfront/distribution:Distribution", "loggingConfig.bucket"),
    ("aws:codebuild/project:Project", "logsConfig.s3Logs.location"),
    ("aws:emr/cluster:Cluster", "logUri"),
    ("aws:msk/cluster:Cluster", "loggingInfo.brokerLogs.s3.bucket"),
    ("aws:timestreaminfluxdb/dbInstance:DbInstance", "logDeliveryConfiguration.s3Configuration.bucketName"),
    ("aws:timestreaminfluxdb/dbCluster:DbCluster", "logDeliveryConfiguration.s3Configuration.bucketName"),
    ("aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration", "logging.s3Logs.s3BucketName"),
    ("aws:mskconnect/connector:Connector", "logDelivery.workerLogDelivery.s3.bucket"),
    ("aws:elb/loadBalancer:LoadBalancer", "accessLogs.bucket"),
    *((balancer, f"{kind}.bucket") for balancer in BALANCERS for kind in ("accessLogs", "connectionLogs")),
    *_SETTINGS,
)
"""What writes service logs to a bucket, and the input that names it."""

RECORDERS: tuple[tuple[str, str], ...] = (
    (TRAIL, "s3BucketName"),
    ("aws:cfg/deliveryChannel:DeliveryChannel", "s3BucketName"),
)
"""What writes a record of changes to a bucket. Source of all three: pulumi-aws 7.51.1, read 2026-11-26."""

_LAST_WINS = unknown_because("is not known: several lifecycles are given to the bucket, and the last one written holds")
_NO_BUCKETS = ("cloud-watch-logs", "kinesis-data-firehose")


class Kept(NamedTuple):
    """Full days at least and at most, None for ever; and the input that decides."""

    at_least: Any
    at_most: Any
    origin: Resource
    path: str


class LogBuckets:
    """The buckets that are written to as logs: audit logs by a trail, service logs by everything else."""

    def __init__(self, builder: Builder) -> None:
        named = Named(builder, BUCKETS, "bucket")
        self.written: dict[str, str] = {}  # URN of a bucket: service_log or audit_log
        self.elsewhere: list[tuple[Resource, str, str]] = []  # who writes, by which input, what: to no bucket of ours
        # Audit logs last, for they are what a bucket of both holds.
        builder.of(*(type_ for type_, _ in (*_SETTINGS, *RECORDERS)))
        for kind, writers in (("service_log", WRITERS), ("audit_log", RECORDERS)):
            for type_, path in writers:
                for writer in builder.peek(type_):
                    for at, value in list(values_at(writer, path)) or [(path, None)]:
                        self._follow(named, writer, path, at, value, kind)
        self.lifecycles = _certain(named, builder.of(*LIFECYCLES))
        self.versioned = _certain(named, builder.of(*VERSIONING))
        self.locks = _certain(named, builder.of(*LOCKS))

    def _follow(self, named: Named, writer: Resource, path: str, at: str, value: Any, kind: str) -> None:
        buckets = named.any(_name(value))
        self.written.update((bucket.urn, kind) for bucket in buckets)
        if not buckets and not _to_no_bucket(writer, path, value) and not _is_no_bucket(named, value):
            self.elsewhere.append((writer, at, kind))

    def kept(self, bucket: Resource) -> Kept:
        """How long what is written to a bucket stays there."""
        said = [(bucket, "", bucket.inputs.get("lifecycleRules"))]
        said += ((item, "rules", item.inputs.get("rules")) for item in self.lifecycles.get(bucket.urn, ()))
        origin, path, rules = said[-1]
        if sum(given is not None for _, _, given in said) > 1:
            return Kept(_LAST_WINS, _LAST_WINS, origin, path)
        if undecided(rules):
            return Kept(rules, rules, origin, path)
        versioned = self._versioned(bucket)
        listed = items(rules)
        old = _earliest(_versions_end(rule) for rule in listed if isinstance(rule, dict) and _is_for_all(rule))
        read = (_end(rule, versioned, old) if isinstance(rule, dict) else _End(True, UNKNOWN) for rule in listed)
        ends = [end for end in read if end is not None]
        doubt = next((end.days for end in ends if undecided(end.days)), None)
        if doubt is not None:
            return Kept(doubt, doubt, origin, path)
        least = min((end.first for end in ends if end.first is not None), default=None)
        most = min((end.days for end in ends if end.whole and end.days is not None), default=None)
        for lock in self.locks.get(bucket.urn, ()):
            locked = _locked(lock)
            if undecided(locked) or (most is not None and locked > most):
                most, origin, path = locked, lock, "rule.defaultRetention"  # nothing goes before its lock ends
        return Kept(least, most, origin, path)

    def _versioned(self, bucket: Resource) -> Any:
        status = bucket.at("versioning.enabled")
        for versioning in self.versioned.get(bucket.urn, ()):
            said = versioning.at("versioningConfiguration.status")
            status = said if undecided(said) else said != "Disabled"  # suspended keeps the versions that there are
        return known(status, False)


def _to_no_bucket(writer: Resource, path: str, value: Any) -> bool:
    """Whether it writes nothing (a balancer does when told to), or to something else, as flow logs do unless told."""
    if writer.type == FLOWS:
        return writer.inputs.get("logDestinationType", "cloud-watch-logs") in _NO_BUCKETS
    return value is None or (writer.type in BALANCERS and not _switched_on(writer, path))


def _is_no_bucket(named: Named, value: Any) -> bool:
    """Whether a destination is certainly a log group, a stream or whatever else is judged by itself."""
    if isinstance(value, str):
        return value.startswith("arn:") and value.split(":")[2:3] != ["s3"]
    return bool(named.builder.referred(value))


def _switched_on(balancer: Resource, path: str) -> bool:
    return balancer.at(path.replace(".bucket", ".enabled")) not in (None, False)


def _locked(lock: Resource) -> Any:
    """Days for which every new object is locked."""
    days, years = (number(lock.at(f"rule.defaultRetention.{unit}")) for unit in ("days", "years"))
    for value in (days, years):
        if undecided(value):
            return value
    return days or 366 * (years or 0)


class _End(NamedTuple):
    """When one rule ends objects: `whole` for all in the bucket; `first` is when the current version goes."""

    whole: bool
    days: Any
    first: Any = None


def _name(value: Any) -> Any:
    """The bucket in an ARN (with a prefix for its objects, perhaps) or in a host name; all else as it is."""
    if not isinstance(value, str):
        return value
    return value.removeprefix("s3://").rpartition(":::")[2].partition("/")[0].partition(".s3.")[0]


def _certain(named: Named, resources: Sequence[Resource]) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for resource in resources:
        if (bucket := named.one(resource.inputs.get("bucket"))) is not None:
            found.setdefault(bucket.urn, []).append(resource)
    return found


def _end(rule: dict[str, Any], versioned: Any, old: Any) -> _End | None:
    """None for a rule that ends nothing: disabled, or one that only moves objects or tidies markers.

    `old` are the days after which versions go that are no longer current, by whatever rule is for all objects.
    """
    status = _status(rule)
    if not undecided(status) and status != "Enabled":
        return None
    expiration = rule.get("expiration")
    days = number(expiration.get("days")) if isinstance(expiration, dict) else number(expiration)
    if days is None or days == 0:
        return None
    noncurrent = _earliest((_versions_end(rule), old))
    doubts = [value for value in (status, days, versioned, *_filters(rule)) if undecided(value)]
    doubts += [noncurrent] if versioned is True and undecided(noncurrent) else []
    if doubts:
        return _End(True, doubts[0])
    # In a versioned bucket expiration only hides an object; its last version goes when noncurrent versions expire.
    last = days if not versioned else days + noncurrent if noncurrent else None
    return _End(_is_for_all(rule), last, days)


def _status(rule: dict[str, Any]) -> Any:
    return rule.get("status", "Enabled" if rule.get("enabled") is True else "Disabled")


def _versions_end(rule: dict[str, Any]) -> Any:
    """Days after which a rule ends versions that are no longer current; None where it keeps some for ever."""
    said = rule.get("noncurrentVersionExpiration")
    status = _status(rule)
    if said is None or undecided(said) or not (undecided(status) or status == "Enabled"):
        return said if undecided(said) else None
    said = said if isinstance(said, dict) else {"days": UNKNOWN}
    days = number(said.get("noncurrentDays", said.get("days")))
    spared = number(said.get("newerNoncurrentVersions"))
    doubts = [value for value in (status, spared) if undecided(value)]
    return doubts[0] if doubts else None if spared else days


def _earliest(days: Iterable[Any]) -> Any:
    """The least of what is decided; a doubt where nothing is, None where nothing is said."""
    said = [each for each in days if each is not None]
    return min((each for each in said if not undecided(each)), default=said[0] if said else None)


def _is_for_all(rule: dict[str, Any]) -> bool:
    """Whether nothing certainly narrows a rule."""
    return not any(part for part in _filters(rule) if not undecided(part))


def _filters(rule: dict[str, Any]) -> Iterator[Any]:
    """Whatever narrows a rule to some of the objects."""
    filter_ = rule.get("filter")
    if isinstance(filter_, dict) and isinstance(filter_.get("and"), dict):
        filter_ = {**filter_, **filter_["and"], "and": None}
    parts: Iterable[Any] = filter_.values() if isinstance(filter_, dict) else (filter_,)
    yield from (part for part in (*parts, rule.get("prefix"), rule.get("tags")) if part is not None)
