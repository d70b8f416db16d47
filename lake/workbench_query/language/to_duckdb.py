"""Trino's SQL for DuckDB: what expressions become. A piece that is written has the value that Trino would give it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from .duckdb_casts import cast_to, duckdb_type, utc
from .duckdb_expressions.calls import Calls, name_of
from .duckdb_expressions.conditions import COMPARISONS, Conditions
from .duckdb_expressions.values import ARITHMETIC, Values
from .query_writer import QueryWriter
from .scopes import Relation, Scope
from .sql_types import (
    BIGINT,
    DATE,
    UNKNOWN,
    SqlType,
    common_type,
    json_as_text,
    timestamp,
)  # fmt: skip
from .table_names import TableNames, quoted
from .written import Column, Piece, only, refuse


class ToDuckDB(Values, Conditions, Calls, QueryWriter):
    """`browser` says that the text is for DuckDB in the page, which has fewer parts."""

    engine = "DuckDB"
    merged_first = (True, False)

    def __init__(self, names: TableNames, source: str, *, browser: bool = False) -> None:
        super().__init__(names, source)
        self.browser = browser

    def table_text(self, parts: tuple[str, ...]) -> str:
        return ".".join(quoted(it) for it in parts)

    def output(self, piece: Piece) -> str:
        if piece.type.kind == "char":
            refuse(None, "A column of type char(n) is not read alike by DuckDB.", "Run it on Trino.")
        if piece.loose or piece.type.kind == "decimal" and piece.literal is not None:
            return f"CAST({piece.text} AS {duckdb_type(piece.type)})"
        if piece.type.kind in ("interval day to second", "interval year to month"):
            refuse(None, "An interval is not a column on DuckDB.", "date_diff('second', …, …) gives a number.")
        return piece.text

    def cast_to(self, piece: Piece, of: SqlType, node: exp.Expression) -> Piece:
        return cast_to(piece, of, node)

    def column_piece(self, text: str, column: Column, node: exp.Expression) -> Piece:
        if column.type.kind == "char":
            refuse(
                node,
                f"{column.name} is {column.type}, which DuckDB does not compare and pad as Trino does.",
                "Run it on Trino.",
            )
        return super().column_piece(text, column, node)

    # Expressions

    def expression(self, node: exp.Expression, scope: Scope) -> Piece:
        writer = _WRITERS.get(type(node))
        if writer is None:
            refuse(
                node, f"{name_of(node)} is not translated for DuckDB.", "Run it on Trino, or choose DuckDB's dialect."
            )
        return self.bounded(writer(self, node, scope), node)

    def many(self, nodes: list[exp.Expression], scope: Scope) -> list[Piece]:
        return [self.expression(it, scope) for it in nodes]

    def together(self, pieces: list[Piece], node: exp.Expression) -> tuple[SqlType, list[Piece]]:
        """Pieces brought to the type that they have in common."""
        pieces = self.in_utc(pieces)
        of = UNKNOWN
        for piece in pieces:
            both = common_type(of, piece.type)
            if both is None:
                refuse(node, f"{of} and {piece.type} have no type in common.", "Cast one of them.")
            of = both
        return of, [cast_to(it, of, node) for it in pieces]

    @staticmethod
    def in_utc(pieces: list[Piece]) -> list[Piece]:
        """Times with and without a zone beside each other: in UTC, the session's zone."""
        kinds = {it.type.kind for it in pieces}
        if "timestamptz" not in kinds or not kinds & {"date", "timestamp"} or any(it.zone is not None for it in pieces):
            return pieces
        if all(it.type.kind == "timestamptz" or it.literal is not None for it in pieces):
            of = next(it.type for it in pieces if it.type.kind == "timestamptz")
            return [
                it
                if it.type.kind == "timestamptz"
                else Piece(f"TIMESTAMPTZ '{it.literal}{'' if len(it.literal) > 10 else ' 00:00:00'}+00'", of)
                for it in pieces
            ]
        return [Piece(utc(it), timestamp(it.type.args[0])) if it.type.kind == "timestamptz" else it for it in pieces]

    # FROM

    def as_read(self, table: str, columns: list[Column]) -> tuple[str, list[Column]] | None:
        """JSON of a connected database is the database's own text, as Trino is told to read it."""
        read = [replace(it, type=json_as_text(it.type)) for it in columns]
        casts = [
            f"CAST({quoted(it.name)} AS {duckdb_type(it.type)}) AS {quoted(it.name)}"
            for it, was in zip(read, columns, strict=True)
            if it.type != was.type
        ]
        return (f"(SELECT * REPLACE ({', '.join(casts)}) FROM {table})", read) if casts else None

    def unnest(self, node: exp.Unnest, scope: Scope) -> tuple[str, Relation]:
        only(node, "expressions", "alias", "offset", name="UNNEST")
        if len(node.expressions) != 1:
            refuse(
                node,
                "UNNEST of several arrays is not translated for DuckDB.",
                "Unnest each WITH ORDINALITY and join on the number.",
            )
        piece = self.expression(node.expressions[0], scope)
        if piece.type.kind != "array" or piece.type.args[0].kind in ("row", "unknown"):
            refuse(node, f"UNNEST of {piece.type} is not translated for DuckDB.", "Run it on Trino.")
        element = piece.type.args[0]
        alias = node.args.get("alias")
        offset = node.args.get("offset")
        name = alias.name if alias is not None and alias.this is not None else f"unnest_{len(scope.relations)}"
        wanted = [it.name for it in (alias.args.get("columns") or [])] if alias is not None else []
        if isinstance(offset, exp.Identifier):
            wanted.append(offset.name)
        names = (wanted + ["_col0", "_col1"][len(wanted) :])[: 1 + bool(offset)]
        columns = [Column(names[0], element, element.kind in ("real", "double"), piece.loose)]
        if len(names) > 1:
            columns.append(Column(names[1], BIGINT))
        listed = ", ".join(quoted(it) for it in names)
        value = piece.text
        if not offset:
            text = f"UNNEST({value}) AS {quoted(name)}({listed})"
        else:
            # The number comes from the list itself, so that it stays with its element.
            text = (
                f"LATERAL (SELECT UNNEST({value}) AS {quoted(names[0])}, "
                f"generate_subscripts({value}, 1) AS {quoted(names[1])}) "
                f"AS {quoted(name)}({listed})"
            )
        return text, Relation((name,), quoted(name), columns)


