"""What counts as a secret: by the name of an input, and by its looks inside a document."""

from __future__ import annotations

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.estate.facts.secrets import names_a_secret, secrets_in


@pytest.mark.parametrize(
    "name",
    ["password", "masterPassword", "DB_PASSWORD", "privateKey", "secretString", "authToken", "api-key", "preSharedKey"],
)
def test_names_of_secrets(name: str) -> None:
    """The last words of a name say that it holds a secret, however it is spelt."""
    assert names_a_secret(name)


@pytest.mark.parametrize(
    "name", ["httpTokens", "getPasswordData", "kmsKeyId", "secretId", "publicKey", "passwordLength", "tokenTtl"]
)
def test_names_that_only_look_alike(name: str) -> None:
    """A name that ends otherwise says something about a secret and holds none."""
    assert not names_a_secret(name)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("a private key", "-----BEGIN EC PRIVATE KEY-----"),
        ("an age identity", "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQ"),
        ("an AWS access key", "aws_access_key_id = AKIAIOSFODNN7EXAMPLE"),
        ("an access token", "git clone https://x.example glpat-abcdefghij0123456789"),
        ("a password hash", "passwd: $6$salt$abcdefghijklmnopqrstuvwxyz"),
        ("a password in an address", "postgres://shop:correct-horse@10.0.0.1/shop"),
        ("a password for chpasswd", "echo 'root:correct-horse' | chpasswd"),
        ("a password or token", "HCLOUD_TOKEN=abcdefghijklmnop"),
        ("a password or token", "password: 'correct-horse'"),
    ],
)
def test_secrets_in_a_document(kind: str, text: str) -> None:
    """Each kind is found with its line, in plain text, in base64 and in gzip."""
    document = f"#cloud-config\n# first boot of a host\n{text}\n"
    assert (kind, 3) in secrets_in(document)
    assert (kind, 0) in secrets_in(base64.b64encode(document.encode()).decode())
    assert (kind, 0) in secrets_in(base64.b64encode(gzip.compress(document.encode())).decode())
    assert (kind, 0) in secrets_in(base64.encodebytes(b"\n" * 80 + document.encode()).decode())


@pytest.mark.parametrize(
    "line",
    [
        "password_encryption = scram-sha-256",
        "PasswordAuthentication no",
        "ssh_pwauth: false",
        "lock_passwd: true",
        "passwd:         files systemd",
        "token=$(curl --request PUT http://169.254.169.254/latest/api/token)",
        "password: ${DATABASE_PASSWORD}",
        "cryptsetup open --key-file /run/disk-key /dev/sdb data",
        "ssl_certificate_key /etc/nginx/key.pem;",
        "http://deb.debian.org:80/debian",
    ],
)
def test_lines_that_hold_none(line: str) -> None:
    """Settings about secrets, and references to them, are none."""
    assert secrets_in(f"#cloud-config\n{line}\n") == []


def test_an_archive_that_unpacks_for_ever_is_read_in_part() -> None:
    """What is packed into a document cannot make the judge run out of memory."""
    bomb = base64.b64encode(gzip.compress(b"password: correct-horse\n" + b"\n" * 50_000_000)).decode()
    assert ("a password or token", 0) in secrets_in(bomb)


@given(st.text(max_size=400))
def test_any_text_can_be_searched(text: str) -> None:
    """No document breaks the search, and no finding repeats what it found."""
    for kind, line in secrets_in(text):
        assert line <= text.count("\n") + 1
        assert kind.startswith(("a ", "an "))
