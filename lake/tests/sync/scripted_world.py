"""A lake and a connector that follows a script, as tests and the processes that they kill use them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from workbench_lake.lake_context import LakeOptions
from workbench_lake.lake_writer import LakeWriter
from workbench_sync.airbyte.connector_client import ConnectorClient
from workbench_sync.airbyte.connector_process import Limits
from workbench_sync.airbyte.sync_stream import sync_stream
from workbench_sync.events import Events
from workbench_sync.failure import SyncFailure
from workbench_sync.lake_table import Lake
from workbench_sync.stream_request import read_stream

CONNECTOR = Path(__file__).parent / "connectors" / "scripted_source.py"
WORKSPACE = "w1"
TABLE = "lake.shop.orders"


class World:
    """A lake of its own and a connector that follows a script; `run` is one sync of its stream `orders`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.writer = LakeWriter(
            LakeOptions(database_url=f"sqlite:///{folder}/catalog.db", warehouse=str(folder / "warehouse"))
        )
        self.lake = Lake(self.writer, WORKSPACE, sleep=lambda _: None)
        self.events: list[dict[str, Any]] = []

    def client(self, script: dict[str, Any], **limits: Any) -> ConnectorClient:
        wrapper = self.folder / "scripted-source"
        wrapper.write_text(f'#!/bin/sh\nexec {sys.executable} {CONNECTOR} "$@"\n')
        wrapper.chmod(0o755)
        self.emitter = Events(lambda line: self.events.append(json.loads(line)), ["s3cr3t-value"])
        return ConnectorClient("scripted", [str(wrapper)], script, Limits(**limits), self.emitter)

    def run(self, script: dict[str, Any], limits: dict[str, Any] | None = None, **request: Any) -> dict[str, Any]:
        return sync_stream(
            read_stream(self.request(**request)), self.client(script, **(limits or {})), self.lake, self.emitter
        )

    def fail(self, script: dict[str, Any], limits: dict[str, Any] | None = None, **request: Any) -> SyncFailure:
        with pytest.raises(SyncFailure) as caught:
            self.run(script, limits, **request)
        return caught.value

    @staticmethod
    def request(**more: Any) -> dict[str, Any]:
        stream = {"name": "orders", "sync_mode": "incremental", "cursor_field": "id", "destination": TABLE}
        stream |= more.pop("stream", {})
        return {"sync_id": "s1", "stream": stream, **more}

    def rows(self, columns: str = "*", table: str = TABLE) -> list[tuple[Any, ...]]:
        files = self.writer.files(WORKSPACE, table)["items"]
        if not files:
            return []
        paths = [file["path"].removeprefix("file://") for file in files]
        with duckdb.connect() as con:
            con.execute("SET TimeZone = 'UTC'")
            found = con.execute(f"SELECT {columns} FROM read_parquet({paths}, union_by_name = true) ORDER BY ALL")
            return [tuple(row.values()) for row in found.to_arrow_table().to_pylist()]

    def named(self, event: str) -> list[dict[str, Any]]:
        return [one for one in self.events if one["event"] == event]


def sync_in_folder(folder: str, script: dict[str, Any], request: dict[str, Any]) -> None:
    """One sync into the lake of a folder."""
    World(Path(folder)).run(script, **request)
