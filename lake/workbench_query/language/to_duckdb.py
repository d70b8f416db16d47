"""Trino's SQL for DuckDB: what expressions become. A piece that is written has the value that Trino would give it."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp

from .duckdb_aggregates import AGGREGATES, WINDOWED
from .duckdb_casts import cast, cast_to, duckdb_type, utc
from .duckdb_functions import FUNCTIONS, element_or_fail
from .duckdb_numbers import arithmetic, compare, negated
from .duckdb_times import EXTRACTED, at_zone, date_plus, extract, time_literal
from .duckdb_windows import window_text
from .query_writer import QueryWriter, Written
from .scopes import Relation, Scope
from .sql_types import (
    BIGINT,
    BOOLEAN,
    DATE,
    DOUBLE,
    INTEGER,
    UNKNOWN,
    VARCHAR,
    SqlType,
    array,
    common_type,
    decimal,
    timestamp,
    type_of_node,
)  # fmt: skip
from .table_names import TableNames, quoted
from .written import AND, ATOM, COMPARED, NOT, OR, PLUS, Column, Piece, mark, only, refusal, refuse, text_literal

_BINARY = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.Mod: "%"}
_COMPARED = {exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
_NOT_COMPARABLE = ("map", "row", "array", "json", "char")


class ToDuckDB(QueryWriter):
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
                node, f"{_name_of(node)} is not translated for DuckDB.", "Run it on Trino, or choose DuckDB's dialect."
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
        operator = _BINARY[type(node)]
        if isinstance(node.expression, exp.Interval) or isinstance(node.this, exp.Interval):
            return date_plus(self, node, operator, scope)
        left, right = self.expression(node.this, scope), self.expression(node.expression, scope)
        return arithmetic(operator, left, right, node)

    def _compare(self, node: exp.Binary, scope: Scope) -> Piece:
        only(node, "this", "expression")
        operator = _COMPARED[type(node)]
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

    # Calls

    def _call(self, node: exp.Anonymous, scope: Scope) -> Piece:
        only(node, "this", "expressions")
        name = node.name.lower()
        if name in AGGREGATES:
            return self.aggregate(node, scope, "", "", node)
        if name in WINDOWED:
            refuse(node, f"{name} needs OVER (…).")
        return self.function(name, node.expressions, node, scope)

    def function(self, name: str, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        rule = FUNCTIONS.get(name)
        if rule is None:
            refuse(node, f"The function {name} is not translated for DuckDB.", self.instead(name))
        return rule(self, nodes, node, scope)

    def instead(self, name: str) -> str:
        return _INSTEAD.get(name, "Run it on Trino, or choose DuckDB's dialect.")

    def aggregate(self, node: exp.Anonymous, scope: Scope, filtered: str, over: str, whole: exp.Expression) -> Piece:
        return AGGREGATES[node.name.lower()](self, node, scope, filtered, over)

    def _filter(self, node: exp.Filter, scope: Scope) -> Piece:
        return self._windowed(node, scope, "", node)

    def _windowed(self, node: exp.Expression, scope: Scope, over: str, whole: exp.Expression) -> Piece:
        filtered = ""
        nulls = ""
        inner = node
        while not isinstance(inner, exp.Anonymous):
            if isinstance(inner, exp.Filter):
                only(inner, "this", "expression")
                filtered = f" FILTER (WHERE {self.condition(inner.expression.this, scope)})"
            elif isinstance(inner, exp.IgnoreNulls):
                nulls = " IGNORE NULLS"
            elif isinstance(inner, exp.RespectNulls):
                nulls = ""
            else:
                refuse(whole, f"{_name_of(inner)} is not translated with FILTER or OVER.")
            inner = inner.this
        name = inner.name.lower()
        if name in WINDOWED and over:
            return WINDOWED[name](self, inner, scope, nulls, over)
        if name not in AGGREGATES or nulls:
            refuse(whole, f"{name} is not translated with FILTER, OVER or IGNORE NULLS.")
        return self.aggregate(inner, scope, filtered, over, whole)

    def _window(self, node: exp.Window, scope: Scope) -> Piece:
        only(node, "this", "partition_by", "order", "spec", "over", "alias", name="OVER")
        alias = node.args.get("alias")
        if alias is not None:
            return self._windowed(node.this, scope, f" OVER {quoted(alias.name)}", node)
        return self._windowed(node.this, scope, f" OVER ({window_text(self, node, scope)})", node)

    def named_window(self, node: exp.Window, scope: Scope) -> str:
        only(node, "this", "partition_by", "order", "spec", "over", "first", name="WINDOW")
        return f"{quoted(node.this.name)} AS ({window_text(self, node, scope)})"

    def _list_agg(self, node: exp.GroupConcat, scope: Scope) -> Piece:
        only(node, "this", "separator", name="LISTAGG")
        order = node.this if isinstance(node.this, exp.Order) else None
        if order is None:
            refuse(node, "listagg needs WITHIN GROUP (ORDER BY …).")
        (text,) = self.texts([order.this], scope, "listagg")
        separator = node.args.get("separator")
        spelt = self.texts([separator], scope, "listagg")[0].text if separator is not None else "''"
        keys = ", ".join(self.ordered(it, scope) for it in order.expressions)
        return Piece(f"string_agg({text.text}, {spelt} ORDER BY {keys})", VARCHAR)

    # FROM

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


def _name_of(node: exp.Expression) -> str:
    return (
        node.name.upper()
        if isinstance(node, exp.Anonymous)
        else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).upper()
    )


_INSTEAD = {
    "approx_distinct": "count(DISTINCT …) is exact and the same everywhere; or run it on Trino.",
    "approx_percentile": "Run it on Trino, or choose DuckDB's dialect and quantile_cont(…, …), which is exact.",
    "approx_most_frequent": "GROUP BY with count(*) and LIMIT is exact and the same everywhere.",
    "try": "TRY_CAST, or a CASE that tests for what fails, is the same everywhere.",
    "typeof": "Run it on Trino.",
    "array_distinct": "SELECT DISTINCT over UNNEST is the same everywhere.",
    "reduce": "Aggregate over UNNEST.",
    "any_match": "cardinality(filter(…)) > 0 is the same everywhere.",
    "all_match": "cardinality(filter(…)) = cardinality(…) is the same everywhere.",
    "none_match": "cardinality(filter(…)) = 0 is the same everywhere.",
    "json_extract": "json_extract_scalar(…) gives a value as text.",
    "format": "Join texts with ||.",
}

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
    **dict.fromkeys(_BINARY, ToDuckDB._arithmetic),
    **dict.fromkeys(_COMPARED, ToDuckDB._compare),
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
