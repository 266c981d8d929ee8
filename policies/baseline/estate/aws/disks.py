"""EBS: volumes, the disks of instances and launch templates, snapshots, images."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from baseline.estate.aws.keys import customer_key
from baseline.estate.aws.launchers import specified, templates_of
from baseline.estate.aws.places import region_name, region_of
from baseline.estate.aws.resting import holds, store
from baseline.estate.builder import UNKNOWN, Builder, items, known, place, undecided
from baseline.estate.doubt import both, class_of, either, flag, is_one_of, ways_in
from baseline.estate.nouns import Copy, Host, Opening
from baseline.graph import Resource

FLEET = "aws:ec2/spotFleetRequest:SpotFleetRequest"
RECIPE = "aws:imagebuilder/imageRecipe:ImageRecipe"
VOLUME = "aws:ebs/volume:Volume"
ATTACHMENT = "aws:ec2/volumeAttachment:VolumeAttachment"
INSTANCE = "aws:ec2/instance:Instance"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration"
SNAPSHOT = "aws:ebs/snapshot:Snapshot"
SNAPSHOT_COPY = "aws:ebs/snapshotCopy:SnapshotCopy"
SNAPSHOT_IMPORT = "aws:ebs/snapshotImport:SnapshotImport"
VOLUME_COPY = "aws:ebs/volumeCopy:VolumeCopy"
IMAGE = "aws:ec2/ami:Ami"
IMAGE_COPY = "aws:ec2/amiCopy:AmiCopy"
IMAGE_OF = "aws:ec2/amiFromInstance:AmiFromInstance"
SNAPSHOT_SHARE = "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission"
IMAGE_SHARE = "aws:ec2/amiLaunchPermission:AmiLaunchPermission"
BY_DEFAULT = "aws:ebs/encryptionByDefault:EncryptionByDefault"
DEFAULT_KEY = "aws:ebs/defaultKmsKey:DefaultKmsKey"


def read(builder: Builder) -> None:
    """Volumes first: what a root disk holds depends on them."""
    builder.of(ATTACHMENT, SNAPSHOT_SHARE, IMAGE_SHARE)
    disks = _Disks(builder)
    for volume in builder.of(VOLUME):
        disks.volume(volume)
    for instance in builder.of(INSTANCE):
        disks.instance(instance)
    for template in builder.of(TEMPLATE):
        disks.template(template)
    for configuration in builder.of(CONFIGURATION):
        disks.inline(configuration, None)
    for fleet in builder.of(FLEET):
        disks.fleet(fleet)
    for recipe in builder.of(RECIPE):
        disks.template(recipe, "system", "machine image")
    _snapshots(builder, disks)
    _images(builder, disks)
    _strange_shares(builder)


class _Disks:
    """What all disks are read with: the defaults of each region, and who has which volume."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.by_default = self._by_region(builder.of(BY_DEFAULT))
        self.default_key = self._by_region(builder.of(DEFAULT_KEY))
        self.attached_to = builder.referring([ATTACHMENT], "volumeId", to=[VOLUME])
        self.held: dict[str, list[Any]] = {}  # by instance: what its own volumes hold

    def _by_region(self, settings: Iterable[Resource]) -> dict[tuple[str, str], Resource]:
        found = {}
        for setting in settings:
            region = region_name(self.builder, setting)
            if isinstance(region, str):
                found[self._account(setting), region] = setting
        return found

    def _account(self, resource: Resource) -> str:
        """The account by its pin, else by the provider itself: providers of several regions may share one account."""
        provider = self.builder.provider_of(resource)
        pins = provider.at("allowedAccountIds") if provider is not None else None
        return str(pins[0]) if isinstance(pins, list) and len(pins) == 1 else resource.provider

    def _default(self, settings: dict[tuple[str, str], Resource], disk: Resource) -> Resource | None:
        region = region_name(self.builder, disk)
        return settings.get((self._account(disk), region)) if isinstance(region, str) else None

    def encryption(self, disk: Resource, encrypted: Any, key: Any) -> dict[str, Any]:
        """Whether a disk is encrypted and whether under a customer key, with the region's defaults where it is silent.

        A default counts for certain only where the disk waits for it; else it may come too late.
        """
        switched = flag(encrypted, None)
        if switched is None:
            default = self._default(self.by_default, disk)
            on = default is not None and flag(default.inputs.get("enabled"), True)
            switched = on if default is None or on is False or default.urn in disk.dependencies else UNKNOWN
        if switched is False:
            return {"encrypted": False, "customer_key": False}
        if key is None and (default := self._default(self.default_key, disk)) is not None:
            own = customer_key(self.builder, default.inputs.get("keyArn"))
            waits = default.urn in disk.dependencies or own is False
            return {"encrypted": switched, "customer_key": own if waits else UNKNOWN}
        return {"encrypted": switched, "customer_key": customer_key(self.builder, key)}

    def volume(self, volume: Resource) -> None:
        """A volume of its own."""
        instance = self._instance(volume)
        content = holds(self.builder, volume)
        if instance is not None:
            self.held.setdefault(instance.urn, []).append(content)
        inputs = volume.inputs
        # One that is made of a snapshot is encrypted as that is, unless it says so itself.
        silent = None if inputs.get("snapshotId") is None else UNKNOWN
        store(
            self.builder,
            volume,
            "disk",
            holds=content,
            host=self.builder.hosts.get(instance.urn) if instance else None,
            **self.encryption(volume, known(inputs.get("encrypted"), silent), inputs.get("kmsKeyId")),
        )

    def _instance(self, volume: Resource) -> Resource | None:
        for attachment in self.attached_to.get(volume.urn, ()):
            if self.builder.the_one(attachment.inputs.get("volumeId"), VOLUME) is volume:
                return self.builder.the_one(attachment.inputs.get("instanceId"), INSTANCE)
        return None

    def instance(self, instance: Resource) -> None:
        """The disks that an instance brings with it. A launch template's are judged at the template, if it is seen."""
        inputs = instance.inputs
        template = inputs.get("launchTemplate")
        if template is None or any(inputs.get(key) is not None for key in ("rootBlockDevice", "ebsBlockDevices")):
            self.inline(instance, self.builder.hosts.get(instance.urn))
        elif not any(self.builder.referred(value, TEMPLATE) for value in (template, *_values(template))):
            self._inline(instance, "launchTemplate", UNKNOWN, UNKNOWN, self.builder.hosts.get(instance.urn))

    def inline(self, machine: Resource, host: Host | None) -> None:
        """Root and further disks as inputs of a machine."""
        root = machine.inputs.get("rootBlockDevice")
        more = machine.inputs.get("ebsBlockDevices")
        devices = more if isinstance(more, list) else []
        contents = [*self.held.get(machine.urn, ()), *(class_of(_at(device, "tags")) for device in devices)]
        elsewhere = either(is_one_of(content, "data") for content in contents)
        said = class_of(_at(root, "tags"), "")
        content = elsewhere if undecided(elsewhere) else "system" if elsewhere else "data"
        self._inline(machine, "rootBlockDevice", root, said if said != "" else content, host)
        for index, device in enumerate(devices):
            self._inline(machine, f"ebsBlockDevices.{index}", device, class_of(_at(device, "tags")), host)
        if undecided(more):
            self._inline(machine, "ebsBlockDevices", more, more, host)

    def fleet(self, fleet: Resource) -> None:
        """The disks of each specification; a template's are judged at the template, if it is seen."""
        content = holds(self.builder, fleet)
        for path, said in specified(fleet):
            if undecided(said):
                self._inline(fleet, path, said, content, None)
                continue
            for key in ("rootBlockDevices", "ebsBlockDevices"):
                devices = items(_at(said, key)) or ([None] if key == "rootBlockDevices" else [])
                for index, device in enumerate(devices):
                    self._inline(fleet, f"{path}.{key}.{index}", device, content, None)
        for value in templates_of(fleet):
            if not any(self.builder.referred(item, TEMPLATE) for item in (value, *_values(value))):
                self._inline(fleet, "launchTemplateConfigs", UNKNOWN, UNKNOWN, None)

    def _inline(
        self, machine: Resource, path: str, device: Any, content: Any, host: Host | None, kind: str = "instance disk"
    ) -> None:
        store(
            self.builder,
            machine,
            kind,
            path=path,
            holds=content,
            host=host,
            **self.encryption(machine, _at(device, "encrypted"), _at(device, "kmsKeyId")),
        )

    def template(self, template: Resource, default: str = "data", kind: str = "instance disk") -> None:
        """The disks that every instance of a template gets; nothing says what lies on which, so data may on each.

        The image brings a root disk, which is as plain as the image unless a mapping of its name says otherwise.
        """
        mappings = template.inputs.get("blockDeviceMappings")
        content = holds(self.builder, template, default)
        names = []
        for index, mapping in enumerate(items(mappings)):
            disk = _at(mapping, "ebs")
            names.append(_at(mapping, "deviceName"))
            if not undecided(mapping) and disk is None:
                continue  # an instance's own scratch disk
            path = f"blockDeviceMappings.{index}" if isinstance(mappings, list) else "blockDeviceMappings"
            self._inline(template, path, disk, content, None, kind)
        if not any(undecided(name) or name in _ROOTS for name in names):
            self._inline(template, "blockDeviceMappings", None, content, None, kind)


