from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from workbench_sync.native_source import Checkpoint, ReadPlan
from workbench_sync.postgres.settings import settings_of
from workbench_sync.postgres.stream import PostgresStream


def read_stream(
    config: dict[str, Any],
    stream: dict[str, Any],
    state: dict[str, Any] | None = None,
    checkpoint_rows: int = 1_000_000,
    **plan: Any,
) -> tuple[pa.Table, list[Checkpoint], list[str]]:
    """All rows of one read in the order of the checkpoints, the checkpoints, and the warnings."""
    opened = PostgresStream(settings_of(config), stream, state, checkpoint_rows)
    try:
        with tempfile.TemporaryDirectory() as folder:
            asked = ReadPlan(columns=tuple(opened.schema.names), stage=lambda number: Path(folder), **plan)
            checkpoints, tables = [], []
            for checkpoint in opened.read(asked):
                checkpoints.append(checkpoint)
                tables += [pq.read_table(file.path) for file in checkpoint.files]
            table = pa.concat_tables(tables) if tables else opened.schema.empty_table()
            return table, checkpoints, opened.warnings
    finally:
        opened.close()
