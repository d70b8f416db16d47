"""The same table through PyIceberg, DuckDB and Trino, as rows that can be compared."""

from __future__ import annotations

import base64
import json
import math
import struct
import urllib.request
from collections.abc import Callable
from typing import Any
from uuid import UUID

import duckdb
from pyiceberg.schema import Schema
from pyiceberg.table import Table
from pyiceberg.types import (
    BinaryType,
    DateType,
    DecimalType,
    DoubleType,
    FixedType,
    FloatType,
    IcebergType,
    IntegerType,
    ListType,
    LongType,
    MapType,
    StructType,
    TimestampType,
    TimestamptzType,
    TimeType,
    UUIDType,
)

from workbench_lake.warehouse.duckdb_engine import load_extension

Row = tuple[Any, ...]
Prepare = Callable[[duckdb.DuckDBPyConnection], object]


class Trino:
    """Statements over Trino's REST protocol."""

    HEADERS = {
        "X-Trino-User": "proof",
        "X-Trino-Time-Zone": "UTC",
        "X-Trino-Client-Capabilities": "PARAMETRIC_DATETIME",
    }

    def __init__(self, url: str) -> None:
        self._url = url

    def run(self, statement: str) -> list[list[Any]]:
        """The rows as Trino's JSON has them. Raises RuntimeError with Trino's words."""
        answer = self._send(f"{self._url}/v1/statement", statement.encode())
        rows: list[list[Any]] = []
        while True:
            if "error" in answer:
                raise RuntimeError(f"{answer['error']['message']}\n{statement}")
            rows += answer.get("data") or []
            if "nextUri" not in answer:
                return rows
            answer = self._send(answer["nextUri"])

    def _send(self, url: str, body: bytes | None = None) -> dict[str, Any]:
        request = urllib.request.Request(url, data=body, headers=self.HEADERS)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)


def by_pyiceberg(table: Table, snapshot_id: int | None = None) -> list[Row]:
    """The rows of a snapshot, by default of the table's head."""
    found = table.scan(snapshot_id=snapshot_id).to_arrow()
    return _rows(zip(*(column.to_pylist() for column in found.columns), strict=True), schema_at(table, snapshot_id))


def by_duckdb(table: Table, snapshot_id: int | None = None, prepare: Prepare = lambda connection: None) -> list[Row]:
    """The rows as `iceberg_scan` reads them; `prepare` may give the connection what it needs to reach the files."""
    if table.metadata.current_snapshot() is None:
        return []
    with duckdb.connect() as connection:
        for extension in ("avro", "iceberg"):
            load_extension(connection, extension)
        prepare(connection)
        connection.execute("SET TimeZone = 'UTC'")
        at = f", snapshot_from_id = {snapshot_id}::UBIGINT" if snapshot_id is not None else ""
        found = connection.execute(f"FROM iceberg_scan('{table.metadata_location}'{at})").to_arrow_table()
    return _rows(zip(*(column.to_pylist() for column in found.columns), strict=True), schema_at(table, snapshot_id))


def by_trino(trino: Trino, name: str, table: Table, version: int | str | None = None) -> list[Row]:
    """The rows as Trino reads them; `version` is a snapshot or the name of a branch."""
    at = "" if version is None else f" FOR VERSION AS OF {version if isinstance(version, int) else repr(version)}"
    schema = schema_at(table, version if isinstance(version, int) else None)
    kinds = [field.field_type for field in schema.fields]
    rows = trino.run(f"SELECT * FROM {name}{at}")
    return sorted(
        (tuple(_of_json(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in rows), key=repr
    )


def schema_at(table: Table, snapshot_id: int | None) -> Schema:
    """The columns that a reader of this snapshot sees."""
    return table.schema() if snapshot_id is None else table.scan(snapshot_id=snapshot_id).projection()


def _rows(values: Any, schema: Schema) -> list[Row]:
    kinds = [field.field_type for field in schema.fields]
    return sorted(
        (tuple(_of_python(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in values), key=repr
    )


def _of_python(value: Any, kind: IcebergType) -> Any:
    """A value of Arrow in the form in which values are compared."""
    if value is None:
        return None
    if isinstance(kind, (FloatType, DoubleType)):
        return _number(value, kind)
    if isinstance(kind, ListType):
        return tuple(_of_python(one, kind.element_type) for one in value)
    if isinstance(kind, StructType):
        return tuple(_of_python(one, field.field_type) for one, field in zip(value.values(), kind.fields, strict=True))
    if isinstance(kind, MapType):
        pairs = value.items() if isinstance(value, dict) else value
        return _pairs((_of_python(k, kind.key_type), _of_python(v, kind.value_type)) for k, v in pairs)
    if isinstance(kind, UUIDType):
        return str(UUID(bytes=value) if isinstance(value, bytes) else value)
    if isinstance(kind, (BinaryType, FixedType)):
        return bytes(value)
    if isinstance(kind, TimestampType):
        return value.isoformat(sep=" ", timespec="microseconds")
    if isinstance(kind, TimestamptzType):
        assert value.utcoffset().total_seconds() == 0
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds") + " UTC"
    if isinstance(kind, TimeType):
        return value.isoformat(timespec="microseconds")
    if isinstance(kind, DateType):
        return value.isoformat()
    if isinstance(kind, DecimalType):
        return f"{value:f}"
    return value if isinstance(value, (bool, int)) else str(value)


def _of_json(value: Any, kind: IcebergType) -> Any:
    """A value of Trino's JSON in the same form."""
    if value is None:
        return None
    if isinstance(kind, (FloatType, DoubleType)):
        return _number(float(value), kind)
    if isinstance(kind, (IntegerType, LongType)):
        return int(value)
    if isinstance(kind, ListType):
        return tuple(_of_json(one, kind.element_type) for one in value)
    if isinstance(kind, StructType):
        return tuple(_of_json(one, field.field_type) for one, field in zip(value, kind.fields, strict=True))
    if isinstance(kind, MapType):
        return _pairs((_of_json(k, kind.key_type), _of_json(v, kind.value_type)) for k, v in value.items())
    if isinstance(kind, (BinaryType, FixedType)):
        return base64.b64decode(value)
    return value


def _number(value: float, kind: IcebergType) -> float | str:
    if math.isnan(value):
        return "NaN"
    return struct.unpack("f", struct.pack("f", value))[0] if isinstance(kind, FloatType) else value


def _pairs(pairs: Any) -> tuple[tuple[Any, Any], ...]:
    return tuple(sorted(pairs, key=repr))
