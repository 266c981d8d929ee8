"""What machines run: the ways in which a document can mean another thing than it seems to say."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import timedelta
from typing import Any

import pytest

from baseline.estate.builder import undecided
from baseline.estate.host_config import Machine, machine
from baseline.estate.host_config.units import span

ACCESS = "/etc/ssh/sshd_config.d/10-access.conf"
JOURNALD = "/etc/systemd/journald.conf.d/60-retention.conf"
MAIN = "/etc/nginx/nginx.conf"
RECIPIENT = "age1" + "q" * 58


def document(files: dict[str, str], *commands: str, **settings: Any) -> str:
    """A cloud-init document that writes these files and runs these commands."""
    written = [{"path": path, "content": text} for path, text in files.items()]
    return "#cloud-config\n" + json.dumps({"write_files": written, "runcmd": list(commands), **settings})


def reads(files: dict[str, str], *commands: str, **settings: Any) -> Machine:
    """The machine of such a document."""
    return machine(document(files, *commands, **settings))


def timer(name: str, calendar: str, command: str) -> dict[str, str]:
    """A timer and its service."""
    folder = "/etc/systemd/system"
    return {
        f"{folder}/{name}.timer": f"[Timer]\nOnCalendar={calendar}\n",
        f"{folder}/{name}.service": f"[Service]\nExecStart={command}\n",
    }


PLAIN = document({ACCESS: "PasswordAuthentication yes\n"})


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        base64.b64encode(PLAIN.encode()).decode(),
        base64.b64encode(gzip.compress(PLAIN.encode())).decode(),
        f"MIME-Version: 1.0\nContent-Type: text/cloud-config\n\n{PLAIN}",
    ],
    ids=["plain", "base64", "gzip", "message"],
)
def test_user_data_is_read_through_its_wrapping(text: str) -> None:
    """However a provider is given it, the document is the same."""
    assert machine(text).password_login is True


@pytest.mark.parametrize("encoding", ["b64", "gz+b64"])
def test_files_are_read_through_their_encoding(encoding: str) -> None:
    """A file in base64, and in gzip behind it, is the file."""
    content = b"PasswordAuthentication yes\n"
    packed = base64.b64encode(gzip.compress(content) if encoding[:2] == "gz" else content).decode()
    entry = {"path": ACCESS, "content": packed, "encoding": encoding}
    assert machine("#cloud-config\n" + json.dumps({"write_files": [entry]})).password_login is True


@pytest.mark.parametrize(
    "text", ["#!/bin/sh\nid", "## template: jinja\n#cloud-config\n{}", "#include\nhttps://x", "#cloud-config\n[", "?"]
)
def test_what_is_no_document_says_nothing(text: str) -> None:
    """Of a script, a template, an include and of rubbish nothing is concluded, and the reason is given."""
    read = machine(text)
    assert all(undecided(value) and value.outcome == "not_observable" for value in read)
    assert "user data" in read.services.reason


@pytest.mark.parametrize(
    ("files", "settings", "wanted"),
    [
        ({ACCESS: "PasswordAuthentication no\nPasswordAuthentication yes\n"}, {}, False),
        ({ACCESS: "PasswordAuthentication no\n", ACCESS.replace("10", "05"): "PasswordAuthentication yes\n"}, {}, True),
        ({ACCESS: "PasswordAuthentication no\n"}, {"ssh_pwauth": True}, False),
        ({ACCESS.replace("10", "60"): "PasswordAuthentication no\n"}, {"ssh_pwauth": True}, True),
        ({ACCESS: "PasswordAuthentication no\nMatch User deploy\nPasswordAuthentication yes\n"}, {}, True),
        ({ACCESS: "PasswordAuthentication no\nKbdInteractiveAuthentication yes\n"}, {}, True),
        ({ACCESS: "PasswordAuthentication yes\nAuthenticationMethods publickey\n"}, {}, False),
        ({ACCESS: "PasswordAuthentication yes\nAuthenticationMethods publickey,password password\n"}, {}, True),
        ({"/etc/ssh/sshd_config": "PasswordAuthentication no\n", ACCESS: "PasswordAuthentication yes\n"}, {}, False),
        ({}, {}, None),
    ],
)
def test_password_login(files: dict[str, str], settings: dict[str, Any], wanted: bool | None) -> None:
    """The first value holds, in the order in which sshd reads its files, and a Match may override it."""
    assert reads(files, **settings).password_login is wanted


def test_a_command_that_changes_a_file_takes_its_word_away() -> None:
    """What a command may have changed is not known, whatever the file says."""
    spoilt = reads({ACCESS: "PasswordAuthentication no\n"}, f"sed -i s/no/yes/ {ACCESS}")
    assert undecided(spoilt.password_login)


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ("MaxRetentionSec=732h\nMaxFileSec=6h\nSystemMaxFiles=1000", (30, 31)),
        ("MaxRetentionSec=30day\nMaxFileSec=1day", (29, 31)),
        ("MaxRetentionSec=30day", (0, 61)),
        ("MaxRetentionSec=732h\nMaxFileSec=6h", (24, 31)),
        ("MaxRetentionSec=732h\nMaxFileSec=6h\nStorage=volatile", (0, 0)),
        ("MaxRetentionSec=732h\nMaxFileSec=6h\nSystemMaxFiles=1000\nSystemMaxUse=9216M", (30, 31)),
    ],
    ids=["as rendered", "thirty days", "files of a month", "a hundred files", "in memory", "with room"],
)
def test_how_long_the_journal_is_kept(settings: str, wanted: tuple[int, int]) -> None:
    """The last entry of a file is kept for less than its first, and only so many files are kept."""
    (journal,) = reads({JOURNALD: f"[Journal]\n{settings}\n"}).logs
    assert (journal.at_least, journal.at_most) == wanted


def test_a_journal_without_a_period_is_kept_for_ever() -> None:
    """Size alone deletes it, and nobody knows when."""
    (journal,) = reads({}).logs
    assert undecided(journal.at_least)
    assert journal.at_most is None


def test_a_journal_without_room_may_end_before_its_time() -> None:
    """What is too big goes, however young it is."""
    (journal,) = reads({JOURNALD: "[Journal]\nMaxRetentionSec=732h\nMaxFileSec=6h\nSystemMaxUse=50M\n"}).logs
    assert undecided(journal.at_least)


@pytest.mark.parametrize(
    ("setting", "settings", "logs"),
    [
        ("log_destination = 'syslog'", {}, []),
        ("ssl = on", {}, [("PostgreSQL's files", 70, 77)]),
        ("logging_collector = on", {}, [("PostgreSQL's files", None, None)]),
        ("log_destination = 'syslog'", {"packages": ["rsyslog"]}, [("rsyslog's files", 28, 35)]),
    ],
)
def test_others_write_files_of_their_own_as_well(setting: str, settings: dict[str, Any], logs: list[Any]) -> None:
    """Debian's packages keep them for as long as they please, in weeks."""
    _, *others = reads({"/etc/postgresql/15/main/conf.d/a.conf": setting}, **settings).logs
    assert list(map(tuple, others)) == logs


