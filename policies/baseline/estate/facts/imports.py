"""How `pulumi import` wants a resource to be called, where that is not its id.

Source: the "Import" sections of the resources in pulumi-aws 7.51.1 and pulumi-hcloud 1.43.3, read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

IMPORT_IDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aws:backup/restoreTestingSelection:RestoreTestingSelection": "{name}:{restoreTestingPlanName}",
        "aws:backup/selection:Selection": "{planId}|{id}",
        "aws:cloudwatch/eventRule:EventRule": "{eventBusName}/{name}",
        "aws:cloudwatch/eventTarget:EventTarget": "{rule}/{targetId}",
        "aws:ebs/defaultKmsKey:DefaultKmsKey": "{keyArn}",
        "aws:ebs/encryptionByDefault:EncryptionByDefault": "default",
        "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": "default",
        "aws:ec2/route:Route": "{routeTableId}_{destinationCidrBlock}{destinationIpv6CidrBlock}",
        "aws:ec2/routeTableAssociation:RouteTableAssociation": "{subnetId}{gatewayId}/{routeTableId}",
        "aws:ec2/serialConsoleAccess:SerialConsoleAccess": "default",
        "aws:ec2/volumeAttachment:VolumeAttachment": "{deviceName}:{volumeId}:{instanceId}",
        "aws:lb/targetGroupAttachment:TargetGroupAttachment": "{targetGroupArn},{targetId}",
        "hcloud:index/loadBalancerTarget:LoadBalancerTarget": "{loadBalancerId}__server__{serverId}",
        "hcloud:index/volumeAttachment:VolumeAttachment": "{volumeId}",
    }
)
"""Type -> what it is put together from: its id, its inputs, and outputs for what the inputs do not say."""

_DEFAULTS: Final[Mapping[str, str]] = MappingProxyType({"eventBusName": "default"})


def import_id(type_: str, id_: str, said: Mapping[str, Any]) -> str:
    """What `pulumi import` calls a resource; `said` are its inputs and outputs."""

    class _Said(dict[str, Any]):
        def __missing__(self, key: str) -> str:
            return _DEFAULTS.get(key, "")

    whole = {key: int(value) if isinstance(value, float) else value for key, value in said.items()}
    return IMPORT_IDS.get(type_, "{id}").format_map(_Said({**whole, "id": id_}))
