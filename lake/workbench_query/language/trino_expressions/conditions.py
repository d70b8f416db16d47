"""Conditions: comparisons, IN, LIKE, IS and what connects them."""

from __future__ import annotations

import re

from sqlglot import exp

from ..query_writer import QueryWriter
from ..scopes import Scope
from ..sql_types import (
    BOOLEAN,
    DATE,
    DOUBLE,
    INTEGERS,
    VARCHAR,
    SqlType,
    is_number,
)  # fmt: skip
from ..written import (
    AND,
    COMPARED,
    NOT,
    OR,
    PLUS,
    Piece,
    only,
    refuse,
)

COMPARISONS = {exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
SIMPLE = ("boolean", *INTEGERS, "decimal", "double", "varchar", "date", "timestamp")


class Conditions(QueryWriter):
    """Conditions, with the three values that truth has."""

    def _compare(self, node: exp.Binary, scope: Scope) -> Piece:
        only(node, "this", "expression")
        left, right = self.many([node.this, node.expression], scope)
        left, right = self._dated(left, right)
        guarded = self._beside_nan(COMPARISONS[type(node)], left, right, node)
        if guarded is not None:
            return guarded
        of, (a, b) = self._comparable([left, right], node)
        return Piece(f"{a.at(PLUS)} {COMPARISONS[type(node)]} {b.at(PLUS)}", BOOLEAN, COMPARED)

    def _beside_nan(self, operator: str, left: Piece, right: Piece, node: exp.Expression) -> Piece | None:
        """A double beside a number: DuckDB's NaN is larger than every number, Trino's than none."""
        if left.nan == right.nan or not is_number(left.type) or not is_number(right.type):
            return None
        if left.nan:
            piece, is_larger = left, operator in (">", ">=")
        else:
            piece, is_larger = right, operator in ("<", "<=")
        a, b = self.cast_to(left, DOUBLE, node), self.cast_to(right, DOUBLE, node)
        text = f"{a.at(PLUS)} {operator} {b.at(PLUS)}"
        return Piece(f"{text} OR is_nan({piece.text})", BOOLEAN, OR) if is_larger else Piece(text, BOOLEAN, COMPARED)

    @staticmethod
    def _dated(left: Piece, right: Piece) -> tuple[Piece, Piece]:
        """A text that is written out beside a date is one."""
        kinds = {left.type.kind, right.type.kind}
        if kinds == {"date", "varchar"} or kinds == {"timestamp", "varchar"}:
            pieces = []
            for piece in (left, right):
                literal = piece.literal
                if isinstance(literal, str) and piece.type == VARCHAR and re.fullmatch(r"\d{4}-\d{2}-\d{2}", literal):
                    piece = Piece(f"DATE {piece.text}", DATE, literal=literal)
                pieces.append(piece)
            return pieces[0], pieces[1]
        return left, right

    def _comparable(self, pieces: list[Piece], node: exp.Expression) -> tuple[SqlType, list[Piece]]:
        of, pieces = self.together(pieces, node)
        if (
            of.kind not in (*SIMPLE, "unknown")
            or sum(it.nan for it in pieces) > 0
            and any(it.literal is None and it.nan for it in pieces)
        ):
            refuse(
                node,
                f"Comparing {of} is not translated for Trino: NaN counts differently.",
                "Cast to decimal, or choose DuckDB as the engine.",
            )
        return of, pieces

    def _between(self, node: exp.Between, scope: Scope) -> Piece:
        only(node, "this", "low", "high", "negate")
        value, low, high = self.many([node.this, node.args["low"], node.args["high"]], scope)
        _, low = self._dated(value, low)
        _, high = self._dated(value, high)
        _, (a, b, c) = self._comparable([value, low, high], node)
        word = "NOT BETWEEN" if node.args.get("negate") else "BETWEEN"
        return Piece(f"{a.at(PLUS)} {word} {b.at(PLUS)} AND {c.at(PLUS)}", BOOLEAN, COMPARED)

    def _in(self, node: exp.In, scope: Scope) -> Piece:
        only(node, "this", "expressions", "query", "negate")
        word = "NOT IN" if node.args.get("negate") else "IN"
        if isinstance(node.this, exp.Tuple):
            refuse(node, "IN over rows is not translated: NULLs in them count differently.", "Write EXISTS.")
        left = self.expression(node.this, scope)
        query = node.args.get("query")
        if query is not None:
            written = self.subquery_columns(query, scope)
            if len(written.columns) != 1:
                refuse(node, "IN takes a query of one column.")
            self._comparable([left, Piece("", written.columns[0].type, nan=written.columns[0].nan)], node)
            return Piece(f"{left.at(PLUS)} {word} (\n{written.text}\n)", BOOLEAN, COMPARED)
        _, pieces = self._comparable([left, *self.many(node.expressions, scope)], node)
        return Piece(f"{pieces[0].at(PLUS)} {word} ({', '.join(it.text for it in pieces[1:])})", BOOLEAN, COMPARED)

    def texts(self, nodes: list[exp.Expression], scope: Scope, what: str) -> list[Piece]:
        pieces = self.many(nodes, scope)
        for piece, node in zip(pieces, nodes, strict=True):
            if piece.type.kind not in ("varchar", "unknown"):
                refuse(
                    node, f"{what} of {piece.type} is not translated for Trino.", "CAST(… AS VARCHAR) makes text of it."
                )
        return pieces

    def _like(self, node: exp.Like, scope: Scope) -> Piece:
        only(node, "this", "expression", "negate")
        text, pattern = self.texts([node.this, node.expression], scope, "LIKE")
        word = "NOT LIKE" if node.args.get("negate") else "LIKE"
        return Piece(f"{text.at(PLUS)} {word} {pattern.at(PLUS)}", BOOLEAN, COMPARED)

    def _is(self, node: exp.Is, scope: Scope) -> Piece:
        only(node, "this", "expression", "negate")
        if not isinstance(node.expression, exp.Null):
            refuse(node, "IS is translated with NULL.")
        return Piece(
            f"{self.expression(node.this, scope).at(PLUS)} IS {'NOT ' if node.args.get('negate') else ''}NULL",
            BOOLEAN,
            COMPARED,
        )

    def truth(self, node: exp.Expression, scope: Scope) -> Piece:
        piece = self.expression(node, scope)
        if piece.type.kind not in ("boolean", "unknown"):
            refuse(node, f"A condition of {piece.type} is not translated for Trino.", "Compare it with something.")
        return piece

    def _not(self, node: exp.Not, scope: Scope) -> Piece:
        return Piece(f"NOT {self.truth(node.this, scope).at(COMPARED)}", BOOLEAN, NOT)

    def _connected(self, node: exp.Connector, scope: Scope) -> Piece:
        kind, word, bind = (exp.And, "AND", AND) if isinstance(node, exp.And) else (exp.Or, "OR", OR)
        parts: list[exp.Expression] = []
        left: exp.Expression = node
        while isinstance(left, kind):
            parts.append(left.expression)
            left = left.this
        return Piece(f" {word} ".join(self.truth(it, scope).at(bind) for it in (left, *reversed(parts))), BOOLEAN, bind)
