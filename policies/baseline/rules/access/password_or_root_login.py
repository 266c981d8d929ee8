"""Nobody guesses a way in, and nobody is nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import HostConfig
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    HostConfig,
    clauses=("5.1", "5.1/4"),
    remedy="Write `PasswordAuthentication no` and `PermitRootLogin no` into sshd's configuration by cloud-init.",
)
def password_or_root_login(config: HostConfig, _: Estate) -> Iterator[Problem]:
    """A machine takes passwords, or lets root in.

    Passwords are guessed all day long. Whoever comes in as root has no name in any log. Where the document does not say
    otherwise sshd takes passwords, and root by key (sshd_config(5): PasswordAuthentication, PermitRootLogin).
    """
    if config.password_login is not False:
        said = "takes passwords" if config.password_login else "is not told to refuse passwords"
        yield Problem(f"{config.label} {said}")
    if config.root_login is not False:
        said = "lets root log in" if config.root_login else "is not told to refuse root"
        yield Problem(f"{config.label} {said}")


_FAILS = fails("web-1", "userData")
_REFUSE = "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin no\n"
_PASSWORDS = _REFUSE.replace("PasswordAuthentication no", "PasswordAuthentication yes")
_ROOT = _REFUSE.replace("PermitRootLogin no", "PermitRootLogin prohibit-password")


def _server(sshd: str) -> Resource:
    """A server whose cloud-init writes a part of sshd's configuration."""
    files = [{"path": "/etc/ssh/sshd_config.d/10-access.conf", "content": sshd}]
    user_data = "#cloud-config\n" + json.dumps({"write_files": files})
    return resource("hcloud:index/server:Server", "web-1", location="fsn1", userData=user_data)


EXAMPLES = (
    example("refuses passwords and root", _server(_REFUSE)),
    example("takes passwords", _server(_PASSWORDS), _FAILS),
    example("lets root in by key", _server(_ROOT), _FAILS),
    example("sshd takes the first word, not the last", _server(f"PermitRootLogin yes\n{_REFUSE}"), _FAILS),
    example("says nothing", _server("Port 22\n"), _FAILS),
    example(
        "an instance that is told nothing of sshd",
        aws_provider(),
        resource("aws:ec2/instance:Instance", "web-1", ami="ami-1", userData="#cloud-config\nhostname: web-1\n"),
        _FAILS,
    ),
    example(
        "user data known only after deployment",
        resource("hcloud:index/server:Server", "web-1", location="fsn1", userData=UNKNOWN),
        unknown("web-1", "userData"),
    ),
)
