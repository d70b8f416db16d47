"""Writes a query for another engine: SELECT, FROM, WITH and set operations. Expressions are the subclasses'."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from difflib import get_close_matches

from sqlglot import exp

from ..failures import QueryFailure
from .scopes import Relation, Scope
from .sql_types import SqlType, common_type
from .table_names import TableNames, quoted
from .written import Column, Piece, mark, only, place_of, refusal, refuse

# Characters of one translated expression.
LONGEST = 300_000


@dataclass
class Written:
    """A query, written, with what its rows hold."""

    text: str
    columns: list[Column]
    is_ordered: bool = False


class QueryWriter(ABC):
    """One statement's translation. `engine` names it for people."""

    engine: str
    # Whether the columns of USING come first in `*` in the dialect as written, and in the engine's.
    merged_first: tuple[bool, bool]

    def __init__(self, names: TableNames, source: str) -> None:
        self.names = names
        self.source = source

    @abstractmethod
    def expression(self, node: exp.Expression, scope: Scope) -> Piece:
        """An expression, written."""

    @abstractmethod
    def output(self, piece: Piece) -> str:
        """The text of a column of the result, brought to the type that the dialect as written gives it."""

    @abstractmethod
    def cast_to(self, piece: Piece, of: SqlType, node: exp.Expression) -> Piece:
        """A piece as another type without a cast of the user's; refuses where there is no such way."""

    @abstractmethod
    def table_text(self, parts: tuple[str, ...]) -> str:
        """How the engine is to name a table."""

    @abstractmethod
    def unnest(self, node: exp.Unnest, scope: Scope) -> tuple[str, Relation]:
        """UNNEST in FROM."""

    @staticmethod
    def bounded(piece: Piece, node: exp.Expression) -> Piece:
        """A piece that is not too long: some rules write an operand more than once."""
        if len(piece.text) > LONGEST:
            place = place_of(node)
            raise QueryFailure(
                "resource_exhausted",
                "The expression becomes too long when it is translated.",
                hint="Compute its parts in a query inside.",
                offset=None if place is None else place[0],
            )
        return piece

    def default_name(self, node: exp.Expression, index: int, piece: Piece) -> str:
        return f"_col{index}"

    def condition(self, node: exp.Expression, scope: Scope) -> str:
        piece = self.expression(node, scope)
        if piece.type.kind not in ("boolean", "unknown"):
            refuse(node, f"A condition is a boolean, not {piece.type}.")
        return piece.text

    # Queries

    def query(self, node: exp.Expression, scope: Scope, *, top: bool = False) -> Written:
        if isinstance(node, exp.Select):
            return self.select(node, scope, top)
        if isinstance(node, exp.SetOperation):
            return self.set_operation(node, scope, top)
        if isinstance(node, exp.Subquery):
            only(node, "this", "with_", "order", "limit", "offset", name="A query in brackets")
            scope = scope.inner()
            head = self.with_clause(node, scope)
            inner = self.query(node.this, scope, top=top)
            tail, ordered = self.tail(node, scope, inner.columns)
            return Written(f"{head}({inner.text}){tail}", inner.columns, ordered or inner.is_ordered)
        if isinstance(node, exp.Values):
            return self.values(node, scope, top)
        raise refusal(
            node, f"{node.key.upper()} is not translated.", "Choose the engine of the dialect it is written in."
        )

    def with_clause(self, node: exp.Expression, scope: Scope) -> str:
        clause = node.args.get("with_")
        if clause is None:
            return ""
        only(clause, "expressions", "recursive", name="WITH")
        scope.ctes = dict(scope.ctes)
        texts = []
        for cte in clause.expressions:
            only(cte, "this", "alias", name="WITH")
            name, wanted = cte.args["alias"].this, [it.name for it in cte.args["alias"].args.get("columns") or []]
            inner = scope.inner()
            if (
                clause.args.get("recursive")
                and isinstance(cte.this, exp.SetOperation)
                and self._reads(cte.this, name.name)
            ):
                if cte.this.find(exp.With):
                    refuse(cte, "WITH inside a recursive WITH is not translated.")
                anchor = self.query(cte.this.this, inner)
                inner.ctes = {**inner.ctes, name.name.lower(): self._renamed(anchor.columns, wanted, cte)}
                written = self.query(cte.this, inner)
                for first, whole in zip(anchor.columns, written.columns, strict=True):
                    if common_type(first.type, whole.type) != first.type:
                        refuse(
                            cte,
                            f"The column {first.name} of the recursive {name.name} changes its type.",
                            "Cast it in the first part.",
                        )
            else:
                written = self.query(cte.this, inner)
            columns = self._renamed(written.columns, wanted, cte)
            scope.ctes[name.name.lower()] = columns
            spelt = mark(name, quoted(name.name))
            if wanted:
                spelt += f"({', '.join(quoted(it) for it in wanted)})"
            texts.append(f"{spelt} AS (\n{_indent(written.text)}\n)")
        word = "WITH RECURSIVE" if clause.args.get("recursive") else "WITH"
        return f"{word} {', '.join(texts)}\n"

    @staticmethod
    def _reads(node: exp.Expression, name: str) -> bool:
        return any(not it.args.get("db") and it.name.lower() == name.lower() for it in node.find_all(exp.Table))

    @staticmethod
    def _renamed(columns: list[Column], wanted: list[str], node: exp.Expression) -> list[Column]:
        if not wanted:
            return columns
        if len(wanted) != len(columns):
            refuse(node, f"There are {len(columns)} columns and {len(wanted)} names.")
        return [Column(name, it.type, it.nan, it.loose) for name, it in zip(wanted, columns, strict=True)]

    def set_operation(self, node: exp.SetOperation, scope: Scope, top: bool) -> Written:
        name = type(node).__name__.upper()
        only(node, "this", "expression", "distinct", "with_", "order", "limit", "offset", name=name)
        scope = scope.inner()
        head = self.with_clause(node, scope)
        # A long chain of UNION ALL leans to the left.
        parts: list[tuple[str, exp.Expression]] = []
        left: exp.Expression = node
        while isinstance(left, exp.SetOperation) and (
            left is node or not any(left.args.get(it) for it in ("with_", "order", "limit", "offset"))
        ):
            only(
                left, "this", "expression", "distinct", *(("with_", "order", "limit", "offset") if left is node else ())
            )
            word = type(left).__name__.upper() + ("" if left.args.get("distinct") else " ALL")
            parts.append((word, left.expression))
            left = left.this
        sides = [left, *(part for _, part in reversed(parts))]
        words = [word for word, _ in reversed(parts)]
        if len({word.split()[0] for word in words}) > 1 and "INTERSECT" in {word.split()[0] for word in words}:
            refuse(node, "INTERSECT beside other set operations is not translated.", "Put each pair in brackets.")
        written = [self.query(side, scope.inner()) for side in sides]
        columns = self._unified([it.columns for it in written], node)
        texts = []
        for side, one in zip(sides, written, strict=True):
            text = self._as_types(one, columns, side, top)
            texts.append(
                f"({text})"
                if isinstance(side, exp.SetOperation) or (isinstance(side, exp.Select) and _has_tail(side))
                else text
            )
        text = texts[0] + "".join(f"\n{word}\n{side}" for word, side in zip(words, texts[1:], strict=True))
        tail, ordered = self.tail(node, scope, columns)
        return Written(head + text + tail, columns, ordered)

    def _unified(self, sides: list[list[Column]], node: exp.Expression) -> list[Column]:
        if len({len(it) for it in sides}) != 1:
            refuse(node, f"The queries have {' and '.join(str(len(it)) for it in sides)} columns.")
        columns = []
        for parts in zip(*sides, strict=True):
            of = parts[0].type
            for part in parts[1:]:
                both = common_type(of, part.type)
                if both is None:
                    refuse(
                        node,
                        f"The column {parts[0].name} is {of} in one query and {part.type} in another.",
                        "Cast one of them.",
                    )
                of = both
            columns.append(
                Column(
                    parts[0].name,
                    of,
                    any(it.nan for it in parts),
                    of.kind == "decimal" or any(it.loose for it in parts),
                )
            )
        return columns

    def _as_types(self, written: Written, columns: list[Column], node: exp.Expression, top: bool) -> str:
        """A side of a set operation, its columns cast where the engine would not do it alike."""
        casts = []
        changed = False
        for have, want in zip(written.columns, columns, strict=True):
            piece = self.cast_to(
                Piece(f"side_.{quoted(have.name)}", have.type, nan=have.nan, loose=have.loose), want.type, node
            )
            text = self.output(piece) if top else piece.text
            changed = changed or text != f"side_.{quoted(have.name)}"
            casts.append(f"{text} AS {quoted(have.name)}")
        if not changed:
            return written.text
        if len({it.name.lower() for it in written.columns}) != len(columns):
            refuse(
                node, "Columns of the same name differ in type between the queries.", "Cast them, or give them names."
            )
        return f"SELECT {', '.join(casts)} FROM (\n{_indent(written.text)}\n) AS side_"

    def values(self, node: exp.Values, scope: Scope, top: bool, names: list[str] | None = None) -> Written:
        only(node, "expressions", "alias", "order", "limit", "offset", name="VALUES")
        rows = []
        for row in node.expressions:
            parts = row.expressions if isinstance(row, exp.Tuple) else [row.this if isinstance(row, exp.Paren) else row]
            rows.append([self.expression(it, scope) for it in parts])
        if len({len(row) for row in rows}) != 1:
            refuse(node, "The rows of VALUES differ in length.")
        columns = self._unified(
            [
                [
                    Column((names or [])[i] if names and i < len(names) else f"_col{i}", it.type, it.nan, it.loose)
                    for i, it in enumerate(row)
                ]
                for row in rows
            ],
            node,
        )
        texts = [
            "(" + ", ".join(self.cast_to(it, col.type, node).text for it, col in zip(row, columns, strict=True)) + ")"
            for row in rows
        ]
        tail, ordered = self.tail(node, scope, columns)
        spelt = ", ".join(quoted(it.name) for it in columns)
        text = f"SELECT * FROM (VALUES {', '.join(texts)}) AS rows_({spelt}){tail}"
        if top:
            outputs = ", ".join(
                f"{self.output(Piece(quoted(it.name), it.type, loose=True))} AS {quoted(it.name)}" for it in columns
            )
            text = f"SELECT {outputs} FROM (VALUES {', '.join(texts)}) AS rows_({spelt}){tail}"
        return Written(text, columns, ordered)

    # SELECT

    def select(self, node: exp.Select, scope: Scope, top: bool) -> Written:
        only(
            node, "with_", "distinct", "expressions", "from_", "joins", "laterals", "where", "group", "having",
            "windows", "qualify", "order", "limit", "offset", name="SELECT",
        )  # fmt: skip
        scope = scope.inner()
        head = self.with_clause(node, scope)
        from_text = self.from_clause(node, scope)
        items, columns, aliases = self.select_list(node, scope, top)
        distinct = node.args.get("distinct")
        if distinct is not None and distinct.args.get("on"):
            refuse(
                node, "DISTINCT ON is not translated.", "Number the rows with row_number() OVER (…) and keep the first."
            )
        word = "SELECT DISTINCT" if distinct is not None else "SELECT"
        lines = [f"{head}{word}\n  " + ",\n  ".join(items)]
        if from_text:
            lines.append(from_text)
        if (where := node.args.get("where")) is not None:
            lines.append(f"WHERE {self.condition(where.this, scope)}")
        if (group := node.args.get("group")) is not None:
            lines.append(f"GROUP BY {self.group_by(group, node, scope, aliases)}")
        if (having := node.args.get("having")) is not None:
            lines.append(f"HAVING {self.condition(having.this, self.having_scope(scope, aliases))}")
        if node.args.get("windows"):
            lines.append("WINDOW " + ", ".join(self.named_window(it, scope) for it in node.args["windows"]))
        text = self.qualified(node, scope, "\n".join(lines), columns, aliases)
        order_scope = self.order_scope(scope, aliases)
        tail, ordered = self.tail(node, order_scope, columns, aliases)
        return Written(text + tail, columns, ordered)

    def having_scope(self, scope: Scope, aliases: dict[str, Piece]) -> Scope:
        return scope

    def order_scope(self, scope: Scope, aliases: dict[str, Piece]) -> Scope:
        return Scope(
            scope.parent, scope.relations, scope.merged, scope.merged_order, aliases, scope.variables, scope.ctes
        )

    def qualified(
        self, node: exp.Select, scope: Scope, text: str, columns: list[Column], aliases: dict[str, Piece]
    ) -> str:
        if node.args.get("qualify") is not None:
            refuse(node.args["qualify"], "QUALIFY is not translated.", "Filter in a query around this one.")
        return text

    def named_window(self, node: exp.Window, scope: Scope) -> str:
        refuse(node, "A named window is not translated.", "Write the window in each OVER.")

    def select_list(
        self, node: exp.Select, scope: Scope, top: bool
    ) -> tuple[list[str], list[Column], dict[str, Piece]]:
        items: list[str] = []
        columns: list[Column] = []
        aliases: dict[str, Piece] = {}
        for item in node.expressions:
            star = self.star_of(item, scope)
            if star is not None:
                for spelt, column in star:
                    piece = Piece(spelt, column.type, nan=column.nan, loose=column.loose)
                    text = self.output(piece) if top else spelt
                    named = text == spelt and spelt.endswith(quoted(column.name))
                    items.append(text if named else f"{text} AS {quoted(column.name)}")
                    columns.append(column)
                continue
            given = item.args.get("alias") if isinstance(item, exp.Alias) else None
            if isinstance(item, (exp.Alias, exp.Aliases)):
                only(item, "this", "alias", name="A column")
            inner = item.this if isinstance(item, exp.Alias) else item
            piece = self.expression(inner, self.item_scope(scope, aliases))
            if given is not None:
                name = given.name
            elif isinstance(inner, exp.Column) or (
                isinstance(inner, exp.Dot) and isinstance(inner.expression, exp.Identifier)
            ):
                name = inner.name
            else:
                name = self.default_name(inner, len(columns), piece)
            if piece.zone is not None:
                refuse(
                    item,
                    f"A time AT TIME ZONE is not a column on {self.engine}.",
                    "CAST(… AT TIME ZONE … AS timestamp) gives the local time.",
                )
            text = self.output(piece) if top else piece.text
            spelt = mark(given, quoted(name)) if given is not None else quoted(name)
            items.append(f"{text} AS {spelt}")
            columns.append(Column(name, piece.type, piece.nan, piece.loose))
            if given is not None:
                aliases[name.lower()] = piece
        return items, columns, aliases

    def item_scope(self, scope: Scope, aliases: dict[str, Piece]) -> Scope:
        return scope

    def star_of(self, item: exp.Expression, scope: Scope) -> list[tuple[str, Column]] | None:
        """The columns of `*` and `t.*`, each with its spelling."""
        is_all = isinstance(item, exp.Star)
        if not is_all and not (isinstance(item, exp.Column) and isinstance(item.this, exp.Star)):
            return None
        star = item if is_all else item.this
        only(star, *self.star_parts(), name="*")
        if is_all:
            if not scope.relations:
                refuse(item, "There is nothing in FROM for * to stand for.")
            found = self._all_columns(scope)
        else:
            parts = tuple(it.name.lower() for it in item.parts[:-1])
            relation = next((it for it in scope.relations if it.is_called(parts)), None)
            if relation is None:
                refuse(item, f"There is no {'.'.join(parts)} in FROM.")
            found = [(f"{relation.spelt}.{quoted(it.name)}", it) for it in relation.columns]
        return self.star_changed(star, found, scope)

    def star_parts(self) -> tuple[str, ...]:
        return ()

    def star_changed(
        self, star: exp.Expression, found: list[tuple[str, Column]], scope: Scope
    ) -> list[tuple[str, Column]]:
        return found

    def _all_columns(self, scope: Scope) -> list[tuple[str, Column]]:
        merged = [(quoted(scope.merged[key].name), scope.merged[key]) for key in scope.merged_order]
        if merged and self.merged_first[0]:
            rest = [
                (f"{rel.spelt}.{quoted(it.name)}", it)
                for rel in scope.relations
                for it in rel.columns
                if it.name.lower() not in scope.merged
            ]
            return merged + rest
        seen: set[str] = set()
        found = []
        for relation in scope.relations:
            for column in relation.columns:
                key = column.name.lower()
                if key not in scope.merged:
                    found.append((f"{relation.spelt}.{quoted(column.name)}", column))
                elif key not in seen:
                    seen.add(key)
                    found.append((quoted(scope.merged[key].name), scope.merged[key]))
        return found

    def group_by(self, node: exp.Group, select: exp.Select, scope: Scope, aliases: dict[str, Piece]) -> str:
        only(node, "expressions", "grouping_sets", "rollup", "cube", *self.group_parts(), name="GROUP BY")
        texts = [self.group_item(it, select, scope, aliases) for it in node.expressions]
        for key in ("grouping_sets", "rollup", "cube"):
            texts += [self._grouping(it, select, scope, aliases) for it in node.args.get(key) or []]
        return ", ".join(texts)

    def group_parts(self) -> tuple[str, ...]:
        return ()

    def _grouping(self, node: exp.Expression, select: exp.Select, scope: Scope, aliases: dict[str, Piece]) -> str:
        if isinstance(node, (exp.GroupingSets, exp.Rollup, exp.Cube)):
            word = {exp.GroupingSets: "GROUPING SETS", exp.Rollup: "ROLLUP", exp.Cube: "CUBE"}[type(node)]
            return f"{word} ({', '.join(self._grouping(it, select, scope, aliases) for it in node.expressions)})"
        if isinstance(node, exp.Tuple):
            return f"({', '.join(self._grouping(it, select, scope, aliases) for it in node.expressions)})"
        if isinstance(node, exp.Paren):
            return f"({self._grouping(node.this, select, scope, aliases)})"
        return self.group_item(node, select, scope, aliases)

    def group_item(self, node: exp.Expression, select: exp.Select, scope: Scope, aliases: dict[str, Piece]) -> str:
        if isinstance(node, (exp.GroupingSets, exp.Rollup, exp.Cube)):
            return self._grouping(node, select, scope, aliases)
        if isinstance(node, exp.Literal):
            return self._ordinal(node, len(select.expressions))
        return self.expression(node, scope).text

    def _ordinal(self, node: exp.Literal, most: int) -> str:
        if node.is_string or not node.name.isdigit():
            refuse(node, "Neither GROUP BY nor ORDER BY takes a constant.")
        return mark(node, node.name)

    # FROM

    def from_clause(self, node: exp.Select, scope: Scope) -> str:
        clause = node.args.get("from_")
        if clause is None:
            return ""
        only(clause, "this", name="FROM")
        text = self.relation(clause.this, scope)
        for lateral in node.args.get("laterals") or []:
            refuse(lateral, "LATERAL VIEW is not translated.")
        for join in node.args.get("joins") or []:
            text += self.join(join, scope)
        return f"FROM {text}"

    def join(self, node: exp.Join, scope: Scope) -> str:
        only(node, "this", "on", "using", "side", "kind", "expressions", name="JOIN")
        side, kind = (node.args.get("side") or "").upper(), (node.args.get("kind") or "").upper()
        if kind not in ("", "INNER", "OUTER", "CROSS") or side not in ("", "LEFT", "RIGHT", "FULL"):
            refuse(node, f"{side} {kind} JOIN is not translated.".strip(), "Write it with EXISTS, or with a condition.")
        before = list(scope.relations)
        right = self.relation(node.this, scope)
        if node.args.get("using"):
            return self._join_using(node, scope, before, f"{side} JOIN".strip(), right)
        if node.args.get("on") is not None:
            return f"\n{side + ' ' if side else ''}JOIN {right} ON {self.condition(node.args['on'], scope)}"
        if side:
            refuse(node, f"{side} JOIN needs ON or USING.")
        return f"\nCROSS JOIN {right}" if kind == "CROSS" or not kind else self._no_condition(node)

    def _no_condition(self, node: exp.Expression) -> str:
        refuse(node, "JOIN needs ON or USING.", "CROSS JOIN pairs every row with every row.")

    def _join_using(self, node: exp.Join, scope: Scope, before: list[Relation], word: str, right: str) -> str:
        names = [it.name for it in node.args["using"]]
        new = scope.relations[len(before) :]
        for name in names:
            key = name.lower()
            if key in scope.merged:
                left = scope.merged[key]
            else:
                lefts = [col for rel in before for col in rel.columns if col.name.lower() == key]
                if len(lefts) != 1:
                    refuse(
                        node,
                        f"The column {name} of USING is {'in no table' if not lefts else 'in two tables'} before it.",
                    )
                left = lefts[0]
            rights = [col for rel in new for col in rel.columns if col.name.lower() == key]
            if len(rights) != 1:
                refuse(node, f"The joined table has no column {name}.")
            of = common_type(left.type, rights[0].type)
            if of is None or of.kind in ("real", "double", "char") or (of != left.type and of != rights[0].type):
                refuse(
                    node,
                    f"The columns {name} of USING are {left.type} and {rights[0].type}.",
                    "Join them with ON and a cast.",
                )
            scope.merged[key] = Column(left.name, of)
            if key not in scope.merged_order:
                scope.merged_order.append(key)
        return f"\n{word} {right} USING ({', '.join(quoted(it) for it in names)})"

    def relation(self, node: exp.Expression, scope: Scope) -> str:
        """Something in FROM, written; what it holds is added to the scope."""
        if isinstance(node, exp.Table):
            return self._table(node, scope)
        if isinstance(node, exp.Unnest):
            text, relation = self.unnest(node, scope)
            scope.relations.append(relation)
            return text
        if isinstance(node, exp.Lateral):
            only(node, "this", "alias", name="LATERAL")
            if not isinstance(node.this, exp.Subquery):
                refuse(node, "LATERAL is translated before a query in brackets.")
            text, relation = self._from_query(node.this, node.args.get("alias"), scope, lateral=True)
            scope.relations.append(relation)
            return f"LATERAL {text}"
        if isinstance(node, (exp.Subquery, exp.Paren)) and isinstance(node.this, (exp.Table, exp.Join)):
            only(node, "this", "joins", name="A join in brackets")
            text = self.relation(node.this, scope)
            for join in (node.args.get("joins") or []) + (node.this.args.get("joins") or []):
                text += self.join(join, scope)
            return f"({text})"
        if isinstance(node, exp.Subquery):
            only(node, "this", "alias", "with_", name="A query in FROM")
            text, relation = self._from_query(node, node.args.get("alias"), scope, lateral=False)
            scope.relations.append(relation)
            return text
        if isinstance(node, exp.Values):
            alias = node.args.get("alias")
            wanted = [it.name for it in (alias.args.get("columns") or [])] if alias is not None else []
            written = self.values(node, scope, False, wanted)
            columns = self._renamed(written.columns, wanted, node)
            name = alias.name if alias is not None else "rows_"
            scope.relations.append(Relation((name,), quoted(name), columns))
            return f"({written.text}) AS {quoted(name)}"
        raise refusal(node, f"{node.key.upper()} in FROM is not translated.")

    def _from_query(
        self, node: exp.Subquery, alias: exp.TableAlias | None, scope: Scope, *, lateral: bool
    ) -> tuple[str, Relation]:
        outer = Scope(scope if lateral else scope.parent, ctes=scope.ctes)
        if node.args.get("with_") is not None:
            refuse(node, "WITH before a query in brackets is not translated.")
        written = self.query(node.this, outer)
        name = alias.name if alias is not None and alias.this is not None else ""
        wanted = [it.name for it in (alias.args.get("columns") or [])] if alias is not None else []
        columns = self._renamed(written.columns, wanted, node)
        spelt = quoted(name) if name else f"query_{len(scope.relations)}"
        called = mark(alias.this, spelt) if name and alias is not None else spelt
        names = f"({', '.join(quoted(it) for it in wanted)})" if wanted else ""
        return f"(\n{_indent(written.text)}\n) AS {called}{names}", Relation((name or spelt,), spelt, columns)

    def _table(self, node: exp.Table, scope: Scope) -> str:
        only(node, "this", "db", "catalog", "alias", "joins", name="A table")
        if not isinstance(node.this, exp.Identifier):
            return self.table_function(node, scope)
        parts = tuple(it.name for it in node.parts)
        alias = node.args.get("alias")
        wanted = [it.name for it in (alias.args.get("columns") or [])] if alias is not None else []
        place = place_of(node.parts[0])
        cte = scope.ctes.get(parts[0].lower()) if len(parts) == 1 else None
        if cte is not None:
            columns, called, text = cte, (parts[0],), mark(node.this, quoted(parts[0]))
        else:
            table = self.names.read(parts, place[0] if place else None)
            columns = [Column(name, of, nan=of.kind in ("real", "double")) for name, of in table.columns]
            called, text = table.parts, mark(node.this, self.table_text(table.parts))
        columns = self._renamed(columns, wanted, node)
        name = alias.name if alias is not None and alias.this is not None else ""
        if name or wanted:
            spelt = quoted(name or called[-1])
            names = f"({', '.join(quoted(it) for it in wanted)})" if wanted else ""
            text += f" AS {mark(alias.this, spelt) if name else spelt}{names}"
            called = (name or called[-1],)
        scope.relations.append(Relation(called, quoted(called[-1]), columns))
        return text

    def table_function(self, node: exp.Table, scope: Scope) -> str:
        name = node.this.name if isinstance(node.this, exp.Anonymous) else node.this.key
        refuse(
            node, f"The table function {name} is not translated.", "Choose the engine of the dialect it is written in."
        )

    # ORDER BY and LIMIT

    def tail(
        self, node: exp.Expression, scope: Scope, columns: list[Column], aliases: dict[str, Piece] | None = None
    ) -> tuple[str, bool]:
        text = ""
        order = node.args.get("order")
        if order is not None:
            only(order, "expressions", name="ORDER BY")
            items = [self.ordered(it, scope, columns, aliases) for it in order.expressions]
            text += f"\nORDER BY {', '.join(items)}"
        text += self.limit_clause(node, scope)
        return text, order is not None

    def limit_clause(self, node: exp.Expression, scope: Scope) -> str:
        limit, offset = node.args.get("limit"), node.args.get("offset")
        text = ""
        if isinstance(limit, exp.Fetch):
            options = limit.args.get("limit_options")
            if options is not None and (options.args.get("with_ties") or options.args.get("percent")):
                refuse(
                    limit,
                    "FETCH FIRST … WITH TIES is not translated.",
                    "Rank the rows with rank() OVER (…) and keep rank 1.",
                )
            count = limit.args.get("count")
            limit_text = self._count(count) if count is not None else "1"
        elif limit is not None:
            only(limit, "expression", name="LIMIT")
            limit_text = self._count(limit.expression)
        else:
            limit_text = None
        offset_text = None
        if offset is not None:
            only(offset, "expression", name="OFFSET")
            offset_text = self._count(offset.expression)
        for part in self.limit_order(limit_text, offset_text):
            text += f"\n{part}"
        return text

    def limit_order(self, limit: str | None, offset: str | None) -> list[str]:
        return [f"LIMIT {limit}"] * (limit is not None) + [f"OFFSET {offset}"] * (offset is not None)

    def _count(self, node: exp.Expression) -> str:
        if not isinstance(node, exp.Literal) or not node.name.isdigit():
            refuse(node, "LIMIT and OFFSET take a number.")
        return mark(node, node.name)

    def ordered(
        self,
        node: exp.Ordered,
        scope: Scope,
        columns: list[Column] | None = None,
        aliases: dict[str, Piece] | None = None,
    ) -> str:
        only(node, "this", "desc", "nulls_first", name="ORDER BY")
        inner = node.this
        if columns is not None and isinstance(inner, exp.Literal):
            text = self._ordinal(inner, len(columns))
        elif (
            columns is not None
            and isinstance(inner, exp.Column)
            and len(inner.parts) == 1
            and self._is_output(inner.name, columns, aliases)
        ):
            text = mark(inner.this, quoted(inner.name))
        elif columns is not None and aliases is None:
            refuse(
                inner,
                "After a set operation ORDER BY takes names and numbers of columns.",
                "Sort in a query around it.",
            )
        else:
            piece = self.expression(inner, scope)
            if piece.type.kind in ("map", "json", "char", "row", "array"):
                refuse(inner, f"Sorting by {piece.type} is not translated.")
            text = piece.text
        return text + (" DESC" if node.args.get("desc") else "") + self.nulls(node)

    def nulls(self, node: exp.Ordered) -> str:
        return " NULLS FIRST" if node.args.get("nulls_first") else ""

    @staticmethod
    def _is_output(name: str, columns: list[Column], aliases: dict[str, Piece] | None) -> bool:
        key = name.lower()
        if aliases is not None:
            return key in aliases
        return any(it.name.lower() == key for it in columns)

    # Columns

    def column(self, node: exp.Column, scope: Scope) -> Piece:
        parts = [it.name for it in node.parts]
        for taken in range(len(parts) - 1, 0, -1):
            relation = scope.relation(tuple(it.lower() for it in parts[:taken]))
            if relation is None:
                continue
            column = next((it for it in relation.columns if it.name.lower() == parts[taken].lower()), None)
            if column is None:
                self._no_column(node, ".".join(parts[: taken + 1]), [it.name for it in relation.columns])
            text = f"{relation.spelt}.{mark(node.parts[taken], quoted(column.name))}"
            return self._fields(self.column_piece(text, column, node), node, parts[taken + 1 :])
        found = scope.named(parts[0], node)
        if found is None:
            self._no_column(node, ".".join(parts), scope.column_names())
        if isinstance(found, Piece):
            return self._fields(found, node, parts[1:])
        relation, column = found
        name = mark(node.parts[0], quoted(column.name))
        text = name if relation is None else f"{relation.spelt}.{name}"
        return self._fields(self.column_piece(text, column, node), node, parts[1:])

    def column_piece(self, text: str, column: Column, node: exp.Expression) -> Piece:
        return Piece(text, column.type, nan=column.nan, loose=column.loose)

    def _no_column(self, node: exp.Expression, name: str, known: list[str]) -> None:
        near = get_close_matches(name.split(".")[-1].lower(), {it.lower() for it in known}, n=2, cutoff=0.6)
        refuse(node, f"There is no column {name}.", f"Did you mean {' or '.join(near)}?" if near else None)

    def _fields(self, piece: Piece, node: exp.Expression, names: list[str]) -> Piece:
        for name in names:
            piece = self.field_of(piece, name, node)
        return piece

    def field_of(self, piece: Piece, name: str, node: exp.Expression) -> Piece:
        if piece.type.kind == "row":
            for field, of in piece.type.args:
                if field is not None and field.lower() == name.lower():
                    return Piece(
                        f"{piece.atom}.{quoted(field)}", of, nan=of.kind in ("real", "double"), loose=piece.loose
                    )
        raise refusal(node, f"{piece.type} has no field {name}.")

    def subquery_columns(self, node: exp.Expression, scope: Scope) -> Written:
        inner = (
            node.this
            if isinstance(node, exp.Subquery) and not any(v for k, v in node.args.items() if k != "this")
            else node
        )
        return self.query(inner, Scope(scope, ctes=scope.ctes))


def _has_tail(node: exp.Expression) -> bool:
    return any(node.args.get(it) is not None for it in ("order", "limit", "offset", "with_"))


def _indent(text: str) -> str:
    return "\n".join("  " + line for line in text.split("\n"))
