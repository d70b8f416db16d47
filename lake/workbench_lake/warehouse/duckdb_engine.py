"""DuckDB as the engine that rewrites files: bounded memory, a temporary folder of its own, no network but S3."""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import duckdb

from ..failures import LakeFailure, invalid
from .catalogs import S3Options

_WHEELS = {
    "httpfs": "duckdb_extension_httpfs",
    "avro": "duckdb_extension_avro",
    "iceberg": "duckdb_extension_iceberg",
}


def extension_path(name: str) -> Path | None:
    """The file of an extension: in the folders of DUCKDB_EXTENSIONS_DIR, else in its wheel, else None."""
    folders = [Path(part) for part in os.environ.get("DUCKDB_EXTENSIONS_DIR", "").split(os.pathsep) if part]
    with contextlib.suppress(ImportError):
        folders.append(Path(importlib.import_module(_WHEELS[name]).__file__ or "").parent)
    for folder in folders:
        found = next(iter(sorted(folder.rglob(f"{name}.duckdb_extension"))), None)
        if found:
            return found
    return None


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension from its file, or let DuckDB install it where it can."""
    path = extension_path(name)
    if path:
        connection.execute(f"LOAD {text_literal(str(path))}")
    else:
        connection.execute(f"INSTALL {name}; LOAD {name}")


def text_literal(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def duckdb_path(location: str) -> str:
    """A location as DuckDB writes to it."""
    return location.removeprefix("file://")


def duckdb_glob(location: str) -> str:
    """A location as DuckDB reads it, with letters that would be patterns taken as they are."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in duckdb_path(location))


def first_row(result: duckdb.DuckDBPyConnection) -> tuple | None:
    """The first row, through Arrow: DuckDB's own way to Python gives no time with a zone without a further package."""
    rows = result.to_arrow_table()
    return tuple(column[0].as_py() for column in rows.columns) if rows.num_rows else None


class DuckDBEngine:
    """Gives connections for one piece of work each, one at a time.

    `memory_bytes` bounds what a connection keeps in memory; the rest goes to the temporary folder.
    """

    def __init__(self, s3: S3Options, uses_s3: bool, memory_bytes: int, threads: int, temp_folder: Path | None) -> None:
        self._s3 = s3
        self._uses_s3 = uses_s3
        self._memory_bytes = memory_bytes
        self._threads = threads
        self._temp_folder = temp_folder
        self._turn = threading.Lock()

    @property
    def row_group_bytes(self) -> int:
        """What a row group may hold when it is written: one per thread and its copies are in memory, however wide."""
        return self._memory_bytes // 16

    @contextlib.contextmanager
    def connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection with a database and a temporary folder of its own, both gone afterwards.

        DuckDB's complaints about values and types become invalid_input; about space, resource_exhausted.
        """
        if self._temp_folder:
            self._temp_folder.mkdir(parents=True, exist_ok=True)
        folder = tempfile.mkdtemp(prefix="lake-", dir=self._temp_folder)
        connection = None
        self._turn.acquire()
        try:
            connection = duckdb.connect(
                os.path.join(folder, "work.duckdb"),
                config={
                    "memory_limit": f"{self._memory_bytes // 1024}KiB",
                    "threads": self._threads,
                    "temp_directory": os.path.join(folder, "spill"),
                    "autoinstall_known_extensions": False,
                    "autoload_known_extensions": False,
                },
            )
            connection.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = false")
            if self._uses_s3:
                self._attach_s3(connection)
            yield connection
        except (duckdb.ConversionException, duckdb.OutOfRangeException, duckdb.InvalidInputException) as error:
            raise invalid(
                f"A value does not fit its column: {_first_line(error)}", "Widen the column's type, or mend the data."
            ) from error
        except duckdb.OutOfMemoryException as error:
            raise LakeFailure("resource_exhausted", "The work needs more memory or disk than it may have.") from error
        except duckdb.IOException as error:
            if "No space left" in str(error):
                raise LakeFailure(
                    "resource_exhausted", "The disk is full.", "Free some space and try again."
                ) from error
            raise LakeFailure("engine_failed", f"A file could not be read or written: {_first_line(error)}") from error
        finally:
            if connection is not None:
                connection.close()
            self._turn.release()
            shutil.rmtree(folder, ignore_errors=True)

    def _attach_s3(self, connection: duckdb.DuckDBPyConnection) -> None:
        load_extension(connection, "httpfs")
        endpoint = urlparse(self._s3.endpoint)
        parts = [f"KEY_ID {text_literal(self._s3.access_key_id)}", f"SECRET {text_literal(self._s3.secret_access_key)}"]
        parts.append(f"REGION {text_literal(self._s3.region)}")
        if self._s3.endpoint:
            parts += [
                f"ENDPOINT {text_literal(endpoint.netloc)}",
                "URL_STYLE 'path'",
                f"USE_SSL {'true' if endpoint.scheme == 'https' else 'false'}",
            ]
        connection.execute(f"CREATE SECRET (TYPE s3, {', '.join(parts)})")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:300]
