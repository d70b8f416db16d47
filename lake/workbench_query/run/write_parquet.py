"""Writes the rows of a SELECT as one Parquet file, wholly or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb

from ..request import Request
from .bind import bind, failure_at
from .quoting import quoted, text
from .rows_read import rows_read
from .sandbox import open_sandbox
from .watch import watched

# What Parquet, or a table of the lake, would hold inexactly or not at all, and what holds it.
_STORED_AS = {
    "hugeint": "DECIMAL(38,0)",
    "uhugeint": "DECIMAL(38,0)",
    "ubigint": "DECIMAL(20,0)",
    "uinteger": "BIGINT",
    "usmallint": "INTEGER",
    "utinyint": "INTEGER",
    "bignum": "VARCHAR",
    "interval": "VARCHAR",
    "time with time zone": "VARCHAR",
    "bit": "VARCHAR",
    "enum": "VARCHAR",
    "union": "VARCHAR",
}


def write_parquet(message: dict[str, Any], request: Request) -> dict[str, object]:
    """Write the rows of `message["sql"]` to `path`; a local file by way of `partialPath`, which lies beside it.

    Gives `{rowCount, bytes, columns, rowsRead, bytesRead}`, the columns with the types that the file holds.
    """
    sql, path, partial = message["sql"], message["path"], message.get("partialPath")
    try:
        with open_sandbox(message, request) as connection:
            limit = message["settings"]["limits"]["memoryLimitBytes"]
            with watched(connection, request, limit):
                written = _copy(connection, sql, partial or path, request)
            read = rows_read(connection)
        if partial is not None:
            _publish(Path(partial), Path(path))
    finally:
        if partial is not None:
            Path(partial).unlink(missing_ok=True)
    return {**written, "rowsRead": read, "bytesRead": None}


def _copy(connection: duckdb.DuckDBPyConnection, sql: str, target: str, request: Request) -> dict[str, object]:
    given = bind(connection, sql)
    types = given.types
    request.check()
    try:
        connection.execute(f"CREATE TEMP VIEW result AS {sql}")
        # The view has told columns of one name apart.
        names = [row[0] for row in connection.execute("DESCRIBE FROM temp.main.result").fetchall()]
    except duckdb.Error as error:
        raise failure_at(connection, sql, error) from error
    stored = [_STORED_AS.get(kind.id, str(kind)) for kind in types]
    selected = ", ".join(
        f"CAST(#{place} AS {stored_as}) AS {quoted(name)}" if kind.id in _STORED_AS else f"#{place} AS {quoted(name)}"
        for place, (name, kind, stored_as) in enumerate(zip(names, types, stored, strict=True), start=1)
    )
    source = f"SELECT {selected} FROM" if any(kind.id in _STORED_AS for kind in types) else "FROM"
    try:
        (count, file_bytes) = connection.execute(
            f"COPY ({source} temp.main.result) TO {text(target)} "
            "(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, RETURN_STATS true)"
        ).fetchone()[1:3]
    except (duckdb.Error, OSError) as error:
        raise failure_at(connection, sql, error) from error
    columns = [{"name": name, "type": kind} for name, kind in zip(names, stored, strict=True)]
    return {"rowCount": int(count), "bytes": int(file_bytes), "columns": columns}


def _publish(partial: Path, path: Path) -> None:
    _flush(partial)
    os.replace(partial, path)
    _flush(path.parent)


def _flush(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