def test_nginx_writes_files_of_its_own_unless_told_not_to() -> None:
    """By default Debian's logrotate keeps them for two weeks."""
    server = "server { listen 443 ssl; }"
    assert [log.name for log in reads({MAIN: f"http {{ {server} }}"}).logs] == ["journal", "nginx's files"]
    told = f"error_log syslog:server=unix:/dev/log; http {{ access_log off; {server} }}"
    assert [log.name for log in reads({MAIN: told}).logs] == ["journal"]


@pytest.mark.parametrize(
    ("crypttab", "fstab", "wanted"),
    [
        ("data LABEL=x /run/key luks", "/dev/mapper/data /srv ext4", ("/srv",)),
        ("data LABEL=x /run/key luks", "/dev/sdb /srv ext4", ()),
        ("data LABEL=x /run/key cipher=cipher_null-ecb", "/dev/mapper/data /srv ext4", ()),
        ("# data LABEL=x /run/key luks", "/dev/mapper/data /srv ext4", ()),
    ],
)
def test_a_mount_is_encrypted_when_crypttab_opens_its_device(
    crypttab: str, fstab: str, wanted: tuple[str, ...]
) -> None:
    """Either table alone proves nothing."""
    assert reads({"/etc/crypttab": crypttab, "/etc/fstab": fstab}).encrypted_mounts == wanted


@pytest.mark.parametrize(
    ("listen", "ports"),
    [
        ("443 ssl", [443]),
        ("[::]:8443 ssl", [8443]),
        ("0.0.0.0:8000-8001", [8000, 8001]),
        ("10.0.0.1", [80]),
        ("127.0.0.1:80", []),
        ("[::1]:80", []),
        ("unix:/run/s", []),
    ],
)
def test_nginx_ports(listen: str, ports: list[int]) -> None:
    """What listens on the loopback interface or a socket is no way for data."""
    assert [service.port for service in reads({MAIN: f"http {{ server {{ listen {listen}; }} }}"}).services] == ports


def test_nginx_listens_in_plain_when_nothing_is_said() -> None:
    """A server without `listen` is on port 80."""
    (service,) = reads({"/etc/nginx/conf.d/a.conf": "server { server_name a; }"}).services
    assert (service.port, service.encrypted) == (80, False)


def test_a_broken_configuration_of_nginx_says_nothing() -> None:
    """What cannot be read is not known to be good."""
    assert undecided(reads({MAIN: "http { server { listen 443 ssl;"}).services)


