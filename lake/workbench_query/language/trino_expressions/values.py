"""Values: literals, columns, arithmetic, CASE and CAST."""

from __future__ import annotations

import re

from sqlglot import exp

from ..query_writer import QueryWriter
from ..scopes import Scope
from ..sql_types import (
    BIGINT,
    BOOLEAN,
    DATE,
    DOUBLE,
    HUGEINT,
    INTEGER,
    UNKNOWN,
    VARCHAR,
    as_decimal,
    common_type,
    decimal,
    is_integer,
    is_number,
    timestamp,
    type_of_node,
)  # fmt: skip
from ..trino_calls import extracted
from ..written import (
    ATOM,
    PLUS,
    TIMES,
    UNARY,
    Piece,
    mark,
    only,
    refusal,
    refuse,
    text_literal,
)


class Values(QueryWriter):
    """Expressions that give a value and are no call."""

    def _literal(self, node: exp.Literal, scope: Scope) -> Piece:
        if node.is_string:
            return Piece(mark(node, text_literal(node.this)), VARCHAR, literal=node.this)
        text = node.this
        if re.fullmatch(r"\d+", text):
            value = int(text)
            if value >= 2**63:
                refuse(node, f"{text} is too large for a bigint.")
            return Piece(mark(node, text), INTEGER if value < 2**31 else BIGINT, literal=value)
        if match := re.fullmatch(r"(\d*)\.(\d*)", text):
            precision = max(1, len(match[1]) + len(match[2]))
            if precision > 38:
                refuse(node, f"{text} has more than 38 digits.")
            return Piece(mark(node, text), decimal(precision, len(match[2])), literal=text)
        if re.fullmatch(r"(\d+\.?\d*|\.\d+)[eE][+-]?\d+", text):
            return Piece(mark(node, text), DOUBLE, literal=float(text))
        raise refusal(node, f"The number {text} is not translated.")

    def _column(self, node: exp.Column, scope: Scope) -> Piece:
        only(node, "this", "table", "db", "catalog", name="A column")
        # DuckDB prefers a column to an alias of the SELECT list.
        if len(node.parts) == 1 and scope.aliases and scope.parent is not None:
            plain = Scope(
                scope.parent, scope.relations, scope.merged, scope.merged_order, {}, scope.variables, scope.ctes
            )
            if any(it.name.lower() == node.name.lower() for rel in plain.relations for it in rel.columns):
                return self.column(node, plain)
        return self.column(node, scope)

    def _null(self, node: exp.Null, scope: Scope) -> Piece:
        return Piece("NULL", UNKNOWN)

    def _boolean(self, node: exp.Boolean, scope: Scope) -> Piece:
        return Piece("true" if node.this else "false", BOOLEAN, literal=bool(node.this))

    def _paren(self, node: exp.Paren, scope: Scope) -> Piece:
        inner = self.expression(node.this, scope)
        return inner if inner.bind == ATOM else Piece(f"({inner.text})", inner.type, ATOM, inner.nan, inner.loose)

    def _arithmetic(self, node: exp.Binary, scope: Scope) -> Piece:
        only(node, "this", "expression", "typed", "safe")
        operator = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.IntDiv: "//", exp.Mod: "%"}[type(node)]
        if isinstance(node.expression, exp.Interval) or isinstance(node.this, exp.Interval):
            return self._plus_interval(node, operator, scope)
        left, right = self.expression(node.this, scope), self.expression(node.expression, scope)
        a, b = left.type, right.type
        if {a.kind, b.kind} == {"date", "integer"} and operator in "+-" and a.kind == "date":
            number = right.text if operator == "+" else f"-{right.atom}"
            return Piece(f"date_add('day', {number}, {left.text})", DATE)
        if a.kind == b.kind == "date" and operator == "-":
            return Piece(f"date_diff('day', {right.text}, {left.text})", BIGINT)
        if not is_number(a) or not is_number(b) or "real" in (a.kind, b.kind):
            refuse(node, f"{a} {operator} {b} is not translated for Trino.", "Cast both to one type.")
        bind = PLUS if operator in "+-" else TIMES
        if HUGEINT in (a, b) and operator != "/" and ("decimal" in (a.kind, b.kind) or operator in ("//", "%")):
            refuse(node, f"{operator} of a sum of integers is not translated for Trino.", "CAST(sum(…) AS BIGINT).")
        if operator == "/":
            return self._quotient(left, right, node)
        if operator in ("//", "%"):
            if not is_integer(a) or not is_integer(b):
                refuse(node, f"{operator} of {a} and {b} is not translated for Trino.", "Cast to integers.")
            # DuckDB answers NULL where Trino fails.
            divisor = (
                right.atom if isinstance(right.literal, int) and right.literal != 0 else f"nullif({right.text}, 0)"
            )
            return Piece(f"{left.at(TIMES)} {operator[0]} {divisor}", common_type(a, b) or BIGINT, TIMES)
        text = f"{left.at(bind)} {operator} {right.at(bind - 1)}"
        if DOUBLE in (a, b):
            x, y = self.cast_to(left, DOUBLE, node), self.cast_to(right, DOUBLE, node)
            return Piece(f"{x.at(bind)} {operator} {y.at(bind - 1)}", DOUBLE, bind, nan=True)
        if is_integer(a) and is_integer(b):
            of = common_type(a, b) or BIGINT
            if of.kind in ("tinyint", "smallint"):
                refuse(node, f"Arithmetic of {of} is not translated for Trino: its limits differ.", "Cast to integer.")
            return Piece(text, of, bind)
        (p1, s1), (p2, s2) = as_decimal(a).args, as_decimal(b).args
        if operator == "*":
            if s1 + s2 > 38 or p1 + p2 > 38:
                refuse(node, f"The product of {a} and {b} may have more than 38 digits.", "Cast to fewer digits first.")
            return Piece(text, decimal(p1 + p2, s1 + s2), bind)
        precision = max(p1 - s1, p2 - s2) + max(s1, s2) + 1
        if precision > 38:
            precision = 38
        return Piece(text, decimal(precision, max(s1, s2)), bind)

    def _quotient(self, left: Piece, right: Piece, node: exp.Expression) -> Piece:
        """DuckDB's / is of doubles, and gives what doubles give for a divisor of 0."""
        a, b = (Piece(f"CAST({it.text} AS double)", DOUBLE) if it.type != DOUBLE else it for it in (left, right))
        return Piece(f"{a.at(TIMES)} / {b.atom}", DOUBLE, TIMES, nan=True)

    def _plus_interval(self, node: exp.Binary, operator: str, scope: Scope) -> Piece:
        if not isinstance(node.expression, exp.Interval) or operator not in "+-":
            refuse(node, "Arithmetic of intervals is not translated.", "Write time + INTERVAL.")
        at, interval = self.expression(node.this, scope), node.expression
        unit, value = interval.args.get("unit"), interval.this
        name = unit.name.upper().rstrip("S") if isinstance(unit, exp.Var) else ""
        if name not in ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND") or not re.fullmatch(
            r"-?\d{1,9}", value.name
        ):
            refuse(node, "This interval is not translated.", "Write INTERVAL '3' DAY.")
        if at.type.kind not in ("date", "timestamp"):
            refuse(node, f"{at.type} and an interval are not translated.")
        # DuckDB makes a timestamp of a date and an interval.
        text = at.at(PLUS) if at.type.kind == "timestamp" else f"CAST({at.text} AS timestamp(6))"
        return Piece(f"{text} {operator} INTERVAL '{value.name}' {name}", timestamp(6), PLUS)

    def _concat(self, node: exp.DPipe, scope: Scope) -> Piece:
        a, b = self.texts([node.this, node.expression], scope, "||")
        return Piece(f"{a.atom} || {b.atom}", VARCHAR, PLUS)

    def _negative(self, node: exp.Neg, scope: Scope) -> Piece:
        piece = self.expression(node.this, scope)
        if not is_number(piece.type):
            refuse(node, f"- of {piece.type} is not translated.")
        literal = -piece.literal if isinstance(piece.literal, (int, float)) else None
        return Piece(f"-{piece.atom}", piece.type, UNARY, piece.nan, literal=literal)

    def _case(self, node: exp.Case, scope: Scope) -> Piece:
        only(node, "this", "ifs", "default")
        subject = self.expression(node.this, scope) if node.this is not None else None
        tests, values = [], []
        for branch in node.args["ifs"]:
            if subject is None:
                tests.append(self.truth(branch.this, scope).text)
            else:
                _, (a, b) = self._comparable([subject, self.expression(branch.this, scope)], branch)
                tests.append(f"{a.at(PLUS)} = {b.at(PLUS)}")
            values.append(self.expression(branch.args["true"], scope))
        default = node.args.get("default")
        values.append(self.expression(default, scope) if default is not None else Piece("NULL", UNKNOWN))
        of, values = self.together(values, node)
        whens = " ".join(f"WHEN {test} THEN {value.text}" for test, value in zip(tests, values, strict=False))
        return Piece(
            f"CASE {whens}{f' ELSE {values[-1].text}' if default is not None else ''} END",
            of,
            nan=any(it.nan for it in values),
        )

    def _cast(self, node: exp.Cast, scope: Scope) -> Piece:
        only(node, "this", "to", "safe", name="CAST")
        of = type_of_node(node.args["to"], bare_decimal=(18, 3), bare_digits=6)
        piece = self.expression(node.this, scope)
        word = "TRY_CAST" if isinstance(node, exp.TryCast) else "CAST"
        if of is not None and of.kind == "varchar":
            of = VARCHAR
        if of is not None and isinstance(piece.literal, str) and piece.type == VARCHAR:
            if of.kind == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", piece.literal):
                return Piece(f"DATE {piece.text}", DATE, literal=piece.literal)
            if of.kind == "timestamp" and re.fullmatch(
                r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}([.]\d{1,6})?", piece.literal
            ):
                return Piece(f"CAST({piece.text} AS timestamp(6))", timestamp(6))
        allowed = of is not None and (
            piece.type == of
            or piece.type.kind == "unknown"
            or (is_integer(piece.type) and of.kind in ("integer", "bigint", "double", "decimal", "varchar"))
            or (piece.type.kind == "decimal" and of.kind in ("double", "integer", "bigint", "decimal", "varchar"))
            or (piece.type.kind in ("date", "timestamp") and of.kind in ("date", "timestamp"))
            or (piece.type.kind in ("date", "boolean") and of == VARCHAR)
            or (piece.type == HUGEINT and of.kind in ("bigint", "double", "decimal", "varchar"))
            or (piece.type == BOOLEAN and of.kind in ("integer", "bigint"))
        )
        if of is None or not allowed:
            refuse(
                node,
                f"CAST of {piece.type} to {of or node.args['to'].sql('duckdb')} is not translated for Trino.",
                "Choose DuckDB as the engine.",
            )
        if piece.type == of:
            return piece
        return Piece(f"{word}({piece.text} AS {of})", of)

    def _extract(self, node: exp.Extract, scope: Scope) -> Piece:
        return extracted(self, node.this.name.lower(), node.expression, node, scope)

    def _subquery(self, node: exp.Expression, scope: Scope) -> Piece:
        written = self.subquery_columns(node, scope)
        if len(written.columns) != 1:
            refuse(node, f"The query gives {len(written.columns)} columns where one value is asked for.")
        return Piece(f"(\n{written.text}\n)", written.columns[0].type, nan=written.columns[0].nan)

    def _exists(self, node: exp.Exists, scope: Scope) -> Piece:
        return Piece(f"EXISTS (\n{self.subquery_columns(node.this, scope).text}\n)", BOOLEAN)
