"""Where queries of DuckDB differ from Trino's: names of columns, `*`, aliases, groups, order and joins."""

from __future__ import annotations

from sqlglot import exp

from ..query_writer import QueryWriter
from ..scopes import Relation, Scope
from ..trino_calls import AGGREGATES
from ..written import (
    Column,
    Piece,
    refusal,
    refuse,
)


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


class Queries(QueryWriter):
    """What Trino asks of the clauses of a query."""

    def default_name(self, node: exp.Expression, index: int, piece: Piece) -> str:
        if isinstance(node, exp.Anonymous):
            inner = ", ".join(it.name if isinstance(it, exp.Column) else "…" for it in node.expressions)
            return f"{node.name.lower()}({inner})" if "…" not in inner else f"_col{index}"
        return f"_col{index}"

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
