"""What counts as a secret: by the name of an input, and by its looks inside a document."""

from __future__ import annotations

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.estate.facts.secret_marks import marked, secrets_in
from baseline.estate.facts.secrets import names_a_secret


@pytest.mark.parametrize(
    "name",
    [
        *("password", "masterPassword", "DB_PASSWORD", "dbpassword", "passwordWo", "SMTP_PASS", "secretString"),
        *("privateKey", "authToken", "api-key", "APIKEY", "preSharedKey", "accessKey", "bgpAuthKey"),
    ],
)
def test_names_of_secrets(name: str) -> None:
    """The last words of a name say that it holds a secret, however it is spelt."""
    assert names_a_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        *("httpTokens", "getPasswordData", "kmsKeyId", "secretId", "publicKey", "passwordLength", "tokenTtl"),
        *("PWD", "bypass", "accessKeyId", "partitionKey"),
    ],
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
        ("a password for chpasswd", "chpasswd <<< 'root:correct-horse'"),
        ("a password for chpasswd", "chpasswd -e <<EOF\nroot:correct-horse"),
        ("a password for chpasswd", "printf 'root:correct-horse\\n' | sudo /usr/sbin/chpasswd"),
        (
            "an address that is a secret itself",
            "curl https://hooks.slack.com/services/T01234567/B01234567/abcdefghijkl",
        ),
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


@pytest.mark.parametrize(
    "token",
    [
        f"ghp_{'a' * 36}",
        f"glpat-{'a' * 20}",
        f"xoxb-{'1' * 12}-{'a' * 24}",
        f"xapp-1-{'A' * 11}-{'a' * 20}",
        f"sk_live_{'a' * 24}",
        f"whsec_{'a' * 32}",
        f"shpat_{'a' * 32}",
        f"sq0csp-{'a' * 43}",
        f"AIza{'a' * 35}",
        f"SG.{'a' * 22}.{'b' * 43}",
        f"dckr_pat_{'a' * 27}",
        f"dop_v1_{'a' * 64}",
        f"npm_{'a' * 36}",
        f"pypi-AgEIcHlwaS5vcmc{'a' * 70}",
        f"hvs.{'a' * 24}",
        f"sk-ant-api03-{'a' * 40}",
        f"eyJ{'a' * 20}.eyJ{'b' * 20}.{'c' * 30}",
    ],
)
def test_tokens_are_known_by_their_marks(token: str) -> None:
    """Whatever they are called, and wherever in a value they stand; a part of a longer word is none."""
    assert [kinds for _, kinds in marked({"x": [f"use {token}"]})] == [("an access token",)]
    assert not list(marked({"x": f"un{token}"}))


@pytest.mark.parametrize(
    "value",
    [
        "https://sqs.eu-central-1.amazonaws.com/123456789012/orders",
        "ssh://git@github.com:shop/shop.git",
        "postgres://${user}:${password}@db/shop",
        "-----BEGIN CERTIFICATE-----",
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop@sha256:" + "a" * 64,
        "$LATEST $context.requestId $util.escapeJavaScript($input.json('$'))",
    ],
)
def test_values_that_bear_no_mark(value: str) -> None:
    """Addresses without a password, templates and what is public."""
    assert not list(marked({"x": value}))
