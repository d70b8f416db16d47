"""Pieces of the SQL by which records become files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..column_types import quoted
from ..mapping import EXTRACTED_AT


def extracted_at(milliseconds: str) -> str:
    return f"make_timestamptz({milliseconds} * 1000) AS {quoted(EXTRACTED_AT)}"


def ids_of(tree: dict[str, Any]) -> str:
    """A tree of field ids as DuckDB's COPY takes it."""
    parts = []
    for name, value in tree.items():
        key = name if name == "__duckdb_field_id" else quoted(name)
        parts.append(f"{key}: {ids_of(value) if isinstance(value, dict) else value}")
    return "{" + ", ".join(parts) + "}"


def row_type(fields: dict[str, str]) -> str:
    return "STRUCT(" + ", ".join(f"{quoted(name)} {kind}" for name, kind in fields.items()) + ")"


def struct_of(keys: Sequence[str], columns: dict[str, Any]) -> str:
    """The type of data with these keys, in which columns with rows in them stay JSON."""
    kinds = ((key, columns[key].stored) for key in keys)
    return (
        "STRUCT(" + ", ".join(f"{quoted(key)} {'JSON' if kind.holds_rows else kind.wire}" for key, kind in kinds) + ")"
    )


def numbers(kinds: Sequence[str]) -> bool:
    return set(kinds) <= {"BIGINT", "UBIGINT", "DOUBLE"}
