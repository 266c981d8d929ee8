"""What EC2 runs, and the security groups before each machine: inline, by interface, by template, by attachment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from baseline.estate.aws.inputs import blocks, values_at
from baseline.estate.aws.launchers import (
    LAUNCHERS,
    launches_machines,
    merged,
    specified,
    subnets_of,
    templates_of,
)
from baseline.estate.aws.launchers import SCALING as SCALING
from baseline.estate.aws.networks import DEFAULT_GROUP, DEFAULT_VPC, SUBNETS, VPCS, vpcs_of
from baseline.estate.builder import Builder, items, undecided
from baseline.graph import UNKNOWN, Resource

GROUP = "aws:ec2/securityGroup:SecurityGroup"
INSTANCES = ("aws:ec2/instance:Instance", "aws:ec2/spotInstanceRequest:SpotInstanceRequest")
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration"
INTERFACE = "aws:ec2/networkInterface:NetworkInterface"
MEMBER = "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment"


@dataclass
class Machine:
    """One machine, or the pattern of many. `default` says whether an interface falls to the default group."""

    resource: Resource
    template: Mapping[str, Any] = field(default_factory=dict)  # the inputs of its launch template
    groups: dict[str, Resource] = field(default_factory=dict)  # that may stand before it, by URN
    strange: list[tuple[str, Any]] = field(default_factory=list)  # groups that this program does not show
    default: Any = False
    interfaces: list[Resource] = field(default_factory=list)  # made by themselves
    subnets: list[Resource] = field(default_factory=list)
    in_default_subnet: bool = False  # no subnet is named
    doubtful_subnet: bool = False  # one is named that this program does not show
    scaling: list[Resource] = field(default_factory=list)  # the groups that launch it

    def option(self, key: str) -> Any:
        """An input of the machine, else of its template."""
        own = self.resource.inputs.get(key)
        return self.template.get(key) if own is None else own


class Machines:
    """Reads machines with the indexes of what refers to them."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._inline = builder.referring([INTERFACE], "attachments.0.instance", to=INSTANCES)
        self._attached: dict[str, list[Resource]] = {}
        for attachment in builder.of("aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment"):
            interfaces = builder.referred(attachment.inputs.get("networkInterfaceId"), INTERFACE)
            for instance in builder.referred(attachment.inputs.get("instanceId"), *INSTANCES):
                self._attached.setdefault(instance.urn, []).extend(interfaces)
        # `primary_network_interface_id` of an instance is a reference to the instance itself.
        self._members = builder.referring([MEMBER], "networkInterfaceId", to=(INTERFACE, *INSTANCES))
        self._launched: dict[str, list[Resource]] = {}
        builder.of(*(type_ for type_, launcher in LAUNCHERS.items() if launcher.known))
        self._launchers = [item for item in builder.peek(*LAUNCHERS) if launches_machines(item)]
        for scaling in self._launchers:
            for pattern in self._patterns(scaling):
                self._launched.setdefault(pattern.urn, []).append(scaling)

        self.all = tuple(self._all())

    def _all(self) -> Iterator[Machine]:
        """Instances; templates, unless only instances (which are judged with them) use them; groups of strange ones."""
        filled: set[str] = set()
        for instance in self._builder.of(*INSTANCES):
            templates = self._templates(instance.inputs.get("launchTemplate"))
            filled.update(template.urn for template in templates)
            yield self._instance(instance, templates)
        for pattern in self._builder.of(TEMPLATE, CONFIGURATION):
            scaling = self._launched.get(pattern.urn, [])
            if scaling or pattern.urn not in filled:
                yield self._pattern(pattern, scaling)
        for launcher in self._launchers:
            specifications = specified(launcher)
            if specifications or not self._patterns(launcher):
                yield self._launcher(launcher, specifications)

    def _templates(self, value: Any) -> list[Resource]:
        if not isinstance(value, dict):
            return self._builder.referred(value, TEMPLATE)
        named = (value.get(key) for key in ("id", "launchTemplateId", "name", "launchTemplateName"))
        return [template for item in named for template in self._builder.referred(item, TEMPLATE)]

    def _patterns(self, scaling: Resource) -> list[Resource]:
        named = [template for value in templates_of(scaling) for template in self._templates(value)]
        return [*named, *self._builder.referred(scaling.inputs.get("launchConfiguration"), CONFIGURATION)]

    def _instance(self, instance: Resource, templates: list[Resource]) -> Machine:
        inputs = instance.inputs
        machine = Machine(instance, template=templates[0].inputs if templates else {})
        own = _given(inputs, "vpcSecurityGroupIds", "securityGroups")
        named = _named_interfaces(inputs)
        subnets = [] if named else items(inputs.get("subnetId"))
        for path, value in named:
            self._interface(machine, path, value)
        for key, value in own:
            self._wears(machine, key, value)
        if not own and not named:
            for template in templates:
                subnets += self._of_template(machine, template.inputs)
            if inputs.get("launchTemplate") is not None and not templates:
                machine.strange.append(("launchTemplate", UNKNOWN))
                machine.default = UNKNOWN
            elif not templates:
                machine.default = True
        machine.interfaces += [*self._inline.get(instance.urn, ()), *self._attached.get(instance.urn, ())]
        for interface in machine.interfaces:
            self._wears(machine, "", interface.inputs.get("securityGroups"))
            subnets.append(interface.inputs.get("subnetId"))
        for carrier in (instance, *machine.interfaces):
            for member in self._members.get(carrier.urn, ()):
                self._wears(machine, "", [member.inputs.get("securityGroupId")])
        return self._placed(machine, subnets)

    def _pattern(self, pattern: Resource, scaling: list[Resource]) -> Machine:
        machine = Machine(pattern, scaling=scaling)
        subnets = self._of_template(machine, pattern.inputs)
        for group in scaling:
            subnets += subnets_of(group)
        return self._placed(machine, subnets)

    def _launcher(self, launcher: Resource, specifications: list[tuple[str, Any]]) -> Machine:
        """What is launched by no template that this program shows."""
        kind = LAUNCHERS[launcher.type]
        machine = Machine(launcher, template=merged(specifications), scaling=[launcher])
        subnets = list(subnets_of(launcher))
        named = any(value is not None for value in templates_of(launcher)) and not self._patterns(launcher)
        groups = list(values_at(launcher, kind.groups)) if kind.groups else []
        for path, block in specifications:
            if isinstance(block, dict):
                subnets += [*self._of_template(machine, block, f"{path}."), *items(block.get("subnetId"))]
            else:
                machine.strange.append((path, UNKNOWN))
                machine.default = UNKNOWN
        for path, value in groups:
            self._wears(machine, path, value)
        if named or not (specifications or groups or kind.guarded):
            machine.strange.append(("launchTemplate", UNKNOWN))
            machine.default = UNKNOWN
        return self._placed(machine, subnets)

    def _of_template(self, machine: Machine, inputs: Mapping[str, Any], at: str = "") -> list[Any]:
        """Puts on what a launch template or configuration gives; returns the subnets that it names."""
        given = _given(inputs, "vpcSecurityGroupIds", "securityGroupNames", "securityGroups")
        for key, value in given:
            self._wears(machine, f"{at}{key}", value)
        interfaces = items(inputs.get("networkInterfaces"))
        subnets = []
        for index, interface in enumerate(interfaces):
            path = f"{at}networkInterfaces.{index}"
            if undecided(interface):
                machine.strange.append((path, interface))
            elif interface.get("networkInterfaceId") is not None:
                self._interface(machine, path, interface["networkInterfaceId"])
            else:
                self._wears(machine, f"{path}.securityGroups", interface.get("securityGroups"))
                subnets += items(interface.get("subnetId"))
        if not given and not interfaces:
            machine.default = True
        return subnets

    def _interface(self, machine: Machine, path: str, value: Any) -> None:
        found = self._builder.referred(value, INTERFACE)
        machine.interfaces += found
        if not found:
            machine.strange.append((path, value))
            machine.doubtful_subnet = True
            machine.default = UNKNOWN if machine.default is False else machine.default

    def _wears(self, machine: Machine, path: str, value: Any) -> None:
        """Puts the groups of one list on a machine; an interface without any falls to the default group."""
        entries = items(value)
        if not entries:
            machine.default = True
        for index, entry in enumerate(entries):
            found = self._builder.referred(entry, GROUP, DEFAULT_GROUP, *VPCS)
            machine.groups.update({item.urn: item for item in found if item.type == GROUP})
            # `default_security_group_id` of a VPC is a reference to the VPC itself.
            if any(item.type != GROUP for item in found) and machine.default is not True:
                machine.default = True if len(found) == 1 else UNKNOWN
            if not found:
                machine.strange.append((f"{path}.{index}" if isinstance(value, list | tuple) else path, entry))
                if undecided(entry) and machine.default is False:
                    machine.default = UNKNOWN

    def _placed(self, machine: Machine, subnets: list[Any]) -> Machine:
        for value in subnets:
            found = self._builder.referred(value, *SUBNETS)
            machine.subnets += [item for item in found if item not in machine.subnets]
            machine.doubtful_subnet = machine.doubtful_subnet or not found
        machine.in_default_subnet = not machine.subnets and not machine.doubtful_subnet
        return machine

    def vpcs(self, machine: Machine) -> list[Resource]:
        """The VPCs in which a machine may lie."""
        found = [vpc for subnet in machine.subnets for vpc in vpcs_of(self._builder, subnet)]
        if machine.in_default_subnet:
            found += self._builder.of(DEFAULT_VPC)
        return list(dict.fromkeys(found))

    def strange_vpcs(self, machine: Machine) -> list[Any]:
        """UNKNOWN where a machine lies, or may lie, in a VPC that this program does not show; else nothing."""
        shown = all(vpcs_of(self._builder, subnet) for subnet in machine.subnets)
        return [] if shown and not machine.doubtful_subnet else [UNKNOWN]


def _given(inputs: Mapping[str, Any], *keys: str) -> list[tuple[str, Any]]:
    return [(key, inputs[key]) for key in keys if inputs.get(key) is not None and items(inputs[key])]


def _named_interfaces(inputs: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The interfaces that an instance is launched with instead of one of its own."""
    primary = inputs.get("primaryNetworkInterface")
    entries = [("primaryNetworkInterface", item) for item in blocks(primary)]
    entries += [(f"networkInterfaces.{i}", item) for i, item in enumerate(blocks(inputs.get("networkInterfaces")))]
    return [(path, item if undecided(item) else item.get("networkInterfaceId")) for path, item in entries]