@pytest.mark.parametrize(
    "files",
    [
        {MAIN: f"http {{ include {MAIN}; }}"},
        {
            MAIN: "http { server { listen 443 ssl; } }",
            "/etc/systemd/system/nginx.service.d/a.conf": "[Service]\nExecStart=\nExecStart=/usr/sbin/nginx -c /x\n",
        },
    ],
    ids=["a circle", "another file"],
)
def test_a_configuration_that_nginx_does_not_read_says_nothing(files: dict[str, str]) -> None:
    """Files that include each other it refuses, and its unit may name another file."""
    assert undecided(reads(files).services)


def test_openssl_may_be_told_beside_the_directives() -> None:
    """`ssl_conf_command Protocol ALL` lets TLS 1.0 in whatever `ssl_protocols` says: nginx 1.22 was asked."""
    server = "listen 443 ssl; ssl_protocols TLSv1.3; ssl_conf_command Protocol ALL;"
    (service,) = reads({MAIN: f"http {{ server {{ {server} }} }}"}).services
    assert undecided(service.versions)


@pytest.mark.parametrize(
    ("server", "names"),
    [
        ("listen 443; proxy_pass 10.0.0.9:443;", ["to nginx on port 443"]),
        ("listen 443 ssl; proxy_pass 10.0.0.9:80;", ["nginx to 10.0.0.9", "to nginx on port 443"]),
        ("listen 443; proxy_ssl on; proxy_pass 10.0.0.9:443;", ["nginx to 10.0.0.9", "to nginx on port 443"]),
    ],
    ids=["passed through", "opened", "begun"],
)
def test_a_stream_is_one_leg_unless_nginx_opens_it(server: str, names: list[str]) -> None:
    """What it hands on unopened is as good as what was sent, and nobody here knows that."""
    assert [service.name for service in reads({MAIN: f"stream {{ server {{ {server} }} }}"}).services] == names


def test_postgresql_that_admits_plain_connections_is_plain() -> None:
    """`host` admits with and without TLS; only `hostssl` asks for it."""
    folder = "/etc/postgresql/15/main"
    settings = {f"{folder}/conf.d/a.conf": "listen_addresses = '*'\nssl = on\n"}
    (service,) = reads(settings | {f"{folder}/pg_hba.conf": "host all all 10.0.0.0/8 scram-sha-256\n"}).services
    assert service.key_bits == 0
    (service,) = reads(settings | {f"{folder}/pg_hba.conf": "hostssl all all 10.0.0.0/8 scram-sha-256\n"}).services
    assert service.key_bits > 0


@pytest.mark.parametrize(("check", "renewed"), [(2_592_000, True), (86_400, False)])
def test_a_made_certificate_is_renewed_when_its_timer_comes_in_time(check: int, renewed: bool) -> None:
    """A weekly run renews what has a month left, and misses what has a day left."""
    script = (
        f"#!/bin/sh\nopenssl x509 -checkend {check} ||\nopenssl req -x509 -newkey rsa:4096 -days 90 -out /t/a.crt\n"
    )
    files = timer("renew", "weekly", "/usr/local/sbin/renew") | {"/usr/local/sbin/renew": script}
    (held,) = reads(files, "systemctl enable --now renew.timer").certificates
    assert (held.key, held.renewed) == ("RSA-4096", renewed)


def test_a_timer_that_nobody_switches_on_makes_no_backup() -> None:
    """A unit file alone runs nothing."""
    files = timer("backup", "daily", "/bin/b") | {"/bin/b": f"#!/bin/sh\ntar c . | age -r {RECIPIENT} | ssh box\n"}
    files["/etc/systemd/system/backup.service"] += "Environment=DESTINATION=sftp://box/ KEEP_DAYS_FLOOR=7\n"
    assert reads(files).backups == ()
    (backup,) = reads(files, "systemctl enable --now backup.timer").backups
    assert (backup.daily, backup.encrypted, backup.at_least) == (True, True, 7)


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ("table inet a { chain i { type filter hook input priority 0; policy drop; } }", True),
        ("table ip a { chain i { type filter hook input priority 0; policy drop; } }", False),
        ("table inet a { chain i { type filter hook input priority 0; policy drop; accept; } }", False),
        ("table inet a { chain i { type filter hook input priority 0; policy accept; } }", False),
        ("table inet a { chain o { type filter hook output priority 0; policy drop; } }", False),
    ],
)
def test_default_drop(rules: str, wanted: bool) -> None:
    """Both families, at the input hook, with no accept before the policy."""
    assert reads({"/etc/nftables.conf": rules}, "systemctl enable --now nftables").default_drop is wanted


def test_mail_of_root_is_followed_through_its_aliases() -> None:
    """Local names lead on to addresses, and a circle ends."""
    aliases = "root: admin, a@shops.example\nadmin: root, b@shops.example\n"
    assert reads({"/etc/aliases": aliases}).alerts_to == ("a@shops.example", "b@shops.example")


@pytest.mark.parametrize(("text", "wanted"), [("732h", 732), ("1d 12h", 36), ("3600", 1), ("2week", 336)])
def test_time_spans(text: str, wanted: int) -> None:
    """As systemd.time(7) reads them."""
    assert span(text) == timedelta(hours=wanted)
