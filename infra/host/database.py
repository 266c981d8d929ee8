"""The database host: PostgreSQL on the private address, TLS only, its files on the data volume."""

from __future__ import annotations

from infra.host.document import File, Piece
from infra.host.facts import HostFacts
from infra.host.firewall import DATABASE_PORT
from infra.host.release import POSTGRESQL

_CONFIGURATION = f"/etc/postgresql/{POSTGRESQL}/main"
_CERTIFICATE = "/var/lib/postgresql/tls"


def piece(facts: HostFacts) -> Piece:
    """PostgreSQL, whose cluster is made on the mounted volume, or taken over with a volume that has one."""
    return Piece(
        packages=("postgresql",),
        files=(
            # The package would lay a cluster onto the root disk at once.
            File(path="/etc/postgresql-common/createcluster.conf", content="create_main_cluster = false\n"),
            File(path=f"{_CONFIGURATION}/conf.d/baseline.conf", content=configuration(facts)),
            File(path="/etc/postgresql/baseline_hba.conf", content=_admissions(facts)),
            File(path="/usr/local/sbin/prepare-database", content=_SCRIPT, mode="0755"),
            File(path="/etc/systemd/system/database.service", content=_UNIT),
            File(path="/etc/systemd/system/database.timer", content=_TIMER),
        ),
        commands=("systemctl enable --now database.timer",),
    )


def configuration(facts: HostFacts) -> str:
    """Settings of PostgreSQL: no TLS 1.3, whose 128-bit suites version 15 cannot leave out; no statement texts."""
    return f"""\
listen_addresses = '{facts.address}'
port = {DATABASE_PORT}
ssl = on
ssl_cert_file = '{_CERTIFICATE}/server.crt'
ssl_key_file = '{_CERTIFICATE}/server.key'
ssl_min_protocol_version = 'TLSv1.2'
ssl_max_protocol_version = 'TLSv1.2'
ssl_ciphers = 'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305'
ssl_prefer_server_ciphers = on
ssl_ecdh_curve = 'secp384r1'
password_encryption = 'scram-sha-256'
hba_file = '/etc/postgresql/baseline_hba.conf'
log_destination = 'syslog'
logging_collector = off
log_connections = on
log_disconnections = on
log_statement = 'none'
log_min_error_statement = 'panic'
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""


def _admissions(facts: HostFacts) -> str:
    return f"""\
local all postgres peer
hostssl all all {facts.hosts} scram-sha-256
"""


_SCRIPT = f"""\
#!/bin/bash
set -euo pipefail
umask 077
chown postgres:postgres /var/lib/postgresql
install --directory --owner=postgres --group=postgres --mode=0700 {_CERTIFICATE}
cd {_CERTIFICATE}
if ! openssl x509 -in server.crt -noout -checkend 2592000; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:secp384r1 -noenc -days 90 -subj /CN=database \\
    -keyout new.key -out new.crt
  chown postgres:postgres new.key new.crt
  mv new.key server.key
  mv new.crt server.crt
fi
[ -e {_CONFIGURATION}/postgresql.conf ] ||
  pg_createcluster {POSTGRESQL} main -- --data-checksums --auth-host=scram-sha-256
systemctl enable postgresql@{POSTGRESQL}-main
systemctl reload-or-restart postgresql@{POSTGRESQL}-main
"""

_UNIT = """\
[Unit]
Description=Database cluster and its certificate
After=disks.service network-online.target
Wants=network-online.target
ConditionPathIsMountPoint=/var/lib/postgresql
ConditionPathIsMountPoint=/var/log
[Service]
Type=oneshot
ExecStart=/usr/local/sbin/prepare-database
"""

_TIMER = """\
[Unit]
Description=Renew the database's certificate in time
[Timer]
OnCalendar=weekly
Persistent=true
[Install]
WantedBy=timers.target
"""
