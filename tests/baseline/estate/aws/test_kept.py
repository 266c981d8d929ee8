"""What AWS keeps, told by tables: encryption, keys, ways in and places of each family."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest

from baseline.estate.aws.kept import DOORS as TABLES_OF_DOORS
from baseline.estate.aws.kept import TABLES
from baseline.estate.aws.kept.row import Absent, Door, Given, Row, Switch
from baseline.graph import UNKNOWN, Resource
from baseline.rule import ref, resource
from tests.baseline.estate.aws import sdk
from tests.baseline.estate.aws.judging import findings, nested, outcomes, passed

ROWS = {type_: row for table in TABLES for type_, row in table.items()}
DOORS = {type_: door for table in TABLES_OF_DOORS for type_, door in table.items()}
ALL: Final[dict[str, Row | Door]] = {**ROWS, **DOORS}
KEY = resource("aws:kms/key:Key", "key", enableKeyRotation=True)
PLAIN, PLACE, OWN_KEY = "store_without_encryption", "store_outside_countries", "store_under_no_customer_key"
OPEN, CLEAR = "storage_reachable_from_outside", "store_admits_plain_requests"


def paths_of(row: Row | Door) -> Iterator[str]:
    """Every input that a row or a door names."""
    for said in row:
        if isinstance(said, Switch | Given | Absent):
            yield said.path
    if isinstance(row, Row):
        yield from (*row.key, *filter(None, (row.inline, row.shared, row.source)))
        if row.policy and row.name:
            yield row.name


def test_no_type_stands_in_two_tables() -> None:
    """The second row would hide the first."""
    assert sum(map(len, TABLES)) == len(ROWS)


@pytest.mark.parametrize("type_", sorted(ALL))
def test_every_input_that_a_table_names_is_one_of_its_type(type_: str) -> None:
    """A misspelt input is never there, and its default would be taken for the answer."""
    row = ALL[type_]
    assert [path for path in paths_of(row) if path not in sdk.inputs()[type_]] == []
    policy = row.policy if isinstance(row, Row) else None
    if policy:
        assert [path for path in policy[1:] if path not in sdk.inputs()[policy.type]] == []


SWITCHED = sorted(type_ for type_, row in ROWS.items() if isinstance(row.encrypted, Switch))
KEYED = sorted(type_ for type_, row in ROWS.items() if row.key and not row.answer and not row.source)


@pytest.mark.parametrize("type_", SWITCHED)
def test_encryption_that_is_switched(type_: str) -> None:
    """Off is found and on passes; what only deployment knows is unknown; where nobody says it, its default counts."""
    switch = ROWS[type_].encrypted
    (on,) = switch.wanted[:1]
    assert passed(PLAIN, resource(type_, "it", **nested(switch.path, on))) == {"it"}
    (found,) = findings(PLAIN, resource(type_, "it", **nested(switch.path, not on)))
    assert (found.outcome, found.message.split(",")[0]) == ("fail", f"the {ROWS[type_].kind} it")
    assert outcomes(PLAIN, resource(type_, "it", **nested(switch.path, UNKNOWN))) == {("unknown", "it", "")}
    assert outcomes(PLAIN, resource(type_, "it", **nested(switch.path, "x"))) == {("unknown", "it", "")}
    assert passed(PLAIN, resource(type_, "it")) == ({"it"} if switch.default else set())


@pytest.mark.parametrize("type_", sorted(ROWS))
def test_what_lies_abroad_is_found(type_: str) -> None:
    """Each of them lies in its own region, or nobody knows where."""
    assert {found.outcome for found in findings(PLACE, resource(type_, "it", region="us-east-1"))} <= {
        "fail",
        "unknown",
    }
    assert outcomes(PLACE, resource(type_, "it", region="us-east-1"))
    assert outcomes(PLACE, resource(type_, "it", region=UNKNOWN))


@pytest.mark.parametrize("type_", KEYED)
def test_the_key_is_the_customers_or_it_is_not(type_: str) -> None:
    """A reference to a key counts; none is AWS's own; what only deployment knows is unknown."""
    row = ROWS[type_]
    own: dict[str, Any] = {}
    doubtful: dict[str, Any] = {}
    encrypted = nested(row.encrypted.path, row.encrypted.wanted[0]) if isinstance(row.encrypted, Switch) else {}
    for path in row.key:
        own, doubtful = joined(own, nested(path, ref(KEY))), joined(doubtful, nested(path, UNKNOWN))
    rest: dict[str, Any] = {"tags": {"holds": "system"}} if row.holds == "queue" else {}
    assert "it" in passed(OWN_KEY, KEY, resource(type_, "it", **joined(encrypted, own), **rest))
    assert ("fail", "it", "") in outcomes(OWN_KEY, resource(type_, "it", **encrypted, **rest))
    assert ("unknown", "it", "") in outcomes(OWN_KEY, resource(type_, "it", **joined(encrypted, doubtful), **rest))


