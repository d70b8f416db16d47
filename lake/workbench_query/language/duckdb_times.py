"""Dates and times as Trino means them, written for DuckDB. The session's zone is UTC on both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from .duckdb_casts import DAY, MOMENT, utc
from .sql_types import BIGINT, DATE, DAY_TIME, YEAR_MONTH, SqlType, timestamp
from .written import ATOM, PLUS, Piece, mark, refusal, refuse, text_literal

if TYPE_CHECKING:
    from .scopes import Scope
    from .to_duckdb import ToDuckDB

# Trino's fields, DuckDB's functions, and whether the field is of a time.
EXTRACTED: dict[str, tuple[str, bool]] = {
    "year": ("year({})", False),
    "quarter": ("quarter({})", False),
    "month": ("month({})", False),
    "week": ("week({})", False),
    "week_of_year": ("week({})", False),
    "day": ("day({})", False),
    "day_of_month": ("day({})", False),
    "dow": ("isodow({})", False),
    "day_of_week": ("isodow({})", False),
    "doy": ("dayofyear({})", False),
    "day_of_year": ("dayofyear({})", False),
    "yow": ("isoyear({})", False),
    "year_of_week": ("isoyear({})", False),
    "hour": ("hour({})", True),
    "minute": ("minute({})", True),
    "second": ("second({})", True),
    "millisecond": ("(millisecond({}) % 1000)", True),
}

UNITS_OF_DATES = ("day", "week", "month", "quarter", "year")
UNITS_OF_TIMES = ("millisecond", "second", "minute", "hour")


def moment(piece: Piece, node: exp.Expression, what: str) -> Piece:
    """A date or timestamp; a timestamp with time zone as the time in its zone."""
    if piece.zone is not None:
        return Piece(piece.text, timestamp(piece.type.args[0]), piece.bind)
    if piece.type.kind == "timestamptz":
        return Piece(utc(piece), timestamp(piece.type.args[0]))
    if piece.type.kind not in ("date", "timestamp"):
        hint = "CAST(… AS date) reads text." if piece.type.kind == "varchar" else None
        refuse(node, f"{what} takes a date or a timestamp, not {piece.type}.", hint)
    return piece


def in_millis(piece: Piece) -> str:
    """A time as Trino's formats see it, which know milliseconds: finer times are rounded."""
    if piece.type.kind == "timestamp" and piece.type.args[0] > 3:
        return f"date_trunc('millisecond', {piece.text} + INTERVAL '500' MICROSECOND)"
    return piece.text


def extract(field: tuple[str, bool], piece: Piece, node: exp.Expression) -> Piece:
    template, is_of_time = field
    at = moment(piece, node, "This part of a date")
    if is_of_time and at.type.kind == "date":
        refuse(node, "A date has no hours, minutes or seconds.")
    return Piece(template.format(at.text), BIGINT)


def time_literal(node: exp.Literal, written: exp.DataType, of: SqlType) -> Piece | None:
    """DATE '…' and TIMESTAMP '…'."""
    text = node.this
    if of.kind == "date" and re.fullmatch(DAY, text):
        return Piece(f"DATE {mark(node, text_literal(text))}", DATE, literal=text)
    if of.kind == "timestamp":
        if not re.fullmatch(MOMENT, text):
            refuse(
                node,
                f"The timestamp {text!r} is not translated.",
                "Write it as 2024-01-31 23:59:59.123, without a zone.",
            )
        digits = len(text.partition(".")[2])
        if digits <= of.args[0]:
            return Piece(f"TIMESTAMP {mark(node, text_literal(text))}", of, literal=text)
    if of.kind == "timestamptz":
        utc_text = re.fullmatch(f"({MOMENT}) (UTC|[+-]00:00)", text)
        if utc_text is None:
            refuse(node, f"The timestamp {text!r} is not translated.", "Write it in UTC: 2024-01-31 23:59:59 UTC.")
        return Piece(f"TIMESTAMPTZ {mark(node, text_literal(utc_text[1] + '+00'))}", of)
    return None


def interval_of(writer: ToDuckDB, node: exp.Interval, scope: Scope) -> Piece:
    """INTERVAL '3' DAY; its type tells days and seconds from months."""
    unit = node.args.get("unit")
    value = node.this
    if (
        not isinstance(unit, exp.Var)
        or not isinstance(value, exp.Literal)
        or not re.fullmatch(r"-?\d{1,9}", value.this)
    ):
        refuse(
            node,
            "This interval is not translated.",
            "Write INTERVAL '<number>' and one of YEAR, MONTH, DAY, HOUR, MINUTE, SECOND.",
        )
    name = unit.name.upper()
    if name not in ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"):
        refuse(node, f"INTERVAL … {name} is not translated.", "Write it in days or months.")
    of = YEAR_MONTH if name in ("YEAR", "MONTH") else DAY_TIME
    return Piece(f"INTERVAL {mark(value, text_literal(value.this))} {name}", of, literal=name)


