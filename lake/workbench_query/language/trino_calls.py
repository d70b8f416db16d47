"""Functions and aggregates of DuckDB, written for Trino. What is not in the tables is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlglot import exp

from .sql_types import (
    BIGINT,
    BOOLEAN,
    DATE,
    DOUBLE,
    HUGEINT,
    VARCHAR,
    SqlType,
    decimal,
    is_integer,
    is_number,
    timestamp,
)  # fmt: skip
from .written import Piece, only, refusal, refuse

if TYPE_CHECKING:
    from .scopes import Scope
    from .to_trino import ToTrino

# DuckDB's parts of dates as Trino's, and whether the part is of a time.
EXTRACTED: dict[str, tuple[str, bool]] = {
    "year": ("year({})", False),
    "quarter": ("quarter({})", False),
    "month": ("month({})", False),
    "week": ("week({})", False),
    "day": ("day({})", False),
    "dow": ("(day_of_week({}) % 7)", False),
    "dayofweek": ("(day_of_week({}) % 7)", False),
    "isodow": ("day_of_week({})", False),
    "doy": ("day_of_year({})", False),
    "dayofyear": ("day_of_year({})", False),
    "isoyear": ("year_of_week({})", False),
    "hour": ("hour({})", True),
    "minute": ("minute({})", True),
    "second": ("second({})", True),
}

Function = Callable[["ToTrino", exp.Anonymous, "Scope"], Piece]
Aggregate = Callable[["ToTrino", exp.Anonymous, "Scope", str], Piece]


def _plain(template: str, kinds: tuple[str, ...], of: SqlType) -> Function:
    def write(writer: ToTrino, node: exp.Anonymous, scope: Scope) -> Piece:
        name = node.name.lower()
        if len(node.expressions) != len(kinds):
            refuse(node, f"{name} with {len(node.expressions)} arguments is not translated for Trino.")
        pieces = writer.many(node.expressions, scope)
        for piece, kind in zip(pieces, kinds, strict=True):
            fits = (
                is_integer(piece.type)
                if kind == "integer"
                else is_number(piece.type)
                if kind == "double"
                else piece.type.kind == kind
            )
            if not fits and piece.type.kind != "unknown":
                refuse(node, f"{name} of {piece.type} is not translated for Trino.", "Cast it.")
        return Piece(template.format(*(it.text for it in pieces)), of, nan=of == DOUBLE)

    return write


def _part(writer: ToTrino, node: exp.Anonymous, scope: Scope) -> Piece:
    return extracted(writer, node.name.lower(), node.expressions[0], node, scope)


def _date_part(writer: ToTrino, node: exp.Anonymous, scope: Scope) -> Piece:
    return extracted(writer, node.expressions[0].name.lower(), node.expressions[1], node, scope)


def _date_trunc(writer: ToTrino, node: exp.Anonymous, scope: Scope) -> Piece:
    unit = node.expressions[0].name.lower()
    piece = writer.expression(node.expressions[1], scope)
    days = ("day", "week", "month", "quarter", "year")
    if piece.type.kind == "date" and unit in days:
        # DuckDB gives a timestamp for a date.
        return Piece(f"CAST(date_trunc('{unit}', {piece.text}) AS timestamp(6))", timestamp(6))
    if piece.type.kind == "timestamp" and unit in (*days, "hour", "minute", "second"):
        return Piece(f"date_trunc('{unit}', {piece.text})", piece.type)
    raise refusal(node, f"date_trunc to {unit} of {piece.type} is not translated for Trino.")


def _coalesce(writer: ToTrino, node: exp.Anonymous, scope: Scope) -> Piece:
    of, pieces = writer.together(writer.many(node.expressions, scope), node)
    return Piece(f"coalesce({', '.join(it.text for it in pieces)})", of, nan=any(it.nan for it in pieces))


def _nullif(writer: ToTrino, node: exp.Anonymous, scope: Scope) -> Piece:
    first, second = writer.many(node.expressions, scope)
    writer._comparable([first, second], node)
    return Piece(f"nullif({first.text}, {second.text})", first.type, nan=first.nan)


def _replace(writer: ToTrino, node: exp.Anonymous, scope: Scope) -> Piece:
    if len(node.expressions) != 3 or not isinstance(node.expressions[1], exp.Literal) or not node.expressions[1].name:
        refuse(
            node,
            "replace is translated with a text, written out, to look for.",
            "An empty text is treated differently.",
        )
    return Piece(f"replace({', '.join(it.text for it in writer.texts(node.expressions, scope, 'replace'))})", VARCHAR)


def _abs(writer: ToTrino, node: exp.Anonymous, scope: Scope) -> Piece:
    (piece,) = writer.many(node.expressions, scope)
    if not is_number(piece.type):
        refuse(node, f"abs of {piece.type} is not translated for Trino.")
    return Piece(f"abs({piece.text})", piece.type, nan=piece.nan)


def _count(writer: ToTrino, node: exp.Anonymous, scope: Scope, tail: str) -> Piece:
    if not node.expressions or isinstance(node.expressions[0], exp.Star):
        return Piece(f"count(*){tail}", BIGINT)
    distinct, piece = _argument(writer, node, scope)
    return Piece(f"count({distinct}{piece.text}){tail}", BIGINT)


def _argument(writer: ToTrino, node: exp.Anonymous, scope: Scope) -> tuple[str, Piece]:
    if len(node.expressions) != 1 or isinstance(node.expressions[0], exp.Order):
        refuse(node, f"{node.name.lower()} is translated with one argument.")
    (inner,) = node.expressions
    if isinstance(inner, exp.Distinct):
        only(inner, "expressions")
        if len(inner.expressions) != 1:
            refuse(node, f"{node.name.lower()}(DISTINCT …) of several columns is not translated.")
        return "DISTINCT ", writer.expression(inner.expressions[0], scope)
    return "", writer.expression(inner, scope)


def _sum(writer: ToTrino, node: exp.Anonymous, scope: Scope, tail: str) -> Piece:
    distinct, piece = _argument(writer, node, scope)
    if is_integer(piece.type):
        # DuckDB adds in 128 bits.
        return Piece(f"sum({distinct}CAST({piece.text} AS decimal(38,0))){tail}", HUGEINT)
    if piece.type.kind == "decimal":
        return Piece(f"sum({distinct}{piece.text}){tail}", decimal(38, piece.type.args[1]))
    if piece.type == DOUBLE:
        return Piece(f"sum({distinct}{piece.text}){tail}", DOUBLE, nan=True)
    raise refusal(node, f"sum of {piece.type} is not translated for Trino.")


def _avg(writer: ToTrino, node: exp.Anonymous, scope: Scope, tail: str) -> Piece:
    distinct, piece = _argument(writer, node, scope)
    if not is_number(piece.type) or piece.type.kind == "real":
        refuse(node, f"avg of {piece.type} is not translated for Trino.")
    text = piece.text if piece.type == DOUBLE else f"CAST({piece.text} AS double)"
    return Piece(f"avg({distinct}{text}){tail}", DOUBLE, nan=piece.nan)


def _extreme(writer: ToTrino, node: exp.Anonymous, scope: Scope, tail: str) -> Piece:
    distinct, piece = _argument(writer, node, scope)
    if piece.nan or piece.type.kind not in (
        "tinyint",
        "smallint",
        "integer",
        "bigint",
        "decimal",
        "varchar",
        "date",
        "timestamp",
        "boolean",
    ):
        refuse(
            node,
            f"{node.name.lower()} of {piece.type} is not translated for Trino.",
            "NaN counts differently; cast to decimal.",
        )
    return Piece(f"{node.name.lower()}({distinct}{piece.text}){tail}", piece.type)


def _bool(writer: ToTrino, node: exp.Anonymous, scope: Scope, tail: str) -> Piece:
    _, piece = _argument(writer, node, scope)
    if piece.type != BOOLEAN:
        refuse(node, f"{node.name.lower()} of {piece.type} is not translated for Trino.")
    return Piece(f"{node.name.lower()}({piece.text}){tail}", BOOLEAN)


def _spread(name: str) -> Aggregate:
    def write(writer: ToTrino, node: exp.Anonymous, scope: Scope, tail: str) -> Piece:
        distinct, piece = _argument(writer, node, scope)
        if distinct or not is_number(piece.type):
            refuse(node, f"{name} of {piece.type} is not translated for Trino.")
        return Piece(f"{name}(CAST({piece.text} AS double)){tail}", DOUBLE, nan=True)

    return write


def _rank(writer: ToTrino, node: exp.Anonymous, scope: Scope, over: str) -> Piece:
    if node.expressions:
        refuse(node, f"{node.name.lower()} with arguments is not translated for Trino.")
    return Piece(f"{node.name.lower()}(){over}", BIGINT)


def _neighbour(writer: ToTrino, node: exp.Anonymous, scope: Scope, over: str) -> Piece:
    pieces = writer.many(node.expressions, scope)
    if not 1 <= len(pieces) <= 2 or (len(pieces) == 2 and not isinstance(pieces[1].literal, int)):
        refuse(node, f"{node.name.lower()} is translated with a value and a number.")
    return Piece(f"{node.name.lower()}({', '.join(it.text for it in pieces)}){over}", pieces[0].type, nan=pieces[0].nan)


FUNCTIONS: dict[str, Function] = {
    "length": _plain("length({0})", ("varchar",), BIGINT),
    "lower": _plain("lower({0})", ("varchar",), VARCHAR),
    "replace": _replace,
    "starts_with": _plain("starts_with({0}, {1})", ("varchar", "varchar"), BOOLEAN),
    "strpos": _plain("strpos({0}, {1})", ("varchar", "varchar"), BIGINT),
    "instr": _plain("strpos({0}, {1})", ("varchar", "varchar"), BIGINT),
    "contains": _plain("(strpos({0}, {1}) > 0)", ("varchar", "varchar"), BOOLEAN),
    "last_day": _plain("last_day_of_month({0})", ("date",), DATE),
    "pow": _plain("power({0}, {1})", ("double", "double"), DOUBLE),
    "power": _plain("power({0}, {1})", ("double", "double"), DOUBLE),
    "exp": _plain("exp(CAST({0} AS double))", ("double",), DOUBLE),
    "abs": _abs,
    "coalesce": _coalesce,
    "ifnull": _coalesce,
    "nullif": _nullif,
    "date_trunc": _date_trunc,
    "date_part": _date_part,
    "datepart": _date_part,
    **dict.fromkeys(EXTRACTED, _part),
}

AGGREGATES: dict[str, Aggregate] = {
    "count": _count,
    "sum": _sum,
    "avg": _avg,
    "mean": _avg,
    "min": _extreme,
    "max": _extreme,
    "bool_and": _bool,
    "bool_or": _bool,
    "stddev": _spread("stddev"),
    "stddev_samp": _spread("stddev"),
    "stddev_pop": _spread("stddev_pop"),
    "variance": _spread("variance"),
    "var_samp": _spread("variance"),
    "var_pop": _spread("var_pop"),
}

WINDOWED: dict[str, Aggregate] = {
    "row_number": _rank,
    "rank": _rank,
    "dense_rank": _rank,
    "lag": _neighbour,
    "lead": _neighbour,
    "first_value": _neighbour,
    "last_value": _neighbour,
}


def extracted(writer: ToTrino, field: str, of: exp.Expression, node: exp.Expression, scope: Scope) -> Piece:
    piece = writer.expression(of, scope)
    if field not in EXTRACTED or piece.type.kind not in ("date", "timestamp"):
        refuse(node, f"{field} of {piece.type} is not translated for Trino.")
    if EXTRACTED[field][1] and piece.type.kind == "date":
        refuse(node, "A date has no hours, minutes or seconds.")
    return Piece(EXTRACTED[field][0].format(piece.text), BIGINT)