def joined(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Two nests of inputs as one."""
    both = {**one, **other}
    for name in one.keys() & other.keys():
        both[name] = joined(one[name], other[name])
    return both


PUBLIC = sorted(
    (type_, row.public.path)
    for type_, row in ALL.items()
    if isinstance(row.public, Switch) and row.public.wanted == (True,)
)


@pytest.mark.parametrize(("type_", "path"), PUBLIC)
def test_a_public_switch_is_a_way_in(type_: str, path: str) -> None:
    """On is found, off passes, and what only deployment knows is unknown."""
    assert {found[0] for found in outcomes(OPEN, resource(type_, "it", **nested(path, True)))} == {"fail"}
    assert passed(OPEN, resource(type_, "it", **nested(path, False))) == {"it"}
    assert {found[0] for found in outcomes(OPEN, resource(type_, "it", **nested(path, UNKNOWN)))} == {"unknown"}


TLS = sorted((type_, row.tls) for type_, row in ROWS.items() if isinstance(row.tls, Switch))


@pytest.mark.parametrize(("type_", "tls"), TLS)
def test_plain_requests_by_switch(type_: str, tls: Switch) -> None:
    """TLS by choice: asked for it passes, otherwise it is found."""
    assert passed(CLEAR, resource(type_, "it", **nested(tls.path, tls.wanted[0]))) == {"it"}
    off: Any = False if tls.wanted == (True,) else "NONE"
    assert outcomes(CLEAR, resource(type_, "it", **nested(tls.path, off))) == {("fail", "it", "")}
    assert outcomes(CLEAR, resource(type_, "it", **nested(tls.path, UNKNOWN))) == {("unknown", "it", "")}
    assert passed(CLEAR, resource(type_, "it")) == ({"it"} if tls.default else set())


def test_search_domains_on_the_internet_and_in_a_network() -> None:
    """A domain outside a network has an address of everyone's; inside one it has not; HTTPS is by a block."""
    domain = "aws:opensearch/domain:Domain"
    (found,) = findings(OPEN, resource(domain, "it"))
    assert "search domain it can be reached from the internet" in found.message
    inside: dict[str, Any] = {
        "vpcOptions": {"subnetIds": ["subnet-1"]},
        "domainEndpointOptions": {"enforceHttps": True},
    }
    assert passed(OPEN, resource(domain, "it", **inside)) == {"it"}
    assert passed(CLEAR, resource(domain, "it", **inside)) == {"it"}
    assert outcomes(CLEAR, resource(domain, "it")) == {("fail", "it", "")}
    assert passed(CLEAR, resource(domain, "it", domainEndpointOptions={"tlsSecurityPolicy": "x"})) == {"it"}


def test_a_policy_lets_anyone_into_a_search_domain() -> None:
    """The policy of a domain may be its own or a resource of its own."""
    anyone = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "es:*", "Resource": "*"}]}
    domain = resource("aws:opensearch/domain:Domain", "it", vpcOptions={"subnetIds": ["subnet-1"]}, domainName="it")
    policy = resource("aws:opensearch/domainPolicy:DomainPolicy", "policy", domainName="it", accessPolicies=anyone)
    (found,) = findings(OPEN, domain, policy)
    assert "statement 0 of its policy lets anyone in" in found.message


