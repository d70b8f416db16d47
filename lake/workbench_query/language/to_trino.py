"""DuckDB's SQL for Trino. Fewer things are translated this way: what is, has the value that DuckDB would give it."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from .query_writer import QueryWriter
from .scopes import Scope
from .sql_types import (
    DOUBLE,
    HUGEINT,
    UNKNOWN,
    SqlType,
    common_type,
    is_integer,
)  # fmt: skip
from .table_names import TableNames, quoted
from .trino_expressions.calls import Calls
from .trino_expressions.conditions import COMPARISONS, SIMPLE, Conditions
from .trino_expressions.queries import Queries
from .trino_expressions.values import Values
from .written import (
    Column,
    Piece,
    refuse,
)


class ToTrino(Queries, Values, Conditions, Calls, QueryWriter):
    engine = "Trino"
    merged_first = (False, True)

    def __init__(
        self, names: TableNames, source: str, *, catalogs: dict[str, str], snapshots: dict[str, str | None]
    ) -> None:
        super().__init__(names, source)
        self._catalogs = catalogs
        self._snapshots = snapshots

    def table_text(self, parts: tuple[str, ...]) -> str:
        text = ".".join(quoted(it) for it in (self._catalogs.get(parts[0], parts[0]), *parts[1:]))
        snapshot = self._snapshots.get(".".join(parts))
        return text if snapshot is None else f"{text} FOR VERSION AS OF {int(snapshot)}"

    def output(self, piece: Piece) -> str:
        if piece.type.kind not in (*SIMPLE, "unknown", "timestamptz", "varbinary", "uuid", "real"):
            refuse(None, f"A column of type {piece.type} is not translated for Trino.", "Choose DuckDB as the engine.")
        if piece.type == HUGEINT:
            return f"CAST({piece.text} AS decimal(38,0))"
        return piece.text

    def cast_to(self, piece: Piece, of: SqlType, node: exp.Expression) -> Piece:
        if piece.type == of or piece.type.kind == "unknown" or of == HUGEINT:
            return Piece(piece.text, of, piece.bind, piece.nan, piece.loose, literal=piece.literal)
        if of == DOUBLE and not (is_integer(piece.type) and piece.literal is not None):
            return Piece(f"CAST({piece.text} AS double)", of, nan=piece.nan)
        return Piece(piece.text, of, piece.bind, piece.nan, piece.loose, literal=piece.literal)

    # DuckDB's own ways to write a query

    # Expressions

    def expression(self, node: exp.Expression, scope: Scope) -> Piece:
        writer = _WRITERS.get(type(node))
        if writer is None:
            name = node.name.upper() if isinstance(node, exp.Anonymous) else type(node).__name__
            refuse(node, f"{name} is not translated for Trino.", "Choose DuckDB as the engine, or Trino's dialect.")
        return self.bounded(writer(self, node, scope), node)

    def many(self, nodes: list[exp.Expression], scope: Scope) -> list[Piece]:
        return [self.expression(it, scope) for it in nodes]

    def together(self, pieces: list[Piece], node: exp.Expression) -> tuple[SqlType, list[Piece]]:
        of = UNKNOWN
        for piece in pieces:
            both = common_type(of, piece.type)
            if both is None:
                refuse(
                    node,
                    f"{of} beside {piece.type} is not translated for Trino: DuckDB has rules of its own.",
                    "Cast one of them.",
                )
            of = both
        return of, [self.cast_to(it, of, node) for it in pieces]

    def column_piece(self, text: str, column: Column, node: exp.Expression) -> Piece:
        if column.type.kind not in (*SIMPLE, "timestamptz", "varbinary", "uuid", "unknown"):
            refuse(
                node,
                f"{column.name} is {column.type}, which is not translated for Trino.",
                "Choose DuckDB as the engine.",
            )
        return super().column_piece(text, column, node)


_WRITERS: dict[type, Callable[[ToTrino, exp.Expression, Scope], Piece]] = {
    exp.Literal: ToTrino._literal,
    exp.Column: ToTrino._column,
    exp.Null: ToTrino._null,
    exp.Boolean: ToTrino._boolean,
    exp.Paren: ToTrino._paren,
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod), ToTrino._arithmetic),
    **dict.fromkeys(COMPARISONS, ToTrino._compare),
    exp.Between: ToTrino._between,
    exp.In: ToTrino._in,
    exp.Like: ToTrino._like,
    exp.Is: ToTrino._is,
    exp.Not: ToTrino._not,
    exp.And: ToTrino._connected,
    exp.Or: ToTrino._connected,
    exp.DPipe: ToTrino._concat,
    exp.Neg: ToTrino._negative,
    exp.Case: ToTrino._case,
    exp.Cast: ToTrino._cast,
    exp.TryCast: ToTrino._cast,
    exp.Extract: ToTrino._extract,
    exp.Subquery: ToTrino._subquery,
    exp.Select: ToTrino._subquery,
    exp.Exists: ToTrino._exists,
    exp.Anonymous: ToTrino._call,
    exp.Filter: ToTrino._filter,
    exp.Window: ToTrino._window,
}
