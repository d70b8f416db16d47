"""SQL that reads Parquet files of any age as rows of the table's present schema."""

from __future__ import annotations

from collections.abc import Iterable

from pyiceberg.schema import Schema
from pyiceberg.types import BinaryType, IcebergType, ListType, MapType, NestedField, StringType, StructType

from ..trino_types import duckdb_type, quoted
from ..warehouse.duckdb_engine import duckdb_glob, text_literal
from .parquet_files import FileColumn, ParquetFile, nested_fields

FILE_COLUMN = "__lake_file"
ROW_COLUMN = "__lake_row"


def rows_sql(
    files: Iterable[ParquetFile],
    fields: Iterable[NestedField],
    by_field_id: bool,
    numbered: bool = False,
    hidden: Iterable[str] = (),
) -> str:
    """A SELECT of the given fields from the files, in the fields' order, each under its name and of its type.

    `by_field_id` finds columns as Iceberg does (data files of the table), otherwise by name (staged files). Absent
    columns are NULL. `hidden` are further columns of the files, taken by name as they are. `numbered` adds the path
    of the file (FILE_COLUMN) and the row's number in it (ROW_COLUMN).
    """
    wanted = list(fields)
    groups: dict[tuple[FileColumn, ...], list[ParquetFile]] = {}
    for file in files:
        groups.setdefault(file.columns, []).append(file)
    if not groups:
        nulls = [f"CAST(NULL AS {duckdb_type(f.field_type)}) AS {quoted(f.name)}" for f in wanted]
        nulls += [f"NULL AS {quoted(name)}" for name in hidden]
        if numbered:
            nulls += [f"'' AS {FILE_COLUMN}", f"0::BIGINT AS {ROW_COLUMN}"]
        return f"SELECT {', '.join(nulls)} WHERE false"
    selects = []
    for columns, members in groups.items():
        parts = []
        for wanted_field in wanted:
            found = _find(columns, wanted_field, by_field_id)
            kind = wanted_field.field_type
            value = (
                _value(found, kind, quoted(found.name), by_field_id) if found else f"CAST(NULL AS {duckdb_type(kind)})"
            )
            parts.append(f"{value} AS {quoted(wanted_field.name)}")
        present = {column.name for column in columns}
        parts += [f"{quoted(name) if name in present else 'NULL'} AS {quoted(name)}" for name in hidden]
        options = "hive_partitioning = false, union_by_name = false"
        if numbered:
            parts += [FILE_COLUMN, f"file_row_number AS {ROW_COLUMN}"]
            options += f", filename = '{FILE_COLUMN}', file_row_number = true"
        paths = ", ".join(text_literal(duckdb_glob(member.location)) for member in members)
        selects.append(f"SELECT {', '.join(parts) or '1'} FROM read_parquet([{paths}], {options})")
    return " UNION ALL ".join(selects)


def field_ids_sql(schema: Schema) -> str:
    """The value of DuckDB's FIELD_IDS for a schema, nested parts included."""
    return _ids(tuple(schema.fields))


def field_ids_tree(schema: Schema) -> dict[str, object]:
    """The field ids of a schema by name: a number, or for a nested column what DuckDB's FIELD_IDS takes."""

    def tree(fields: tuple[NestedField, ...]) -> dict[str, object]:
        found: dict[str, object] = {}
        for one in fields:
            parts = nested_fields(one.field_type)
            found[one.name] = {"__duckdb_field_id": one.field_id, **tree(parts)} if parts else one.field_id
        return found

    return tree(tuple(schema.fields))


def _ids(fields: tuple[NestedField, ...]) -> str:
    parts = []
    for one in fields:
        nested = nested_fields(one.field_type)
        if nested:
            parts.append(f"{quoted(one.name)}: {{__duckdb_field_id: {one.field_id}, {_ids(nested)[1:]}")
        else:
            parts.append(f"{quoted(one.name)}: {one.field_id}")
    return "{" + ", ".join(parts) + "}"


def _find(columns: Iterable[FileColumn], wanted: NestedField, by_field_id: bool) -> FileColumn | None:
    for column in columns:
        if (column.field_id == wanted.field_id) if by_field_id else (column.name == wanted.name):
            return column
    return None


def _same_shape(column: FileColumn, kind: IcebergType, by_field_id: bool) -> bool:
    """Whether a plain cast keeps every part of a column: no part was added, dropped, renamed or moved."""
    fields = nested_fields(kind)
    if not fields or not column.children:
        return not fields and not column.children
    if isinstance(kind, StructType) and [c.name for c in column.children] != [f.name for f in fields]:
        return False
    if by_field_id and [c.field_id for c in column.children] != [f.field_id for f in fields]:
        return False
    return all(
        _same_shape(child, part.field_type, by_field_id) for child, part in zip(column.children, fields, strict=True)
    )


def _value(column: FileColumn, kind: IcebergType, sql: str, by_field_id: bool, depth: int = 0) -> str:
    if isinstance(kind, StringType) and column.children:
        return f"CAST(to_json({sql}) AS VARCHAR)"
    if isinstance(kind, BinaryType) and column.logical in ("STRING", "JSON"):
        return f"encode(CAST({sql} AS VARCHAR))"
    if not nested_fields(kind) or not column.children or _same_shape(column, kind, by_field_id):
        return f"CAST({sql} AS {duckdb_type(kind)})"
    name = f"x{depth}"
    if isinstance(kind, StructType):
        parts = []
        for part in kind.fields:
            child = _find(column.children, part, by_field_id)
            inner = (
                _value(child, part.field_type, f"struct_extract({sql}, {text_literal(child.name)})", by_field_id, depth)
                if child
                else f"CAST(NULL AS {duckdb_type(part.field_type)})"
            )
            parts.append(f"{quoted(part.name)} := {inner}")
        return f"CASE WHEN {sql} IS NULL THEN NULL ELSE struct_pack({', '.join(parts)}) END"
    if isinstance(kind, ListType):
        inner = _value(column.children[0], kind.element_type, name, by_field_id, depth + 1)
        return f"list_transform({sql}, lambda {name}: {inner})"
    if isinstance(kind, MapType):
        key = _value(column.children[0], kind.key_type, f"{name}.key", by_field_id, depth + 1)
        value = _value(column.children[1], kind.value_type, f"{name}.value", by_field_id, depth + 1)
        entry = f"struct_pack(key := {key}, value := {value})"
        return f"map_from_entries(list_transform(map_entries({sql}), lambda {name}: {entry}))"
    return f"CAST({sql} AS {duckdb_type(kind)})"
