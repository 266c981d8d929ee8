"""What a preview deletes, replaces or switches off: in every environment, for every resource."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

import msgspec
import pytest

from baseline.estate import certain_first
from baseline.estate.build import build
from baseline.estate.nouns import Change
from baseline.graph import UNKNOWN, Graph, Resource, Site, Undecided
from baseline.judge import FAIL, Verdict, judge
from baseline.rule import all_rules, aws_provider, example, resource
from tests.baseline.sabotage.mutations import Change as Deed
from tests.baseline.sabotage.mutations import To, added, all_of, changed, find, without
from tests.recordings import graphs, terms

RULES = tuple(rule for rule in all_rules() if rule.noun is Change)

DATA, BACKUPS, KEY = "data_deleted_by_change", "backups_deleted_by_change", "key_deleted_by_change"
OFF, WATCH = "backups_switched_off_by_change", "watch_ended_by_change"

LOST = {
    "aws:backup/vault:Vault": {DATA},
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": {WATCH},
    "aws:cloudtrail/trail:Trail": {WATCH},
    "aws:cloudwatch/logGroup:LogGroup": {DATA},
    "aws:ebs/volume:Volume": {DATA},
    "aws:ec2/flowLog:FlowLog": {WATCH},
    "aws:guardduty/detector:Detector": {WATCH},
    "aws:kms/key:Key": {KEY},
    "aws:route53/zone:Zone": {DATA},
    "aws:s3/bucket:Bucket": {DATA},
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {WATCH},
    "aws:s3/bucketVersioning:BucketVersioning": {OFF},
    "aws:sns/topic:Topic": {DATA},
    "hcloud:index/server:Server": {BACKUPS},
    "hcloud:index/storageBox:StorageBox": {BACKUPS, DATA},
    "hcloud:index/volume:Volume": {DATA},
    "hcloud:index/zone:Zone": {DATA},
}
"""Type -> the rules that its deletion or replacement breaks. Said here, not asked of the adapters: all else holds
nothing, and is listed in HARMLESS."""

HARMLESS = frozenset(
    {
        "aws:backup/plan:Plan",
        "aws:backup/restoreTestingPlan:RestoreTestingPlan",
        "aws:backup/restoreTestingSelection:RestoreTestingSelection",
        "aws:backup/selection:Selection",
        "aws:backup/vaultPolicy:VaultPolicy",
        "aws:cloudwatch/eventRule:EventRule",
        "aws:cloudwatch/eventTarget:EventTarget",
        "aws:ebs/defaultKmsKey:DefaultKmsKey",
        "aws:ebs/encryptionByDefault:EncryptionByDefault",
        "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/eip:Eip",
        "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
        "aws:ec2/instance:Instance",  # its own disk holds the system only
        "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
        "aws:ec2/internetGateway:InternetGateway",
        "aws:ec2/natGateway:NatGateway",
        "aws:ec2/route:Route",
        "aws:ec2/routeTable:RouteTable",
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/serialConsoleAccess:SerialConsoleAccess",
        "aws:ec2/subnet:Subnet",
        "aws:ec2/volumeAttachment:VolumeAttachment",
        "aws:ec2/vpc:Vpc",
        "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion",
        "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "aws:iam/instanceProfile:InstanceProfile",
        "aws:iam/policy:Policy",
        "aws:iam/role:Role",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:kms/alias:Alias",  # a name of a key
        "aws:lb/listener:Listener",
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:lb/targetGroup:TargetGroup",
        "aws:lb/targetGroupAttachment:TargetGroupAttachment",
        "aws:route53/record:Record",
        "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:sns/topicPolicy:TopicPolicy",
        "aws:sns/topicSubscription:TopicSubscription",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "hcloud:index/firewall:Firewall",
        "hcloud:index/loadBalancer:LoadBalancer",
        "hcloud:index/loadBalancerNetwork:LoadBalancerNetwork",
        "hcloud:index/loadBalancerService:LoadBalancerService",
        "hcloud:index/loadBalancerTarget:LoadBalancerTarget",
        "hcloud:index/network:Network",
        "hcloud:index/networkSubnet:NetworkSubnet",
        "hcloud:index/placementGroup:PlacementGroup",
        "hcloud:index/volumeAttachment:VolumeAttachment",
        "hcloud:index/zoneRrset:ZoneRrset",
        "pulumi:index:Stash",
        "pulumi:providers:aws",
        "pulumi:providers:hcloud",
    }
)
"""Types in which nothing rests and that encrypt, watch and record nothing."""

ENDS_BACKUPS: dict[str, Callable[[str], bool]] = {
    "aws:backup/plan:Plan": lambda _: True,
    "aws:backup/selection:Selection": lambda _: True,
    "hcloud:index/server:Server": lambda _: True,  # it sends away what its volumes hold, which stay
    "hcloud:index/volumeAttachment:VolumeAttachment": lambda name: name.endswith("-data"),  # logs are sent nowhere
}
"""Type -> whether stores that stay lose a backup with a resource of that name, when it is deleted."""


def verdict(before: Graph, after: Graph, steps: Mapping[str, str]) -> Verdict:
    """What the rules on changes say of a preview."""
    shown = msgspec.structs.replace(after, before=before.resources, steps=dict(steps))
    return judge(build(shown, terms(after.stack)), RULES)


def gone(graph: Graph, *urns: str) -> Graph:
    """The Graph without some resources."""
    return msgspec.structs.replace(graph, resources=tuple(item for item in graph if item.urn not in urns))


def broken(found: Verdict) -> dict[str, set[str]]:
    """The rules that certainly fail, by URN."""
    rules: dict[str, set[str]] = defaultdict(set)
    for finding in found.findings:
        if finding.outcome == FAIL:
            rules[finding.urn].add(finding.rule)
    return rules


def custom(graph: Graph) -> Iterator[Resource]:
    """What a provider makes."""
    return (item for item in graph if item.custom)


def test_every_type_of_an_environment_is_said_to_hold_something_or_nothing() -> None:
    """A new type is in one of the two tables, by the hand of whoever brings it in; neither says what is gone."""
    types = {item.type for graph in graphs().values() for item in custom(graph)}
    assert types == LOST.keys() | HARMLESS
    assert not LOST.keys() & HARMLESS
    assert ENDS_BACKUPS.keys() <= types


@pytest.mark.parametrize("stack", graphs())
def test_no_deletion_passes_in_silence(stack: str) -> None:
    """Each resource, deleted alone, breaks exactly the rules on what is lost with it; nothing else is blamed."""
    graph = graphs()[stack]
    wrong = []
    for item in custom(graph):
        expected = set(LOST.get(item.type, ()))
        if item.type in ENDS_BACKUPS and ENDS_BACKUPS[item.type](item.name):
            expected.add(OFF)
        found = verdict(graph, gone(graph, item.urn), {item.urn: "delete"})
        judged = {each.rule for each in found.passes if each.urn == item.urn}
        judged |= {each.rule for each in found.findings if each.urn == item.urn}
        if broken(found) != ({item.urn: expected} if expected else {}):
            wrong.append(f"{item.urn}: {broken(found)}, wanted {expected}")
        if judged != {rule.id for rule in RULES}:
            wrong.append(f"{item.urn}: judged by {judged} only")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("stack", graphs())
def test_no_replacement_passes_in_silence(stack: str) -> None:
    """Each resource, replaced by one that is declared alike, breaks the same rules though the result is the same."""
    graph = graphs()[stack]
    for item in custom(graph):
        expected = LOST.get(item.type)
        assert broken(verdict(graph, graph, {item.urn: "replace"})) == ({item.urn: expected} if expected else {})


@pytest.mark.parametrize("stack", graphs())
def test_what_is_no_longer_managed_is_left_to_nobody(stack: str) -> None:
    """Data and keys that Pulumi forgets are findings; backups in a server that it forgets stay where they are."""
    graph = graphs()[stack]
    for item in custom(graph):
        found = broken(verdict(graph, gone(graph, item.urn), {item.urn: "forget"}))
        assert found.get(item.urn, set()) - {OFF} == LOST.get(item.type, set()) & {DATA, KEY}, item.urn


@pytest.mark.parametrize("stack", graphs())
def test_the_end_of_all_names_all_that_is_lost(stack: str) -> None:
    """A `pulumi destroy` leaves nothing that could be judged, and each loss is a finding."""
    graph = graphs()[stack]
    found = verdict(graph, msgspec.structs.replace(graph, resources=()), {item.urn: "delete" for item in custom(graph)})
    assert broken(found) == {item.urn: LOST[item.type] for item in custom(graph) if item.type in LOST}


@pytest.mark.parametrize("stack", graphs())
def test_a_preview_without_a_step_has_no_change(stack: str) -> None:
    """Nothing changes where everything stays as it is, and nothing of a stack that is not there yet is a change."""
    graph = graphs()[stack]
    assert set(verdict(graph, graph, {}).not_exercised) == {rule.id for rule in RULES}
    created = msgspec.structs.replace(graph, steps={item.urn: "create" for item in graph})
    assert not build(created, terms(stack)).all(Change)
    assert not build(msgspec.structs.replace(created, before=graph.resources), terms(stack)).all(Change)


@pytest.mark.parametrize("stack", graphs())
def test_an_update_of_nothing_ends_nothing(stack: str) -> None:
    """Where every resource is updated, and none differs, all rules pass."""
    graph = graphs()[stack]
    found = verdict(graph, graph, {item.urn: "update" for item in custom(graph)})
    assert not found.findings
    assert {each.urn for each in found.passes if each.rule == OFF} == {item.urn for item in custom(graph)}


def messages(stack: str, deed: Deed, operation: str, name: str, type_: str) -> set[str]:
    """What is said where one resource of a recording goes through a step, and a deed is the result."""
    graph = graphs()[stack]
    found = verdict(graph, deed(graph), {find(graph, name, type_).urn: operation})
    assert {finding.urn for finding in found.findings} <= {find(graph, name, type_).urn}
    return {finding.message for finding in found.findings if finding.rule == OFF}


def test_a_selection_that_goes_names_every_store_that_it_alone_took() -> None:
    """And an update of its role, by which nothing ends, names none."""
    selection = ("backup-selection", "Selection")
    assert messages("aws-us", without(*selection), "delete", *selection) == {
        f"this would end the backup plan of the disk {name}-data" for name in ("app-1", "app-2", "database-1")
    }
    assert not messages("aws-us", changed(*selection, "iamRoleArn", "x"), "update", *selection)


def test_daily_backups_end_where_weekly_ones_follow() -> None:
    """A plan that runs once a week from now on still backs up, and its daily backups end."""
    plan = ("backup", "Plan")
    weekly = changed(*plan, "rules.0.schedule", "cron(0 5 ? * SUN *)")
    assert messages("aws-us", weekly, "update", *plan) == {
        f"this would end the daily backup plan of the disk {name}-data" for name in ("app-1", "app-2", "database-1")
    }


def test_a_plan_may_take_the_place_of_a_plan() -> None:
    """What another plan takes from now on, every day, loses nothing."""
    graph = graphs()["aws-us"]
    plan, selection = find(graph, "backup", "Plan"), find(graph, "backup-selection", "Selection")
    successor = {**selection.inputs, "planId": To("successor", "Plan")}
    after = all_of(added(plan.type, "successor", plan.inputs), added(selection.type, "successor", successor))(
        gone(graph, plan.urn, selection.urn)
    )
    assert not verdict(graph, after, {plan.urn: "delete", selection.urn: "delete"}).findings
    assert verdict(graph, gone(after, find(after, "successor", "Selection").urn), {plan.urn: "delete"}).findings


def test_a_switch_that_goes_off_is_named_with_what_becomes_of_the_backups() -> None:
    """At the input that goes off, by whatever way it does."""
    server, box = ("app-1", "Server"), ("backup-fsn1", "StorageBox")
    off = changed(*server, "backups", False)
    said = "this would switch off the backups of app-1, which deletes those that exist"
    assert messages("hetzner-de", off, "update", *server) == {said}
    (unplanned,) = messages("hetzner-de", changed(*box, "snapshotPlan", {}), "update", *box)
    assert unplanned == "this would switch off the backups of backup-fsn1, and none would follow those that exist"


HELD = {
    "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault": {DATA},
    "aws:dynamodb/table:Table": {DATA},
    "aws:dynamodb/tableReplica:TableReplica": {DATA},
    "aws:ebs/snapshot:Snapshot": {BACKUPS, DATA},
    "aws:ebs/snapshotCopy:SnapshotCopy": {BACKUPS, DATA},
    "aws:ec2/ami:Ami": {BACKUPS, DATA},
    "aws:efs/fileSystem:FileSystem": {DATA},
    "aws:elasticache/replicationGroup:ReplicationGroup": {DATA},
    "aws:kinesis/stream:Stream": {DATA},
    "aws:kms/externalKey:ExternalKey": {KEY},
    "aws:kms/replicaExternalKey:ReplicaExternalKey": {KEY},
    "aws:kms/replicaKey:ReplicaKey": {KEY},
    "aws:rds/cluster:Cluster": {DATA},
    "aws:rds/instance:Instance": {DATA},
    "aws:s3/bucketV2:BucketV2": {DATA},
    "aws:secretsmanager/secret:Secret": {DATA},
    "aws:sqs/queue:Queue": {DATA},
    "hcloud:index/snapshot:Snapshot": {BACKUPS, DATA},
    "hcloud:index/storageBoxSnapshot:StorageBoxSnapshot": {BACKUPS, DATA},
}
"""Types that only other programs declare -> the rules that their loss breaks."""


@pytest.mark.parametrize("type_", HELD)
@pytest.mark.parametrize("operation", ["delete", "replace"])
def test_what_only_other_programs_declare_is_not_lost_in_silence(type_: str, operation: str) -> None:
    """Databases, file systems, queues, secrets, snapshots and keys, of which nothing more is said."""
    item = resource(type_, "it")
    stays = (aws_provider(), item) if operation == "replace" else (aws_provider(),)
    case = example("", *stays, before=(aws_provider(), item), steps={"it": operation})
    assert broken(judge(build(case.graph, case.terms), RULES)) == {item.urn: HELD[type_]}


def test_a_type_that_no_adapter_knows_does_not_go_in_silence() -> None:
    """It is listed as unjudged, as it was while it stood, and no rule says that it passes."""
    strange = resource("elsewhere:index/database:Database", "orders")
    case = example("", before=(strange,), steps={"orders": "delete"})
    found = judge(build(case.graph, case.terms), RULES)
    assert [item.urn for item in found.unjudged] == [strange.urn]
    assert not found.passes
    assert found.violated()


def test_a_step_whose_past_is_not_shown_does_not_pass() -> None:
    """Every rule that asks what was there before says that nobody knows."""
    graph = graphs()["hetzner-de"]
    item = find(graph, "database-1-data", "Volume")
    found = verdict(gone(graph, item.urn), graph, {item.urn: "replace"})
    assert {finding.rule for finding in found.findings if finding.urn == item.urn} == {DATA, BACKUPS, KEY, OFF}
    assert {finding.outcome for finding in found.findings if finding.urn == item.urn} == {"unknown"}


def test_a_doubt_hides_no_certain_loss() -> None:
    """What is certain comes first, and the doubt after it."""

    def holds(value: object) -> bool:
        if value is UNKNOWN:
            raise Undecided("unknown", "")
        return bool(value)

    found = certain_first(holds, (UNKNOWN, "orders", "", "carts"))
    assert [next(found), next(found)] == ["orders", "carts"]
    with pytest.raises(Undecided):
        next(found)


def blank(graph: Graph, item: Resource) -> Graph:
    """The Graph in which nothing is known of what a resource says."""
    new = msgspec.structs.replace(item, inputs=dict.fromkeys(item.inputs, UNKNOWN))
    return msgspec.structs.replace(graph, resources=tuple(new if each.urn == item.urn else each for each in graph))


@pytest.mark.parametrize("stack", graphs())
def test_what_nobody_knows_makes_no_loss_pass(stack: str) -> None:
    """With every input unknown before, each loss that was a finding is one still, or cannot be decided."""
    graph = graphs()[stack]
    for item in custom(graph):
        for rule in LOST.get(item.type, ()):
            found = verdict(blank(graph, item), gone(graph, item.urn), {item.urn: "delete"})
            assert rule in {finding.rule for finding in found.findings if finding.urn == item.urn}, item.urn


@pytest.mark.parametrize(
    ("stack", "name", "type_"),
    [
        ("aws-us", "backup", "Plan"),
        ("aws-us", "backup-selection", "Selection"),
        ("aws-us", "database-1-data", "Volume"),
        ("aws-us", "vault", "Vault"),
        ("hetzner-de", "app-1", "Server"),
        ("hetzner-de", "backup-fsn1", "StorageBox"),
        ("hetzner-de", "database-1-data", "Volume"),
        ("hetzner-de", "database-1-data", "VolumeAttachment"),
    ],
)
def test_what_nobody_knows_keeps_no_backup(stack: str, name: str, type_: str) -> None:
    """Where nothing is known of what backs up or is backed up, nobody says that backups go on."""
    graph = graphs()[stack]
    item = find(graph, name, type_)
    assert verdict(graph, blank(graph, item), {item.urn: "update"}).findings


def test_a_change_names_the_line_to_look_at() -> None:
    """The line of what would be there; of what goes, the line that it had."""
    graph = graphs()["hetzner-de"]
    item = find(graph, "database-1-data", "Volume")
    moved = msgspec.structs.replace(item, built_at=Site("infra/hetzner/disk.py", 1))
    after = msgspec.structs.replace(graph, resources=tuple(moved if each is item else each for each in graph))
    (replaced,) = verdict(graph, after, {item.urn: "replace"}).findings
    (deleted,) = verdict(graph, gone(graph, item.urn), {item.urn: "delete"}).findings
    assert (replaced.built_at, deleted.built_at) == (moved.built_at, item.built_at)
