"""Tables of the lake whose files hold what the table holds, column by column: these are read as Parquet.

Of Parquet files DuckDB knows the least and the greatest value of each column before it plans. Of an Iceberg table it
does not, and then hashes, sorts and spills wider keys than it has to.
"""

from __future__ import annotations

import contextlib
import json
import re
from typing import Any

import duckdb

from .quoting import text, text_list

# The foot of each file is read before the statement is planned; tables of more are left to what their manifests say.
_MOST_FILES = 16
_DECIMAL = re.compile(r"decimal\((\d+), ?(\d+)\)")
_TYPES = {
    "boolean": "BOOLEAN",
    "int": "INTEGER",
    "long": "BIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
    "date": "DATE",
    "time": "TIME",
    "timestamp": "TIMESTAMP",
    "timestamptz": "TIMESTAMP WITH TIME ZONE",
    "string": "VARCHAR",
    "binary": "BLOB",
    "uuid": "UUID",
}


def plain_files(connection: duckdb.DuckDBPyConnection, table: dict[str, Any]) -> list[str] | None:
    """The files of a table on this machine; None where reading them as they are might not give the table's rows.

    That is: some rows are deleted by files of their own, or a file has other columns than the table (it was written
    before a column was added, renamed or replaced), or a column has a type that Parquet alone does not tell.
    """
    location = table["metadataLocation"]
    if "://" in location or table.get("onlyFiles") is not None:
        return None
    with contextlib.suppress(duckdb.Error, OSError, ValueError, KeyError, TypeError):
        with open(location, encoding="utf-8") as file:
            metadata = json.load(file)
        snapshot = _snapshot(metadata, table.get("snapshotId"))
        columns = _columns(metadata)
        if columns is None or not _may_be_plain(metadata, snapshot):
            return None
        files = _data_files(connection, location, snapshot)
        folder = location.rsplit("/", 2)[0]
        if files and all(_lies_in(folder, file) for file in files) and _hold(connection, files, columns):
            return files
    return None


def parquet_scan(files: list[str]) -> str:
    """What reads such files. By name, so that the least and greatest values of several files are known as of one."""
    return f"read_parquet({text_list(files)}, union_by_name = true, hive_partitioning = false)"


def _snapshot(metadata: dict[str, Any], wanted: object) -> dict[str, Any]:
    snapshot_id = metadata["current-snapshot-id"] if wanted is None else int(str(wanted))
    return next(each for each in metadata["snapshots"] if each["snapshot-id"] == snapshot_id)


def _columns(metadata: dict[str, Any]) -> list[tuple[str, int, str]] | None:
    """Name, id and type of each column; None where one is nested or of a type that is not listed here."""
    schema = next(each for each in metadata["schemas"] if each["schema-id"] == metadata["current-schema-id"])
    columns = [(field["name"], int(field["id"]), _type(field["type"])) for field in schema["fields"]]
    return None if any(kind is None for _, _, kind in columns) else columns


def _type(kind: object) -> str | None:
    if not isinstance(kind, str):
        return None
    decimal = _DECIMAL.fullmatch(kind)
    return _TYPES.get(kind) if decimal is None else f"DECIMAL({decimal[1]},{decimal[2]})"


def _may_be_plain(metadata: dict[str, Any], snapshot: dict[str, Any]) -> bool:
    summary = snapshot["summary"]
    if snapshot["schema-id"] != metadata["current-schema-id"]:
        return False
    return int(summary["total-delete-files"]) == 0 and 0 < int(summary["total-data-files"]) <= _MOST_FILES


def _data_files(connection: duckdb.DuckDBPyConnection, location: str, snapshot: dict[str, Any]) -> list[str]:
    """Paths of the files of a snapshot; none where there is one that is no Parquet file of rows, or one is missing."""
    source = f"iceberg_metadata({text(location)}, snapshot_from_id = {int(snapshot['snapshot-id'])})"
    listed = connection.execute(
        "SELECT file_path, manifest_content = 'DATA' AND upper(file_format) = 'PARQUET' "
        f"FROM {source} WHERE status <> 'DELETED'"
    ).fetchall()
    if len(listed) != int(snapshot["summary"]["total-data-files"]) or not all(is_plain for _, is_plain in listed):
        return []
    return [path.removeprefix("file://") for path, _ in listed]


def _lies_in(folder: str, file: str) -> bool:
    return file.startswith(f"{folder}/") and "/../" not in file and "://" not in file


def _hold(connection: duckdb.DuckDBPyConnection, files: list[str], columns: list[tuple[str, int, str]]) -> bool:
    """Whether each file has these columns by name and id in this order, and all of them together have these types."""
    held: dict[str, list[tuple[str, int]]] = {}
    nodes = connection.execute(f"SELECT file_name, name, field_id FROM parquet_schema({text_list(files)})").fetchall()
    for file, name, field_id in nodes:
        # The first node of a file is its root.
        if file in held:
            held[file].append((name, field_id))
        else:
            held[file] = []
    wanted = [(name, field_id) for name, field_id, _ in columns]
    if len(held) != len(set(files)) or any(each != wanted for each in held.values()):
        return False
    types = [row[:2] for row in connection.execute(f"DESCRIBE FROM {parquet_scan(files)}").fetchall()]
    return types == [(name, kind) for name, _, kind in columns]
