"""Windows of Trino, written for DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from .duckdb_times import interval_of
from .written import only, refuse

if TYPE_CHECKING:
    from .scopes import Scope
    from .to_duckdb import ToDuckDB


def window_text(writer: ToDuckDB, node: exp.Window, scope: Scope) -> str:
    """What stands in the brackets after OVER."""
    parts = []
    if node.args.get("partition_by"):
        parts.append("PARTITION BY " + ", ".join(it.text for it in writer.many(node.args["partition_by"], scope)))
    order = node.args.get("order")
    if order is not None:
        parts.append("ORDER BY " + ", ".join(writer.ordered(it, scope) for it in order.expressions))
    spec = node.args.get("spec")
    if spec is not None:
        only(spec, "kind", "start", "start_side", "end", "end_side", name="A window's frame")
        sides = [_bound(writer, spec, "start", scope), _bound(writer, spec, "end", scope) or "CURRENT ROW"]
        kind = spec.args["kind"].upper()
        if kind == "RANGE" and any(it[:1] != "U" and it[:1] != "C" for it in sides):
            _check_range(writer, node, order, scope)
        parts.append(f"{kind} BETWEEN {sides[0]} AND {sides[1]}")
    return " ".join(parts)


def _check_range(writer: ToDuckDB, node: exp.Window, order: exp.Order | None, scope: Scope) -> None:
    """A frame by value is the same for numbers without NaN."""
    key = (
        writer.expression(order.expressions[0].this, scope)
        if order is not None and len(order.expressions) == 1
        else None
    )
    if key is None or key.type.kind not in (
        "date",
        "timestamp",
        "integer",
        "bigint",
        "smallint",
        "tinyint",
        "decimal",
    ):
        refuse(node, "RANGE with a distance is translated over one integer, decimal, date or timestamp.")


def _bound(writer: ToDuckDB, spec: exp.WindowSpec, side: str, scope: Scope) -> str:
    value = spec.args.get(side)
    if value is None:
        return ""
    direction = (spec.args.get(f"{side}_side") or "").upper()
    if isinstance(value, str):
        return f"{value.upper()} {direction}".strip()
    if isinstance(value, exp.Interval):
        return f"{interval_of(writer, value, scope).text} {direction}"
    piece = writer.expression(value, scope)
    if piece.literal is None:
        refuse(value, "A window's frame is translated with a number for its distance.")
    return f"{piece.text} {direction}"
