"""The tables of a statement as views under their three-part names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .plain_files import parquet_scan
from .quoting import quoted, text, text_list
from .table_names import split_name

_PREFERRED = ("lake", "analytics")


def view_statements(tables: list[dict[str, Any]], databases: list[str]) -> Iterator[str]:
    """What makes each table a view, and lets `schema.table` find `lake` before `analytics` before the databases."""
    made: set[str] = set()
    for table in tables:
        catalog, schema, own = split_name(table["name"])
        if catalog not in made:
            made.add(catalog)
            yield f"ATTACH ':memory:' AS {quoted(catalog)}"
        yield f"CREATE SCHEMA IF NOT EXISTS {quoted(catalog)}.{quoted(schema)}"
        yield f"CREATE VIEW {quoted(catalog)}.{quoted(schema)}.{quoted(own)} AS {_select_from(table)}"
    ordered = [name for name in _PREFERRED if name in made]
    searched = [*ordered, *sorted(made - set(ordered)), *databases, "memory"]
    yield f"SET search_path = {text(','.join(quoted(name) for name in searched))}"


def _select_from(table: dict[str, Any]) -> str:
    if "uris" in table:
        return f"SELECT * FROM read_parquet({text_list(table['uris'])}, union_by_name = true)"
    if "plainFiles" in table:
        return f"SELECT * FROM {parquet_scan(table['plainFiles'])}"
    snapshot = table.get("snapshotId")
    pinned = "" if snapshot is None else f", snapshot_from_id = {int(snapshot)}"
    scan = f"SELECT * FROM iceberg_scan({text(table['metadataLocation'])}{pinned})"
    only = table.get("onlyFiles")
    if only is None:
        return scan
    if not only:
        return f"{scan} LIMIT 0"
    return f"{scan} WHERE filename IN ({', '.join(text(file) for file in only)})"
