"""What an engineer is told who has not set everything yet, by the real engine."""

from __future__ import annotations

from tests.engine.operator import Operator


def test_a_password_that_nobody_has_set(operator: Operator) -> None:
    """A preview goes on; a deployment is refused in one sentence with what to do, before anything exists."""
    operator.init("hetzner-de")
    operator.must("config", "rm", "backup:password", "--stack", "hetzner-de")
    operator.must("preview", "--stack", "hetzner-de")
    done = operator.up("hetzner-de", "--skip-preview")
    assert done.code != 0
    wanted = "no password for the storage boxes: pulumi config set --secret backup:password --stack hetzner-de"
    assert wanted in done.said
    assert "Traceback" not in done.said
    types = {record["type"] for record in operator.export("hetzner-de")["deployment"].get("resources", ())}
    assert types <= {"pulumi:pulumi:Stack"}
