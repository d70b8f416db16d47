"""A DuckDB instance of its own for one statement: in memory, locked so that nothing but the tables can be reached."""

from __future__ import annotations

import re
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb

from ..failures import QueryFailure
from ..request import Request
from .cancel_backends import cancel_backends
from .databases import attach_databases
from .engine_errors import toward_people
from .extensions import has_extensions, load_extensions
from .plain_files import plain_files
from .quoting import text, text_list
from .views import view_statements

_BUCKET = re.compile(r"^s3://")


@contextmanager
def open_sandbox(message: dict[str, Any], request: Request) -> Iterator[duckdb.DuckDBPyConnection]:
    """The connection for the statement of `message` (its tables, its databases, its settings), closed at the end.

    Whoever gets it may run what was checked before (server/engines/duckdb/check-statement.ts), and nothing else. Raises
    QueryFailure where a table, a database or an extension cannot be had.
    """
    settings = message["settings"]
    limits = settings["limits"]
    Path(limits["tempDir"]).mkdir(parents=True, exist_ok=True, mode=0o700)
    temp_folder = tempfile.mkdtemp(prefix="statement-", dir=limits["tempDir"])
    try:
        connection = duckdb.connect(":memory:", config=_configuration(settings, temp_folder))
        try:
            with toward_people():
                _prepare(connection, message, request)
            yield connection
        finally:
            connection.close()
    finally:
        shutil.rmtree(temp_folder, ignore_errors=True)


def _configuration(settings: dict[str, Any], temp_folder: str) -> dict[str, str]:
    limits = settings["limits"]
    return {
        "memory_limit": f"{limits['memoryLimitBytes']}B",
        "threads": str(limits["threads"]),
        "temp_directory": temp_folder,
        "max_temp_directory_size": f"{limits['tempLimitBytes']}B",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        # A name that is no table must never be taken for a variable of this program.
        "python_enable_replacements": "false",
        # The files of that folder were verified when they were installed; to do so again takes 150 ms a statement.
        **({"allow_unsigned_extensions": "true"} if has_extensions(settings["extensions"]) else {}),
    }


def _prepare(connection: duckdb.DuckDBPyConnection, message: dict[str, Any], request: Request) -> None:
    settings, tables, databases = message["settings"], message["tables"], message["databases"]
    target = message.get("partialPath") or message.get("path")
    files = [uri for table in tables for uri in table.get("uris", [])] + ([target] if target else [])
    folders = [_folder_of(table["metadataLocation"]) for table in tables if _is_scanned(table)]
    is_remote = any(_BUCKET.match(place) for place in [*files, *folders])
    load_extensions(
        connection,
        [
            *(["httpfs"] if is_remote else []),
            *(["avro", "iceberg"] if folders else []),
            *(["postgres_scanner"] if databases else []),
        ],
        settings["extensions"],
    )
    if is_remote:
        _give_access(connection, settings["s3"])
        connection.execute("SET enable_http_metadata_cache = true")
    # Files of tables are never written twice, and the instance ends with the statement.
    connection.execute("SET validate_external_file_cache = 'NO_VALIDATION'")
    connection.execute("SET TimeZone = 'UTC'")
    request.check()
    if databases:
        application = f"benchwright-{uuid.uuid4()}"
        request.on_cancel(lambda: cancel_backends(databases, application))
        attach_databases(connection, databases, message.get("timeoutMs") or 0, application)
    request.check()
    tables = [_as_files(connection, table) for table in tables]
    request.check()
    files += [file for table in tables for file in table.get("plainFiles", [])]
    folders = [_folder_of(table["metadataLocation"]) for table in tables if _is_scanned(table)]
    connection.execute(f"SET allowed_paths = {text_list(files)}")
    connection.execute(f"SET allowed_directories = {text_list(folders)}")
    connection.execute("SET enable_external_access = false")
    for statement in view_statements(tables, [database["catalog"] for database in databases]):
        connection.execute(statement)
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    connection.execute("SET progress_bar_time = 0")
    connection.execute("SET enable_profiling = 'no_output'")
    connection.execute("SET errors_as_json = true")
    connection.execute("SET lock_configuration = true")


def _as_files(connection: duckdb.DuckDBPyConnection, table: dict[str, Any]) -> dict[str, Any]:
    files = plain_files(connection, table) if "uris" not in table else None
    return table if files is None else {**table, "plainFiles": files}


def _is_scanned(table: dict[str, Any]) -> bool:
    return "uris" not in table and "plainFiles" not in table


def _folder_of(metadata_location: str) -> str:
    """`.../table/metadata/00001.metadata.json` lies in the table's folder, as everything of the table does."""
    return f"{metadata_location.rsplit('/', 2)[0]}/"


def _give_access(connection: duckdb.DuckDBPyConnection, s3: dict[str, Any] | None) -> None:
    if s3 is None:
        raise QueryFailure(
            "engine_unavailable",
            "A table lies in a bucket, and no access to one is set.",
            hint="Set S3_BUCKET and its companions, then start again.",
        )
    own = ""
    if s3["endpoint"] is not None:
        endpoint = urlsplit(s3["endpoint"])
        place = endpoint.netloc + endpoint.path.rstrip("/")
        use_ssl = "true" if endpoint.scheme == "https" else "false"
        own = f", ENDPOINT {text(place)}, URL_STYLE 'path', USE_SSL {use_ssl}"
    connection.execute(
        f"CREATE SECRET bucket (TYPE s3, KEY_ID {text(s3['accessKeyId'])}, SECRET {text(s3['secretAccessKey'])}, "
        f"REGION {text(s3['region'])}, SCOPE {text(s3['scope'])}{own})"
    )
