"""Calls of functions, aggregates and windows."""

from __future__ import annotations

from sqlglot import exp

from ..query_writer import QueryWriter
from ..scopes import Scope
from ..trino_calls import AGGREGATES, FUNCTIONS, WINDOWED
from ..written import (
    Piece,
    only,
    refuse,
)


class Calls(QueryWriter):
    """Calls of functions, aggregates and windows."""

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