def date_plus(writer: ToDuckDB, node: exp.Binary, operator: str, scope: Scope) -> Piece:
    """A date or timestamp and an interval."""
    if operator not in "+-" or (operator == "-" and isinstance(node.this, exp.Interval)):
        refuse(
            node,
            "Arithmetic of intervals is not translated.",
            "date_add(unit, n, time) takes a number that is computed.",
        )
    first, second = (
        (node.this, node.expression) if isinstance(node.expression, exp.Interval) else (node.expression, node.this)
    )
    if isinstance(first, exp.Interval):
        refuse(node, "Arithmetic of intervals is not translated.", "Add one after the other.")
    at, interval = writer.expression(first, scope), interval_of(writer, second, scope)
    text = f"{at.at(PLUS)} {operator} {interval.text}"
    if at.type.kind == "date":
        if interval.literal in ("HOUR", "MINUTE", "SECOND"):
            refuse(node, "A date has no hours, minutes or seconds.", "CAST it to a timestamp.")
        return Piece(f"CAST({text} AS DATE)", DATE)
    if at.type.kind == "timestamp":
        return Piece(text, timestamp(max(at.type.args[0], 3)), PLUS)
    if at.type.kind == "timestamptz" and at.zone is None and not writer.browser:
        return Piece(text, SqlType("timestamptz", (max(at.type.args[0], 3),)), PLUS)
    raise refusal(node, f"{at.type} {operator} an interval is not translated.")


def at_zone(writer: ToDuckDB, node: exp.AtTimeZone, scope: Scope) -> Piece:
    """AT TIME ZONE: the local time there, until it becomes a date, a timestamp, or a part of one."""
    zone = node.args["zone"]
    if not isinstance(zone, exp.Literal) or not re.fullmatch(r"UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_+-]+)+", zone.this):
        refuse(node, "AT TIME ZONE is translated with the name of a zone.", "Write a name such as 'America/New_York'.")
    piece = writer.expression(node.this, scope)
    if piece.type.kind == "timestamp":
        if writer.browser and zone.this != "UTC":
            refuse(node, "DuckDB in the browser has no time zones.", "Run it on the server.")
        text = (
            piece.text
            if zone.this == "UTC"
            else f"(({piece.text} AT TIME ZONE 'UTC') AT TIME ZONE {text_literal(zone.this)})"
        )
        return Piece(
            text, SqlType("timestamptz", piece.type.args), ATOM if text != piece.text else piece.bind, zone=zone.this
        )
    if piece.type.kind != "timestamptz" or piece.zone is not None:
        refuse(node, f"AT TIME ZONE takes a timestamp, not {piece.type}.")
    if zone.this == "UTC":
        return Piece(utc(piece), piece.type, zone="UTC")
    if writer.browser:
        refuse(node, "DuckDB in the browser has no time zones.", "Run it on the server.")
    return Piece(f"({piece.at(PLUS)} AT TIME ZONE {text_literal(zone.this)})", piece.type, zone=zone.this)


_MYSQL = {
    "Y": "%Y", "m": "%m", "d": "%d", "H": "%H", "i": "%M", "s": "%S", "S": "%S", "f": "%f", "b": "%b", "M": "%B",
    "a": "%a", "W": "%A", "c": "%-m", "e": "%-d", "k": "%-H", "l": "%-I", "h": "%I", "I": "%I", "j": "%j", "p": "%p",
    "T": "%H:%M:%S", "r": "%I:%M:%S %p", "y": "%y", "%": "%%",
}  # fmt: skip
_MYSQL_READ = "YmdHisSTM%b"
_JODA = {
    "yyyy": "%Y", "yy": "%y", "MM": "%m", "M": "%-m", "MMM": "%b", "MMMM": "%B", "dd": "%d", "d": "%-d", "HH": "%H",
    "H": "%-H", "hh": "%I", "h": "%-I", "mm": "%M", "m": "%-M", "ss": "%S", "s": "%-S", "SSS": "%g", "EEE": "%a",
    "E": "%a", "EE": "%a", "EEEE": "%A", "a": "%p", "DDD": "%j", "e": "%u",
}  # fmt: skip


def mysql_pattern(node: exp.Literal, *, reading: bool) -> str:
    """A pattern of date_format and date_parse in DuckDB's words."""

    def word(match: re.Match[str]) -> str:
        letter = match[1]
        if letter not in _MYSQL or (reading and letter not in _MYSQL_READ):
            refuse(
                node, f"%{letter} in a pattern is not translated.", "Build the text from year(), month() and the like."
            )
        return _MYSQL[letter]

    return re.sub(r"%(.)", word, node.this, flags=re.S)


def joda_pattern(node: exp.Literal) -> str:
    """A pattern of format_datetime in DuckDB's words."""
    text = node.this
    written = ""
    for match in re.finditer(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']", text):
        run = match[0]
        if run == "''":
            written += "'"
        elif run[0] == "'":
            written += match[1].replace("''", "'").replace("%", "%%")
        elif run[0].isalpha():
            if run not in _JODA:
                refuse(
                    node,
                    f"{run} in a pattern is not translated.",
                    "date_format(…) has patterns that are the same everywhere.",
                )
            written += _JODA[run]
        else:
            written += run.replace("%", "%%")
    return written
