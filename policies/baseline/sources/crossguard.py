"""What the engine shows a policy pack into a Graph.

Inputs are collected resource by resource, where they still say what the provider filled in and what is secret: only a
policy that may remediate is shown that, so the collecting one is of that kind, and changes nothing. How resources hang
together is shown once for the whole stack, at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from pulumi_policy import PolicyResource, ResourceValidationArgs
from pulumi_policy.deserialize import serialize_properties

from baseline.graph import Graph
from baseline.sources.records import Record, resources, whose
from baseline.sources.sites import Sites
from baseline.sources.wire import PROVIDER


class Collector:
    """The resources of one run of the engine, as they are shown."""

    def __init__(self) -> None:
        self._shown: dict[str, Record] = {}

    def take(self, args: ResourceValidationArgs) -> None:
        """Keeps the inputs of one resource."""
        options = args.opts
        self._shown[args.urn] = Record(
            urn=args.urn,
            type=args.resource_type,
            # What has no provider is a component, unless it is a provider itself.
            custom=args.provider is not None or args.resource_type.startswith(PROVIDER),
            inputs=_raw(args.props),
            protect=bool(options.protect),
            ignore_changes=tuple(options.ignore_changes or ()),
            provider=f"{args.provider.urn}::" if args.provider is not None else "",
        )

    def graph(self, shown: Iterable[PolicyResource]) -> Graph:
        """The Graph of the whole stack."""
        records = [self._record(item) for item in shown]
        project, stack = whose(records[0].urn)
        return Graph(project=project, stack=stack, resources=resources(records, Sites()))

    def _record(self, item: PolicyResource) -> Record:
        depends = item.property_dependencies
        return msgspec.structs.replace(
            self._shown[item.urn],
            outputs=_raw(item.props),
            parent=item.parent.urn if item.parent is not None else "",
            dependencies=tuple(other.urn for other in item.dependencies),
            property_dependencies={key: tuple(other.urn for other in others) for key, others in depends.items()},
        )


def _raw(properties: Any) -> dict[str, Any]:
    """Properties as they came over the wire: the SDK's views of them raise on unknowns and show secrets."""
    return dict(serialize_properties(properties))
