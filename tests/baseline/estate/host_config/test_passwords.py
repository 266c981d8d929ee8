"""Passwords in the words of cloud-init, in whatever its document is wrapped."""

from __future__ import annotations

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.estate.host_config.passwords import passwords_in

PLAIN, HASH = "a password or token", "a password hash"
LIST = "#cloud-config\nchpasswd:\n  list: |\n    root:S3cretPass\n"
MESSAGE = f"""Content-Type: multipart/mixed; boundary=B

--B
Content-Type: text/cloud-config

{LIST}
--B
Content-Type: text/cloud-config

#cloud-config
packages: [nginx]
--B--
"""


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        (PLAIN, "chpasswd: {list: ['root:S3cretPass']}"),
        (PLAIN, "chpasswd:\n  expire: false\n  list: |\n    shop:RANDOM\n    root:S3cretPass"),
        (PLAIN, "chpasswd:\n  users:\n  - {name: root, password: S3cretPass, type: text}"),
        (HASH, "chpasswd:\n  list:\n  - root:$6$rounds=4096$salt$hash"),
        (HASH, "chpasswd:\n  users: [{name: root, password: abcdefgh, type: hash}]"),
        (PLAIN, "users: [{name: shop, plain_text_passwd: '#S3cret'}]"),
        (PLAIN, "users: [{name: shop, plain_text_passwd: 12345678}]"),
        (HASH, "users: [{name: shop, hashed_passwd: abcdefgh}]"),
        (HASH, "users: [{name: shop, passwd: abcdefgh}]"),
        (PLAIN, "user: {name: shop, plain_text_passwd: x}"),
        (PLAIN, "password: '!pw'"),
    ],
)
def test_a_password_is_found(kind: str, settings: str) -> None:
    """As a list, as lines or by user, however short it is and whatever it begins with."""
    assert [found for found, _ in passwords_in(f"#cloud-config\n{settings}\n")] == [kind]


@pytest.mark.parametrize(
    "settings",
    [
        "chpasswd: {list: ['root:RANDOM', 'shop:R'], expire: true}",
        "chpasswd: {users: [{name: root, type: RANDOM, password: ''}]}",
        "users: [{name: shop, lock_passwd: true, passwd: '*'}, default]",
        "users: [{name: shop, hashed_passwd: '!'}]",
        "password: '{{ ds.meta_data.password }}'",
        "ssh_pwauth: false",
        "- a list",
    ],
)
def test_what_gives_none(settings: str) -> None:
    """Locked accounts, passwords that the machine makes up, and templates."""
    assert passwords_in(f"#cloud-config\n{settings}\n") == ()


@pytest.mark.parametrize(
    "document",
    [
        LIST,
        f"## template: jinja\n{LIST}",
        base64.b64encode(LIST.encode()).decode(),
        base64.b64encode(gzip.compress(LIST.encode(), mtime=0)).decode(),
        MESSAGE,
        "#cloud-config-archive\n- type: text/cloud-config\n  content: |\n"
        + "".join(f"    {line}\n" for line in LIST.splitlines()),
    ],
)
def test_whatever_it_is_wrapped_in(document: str) -> None:
    """In base64, gzip, a template, a message of several parts, or an archive."""
    assert [found for found, _ in passwords_in(document)] == [PLAIN]


def test_the_line_is_named() -> None:
    """Where the text shows it; 0 stands for an encoded part."""
    assert passwords_in(LIST) == ((PLAIN, 4),)
    assert passwords_in(base64.b64encode(LIST.encode()).decode()) == ((PLAIN, 0),)


@given(st.text(max_size=200))
def test_any_document_can_be_read(text: str) -> None:
    """Broken YAML holds nothing that cloud-init would take."""
    passwords_in(f"#cloud-config\n{text}")
