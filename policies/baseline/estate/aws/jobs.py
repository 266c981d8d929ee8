"""Jobs of Batch: what their containers log, mount and are given as an address, which stands in documents of JSON.

Source: Batch User Guide, "Job definition parameters" (containers log to `/aws/batch/job` unless they are told) and
"Amazon EFS volumes", as of 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from baseline import foreign
from baseline.estate.aws.containers import mount
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.nouns import PublicAddress
from baseline.graph import Resource, unknown_because

DEFINITION: Final = "aws:batch/jobDefinition:JobDefinition"
_DOCUMENTS: Final = ("containerProperties", "ecsProperties", "nodeProperties")
_WHERE: Final = unknown_because("is not known: in which network a job runs its queue decides")


class Part(NamedTuple):
    """One task of a job, or one container of a task; `said` is a block, or what leaves it undecided."""

    definition: Resource
    path: str  # of the document that it stands in
    said: Any
    container: bool
    task: bool

    def at(self, *steps: str) -> Any:
        """What is said at a path, whatever the case of its words; an undecided part on the way stands for it."""
        value = self.said
        for step in steps:
            if undecided(value) or value is None:
                return value
            if not isinstance(value, dict):
                return UNKNOWN
            value = _word(value, step)
        return value


def read(builder: Builder) -> None:
    """The addresses and the mounts of each task."""
    for part in parts(builder):
        if not part.task:
            continue
        given = part.at("networkConfiguration", "assignPublicIp")
        if undecided(given) or given == "ENABLED":
            serves: Any = given if undecided(given) else "host"
            builder.add(
                PublicAddress(
                    origin=part.definition, path=part.path, provider="aws", serves=serves, host=None, replaceable=_WHERE
                )
            )
        volumes = part.at("volumes")
        for volume in volumes if isinstance(volumes, list) else [] if volumes is None else [volumes]:
            said = _word(volume, "efsVolumeConfiguration") if isinstance(volume, dict) else UNKNOWN
            if said is not None:
                mount(builder, part.definition, part.path, said)


def job_logs(builder: Builder) -> Iterator[tuple[Part, Any, Any]]:
    """Each container with the group that it logs to and its region: None is Batch's own group, "" none of AWS's."""
    for part in parts(builder):
        if part.container:
            driver = part.at("logConfiguration", "logDriver")
            told = driver is None or undecided(driver) or driver == "awslogs"
            group, region = (part.at("logConfiguration", "options", f"awslogs-{name}") for name in ("group", "region"))
            named = group if group is None or undecided(group) or isinstance(group, str) else UNKNOWN
            yield part, (driver if undecided(driver) else named) if told else "", region


def parts(builder: Builder) -> Iterator[Part]:
    """Every task and container of every job."""
    for definition in builder.of(DEFINITION):
        for path in _DOCUMENTS:
            document = _decoded(definition.inputs.get(path))
            if document is not None:
                yield from _of_document(definition, path, document)


def _of_document(definition: Resource, path: str, document: Any) -> Iterator[Part]:
    if undecided(document) or path == "containerProperties":
        yield Part(definition, path, document, True, True)
    elif path == "ecsProperties":
        yield from _of_tasks(definition, path, document)
    else:
        for node in _blocks(_word(document, "nodeRangeProperties")):
            if undecided(node):
                yield Part(definition, path, node, True, True)
                continue
            container, tasks = _word(node, "container"), _word(node, "ecsProperties")
            if container is not None:
                yield Part(definition, path, container if isinstance(container, dict) else UNKNOWN, True, True)
            if tasks is not None:
                yield from _of_tasks(definition, path, tasks)


def _of_tasks(definition: Resource, path: str, document: Any) -> Iterator[Part]:
    for task in _blocks(_word(document, "taskProperties") if isinstance(document, dict) else UNKNOWN):
        yield Part(definition, path, task, undecided(task), True)
        for container in [] if undecided(task) else _blocks(_word(task, "containers")):
            yield Part(definition, path, container, True, False)


def _decoded(document: Any) -> Any:
    """A document of JSON as a block; what is none is unknown."""
    if document is None or undecided(document):
        return document
    try:
        found = foreign.json(document) if isinstance(document, str) else document
    except ValueError:
        return UNKNOWN
    return found if isinstance(found, dict) else UNKNOWN


def _blocks(value: Any) -> list[Any]:
    listed = value if isinstance(value, list) else [] if value is None else [value]
    return [item if isinstance(item, dict) else UNKNOWN for item in listed]


def _word(block: dict[str, Any], word: str) -> Any:
    """What stands behind a word, which the provider takes in any case."""
    return next((value for key, value in block.items() if key.lower() == word.lower()), None)
