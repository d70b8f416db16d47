"""Work in processes that may kill themselves, forked from one that has the slow imports behind it."""

from __future__ import annotations

import functools
import multiprocessing
import multiprocessing.forkserver
import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any

SECONDS = 300
IMPORTS = ["workbench_lake.lake_writer", "workbench_sync.airbyte.sync_stream", "workbench_sync.postgres.native"]


def survives(work: Callable[..., object], *arguments: Any, environment: Mapping[str, str]) -> bool:
    """Whether `work(*arguments)` came to its end in a process with these variables; False where SIGKILL ended it.

    `work` must be importable by name, since the process is not a fork of this one. Raises AssertionError where it
    failed, or took more than SECONDS.
    """
    process = _server().Process(target=_live, args=(work, arguments, dict(environment)))
    process.start()
    process.join(SECONDS)
    if process.is_alive():
        process.kill()
        raise AssertionError(f"{work.__module__} took more than {SECONDS} s")
    assert process.exitcode in (0, -signal.SIGKILL), f"{work.__module__} ended with {process.exitcode}"
    return process.exitcode == 0


@functools.cache
def _server() -> Any:
    """The context of a server of forks, which is started here: its imports need this process's sys.path."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTS)
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    try:
        multiprocessing.forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    return context


def _live(work: Callable[..., object], arguments: tuple[Any, ...], environment: dict[str, str]) -> None:
    from workbench_lake import fail_points

    os.environ.update(environment)
    fail_points._armed = environment.get("LAKE_FAIL_POINT", "")
    work(*arguments)