Writer = Callable[[ToDuckDB, exp.Expression, Scope], Piece]


def _named(name: str, *keys: str) -> Writer:
    """For the few functions that have a node of their own: its parts as the arguments of a call."""

    def write(writer: ToDuckDB, node: exp.Expression, scope: Scope) -> Piece:
        only(node, *keys, name=name)
        return writer.function(name, [node.args[it] for it in keys if node.args.get(it) is not None], node, scope)

    return write


def _trim(writer: ToDuckDB, node: exp.Trim, scope: Scope) -> Piece:
    only(node, "this", "position", "expression")
    name = {"LEADING": "ltrim", "TRAILING": "rtrim"}.get((node.args.get("position") or "").upper(), "trim")
    return writer.function(name, [it for it in (node.this, node.args.get("expression")) if it is not None], node, scope)


def _interval(writer: ToDuckDB, node: exp.Interval, scope: Scope) -> Piece:
    refuse(node, "An interval is translated where it is added to a date or a timestamp.")


def _current_date(writer: ToDuckDB, node: exp.Expression, scope: Scope) -> Piece:
    return Piece("CAST(make_timestamp(epoch_us(now())) AS DATE)", DATE)


_WRITERS: dict[type, Writer] = {
    exp.Literal: ToDuckDB._literal,
    exp.Column: ToDuckDB._column,
    exp.Identifier: ToDuckDB._identifier,
    exp.Dot: ToDuckDB._dot,
    exp.Null: ToDuckDB._null,
    exp.Boolean: ToDuckDB._boolean,
    exp.Paren: ToDuckDB._paren,
    **dict.fromkeys(ARITHMETIC, ToDuckDB._arithmetic),
    **dict.fromkeys(COMPARISONS, ToDuckDB._compare),
    exp.Between: ToDuckDB._between,
    exp.In: ToDuckDB._in,
    exp.Like: ToDuckDB._like,
    exp.Escape: ToDuckDB._escape,
    exp.Is: ToDuckDB._is,
    exp.NullSafeEQ: ToDuckDB._distinct_from,
    exp.NullSafeNEQ: ToDuckDB._distinct_from,
    exp.Not: ToDuckDB._not,
    exp.And: ToDuckDB._connected,
    exp.Or: ToDuckDB._connected,
    exp.DPipe: ToDuckDB._concat,
    exp.Neg: ToDuckDB._negative,
    exp.Case: ToDuckDB._case,
    exp.If: ToDuckDB._if,
    exp.Cast: ToDuckDB._cast,
    exp.TryCast: ToDuckDB._cast,
    exp.Extract: ToDuckDB._extract,
    exp.AtTimeZone: ToDuckDB._at_zone,
    exp.Array: ToDuckDB._array,
    exp.Bracket: ToDuckDB._bracket,
    exp.Tuple: ToDuckDB._tuple,
    exp.Subquery: ToDuckDB._subquery,
    exp.Select: ToDuckDB._subquery,
    exp.Exists: ToDuckDB._exists,
    exp.Anonymous: ToDuckDB._call,
    exp.Filter: ToDuckDB._filter,
    exp.Window: ToDuckDB._window,
    exp.GroupConcat: ToDuckDB._list_agg,
    exp.Interval: _interval,
    exp.Trim: _trim,
    exp.CurrentDate: _current_date,
    exp.Substring: _named("substr", "this", "start", "length"),
    exp.StrPosition: _named("strpos", "this", "substr"),
}
