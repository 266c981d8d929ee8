"""What is made by hand or by mistake falls on safe ground."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.nouns import Region
from baseline.graph import Resource
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Region,
    level="warning",
    clauses=("5.1", "5.1/2"),
    remedy="Declare for each region EncryptionByDefault, InstanceMetadataDefaults, SnapshotBlockPublicAccess and "
    "ImageBlockPublicAccess; and no SerialConsoleAccess.",
)
def region_without_safe_defaults(region: Region, _: Estate) -> Iterator[Problem]:
    """A region leaves what nobody thought of to AWS's own defaults.

    Declared disks, images and instances are judged by themselves. These settings catch the rest: a volume restored in
    haste, an instance started in the console, a snapshot shared with the world.
    """
    here = f"in {region.location.name} of {region.label}"
    if not region.disks_encrypted_by_default:
        yield Problem(f"{here} a new disk is encrypted only if somebody asks for it")
    if not region.metadata_tokens_by_default:
        yield Problem(f"{here} a new instance answers metadata requests without a token")
    if not region.snapshots_blocked_from_public:
        yield Problem(f"{here} a snapshot can be shared with everyone")
    if not region.images_blocked_from_public:
        yield Problem(f"{here} an image can be shared with everyone")
    if not region.serial_console_closed:
        yield Problem(f"{here} the serial console is open, past every firewall")


_SNAPSHOTS = "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess"


def _settings(*more: Resource) -> tuple[Resource, ...]:
    return (
        resource("aws:ebs/encryptionByDefault:EncryptionByDefault", "disks"),
        resource("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "tokens", httpTokens="required"),
        resource("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", "images", state="block-new-sharing"),
        *more,
    )


def _snapshots(state: object) -> Resource:
    return resource(_SNAPSHOTS, "snapshots", state=state)


EXAMPLES = (
    example("all of them set", aws_provider(), *_settings(), _snapshots("block-all-sharing")),
    example("nothing set", aws_provider(), fails("aws", "region")),
    example(
        "set in one region of two",
        aws_provider(),
        aws_provider("eu-north-1", "copies"),
        *_settings(),
        _snapshots("block-all-sharing"),
        fails("copies", "region"),
    ),
    example(
        "what is shared already stays shared",
        aws_provider(),
        *_settings(),
        _snapshots("block-new-sharing"),
        fails("aws", "region"),
    ),
    example(
        "the console opened",
        aws_provider(),
        *_settings(resource("aws:ec2/serialConsoleAccess:SerialConsoleAccess", "console")),
        _snapshots("block-all-sharing"),
        fails("aws", "region"),
    ),
    example(
        "known only after deployment",
        aws_provider(),
        *_settings(),
        _snapshots(graph.UNKNOWN),
        unknown("aws", "region"),
    ),
)
