"""What people keep at AWS: desktops, mail boxes, directories, contacts, calls and positions.

Sources, read 2026-11-26: the arguments and defaults of pulumi-aws 7.51.1; WorkSpaces Administration Guide, "Encrypted
WorkSpaces" (off unless told, volume by volume); Cognito, Connect, Customer Profiles, Directory Service, Lex, Location,
Pinpoint, SES and WorkMail guides, "Encryption at rest" (always).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from baseline.estate.aws.kept.row import Row, Rows, Switch, key_of
from baseline.estate.builder import Builder
from baseline.estate.doubt import both
from baseline.graph import Resource


def _volumes(builder: Builder, desktop: Resource) -> Mapping[str, Any]:
    """A desktop has two volumes, and each is encrypted only where it says so."""
    switches = (Switch("rootVolumeEncryptionEnabled"), Switch("userVolumeEncryptionEnabled"))
    encrypted = both(switch.on(desktop) for switch in switches)
    own = False if encrypted is False else key_of(builder, desktop, ("volumeEncryptionKey",))
    return {"encrypted": encrypted, "customer_key": own}


ROWS: Final[Rows] = MappingProxyType(
    {
        "aws:workspaces/workspace:Workspace": Row("desktop", answer=_volumes),
        "aws:workspaces/pool:Pool": Row("desktops of a pool", "queue"),
        "aws:workspacesweb/portal:Portal": Row("browser sessions", "queue", key=("customerManagedKey",)),
        "aws:appstream/fleet:Fleet": Row("desktops of a fleet", "queue"),
        "aws:appstream/imageBuilder:ImageBuilder": Row("desktop image", "system"),
        "aws:workmail/organization:Organization": Row("mail boxes", key=("kmsKeyArn",)),
        "aws:mailmanager/archive:Archive": Row("mail archive", key=("kmsKeyArn",)),
        "aws:ses/template:Template": Row("mail template", "system"),
        "aws:sesv2/contactList:ContactList": Row("contacts"),
        "aws:pinpoint/app:App": Row("contacts"),
        "aws:pinpoint/smsvoicev2OptOutList:Smsvoicev2OptOutList": Row("contacts"),
        "aws:cognito/userPool:UserPool": Row("user pool"),
        "aws:directoryservice/directory:Directory": Row("directory"),
        "aws:connect/instance:Instance": Row("contact centre"),
        "aws:connect/instanceStorageConfig:InstanceStorageConfig": Row(
            "records of calls",
            "queue",
            key=(
                "storageConfig.s3Config.encryptionConfig.keyId",
                "storageConfig.kinesisVideoStreamConfig.encryptionConfig.keyId",
            ),
        ),
        "aws:customerprofiles/domain:Domain": Row("customer profiles", key=("defaultEncryptionKey",)),
        "aws:lex/bot:Bot": Row("conversations", "queue"),
        "aws:lex/botAlias:BotAlias": Row("conversations", "logs", key=("conversationLogs.logSettings.kmsKeyArn",)),
        "aws:lex/v2modelsBot:V2modelsBot": Row("conversations", "queue"),
        "aws:location/tracker:Tracker": Row("positions", key=("kmsKeyId",)),
        "aws:location/geofenceCollection:GeofenceCollection": Row("geofences", "system", key=("kmsKeyId",)),
        "aws:verifiedpermissions/policyStore:PolicyStore": Row("policy store", "system"),
        "aws:ivschat/room:Room": Row("chat", "queue"),
    }
)
"""What is put in buckets or streams on the way is judged at those."""
