"""Runs a project's program for one stack in this process, as Pulumi would at preview, into a Graph.

No engine, no provider, no network: a monitor in this process answers every registration with its own inputs, leaves
computed outputs unknown, and answers every invoke and every read as unknown. The SDK keeps process-wide state, so a
process records once.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import runpy
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from baseline.graph import UNKNOWN, Graph, Ref, Resource, Settings, typed
from baseline.sources import closed, lookups
from baseline.sources.project import CLOSED, BadInput, Project, StackConfig, stack_config
from baseline.sources.records import STACK_TYPE
from baseline.sources.sites import Sites
from baseline.sources.wire import UNKNOWN_TEXT, declared, meaning, unpacked
from baseline.sources.written import Written


class ProgramFailed(BadInput):
    """The program raised; the message is its own, with its own line."""


def record(project: Project, stack: str) -> Graph:
    """The Graph of one stack. Raises BadInput for an unknown stack and ProgramFailed for a program that raises."""
    if project.runtime != "python":
        raise BadInput(
            f"{project.file}: runtime is {project.runtime!r}; only Python programs are recorded in-process. "
            "Judge what Pulumi writes: `pulumi preview --json --show-sames`, then `baseline check --preview FILE`."
        )
    config = stack_config(project, stack)
    from pulumi.runtime import config as sdk_config
    from pulumi.runtime.settings import Settings as SdkSettings
    from pulumi.runtime.settings import configure

    monitor = Monitor(project, stack)
    configure(
        SdkSettings(
            project=project.name,
            stack=stack,
            monitor=monitor,
            engine=_Silent(),
            dry_run=True,
            organization="organization",
            root_directory=str(project.folder.resolve()),
        )
    )
    lookups.leave_open()
    closed.leave_closed(frozenset(config.closed_keys))
    sdk_config.set_all_config(dict(config.values), list(config.secret_keys))
    _run(project, config)
    return monitor.graph(config.settings)


def _run(project: Project, config: StackConfig) -> None:
    """Runs the program in its own folder, as Pulumi's language host does."""
    from pulumi.runtime.stack import run_in_stack

    main = project.main.resolve()
    folder = main if main.is_dir() else main.parent

    def program() -> None:
        runpy.run_path(str(main), run_name="__main__")

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        with _inside(folder), _silent():
            loop.run_until_complete(run_in_stack(program))
    except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever a program raises is its own to say)
        raise ProgramFailed(_in_own_words(error, project) + _why_closed(error, config)) from None


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    sys.path.insert(0, str(folder))
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        sys.path.remove(str(folder))


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Nothing that the program says, nor any command that it runs, gets among the words of a report."""
    said = io.StringIO()
    kept = {stream: os.dup(stream) for stream in (1, 2)}
    try:
        with Path(os.devnull).open("w") as nowhere:
            for stream in kept:
                os.dup2(nowhere.fileno(), stream)
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            yield
    finally:
        for stream, copy in kept.items():
            os.dup2(copy, stream)
            os.close(copy)


def _in_own_words(error: BaseException, project: Project) -> str:
    """The program's own line and message without the SDK's frames; of a RunError the message alone, as in Pulumi."""
    from pulumi import RunError

    if isinstance(error, RunError):
        return str(error)
    if "does not support transforms" in str(error):
        return f"{project.folder}: its program registers transforms, which only an engine runs; it cannot be judged."
    root = project.folder.resolve()
    lines = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    said = str(error)
    if isinstance(error, SyntaxError) and error.filename:
        # No frame is in a file that cannot be read; and the error's own words name its file without the folder.
        lines.append((Path(error.filename), error.lineno))
        said = error.msg
    own = [(path, line) for path, line in lines if _own(path, root)]
    where = f"{own[-1][0].relative_to(root)}:{own[-1][1]}: " if own else ""
    return f"{where}{type(error).__name__}: {said}"


def _why_closed(error: BaseException, config: StackConfig) -> str:
    """What a stand-in for an encrypted value means, in a message that shows one."""
    if CLOSED not in str(error) or not config.closed_keys:
        return ""
    keys = ", ".join(config.closed_keys)
    return (
        f"\n{CLOSED} stands for a value that is encrypted, which only the engine opens: {keys}. "
        "Take a number, switch or object by `require_secret_int` and its like, and pass it on as it is."
    )


def _own(path: Path, root: Path) -> bool:
    """Whether a file is the project's own: inside its folder, and no installed package."""
    return path.is_relative_to(root) and "site-packages" not in path.parts


class _Silent:
    """An engine that keeps the program's log lines to itself."""

    def __getattr__(self, name: str) -> Any:
        from google.protobuf import empty_pb2

        return lambda *_: empty_pb2.Empty()


