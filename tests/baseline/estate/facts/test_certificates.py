"""Which keys of certificates are long enough."""

import pytest

from baseline.estate.facts.certificates import UnknownKey, canonical, strong


@pytest.mark.parametrize("key", ["RSA-3072", "RSA_4096", "rsa:3072", "P-384", "EC_secp384r1", "secp521r1"])
def test_long_keys_are_strong(key: str) -> None:
    """RSA from 3072 bits and curves from P-384, however they are spelt."""
    assert strong(key)


@pytest.mark.parametrize("key", ["RSA-2048", "RSA_1024", "P-256", "EC_prime256v1", "prime256v1", "P-224"])
def test_short_keys_are_weak(key: str) -> None:
    """What most tools choose when nobody says otherwise is too short."""
    assert not strong(key)


@pytest.mark.parametrize("key", ["", "RSA", "DSA-3072", "RSA-", "P-999", "RSA-3072-x", "ed25519"])
def test_kinds_that_the_table_does_not_know_are_named(key: str) -> None:
    """An unknown kind of key is neither strong nor weak."""
    with pytest.raises(UnknownKey) as error:
        strong(key)
    assert repr(key) in str(error.value)


def test_one_spelling_for_messages() -> None:
    """ACM's and OpenSSL's spellings come out as one."""
    assert {canonical("EC_prime256v1"), canonical("secp256r1"), canonical("P_256")} == {"P-256"}