_ROOTS = frozenset({"/dev/sda1", "/dev/sda", "/dev/xvda", "xvda"})
"""Names of root devices (EC2 User Guide, "Device names for volumes", read 2026-11-23)."""


def _values(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else ()


def _at(device: Any, name: str) -> Any:
    return device.get(name) if isinstance(device, dict) else device


def _snapshots(builder: Builder, disks: _Disks) -> None:
    shares = builder.referring([SNAPSHOT_SHARE], "snapshotId")
    for snapshot in builder.of(SNAPSHOT):
        volume = builder.the_one(snapshot.inputs.get("volumeId"), VOLUME)
        sources = builder.stores.get(volume.urn, []) if volume else []
        _image(
            builder,
            snapshot,
            "disk snapshot",
            shares,
            # A snapshot is encrypted as its volume is, with the same key.
            encrypted=sources[0].given("encrypted") if sources else UNKNOWN,
            customer_key=sources[0].given("customer_key") if sources else UNKNOWN,
        )
    for copy in builder.of(SNAPSHOT_COPY, SNAPSHOT_IMPORT):
        # Absent: a copy of an encrypted snapshot is encrypted, of another one as the region's default says.
        encrypted = known(copy.inputs.get("encrypted"), UNKNOWN if copy.type == SNAPSHOT_COPY else None)
        said = disks.encryption(copy, encrypted, copy.inputs.get("kmsKeyId"))
        _image(builder, copy, "disk snapshot", shares, **said)
        if copy.type == SNAPSHOT_COPY:
            _copied(builder, copy, "copy of a disk snapshot")
    for copy in builder.of(VOLUME_COPY):
        # Its encryption is that of the volume that it is made of.
        source = builder.the_one(copy.inputs.get("sourceVolumeId"), VOLUME)
        sources = builder.stores.get(source.urn, []) if source else []
        store(
            builder,
            copy,
            "disk",
            encrypted=sources[0].given("encrypted") if sources else UNKNOWN,
            customer_key=sources[0].given("customer_key") if sources else UNKNOWN,
        )


def _images(builder: Builder, disks: _Disks) -> None:
    shares = builder.referring([IMAGE_SHARE], "imageId")
    for image in builder.of(IMAGE):
        devices = image.inputs.get("ebsBlockDevices")
        parts = devices if isinstance(devices, list) else [devices]
        # Its snapshots decide, unless it says so itself; and only they know the key.
        encrypted = both(flag(_at(part, "encrypted"), UNKNOWN) for part in parts)
        _image(builder, image, "machine image", shares, encrypted=encrypted, customer_key=UNKNOWN)
    for copy in builder.of(IMAGE_COPY):
        said = disks.encryption(copy, known(copy.inputs.get("encrypted"), False), copy.inputs.get("kmsKeyId"))
        _image(builder, copy, "machine image", shares, **said)
        _copied(builder, copy, "copy of a machine image")
    for image in builder.of(IMAGE_OF):
        instance = builder.the_one(image.inputs.get("sourceInstanceId"), INSTANCE)
        sources = builder.stores.get(instance.urn, []) if instance else []
        _image(
            builder,
            image,
            "machine image",
            shares,
            encrypted=both(item.given("encrypted") for item in sources) if sources else UNKNOWN,
            customer_key=both(item.given("customer_key") for item in sources) if sources else UNKNOWN,
        )


def _image(builder: Builder, resource: Resource, kind: str, shares: Any, **said: Any) -> None:
    """A snapshot or image, with those to whom it is given."""
    store(
        builder,
        resource,
        kind,
        holds=holds(builder, resource, "backups"),
        reachable=ways_in(*_shared(shares.get(resource.urn, ()))),
        holds_backups=True,
        **said,
    )


def _strange_shares(builder: Builder) -> None:
    """Adds what opens a snapshot or image that this program does not show."""
    for type_, path, kind, shown in (
        (SNAPSHOT_SHARE, "snapshotId", "disk snapshot behind", (SNAPSHOT, SNAPSHOT_COPY, SNAPSHOT_IMPORT)),
        (IMAGE_SHARE, "imageId", "machine image behind", (IMAGE, IMAGE_COPY, IMAGE_OF)),
    ):
        for share in builder.of(type_):
            if not builder.referred(share.inputs.get(path), *shown):
                builder.add(Opening(origin=share, kind=kind, reachable=ways_in(*_shared([share])), plain_requests=None))


def _shared(shares: Iterable[Resource]) -> tuple[list[str], list[Any]]:
    ways, doubts = [], []
    for share in shares:
        said = (share.inputs.get(key) for key in ("group", "accountId", "organizationArn", "organizationalUnitArn"))
        whom = next((value for value in said if value is not None), None)
        if undecided(whom):
            doubts.append(whom)
        else:
            ways.append("anyone may copy it" if whom == "all" else f"{whom or 'another account'} may copy it")
    return ways, doubts


def _copied(builder: Builder, copy: Resource, what: str) -> None:
    source = copy.inputs.get("sourceRegion" if copy.type == SNAPSHOT_COPY else "sourceAmiRegion")
    target = region_of(builder, copy)
    if undecided(source) or undecided(target) or place("aws", source) != target:
        builder.add(Copy(origin=copy, path="region", what=what, location=target))
