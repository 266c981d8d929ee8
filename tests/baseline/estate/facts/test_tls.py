"""Cipher suites and security policies: judged by keys and versions, never by a name's prefix."""

import ssl

import pytest

from baseline.estate.facts.tls import ELB_DEFAULT_POLICY, ELB_POLICIES, UnknownSuite, suite, weakest


@pytest.mark.parametrize(
    ("name", "key_bits", "tls13"),
    [
        ("TLS_AES_256_GCM_SHA384", 256, True),
        ("TLS_AES_128_GCM_SHA256", 128, True),
        ("TLS_CHACHA20_POLY1305_SHA256", 256, True),
        ("ECDHE-RSA-AES256-GCM-SHA384", 256, False),
        ("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", 256, False),
        ("ECDHE-ECDSA-AES128-GCM-SHA256", 128, False),
        ("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", 128, False),
        ("ECDHE-ECDSA-CHACHA20-POLY1305", 256, False),
        ("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", 256, False),
        ("AES128-SHA", 128, False),
        ("DHE-RSA-AES256-CCM8", 256, False),
        ("DES-CBC3-SHA", 112, False),
        ("TLS_RSA_WITH_3DES_EDE_CBC_SHA", 112, False),
        ("TLS_RSA_EXPORT_WITH_RC4_40_MD5", 40, False),
        ("EXP-RC4-MD5", 40, False),
        ("ECDHE-RSA-NULL-SHA", 0, False),
        ("TLS_DH_anon_WITH_AES_256_CBC_SHA", 256, False),
    ],
)
def test_suites_by_either_name(name: str, key_bits: int, tls13: bool) -> None:
    """IANA's and OpenSSL's names of a suite give the same key length."""
    assert suite(name) == (name, key_bits, tls13)


def test_every_suite_of_this_openssl_has_the_length_that_openssl_says() -> None:
    """OpenSSL's own table is the second witness for ours."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    theirs = {item["name"]: item["strength_bits"] for item in context.get_ciphers()}
    assert {name: suite(name).key_bits for name in theirs} == theirs
    assert "ECDHE-RSA-AES256-GCM-SHA384" in theirs


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HIGH",
        "HIGH:!aNULL:!MD5",
        "ECDHE+AESGCM",
        "AES256",
        "TLS_AES_512_GCM_SHA512",
        "AES512-SHA",
        "DEFAULT@SECLEVEL=2",
        "ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA",
        "FOO-AES256-SHA",
    ],
)
def test_what_is_no_suite_is_named(text: str) -> None:
    """A cipher string stands for suites that nobody has looked at."""
    with pytest.raises(UnknownSuite) as error:
        suite(text)
    assert repr(text) in str(error.value)


def test_the_weakest_suite_decides() -> None:
    """One short key among long ones is what a client may ask for."""
    assert weakest(["TLS_AES_256_GCM_SHA384", "ECDHE-RSA-AES128-SHA", "AES256-SHA"]).name == "ECDHE-RSA-AES128-SHA"
    with pytest.raises(ValueError, match="empty"):
        weakest([])


def test_no_published_policy_keeps_to_256_bits() -> None:
    """Even the TLS 1.3 policies offer AES-128, so none of the common ones keeps the promise."""
    assert {name: weakest(policy.suites).key_bits for name, policy in ELB_POLICIES.items()} == dict.fromkeys(
        ELB_POLICIES, 128
    )


def test_policies_by_what_they_admit() -> None:
    """A name with TLS13 in it may admit TLS 1.0, and the default does."""
    assert "TLSv1" in ELB_POLICIES["ELBSecurityPolicy-TLS13-1-0-PQ-2025-09"].versions
    assert "TLSv1" in ELB_POLICIES[ELB_DEFAULT_POLICY].versions
    assert ELB_POLICIES["ELBSecurityPolicy-TLS13-1-3-2021-06"].versions == {"TLSv1.3"}
    restricted = ELB_POLICIES["ELBSecurityPolicy-TLS13-1-2-Res-2021-06"].suites
    assert "ECDHE-RSA-AES256-GCM-SHA384" in restricted
    assert "ECDHE-RSA-AES256-SHA384" not in restricted


def test_policies_that_nobody_has_seen_are_unknown() -> None:
    """The RFC 9151 policies ought to be good, which is no reason to say that they are."""
    assert "ELBSecurityPolicy-TLS13-1-3-RFC9151-FIPS-2023-07" not in ELB_POLICIES
