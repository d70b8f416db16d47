"""How the columns of a result travel as Arrow: exactly, and only in types that every Arrow reader of the app knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

# Types that Arrow, or its readers in the browser, cannot hold exactly: they travel as DuckDB's own text.
_AS_TEXT = {
    "uhugeint",
    "bignum",
    "time with time zone",
    "time_ns",
    "interval",
    "enum",
    "bit",
    "geometry",
    "variant",
    "union",
    "uuid",
    "aggregate_state",
    "type",
}
_LONGEST_TYPE = 500
_VALUES = re.compile(r"ENUM\((?:'(?:[^']|'')*'(?:, )?)+\)")
TYPE_KEY = b"benchwright.type"


def projection(types: Sequence[Any]) -> str | None:
    """What to select from the rows (`#1`, ...) so that Arrow holds them; None where they are right as they are."""
    carried = [carrier(kind) for kind in types]
    if all(it is None for it in carried):
        return None
    return ", ".join(
        f"#{index}" if it is None else f"CAST(#{index} AS {it})" for index, it in enumerate(carried, start=1)
    )


def carrier(kind: Any, is_nested: bool = False) -> str | None:
    """The DuckDB type that a type travels as; None where it travels as itself."""
    name = kind.id
    # Readers turn times within lists and structs into milliseconds.
    if name in _AS_TEXT or (is_nested and name == "timestamp_ns"):
        return "VARCHAR"
    if name in ("list", "array"):
        child = carrier(kind.children[0][1], True)
        if child is None:
            return None
        size = str(kind.children[1][1]) if name == "array" else ""
        return f"{child}[{size}]"
    if name == "struct":
        inner = [(field, carrier(child, True), child) for field, child in kind.children]
        if all(it is None for _, it, _ in inner):
            return None
        return "STRUCT(" + ", ".join(f"{_quoted(field)} {it or child}" for field, it, child in inner) + ")"
    if name == "map":
        (_, key), (_, value) = kind.children
        inner_key, inner_value = carrier(key, True), carrier(value, True)
        if inner_key is None and inner_value is None:
            return None
        return f"MAP({inner_key or key}, {inner_value or value})"
    return None


def result_schema(given: pa.Schema, columns: Sequence[tuple[str, Any]]) -> pa.Schema:
    """The schema of a result: the names as they are, even twice; `benchwright.type` is a column's type in DuckDB."""
    return pa.schema(
        [
            pa.field(name, _plain(field.type), metadata={TYPE_KEY: type_name(kind).encode()})
            for field, (name, kind) in zip(given, columns, strict=True)
        ]
    )


def with_schema(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The batch under that schema, whose types differ from its own at most by their wrapping."""
    arrays = [
        array if array.type == field.type else (array.storage if isinstance(array, pa.ExtensionArray) else array)
        for array, field in zip(batch.columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def type_name(kind: Any) -> str:
    """A type as DuckDB spells it; the values of a long enumeration are left out."""
    words = str(kind)
    return words if len(words) <= _LONGEST_TYPE else _VALUES.sub("ENUM", words)


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
