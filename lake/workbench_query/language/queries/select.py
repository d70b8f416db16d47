"""SELECT: its list, its groups and what comes behind them."""

from __future__ import annotations

from sqlglot import exp

from ..scopes import Scope
from ..table_names import quoted
from ..written import Column, Piece, mark, only, refuse
from .query_part import QueryPart, Written


class SelectQueries(QueryPart):
    """SELECT and its clauses but FROM, ORDER BY and LIMIT."""

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
