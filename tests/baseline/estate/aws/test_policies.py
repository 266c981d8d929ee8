"""Policy documents in all their spellings, and conditions that name a caller or only seem to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baseline.estate.aws.callers import admits_anyone, pins_the_caller
from baseline.estate.aws.policies import LATER, Condition, account_of, is_root, statements
from baseline.graph import SECRET, UNKNOWN, Ref, Undecidable

ALLOW = {"Effect": "Allow", "Action": "S3:GetObject", "Resource": "*"}


def test_one_statement_is_read_like_a_list_of_one() -> None:
    """IAM takes a single statement, action or resource without a list; actions ignore case."""
    (statement,) = statements(json.dumps({"Statement": ALLOW}))
    assert statement.actions == ("s3:getobject",)
    assert statement.resources == ("*",)
    assert statements({"Statement": [ALLOW]}) == (statement,)


@pytest.mark.parametrize(
    "document",
    [
        "not json",
        "[]",
        json.dumps({"Statement": [{"Effect": "allow", "Action": "*"}]}),
        json.dumps({"Statement": [{"Effect": "Allow", "Resource": "*"}]}),
        json.dumps({"Statement": [{**ALLOW, "Conditions": {}}]}),
        json.dumps({"Statement": ["Allow"]}),
        json.dumps({"statement": [ALLOW]}),
        json.dumps({"Version": "2012-10-17"}),
        json.dumps({"Statement": {**ALLOW, "Condition": ["Bool"]}}),
        json.dumps({"Statement": {**ALLOW, "Condition": {"Bool": "aws:SecureTransport"}}}),
        json.dumps({"Statement": {**ALLOW, "Principal": [{"AWS": "*"}]}}),
    ],
)
def test_a_malformed_document_is_undecided_and_says_so(document: str) -> None:
    """What AWS would refuse is never read as granting or denying nothing."""
    found = statements(document)
    assert isinstance(found, Undecidable)
    assert "malformed" in found.reason


def test_an_undecided_part_leaves_the_others_readable() -> None:
    """A statement with an unknown resource still says what it allows."""
    unknown_resource = {**ALLOW, "Resource": ["arn:aws:s3:::a", Ref(frozenset({"urn:a"}))]}
    (statement,) = statements({"Statement": unknown_resource})
    assert statement.actions == ("s3:getobject",)
    assert statement.resources is LATER


def test_an_undecided_document_has_no_statements() -> None:
    """A reference to a document is no document; a secret stays one."""
    assert statements(Ref(frozenset({"urn:a"}))) is LATER
    assert statements(UNKNOWN) is LATER
    assert statements(SECRET) is SECRET


@pytest.mark.parametrize(
    ("operator", "key", "value", "pins"),
    [
        ("StringEquals", "aws:PrincipalOrgID", "o-abcdefghij", True),
        ("StringEquals", "AWS:SourceOwner", "123456789012", True),
        ("StringLike", "aws:PrincipalOrgID", "o-*", False),
        ("StringLike", "aws:PrincipalOrgPaths", "o-abcdefghij/*", True),
        ("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-abcdefghij/r-ab12/*", True),
        ("ForAllValues:StringEquals", "aws:PrincipalOrgID", "o-abcdefghij", False),
        ("StringEqualsIfExists", "aws:PrincipalAccount", "123456789012", False),
        ("StringNotEquals", "aws:PrincipalAccount", "123456789012", False),
        ("ArnLike", "aws:SourceArn", "arn:aws:sns:*:123456789012:*", True),
        ("ArnEquals", "aws:SourceArn", "arn:aws:sns:eu-central-1:*:topic", False),
        ("ArnLike", "aws:SourceArn", "arn:aws:s3:::shop-files", True),
        ("ArnLike", "aws:SourceArn", "arn:aws:s3:::*", False),
        ("StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}", True),
        ("StringEquals", "aws:PrincipalAccount", "${aws:PrincipalTag/account}", False),
        ("IpAddress", "aws:SourceIp", "203.0.113.0/24", True),
        ("IpAddress", "aws:SourceIp", "0.0.0.0/1", False),
        ("Bool", "aws:SecureTransport", "true", False),
        ("StringEquals", "kms:ViaService", "s3.eu-central-1.amazonaws.com", False),
    ],
)
def test_a_condition_pins_the_caller_only_by_naming_an_owner(operator: str, key: str, value: str, pins: bool) -> None:
    """Which conditions keep `Principal: *` from being everyone."""
    assert pins_the_caller(Condition(operator, key, (value,))) == pins


GITHUB = "token.actions.githubusercontent.com"


@pytest.mark.parametrize(
    ("provider", "operator", "key", "value", "anyone"),
    [
        (f"arn:aws:iam::123456789012:oidc-provider/{GITHUB}", "StringLike", f"{GITHUB}:sub", "repo:shop/*", False),
        (f"arn:aws:iam::123456789012:oidc-provider/{GITHUB}", "StringLike", f"{GITHUB}:sub", "repo:shop*", True),
        (f"arn:aws:iam::123456789012:oidc-provider/{GITHUB}", "StringLike", f"{GITHUB}:sub", "*:ref:main", True),
        (GITHUB, "StringEqualsIfExists", f"{GITHUB}:sub", "repo:shop/site:ref:refs/heads/main", True),
        (GITHUB, "ForAllValues:StringEquals", f"{GITHUB}:sub", "repo:shop/site:ref:refs/heads/main", True),
        (GITHUB, "StringLike", f"{GITHUB}:repository", "shop/*", False),
        (GITHUB, "StringEquals", f"{GITHUB}:job_workflow_ref", "shop/ci/.github/workflows/a.yml@main", True),
        ("app.terraform.io", "StringLike", "app.terraform.io:sub", "organization:shop:*", False),
        (
            "cognito-identity.amazonaws.com",
            "StringEquals",
            "cognito-identity.amazonaws.com:amr",
            "unauthenticated",
            True,
        ),
        (
            "cognito-identity.amazonaws.com",
            "StringEquals",
            "cognito-identity.amazonaws.com:aud",
            "eu-central-1:1",
            False,
        ),
        ("arn:aws:iam::123456789012:oidc-provider/login.shop.example", "Bool", "aws:SecureTransport", "true", False),
        ("arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/A", "Bool", "a", "b", False),
    ],
)
def test_a_public_login_is_everyones_until_its_tenant_is_named(
    provider: str, operator: str, key: str, value: str, anyone: bool
) -> None:
    """Whoever has an account at a shared provider gets a token from it; only a claim says whose it is."""
    assert admits_anyone((provider,), [Condition(operator, key, (value,))]) == anyone


@pytest.mark.parametrize(
    ("principal", "account"),
    [
        ("arn:aws:iam::123456789012:root", "123456789012"),
        ("123456789012", "123456789012"),
        ("arn:aws-eusc:sts::123456789012:assumed-role/a/b", "123456789012"),
        ("ec2.amazonaws.com", ""),
        ("*", ""),
        ("arn:aws:s3:::123456789012", ""),
    ],
)
def test_an_account_is_read_from_an_arn_in_any_partition(principal: str, account: str) -> None:
    """No literal `arn:aws:` decides whose a principal is."""
    assert account_of(principal) == account


@pytest.mark.parametrize(
    ("principal", "root"),
    [("arn:aws:iam::123456789012:root", True), ("123456789012", True), ("arn:aws:iam::123456789012:role/root", False)],
)
def test_only_the_account_itself_is_root(principal: Any, root: bool) -> None:
    """A role that is called root is a role."""
    assert is_root(principal, "123456789012") == root
