"""What the front doors of AWS other than load balancers may agree on, by the names of their security policies.

A name that is in no table is unknown, never good. Where a provider publishes versions and no suites, only the versions
are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Agreed(NamedTuple):
    """The weakest suite with the bits of its key (both None: nobody says), and the versions."""

    weakest: str | None
    key_bits: int | None
    versions: frozenset[str]


_ALL: Final = ("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")


def _from(lowest: str, highest: str = "TLSv1.3") -> frozenset[str]:
    return frozenset(_ALL[_ALL.index(lowest) : _ALL.index(highest) + 1])


_SHORTEST_13: Final = ("TLS_AES_128_GCM_SHA256", 128)

CLOUDFRONT: Final[Mapping[str, Agreed]] = MappingProxyType(
    {
        "SSLv3": Agreed("DES-CBC3-SHA", 112, _from("SSLv3")),
        "TLSv1": Agreed("DES-CBC3-SHA", 112, _from("TLSv1")),
        "TLSv1_2016": Agreed(*_SHORTEST_13, _from("TLSv1")),
        "TLSv1.1_2016": Agreed(*_SHORTEST_13, _from("TLSv1.1")),
        "TLSv1.2_2018": Agreed(*_SHORTEST_13, _from("TLSv1.2")),
        "TLSv1.2_2019": Agreed(*_SHORTEST_13, _from("TLSv1.2")),
        "TLSv1.2_2021": Agreed(*_SHORTEST_13, _from("TLSv1.2")),
        "TLSv1.2_2025": Agreed(*_SHORTEST_13, _from("TLSv1.2")),
        "TLSv1.3_2025": Agreed(*_SHORTEST_13, _from("TLSv1.3")),
    }
)
"""Every policy has TLS_AES_128_GCM_SHA256. Source: CloudFront Developer Guide, "Supported protocols and ciphers between
viewers and CloudFront", read 2026-11-26."""

CLOUDFRONT_DEFAULT: Final = "TLSv1"
"""Without a certificate of one's own, whatever else is said. Source: CloudFront API, ViewerCertificate, as of
2026-11-26."""

API_GATEWAY: Final[Mapping[str, Agreed]] = MappingProxyType(
    {
        "TLS_1_0": Agreed(*_SHORTEST_13, frozenset({"TLSv1", "TLSv1.2", "TLSv1.3"})),
        "TLS_1_2": Agreed(*_SHORTEST_13, _from("TLSv1.2")),
        "SecurityPolicy_TLS13_1_3_2025_09": Agreed(*_SHORTEST_13, _from("TLSv1.3")),
    }
)
"""Source: API Gateway Developer Guide, "Security policies for REST APIs" and "Choose a security policy for your custom
domain", read 2026-11-26. The other enhanced policies are left out: nobody here has seen their rows."""

API_GATEWAY_DEFAULT: Final = "TLS_1_0"
API_GATEWAY_PRIVATE: Final = "TLS_1_2"
"""What the default endpoints of REST APIs speak; those of HTTP and WebSocket APIs speak as a private one. Source: the
same pages."""

OPENSEARCH: Final[Mapping[str, Agreed]] = MappingProxyType(
    {
        "Policy-Min-TLS-1-0-2019-07": Agreed(None, None, _from("TLSv1", "TLSv1.2")),
        "Policy-Min-TLS-1-2-2019-07": Agreed(None, None, _from("TLSv1.2", "TLSv1.2")),
        "Policy-Min-TLS-1-2-PFS-2023-10": Agreed(None, None, _from("TLSv1.2")),
        # "supports TLS version 1.3 with FIPS", says the service, and the name says 1.2: the lower of the two counts.
        "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08": Agreed(None, None, _from("TLSv1.2")),
        "Policy-Min-TLS-1-2-FIPS-PQ-2026-10": Agreed(None, None, _from("TLSv1.2")),
    }
)
OPENSEARCH_DEFAULT: Final = "Policy-Min-TLS-1-2-2019-07"
"""Source: OpenSearch Service API, DomainEndpointOptions, TLSSecurityPolicy (botocore 1.44.8), read 2026-11-26; it names
no suites."""

_TLS12_128: Final = ("ECDHE-RSA-AES128-GCM-SHA256", 128)

IOT: Final[Mapping[str, Agreed]] = MappingProxyType(
    {
        "IoTSecurityPolicy_TLS13_1_3_2022_10": Agreed(*_SHORTEST_13, _from("TLSv1.3")),
        "IoTSecurityPolicy_TLS13_1_2_2022_10": Agreed(*_SHORTEST_13, _from("TLSv1.2")),
        "IoTSecurityPolicy_TLS12_1_2_2022_10": Agreed(*_TLS12_128, _from("TLSv1.2", "TLSv1.2")),
        "IoTSecurityPolicy_TLS12_1_0_2016_01": Agreed(*_TLS12_128, _from("TLSv1.2", "TLSv1.2")),
        "IoTSecurityPolicy_TLS12_1_0_2015_01": Agreed(*_TLS12_128, _from("TLSv1.2", "TLSv1.2")),
    }
)
IOT_DEFAULT: Final = "IoTSecurityPolicy_TLS13_1_2_2022_10"
"""Whatever their names say of 1.0, the service speaks 1.2 and 1.3 only.

Source: AWS IoT Core Developer Guide, "Transport security in AWS IoT Core", its table of security policies; the spelling
is the one that terraform-provider-aws's acceptance test of domain configurations gives to the service; read 2026-11-26.
"""

_SSH_128: Final = Agreed("aes128-gcm@openssh.com", 128, frozenset())
TRANSFER: Final[Mapping[str, Agreed]] = MappingProxyType(
    {
        f"TransferSecurityPolicy-{name}": _SSH_128
        for name in (
            *("2018-11", "2020-06", "2022-03", "2023-05", "2024-01", "2025-03"),
            *("FIPS-2020-06", "FIPS-2023-05", "FIPS-2024-01", "FIPS-2024-05", "FIPS-2025-03"),
            *("Restricted-2018-11", "Restricted-2020-06", "AS2Restricted-2025-07", "SshAuditCompliant-2025-02"),
        )
    }
)
TRANSFER_DEFAULT: Final = "TransferSecurityPolicy-2018-11"
"""Suites of SFTP, of which every policy has this one. Source: Transfer Family User Guide, "Security policies for AWS
Transfer Family servers", read 2026-11-26; the default that of pulumi-aws 7.51.1. The others that pulumi-aws names are
left out: nobody here has seen their rows."""

CONNECTOR: Final[Mapping[str, Agreed]] = MappingProxyType(
    {f"TransferSFTPConnectorSecurityPolicy-{name}": _SSH_128 for name in ("2023-07", "2024-03", "FIPS-2024-10")}
)
CONNECTOR_DEFAULT: Final = "TransferSFTPConnectorSecurityPolicy-2024-03"
"""Source: the same guide, "Security policies for AWS Transfer Family SFTP connectors", read 2026-11-26."""
