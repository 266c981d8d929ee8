"""PostgreSQL on a database host."""

from infra.host.database import configuration
from tests.infra.host.documents import facts, files


def settings() -> dict[str, str]:
    """The settings by name."""
    lines = configuration(facts("database")).splitlines()
    return {name: value.strip("'") for name, _, value in (line.partition(" = ") for line in lines)}


def test_it_listens_on_the_private_address_alone() -> None:
    """Neither on all addresses nor on the public one."""
    assert settings()["listen_addresses"] == "10.1.128.8"


def test_every_suite_has_a_key_of_256_bits() -> None:
    """TLS 1.3 is left out, because this version of PostgreSQL cannot leave out its 128-bit suites."""
    found = settings()
    assert found["ssl"] == "on"
    assert found["ssl_min_protocol_version"] == found["ssl_max_protocol_version"] == "TLSv1.2"
    for suite in found["ssl_ciphers"].split(":"):
        assert "AES256" in suite or "CHACHA20" in suite


def test_nobody_comes_in_without_tls_and_a_proven_password() -> None:
    """The only way in over the network is hostssl with SCRAM, from hosts; anything else matches no line."""
    assert files("database")["/etc/postgresql/baseline_hba.conf"] == (
        "local all postgres peer\nhostssl all all 10.1.128.0/17 scram-sha-256\n"
    )
    assert settings()["hba_file"] == "/etc/postgresql/baseline_hba.conf"
    assert settings()["password_encryption"] == "scram-sha-256"


def test_no_statement_is_logged() -> None:
    """Its text might hold a credential, and so might a parameter."""
    found = settings()
    assert (found["log_statement"], found["log_min_error_statement"]) == ("none", "panic")
    assert (found["log_parameter_max_length"], found["log_parameter_max_length_on_error"]) == ("0", "0")
    assert found["log_destination"] == "syslog"


def test_no_cluster_is_made_on_the_root_disk() -> None:
    """The package makes none, and the unit that does waits for the volumes."""
    written = files("database")
    assert written["/etc/postgresql-common/createcluster.conf"] == "create_main_cluster = false\n"
    assert "ConditionPathIsMountPoint=/var/lib/postgresql\n" in written["/etc/systemd/system/database.service"]
