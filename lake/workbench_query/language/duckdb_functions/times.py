"""Dates and times. Functions of Trino, written for DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from ..duckdb_casts import cast, utc
from ..duckdb_times import (
    EXTRACTED,
    UNITS_OF_DATES,
    UNITS_OF_TIMES,
    extract,
    in_millis,
    joda_pattern,
    moment,
    mysql_pattern,
)
from ..sql_types import (
    BIGINT,
    DATE,
    DOUBLE,
    INTEGER,
    VARCHAR,
    timestamp,
)
from ..written import PLUS, Piece, refuse, text_literal
from .arguments import Rule, coerced, counted

if TYPE_CHECKING:
    from ..scopes import Scope
    from ..to_duckdb import ToDuckDB


def _part(name: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        counted(nodes, node, name, 1, 1)
        return extract(EXTRACTED[name], writer.expression(nodes[0], scope), node)

    return write


def _unit(node: exp.Expression, name: str) -> str:
    unit = node.this.lower() if isinstance(node, exp.Literal) and node.is_string else ""
    if unit not in (*UNITS_OF_DATES, *UNITS_OF_TIMES):
        refuse(node, f"{name} is translated with one of {', '.join((*UNITS_OF_TIMES, *UNITS_OF_DATES))}, written out.")
    return unit


def _date_trunc(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "date_trunc", 2, 2)
    unit, piece = _unit(nodes[0], "date_trunc"), writer.expression(nodes[1], scope)
    at = moment(piece, node, "date_trunc")
    text = f"date_trunc('{unit}', {at.text})"
    if writer.browser:
        # Its DuckDB forgets that a column has NULLs, counts them and groups by -infinity; it also makes dates of
        # timestamps. A sum has neither fault.
        text = f"({text} + INTERVAL 0 DAY)"
    if at.type.kind == "date":
        if unit in UNITS_OF_TIMES:
            refuse(node, "A date has no hours, minutes or seconds.")
        return Piece(f"CAST({text} AS DATE)", DATE)
    if piece.type.kind == "timestamptz":
        if piece.zone is not None:
            return Piece(text, piece.type, zone=piece.zone)
        if writer.browser:
            refuse(
                node,
                "date_trunc of a timestamp with time zone is not translated for the browser.",
                "Cast it to timestamp first.",
            )
        return Piece(f"({text} AT TIME ZONE 'UTC')", piece.type)
    return Piece(text, piece.type)


def _date_add(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "date_add", 3, 3)
    unit = _unit(nodes[0], "date_add")
    (number,) = coerced(writer, [nodes[1]], ("integer",), node, scope, "date_add")
    at = writer.expression(nodes[2], scope)
    if at.type.kind not in ("date", "timestamp") or at.zone is not None:
        refuse(node, f"date_add to {at.type} is not translated.", "Cast it to timestamp.")
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    n = f"CAST({number.text} AS INTEGER)" if number.type != INTEGER or number.literal is None else number.atom
    if months is not None:
        step = f"to_months({n}{f' * {months}' if months > 1 else ''})"
    elif unit in ("day", "week"):
        step = f"to_days({n}{' * 7' if unit == 'week' else ''})"
    else:
        if at.type.kind == "date":
            refuse(node, "A date has no hours, minutes or seconds.")
        step = f"to_{unit}s({number.text})"
    text = f"{at.at(PLUS)} + {step}"
    if at.type.kind == "date":
        return Piece(f"CAST({text} AS DATE)", DATE)
    return Piece(text, timestamp(max(at.type.args[0], 3 if unit == "millisecond" else at.type.args[0])), PLUS)


def _date_diff(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "date_diff", 3, 3)
    unit = _unit(nodes[0], "date_diff")
    a, b = (moment(writer.expression(it, scope), node, "date_diff") for it in nodes[1:])
    if unit in UNITS_OF_TIMES and "date" in (a.type.kind, b.type.kind):
        refuse(node, "A date has no hours, minutes or seconds.", "Cast it to timestamp.")
    if a.type.kind == b.type.kind == "date":
        if unit == "day":
            return Piece(f"date_diff('day', {a.text}, {b.text})", BIGINT)
        if unit == "week":
            return Piece(f"date_diff('day', {a.text}, {b.text}) // 7", BIGINT, PLUS)
    if a.type.kind != b.type.kind:
        a, b = (Piece(f"CAST({it.text} AS TIMESTAMP)", timestamp(6)) if it.type.kind == "date" else it for it in (a, b))
    spelt = [
        f"date_trunc('millisecond', {it.text})" if it.type == timestamp(6) and it.literal is None else it.text
        for it in (a, b)
    ]
    return Piece(f"date_sub('{unit}', {spelt[0]}, {spelt[1]})", BIGINT)


def _last_day(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "last_day_of_month", 1, 1)
    return Piece(f"last_day({moment(writer.expression(nodes[0], scope), node, 'last_day_of_month').text})", DATE)


def _date(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "date", 1, 1)
    return cast(writer.expression(nodes[0], scope), DATE, False, node)


def _pattern(nodes: list[exp.Expression], node: exp.Expression, name: str) -> exp.Literal:
    counted(nodes, node, name, 2, 2)
    if not isinstance(nodes[1], exp.Literal) or not nodes[1].is_string:
        refuse(node, f"{name} is translated with a pattern that is written out.")
    return nodes[1]


def _date_format(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    form = mysql_pattern(_pattern(nodes, node, "date_format"), reading=False)
    at = moment(writer.expression(nodes[0], scope), node, "date_format")
    return Piece(f"strftime({in_millis(at)}, {text_literal(form)})", VARCHAR)


def _format_datetime(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    form = joda_pattern(_pattern(nodes, node, "format_datetime"))
    at = moment(writer.expression(nodes[0], scope), node, "format_datetime")
    return Piece(f"strftime({in_millis(at)}, {text_literal(form)})", VARCHAR)


def _date_parse(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    form = mysql_pattern(_pattern(nodes, node, "date_parse"), reading=True)
    (text,) = coerced(writer, nodes[:1], ("varchar",), node, scope, "date_parse")
    return Piece(f"strptime({text.text}, {text_literal(form)})", timestamp(3))


def _from_iso_date(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "from_iso8601_date", 1, 1)
    (text,) = coerced(writer, nodes, ("varchar",), node, scope, "from_iso8601_date")
    return cast(text, DATE, False, node)


def _to_unixtime(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "to_unixtime", 1, 1)
    piece = writer.expression(nodes[0], scope)
    if piece.type.kind not in ("timestamp", "timestamptz") or piece.zone is not None:
        refuse(node, f"to_unixtime takes a timestamp, not {piece.type}.")
    return Piece(f"epoch({utc(piece) if piece.type.kind == 'timestamptz' else piece.text})", DOUBLE)


TIMES: dict[str, Rule] = {
    **{name: _part(name) for name in EXTRACTED},
    "date": _date,
    "date_trunc": _date_trunc,
    "date_add": _date_add,
    "date_diff": _date_diff,
    "last_day_of_month": _last_day,
    "date_format": _date_format,
    "format_datetime": _format_datetime,
    "date_parse": _date_parse,
    "from_iso8601_date": _from_iso_date,
    "to_unixtime": _to_unixtime,
}
