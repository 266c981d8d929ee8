"""Ways to grant too much."""

from __future__ import annotations

import json
from typing import Any

from tests.baseline.sabotage.mutations import (
    ABSENT,
    AWS,
    HETZNER,
    Sabotage,
    Table,
    To,
    added,
    all_of,
    changed,
    edited,
    without,
)

_DOES = ("app-identity-role-policy", "RolePolicy", "policy")
_ONE = '"ssm:DescribeAssociation"'
_ROLE = To("app-identity-role", "Role")
_BY_KEY = "AuthenticationMethods publickey"
_METHODS = (
    "PasswordAuthentication no\n    KbdInteractiveAuthentication no\n    PermitRootLogin no\n"
    f"    PermitEmptyPasswords no\n    {_BY_KEY}"
)
_LAST = "Ciphers chacha20-poly1305@openssh.com,aes256-gcm@openssh.com"
_SSHD = "\n- path: /etc/ssh/sshd_config.d/"


def _policy(action: Any, **more: Any) -> str:
    statement = {"Effect": "Allow", "Action": action, "Resource": "*", **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _also(action: Any, **more: Any) -> added:
    """One more policy of the app hosts' role."""
    return added("aws:iam/rolePolicy:RolePolicy", "also", {"role": _ROLE, "policy": _policy(action, **more)})


def _attached(name: str) -> added:
    inputs = {"role": _ROLE, "policyArn": f"arn:aws:iam::aws:policy/{name}"}
    return added("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "also", inputs)


def _sshd(host: str, type_: str, old: str, new: str) -> edited:
    return edited(host, type_, "userData", f"    {old}\n", f"    {new}\n")


_ALL_BUT = {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}

ACCESS: Table = {
    "wildcard_grant": (
        Sabotage(AWS, edited(*_DOES, _ONE, '"ssm:*"'), "a whole service"),
        Sabotage(AWS, edited(*_DOES, _ONE, '"*"'), "everything"),
        Sabotage(AWS, edited(*_DOES, _ONE, '"s3:?*"'), "everything of a service, spelled otherwise"),
        Sabotage(AWS, _also(["ec2:*", "ec2:DescribeVolumes"]), "one more policy"),
        Sabotage(AWS, _also("kms:*", Resource="arn:aws:kms:*:*:*"), "all resources, spelled as an ARN"),
        Sabotage(
            AWS,
            added(
                "aws:iam/rolePolicy:RolePolicy", "also", {"role": _ROLE, "policy": json.dumps({"Statement": _ALL_BUT})}
            ),
            "all but some actions",
        ),
        Sabotage(
            AWS,
            changed("app-identity-role", "Role", "inlinePolicies", [{"name": "x", "policy": _policy("*")}]),
            "inline",
        ),
        Sabotage(AWS, _attached("AdministratorAccess"), "AWS's own policy of everything"),
        Sabotage(AWS, _attached("PowerUserAccess"), "AWS's own policy of nearly everything"),
        Sabotage(
            AWS,
            changed("app-identity-role", "Role", "managedPolicyArns", ["arn:aws:iam::aws:policy/AdministratorAccess"]),
            "AWS's own policy, named by the role",
        ),
        Sabotage(
            AWS,
            edited(
                "detection-policy",
                "TopicPolicy",
                "policy",
                '"Action": ["sns:Publish"], "Condition": {"Arn',
                '"Action": ["sns:*"], "Condition": {"Arn',
            ),
            "all of a topic",
        ),
    ),
    "grant_to_escalate": (
        Sabotage(AWS, edited(*_DOES, _ONE, '"iam:PassRole"'), "any role, passed on"),
        Sabotage(AWS, edited(*_DOES, _ONE, '"sts:AssumeRole"'), "any role, taken on"),
        Sabotage(AWS, edited(*_DOES, _ONE, '"iam:Put*"'), "permissions, by a pattern"),
        Sabotage(AWS, _also("IAM:deleterolepermissionsboundary"), "boundaries, spelled in other letters"),
        Sabotage(AWS, _also("iam:CreateAccessKey", Resource="arn:aws:iam::*:user/*"), "anybody's keys"),
        Sabotage(AWS, _also("ssm:StartSession", Resource="arn:aws:ec2:*:*:instance/*"), "a shell on any machine"),
        Sabotage(AWS, _attached("AmazonSSMFullAccess"), "AWS's own policy of all commands"),
        Sabotage(AWS, _attached("IAMFullAccess"), "AWS's own policy of all of IAM"),
    ),
    "role_without_boundary": (
        Sabotage(AWS, changed("app-identity-role", "Role", "permissionsBoundary", ABSENT), "a host's role"),
        Sabotage(AWS, changed("backup-role", "Role", "permissionsBoundary", ABSENT), "the role of backups"),
        Sabotage(AWS, added("aws:iam/role:Role", "stray", {"assumeRolePolicy": "{}"}), "one more role"),
        Sabotage(AWS, added("aws:iam/user:User", "person", {"name": "person"}), "a user"),
    ),
    "region_without_safe_defaults": (
        Sabotage(AWS, without("region-settings-disk-encryption", "EncryptionByDefault"), "disks"),
        Sabotage(
            AWS, changed("region-settings-disk-encryption", "EncryptionByDefault", "enabled", False), "disks, off"
        ),
        Sabotage(AWS, without("copy-region-settings-metadata", "InstanceMetadataDefaults"), "metadata, far away"),
        Sabotage(
            AWS,
            changed("region-settings-metadata", "InstanceMetadataDefaults", "httpTokens", "optional"),
            "metadata without a token",
        ),
        Sabotage(
            AWS,
            changed("region-settings-snapshots", "SnapshotBlockPublicAccess", "state", "block-new-sharing"),
            "snapshots that are shared already",
        ),
        Sabotage(AWS, changed("region-settings-images", "ImageBlockPublicAccess", "state", "unblocked"), "images"),
        Sabotage(AWS, changed("region-settings-serial-console", "SerialConsoleAccess", "enabled", True), "the console"),
    ),
    "metadata_service_v1": (
        Sabotage(AWS, changed("app-1", "Instance", "metadataOptions.httpTokens", "optional"), "optional"),
        Sabotage(
            AWS, changed("database-1", "Instance", "metadataOptions.httpTokens", "optional"), "on the database host"
        ),
        Sabotage(
            AWS,
            all_of(
                changed("app-1", "Instance", "metadataOptions", ABSENT),
                changed("region-settings-metadata", "InstanceMetadataDefaults", "httpTokens", "optional"),
            ),
            "nothing said, and the region's default is optional",
        ),
    ),
    "password_or_root_login": tuple(
        Sabotage(stacks, change, meaning)
        for stacks, type_ in ((HETZNER, "Server"), (AWS, "Instance"))
        for change, meaning in (
            (_sshd("app-1", type_, "AuthenticationMethods publickey", "AuthenticationMethods password"), "by password"),
            (_sshd("app-1", type_, _BY_KEY, _BY_KEY.replace("publickey", "publickey password")), "by key or password"),
            (_sshd("app-1", type_, _METHODS, "PasswordAuthentication yes"), "passwords"),
            (
                _sshd(
                    "app-1",
                    type_,
                    _METHODS,
                    _METHODS.replace(_BY_KEY, "")
                    .replace("Kbd", "UsePAM yes\n    Kbd")
                    .replace("iveAuthentication no", "iveAuthentication yes"),
                ),
                "by keyboard",
            ),
            (_sshd("app-1", type_, _METHODS, "# PasswordAuthentication no"), "a comment"),
            (_sshd("database-1", type_, "PermitRootLogin no", "PermitRootLogin prohibit-password"), "root by key"),
            (_sshd("database-1", type_, "PermitRootLogin no", "PermitRootLogin yes"), "root"),
            (
                _sshd("app-1", type_, _LAST, f"{_LAST}\n    Match User deploy\n      PasswordAuthentication yes"),
                "passwords of one user",
            ),
            (edited("app-1", type_, "userData", f"{_SSHD}10-access.conf", f"{_SSHD}10-access.off"), "a file not read"),
            (
                edited(
                    "app-1",
                    type_,
                    "userData",
                    f"{_SSHD}10-access.conf",
                    f"{_SSHD}05-open.conf\n  content: AuthenticationMethods any password{_SSHD}10-access.conf",
                ),
                "a file read before, whose word is the first",
            ),
        )
    ),
    "grant_to_undeclared_account": (
        Sabotage(
            AWS,
            edited(
                "app-identity-role",
                "Role",
                "assumeRolePolicy",
                '{"Service": "ec2.amazonaws.com"}',
                '{"AWS": "arn:aws:iam::999999999999:root"}',
            ),
            "another account may become a host",
        ),
        Sabotage(
            AWS,
            added(
                "aws:kms/grant:Grant",
                "lent",
                {"keyId": "1234", "granteePrincipal": "arn:aws:iam::999999999999:root", "operations": ["Decrypt"]},
            ),
            "another account may decrypt",
        ),
    ),
    "public_resource_policy": (
        Sabotage(
            AWS, edited("vault-policy", "VaultPolicy", "policy", '"Effect": "Deny"', '"Effect": "Allow"'), "a vault"
        ),
        Sabotage(
            AWS,
            edited("app-identity-role", "Role", "assumeRolePolicy", '{"Service": "ec2.amazonaws.com"}', '"*"'),
            "whoever may become a host",
        ),
        Sabotage(
            AWS,
            edited("app-identity-role", "Role", "assumeRolePolicy", '{"Service": "ec2.amazonaws.com"}', '{"AWS": "*"}'),
            "whoever may become a host, spelled otherwise",
        ),
        Sabotage(
            AWS,
            edited(
                "trail-policy",
                "BucketPolicy",
                "policy",
                '{"NumericLessThan": {"s3:TlsVersion": "1.2"}}, "Effect": "Deny"',
                '{"Bool": {"aws:SecureTransport": "true"}}, "Effect": "Allow"',
            ),
            "a bucket for all who come by TLS",
        ),
        Sabotage(
            AWS,
            all_of(
                edited("detection-policy", "TopicPolicy", "policy", "ArnEquals", "ArnLikeIfExists"),
                edited("detection-policy", "TopicPolicy", "policy", '{"Service": "events.amazonaws.com"}', '"*"'),
            ),
            "a condition that holds without its key",
        ),
        Sabotage(
            AWS,
            added(
                "aws:kms/key:Key",
                "open",
                {"enableKeyRotation": True, "policy": _policy("kms:Decrypt", Principal={"AWS": "*"})},
            ),
            "a key",
        ),
        Sabotage(
            AWS,
            added(
                "aws:ecr/repositoryPolicy:RepositoryPolicy",
                "open",
                {"repository": "images", "policy": _policy("ecr:BatchGetImage", Principal="*")},
            ),
            "images",
        ),
    ),
    "service_lent_to_other_accounts": (
        Sabotage(
            AWS,
            edited("detection-policy", "TopicPolicy", "policy", "ArnEquals", "ArnLikeIfExists"),
            "a condition that holds without its key",
        ),
        Sabotage(
            AWS,
            edited("trail-policy", "BucketPolicy", "policy", '"aws:SourceArn"', '"aws:RequestedRegion"'),
            "trails of any account",
        ),
        Sabotage(
            AWS,
            edited("log-key", "Key", "policy", "kms:EncryptionContext:aws:sns:topicArn", "kms:ViaService"),
            "messages to topics of any account",
        ),
        Sabotage(
            AWS,
            added(
                "aws:lambda/permission:Permission",
                "calls",
                {"action": "lambda:InvokeFunction", "function": "f", "principal": "s3.amazonaws.com"},
            ),
            "a function for any bucket",
        ),
    ),
    "grant_to_delete_backups_keys_or_logs": (
        Sabotage(AWS, edited(*_DOES, _ONE, '"backup:DeleteRecoveryPoint"'), "backups"),
        Sabotage(AWS, edited(*_DOES, _ONE, '"kms:ScheduleKeyDeletion"'), "keys"),
        Sabotage(AWS, edited(*_DOES, _ONE, '"logs:DeleteLogGroup"'), "logs"),
        Sabotage(AWS, edited(*_DOES, _ONE, '"ec2:Delete*"'), "snapshots, by a pattern"),
        Sabotage(AWS, edited(*_DOES, _ONE, '"logs:PutRetentionPolicy"'), "logs, by a shorter period"),
        Sabotage(AWS, edited(*_DOES, _ONE, '"cloudtrail:StopLogging"'), "the trail"),
        Sabotage(AWS, _also("BACKUP:deleterecoverypoint"), "spelled in other letters"),
        Sabotage(AWS, _also(["s3:DeleteObject*"]), "the trail's objects"),
        Sabotage(AWS, _attached("AdministratorAccess"), "AWS's own policy of everything"),
        Sabotage(
            AWS, edited("vault-policy", "VaultPolicy", "policy", '"Effect": "Deny"', '"Effect": "Allow"'), "a vault"
        ),
    ),
}
