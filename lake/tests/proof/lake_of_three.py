"""A lake that is written by the lake writer and by whole syncs, and read by three engines."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from three_readers import Row, Trino, by_duckdb, by_pyiceberg, by_trino

from workbench_lake.lake_writer import LakeWriter
from workbench_lake.table_names import parse_table_name
from workbench_sync.airbyte.connector_client import ConnectorClient
from workbench_sync.airbyte.connector_process import Limits
from workbench_sync.airbyte.sync_stream import sync_stream
from workbench_sync.events import Events
from workbench_sync.lake_table import Lake
from workbench_sync.postgres import native
from workbench_sync.stream_request import read_stream

WORKSPACE = "w1"
TABLE = "lake.shop.orders"
CONNECTOR = Path(__file__).parents[1] / "sync" / "connectors" / "scripted_source.py"


class Syncs:
    """Whole syncs of the stream `orders` into TABLE, by both paths."""

    def __init__(self, writer: LakeWriter) -> None:
        self.writer = writer
        self._count = 0

    def by_connector(self, folder: Path, script: dict[str, Any], **request: Any) -> dict[str, Any]:
        """A sync by the Airbyte protocol from the connector that follows a script."""
        wrapper = folder / "scripted-source"
        wrapper.write_text(f'#!/bin/sh\nexec {sys.executable} {CONNECTOR} "$@"\n')
        wrapper.chmod(0o755)
        client = ConnectorClient("scripted", [str(wrapper)], script, Limits(), self._events())
        return sync_stream(read_stream(self._request("id", request)), client, self._lake(), self._events())

    def of_postgres(self, config: dict[str, object], **request: Any) -> dict[str, Any]:
        """A sync of PostgreSQL by the native path."""
        return native.sync(self._request("id", request) | {"config": config}, self._lake(), self._events())

    def _request(self, cursor: str, more: dict[str, Any]) -> dict[str, Any]:
        self._count += 1
        stream = {"name": "orders", "sync_mode": "incremental", "cursor_field": cursor, "destination": TABLE}
        return {"sync_id": f"s{self._count}", "stream": stream | more.pop("stream", {})} | more

    def _lake(self) -> Lake:
        return Lake(self.writer, WORKSPACE)

    @staticmethod
    def _events() -> Events:
        return Events(lambda line: json.loads(line))


class LakeOfThree:
    """Short ways to write and the one way to read: all three readers, which must agree."""

    def __init__(self, writer: LakeWriter, trino: Trino, catalog: str) -> None:
        self.writer, self.trino, self.catalog = writer, trino, catalog
        self.syncs = Syncs(writer)
        self._count = 0

    def commit(self, *data: pa.Table | str, table: str = TABLE, mode: str = "append", **more: Any) -> dict[str, Any]:
        """One commit of Arrow tables or of queries that DuckDB runs, one file each."""
        self._count += 1
        key = f"commit-{self._count}"
        folder = self.writer.stage(WORKSPACE, table, key)["folder"]
        for number, one in enumerate(data):
            if isinstance(one, str):
                with duckdb.connect() as connection:
                    connection.execute("SET TimeZone = 'UTC'")
                    connection.execute(f"COPY ({one}) TO '{folder}/{number}.parquet' (FORMAT parquet)")
            else:
                pq.write_table(one, f"{folder}/{number}.parquet")
        files = [{"path": f"{folder}/{number}.parquet"} for number in range(len(data))]
        body = {"idempotency_key": key, "mode": mode, "files": files, "written_by": "test", "kind": "sync", **more}
        return self.writer.commit(WORKSPACE, table, body)

    def iceberg(self, table: str = TABLE) -> Any:
        return self.writer.context.table(WORKSPACE, parse_table_name(table))

    def rows(self, table: str = TABLE, version: int | str | None = None) -> list[Row]:
        """The rows, after checking that three readers read the same; `version` is a snapshot or a branch."""
        found = self.iceberg(table)
        snapshot = found.metadata.refs[version].snapshot_id if isinstance(version, str) else version
        name = parse_table_name(table)
        where = ".".join('"' + part.replace('"', '""') + '"' for part in (self.catalog, name.schema, name.table))
        one = by_pyiceberg(found, snapshot)
        refuse_difference("DuckDB", by_duckdb(found, snapshot), one)
        refuse_difference("Trino", by_trino(self.trino, where, found, version), one)
        return one

    def rows_of_all_times(self, table: str = TABLE) -> list[Row]:
        """The rows now, after checking every snapshot too."""
        for snapshot in self.writer.snapshots(WORKSPACE, table)["items"]:
            self.rows(table, snapshot["snapshot_id"])
        return self.rows(table)


def refuse_difference(reader: str, rows: list[Row], wanted: list[Row]) -> None:
    """Raise AssertionError that names the first differences between a reader's rows and PyIceberg's."""
    if rows != wanted:
        missing = [row for row in wanted if row not in rows]
        more = [row for row in rows if row not in wanted]
        values = [pair for two in zip(missing, more, strict=False) for pair in zip(*two, strict=False)]
        pairs = [(one, other) for one, other in values if one != other]
        raise AssertionError(f"PyIceberg and {reader} differ ({len(wanted)}, {len(rows)} rows): {pairs[:5]}")
