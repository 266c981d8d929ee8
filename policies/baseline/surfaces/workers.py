"""One process a stack, because Pulumi's SDK keeps process-wide state and so records once.

All start from one parent that has imported the provider SDKs already, so that this slowest part is paid once.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, cast

from baseline.judge import RuleBroke
from baseline.sources.project import BadInput


@dataclass(frozen=True)
class Outcome:
    """What came of one stack: the job's bytes, or the message and exit code of why there are none."""

    stack: str
    payload: bytes = b""
    message: str = ""
    exit_code: int = 0


def _work(connection: Connection, job: Callable[[str], bytes], stack: str) -> None:
    gc.disable()  # a process that judges once and ends has nothing to collect
    try:
        answer: tuple[int, bytes] = (0, job(stack))
    except BadInput as error:
        answer = (2, str(error).encode())
    except RuleBroke as error:
        answer = (3, str(error).encode())
    except Exception as error:  # noqa: BLE001 (whatever breaks, this stack is unjudged and says so in one message)
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        answer = (3, f"{stack}: unjudged, because the judge broke at {where}: {type(error).__name__}: {error}".encode())
    connection.send(answer)
    connection.close()


def _outcome(stack: str, connection: Connection, process: Any) -> Outcome:
    try:
        code, payload = connection.recv()
    except EOFError:
        process.join()
        return Outcome(stack, b"", f"{stack}: its process ended with exit code {process.exitcode}, unjudged.", 3)
    process.kill()  # threads that a program left behind may never end
    process.join()
    return Outcome(stack, b"", payload.decode(), code) if code else Outcome(stack, payload)


def run_all(job: Callable[[str], bytes], stacks: Sequence[str]) -> Iterator[Outcome]:
    """Runs the job for each stack in a process of its own, as many at once as there are cores, as each ends."""
    gc.freeze()  # what the parent holds stays shared with its children
    context: Any = multiprocessing.get_context("fork")
    waiting = list(reversed(stacks))
    running: dict[Any, tuple[str, Any]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                stack = waiting.pop()
                receiver, sender = context.Pipe(duplex=False)
                process = context.Process(target=_work, args=(sender, job, stack))
                process.start()
                sender.close()
                running[receiver] = (stack, process)
            for receiver in wait(list(running)):
                stack, process = running.pop(receiver)
                yield _outcome(stack, cast("Connection", receiver), process)
    finally:
        for _, process in running.values():
            process.terminate()
