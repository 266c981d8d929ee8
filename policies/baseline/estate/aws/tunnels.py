"""Ways into a network from outside it: VPN tunnels, client VPN, inspected TLS, and what other services open.

Source: Site-to-Site VPN User Guide, "Tunnel options" (AES128 is among the defaults of both phases), as of 2026-11-26.
"""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.aws.doors import add_door, add_leg, no_choice
from baseline.estate.aws.inputs import scalars_at, values_at
from baseline.estate.aws.open_ends import admit
from baseline.estate.builder import UNKNOWN, Builder, known, number, undecided
from baseline.estate.ports import ANY, Ports
from baseline.graph import Resource

VPN: Final = "aws:ec2/vpnConnection:VpnConnection"
_CLIENTS: Final = "aws:ec2clientvpn/endpoint:Endpoint"
_INSPECTION: Final = "aws:networkfirewall/tlsInspectionConfiguration:TlsInspectionConfiguration"
_MEDIA: Final = "aws:medialive/inputSecurityGroup:InputSecurityGroup"
GAMES: Final = "aws:gamelift/fleet:Fleet"
PHASES: Final = tuple(f"tunnel{tunnel}Phase{phase}EncryptionAlgorithms" for tunnel in (1, 2) for phase in (1, 2))
_BITS: Final = {"AES128": 128, "AES256": 256, "AES128-GCM-16": 128, "AES256-GCM-16": 256}


def read(builder: Builder) -> None:
    """Each of them in turn."""
    for vpn in builder.of(VPN):
        for path in PHASES:
            listed = list(scalars_at(vpn, path)) or [(path, "AES128")]
            for at, algorithm in listed:
                _phase(builder, vpn, at, algorithm)
    for endpoint in builder.of(_CLIENTS):
        port = known(number(endpoint.inputs.get("vpnPort")), 443)
        add_door(builder, endpoint, path="vpnPort", port=port)
        add_leg(builder, endpoint, f"from clients to {endpoint.name}", no_choice("Client VPN"))
    for inspection in builder.of(_INSPECTION):
        add_leg(builder, inspection, f"through {inspection.name}", no_choice("a firewall that inspects TLS"))
    for group in builder.of(_MEDIA):
        for at, prefix in scalars_at(group, "whitelistRules.cidr"):
            admit(builder, group, at, prefix, ANY)
    for fleet in builder.peek(GAMES):  # what it runs is for another adapter to know
        for at, rule in values_at(fleet, "ec2InboundPermissions"):
            _inbound(builder, fleet, at, rule)


def _phase(builder: Builder, vpn: Resource, path: str, algorithm: Any) -> None:
    said: Any = algorithm
    if not undecided(algorithm):
        said = _BITS.get(str(algorithm).upper(), UNKNOWN)
    weakest = said if undecided(said) else str(algorithm)
    add_leg(builder, vpn, f"through the tunnels of {vpn.name}", (said, weakest, frozenset()), path)


def _inbound(builder: Builder, fleet: Resource, path: str, rule: Any) -> None:
    if not isinstance(rule, dict):
        admit(builder, fleet, path, UNKNOWN, UNKNOWN, protocol=UNKNOWN, kind="host")
        return
    first, last = number(rule.get("fromPort")), number(rule.get("toPort"))
    doubtful = first is None or last is None or undecided(first) or undecided(last) or not 0 <= first <= last <= 65535
    ports: Any = UNKNOWN if doubtful else Ports(first, last)
    protocol = rule.get("protocol")
    said = UNKNOWN if protocol is None else protocol if undecided(protocol) else str(protocol).lower()
    admit(builder, fleet, f"{path}.ipRange", rule.get("ipRange"), ports, protocol=said, kind="host")
