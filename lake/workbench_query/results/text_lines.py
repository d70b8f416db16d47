"""How a row of columns c0, c1, … becomes a line of text: expressions of DuckDB's SQL."""

from __future__ import annotations

import pyarrow as pa


def unique_names(names: list[str]) -> list[str]:
    """The names, those that came before with a number behind them: `a`, `a_2`, `a_3`."""
    taken = set(names)
    seen: set[str] = set()
    unique = []
    for name in names:
        shown, number = name, 2
        while shown in seen or (shown != name and shown in taken):
            shown = f"{name}_{number}"
            number += 1
        seen.add(shown)
        unique.append(shown)
    return unique


def csv_header(names: list[str]) -> bytes:
    """The first line of a CSV file, with its end."""
    return (",".join(_csv_cell(name) for name in names) + "\r\n").encode()


def _csv_cell(text: str) -> str:
    needs_quotes = text == "" or any(mark in text for mark in '",\r\n')
    return '"' + text.replace('"', '""') + '"' if needs_quotes else text


def csv_line(schema: pa.Schema) -> str:
    """A line of RFC 4180 with its end. NULL is nothing, an empty text is `""`; lists, maps and rows are JSON."""
    cells = [_csv_expression(f"c{place}", field.type) for place, field in enumerate(schema)]
    return "concat(" + ", ',', ".join([*cells]) + ", chr(13) || chr(10))" if cells else "chr(13) || chr(10)"


def _csv_expression(column: str, kind: pa.DataType) -> str:
    if pa.types.is_nested(kind):
        text = f"CAST(to_json({column}) AS VARCHAR)"
    elif _is_text(kind) or not _is_plain(kind):
        text = f"CAST({column} AS VARCHAR)"
    else:
        return f"CAST({column} AS VARCHAR)"
    quoted = f"concat('\"', replace({text}, '\"', '\"\"'), '\"')"
    # concat leaves NULL out.
    return (
        f"CASE WHEN {column} IS NULL THEN NULL WHEN {text} = '' OR regexp_matches({text}, '[\",\\r\\n]') "
        f"THEN {quoted} ELSE {text} END"
    )


def json_line(schema: pa.Schema, names: list[str]) -> str:
    """A line of newline-delimited JSON. Bigints, decimals, NaN and infinities are text, as are times."""
    pairs = [
        f"{_text(name)}, {_json_expression(f'c{place}', field.type)}"
        for place, (name, field) in enumerate(zip(unique_names(names), schema, strict=True))
    ]
    return f"CAST(json_object({', '.join(pairs)}) AS VARCHAR) || chr(10)"


def _json_expression(column: str, kind: pa.DataType) -> str:
    if pa.types.is_floating(kind):
        return f"CASE WHEN isfinite({column}) THEN to_json({column}) ELSE to_json(CAST({column} AS VARCHAR)) END"
    if pa.types.is_nested(kind) or pa.types.is_boolean(kind) or _is_small_integer(kind):
        return f"to_json({column})"
    return f"CAST({column} AS VARCHAR)"


def _is_small_integer(kind: pa.DataType) -> bool:
    return pa.types.is_integer(kind) and kind.bit_width < 64


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def _is_plain(kind: pa.DataType) -> bool:
    """Types whose text holds no comma, quote or line."""
    return (
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_temporal(kind)
    )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