def test_a_snapshot_is_encrypted_as_its_database_is() -> None:
    """Its own key wins; of a database that is not seen nobody knows."""
    kind = "aws:rds/clusterSnapshot:ClusterSnapshot"
    open_ = resource("aws:rds/cluster:Cluster", "orders", engine="aurora-mysql")
    shut = resource("aws:rds/cluster:Cluster", "bills", engine="aurora-mysql", storageEncrypted=True)
    found = outcomes(
        PLAIN,
        open_,
        shut,
        resource(kind, "of-orders", dbClusterIdentifier=ref(open_)),
        resource(kind, "of-bills", dbClusterIdentifier=ref(shut)),
        resource(kind, "of-nobody", dbClusterIdentifier="unseen"),
    )
    assert found == {("fail", "orders", ""), ("fail", "of-orders", ""), ("unknown", "of-nobody", "")}


def test_a_snapshot_that_is_given_away() -> None:
    """`all` is everyone, and each account is named."""
    shared = resource("aws:rds/snapshot:Snapshot", "it", sharedAccounts=["all", "111122223333"])
    said = {found.message for found in findings(OPEN, shared)}
    assert any("anyone may copy it" in message for message in said)
    assert any("account 111122223333 may copy it" in message for message in said)


def test_documents_speak_tls_until_a_parameter_says_otherwise() -> None:
    """The parameter `tls` of the group; a group that is not seen says nothing."""
    group = "aws:docdb/clusterParameterGroup:ClusterParameterGroup"
    off = resource(group, "off", name="off", parameters=[{"name": "tls", "value": "disabled"}])
    on = resource(group, "on", name="on", parameters=[{"name": "tls", "value": "tls1.2+"}])
    kind = "aws:docdb/cluster:Cluster"
    found = outcomes(
        CLEAR,
        off,
        on,
        resource(kind, "default"),
        resource(kind, "open", dbClusterParameterGroupName=ref(off)),
        resource(kind, "shut", dbClusterParameterGroupName="on"),
        resource(kind, "unseen", dbClusterParameterGroupName="else"),
    )
    assert found == {("fail", "open", ""), ("unknown", "unseen", "")}


def test_a_warehouse_admits_plain_sessions_until_a_parameter_refuses_them() -> None:
    """`require_ssl` of the group, else what its family does; without a group it depends on when it was made."""
    group = "aws:redshift/parameterGroup:ParameterGroup"

    def of(name: str, *said: str, family: str = "redshift-1.0") -> Resource:
        parameters = [{"name": "require_ssl", "value": value} for value in said]
        return resource(group, name, name=name, family=family, parameters=parameters)

    off, on, silent, new = of("off", "false"), of("on", "true"), of("silent"), of("new", family="redshift-2.0")
    kind = "aws:redshift/cluster:Cluster"
    found = outcomes(
        CLEAR,
        *(off, on, silent, new),
        resource(kind, "open", clusterParameterGroupName=ref(off)),
        resource(kind, "shut", clusterParameterGroupName="on"),
        resource(kind, "by-family", clusterParameterGroupName=ref(silent)),
        resource(kind, "by-new-family", clusterParameterGroupName=ref(new)),
        resource(kind, "old", clusterParameterGroupName="default.redshift-1.0"),
        resource(kind, "unseen", clusterParameterGroupName="else"),
        resource(kind, "default"),
    )
    assert found == {
        *(("fail", name, "") for name in ("open", "by-family", "old")),
        ("unknown", "unseen", ""),
        ("not_observable", "default", ""),
    }


def test_a_workgroup_of_warehouses_does_so_too() -> None:
    """By the same parameter, of its own."""
    kind = "aws:redshiftserverless/workgroup:Workgroup"

    def of(name: str, value: Any) -> Resource:
        return resource(kind, name, configParameters=[{"parameterKey": "require_ssl", "parameterValue": value}])

    found = outcomes(CLEAR, of("open", "false"), of("shut", "true"), of("later", UNKNOWN), resource(kind, "default"))
    assert found == {("fail", "open", ""), ("unknown", "later", ""), ("not_observable", "default", "")}


