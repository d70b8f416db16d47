"""Calls of functions, aggregates and windows."""

from __future__ import annotations

import re

from sqlglot import exp

from ..duckdb_aggregates import AGGREGATES, WINDOWED
from ..duckdb_functions import FUNCTIONS
from ..duckdb_windows import window_text
from ..query_writer import QueryWriter
from ..scopes import Scope
from ..sql_types import (
    VARCHAR,
)  # fmt: skip
from ..table_names import quoted
from ..written import Piece, only, refuse

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


def name_of(node: exp.Expression) -> str:
    return (
        node.name.upper()
        if isinstance(node, exp.Anonymous)
        else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).upper()
    )


class Calls(QueryWriter):
    """Calls of functions, aggregates and windows."""

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
                refuse(whole, f"{name_of(inner)} is not translated with FILTER or OVER.")
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
