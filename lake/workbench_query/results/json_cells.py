"""Arrow values as cells of an answer (domain/ports/rows.ts): text, numbers, booleans, null."""

from __future__ import annotations

import json
import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pyarrow as pa

Cell = str | int | float | bool | None


def json_rows(table: pa.Table) -> list[list[Cell]]:
    """Rows of a small table. Integers of 64 bits and decimals are text, as are NaN and infinities."""
    columns = [json_column(column) for column in table.columns]
    return [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in range(table.num_rows)]


def json_column(column: pa.ChunkedArray) -> list[Cell]:
    """The cells of one column."""
    kind = column.type
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        # Python's own times would need a data base of zones.
        naive = column.cast(pa.timestamp(kind.unit))
        return [None if text is None else f"{text}+00" for text in naive.cast(pa.string()).to_pylist()]
    if pa.types.is_timestamp(kind) or pa.types.is_int64(kind) or pa.types.is_uint64(kind):
        return column.cast(pa.string()).to_pylist()
    return [_cell(value) for value in column.to_pylist()]


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, timedelta):
        return str(value)
    return json.dumps(value, default=str, ensure_ascii=False)
