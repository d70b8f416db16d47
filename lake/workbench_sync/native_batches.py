from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .mapping import EXTRACTED_AT
from .native_columns import NativePlan
from .stream_request import StreamRequest

TIMESTAMPTZ = pa.timestamp("us", tz="UTC")
FIELD_ID = b"PARQUET:field_id"


class NativeBatches:
    """Turns batches of the source into those of the files: refused rows out, the lake's names, its field ids."""

    def __init__(self, columns: NativePlan, request: StreamRequest, field_ids: dict[str, Any]) -> None:
        self._columns, self._request, self._field_ids = columns, request, field_ids
        self._extracted_at = pa.scalar(datetime.now(UTC), TIMESTAMPTZ)
        self._refused = [name for name in columns.read if name not in columns.landed]
        self.refuses = bool(self._refused)
        self._schema: pa.Schema | None = None
        self._lock = threading.Lock()
        self._rejected = 0
        self._quarantined: list[dict[str, Any]] = []

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if self._refused:
            batch = self._without_refused(batch)
        with self._lock:
            if self._schema is None:
                self._schema = self._schema_of(batch.schema)
            schema = self._schema
        rest = [name for name in batch.schema.names if name in self._columns.landed or name not in self._columns.types]
        arrays = [batch.column(name) for name in rest] + [pa.repeat(self._extracted_at, batch.num_rows)]
        arrays = [
            array if array.type == field.type and not pa.types.is_nested(array.type) else array.cast(field.type)
            for array, field in zip(arrays, schema, strict=True)
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=schema)

    def take(self) -> tuple[int, list[dict[str, Any]]]:
        """Rows left out since the last call, and those of them that are kept in quarantine."""
        with self._lock:
            found = self._rejected, self._quarantined
            self._rejected, self._quarantined = 0, []
            return found

    def _schema_of(self, given: pa.Schema) -> pa.Schema:
        fields = []
        for field in given:
            if field.name in self._columns.landed:
                fields.append(self._with_id(self._columns.landed[field.name], field.type))
            elif field.name not in self._columns.types:
                fields.append(pa.field(field.name, field.type))
        return pa.schema([*fields, self._with_id(EXTRACTED_AT, TIMESTAMPTZ)])

    def _with_id(self, name: str, kind: pa.DataType) -> pa.Field:
        found = self._field_ids.get(name)
        if isinstance(found, dict) and pa.types.is_list(kind):
            element = found.get("element")
            if isinstance(element, int):
                kind = pa.list_(pa.field("element", kind.value_type, metadata={FIELD_ID: str(element)}))
            found = found.get("__duckdb_field_id")
        return pa.field(name, kind, metadata={FIELD_ID: str(found)} if isinstance(found, int) else None)

    def _without_refused(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        has_value = pc.is_valid(batch.column(self._refused[0]))
        for name in self._refused[1:]:
            has_value = pc.or_(has_value, pc.is_valid(batch.column(name)))
        count = pc.sum(has_value).as_py() or 0
        if count == 0:
            return batch
        with self._lock:
            self._rejected += count
            if self._request.policy == "quarantine":
                self._quarantined += [self._record(row) for row in batch.filter(has_value).to_pylist()]
        return batch.filter(pc.invert(has_value))

    def _record(self, row: dict[str, Any]) -> dict[str, Any]:
        names = ", ".join(name for name in self._refused if row[name] is not None)
        return {
            "_record": json.dumps(row, ensure_ascii=False, default=str),
            "_reason": f"The table has no column that takes {names}.",
            "_stream": self._request.name,
            "_sync_id": self._request.sync_id,
            EXTRACTED_AT: int(self._extracted_at.cast(pa.int64()).as_py()),
        }
