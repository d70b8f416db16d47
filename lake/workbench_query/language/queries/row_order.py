"""ORDER BY and LIMIT."""

from __future__ import annotations

from sqlglot import exp

from ..scopes import Scope
from ..table_names import quoted
from ..written import Column, Piece, mark, only, refuse
from .query_part import QueryPart


class RowOrder(QueryPart):
    """ORDER BY, LIMIT and OFFSET."""

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
