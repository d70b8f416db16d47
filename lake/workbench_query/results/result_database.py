"""A DuckDB that sees kept results and nothing else: no files, no network, no extensions, no settings."""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pyarrow as pa

from ..failures import Cancelled, QueryFailure
from ..request import Request
from .spool import open_spool

# Row numbers of results up to so many rows are kept beside them while a statement runs, 8 bytes each; those of larger
# ones are counted along, which runs on one thread.
NUMBERED_ROWS = 16_000_000
_COUNTED = re.compile(r"\bcount\(\*\)", re.IGNORECASE)
_PLACES = re.compile(r"\bc(\d{1,6})\b", re.IGNORECASE)
DEFAULT_MEMORY_BYTES = 1024 * 1024 * 1024


@contextmanager
def result_database(
    sources: Mapping[str, str | pa.RecordBatchReader], sql: str, limits: Mapping[str, object], request: Request
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with a table for each source: the folder of a result, or batches to be read once.

    Results have columns c0, c1, … and, where `sql` names it, row_number. `limits`: memoryBytes, threads, and tempDir,
    below which sorting spills. Failures of DuckDB come out as QueryFailure. Everything is removed afterwards.
    """
    done = threading.Event()
    base = limits.get("tempDir")
    if base is not None:
        Path(str(base)).mkdir(parents=True, exist_ok=True)
    scratch = tempfile.mkdtemp(prefix="results-", dir=None if base is None else str(base))
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": f"{int(limits.get('memoryBytes') or DEFAULT_MEMORY_BYTES)}B",
            "threads": int(limits.get("threads") or 2),
            "temp_directory": str(Path(scratch) / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
        },
    )
    try:
        connection.execute("SET TimeZone = 'UTC'")
        for name, source in sources.items():
            _add_source(connection, name, source, sql)
        connection.execute("SET enable_external_access = false; SET lock_configuration = true")
        request.on_cancel(lambda: _interrupt_until(done, connection))
        request.check()
        yield connection
    except duckdb.Error as error:
        raise _failure(error, request) from error
    finally:
        done.set()
        with suppress(duckdb.Error):
            connection.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _interrupt_until(done: threading.Event, connection: duckdb.DuckDBPyConnection) -> None:
    """An interrupt between two statements is lost on DuckDB: say it until it is heard."""

    def insist() -> None:
        while not done.is_set():
            with suppress(duckdb.Error):
                connection.interrupt()
            done.wait(0.02)

    threading.Thread(target=insist, daemon=True).start()


def one_select(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """The statement of `sql`, which has to be a single SELECT; else fails with `invalid_input`."""
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise QueryFailure("invalid_input", "A result is asked by one SELECT at a time.")
    return statements[0]


def _add_source(connection: duckdb.DuckDBPyConnection, name: str, source: str | pa.RecordBatchReader, sql: str) -> None:
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
        raise QueryFailure("invalid_input", "This cannot be the name of a result.")
    stored = f"stored_{name}"
    if not isinstance(source, str):
        connection.register(stored, source)
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {stored}")
        return
    spool = open_spool(source)
    wants_numbers = "row_number" in sql
    is_numbered = wants_numbers and spool.rows <= NUMBERED_ROWS
    table = _named_in(sql, spool.table())
    connection.register(stored, _numbered(table) if is_numbered else table)
    numbers = ", row_number() OVER () - 1 AS row_number" if wants_numbers and not is_numbered else ""
    connection.execute(f"CREATE VIEW {name} AS SELECT *{numbers} FROM {stored}")


def _named_in(sql: str, table: pa.Table) -> pa.Table:
    """The columns that a statement names, if it names all that it reads: scanning some of many is slow."""
    if "*" in _COUNTED.sub("", sql) or not re.match(r"\s*(SELECT|WITH)\b", sql, re.IGNORECASE):
        return table
    if re.search(r"\bCOLUMNS\s*\(|[(,]\s*FROM\b", sql, re.IGNORECASE):
        return table
    places = sorted({int(place) for place in _PLACES.findall(sql)})
    known = [place for place in places if place < table.num_columns]
    return table.select(known) if known else table


def _numbered(table: pa.Table) -> pa.Table:
    return table.append_column("row_number", pa.chunked_array([pa.arange(0, table.num_rows)], type=pa.int64()))


def _failure(error: duckdb.Error, request: Request) -> QueryFailure:
    if request.is_cancelled or isinstance(error, duckdb.InterruptException):
        return Cancelled()
    if isinstance(error, duckdb.OutOfMemoryException):
        return QueryFailure(
            "resource_exhausted",
            "This question needs more memory than results are given.",
            hint="Ask it of fewer rows or columns: filter the result first.",
        )
    if isinstance(error, duckdb.PermissionException):
        return QueryFailure("invalid_input", "Questions to a result read that result alone.")
    text = str(error).split("\n")[0]
    if isinstance(error, (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)):
        return QueryFailure("invalid_input", text)
    if isinstance(error, (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.OutOfRangeException)):
        return QueryFailure("invalid_input", text)
    return QueryFailure("engine_failed", "The result could not be asked this.")
