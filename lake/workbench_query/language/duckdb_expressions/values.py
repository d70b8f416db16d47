"""Values: literals, columns, CASE, CAST and what is made of several values."""

from __future__ import annotations

import re

from sqlglot import exp

from ..duckdb_casts import cast, duckdb_type
from ..duckdb_functions import element_or_fail
from ..duckdb_numbers import arithmetic, negated
from ..duckdb_times import EXTRACTED, at_zone, date_plus, extract, time_literal
from ..query_writer import QueryWriter
from ..scopes import Scope
from ..sql_types import (
    BIGINT,
    BOOLEAN,
    DOUBLE,
    INTEGER,
    UNKNOWN,
    VARCHAR,
    SqlType,
    array,
    decimal,
    type_of_node,
)  # fmt: skip
from ..written import ATOM, PLUS, Piece, mark, only, refusal, refuse, text_literal

ARITHMETIC = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.Mod: "%"}


class Values(QueryWriter):
    """Expressions that give a value and are no call."""

    def _literal(self, node: exp.Literal, scope: Scope) -> Piece:
        only(node, "this", "is_string")
        if node.is_string:
            return Piece(mark(node, text_literal(node.this)), SqlType("varchar", (len(node.this),)), literal=node.this)
        return self.number(node, node.this)

    def number(self, node: exp.Expression, text: str) -> Piece:
        if re.fullmatch(r"\d+", text):
            value = int(text)
            if value >= 2**63:
                refuse(node, f"{text} is too large for a bigint.", f"DECIMAL '{text}' holds it.")
            small = value < 2**31
            # DuckDB fits a literal to what stands beside it; a cast keeps the type.
            return Piece(mark(node, text), INTEGER if small else BIGINT, literal=value)
        if match := re.fullmatch(r"(\d*)\.(\d*)", text):
            whole, fraction = match[1].lstrip("0"), match[2]
            precision = max(1, len(whole) + len(fraction))
            if precision > 38:
                refuse(node, f"{text} has more than 38 digits.")
            return Piece(mark(node, text), decimal(precision, len(fraction)), literal=text)
        if re.fullmatch(r"(\d+\.?\d*|\.\d+)[eE][+-]?\d+", text):
            return Piece(mark(node, text), DOUBLE, literal=float(text))
        raise refusal(node, f"The number {text} is not translated.")

    def _column(self, node: exp.Column, scope: Scope) -> Piece:
        only(node, "this", "table", "db", "catalog", name="A column")
        return self.column(node, scope)

    def _identifier(self, node: exp.Identifier, scope: Scope) -> Piece:
        # In lambdas, names of the arguments stand bare.
        return self.column(exp.Column(this=node.copy()), scope)

    def _dot(self, node: exp.Dot, scope: Scope) -> Piece:
        if not isinstance(node.expression, exp.Identifier):
            refuse(node, "This way to name a field is not translated.")
        return self.field_of(self.expression(node.this, scope), node.expression.name, node)

    def _null(self, node: exp.Null, scope: Scope) -> Piece:
        return Piece("NULL", UNKNOWN)

    def _boolean(self, node: exp.Boolean, scope: Scope) -> Piece:
        return Piece("true" if node.this else "false", BOOLEAN, literal=bool(node.this))

    def _paren(self, node: exp.Paren, scope: Scope) -> Piece:
        inner = self.expression(node.this, scope)
        return (
            inner
            if inner.bind == ATOM
            else Piece(f"({inner.text})", inner.type, ATOM, inner.nan, inner.loose, inner.zone)
        )

    def _arithmetic(self, node: exp.Binary, scope: Scope) -> Piece:
        only(node, "this", "expression", "typed", "safe")
        operator = ARITHMETIC[type(node)]
        if isinstance(node.expression, exp.Interval) or isinstance(node.this, exp.Interval):
            return date_plus(self, node, operator, scope)
        left, right = self.expression(node.this, scope), self.expression(node.expression, scope)
        return arithmetic(operator, left, right, node)

    def _concat(self, node: exp.DPipe, scope: Scope) -> Piece:
        only(node, "this", "expression", "safe")
        parts: list[exp.Expression] = []
        left: exp.Expression = node
        while isinstance(left, exp.DPipe):
            parts.append(left.expression)
            left = left.this
        return self.joined(self.many([left, *reversed(parts)], scope), node)

    def joined(self, pieces: list[Piece], node: exp.Expression) -> Piece:
        kinds = {it.type.kind for it in pieces}
        if "array" in kinds:
            of, pieces = self.together(pieces, node)
            return Piece(" || ".join(it.atom for it in pieces), of, PLUS)
        for piece in pieces:
            if piece.type.kind not in ("varchar", "unknown"):
                refuse(node, f"|| joins texts, not {piece.type}.", "CAST(… AS varchar) makes text of it.")
        return Piece(" || ".join(it.atom for it in pieces), VARCHAR, PLUS)

    def _negative(self, node: exp.Neg, scope: Scope) -> Piece:
        return negated(self.expression(node.this, scope), node)

    def _case(self, node: exp.Case, scope: Scope) -> Piece:
        only(node, "this", "ifs", "default")
        subject = self.expression(node.this, scope) if node.this is not None else None
        conditions, values = [], []
        for branch in node.args["ifs"]:
            only(branch, "this", "true")
            if subject is None:
                conditions.append(self.truth(branch.this, scope))
            else:
                conditions.append(self.compared("=", subject, self.expression(branch.this, scope), branch))
            values.append(self.expression(branch.args["true"], scope))
        default = node.args.get("default")
        values.append(self.expression(default, scope) if default is not None else Piece("NULL", UNKNOWN))
        return self.cases(conditions, values, node, default is not None)

    def cases(
        self, conditions: list[Piece], values: list[Piece], node: exp.Expression, has_default: bool = True
    ) -> Piece:
        of, values = self.together(values, node)
        whens = " ".join(f"WHEN {test.text} THEN {value.text}" for test, value in zip(conditions, values, strict=False))
        default = f" ELSE {values[-1].text}" if has_default else ""
        return Piece(f"CASE {whens}{default} END", of, nan=any(it.nan for it in values), loose=of.kind == "decimal")

    def _if(self, node: exp.If, scope: Scope) -> Piece:
        only(node, "this", "true", "false")
        values = [self.expression(node.args["true"], scope)]
        default = node.args.get("false")
        values.append(self.expression(default, scope) if default is not None else Piece("NULL", UNKNOWN))
        return self.cases([self.truth(node.this, scope)], values, node)

    def _cast(self, node: exp.Cast, scope: Scope) -> Piece:
        only(node, "this", "to", "safe", name="CAST")
        is_try = isinstance(node, exp.TryCast)
        of = type_of_node(node.args["to"], bare_decimal=(38, 0), bare_digits=3)
        if of is None:
            refuse(node, f"CAST to {node.args['to'].sql('trino')} is not translated.", "Run it on Trino.")
        if isinstance(node.this, exp.Literal) and node.this.is_string and not is_try:
            if of.kind == "decimal" and self._follows(node.this, "decimal"):
                inner = self.number(node.this, node.this.this.lstrip("+-"))
                inner_type = inner.type if inner.type.kind == "decimal" else decimal(len(str(inner.literal)), 0)
                return Piece(f"CAST({text_literal(node.this.this)} AS {duckdb_type(inner_type)})", inner_type)
            literal = time_literal(node.this, node.args["to"], of)
            if literal is not None:
                return literal
        return cast(self.expression(node.this, scope), of, is_try, node)

    def _follows(self, literal: exp.Literal, word: str) -> bool:
        """Whether the word stands before the literal: DECIMAL '1.20' is no cast."""
        start = literal.meta.get("start")
        return start is not None and self.source[:start].rstrip().lower().endswith(word)

    def _extract(self, node: exp.Extract, scope: Scope) -> Piece:
        field = node.this.name.lower()
        if field not in EXTRACTED:
            refuse(node, f"EXTRACT({field.upper()} …) is not translated.")
        return extract(EXTRACTED[field], self.expression(node.expression, scope), node)

    def _at_zone(self, node: exp.AtTimeZone, scope: Scope) -> Piece:
        return at_zone(self, node, scope)

    def _array(self, node: exp.Array, scope: Scope) -> Piece:
        of, pieces = self.together(self.many(node.expressions, scope), node)
        if of == UNKNOWN and pieces:
            refuse(node, "An array of NULLs alone has no type.", "Cast one of them.")
        text = f"[{', '.join(it.text for it in pieces)}]"
        return Piece(text, array(of), loose=any(it.loose or it.type.kind == "decimal" for it in pieces))

    def _bracket(self, node: exp.Bracket, scope: Scope) -> Piece:
        only(node, "this", "expressions")
        if len(node.expressions) != 1 or isinstance(node.expressions[0], exp.Slice):
            refuse(node, "A slice of an array is not translated.", "slice(array, start, length) is.")
        return element_or_fail(
            self, self.expression(node.this, scope), self.expression(node.expressions[0], scope), node
        )

    def _tuple(self, node: exp.Tuple, scope: Scope) -> Piece:
        refuse(node, "A row of values is not translated here.", "Compare its values one by one.")

    def _subquery(self, node: exp.Expression, scope: Scope) -> Piece:
        written = self.subquery_columns(node, scope)
        if len(written.columns) != 1:
            refuse(node, f"The query gives {len(written.columns)} columns where one value is asked for.")
        column = written.columns[0]
        return Piece(f"(\n{written.text}\n)", column.type, nan=column.nan, loose=column.loose)

    def _exists(self, node: exp.Exists, scope: Scope) -> Piece:
        return Piece(f"EXISTS (\n{self.subquery_columns(node.this, scope).text}\n)", BOOLEAN)
