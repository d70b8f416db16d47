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

_ROW_GROUP_VALUES = 4_000_000


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
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_row_group_rows(len(names))}, USE_TMP_FILE false, "
            f"RETURN_STATS true{_field_ids(names, types)})"
        ).fetchone()[1:3]
    except (duckdb.Error, OSError) as error:
        raise failure_at(connection, sql, error) from error
    columns = [{"name": name, "type": kind} for name, kind in zip(names, stored, strict=True)]
    return {"rowCount": int(count), "bytes": int(file_bytes), "columns": columns}


def _row_group_rows(columns: int) -> int:
    """DuckDB's own number of rows, fewer for many columns: who rewrites the file holds whole row groups in memory."""
    return max(2048, min(122_880, _ROW_GROUP_VALUES // columns))


def _field_ids(names: list[str], types: list[Any]) -> str:
    """The option that numbers the columns as a new table numbers them, so that the lake takes the file as it is.

    Nothing where a column is nested: the lake numbers its parts.
    """
    if any(kind.id in ("list", "array", "struct", "map") for kind in types):
        return ""
    ids = ", ".join(f"{quoted(name)}: {number}" for number, name in enumerate(names, 1))
    return f", FIELD_IDS {{{ids}}}"


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