class Monitor:
    """The side of the engine to which a program registers its resources."""

    def __init__(self, project: Project, stack: str) -> None:
        self._project = project
        self._stack = stack
        self._root = project.folder.resolve()
        self._written = Written(self._root)
        self._sites = Sites(project.program_folder)
        self._resources: dict[str, Resource] = {}
        self._outputs: dict[str, Any] = {}

    def graph(self, settings: Settings) -> Graph:
        """What was registered, in the order of URNs."""
        return Graph(
            project=self._project.name,
            stack=self._stack,
            resources=tuple(self._resources[urn] for urn in sorted(self._resources)),
            outputs=self._outputs,
            settings=settings,
        )

    def _urn(self, request: Any) -> str:
        kind = request.type
        if request.parent:
            parent = request.parent.split("::")[2]
            kind = kind if parent == STACK_TYPE else f"{parent}${kind}"
        return f"urn:pulumi:{self._stack}::{self._project.name}::{kind}::{request.name}"

    def RegisterResource(self, request: Any) -> Any:
        """Keeps a registration and echoes its inputs; everything that a provider would compute stays unknown."""
        from pulumi.runtime.proto import resource_pb2

        urn = self._urn(request)
        if request.type == STACK_TYPE:
            return resource_pb2.RegisterResourceResponse(urn=urn)
        if urn in self._resources:
            raise ValueError(f"Duplicate resource URN '{urn}'; try giving it a unique name")
        declared_at, built_at = self._sites.of(self._frames(request.stackTrace))
        self._resources[urn] = Resource(
            urn=urn,
            type=request.type,
            name=request.name,
            inputs=_inputs(request, self._written),
            custom=request.custom or request.remote,  # what a remote component makes, its provider alone knows
            parent="" if typed(request.parent) == STACK_TYPE else request.parent,
            provider=request.provider.rpartition("::")[0],
            protect=request.protect,
            dependencies=frozenset(request.dependencies),
            ignore_changes=tuple(request.ignoreChanges),
            declared_at=declared_at,
            built_at=built_at,
        )
        return resource_pb2.RegisterResourceResponse(urn=urn, id="", object=_answer(request.object))

    def RegisterResourceOutputs(self, request: Any) -> Any:
        """Keeps the stack's own outputs; a component's add nothing that its children do not say."""
        from google.protobuf import empty_pb2

        if typed(request.urn) == STACK_TYPE:
            self._outputs = meaning(unpacked(request.outputs.fields), UNKNOWN)
        return empty_pb2.Empty()

    def ReadResource(self, request: Any) -> Any:
        """Answers for a resource that another stack manages: it exists, and nothing about it is known."""
        from pulumi.runtime.proto import resource_pb2

        return resource_pb2.ReadResourceResponse(urn=self._urn(request))

    def Invoke(self, _: Any) -> Any:
        """Answers that only the cloud knows."""
        from pulumi.runtime.proto import resource_pb2

        return resource_pb2.ResourceInvokeResponse(unknown=True)

    Call = Invoke

    def SupportsFeature(self, request: Any) -> Any:
        """For programs whose SDK asks feature by feature."""
        from pulumi.runtime.proto import resource_pb2

        return resource_pb2.SupportsFeatureResponse(hasSupport=request.id in _FEATURES)

    def GetDeploymentInfo(self, _: Any) -> Any:
        """Says what this monitor can do. It runs no transforms: a program that needs them fails, and is told so."""
        from pulumi.runtime.proto import resource_pb2

        return resource_pb2.DeploymentInfo(
            supportedFeatures=[
                resource_pb2.RESOURCE_MONITOR_FEATURE_SECRETS,
                resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
                resource_pb2.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
                resource_pb2.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
            ]
        )

    def RegisterPackage(self, _: Any) -> Any:
        """Takes a parameterised provider by its name alone."""
        from pulumi.runtime.proto import resource_pb2

        return resource_pb2.RegisterPackageResponse(ref="package")

    def SignalAndWaitForShutdown(self, _: Any) -> Any:
        """Lets the program end."""
        from google.protobuf import empty_pb2

        return empty_pb2.Empty()

    def _frames(self, trace: Any) -> Iterator[tuple[str, int]]:
        for frame in trace.frames:
            path = Path(unquote(urlparse(frame.pc.uri).path))
            yield (path.relative_to(self._root).as_posix() if _own(path, self._root) else "", frame.pc.line)


_FEATURES = frozenset({"secrets", "resourceReferences", "aliasSpecs", "deletedWith"})


def _inputs(request: Any, written: Written) -> dict[str, Any]:
    """The inputs; an unknown inside a property that depends on resources is a reference to them."""

    def value(key: str, said: Any) -> Any:
        urns = request.propertyDependencies[key].urns if key in request.propertyDependencies else ()
        return meaning(said, Ref(frozenset(urns)) if urns else UNKNOWN, written.secret)

    return declared(request.type, unpacked(request.object.fields), value)


def _answer(inputs: Any) -> Any:
    """The inputs as a provider gives them back: a policy document is a text then, however the program wrote it."""
    for key in [key for key, value in inputs.fields.items() if "Statement" in value.struct_value.fields]:
        try:
            text = json.dumps(meaning(unpacked(inputs.fields[key].struct_value.fields), UNKNOWN))
        except TypeError:
            text = UNKNOWN_TEXT  # a part of it is decided by deployment
        inputs.fields[key].string_value = text
    return inputs
