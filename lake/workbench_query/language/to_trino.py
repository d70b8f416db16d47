"""DuckDB's SQL for Trino. Fewer things are translated this way: what is, has the value that DuckDB would give it."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp

from .query_writer import QueryWriter
from .scopes import Relation, Scope
from .sql_types import (
    BIGINT,
    BOOLEAN,
    DATE,
    DOUBLE,
    HUGEINT,
    INTEGER,
    INTEGERS,
    UNKNOWN,
    VARCHAR,
    SqlType,
    as_decimal,
    common_type,
    decimal,
    is_integer,
    is_number,
    timestamp,
    type_of_node,
)  # fmt: skip
from .table_names import TableNames, quoted
from .trino_calls import AGGREGATES, EXTRACTED, FUNCTIONS, WINDOWED
from .written import (
    AND,
    ATOM,
    COMPARED,
    NOT,
    OR,
    PLUS,
    TIMES,
    UNARY,
    Column,
    Piece,
    mark,
    only,
    refusal,
    refuse,
    text_literal,
)

_COMPARED = {exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
_SIMPLE = ("boolean", *INTEGERS, "decimal", "double", "varchar", "date", "timestamp")


class ToTrino(QueryWriter):
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
        if piece.type.kind not in (*_SIMPLE, "unknown", "timestamptz", "varbinary", "uuid", "real"):
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

    def default_name(self, node: exp.Expression, index: int, piece: Piece) -> str:
        if isinstance(node, exp.Anonymous):
            inner = ", ".join(it.name if isinstance(it, exp.Column) else "…" for it in node.expressions)
            return f"{node.name.lower()}({inner})" if "…" not in inner else f"_col{index}"
        return f"_col{index}"

    # DuckDB's own ways to write a query

    def star_parts(self) -> tuple[str, ...]:
        return ("except_", "replace")

    def star_changed(
        self, star: exp.Expression, found: list[tuple[str, Column]], scope: Scope
    ) -> list[tuple[str, Column]]:
        left_out = {it.name.lower() for it in star.args.get("except_") or []}
        names = {column.name.lower() for _, column in found}
        for it in star.args.get("except_") or []:
            if it.name.lower() not in names:
                refuse(it, f"There is no column {it.name} to exclude.")
        replaced = {it.alias.lower(): self.expression(it.this, scope) for it in star.args.get("replace") or []}
        changed = []
        for text, column in found:
            key = column.name.lower()
            if key in left_out:
                continue
            piece = replaced.get(key)
            changed.append(
                (text, column)
                if piece is None
                else (piece.text, Column(column.name, piece.type, piece.nan, piece.loose))
            )
        return changed

    def item_scope(self, scope: Scope, aliases: dict[str, Piece]) -> Scope:
        return _with_aliases(scope, aliases)

    def having_scope(self, scope: Scope, aliases: dict[str, Piece]) -> Scope:
        return _with_aliases(scope, aliases)

    def group_parts(self) -> tuple[str, ...]:
        return ("all",)

    def group_by(self, node: exp.Group, select: exp.Select, scope: Scope, aliases: dict[str, Piece]) -> str:
        if not node.args.get("all"):
            return super().group_by(node, select, _with_aliases(scope, aliases), aliases)
        keys = []
        for number, item in enumerate(select.expressions, 1):
            if isinstance(item, exp.Star) or (isinstance(item, exp.Column) and isinstance(item.this, exp.Star)):
                refuse(item, "GROUP BY ALL with * is not translated.", "Name the columns.")
            if not any(isinstance(it, exp.Anonymous) and it.name.lower() in AGGREGATES for it in item.walk()):
                keys.append(str(number))
        return ", ".join(keys) if keys else "()"

    def qualified(
        self, node: exp.Select, scope: Scope, text: str, columns: list[Column], aliases: dict[str, Piece]
    ) -> str:
        qualify = node.args.get("qualify")
        if qualify is None:
            return text
        raise refusal(
            qualify,
            "QUALIFY is not translated for Trino.",
            "SELECT … FROM (SELECT …, row_number() OVER (…) AS n …) WHERE n = 1.",
        )

    def limit_order(self, limit: str | None, offset: str | None) -> list[str]:
        return [f"OFFSET {offset}"] * (offset is not None) + [f"LIMIT {limit}"] * (limit is not None)

    def ordered(
        self,
        node: exp.Ordered,
        scope: Scope,
        columns: list[Column] | None = None,
        aliases: dict[str, Piece] | None = None,
    ) -> str:
        if columns is not None and not isinstance(node.this, (exp.Column, exp.Literal)):
            known = {it.name.lower() for rel in scope.relations for it in rel.columns}
            for it in node.this.find_all(exp.Column):
                if len(it.parts) == 1 and it.name.lower() in known and it.name.lower() in (aliases or {}):
                    refuse(it, f"{it.name} may be the column or the alias.", "Give the alias a name of its own.")
        return super().ordered(node, scope, columns, aliases)

    def unnest(self, node: exp.Unnest, scope: Scope) -> tuple[str, Relation]:
        refuse(node, "UNNEST is not translated for Trino.", "Choose Trino's dialect: CROSS JOIN UNNEST(…) AS t (x).")

    def join(self, node: exp.Join, scope: Scope) -> str:
        if (node.args.get("method") or "").upper():
            refuse(
                node, f"{node.args['method'].upper()} JOIN is not translated for Trino.", "Write its condition with ON."
            )
        return super().join(node, scope)

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
        if column.type.kind not in (*_SIMPLE, "timestamptz", "varbinary", "uuid", "unknown"):
            refuse(
                node,
                f"{column.name} is {column.type}, which is not translated for Trino.",
                "Choose DuckDB as the engine.",
            )
        return super().column_piece(text, column, node)

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

    def _compare(self, node: exp.Binary, scope: Scope) -> Piece:
        only(node, "this", "expression")
        left, right = self.many([node.this, node.expression], scope)
        left, right = self._dated(left, right)
        guarded = self._beside_nan(_COMPARED[type(node)], left, right, node)
        if guarded is not None:
            return guarded
        of, (a, b) = self._comparable([left, right], node)
        return Piece(f"{a.at(PLUS)} {_COMPARED[type(node)]} {b.at(PLUS)}", BOOLEAN, COMPARED)

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
            of.kind not in (*_SIMPLE, "unknown")
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
        return EXTRACTED_OF(self, node.this.name.lower(), node.expression, node, scope)

    def _subquery(self, node: exp.Expression, scope: Scope) -> Piece:
        written = self.subquery_columns(node, scope)
        if len(written.columns) != 1:
            refuse(node, f"The query gives {len(written.columns)} columns where one value is asked for.")
        return Piece(f"(\n{written.text}\n)", written.columns[0].type, nan=written.columns[0].nan)

    def _exists(self, node: exp.Exists, scope: Scope) -> Piece:
        return Piece(f"EXISTS (\n{self.subquery_columns(node.this, scope).text}\n)", BOOLEAN)

    def _call(self, node: exp.Anonymous, scope: Scope) -> Piece:
        only(node, "this", "expressions")
        name = node.name.lower()
        if name in AGGREGATES:
            return AGGREGATES[name](self, node, scope, "")
        rule = FUNCTIONS.get(name)
        if rule is None:
            refuse(
                node,
                f"The function {name} is not translated for Trino.",
                "Choose DuckDB as the engine, or Trino's dialect.",
            )
        return rule(self, node, scope)

    def _filter(self, node: exp.Filter, scope: Scope) -> Piece:
        if not isinstance(node.this, exp.Anonymous) or node.this.name.lower() not in AGGREGATES:
            refuse(node, "FILTER is translated after an aggregate.")
        return AGGREGATES[node.this.name.lower()](
            self, node.this, scope, f" FILTER (WHERE {self.condition(node.expression.this, scope)})"
        )

    def _window(self, node: exp.Window, scope: Scope) -> Piece:
        only(node, "this", "partition_by", "order", "over", name="OVER")
        if not isinstance(node.this, exp.Anonymous):
            refuse(node, "FILTER and IGNORE NULLS before OVER are not translated for Trino.")
        parts = []
        if node.args.get("partition_by"):
            parts.append("PARTITION BY " + ", ".join(it.text for it in self.many(node.args["partition_by"], scope)))
        if node.args.get("order") is not None:
            parts.append("ORDER BY " + ", ".join(self.ordered(it, scope) for it in node.args["order"].expressions))
        over = f" OVER ({' '.join(parts)})"
        name = node.this.name.lower()
        if name in WINDOWED:
            return WINDOWED[name](self, node.this, scope, over)
        if name not in AGGREGATES:
            refuse(node, f"{name} with OVER is not translated for Trino.")
        return AGGREGATES[name](self, node.this, scope, over)


def _with_aliases(scope: Scope, aliases: dict[str, Piece]) -> Scope:
    return Scope(
        scope.parent or Scope(),
        scope.relations,
        scope.merged,
        scope.merged_order,
        dict(aliases),
        scope.variables,
        scope.ctes,
    )


def EXTRACTED_OF(writer: ToTrino, field: str, of: exp.Expression, node: exp.Expression, scope: Scope) -> Piece:
    piece = writer.expression(of, scope)
    if field not in EXTRACTED or piece.type.kind not in ("date", "timestamp"):
        refuse(node, f"{field} of {piece.type} is not translated for Trino.")
    if EXTRACTED[field][1] and piece.type.kind == "date":
        refuse(node, "A date has no hours, minutes or seconds.")
    return Piece(EXTRACTED[field][0].format(piece.text), BIGINT)


_WRITERS: dict[type, Callable[[ToTrino, exp.Expression, Scope], Piece]] = {
    exp.Literal: ToTrino._literal,
    exp.Column: ToTrino._column,
    exp.Null: ToTrino._null,
    exp.Boolean: ToTrino._boolean,
    exp.Paren: ToTrino._paren,
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod), ToTrino._arithmetic),
    **dict.fromkeys(_COMPARED, ToTrino._compare),
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
