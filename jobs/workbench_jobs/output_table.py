from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .files import written_file


def write_output_table(path: str, table: pa.Table) -> dict[str, Any]:
    """Writes the table as Parquet, wholly or not at all, and returns what the result file says of it."""
    with written_file(path) as draft:
        pq.write_table(table, draft, compression="zstd")
        size = draft.stat().st_size
    return {
        "row_count": table.num_rows,
        "bytes": size,
        "columns": [{"name": field.name, "type": sql_type(field.type)} for field in table.schema],
    }


def sql_type(kind: pa.DataType) -> str:
    """The SQL name of a column type; types outside the list keep Arrow's name."""
    names = {
        pa.string(): "VARCHAR",
        pa.large_string(): "VARCHAR",
        pa.float64(): "DOUBLE",
        pa.float32(): "FLOAT",
        pa.int64(): "BIGINT",
        pa.int32(): "INTEGER",
        pa.bool_(): "BOOLEAN",
        pa.date32(): "DATE",
    }
    return names.get(kind, str(kind))
