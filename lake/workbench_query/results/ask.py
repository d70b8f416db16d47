"""Kinds `rows` and `order`: statements that the app wrote, over results."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..failures import QueryFailure
from ..request import Request
from .json_cells import json_rows
from .result_database import one_select, result_database
from .spool import open_spool

MOST_CELLS = 2_000_000
MOST_BYTES = 64 * 1024 * 1024
BATCH_ROWS = 122_880


def rows(message: dict[str, Any], request: Request) -> dict[str, object]:
    """`{sources, sql, limits}` → `{rows}`, cells as JSON.

    Fails with `resource_exhausted` past two million cells or 64 MB.
    """
    sql = message["sql"]
    with result_database(message["sources"], sql, message.get("limits", {}), request) as database:
        reader = database.execute(one_select(database, sql)).to_arrow_reader(BATCH_ROWS)
        batches, cells, size = [], 0, 0
        for batch in reader:
            cells += batch.num_rows * max(1, batch.num_columns)
            size += batch.nbytes
            if cells > MOST_CELLS or size > MOST_BYTES:
                raise QueryFailure("resource_exhausted", "This answer is too large to be given at once.")
            batches.append(batch)
        return {"rows": json_rows(pa.Table.from_batches(batches, schema=reader.schema))}


def order(message: dict[str, Any], request: Request) -> dict[str, object]:
    """`{sources, sql, file, limits}` → `{rows, totalRows}`: keeps the row numbers of the first column, little-endian.

    The file, 8 bytes a number, is there wholly or not at all. `totalRows` are the rows of the result that the order
    chose from: more may have come since.
    """
    sql, file = message["sql"], Path(message["file"])
    handle, partial = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as output:
            total, count = _write_order(message, sql, output, request)
        os.replace(partial, file)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    return {"rows": count, "totalRows": total}


def _write_order(message: dict[str, Any], sql: str, output: Any, request: Request) -> tuple[int, int]:
    sources = message["sources"]
    count = 0
    with result_database(sources, sql, message.get("limits", {}), request) as database:
        total = sum(open_spool(folder).rows for folder in sources.values())
        for batch in database.execute(one_select(database, sql)).to_arrow_reader(BATCH_ROWS):
            request.check()
            numbers = batch.column(0).cast(pa.int64())
            start = numbers.offset * 8
            output.write(memoryview(numbers.buffers()[1])[start : start + len(numbers) * 8])
            count += len(numbers)
    return total, count
