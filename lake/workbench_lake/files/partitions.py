"""Partitioning: how it is written down, and to which partition a file belongs."""

from __future__ import annotations

import re
from uuid import UUID

import duckdb
from pyiceberg.partitioning import PartitionField, PartitionSpec, partition_record_value
from pyiceberg.schema import Schema
from pyiceberg.transforms import (
    DayTransform,
    HourTransform,
    IdentityTransform,
    MonthTransform,
    TruncateTransform,
    YearTransform,
)
from pyiceberg.typedef import Record
from pyiceberg.types import DoubleType, FloatType, NestedField, PrimitiveType, StringType, UUIDType

from ..failures import invalid
from ..trino_types import quoted
from ..warehouse.duckdb_engine import duckdb_glob, first_row, text_literal

_CALL = re.compile(r"^\s*(year|month|day|hour|truncate|identity)\s*\(\s*(.+?)\s*(?:,\s*(\d+)\s*)?\)\s*$", re.IGNORECASE)
_TRANSFORMS = {"year": YearTransform, "month": MonthTransform, "day": DayTransform, "hour": HourTransform}
_HINT = "Write a column, or one of year, month, day, hour or truncate of it, for example day(created_at)."


def parse_partitioning(entries: list[str], schema: Schema) -> PartitionSpec:
    """A partition spec from entries such as `country`, `day(created_at)` or `truncate(name, 3)`."""
    fields: list[PartitionField] = []
    for entry in entries:
        match = _CALL.match(entry)
        name, call, width = (match[2], match[1].lower(), match[3]) if match else (entry, "identity", None)
        name = name[1:-1].replace('""', '"') if name.startswith('"') and name.endswith('"') else name
        column = next((f for f in schema.fields if f.name == name), None)
        if column is None:
            raise invalid(f"There is no column {name!r} to partition by.", _HINT)
        transform = (
            TruncateTransform(int(width or 0))
            if call == "truncate"
            else IdentityTransform()
            if call == "identity"
            else _TRANSFORMS[call]()
        )
        wrong = isinstance(column.field_type, (FloatType, DoubleType)) or not isinstance(
            column.field_type, PrimitiveType
        )
        if wrong or (call == "truncate" and not width) or not transform.can_transform(column.field_type):
            raise invalid(f"{entry!r} cannot partition the column {name!r}.", _HINT)
        plain = re.sub(r"[^A-Za-z0-9_]", "_", name)
        suffix = "" if call == "identity" else "_trunc" if call == "truncate" else f"_{call}"
        label = f"p{len(fields)}_{plain}{suffix}"
        fields.append(PartitionField(column.field_id, 1000 + len(fields), transform, label))
    return PartitionSpec(*fields)


def partition_entries(spec: PartitionSpec, schema: Schema) -> list[str]:
    """The spec written down as `parse_partitioning` reads it."""
    entries = []
    for one in spec.fields:
        name = schema.find_column_name(one.source_id) or f"#{one.source_id}"
        if isinstance(one.transform, IdentityTransform):
            entries.append(name)
        elif isinstance(one.transform, TruncateTransform):
            entries.append(f"truncate({name}, {one.transform.width})")
        else:
            entries.append(f"{one.transform}({name})")
    return entries


def grouping_sql(spec: PartitionSpec, schema: Schema) -> list[str]:
    """One expression per partition field; rows with equal values belong to one partition."""
    expressions = []
    for one in spec.fields:
        column = schema.find_field(one.source_id)
        sql, transform = quoted(column.name), one.transform
        if isinstance(transform, IdentityTransform):
            expressions.append(sql)
        elif isinstance(transform, TruncateTransform):
            width = transform.width
            text = isinstance(column.field_type, StringType)
            expressions.append(
                f"left({sql}, {width})" if text else f"{sql} - ((({sql} % {width}) + {width}) % {width})"
            )
        else:
            expressions.append(f"date_trunc('{transform}', {sql})")
    return expressions


def partition_of_file(
    connection: duckdb.DuckDBPyConnection, location: str, spec: PartitionSpec, schema: Schema
) -> Record:
    """The partition of a file of which every row is known to lie in one partition."""
    if not spec.fields:
        return Record()
    columns = [schema.find_field(one.source_id) for one in spec.fields]
    names = ", ".join(quoted(column.name) for column in columns)
    path = text_literal(duckdb_glob(location))
    row = first_row(connection.execute(f"SELECT {names} FROM read_parquet({path}, hive_partitioning = false) LIMIT 1"))
    if row is None:
        raise invalid("A file without rows has no partition.")
    values = zip(spec.fields, columns, row, strict=True)
    return Record(*(_partition_value(one, column, value, schema) for one, column, value in values))


def _partition_value(one: PartitionField, column: NestedField, value: object, schema: Schema) -> object:
    if isinstance(column.field_type, UUIDType) and isinstance(value, str):
        value = UUID(value)
    stored = partition_record_value(one, value, schema)
    return one.transform.transform(column.field_type)(stored)
