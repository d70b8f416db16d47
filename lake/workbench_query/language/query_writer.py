"""Writes a query for another engine: SELECT, FROM, WITH and set operations. Expressions are the subclasses'."""

from __future__ import annotations

from sqlglot import exp

from .queries.columns import Columns
from .queries.combined import CombinedQueries
from .queries.from_clause import FromClause
from .queries.query_part import Written
from .queries.row_order import RowOrder
from .queries.select import SelectQueries
from .scopes import Scope
from .written import only, refusal


class QueryWriter(CombinedQueries, SelectQueries, FromClause, RowOrder, Columns):
    """One statement's translation."""

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
