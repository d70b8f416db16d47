"""Aggregates and window functions of Trino, written for DuckDB."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlglot import exp

from .duckdb_casts import cast_to
from .duckdb_numbers import average
from .sql_types import (
    BIGINT,
    BOOLEAN,
    DOUBLE,
    INTEGER,
    REAL,
    SqlType,
    array,
    common_type,
    decimal,
    is_integer,
    is_number,
)  # fmt: skip
from .written import Piece, only, refusal, refuse

if TYPE_CHECKING:
    from .scopes import Scope
    from .to_duckdb import ToDuckDB

Aggregate = Callable[["ToDuckDB", exp.Anonymous, "Scope", str, str], Piece]


class _Call:
    """One call of an aggregate: its arguments, and how it is written with its DISTINCT, ORDER BY, FILTER and OVER."""

    def __init__(
        self, writer: ToDuckDB, node: exp.Anonymous, scope: Scope, filtered: str, over: str, most: int = 1
    ) -> None:
        self.node = node
        self.name = node.name.lower()
        self.distinct = ""
        self.order = ""
        self._tail = filtered + over
        nodes = list(node.expressions)
        if len(nodes) == 1 and isinstance(nodes[0], exp.Distinct):
            only(nodes[0], "expressions")
            nodes = list(nodes[0].expressions)
            self.distinct = "DISTINCT "
        if nodes and isinstance(nodes[-1], exp.Order):
            order = nodes[-1]
            nodes[-1] = order.this
            self.order = " ORDER BY " + ", ".join(writer.ordered(it, scope) for it in order.expressions)
            if isinstance(nodes[-1], exp.Distinct):
                self.distinct = "DISTINCT "
                nodes = list(nodes[-1].expressions)
        if len(nodes) != most:
            refuse(node, f"{self.name} is translated with {most} argument{'s' if most > 1 else ''}.")
        if self.order and self.name != "array_agg":
            refuse(node, f"ORDER BY inside {self.name} is not translated.")
        self.args = writer.many(nodes, scope)
        for arg in self.args:
            if arg.zone is not None:
                refuse(node, f"{self.name} of a time AT TIME ZONE is not translated.", "Cast it to timestamp first.")

    def text(self, name: str, *args: str, filter_more: str = "") -> str:
        return f"{name}({self.distinct}{', '.join(args)}{self.order}){self._tail}"


def _count(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, filtered: str, over: str) -> Piece:
    if not node.expressions or (len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Star)):
        if node.expressions:
            only(node.expressions[0])
        return Piece(f"count(*){filtered}{over}", BIGINT)
    inner = node.expressions[0]
    if isinstance(inner, exp.Distinct) and len(inner.expressions) > 1:
        refuse(node, "count(DISTINCT …) of several columns is not translated.", "Count the rows of SELECT DISTINCT.")
    call = _Call(writer, node, scope, filtered, over)
    return Piece(call.text("count", call.args[0].text), BIGINT)


def _sum(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, filtered: str, over: str) -> Piece:
    call = _Call(writer, node, scope, filtered, over)
    (arg,) = call.args
    text = call.text("sum", arg.text)
    if is_integer(arg.type):
        return Piece(f"CAST({text} AS BIGINT)", BIGINT)
    if arg.type.kind == "decimal":
        return Piece(text, decimal(38, arg.type.args[1]), loose=True)
    if arg.type == DOUBLE:
        return Piece(text, DOUBLE, nan=True)
    if arg.type == REAL:
        return Piece(f"CAST({text} AS FLOAT)", REAL, nan=True)
    raise refusal(node, f"sum takes numbers, not {arg.type}.")


def _avg(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, filtered: str, over: str) -> Piece:
    call = _Call(writer, node, scope, filtered, over)
    (arg,) = call.args
    if arg.type.kind == "decimal":
        # Trino keeps the scale of the argument; DuckDB would give a double.
        return Piece(average(call.text("sum", arg.text), call.text("count", arg.text), arg.type), arg.type)
    if is_integer(arg.type):
        return Piece(call.text("avg", arg.text), DOUBLE)
    if arg.type == DOUBLE:
        return Piece(call.text("avg", arg.text), DOUBLE, nan=True)
    if arg.type == REAL:
        return Piece(f"CAST({call.text('avg', arg.text)} AS FLOAT)", REAL, nan=True)
    raise refusal(node, f"avg takes numbers, not {arg.type}.")


def _extreme(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, filtered: str, over: str) -> Piece:
    call = _Call(writer, node, scope, filtered, over)
    (arg,) = call.args
    if arg.type.kind in ("array", "map", "row", "json", "uuid", "char"):
        refuse(node, f"{call.name} of {arg.type} is not translated.")
    text = call.text(call.name, arg.text)
    if arg.nan and call.name == "max":
        # Trino's largest value is NaN only where there is nothing else.
        numbers = call.text("max", f"CASE WHEN NOT isnan({arg.text}) THEN {arg.text} END")
        text = f"coalesce({numbers}, {text})"
    return Piece(text, arg.type, nan=arg.nan, loose=arg.loose)


def _boolean(duckdb: str) -> Aggregate:
    def write(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, filtered: str, over: str) -> Piece:
        call = _Call(writer, node, scope, filtered, over)
        if call.args[0].type != BOOLEAN:
            refuse(node, f"{call.name} takes booleans, not {call.args[0].type}.")
        return Piece(call.text(duckdb, call.args[0].text), BOOLEAN)

    return write


def _count_if(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, filtered: str, over: str) -> Piece:
    call = _Call(writer, node, scope, filtered, over)
    if call.args[0].type != BOOLEAN or call.distinct:
        refuse(node, f"count_if takes booleans, not {call.args[0].type}.")
    return Piece(call.text("count", f"CASE WHEN {call.args[0].text} THEN 1 END"), BIGINT)


def _spread(duckdb: str, arguments: int = 1) -> Aggregate:
    def write(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, filtered: str, over: str) -> Piece:
        call = _Call(writer, node, scope, filtered, over, arguments)
        if call.distinct:
            refuse(node, f"{call.name}(DISTINCT …) is not translated.")
        for arg in call.args:
            if not is_number(arg.type):
                refuse(node, f"{call.name} takes numbers, not {arg.type}.")
            if arguments == 2 and arg.type != DOUBLE:
                refuse(
                    node, f"{call.name} of {arg.type} is not translated: Trino reckons in real.", "Cast both to double."
                )
        return Piece(call.text(duckdb, *(cast_to(it, DOUBLE, node).text for it in call.args)), DOUBLE, nan=True)

    return write


def _array_agg(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, filtered: str, over: str) -> Piece:
    call = _Call(writer, node, scope, filtered, over)
    return Piece(call.text("array_agg", call.args[0].text), array(call.args[0].type), loose=call.args[0].loose)


def _by(duckdb: str) -> Aggregate:
    def write(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, filtered: str, over: str) -> Piece:
        call = _Call(writer, node, scope, filtered, over, 2)
        value, key = call.args
        if key.nan or key.type.kind in ("array", "map", "row", "json", "uuid", "char") or call.distinct:
            refuse(node, f"{call.name} by {key.type} is not translated.", "Order by another type, or number the rows.")
        return Piece(call.text(duckdb, value.text, key.text), value.type, nan=value.nan, loose=value.loose)

    return write


def _any(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, filtered: str, over: str) -> Piece:
    call = _Call(writer, node, scope, filtered, over)
    return Piece(
        call.text("any_value", call.args[0].text), call.args[0].type, nan=call.args[0].nan, loose=call.args[0].loose
    )


def _grouping(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, filtered: str, over: str) -> Piece:
    if filtered or over:
        refuse(node, "grouping takes neither FILTER nor OVER.")
    args = ", ".join(it.text for it in writer.many(node.expressions, scope))
    return Piece(f"CAST(grouping({args}) AS INTEGER)", INTEGER)


AGGREGATES: dict[str, Aggregate] = {
    "count": _count,
    "sum": _sum,
    "avg": _avg,
    "min": _extreme,
    "max": _extreme,
    "count_if": _count_if,
    "bool_and": _boolean("bool_and"),
    "every": _boolean("bool_and"),
    "bool_or": _boolean("bool_or"),
    "stddev": _spread("stddev_samp"),
    "stddev_samp": _spread("stddev_samp"),
    "stddev_pop": _spread("stddev_pop"),
    "variance": _spread("var_samp"),
    "var_samp": _spread("var_samp"),
    "var_pop": _spread("var_pop"),
    "covar_samp": _spread("covar_samp", 2),
    "covar_pop": _spread("covar_pop", 2),
    "array_agg": _array_agg,
    "max_by": _by("arg_max_null"),
    "min_by": _by("arg_min_null"),
    "any_value": _any,
    "arbitrary": _any,
    "grouping": _grouping,
}

Windowed = Callable[["ToDuckDB", exp.Anonymous, "Scope", str, str], Piece]


def _rank(of: SqlType, arguments: int = 0) -> Windowed:
    def write(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, nulls: str, over: str) -> Piece:
        args = writer.many(node.expressions, scope)
        if len(args) != arguments or nulls:
            refuse(node, f"{node.name.lower()} takes {arguments or 'no'} argument{'s' if arguments > 1 else ''}.")
        return Piece(f"{node.name.lower()}({', '.join(it.text for it in args)}){over}", of)

    return write


def _neighbour(most: int) -> Windowed:
    def write(writer: ToDuckDB, node: exp.Anonymous, scope: Scope, nulls: str, over: str) -> Piece:
        args = writer.many(node.expressions, scope)
        name = node.name.lower()
        if not 1 <= len(args) <= most:
            refuse(node, f"{name} takes up to {most} arguments.")
        value = args[0]
        if len(args) > 1 and (
            not isinstance(args[1].literal, int) or args[1].literal < (1 if name == "nth_value" else 0)
        ):
            refuse(node, f"{name} is translated with a number for its distance.")
        if len(args) > 2:
            of = common_type(value.type, args[2].type)
            if of is None:
                refuse(node, f"The default of {name} is {args[2].type}, its value {value.type}.", "Cast the default.")
            args[0], args[2] = cast_to(value, of, node), cast_to(args[2], of, node)
            value = args[0]
        text = f"{name}({', '.join(it.text for it in args)}{nulls}){over}"
        return Piece(text, value.type, nan=value.nan, loose=value.loose)

    return write


WINDOWED: dict[str, Windowed] = {
    "row_number": _rank(BIGINT),
    "rank": _rank(BIGINT),
    "dense_rank": _rank(BIGINT),
    "percent_rank": _rank(DOUBLE),
    "cume_dist": _rank(DOUBLE),
    "ntile": _rank(BIGINT, 1),
    "lag": _neighbour(3),
    "lead": _neighbour(3),
    "first_value": _neighbour(1),
    "last_value": _neighbour(1),
    "nth_value": _neighbour(2),
}
