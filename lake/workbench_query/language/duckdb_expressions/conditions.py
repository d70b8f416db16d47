"""Conditions: comparisons, IN, LIKE, IS and what connects them."""

from __future__ import annotations

from sqlglot import exp

from ..duckdb_numbers import compare
from ..queries.query_part import Written
from ..query_writer import QueryWriter
from ..scopes import Scope
from ..sql_types import (
    BOOLEAN,
    SqlType,
    common_type,
)  # fmt: skip
from ..written import AND, COMPARED, NOT, OR, PLUS, Piece, only, refuse, text_literal

COMPARISONS = {exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
_NOT_COMPARABLE = ("map", "row", "array", "json", "char")


class Conditions(QueryWriter):
    """Conditions, with the three values that truth has."""

    def _compare(self, node: exp.Binary, scope: Scope) -> Piece:
        only(node, "this", "expression")
        operator = COMPARISONS[type(node)]
        if isinstance(node.expression, (exp.Any, exp.All)):
            return self._quantified(node, operator, scope)
        return self.compared(operator, self.expression(node.this, scope), self.expression(node.expression, scope), node)

    def compared(self, operator: str, left: Piece, right: Piece, node: exp.Expression) -> Piece:
        of, (a, b) = self._comparable([left, right], node)
        if operator not in ("=", "<>") and of.kind in ("uuid", "varbinary"):
            refuse(node, f"Order among {of} is not translated.")
        return compare(operator, a, b)

    def _comparable(self, pieces: list[Piece], node: exp.Expression) -> tuple[SqlType, list[Piece]]:
        of, pieces = self.together(pieces, node)
        if of.kind in _NOT_COMPARABLE:
            refuse(
                node, f"Comparing {of} is not translated: NULLs inside count differently.", "Compare their elements."
            )
        return of, pieces

    def _quantified(self, node: exp.Binary, operator: str, scope: Scope) -> Piece:
        right = node.expression
        word = "ANY" if isinstance(right, exp.Any) else "ALL"
        if not isinstance(right.this, (exp.Subquery, exp.Select)):
            refuse(node, f"{word} is translated before a query.")
        left, written = self.expression(node.this, scope), self.subquery_columns(right.this, scope)
        self._same_column(left, written, node)
        return Piece(f"{left.at(PLUS)} {operator} {word} (\n{written.text}\n)", BOOLEAN, COMPARED)

    def _same_column(self, left: Piece, written: Written, node: exp.Expression) -> None:
        if len(written.columns) != 1:
            refuse(node, f"The query gives {len(written.columns)} columns where one is asked for.")
        column = written.columns[0]
        of = common_type(left.type, column.type)
        if of is None:
            refuse(node, f"{left.type} cannot be compared with {column.type}.", "Cast one of them.")
        if (
            of.kind in (*_NOT_COMPARABLE, "real")
            or (left.nan and column.nan)
            or "timestamptz" in (left.type.kind, column.type.kind)
        ):
            refuse(
                node, f"Comparing {left.type} with a query of {column.type} is not translated.", "Write it as a join."
            )

    def _between(self, node: exp.Between, scope: Scope) -> Piece:
        only(node, "this", "low", "high", "negate")
        value, low, high = self.many([node.this, node.args["low"], node.args["high"]], scope)
        of, (a, b, c) = self._comparable([value, low, high], node)
        if a.nan or b.nan or c.nan:
            first, second = compare(">=", a, b), compare("<=", a, c)
            piece = Piece(f"{first.at(AND)} AND {second.at(AND)}", BOOLEAN, AND)
            return Piece(f"NOT ({piece.text})", BOOLEAN, NOT) if node.args.get("negate") else piece
        word = "NOT BETWEEN" if node.args.get("negate") else "BETWEEN"
        return Piece(f"{a.at(PLUS)} {word} {b.at(PLUS)} AND {c.at(PLUS)}", BOOLEAN, COMPARED)

    def _in(self, node: exp.In, scope: Scope) -> Piece:
        only(node, "this", "expressions", "query", "negate")
        word = "NOT IN" if node.args.get("negate") else "IN"
        query = node.args.get("query")
        if isinstance(node.this, (exp.Tuple,)):
            refuse(
                node,
                "IN over rows is not translated: NULLs in them count differently.",
                "Join on each column, or write EXISTS.",
            )
        left = self.expression(node.this, scope)
        if query is not None:
            written = self.subquery_columns(query, scope)
            self._same_column(left, written, node)
            return Piece(f"{left.at(PLUS)} {word} (\n{written.text}\n)", BOOLEAN, COMPARED)
        of, pieces = self._comparable([left, *self.many(node.expressions, scope)], node)
        if pieces[0].nan and any(it.nan for it in pieces[1:]):
            refuse(node, "IN over values that may be NaN is not translated.", "Compare with =.")
        return Piece(f"{pieces[0].at(PLUS)} {word} ({', '.join(it.text for it in pieces[1:])})", BOOLEAN, COMPARED)

    def _like(self, node: exp.Like, scope: Scope) -> Piece:
        only(node, "this", "expression", "negate")
        text, pattern = self.texts([node.this, node.expression], scope, "LIKE")
        word = "NOT LIKE" if node.args.get("negate") else "LIKE"
        return Piece(f"{text.at(PLUS)} {word} {pattern.at(PLUS)}", BOOLEAN, COMPARED)

    def _escape(self, node: exp.Escape, scope: Scope) -> Piece:
        if (
            not isinstance(node.this, exp.Like)
            or not isinstance(node.expression, exp.Literal)
            or len(node.expression.this) != 1
        ):
            refuse(node, "ESCAPE is translated with LIKE and one character.")
        inner = self._like(node.this, scope)
        return Piece(f"{inner.text} ESCAPE {text_literal(node.expression.this)}", BOOLEAN, COMPARED)

    def texts(self, nodes: list[exp.Expression], scope: Scope, what: str) -> list[Piece]:
        pieces = self.many(nodes, scope)
        for piece, node in zip(pieces, nodes, strict=True):
            if piece.type.kind not in ("varchar", "unknown"):
                refuse(node, f"{what} takes text, not {piece.type}.", "CAST(… AS varchar) makes text of it.")
        return pieces

    def _is(self, node: exp.Is, scope: Scope) -> Piece:
        only(node, "this", "expression", "negate")
        if not isinstance(node.expression, exp.Null):
            refuse(node, "IS is translated with NULL.")
        word = "IS NOT NULL" if node.args.get("negate") else "IS NULL"
        return Piece(f"{self.expression(node.this, scope).at(PLUS)} {word}", BOOLEAN, COMPARED)

    def _distinct_from(self, node: exp.Binary, scope: Scope) -> Piece:
        only(node, "this", "expression")
        word = "IS DISTINCT FROM" if isinstance(node, exp.NullSafeNEQ) else "IS NOT DISTINCT FROM"
        _, (a, b) = self._comparable(self.many([node.this, node.expression], scope), node)
        return Piece(f"{a.at(PLUS)} {word} {b.at(PLUS)}", BOOLEAN, COMPARED)

    def _not(self, node: exp.Not, scope: Scope) -> Piece:
        inner = self.truth(node.this, scope)
        return Piece(f"NOT {inner.at(COMPARED)}", BOOLEAN, NOT)

    def truth(self, node: exp.Expression, scope: Scope) -> Piece:
        piece = self.expression(node, scope)
        if piece.type.kind not in ("boolean", "unknown"):
            refuse(node, f"A condition is a boolean, not {piece.type}.")
        return piece

    def _connected(self, node: exp.Connector, scope: Scope) -> Piece:
        kind, word, bind = (type(node), "AND", AND) if isinstance(node, exp.And) else (type(node), "OR", OR)
        parts: list[exp.Expression] = []
        left: exp.Expression = node
        while isinstance(left, kind):
            only(left, "this", "expression")
            parts.append(left.expression)
            left = left.this
        pieces = [self.truth(it, scope) for it in (left, *reversed(parts))]
        return Piece(f" {word} ".join(it.at(bind) for it in pieces), BOOLEAN, bind)
