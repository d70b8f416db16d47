"""Arrays made of arrays. Functions of Trino, written for DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from ..duckdb_times import (
    interval_of,
)
from ..sql_types import (
    BIGINT,
    BOOLEAN,
    DATE,
    VARCHAR,
    array,
    is_integer,
)
from ..written import Piece, only, refusal, refuse
from .arguments import ORDERED, Rule, array_of, coerced, counted

if TYPE_CHECKING:
    from ..scopes import Scope
    from ..to_duckdb import ToDuckDB


def _array_extreme(name: str, duckdb: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        counted(nodes, node, name, 1, 1)
        of = array_of(writer, nodes[0], scope, name)
        if of.type.args[0].kind not in ORDERED:
            refuse(node, f"{name} of {of.type} is not translated.")
        a = of.text
        return Piece(
            f"CASE WHEN list_count({a}) < len({a}) THEN NULL ELSE {duckdb}({a}) END", of.type.args[0], loose=of.loose
        )

    return write


def _array_sort(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "array_sort", 1, 1)
    of = array_of(writer, nodes[0], scope, "array_sort")
    if of.type.args[0].kind not in (*ORDERED, "double"):
        refuse(node, f"array_sort of {of.type} is not translated.")
    return Piece(f"list_sort({of.text}, 'ASC', 'NULLS LAST')", of.type, loose=of.loose)


def _array_join(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "array_join", 2, 2)
    of = array_of(writer, nodes[0], scope, "array_join")
    (between,) = coerced(writer, nodes[1:], ("varchar",), node, scope, "array_join")
    if of.type.args[0].kind not in ("varchar", "integer", "bigint"):
        refuse(node, f"array_join of {of.type} is not translated.", "transform(…) its elements to text first.")
    text = f"array_to_string({of.text}, {between.text})"
    if writer.browser:
        # Its DuckDB makes NULL of a list without elements.
        text = f"coalesce({text}, CASE WHEN {of.text} IS NOT NULL THEN '' END)"
    return Piece(text, VARCHAR)


def _slice(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "slice", 3, 3)
    of = array_of(writer, nodes[0], scope, "slice")
    start, length = coerced(writer, nodes[1:], ("integer", "integer"), node, scope, "slice")
    if (
        not isinstance(start.literal, int)
        or start.literal < 1
        or not isinstance(length.literal, int)
        or length.literal < 1
    ):
        refuse(node, "slice is translated with a start from 1 and a length from 1, both written out.")
    return Piece(f"{of.atom}[{start.literal}:{start.literal + length.literal - 1}]", of.type, loose=of.loose)


def _sequence(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "sequence", 2, 3)
    first, last = writer.many(nodes[:2], scope)
    if is_integer(first.type) and is_integer(last.type):
        step = writer.expression(nodes[2], scope) if len(nodes) > 2 else None
        if step is not None and (not isinstance(step.literal, int) or step.literal == 0):
            refuse(node, "sequence is translated with a step that is written out.")
        if step is None and not (
            isinstance(first.literal, int) and isinstance(last.literal, int) and first.literal <= last.literal
        ):
            refuse(node, "sequence is translated with a step, or with an end above its start, both written out.")
        of = BIGINT
        parts = ", ".join(f"CAST({it.text} AS BIGINT)" for it in (first, last, *([step] if step else [])))
        return Piece(f"generate_series({parts})", array(of))
    if first.type.kind == last.type.kind == "date":
        if len(nodes) < 3 or not isinstance(nodes[2], exp.Interval):
            refuse(node, "sequence of dates is translated with a step.", "Add INTERVAL '1' DAY.")
        step_text = interval_of(writer, nodes[2], scope)
        if step_text.literal not in ("DAY", "MONTH", "YEAR"):
            refuse(node, "sequence of dates is translated with a step of days, months or years.")
        if step_text.literal != "DAY":
            refuse(
                node,
                "sequence by months is not translated: the ends of months differ.",
                "date_add('month', n, date) over a sequence of numbers.",
            )
        return Piece(f"CAST(generate_series({first.text}, {last.text}, {step_text.text}) AS DATE[])", array(DATE))
    raise refusal(node, f"sequence of {first.type} is not translated.")


def _lambda(
    writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope, name: str
) -> tuple[Piece, str, Piece]:
    counted(nodes, node, name, 2, 2)
    of = array_of(writer, nodes[0], scope, name)
    arrow = nodes[1]
    if not isinstance(arrow, exp.Lambda) or len(arrow.expressions) != 1:
        refuse(node, f"{name} takes a function of one argument: x -> …")
    only(arrow, "this", "expressions", "colon")
    variable = arrow.expressions[0].name
    element = of.type.args[0]
    spelt = f"{variable}_" if variable.lower() in ("lambda", "x") else variable
    piece = Piece(spelt, element, nan=element.kind in ("double", "real"), loose=of.loose)
    return of, spelt, writer.expression(arrow.this, scope.with_variables({variable.lower(): piece}))


def _transform(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    of, variable, body = _lambda(writer, nodes, node, scope, "transform")
    return Piece(f"list_transform({of.text}, lambda {variable}: {body.text})", array(body.type), loose=body.loose)


def _filter(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    of, variable, body = _lambda(writer, nodes, node, scope, "filter")
    if body.type != BOOLEAN:
        refuse(node, f"filter takes a condition, not {body.type}.")
    return Piece(f"list_filter({of.text}, lambda {variable}: {body.text})", of.type, loose=of.loose)


def _flatten(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "flatten", 1, 1)
    of = array_of(writer, nodes[0], scope, "flatten")
    if of.type.args[0].kind != "array":
        refuse(node, "flatten takes an array of arrays.")
    return Piece(f"flatten({of.text})", of.type.args[0], loose=of.loose)


ARRAYS: dict[str, Rule] = {
    "array_max": _array_extreme("array_max", "list_max"),
    "array_min": _array_extreme("array_min", "list_min"),
    "array_sort": _array_sort,
    "array_join": _array_join,
    "slice": _slice,
    "sequence": _sequence,
    "transform": _transform,
    "filter": _filter,
    "flatten": _flatten,
}
