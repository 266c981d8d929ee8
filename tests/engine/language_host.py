"""A language host for Python programs, for Pulumi's own comes with its installer alone and is in no package registry.

It does what `pulumi-language-python` does: the engine asks it to run a program, and it runs it in a process of its own.
Here each such process is forked from one that has imported the SDKs already, which saves their seconds at every run.

`python -m tests.engine.language_host FOLDER` serves until it is told to stop; FOLDER then holds the executable
`pulumi-language-python`, by which the engine finds this server.
"""

from __future__ import annotations

import contextlib
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from google.protobuf import empty_pb2
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from baseline.sources import sdk
from tests.recordings import REPOSITORY

_EXECUTABLE = """#!/bin/sh
# The engine reads the port from the first line, and ends this process when it is done.
echo {port}
exec sleep 86400
"""


def main(folder: Path) -> None:
    """Serves until SIGTERM, or until whoever started it is gone."""
    parent, child = socket.socketpair()
    # Before this process has threads or talks gRPC: neither survives a fork.
    if os.fork() == 0:
        parent.close()
        _nursery(child)
    child.close()
    _serve(folder, parent)


def _nursery(requests: socket.socket) -> None:
    """The process that has imported the SDKs: forks one that runs a program for each request."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    sdk.warm(REPOSITORY)
    while True:
        received, descriptors, _, _ = socket.recv_fds(requests, 1 << 24, 1)
        if not received:
            os._exit(0)
        if os.fork() == 0:
            requests.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            answer = socket.socket(fileno=descriptors[0])
            answer.sendall(b"\0" + _run(language_pb2.RunRequest.FromString(received)).encode())
            answer.close()
            os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)


def _run(request: Any) -> str:
    """Runs a program against the engine that asks; the error, or "" where it ended well."""
    import asyncio

    from pulumi import RunError, log
    from pulumi.runtime import config, run_in_stack
    from pulumi.runtime.settings import Settings, configure

    root, main_ = Path(request.info.root_directory), Path(request.info.program_directory)
    configure(
        Settings(
            project=request.project,
            monitor=request.monitor_address,
            engine=request.args[0] if request.args else "",
            stack=request.stack,
            parallel=request.parallel,
            dry_run=request.dryRun,
            organization=request.organization or "organization",
            root_directory=str(root),
        )
    )
    config.set_all_config(dict(request.config), list(request.configSecretKeys))
    sys.path[:0] = [str(main_), str(root)]
    os.chdir(main_)

    def program() -> None:
        runpy.run_path(str(main_), run_name="__main__")

    loop = asyncio.new_event_loop()
    loop.set_default_executor(ThreadPoolExecutor(max_workers=max(request.parallel, 1) * 4))
    loop.set_exception_handler(lambda *_: None)
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(run_in_stack(program))
    except RunError as error:
        log.error(str(error))
        return str(error)
    except BaseException as error:  # noqa: BLE001 (as the real host: whatever ends the program is told to the engine)
        text = f"{error}\n{traceback.format_exc()}"
        with contextlib.suppress(Exception):
            log.error(text)
        return text
    return ""


class _Host(language_pb2_grpc.LanguageRuntimeServicer):
    """Answers the engine. Providers are attached, so a program needs none that would have to be fetched."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        self._one_at_a_time = threading.Lock()

    def Handshake(self, request: Any, context: Any) -> Any:
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Any, context: Any) -> Any:
        return plugin_pb2.PluginInfo(version="3.272.0")

    def GetRequiredPackages(self, request: Any, context: Any) -> Any:
        return language_pb2.GetRequiredPackagesResponse()

    def GetRequiredPlugins(self, request: Any, context: Any) -> Any:
        return language_pb2.GetRequiredPluginsResponse()

    def About(self, request: Any, context: Any) -> Any:
        return language_pb2.AboutResponse(executable=sys.executable, version=sys.version.split()[0])

    def RuntimeOptionsPrompts(self, request: Any, context: Any) -> Any:
        return language_pb2.RuntimeOptionsResponse()

    def Cancel(self, request: Any, context: Any) -> Any:
        return empty_pb2.Empty()

    def RunPlugin(self, request: Any, context: Any) -> Any:
        """Serves a policy pack that is a folder, as `pulumi-language-python` does."""
        command = [sys.executable, "-u", "-m", "pulumi.policy", *request.args, request.info.program_directory]
        with subprocess.Popen(
            command, cwd=request.pwd, env=dict(item.split("=", 1) for item in request.env), stdout=subprocess.PIPE
        ) as process:
            context.add_callback(process.kill)
            for line in process.stdout or ():
                yield language_pb2.RunPluginResponse(stdout=line)
        yield language_pb2.RunPluginResponse(exitcode=process.returncode)

    def Run(self, request: Any, context: Any) -> Any:
        mine, theirs = socket.socketpair()
        with self._one_at_a_time:
            socket.send_fds(self._requests, [request.SerializeToString()], [theirs.fileno()])
        theirs.close()
        with mine, mine.makefile("rb") as answer:
            said = answer.read()
        if not said:
            return language_pb2.RunResponse(error="the program's process was killed")
        return language_pb2.RunResponse(error=said[1:].decode())


def _serve(folder: Path, requests: socket.socket) -> None:
    import grpc

    server = grpc.server(ThreadPoolExecutor(max_workers=16))
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(_Host(requests), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    executable = folder / "pulumi-language-python"
    fresh = executable.with_suffix(".new")
    fresh.write_text(_EXECUTABLE.format(port=port), encoding="utf-8")
    fresh.chmod(0o755)
    fresh.rename(executable)
    ended, parent = threading.Event(), os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    while not ended.wait(1):
        if os.getppid() != parent:
            break
    server.stop(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
