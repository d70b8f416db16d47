"""A lake with short ways to write to it and to read what each engine sees."""

from __future__ import annotations

import math
from typing import Any
from uuid import UUID

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from workbench_lake.lake_writer import LakeWriter
from workbench_lake.table_names import parse_table_name
from workbench_lake.warehouse.duckdb_engine import load_extension

WORKSPACE = "ws-1"
TABLE = "lake.shop.orders"


class LakeUnderTest:
    """The writer with short ways to stage rows, to commit them and to read what each engine sees."""

    def __init__(self, writer: LakeWriter, workspace: str = WORKSPACE) -> None:
        self.writer = writer
        self.workspace = workspace
        self._count = 0

    def stage(self, key: str, data: pa.Table | str, table: str = TABLE, name: str = "0.parquet") -> dict[str, str]:
        """A staged file from an Arrow table, or from a query that DuckDB runs."""
        folder = self.writer.stage(self.workspace, table, key)["folder"]
        path = f"{folder}/{name}"
        if isinstance(data, str):
            with duckdb.connect() as connection:
                connection.execute("SET TimeZone = 'UTC'")
                connection.execute(f"COPY ({data}) TO '{path}' (FORMAT parquet)")
        else:
            pq.write_table(data, path)
        return {"path": path}

    def commit(self, *data: pa.Table | str, table: str = TABLE, mode: str = "append", **more: Any) -> dict[str, Any]:
        """Stage the data, one file each, and commit them."""
        self._count += 1
        key = more.pop("idempotency_key", f"commit-{self._count}")
        files = [self.stage(key, one, table, f"{index}.parquet") for index, one in enumerate(data)]
        body = {"idempotency_key": key, "mode": mode, "files": files, "written_by": "test", "kind": "sync", **more}
        return self.writer.commit(self.workspace, table, body)

    def table(self, table: str = TABLE) -> dict[str, Any]:
        return self.writer.table(self.workspace, table)

    def iceberg(self, table: str = TABLE):
        """The table as PyIceberg sees it."""
        return self.writer.context.table(self.workspace, parse_table_name(table))

    def rows(self, table: str = TABLE, snapshot_id: int | None = None) -> list[tuple]:
        """The rows, sorted, after checking that PyIceberg and DuckDB read the same."""
        found = self.iceberg(table)
        one = arrow_rows(found.scan(snapshot_id=snapshot_id).to_arrow())
        with duckdb.connect() as connection:
            load_extension(connection, "avro")
            load_extension(connection, "iceberg")
            connection.execute("SET TimeZone = 'UTC'")
            at = f", snapshot_from_id = {snapshot_id}::UBIGINT" if snapshot_id is not None else ""
            if found.metadata.current_snapshot() is None:
                other = []
            else:
                query = f"FROM iceberg_scan('{found.metadata_location}'{at})"
                other = arrow_rows(connection.execute(query).to_arrow_table())
        assert one == other
        return one


def arrow_rows(data: pa.Table) -> list[tuple]:
    """Rows as comparable values in a fixed order."""
    columns = [[plain(value) for value in column.to_pylist()] for column in data.columns]
    return sorted(zip(*columns, strict=True), key=repr) if columns else []


def plain(value: Any) -> Any:
    """A value in the one form in which both engines' values are compared."""
    if isinstance(value, float) and math.isnan(value):
        return "NaN"
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dict):
        return tuple((key, plain(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(plain(item) for item in value)
    return value
