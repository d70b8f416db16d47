"""Numbers. Functions of Trino, written for DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from ..duckdb_casts import duckdb_type
from ..duckdb_numbers import arithmetic
from ..sql_types import (
    BIGINT,
    BOOLEAN,
    DOUBLE,
    decimal,
    is_integer,
)
from ..written import Piece, refuse
from .arguments import Rule, coerced, counted, doubles, plain

if TYPE_CHECKING:
    from ..scopes import Scope
    from ..to_duckdb import ToDuckDB


def _same_or_double(name: str, duckdb: str) -> Rule:
    """floor, ceil and the like: whole numbers stay, decimals lose their fraction, doubles stay doubles."""

    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        counted(nodes, node, name, 1, 1)
        (piece,) = coerced(writer, nodes, ("number",), node, scope, name)
        if is_integer(piece.type):
            return piece
        if piece.type.kind == "decimal":
            precision, scale = piece.type.args
            of = decimal(min(38, precision - scale + (1 if scale else 0)), 0)
            return Piece(f"CAST({duckdb}({piece.text}) AS {duckdb_type(of)})", of)
        return Piece(f"{duckdb}({piece.text})", piece.type, nan=piece.nan)

    return write


def _round(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "round", 1, 2)
    piece, *rest = coerced(writer, nodes, ("number", "integer"), node, scope, "round")
    digits = rest[0].literal if rest else 0
    if not isinstance(digits, int) or digits < 0:
        refuse(node, "round is translated with a number of digits, written out, from 0.")
    if is_integer(piece.type):
        return piece
    if piece.type.kind == "decimal":
        precision, scale = piece.type.args
        of = (
            decimal(min(38, precision + 1), scale)
            if rest
            else decimal(min(38, precision - scale + (1 if scale else 0)), 0)
        )
        return Piece(f"CAST(round({piece.text}, {min(digits, scale)}) AS {duckdb_type(of)})", of)
    if piece.type.kind == "real":
        refuse(node, "round of real is not translated.", "Cast to double.")
    return Piece(f"round({piece.text}{f', {digits}' if rest else ''})", piece.type, nan=piece.nan)


def _abs(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "abs", 1, 1)
    (piece,) = coerced(writer, nodes, ("number",), node, scope, "abs")
    return Piece(f"abs({piece.text})", piece.type, nan=piece.nan, loose=piece.type.kind == "decimal")


def _sign(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "sign", 1, 1)
    (piece,) = coerced(writer, nodes, ("number",), node, scope, "sign")
    if piece.nan:
        refuse(node, "sign of a double is not translated: NaN has none in DuckDB.", "Write it as CASE.")
    of = decimal(1, 0) if piece.type.kind == "decimal" else piece.type
    return Piece(f"CAST(sign({piece.text}) AS {duckdb_type(of)})", of)


def _mod(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "mod", 2, 2)
    left, right = writer.many(nodes, scope)
    return arithmetic("%", left, right, node)


def _bits(operator: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        counted(nodes, node, "bitwise function", 2, 2)
        a, b = coerced(writer, nodes, ("integer", "integer"), node, scope, "bitwise function")
        text = operator.format(*(f"CAST({it.text} AS BIGINT)" for it in (a, b)))
        return Piece(text, BIGINT)

    return write


NUMBERS: dict[str, Rule] = {
    "abs": _abs,
    "ceil": _same_or_double("ceil", "ceil"),
    "ceiling": _same_or_double("ceiling", "ceil"),
    "floor": _same_or_double("floor", "floor"),
    "round": _round,
    "sign": _sign,
    "mod": _mod,
    "power": doubles("pow", 2),
    "pow": doubles("pow", 2),
    **{
        name: doubles(name)
        for name in (
            "sqrt",
            "exp",
            "ln",
            "log2",
            "log10",
            "cbrt",
            "degrees",
            "radians",
            "sin",
            "cos",
            "tan",
            "asin",
            "acos",
            "atan",
            "sinh",
            "cosh",
            "tanh",
        )
    },
    "atan2": doubles("atan2", 2),
    "log": doubles("log", 2, "(ln({1}) / ln({0}))"),
    "pi": plain("pi", (), DOUBLE, "pi()"),
    "e": plain("e", (), DOUBLE, "exp(1)"),
    "nan": plain("nan", (), DOUBLE, "CAST('nan' AS DOUBLE)", nan=True),
    "infinity": plain("infinity", (), DOUBLE, "CAST('inf' AS DOUBLE)"),
    "is_nan": plain("is_nan", ("double",), BOOLEAN, "isnan({0})"),
    "is_finite": plain("is_finite", ("double",), BOOLEAN, "isfinite({0})"),
    "is_infinite": plain("is_infinite", ("double",), BOOLEAN, "isinf({0})"),
    "bitwise_and": _bits("({0} & {1})"),
    "bitwise_or": _bits("({0} | {1})"),
    "bitwise_xor": _bits("xor({0}, {1})"),
}
