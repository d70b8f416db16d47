"""Reads a statement of each dialect once, so that the first of a user's does not wait for it."""

from __future__ import annotations

from .prepare import prepare

_TABLES = [{"name": "lake.warm.up", "columns": [{"name": "a", "type": "bigint"}, {"name": "b", "type": "varchar"}]}]
_SQL = """WITH t AS (SELECT a, count(*) AS n FROM lake.warm.up WHERE b LIKE 'x%' GROUP BY a)
SELECT a + 2, n FROM t ORDER BY n"""

for _dialect in ("trino", "duckdb"):
    for _engine in ("duckdb", "trino"):
        prepare({"sql": _SQL, "dialect": _dialect, "engine": _engine, "tables": _TABLES})
