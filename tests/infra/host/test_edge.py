"""The TLS edge of an app host."""

from ipaddress import IPv4Network

import crossplane
import pytest

from infra.host.edge import SUITES_TLS12, SUITES_TLS13
from tests.infra.host.documents import files

Directives = dict[str, list[list[str]]]


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Directives:
    """The directives of the only server of nginx.conf, by name."""
    path = tmp_path_factory.mktemp("nginx") / "nginx.conf"
    path.write_text(files("app")["/etc/nginx/nginx.conf"])
    parsed = crossplane.parse(str(path), single=True)
    assert parsed["status"] == "ok", parsed["errors"]
    (http,) = [block for block in parsed["config"][0]["parsed"] if block["directive"] == "http"]
    (server,) = [block for block in http["block"] if block["directive"] == "server"]
    found: Directives = {}
    for directive in [*http["block"], *server["block"], *location(server)]:
        found.setdefault(directive["directive"], []).append(directive["args"])
    return found


def location(server: dict[str, list[dict[str, object]]]) -> list[dict[str, list[str]]]:
    """The directives of the server's only location."""
    (only,) = [block for block in server["block"] if block["directive"] == "location"]
    return only["block"]  # type: ignore[return-value]


def test_there_is_one_listener_and_it_speaks_tls(server: Directives) -> None:
    """It stands on the private address, and takes the client's address from the balancer's PROXY header."""
    assert server["listen"] == [["10.1.128.16:443", "ssl", "proxy_protocol", "default_server"]]
    assert server["set_real_ip_from"] == [["10.1.0.0/17"]]
    assert server["real_ip_header"] == [["proxy_protocol"]]


def test_versions_are_tls_12_and_13(server: Directives) -> None:
    """Nothing older is offered, and no include may add it."""
    assert server["ssl_protocols"] == [["TLSv1.2", "TLSv1.3"]]
    assert "include" not in server


def test_every_suite_has_a_key_of_256_bits(server: Directives) -> None:
    """Of both versions, since each has its own list."""
    (tls12,), (tls13,) = server["ssl_ciphers"][0], [server["ssl_conf_command"][0][1]]
    assert server["ssl_conf_command"][0][0] == "Ciphersuites"
    assert tuple(tls12.split(":")) == SUITES_TLS12
    assert tuple(tls13.split(":")) == SUITES_TLS13
    for suite in (*SUITES_TLS12, *SUITES_TLS13):
        assert "AES256" in suite or "AES_256" in suite or "CHACHA20" in suite


def test_browsers_are_told_to_use_tls_for_two_years(server: Directives) -> None:
    """On every answer, errors too."""
    assert server["add_header"] == [["Strict-Transport-Security", "max-age=63072000; includeSubDomains", "always"]]


def test_nothing_of_a_request_but_its_path_is_logged(server: Directives) -> None:
    """No query, no body, no header: variables that hold them stand in no log format."""
    (_, text) = server["log_format"][0]
    variables = {word.strip("'") for word in text.split()}
    assert variables == {
        "$remote_addr",
        "$request_method",
        "$host",
        "$uri",
        "$status",
        "$body_bytes_sent",
        "$request_time",
    }
    assert server["access_log"] == [["syslog:server=unix:/dev/log,tag=edge", "edge"]]


def test_bodies_stay_in_memory(server: Directives) -> None:
    """The largest body that is let in fits the buffer, and answers are not spooled to files."""
    assert server["client_max_body_size"] == server["client_body_buffer_size"] == [["1m"]]
    assert server["proxy_max_temp_file_size"] == [["0"]]


def test_the_application_is_behind_the_loopback_interface(server: Directives) -> None:
    """Plain text leaves no machine."""
    assert server["proxy_pass"] == [["http://127.0.0.1:8080"]]


def test_certificates_are_p384_and_renew_themselves() -> None:
    """Certbot's settings say so, its timer runs twice a day, and the private key lies on the data volume."""
    written = files("app")
    assert "key-type = ecdsa\nelliptic-curve = secp384r1\n" in written["/etc/letsencrypt/cli.ini"]
    assert "config-dir = /srv/" in written["/etc/letsencrypt/cli.ini"]
    assert "Persistent=true" in written["/etc/systemd/system/certbot.timer.d/60-daily.conf"]


def test_nginx_waits_for_its_volumes() -> None:
    """It starts neither without the encrypted volumes nor without a certificate."""
    waits = files("app")["/etc/systemd/system/nginx.service.d/60-edge.conf"]
    for what in ("PathIsMountPoint=/srv", "PathIsMountPoint=/var/log", "PathExists=/srv/letsencrypt"):
        assert f"Condition{what}" in waits


def test_the_edge_follows_the_balancer() -> None:
    """The prefix whose PROXY header is believed is the declared one."""
    assert (
        "set_real_ip_from 10.9.0.0/17;" in files("app", balancers=IPv4Network("10.9.0.0/17"))["/etc/nginx/nginx.conf"]
    )
