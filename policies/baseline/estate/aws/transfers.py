"""Transfer Family: servers that take files, by which protocols and how well guarded, and connectors that send them.

Source: Transfer Family User Guide, "Create an SFTP, FTPS, or FTP server endpoint", as of 2026-11-26.
"""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.aws.doors import CLEAR, add_leg, no_choice, of_policy
from baseline.estate.aws.inputs import scalars_at
from baseline.estate.aws.open_ends import admit_everyone
from baseline.estate.builder import Builder, known, undecided
from baseline.estate.facts.tls_policies import CONNECTOR, CONNECTOR_DEFAULT, TRANSFER, TRANSFER_DEFAULT
from baseline.estate.ports import Ports
from baseline.graph import Resource

SERVER: Final = "aws:transfer/server:Server"
_CONNECTOR: Final = "aws:transfer/connector:Connector"
_PORTS: Final = {"SFTP": 22, "FTPS": 21, "FTP": 21, "AS2": 5080}


def read(builder: Builder) -> None:
    """A leg for each protocol of each server; a server without a network of its own is open to everyone."""
    for server in builder.of(SERVER):
        spoken = list(scalars_at(server, "protocols")) or [("", "SFTP")]
        for path, protocol in spoken:
            name = f"to {server.name} by {protocol if not undecided(protocol) else 'a protocol not known yet'}"
            add_leg(builder, server, name, _strength(server, protocol), path)
        # AWS refuses details of a network for a public server.
        default = "PUBLIC" if server.inputs.get("endpointDetails") is None else "VPC"
        kind = known(server.inputs.get("endpointType"), default)
        if undecided(kind) or kind == "PUBLIC":
            for path, protocol in spoken:
                port = protocol if undecided(protocol) else _PORTS.get(str(protocol))
                ports = port if undecided(port) else port and Ports(port, port)
                admit_everyone(builder, server, path or "endpointType", ports, certain=kind)
    for connector in builder.of(_CONNECTOR):
        url = connector.inputs.get("url")
        name = f"from {connector.name} to its partner"
        if not undecided(url) and str(url).lower().startswith("http://"):
            add_leg(builder, connector, name, CLEAR, "url")
        elif undecided(url) or str(url).lower().startswith("https://"):
            add_leg(builder, connector, name, (url,) * 3 if undecided(url) else no_choice("a connector"), "url")
        else:
            policy = connector.inputs.get("securityPolicyName")
            add_leg(builder, connector, name, of_policy(CONNECTOR, policy, CONNECTOR_DEFAULT))


def _strength(server: Resource, protocol: Any) -> tuple[Any, Any, Any]:
    if undecided(protocol):
        return protocol, protocol, protocol
    if protocol in ("FTP", "AS2"):
        return CLEAR  # AS2 goes over HTTP; what it encrypts is the message alone
    return of_policy(TRANSFER, server.inputs.get("securityPolicyName"), TRANSFER_DEFAULT)
