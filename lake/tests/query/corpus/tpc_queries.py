"""The queries of TPC-H and TPC-DS as DuckDB's extensions carry them, in Trino's words and with three-part names."""

from __future__ import annotations

import re

import duckdb
from corpus_tables import load_extension
from sqlglot import exp

from workbench_query.language.dialects import dialect_of

# Dates that are compared with text there; DuckDB reads the text as a date, Trino refuses.
_TEXT_DATES = re.compile(r"(?<!DATE )(?<!date )(?<!CAST\()(?<!cast\()'(\d{4}-\d{2}-\d{2})'")
_WITH_TEXT_DATES = {"tpcds 16", "tpcds 32", "tpcds 58", "tpcds 83", "tpcds 92", "tpcds 94", "tpcds 95"}
_REWRITES = {
    "tpcds 70": (
        r"CASE\s+WHEN\s+grouping\(s_state\)\s*\+\s*grouping\(s_county\)\s*=\s*0",
        "CASE WHEN lochierarchy = 0",
    ),
    "tpcds 86": (
        r"CASE\s+WHEN\s+grouping\(i_category\)\s*\+\s*grouping\(i_class\)\s*=\s*0",
        "CASE WHEN lochierarchy = 0",
    ),
    "tpcds 72": (r"d1\.d_date\s*\+\s*(INTERVAL\s+)?5(\s+DAYS?)?", "date_add('day', 5, d1.d_date)"),
    "tpch 15": (r"GROUP BY\s+supplier_no", "GROUP BY l_suppkey"),
}


def tpc_queries(*, tpcds: bool = True) -> list[tuple[str, str, str]]:
    """(group, name, text) of each query."""
    connection = duckdb.connect()
    found = []
    for group in ("tpch", "tpcds") if tpcds else ("tpch",):
        load_extension(connection, group)
        for number, sql in connection.execute(f"SELECT query_nr, query FROM {group}_queries() ORDER BY 1").fetchall():
            name = f"{group} {number}"
            found.append((group, name, _in_trinos_words(group, name, sql.strip().rstrip(";"))))
    connection.close()
    return found


def _in_trinos_words(group: str, name: str, sql: str) -> str:
    tree = dialect_of("duckdb").parse(sql)[0]
    assert tree is not None
    ctes = {it.alias.lower() for it in tree.find_all(exp.CTE)}
    tables = [it.this.meta for it in tree.find_all(exp.Table) if it.name.lower() not in ctes]
    for meta in sorted(tables, key=lambda it: -it["start"]):
        sql = f"{sql[: meta['start']]}lake.{group}.{sql[meta['start'] :]}"
    if name in _WITH_TEXT_DATES:
        sql = _TEXT_DATES.sub(r"DATE '\1'", sql)
    pattern, new = _REWRITES.get(name, ("(?!)", ""))
    return re.sub(pattern, new, sql, flags=re.I)
