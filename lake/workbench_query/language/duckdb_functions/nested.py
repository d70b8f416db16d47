"""Maps, rows and JSON. Functions of Trino, written for DuckDB."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from ..sql_types import (
    VARCHAR,
    SqlType,
    array,
)
from ..written import Piece, refuse
from .arguments import SIMPLE_ELEMENTS, Rule, array_of, coerced, counted

if TYPE_CHECKING:
    from ..scopes import Scope
    from ..to_duckdb import ToDuckDB


def _map(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "map", 2, 2)
    keys, values = (array_of(writer, it, scope, "map") for it in nodes)
    if keys.type.args[0].kind not in SIMPLE_ELEMENTS:
        refuse(node, f"A map with keys of {keys.type.args[0]} is not translated.")
    return Piece(
        f"map({keys.text}, {values.text})", SqlType("map", (keys.type.args[0], values.type.args[0])), loose=values.loose
    )


def _map_part(name: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        counted(nodes, node, name, 1, 1)
        piece = writer.expression(nodes[0], scope)
        if piece.type.kind != "map":
            refuse(node, f"{name} takes a map, not {piece.type}.")
        return Piece(f"{name}({piece.text})", array(piece.type.args[0 if name == "map_keys" else 1]), loose=piece.loose)

    return write


def _row(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    pieces = writer.many(nodes, scope)
    fields = [f"{f'v{index}'} := {it.text}" for index, it in enumerate(pieces)]
    return Piece(
        f"struct_pack({', '.join(fields)})",
        SqlType("row", tuple((None, it.type) for it in pieces)),
        loose=any(it.loose for it in pieces),
    )


def _json_scalar(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "json_extract_scalar", 2, 2)
    if writer.browser:
        refuse(node, "DuckDB in the browser has no JSON functions.", "Run it on the server.")
    text = writer.expression(nodes[0], scope)
    if text.type.kind != "json":
        [text] = coerced(writer, nodes[:1], ("varchar",), node, scope, "json_extract_scalar")
    [path] = coerced(writer, nodes[1:], ("varchar",), node, scope, "json_extract_scalar")
    if not isinstance(path.literal, str) or not re.fullmatch(r"\$([.][A-Za-z_][A-Za-z0-9_]*|\[\d+\])+", path.literal):
        refuse(
            node,
            "json_extract_scalar is translated with a path of names and numbers, written out.",
            "Write it as $.order.lines[0].",
        )
    t, p = text.text, path.text
    guard = f"WHEN {t} IS NULL OR NOT json_valid({t}) OR json_type({t}, {p}) IN ('OBJECT', 'ARRAY') THEN NULL"
    number = (
        f"WHEN json_type({t}, {p}) = 'DOUBLE' THEN error('json_extract_scalar of a fraction differs between engines')"
    )
    return Piece(f"CASE {guard} {number} ELSE json_extract_string({t}, {p}) END", VARCHAR)


NESTED: dict[str, Rule] = {
    "map": _map,
    "map_keys": _map_part("map_keys"),
    "map_values": _map_part("map_values"),
    "row": _row,
    "json_extract_scalar": _json_scalar,
}
