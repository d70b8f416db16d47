"""Runs a SELECT and keeps its rows as a result spool."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ..request import Request
from .bind import bind, failure_at
from .columns import projection, result_schema, type_name, with_schema
from .result_spool import ResultSpool
from .rows_read import rows_read
from .sandbox import open_sandbox
from .watch import watched

# Rows that the engine hands over at once: DuckDB's own vector, so that the first are seen early.
_HANDED_ROWS = 2048
_CHUNK_BYTES = 2_000_000
# A batch past this is cut.
_MOST_CHUNK_BYTES = 8_000_000
# Rows that trickle in are shown after this time, however few they are.
_CHUNK_SECONDS = 0.5
_TELL_SECONDS = 0.1


def run(message: dict[str, Any], request: Request) -> dict[str, object]:
    """Run `message["sql"]` over its tables and keep the rows in `message["folder"]`, which is removed on a failure.

    Sends `columns` and `rows` events; gives `{rows, bytes, rowsRead, bytesRead}`.
    """
    folder = Path(message["folder"])
    try:
        with open_sandbox(message, request) as connection:
            limit = message["settings"]["limits"]["memoryLimitBytes"]
            with watched(connection, request, limit), ResultSpool(folder) as spool:
                _stream(connection, message["sql"], spool, request)
            read = rows_read(connection)
        return {"rows": spool.rows, "bytes": spool.bytes, "rowsRead": read, "bytesRead": None}
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _stream(connection: duckdb.DuckDBPyConnection, sql: str, spool: ResultSpool, request: Request) -> None:
    given = bind(connection, sql)
    columns = list(zip(given.columns, given.types, strict=True))
    selected = projection(given.types)
    request.check()
    try:
        rows = given if selected is None else given.project(selected)
        reader = rows.to_arrow_reader(_HANDED_ROWS)
        schema = result_schema(reader.schema, columns)
        named = [{"name": name, "type": type_name(kind)} for name, kind in columns]
        spool.begin(schema, named)
        request.emit("columns", columns=named)
        keeper = _Keeper(spool, schema, request)
        for batch in reader:
            request.check()
            keeper.take(batch)
        keeper.end()
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        raise failure_at(connection, sql, error) from error


def _parts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """A batch of long rows in parts that a reader can hold; a row is never cut."""
    rows = batch.num_rows
    if batch.nbytes <= _MOST_CHUNK_BYTES:
        yield batch
        return
    step = max(1, rows * _CHUNK_BYTES // batch.nbytes)
    for start in range(0, rows, step):
        yield batch.slice(start, step)


class _Keeper:
    """Gathers small batches into chunks: the first goes out as it is."""

    def __init__(self, spool: ResultSpool, schema: pa.Schema, request: Request) -> None:
        self._spool = spool
        self._schema = schema
        self._request = request
        self._gathered: list[pa.RecordBatch] = []
        self._bytes = 0
        self._kept_at = 0.0
        self._told_at = 0.0

    def take(self, batch: pa.RecordBatch) -> None:
        if batch.num_rows == 0:
            return
        self._gathered.append(batch)
        self._bytes += batch.nbytes
        now = time.monotonic()
        is_first = self._spool.rows == 0
        if is_first or self._bytes >= _CHUNK_BYTES or now - self._kept_at >= _CHUNK_SECONDS:
            self._keep(now)

    def end(self) -> None:
        if self._gathered:
            self._keep(time.monotonic())
        self._spool.end()
        self._tell()

    def _keep(self, now: float) -> None:
        whole = self._gathered[0] if len(self._gathered) == 1 else pa.concat_batches(self._gathered)
        self._gathered, self._bytes, self._kept_at = [], 0, now
        for part in _parts(with_schema(whole, self._schema)):
            self._spool.append(part)
        if now - self._told_at >= _TELL_SECONDS:
            self._told_at = now
            self._tell()

    def _tell(self) -> None:
        self._request.emit("rows", rows=self._spool.rows, bytes=self._spool.bytes)
