"""What the engine shows a policy pack into a Graph.

Inputs are collected resource by resource. Only a policy that may remediate is shown what the provider filled in, and
only one that validates what comes of the inputs after every pack has remediated, in an order that the engine leaves
to chance. So both are asked: the latter says what would be deployed, the former which of it nobody declares. How
resources hang together is shown once for the whole stack, at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from pulumi_policy import PolicyResource, ResourceValidationArgs, policy
from pulumi_policy.deserialize import deserialize_properties, serialize_properties

from baseline.graph import Graph
from baseline.sources.project import BadInput
from baseline.sources.records import Record, resources, whose
from baseline.sources.sites import Sites
from baseline.sources.wire import DEFAULTS, PROVIDER


class Collector:
    """The resources of one run of the engine, as they are shown."""

    def __init__(self) -> None:
        self._offered: dict[str, dict[str, Any]] = {}
        self._settled: dict[str, Record] = {}
        _keep_secrets()

    def offered(self, args: ResourceValidationArgs) -> None:
        """Keeps the inputs of one resource while packs may still change them."""
        self._offered[args.urn] = _raw(args.props)

    def settled(self, args: ResourceValidationArgs) -> None:
        """Keeps one resource as it would be deployed. What was never offered has defaults that nobody could tell."""
        if args.urn not in self._offered:
            return
        options = args.opts
        self._settled[args.urn] = Record(
            urn=args.urn,
            type=args.resource_type,
            # What has no provider is a component, unless it is a provider itself.
            custom=args.provider is not None or args.resource_type.startswith(PROVIDER),
            inputs=_with_defaults(self._offered[args.urn], _raw(args.props)),
            protect=bool(options.protect),
            ignore_changes=tuple(options.ignore_changes or ()),
            provider=f"{args.provider.urn}::" if args.provider is not None else "",
        )

    def graph(self, shown: Iterable[PolicyResource]) -> Graph:
        """The Graph of the whole stack, but for the strangers. Raises BadInput where there is nothing else."""
        records = [self._record(item) for item in shown if item.urn in self._settled]
        if not records:
            raise BadInput("the engine has shown no resource; the policy `collect` reads them, at its own level only")
        project, stack = whose(records[0].urn)
        return Graph(project=project, stack=stack, resources=resources(records, Sites()))

    def strangers(self, shown: Iterable[PolicyResource]) -> Sequence[str]:
        """The URNs of what is in the stack and whose inputs nobody has shown."""
        return [item.urn for item in shown if item.urn not in self._settled]

    def _record(self, item: PolicyResource) -> Record:
        depends = item.property_dependencies
        return msgspec.structs.replace(
            self._settled[item.urn],
            outputs=_raw(item.props),
            parent=item.parent.urn if item.parent is not None else "",
            dependencies=tuple(other.urn for other in item.dependencies),
            property_dependencies={key: tuple(other.urn for other in others) for key, others in depends.items()},
        )


def _keep_secrets() -> None:
    """Has the SDK mark secrets for every kind of policy. Of its own it does so for those that remediate alone.

    Another pack may remediate after this one, and what it makes of a secret must not pass for what it was before.
    """

    def marked(props: dict[str, Any], proxy_secrets: bool = True) -> dict[str, Any]:  # noqa: ARG001 (called so)
        return deserialize_properties(props, True)

    policy.deserialize_properties = marked  # type: ignore[attr-defined] # it has no setting for this


def _raw(properties: Any) -> dict[str, Any]:
    """Properties as they came over the wire: the SDK's views of them raise on unknowns and show secrets."""
    return dict(serialize_properties(properties))


def _with_defaults(offered: Any, settled: Any) -> Any:
    """What would be deployed, in which those of the provider's defaults are listed that no pack has changed since."""
    if isinstance(offered, dict) and isinstance(settled, dict):
        found = {key: _with_defaults(offered.get(key), value) for key, value in settled.items() if key != DEFAULTS}
        if isinstance(names := offered.get(DEFAULTS), list):
            found[DEFAULTS] = [name for name in names if _bare(offered.get(name)) == _bare(settled.get(name))]
        return found
    if isinstance(offered, list) and isinstance(settled, list) and len(offered) == len(settled):
        return [_with_defaults(before, after) for before, after in zip(offered, settled, strict=True)]
    return _bare(settled)


def _bare(value: Any) -> Any:
    """A value without the lists of what the provider filled in, of which validating policies are shown a part."""
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if key != DEFAULTS}
    return [_bare(item) for item in value] if isinstance(value, list) else value
