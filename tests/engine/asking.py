"""Asks the emulated clouds as the engine does, without an engine and without a port."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import json_format, struct_pb2
from pulumi.runtime.proto import provider_pb2

from baseline.sources.wire import unpacked
from tests.engine.clouds.aws import Aws
from tests.engine.clouds.faults import Faults
from tests.engine.clouds.hcloud import Hetzner
from tests.engine.clouds.ledger import Ledger
from tests.engine.clouds.provider import Provider
from tests.recordings import REPOSITORY


class Refusal(Exception):
    """The answer of a provider that refuses."""


class Context:
    """What gRPC gives a provider beside the request."""

    def __init__(self, peer: str) -> None:
        self._peer = peer
        self.trailing: Any = ()

    def peer(self) -> str:
        """Who asks."""
        return self._peer

    def set_trailing_metadata(self, metadata: Any) -> None:
        """What goes with the answer."""
        self.trailing = metadata

    def abort(self, code: grpc.StatusCode, message: str) -> None:
        """Ends the call. Raises Refusal."""
        raise Refusal(f"{code.name}: {message}")


def struct(fields: Mapping[str, Any]) -> struct_pb2.Struct:
    """Some JSON as it travels."""
    return json_format.ParseDict(dict(fields), struct_pb2.Struct())


def urn(type_: str, name: str) -> str:
    """A URN in a stack of its own."""
    return f"urn:pulumi:dev::shop::{type_}::{name}"


class Desk:
    """Both clouds of one folder, asked as the engine asks them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ledger, orders = Ledger(folder), Faults(folder)
        self._providers = {cloud.name: Provider(cloud, self._ledger, orders) for cloud in (Hetzner(), Aws())}
        self._asked("hcloud").Configure(provider_pb2.ConfigureRequest(args=struct({"token": "x" * 64})), Context(""))
        settings = {"region": "eu-central-1", "allowedAccountIds": '["111122223333"]'}
        self._asked("aws").Configure(provider_pb2.ConfigureRequest(args=struct(settings)), Context(""))

    def close(self) -> None:
        """Leaves the desk."""
        self._ledger.close()

    def _asked(self, type_: str) -> Provider:
        return self._providers[type_.partition(":")[0]]

    def check(
        self, type_: str, name: str, news: Mapping[str, Any], olds: Mapping[str, Any] | None = None, seed: str = "1"
    ) -> tuple[dict[str, Any], list[str]]:
        """The checked inputs, and the properties that are refused."""
        request = provider_pb2.CheckRequest(
            urn=urn(type_, name), news=struct(news), olds=struct(olds or {}), randomSeed=seed.encode()
        )
        answer = self._asked(type_).Check(request, Context(""))
        return unpacked(answer.inputs.fields), [failure.property for failure in answer.failures]

    def make(self, type_: str, name: str, news: Mapping[str, Any]) -> tuple[str, dict[str, Any], dict[str, Any]]:
        """Checks and creates: id, inputs and outputs. Raises Refusal."""
        inputs, failures = self.check(type_, name, news)
        assert failures == []
        request = provider_pb2.CreateRequest(urn=urn(type_, name), properties=struct(inputs))
        answer = self._asked(type_).Create(request, Context(""))
        return answer.id, inputs, unpacked(answer.properties.fields)

    def diff(self, type_: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Any:
        """What changes."""
        request = provider_pb2.DiffRequest(urn=urn(type_, "x"), old_inputs=struct(old), news=struct(new))
        return self._asked(type_).Diff(request, Context(""))

    def update(self, type_: str, name: str, id_: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Changes it. Raises Refusal."""
        request = provider_pb2.UpdateRequest(
            urn=urn(type_, name), id=id_, olds=struct(old), old_inputs=struct(old), news=struct(new)
        )
        self._asked(type_).Update(request, Context(""))

    def delete(self, type_: str, id_: str) -> None:
        """Deletes it. Raises Refusal."""
        self._asked(type_).Delete(provider_pb2.DeleteRequest(urn=urn(type_, "x"), id=id_), Context(""))

    def read(self, type_: str, id_: str, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> Any:
        """What the cloud shows of it; all of it where nothing is known yet, as for an import."""
        request = provider_pb2.ReadRequest(
            urn=urn(type_, "x"), id=id_, inputs=struct(inputs), properties=struct(outputs)
        )
        return self._asked(type_).Read(request, Context(""))


def console(folder: Path, *command: str) -> int:
    """The exit code of a command that an operator gives a cloud."""
    words = [sys.executable, "-m", "tests.engine.clouds", "console", str(folder), "--", *command]
    return subprocess.run(words, cwd=REPOSITORY, stderr=subprocess.DEVNULL, check=False).returncode
