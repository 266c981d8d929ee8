"""Load balancers: their services, where TLS ends, and what they send to; and the certificates that Hetzner holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from baseline.estate import passage
from baseline.estate.builder import UNKNOWN, Builder, items, known, number, undecided
from baseline.estate.doubt import either, flag
from baseline.estate.facts.certificates import key_of
from baseline.estate.hetzner.firewalls import SERVER
from baseline.estate.hetzner.selectors import matches
from baseline.estate.nouns import Certificate, Listener
from baseline.estate.passage import Target
from baseline.graph import Resource, not_observable_because

BALANCER = "hcloud:index/loadBalancer:LoadBalancer"
_NETWORK = "hcloud:index/loadBalancerNetwork:LoadBalancerNetwork"
_SERVICE = "hcloud:index/loadBalancerService:LoadBalancerService"
_TARGET = "hcloud:index/loadBalancerTarget:LoadBalancerTarget"
_UPLOADED = ("hcloud:index/uploadedCertificate:UploadedCertificate", "hcloud:index/certificate:Certificate")
_MANAGED = "hcloud:index/managedCertificate:ManagedCertificate"

# terraform-provider-hcloud, LoadBalancerService: "required if protocol is tcp", else the protocol's own port.
_PORTS = {"http": 80, "https": 443}
_NO_FIELD = not_observable_because("is not observable: Hetzner's balancers have no field for it")


def read(builder: Builder) -> None:
    """Services as listeners, with the legs that begin at them; certificates."""
    builder.of(BALANCER)
    targets = _Targets(builder)
    networks = builder.referring([_NETWORK], "loadBalancerId", to=[BALANCER])
    for service in builder.of(_SERVICE):
        balancers = builder.referred(service.inputs.get("loadBalancerId"), BALANCER)
        name = balancers[0].name if balancers else service.name
        public = either(_public(networks.get(balancer.urn, ())) for balancer in balancers)
        its = [target for balancer in balancers for target in targets.of(balancer, service)]
        _listener(builder, service, name, public if balancers else UNKNOWN, its)
    for certificate in builder.of(_MANAGED):
        names: Any = certificate.inputs.get("domainNames")
        builder.add(
            Certificate(
                origin=certificate,
                names=names if undecided(names) else tuple(map(str, names or ())),
                key=not_observable_because("is not observable: Hetzner chooses it and has no field for it"),
                renewed=True,  # "automatically renewed" (Hetzner Cloud API, Certificates, read 2026-11-23)
            )
        )
    for certificate in builder.of(*_UPLOADED):
        key = key_of(certificate.inputs.get("certificate"))
        builder.add(Certificate(origin=certificate, path="certificate", names=(), key=key, renewed=False))


def _public(networks: Sequence[Resource]) -> Any:
    """Its public side is on unless a network entry switches it off."""
    switches = [flag(network.inputs.get("enablePublicInterface"), True) for network in networks]
    return either(switches) if switches else True


def _listener(builder: Builder, service: Resource, name: str, public: Any, targets: list[Target]) -> None:
    protocol = service.inputs.get("protocol", UNKNOWN)
    if not undecided(protocol) and protocol not in ("http", "https", "tcp"):
        protocol = UNKNOWN
    default = UNKNOWN if undecided(protocol) else _PORTS.get(protocol, UNKNOWN)
    port = known(number(service.inputs.get("listenPort")), default)
    ends: Any = protocol
    if not undecided(protocol):
        ends = {"http": "nowhere", "https": "balancer"}.get(protocol) or passage.tls_ends(targets)
    builder.add(
        Listener(
            origin=service,
            balancer=name,
            public=public,
            port=port,
            protocol=protocol,
            tls_ends=ends,
            redirects_plain=flag(service.at("http.redirectHttp"), False),
            plain_leg_behind=protocol if undecided(protocol) else protocol == "https",
            hosts=passage.hosts_of(targets),
        )
    )
    leg = f"to {name} on port {port}"
    if undecided(protocol):
        passage.add_leg(builder, service, leg, protocol, protocol, protocol)
    elif protocol == "tcp":
        passage.add_unseen_legs(builder, service, leg, targets)
    elif ends == "balancer":
        passage.add_leg(builder, service, leg, _NO_FIELD, _NO_FIELD, _NO_FIELD)


class _Targets:
    """What each balancer sends to, by server, by label selector and by address."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._resources = builder.referring([_TARGET], "loadBalancerId", to=[BALANCER])
        self._by_selector: dict[str, list[Resource | None]] = {}

    def of(self, balancer: Resource, service: Resource) -> list[Target]:
        """The targets of a balancer at the port of one of its services."""
        # "required if protocol is tcp"; the others send to port 80 or 443, which nobody here needs.
        port = service.inputs.get("destinationPort")
        entries = [target.inputs for target in self._resources.get(balancer.urn, ())]
        inline = items(balancer.inputs.get("targets"))
        entries += [{"serverId": UNKNOWN} if undecided(item) else item for item in inline]
        servers = [server for entry in entries for server in self._servers(entry)]
        hosts = (None if server is None else self._builder.hosts.get(server.urn) for server in servers)
        return [Target(host, port) for host in dict.fromkeys(hosts)]

    def _servers(self, entry: dict[str, Any]) -> list[Resource | None]:
        """The servers that a target may mean; None for what is none of this program."""
        if entry.get("labelSelector") is not None:
            return self._selected(entry["labelSelector"])
        return list(self._builder.referred(entry.get("serverId"), SERVER)) or [None]

    def _selected(self, selector: Any) -> list[Resource | None]:
        key = repr(selector)
        if key not in self._by_selector:
            # A server that only may be selected may be sent to, so it counts.
            found = [s for s in self._builder.of(SERVER) if matches(selector, s.inputs.get("labels")) is not False]
            self._by_selector[key] = [*found] or [None]
        return self._by_selector[key]
