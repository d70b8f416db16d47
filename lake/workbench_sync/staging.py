"""What a source staged for the table, and what it staged beside it."""

from __future__ import annotations

import collections
import hashlib
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .mapping import EXTRACTED_AT

QUARANTINE_SCHEMA = pa.schema(
    [
        pa.field("_quarantine_id", pa.string()),
        pa.field("_record", pa.string()),
        pa.field("_reason", pa.string()),
        pa.field("_stream", pa.string()),
        pa.field("_sync_id", pa.string()),
        pa.field(EXTRACTED_AT, pa.timestamp("us", tz="UTC")),
    ]
)


@dataclass
class Staged:
    """What one chunk became. `rows` and `bytes` are those read; `files` hold the rows that go to the table."""

    files: list[str] = field(default_factory=list)
    rows: int = 0
    bytes: int = 0
    landed_rows: int = 0
    rejected_rows: int = 0
    quarantined: list[dict[str, Any]] = field(default_factory=list)


def identify(rows: list[dict[str, Any]], origin: str) -> None:
    """Gives each quarantined row of a batch its id: equal for equal rows of a batch of the same origin."""
    seen: collections.Counter[str] = collections.Counter()
    for row in rows:
        digest = hashlib.sha256(row["_record"].encode()).hexdigest()
        seen[digest] += 1
        row["_quarantine_id"] = hashlib.sha256(f"{origin}/{digest}/{seen[digest]}".encode()).hexdigest()


def write_quarantine(rows: list[dict[str, Any]], target: str) -> str:
    """Quarantined rows as a Parquet file of QUARANTINE_SCHEMA."""
    pq.write_table(pa.Table.from_pylist(rows, QUARANTINE_SCHEMA), target, compression="zstd")
    return target
