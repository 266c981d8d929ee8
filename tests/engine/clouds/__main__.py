"""`python -m tests.engine.clouds serve|living|night|console FOLDER`: the emulated clouds of one folder."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import msgspec
from pulumi.runtime.proto import provider_pb2_grpc

from tests.engine.clouds import console
from tests.engine.clouds.aws import Aws
from tests.engine.clouds.faults import Faults
from tests.engine.clouds.hcloud import Hetzner
from tests.engine.clouds.ledger import Ledger, living
from tests.engine.clouds.provider import Provider

_UNBOUNDED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


def serve(folder: Path) -> None:
    """Serves both clouds until SIGTERM, or until whoever started them is gone."""
    parent, ended = os.getppid(), threading.Event()
    ledger, faults = Ledger(folder), Faults(folder)
    server_ports = {}
    servers = []
    for cloud in (Hetzner(), Aws()):
        server = grpc.server(ThreadPoolExecutor(max_workers=64), options=_UNBOUNDED)
        provider_pb2_grpc.add_ResourceProviderServicer_to_server(Provider(cloud, ledger, faults), server)
        server_ports[cloud.name] = server.add_insecure_port("127.0.0.1:0")
        server.start()
        servers.append(server)
    fresh = folder / "ports.new"
    fresh.write_text(json.dumps(server_ports), encoding="utf-8")
    fresh.rename(folder / "ports.json")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    while not ended.wait(1) and os.getppid() == parent:
        pass
    os._exit(0)


def main(arguments: list[str]) -> int:
    """Runs one command; the exit code."""
    command, folder = arguments[0], Path(arguments[1])
    if command == "serve":
        serve(folder)
    elif command == "living":
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(living(folder))) + b"\n")
    elif command == "night":
        console.night(Ledger(folder))
    else:
        return console.run(Ledger(folder), [each for each in arguments[2:] if each != "--"])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
