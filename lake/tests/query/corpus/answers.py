"""Answers of two engines, side by side."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any

import duckdb


def duckdb_rows(connection: duckdb.DuckDBPyConnection, sql: str, types: list[str] | None = None) -> list[list[Any]]:
    """Rows as Trino's interface writes them: numbers as numbers, times and bytes as text."""
    relation = connection.sql(sql)
    if relation is None:
        return []
    names = [f"c{index}" for index in range(len(relation.columns))]
    kinds = [str(it) for it in relation.types]
    casts = [
        _spelt(name, of, (types or [])[i] if types and i < len(types) else "")
        for i, (name, of) in enumerate(zip(names, kinds, strict=True))
    ]
    connection.execute(f"SELECT {', '.join(casts)} FROM ({sql}\n) AS answer_({', '.join(names)})")
    return [[_plain(it) for it in row] for row in connection.fetchall()]


def _spelt(name: str, of: str, wanted: str) -> str:
    if of == "TIMESTAMP WITH TIME ZONE":
        return f"strftime(make_timestamp(epoch_us({name})), '%Y-%m-%d %H:%M:%S.%f')"
    if of == "TIMESTAMP":
        return f"strftime({name}, '%Y-%m-%d %H:%M:%S.%f')"
    if of == "DATE":
        return f"CAST({name} AS VARCHAR)"
    if of == "UUID":
        return f"CAST({name} AS VARCHAR)"
    if of == "DATE[]":
        return f"CAST({name} AS VARCHAR[])"
    if of == "BLOB":
        return f"hex({name})"
    return name


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(it) for it in value]
    if isinstance(value, dict):
        if set(value) == {"key", "value"} and isinstance(value["key"], list):
            return dict(zip(value["key"], value["value"], strict=True))
        return {str(key): _plain(it) for key, it in value.items()}
    return value


def settled(value: Any, of: str) -> Any:
    """A value as it is compared: doubles as floats, other numbers exact, times without trailing zeros."""
    if value is None:
        return None
    if of == "double":
        return float(str(value).replace("Infinity", "inf"))
    if of == "real":
        return float(f"{float(str(value).replace('Infinity', 'inf')):.6g}")
    if of.startswith("decimal"):
        return str(Decimal(str(value)) + 0)
    if of.startswith("timestamp"):
        text = str(value).replace(" UTC", "")
        return re.sub(r"[.]?0*$", "", text) if "." in text else text
    if of.startswith("array("):
        return [settled(it, of[6:-1]) for it in value]
    if of.startswith("row("):
        parts = value.values() if isinstance(value, dict) else value
        return [settled(it, _field_type(field)) for it, field in zip(parts, _fields(of[4:-1]), strict=True)]
    if of.startswith("map("):
        _, inner = _fields(of[4:-1])
        return {str(key): settled(it, inner) for key, it in value.items()}
    if of == "varbinary":
        return str(value)
    if of in ("bigint", "integer", "smallint", "tinyint"):
        return int(value)
    return value


def _fields(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [*parts, text[start:].strip()]


def _field_type(field: str) -> str:
    match = re.match(r'^(?:"[^"]*"|\w+) (.+)$', field)
    return match[1] if match and not field.startswith("timestamp") else field


def _key(row: list[Any]) -> str:
    return repr([f"{it:.6g}" if isinstance(it, float) else it for it in row])


def difference(expected: list[list[Any]], found: list[list[Any]], types: list[str], is_ordered: bool) -> str | None:
    """What tells two answers apart, in words; None where nothing does. Without an order rows are a multiset."""
    a = [[settled(it, of) for it, of in zip(row, types, strict=True)] for row in expected]
    b = [[settled(it, of) for it, of in zip(row, types, strict=True)] for row in found]
    if len(a) != len(b):
        return f"{len(a)} rows expected, {len(b)} found"
    if not is_ordered:
        a, b = sorted(a, key=_key), sorted(b, key=_key)
    for number, (x, y) in enumerate(zip(a, b, strict=True)):
        for column, (p, q) in enumerate(zip(x, y, strict=True)):
            if not _equal(p, q):
                return f"row {number}, column {column}: {p!r} expected, {q!r} found"
    return None


def _equal(a: Any, b: Any) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return a == b or (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(_equal(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_equal(a[key], b[key]) for key in a)
    return type(a) is type(b) and a == b
