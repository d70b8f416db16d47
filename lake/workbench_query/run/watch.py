"""Watches a statement while it runs: tells how far it is, stops it when it is taken back or takes too much memory."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator

import duckdb

from ..failures import QueryFailure
from ..request import Request

_EVERY_SECONDS = 0.1
_PROGRESS_SECONDS = 0.25
_INTERRUPT_SECONDS = 0.02
# What the process itself takes, and what DuckDB does not count: Arrow batches, single long values.
_UNCOUNTED_BYTES = 768 * 1024 * 1024
_BEYOND = 1.5


@contextlib.contextmanager
def watched(connection: duckdb.DuckDBPyConnection, request: Request, memory_limit_bytes: int) -> Iterator[None]:
    """While the body runs, send `progress` events, and interrupt the connection when the request is cancelled.

    Raises QueryFailure `resource_exhausted` where the process outgrew its limit by far, though DuckDB did not say so.
    """
    watch = _Watch(connection, request, memory_limit_bytes)
    thread = threading.Thread(target=watch.run, daemon=True)
    thread.start()
    try:
        yield
    except Exception as error:
        if watch.is_too_large:
            raise QueryFailure(
                "resource_exhausted",
                "The statement needs more memory than the query engine may use.",
                hint="Read fewer rows or columns at once, or raise QUERY_MEMORY_LIMIT_BYTES.",
            ) from error
        raise
    finally:
        watch.stop()
        thread.join()


class _Watch:
    def __init__(self, connection: duckdb.DuckDBPyConnection, request: Request, memory_limit_bytes: int) -> None:
        self._connection = connection
        self._request = request
        self._most = memory_limit_bytes + _UNCOUNTED_BYTES
        self._ended = threading.Event()
        self._wake = threading.Event()
        self._share: float | None = None
        self.is_too_large = False
        request.on_cancel(self._wake.set)

    def stop(self) -> None:
        self._ended.set()
        self._wake.set()

    def run(self) -> None:
        told_at = time.monotonic()
        while not self._ended.is_set():
            if self._request.is_cancelled or self.is_too_large:
                # An interrupt before the engine has begun is forgotten: repeat it.
                self._connection.interrupt()
                self._ended.wait(_INTERRUPT_SECONDS)
                self._look_at_memory()
                continue
            self._wake.wait(_EVERY_SECONDS)
            self._look_at_memory()
            if time.monotonic() - told_at >= _PROGRESS_SECONDS:
                told_at = time.monotonic()
                self._tell()

    def _look_at_memory(self) -> None:
        resident = _resident_bytes()
        self.is_too_large = self.is_too_large or resident > self._most
        if resident > self._most * _BEYOND:
            # Nothing that runs inside one vector hears an interrupt: the parent takes this end for what it is.
            os.kill(os.getpid(), signal.SIGKILL)

    def _tell(self) -> None:
        with contextlib.suppress(duckdb.Error):
            percent = self._connection.query_progress()
            share = min(percent / 100, 1.0) if percent >= 0 else None
            if share != self._share and not self._ended.is_set():
                self._share = share
                self._request.emit("progress", share=share, rowsRead=None, bytesRead=None)


def _resident_bytes() -> int:
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
