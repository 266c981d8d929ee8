"""Who changed what: the calls of all regions, signed, under a customer key, in a bucket that forgets on time.

These are audit logs of the infrastructure, a class of their own: not what users do, and so not under the 30 days of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi_aws import cloudtrail, s3

from infra.aws.place import Place
from infra.aws.policy import allow, deny, deny_plain_requests, document


@dataclass(frozen=True, kw_only=True)
class TrailArgs:
    """The home region, the key, and the days after which a record goes, not before; ValueError below one day."""

    place: Place
    key_arn: pulumi.Input[str]
    days: int

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(f"days {self.days}: wanted at least 1")


class Trail(pulumi.ComponentResource):
    """A multi-region trail and its bucket. Reading the bucket is on the trail too."""

    def __init__(self, name: str, args: TrailArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("infra:aws:Trail", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self, protect=True)
        bucket = s3.Bucket(
            f"{name}-bucket",
            bucket=bucket_name(args.place, name),
            object_lock_enabled=True,
            force_destroy=False,
            tags={"holds": "audit"},
            opts=self._child,
        )
        self._close(name, bucket, args)
        self._keep(name, bucket, args.days)
        policy = s3.BucketPolicy(
            f"{name}-policy", bucket=bucket.bucket, policy=bucket_policy(args.place, name), opts=self._child
        )
        cloudtrail.Trail(
            name,
            name=name,
            s3_bucket_name=bucket.bucket,
            kms_key_id=args.key_arn,
            enable_logging=True,
            enable_log_file_validation=True,
            is_multi_region_trail=True,
            include_global_service_events=True,
            advanced_event_selectors=[
                _selector("Every call that manages something", _is("eventCategory", "Management")),
                _selector(
                    "Every reading of this trail",
                    _is("eventCategory", "Data"),
                    _is("resources.type", "AWS::S3::Object"),
                    _is("readOnly", "true"),
                    _starts("resources.ARN", f"{bucket_arn(args.place, name)}/"),
                ),
            ],
            opts=pulumi.ResourceOptions(parent=self, protect=True, depends_on=[policy]),
        )
        self.register_outputs({"bucket": bucket.bucket})

    def _close(self, name: str, bucket: s3.Bucket, args: TrailArgs) -> None:
        s3.BucketPublicAccessBlock(
            f"{name}-public-access",
            bucket=bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self._child,
        )
        s3.BucketOwnershipControls(
            f"{name}-ownership",
            bucket=bucket.bucket,
            rule=s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
            opts=self._child,
        )
        key = s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
            sse_algorithm="aws:kms", kms_master_key_id=args.key_arn
        )
        s3.BucketServerSideEncryptionConfiguration(
            f"{name}-encryption",
            bucket=bucket.bucket,
            rules=[
                # With a bucket key CloudTrail would have to be let decrypt what it writes.
                s3.BucketServerSideEncryptionConfigurationRuleArgs(
                    apply_server_side_encryption_by_default=key, bucket_key_enabled=False
                )
            ],
            opts=self._child,
        )

    def _keep(self, name: str, bucket: s3.Bucket, days: int) -> None:
        versioning = s3.BucketVersioning(
            f"{name}-versioning",
            bucket=bucket.bucket,
            versioning_configuration=s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=self._child,
        )
        after_versioning = pulumi.ResourceOptions(parent=self, protect=True, depends_on=[versioning])
        # Governance: who breaks the glass can still erase what must not have been logged; a role never can.
        locked = s3.BucketObjectLockConfigurationRuleDefaultRetentionArgs(mode="GOVERNANCE", days=days)
        s3.BucketObjectLockConfiguration(
            f"{name}-object-lock",
            bucket=bucket.bucket,
            rule=s3.BucketObjectLockConfigurationRuleArgs(default_retention=locked),
            opts=after_versioning,
        )
        s3.BucketLifecycleConfiguration(
            f"{name}-lifecycle", bucket=bucket.bucket, rules=_lifecycle(days), opts=after_versioning
        )


def bucket_name(place: Place, name: str) -> str:
    """Unique among all buckets of the world: the account's number and the region are in it."""
    return f"{name}-{place.account}-{place.region}"


def bucket_arn(place: Place, name: str) -> str:
    """The ARN of the trail's bucket, known before it exists."""
    return place.arn("s3", bucket_name(place, name), region="", account="")


def bucket_policy(place: Place, name: str) -> str:
    """One trail may write below the account's prefix; nobody may use plain HTTP or an old TLS."""
    arn = bucket_arn(place, name)
    cloudtrail_service = {"Service": "cloudtrail.amazonaws.com"}
    trail = {"aws:SourceArn": place.arn("cloudtrail", f"trail/{name}")}
    owned = {**trail, "s3:x-amz-acl": "bucket-owner-full-control"}
    objects = [f"{arn}/AWSLogs/{place.account}/*"]
    everything = [arn, f"{arn}/*"]
    return document(
        allow("TrailLooks", ["s3:GetBucketAcl"], [arn], to=cloudtrail_service, when={"StringEquals": trail}),
        allow("TrailWrites", ["s3:PutObject"], objects, to=cloudtrail_service, when={"StringEquals": owned}),
        deny_plain_requests("s3:*", everything),
        deny("DenyOldTls", ["s3:*"], everything, to="*", when={"NumericLessThan": {"s3:TlsVersion": "1.2"}}),
    )


_Field = cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs


def _is(field: str, value: str) -> _Field:
    return _Field(field=field, equals=[value])


def _starts(field: str, prefix: str) -> _Field:
    return _Field(field=field, starts_withs=[prefix])


def _selector(name: str, *fields: _Field) -> cloudtrail.TrailAdvancedEventSelectorArgs:
    return cloudtrail.TrailAdvancedEventSelectorArgs(name=name, field_selectors=list(fields))


def _lifecycle(days: int) -> list[s3.BucketLifecycleConfigurationRuleArgs]:
    everything = s3.BucketLifecycleConfigurationRuleFilterArgs(prefix="")
    return [
        s3.BucketLifecycleConfigurationRuleArgs(
            id="expire",
            status="Enabled",
            filter=everything,
            expiration=s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days),
            noncurrent_version_expiration=s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
                noncurrent_days=1
            ),
            abort_incomplete_multipart_upload=s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                days_after_initiation=1
            ),
        ),
        # A delete marker cannot go in the rule that makes it.
        s3.BucketLifecycleConfigurationRuleArgs(
            id="forget-markers",
            status="Enabled",
            filter=everything,
            expiration=s3.BucketLifecycleConfigurationRuleExpirationArgs(expired_object_delete_marker=True),
        ),
    ]
