from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from workbench_lake.lake_context import LakeOptions
from workbench_lake.lake_writer import LakeWriter
from workbench_lake.table_names import parse_table_name
from workbench_sync.events import Events
from workbench_sync.lake_table import Lake
from workbench_sync.postgres import native

TABLE = "lake.shop.orders"


class World:
    """A lake of its own beside a database; `sync` runs one sync of the table `orders`."""

    def __init__(self, database: Any, folder: Path) -> None:
        self.database = database
        self.writer = LakeWriter(
            LakeOptions(database_url=f"sqlite:///{folder}/catalog.db", warehouse=str(folder / "warehouse"))
        )
        self.events: list[dict[str, Any]] = []
        self.syncs = 0
        self.config: dict[str, Any] = {}

    def sync(self, **more: Any) -> dict[str, Any]:
        self.syncs += 1
        stream = {"name": "orders", "sync_mode": "incremental", "cursor_field": "at", "destination": TABLE}
        stream |= more.pop("stream", {})
        request = {"sync_id": f"s{self.syncs}", "stream": stream, "config": self.database.config(**self.config)} | more
        self.events = []
        events = Events(lambda line: self.events.append(json.loads(line)))
        lake = Lake(self.writer, "w1", sleep=lambda seconds: None)
        return native.sync(request, lake, events)

    def rows(self, columns: str = "* EXCLUDE (_extracted_at)", order: str = "1", table: str = TABLE) -> list[tuple]:
        found = self.writer.context.table("w1", parse_table_name(table)).scan().to_arrow()
        with duckdb.connect() as connection:
            return (
                connection.from_arrow(found).query("found", f"SELECT {columns} FROM found ORDER BY {order}").fetchall()
            )

    def table(self, table: str = TABLE) -> dict[str, Any]:
        return self.writer.table("w1", table)

    def snapshots(self) -> int:
        return len(self.writer.snapshots("w1", TABLE)["items"])


def sync_in_folder(folder: str, request: dict[str, Any]) -> None:
    """One sync into the lake of a folder, in a process to be killed."""
    writer = LakeWriter(LakeOptions(database_url=f"sqlite:///{folder}/catalog.db", warehouse=f"{folder}/warehouse"))
    native.sync(request, Lake(writer, "w1"), Events(lambda line: None))
    writer.close()
