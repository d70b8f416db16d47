"""Choices between values. Functions of Trino, written for DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from ..written import PLUS, Piece, refuse
from .arguments import ORDERED, Rule, counted

if TYPE_CHECKING:
    from ..scopes import Scope
    from ..to_duckdb import ToDuckDB


def _coalesce(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    if len(nodes) < 2:
        refuse(node, "coalesce takes two values or more.")
    of, pieces = writer.together(writer.many(nodes, scope), node)
    return Piece(
        f"coalesce({', '.join(it.text for it in pieces)})",
        of,
        nan=any(it.nan for it in pieces),
        loose=of.kind == "decimal",
    )


def _nullif(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "nullif", 2, 2)
    a, b = writer.many(nodes, scope)
    equal = writer.compared("=", a, b, node)
    if a.type == b.type and not (a.nan and b.nan):
        return Piece(f"nullif({a.text}, {b.text})", a.type, nan=a.nan, loose=a.loose)
    return Piece(f"CASE WHEN {equal.text} THEN NULL ELSE {a.text} END", a.type, nan=a.nan, loose=a.loose)


def _extreme(name: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        of, pieces = writer.together(writer.many(nodes, scope), node)
        if any(it.nan for it in pieces) or not nodes or of.kind not in (*ORDERED, "double", "real"):
            refuse(node, f"{name} of {of} is not translated.", "Write it as CASE.")
        tests = " OR ".join(f"{it.at(PLUS)} IS NULL" for it in pieces if it.literal is None)
        text = f"{name}({', '.join(it.text for it in pieces)})"
        if tests:
            # DuckDB leaves NULLs out, Trino answers NULL.
            text = f"CASE WHEN {tests} THEN NULL ELSE {text} END"
        return Piece(text, of, loose=of.kind == "decimal")

    return write


CONDITIONS: dict[str, Rule] = {
    "coalesce": _coalesce,
    "nullif": _nullif,
    "greatest": _extreme("greatest"),
    "least": _extreme("least"),
}
