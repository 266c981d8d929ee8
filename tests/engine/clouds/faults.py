"""Faults of a cloud, as a test orders them: an error before the effect or after it, no answer, a crash."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, Literal

import msgspec

FILE: Final = "faults.json"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One fault. `number` counts effects from 1 since the order was given; None: whichever it fits first.

    A `partial` one strikes a create after its effect: the provider says what exists, and that it is not finished.
    """

    operation: Literal["create", "update", "delete", "*"] = "*"
    type: str = "*"
    name: str = "*"
    number: int | None = None
    when: Literal["before", "after"] = "before"
    how: Literal["error", "hang", "crash", "partial"] = "error"
    times: int = 1

    def fits(self, operation: str, type_: str, name: str, number: int) -> bool:
        """Whether it strikes this effect."""
        return (
            self.operation in ("*", operation)
            and fnmatchcase(type_, self.type)
            and fnmatchcase(name, self.name)
            and self.number in (None, number)
        )


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """All faults, and how long each effect takes: at least and at most, in milliseconds."""

    faults: tuple[Fault, ...] = ()
    latency_ms: tuple[int, int] = (0, 0)
    seed: int = 0


class Failed(Exception):
    """The error that a fault orders; the engine sees it as the provider's."""


class Partial(Failed):
    """The same of a create that could not be finished; the engine learns what exists."""


def order(folder: Path, *faults: Fault, latency_ms: tuple[int, int] = (0, 0), seed: int = 0) -> None:
    """Orders these faults and no others, from now on."""
    fresh = folder / f"{FILE}.new"
    fresh.write_bytes(msgspec.json.encode(Order(faults=faults, latency_ms=latency_ms, seed=seed)))
    fresh.replace(folder / FILE)


class Faults:
    """The faults in force, read again whenever the order changes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._stamp: tuple[int, int] | None = None
        self._order = Order()
        self._left: list[int] = []
        self._count = 0
        self._lock = threading.Lock()
        self._random = random.Random(0)

    @contextmanager
    def around(self, operation: str, type_: str, name: str) -> Iterator[None]:
        """Strikes before or after an effect, where a fault fits it."""
        fault, delay = self._next(operation, type_, name)
        time.sleep(delay)
        if fault and fault.when == "before":
            _strike(fault)
        yield
        if fault and fault.when == "after":
            _strike(fault)

    def _next(self, operation: str, type_: str, name: str) -> tuple[Fault | None, float]:
        with self._lock:
            self._read()
            self._count += 1
            low, high = self._order.latency_ms
            delay = self._random.uniform(low, high) / 1000
            for index, fault in enumerate(self._order.faults):
                if self._left[index] and fault.fits(operation, type_, name, self._count):
                    self._left[index] -= 1
                    return fault, delay
            return None, delay

    def _read(self) -> None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return
        stamp = (found.st_mtime_ns, found.st_ino)
        if stamp != self._stamp:
            self._stamp = stamp
            self._order = msgspec.json.decode(self._path.read_bytes(), type=Order)
            self._left = [fault.times for fault in self._order.faults]
            self._count = 0
            self._random = random.Random(self._order.seed)


def _strike(fault: Fault) -> None:
    if fault.how == "crash":
        os._exit(137)
    if fault.how == "hang":
        time.sleep(86400)
    raise (Partial if fault.how == "partial" else Failed)(f"500 internal error (ordered {fault.when} the effect)")
