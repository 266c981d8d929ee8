"""What a preview leaves without the backups that it has."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.facts.own_backups import MAKERS, SWITCHES
from baseline.estate.nouns import Change
from baseline.graph import UNKNOWN, Resource, Undecided
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Change,
    clauses=("5.1/3",),
    remedy="Keep what backs it up: the switch on, the plan, its selection, and the tag or label by which that finds "
    "the store; `protect=True` for a plan and its selection. Another plan may take the place of one in the same "
    "change. Where backups of another kind do, let them run first for as long as backups are promised, and then end "
    "these in a change of its own (docs/recovery.md, retirement).",
)
def backups_switched_off_by_change(change: Change, _: Estate) -> Iterator[Problem]:
    """A change switches backups off.

    Hetzner deletes all backups of a server in the moment in which they are switched off, and a database loses each
    moment that it could go back to. Elsewhere backups that exist end with their days, and none follows them. That
    something else backs the store up as well is no reason: it has none of the past. The finding is at the step that
    ends them: the store, its tag, its plan or the plan's selection.
    """
    for backups in change.uncovered:
        yield Problem(f"this would end the {backups}")
    switch = SWITCHES.get(change.origin.type)
    if switch and change.backups_off:
        yield Problem(f"this would switch off the backups of {change.label}, {switch.ends}", switch.path)
    was_off = switch is not None and switch.on(change.origin) is False
    if change.operation != "update" and change.origin.type in MAKERS and not was_off:
        yield Problem(f"with {change.label} would end {MAKERS[change.origin.type]}")
    for backups in change.in_doubt:
        raise Undecided("unknown", "", f"whether this would end the {backups} is known only after deployment")


_SERVER = "hcloud:index/server:Server"
_ON = resource(_SERVER, "web", location="fsn1", backups=True)
_OFF = resource(_SERVER, "web", location="fsn1", backups=False)
_DATABASE = "aws:rds/instance:Instance"
_COPIES = resource(
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    "elsewhere",
    sourceDbInstanceArn="arn:aws:rds:eu-central-1:123456789012:db:orders",
    region="eu-west-1",
)
_FILES = resource("aws:efs/fileSystem:FileSystem", "files", encrypted=True)


def _policy(status: str, files: object) -> Resource:
    kind = "aws:efs/backupPolicy:BackupPolicy"
    return resource(kind, "policy", fileSystemId=files, backupPolicy={"status": status})


def _versioning(status: str) -> Resource:
    kind = "aws:s3/bucketVersioning:BucketVersioning"
    return resource(kind, "versions", bucket="files-eu", versioningConfiguration={"status": status})


_VOLUME = resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1a", tags={"backup": "daily"})
_UNTAGGED = resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1a", tags={"holds": "system"})
_VAULT = resource("aws:backup/vault:Vault", "vault")
_RULE = {"ruleName": "daily", "targetVaultName": ref(_VAULT), "schedule": "cron(0 5 * * ? *)"}
_PLAN = resource("aws:backup/plan:Plan", "plan", rules=[_RULE])
_TAGGED = [{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}]
_CHOICE = resource("aws:backup/selection:Selection", "tagged", planId=ref(_PLAN), selectionTags=_TAGGED)
_OTHER_PLAN = resource("aws:backup/plan:Plan", "other", rules=[_RULE])
_OTHER_CHOICE = resource("aws:backup/selection:Selection", "all", planId=ref(_OTHER_PLAN), resources=["*"])
_BACKED_UP = (aws_provider(), _VOLUME, _VAULT, _PLAN, _CHOICE)

EXAMPLES = (
    example("they stay on", _ON, before=(_ON,), steps={"web": "update"}),
    example("they are switched on", _ON, before=(_OFF,), steps={"web": "update"}),
    example("they are switched off", _OFF, fails("web", "backups"), before=(_ON,), steps={"web": "update"}),
    example(
        "a database goes back to no earlier moment, though a plan takes it",
        *_BACKED_UP,
        _OTHER_PLAN,
        _OTHER_CHOICE,
        resource(_DATABASE, "orders", backupRetentionPeriod=0),
        fails("orders", "backupRetentionPeriod"),
        before=(*_BACKED_UP, _OTHER_PLAN, _OTHER_CHOICE, resource(_DATABASE, "orders", backupRetentionPeriod=7)),
        steps={"orders": "update"},
    ),
    example(
        "a database's backups are copied no more",
        *(aws_provider(), resource(_DATABASE, "orders", backupRetentionPeriod=7)),
        fails("elsewhere"),
        before=(aws_provider(), resource(_DATABASE, "orders", backupRetentionPeriod=7), _COPIES),
        steps={"elsewhere": "delete"},
    ),
    example(
        "versions of objects are kept no more",
        *(aws_provider(), _versioning("Suspended"), fails("versions", "versioningConfiguration.status")),
        before=(aws_provider(), _versioning("Enabled")),
        steps={"versions": "update"},
    ),
    example(
        "a file system of another program is backed up no more",
        *(aws_provider(), _policy("DISABLED", "fs-1"), fails("policy", "backupPolicy.status")),
        before=(aws_provider(), _policy("ENABLED", "fs-1")),
        steps={"policy": "update"},
    ),
    example(
        "so is one of this program, once",
        *(aws_provider(), _FILES, _policy("DISABLED", ref(_FILES)), fails("policy", "backupPolicy.status")),
        before=(aws_provider(), _FILES, _policy("ENABLED", ref(_FILES))),
        steps={"policy": "update"},
    ),
    example(
        "a policy that was off goes, and one that was on",
        *(aws_provider(), fails("versions")),
        before=(aws_provider(), _policy("DISABLED", "fs-1"), _versioning("Enabled")),
        steps={"policy": "delete", "versions": "delete"},
    ),
    example(
        "one plan follows another",
        *(aws_provider(), _VOLUME, _VAULT, _OTHER_PLAN, _OTHER_CHOICE),
        before=_BACKED_UP,
        steps={"plan": "delete", "tagged": "delete"},
    ),
    example(
        "a selection goes, and its plan stays",
        *(aws_provider(), _VOLUME, _VAULT, _PLAN),
        fails("tagged"),
        before=_BACKED_UP,
        steps={"tagged": "delete"},
    ),
    example(
        "a plan that Pulumi no longer manages",
        *(aws_provider(), _VOLUME, _VAULT),
        *(fails("plan"), fails("tagged")),
        before=_BACKED_UP,
        steps={"plan": "forget", "tagged": "forget"},
    ),
    example(
        "a volume loses the tag by which it is taken, and is said to hold nothing of worth",
        *(aws_provider(), _UNTAGGED, _VAULT, _PLAN, _CHOICE),
        fails("data"),
        before=_BACKED_UP,
        steps={"data": "update"},
    ),
    example(
        "only deployment knows whether they stay",
        resource(_SERVER, "web", location="fsn1", backups=UNKNOWN),
        unknown("web"),
        before=(_ON,),
        steps={"web": "update"},
    ),
    example(
        "only deployment knows the tag",
        *(aws_provider(), _VAULT, _PLAN, _CHOICE),
        resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1a", tags={"backup": UNKNOWN}),
        unknown("data"),
        before=_BACKED_UP,
        steps={"data": "update"},
    ),
)