def test_a_catalog_is_encrypted_by_the_settings_of_its_region() -> None:
    """Without settings it is not, and settings of another region do not count."""
    mode = {
        "encryptionAtRest": {"catalogEncryptionMode": "SSE-KMS", "sseAwsKmsKeyId": ref(KEY)},
        "connectionPasswordEncryption": {"returnConnectionPasswordEncrypted": True, "awsKmsKeyId": ref(KEY)},
    }
    kind = "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings"
    catalog = resource("aws:glue/catalogDatabase:CatalogDatabase", "it")
    here = resource(kind, "here", dataCatalogEncryptionSettings=mode)
    there = resource(kind, "there", dataCatalogEncryptionSettings=mode, region="eu-west-1")
    assert outcomes(PLAIN, catalog) == {("fail", "it", "")}
    assert outcomes(PLAIN, catalog, there) == {("fail", "it", "")}
    assert "it" in passed(PLAIN, KEY, catalog, here)
    assert "it" in passed(OWN_KEY, KEY, catalog, here)


def test_the_disks_of_a_cluster_by_its_security_configuration() -> None:
    """A configuration for S3 only leaves the disks as they are."""
    kind = "aws:emr/securityConfiguration:SecurityConfiguration"
    disks = {
        "EnableAtRestEncryption": True,
        "AtRestEncryptionConfiguration": {"LocalDiskEncryptionConfiguration": {"x": 1}},
    }
    files_only = {"EnableAtRestEncryption": True, "AtRestEncryptionConfiguration": {"S3EncryptionConfiguration": {}}}
    shut = resource(kind, "shut", configuration={"EncryptionConfiguration": disks})
    half = resource(kind, "half", configuration={"EncryptionConfiguration": files_only})
    cluster = "aws:emr/cluster:Cluster"
    found = outcomes(
        PLAIN,
        shut,
        half,
        resource(cluster, "without"),
        resource(cluster, "good", securityConfiguration=ref(shut)),
        resource(cluster, "bad", securityConfiguration=ref(half)),
        resource(cluster, "unseen", securityConfiguration="else"),
    )
    assert found == {("fail", "without", ""), ("fail", "bad", ""), ("unknown", "unseen", "")}


def test_a_desktop_has_two_volumes() -> None:
    """One of two is not encrypted."""
    kind = "aws:workspaces/workspace:Workspace"
    assert outcomes(PLAIN, resource(kind, "half", rootVolumeEncryptionEnabled=True)) == {("fail", "half", "")}
    whole = resource(kind, "whole", rootVolumeEncryptionEnabled=True, userVolumeEncryptionEnabled=True)
    assert passed(PLAIN, whole) == {"whole"}


def test_a_delivery_stream_that_reads_another_keeps_nothing() -> None:
    """Its own buffer is encrypted only where it says so."""
    kind = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
    assert outcomes(PLAIN, resource(kind, "own")) == {("fail", "own", "")}
    assert passed(PLAIN, resource(kind, "fed", kinesisSourceConfiguration={"roleArn": "x"})) == {"fed"}


def test_the_key_of_a_collection_is_told_by_its_encryption_policy() -> None:
    """The policy that names it, or none."""
    kind = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"
    named = [{"ResourceType": "collection", "Resource": ["collection/or*"]}]
    policy = resource(kind, "policy", type="encryption", policy={"Rules": named, "AWSOwnedKey": True})
    orders = resource("aws:opensearch/serverlessCollection:ServerlessCollection", "orders", name="orders")
    bills = resource("aws:opensearch/serverlessCollection:ServerlessCollection", "bills", name="bills")
    assert outcomes(OWN_KEY, policy, orders, bills) == {("fail", "orders", ""), ("unknown", "bills", "")}


def test_a_website_of_a_bucket_speaks_no_tls() -> None:
    """Whoever asks it asks in plain text."""
    found = outcomes(
        CLEAR, resource("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "site", bucket="b")
    )
    assert found == {("fail", "site", "")}


def test_what_is_open_or_plain_where_nobody_says_it() -> None:
    """Two defaults of AWS that are no good ones: a profile of DMS is public, and a disk of Cloud9 is not encrypted."""
    profile = "aws:dms/instanceProfile:InstanceProfile"
    assert ("fail", "it", "") in outcomes(OPEN, resource(profile, "it"))
    assert "it" in passed(OPEN, resource(profile, "it", publiclyAccessible=False))
    desk = resource("aws:cloud9/environmentEC2:EnvironmentEC2", "it")
    assert ("fail", "it", "") in outcomes(PLAIN, desk)
    by_default = resource("aws:ebs/encryptionByDefault:EncryptionByDefault", "default", enabled=True)
    assert ("fail", "it", "") not in outcomes(PLAIN, desk, by_default)
