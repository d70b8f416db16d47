"""What is told of a statement before it runs."""

from __future__ import annotations

import time

import pytest

from workbench_query.failures import QueryFailure
from workbench_query.language.prepare import prepare

TABLES = [
    {
        "name": "lake.shop.orders",
        "columns": [{"name": "id", "type": "bigint"}, {"name": "total", "type": "decimal(12,2)"}],
    },
    {"name": "analytics.shop.orders", "columns": [{"name": "id", "type": "bigint"}]},
    {
        "name": "crm.public.people",
        "columns": [{"name": "name", "type": "varchar"}, {"name": "code", "type": "char(2)"}],
    },
    {"name": "erp.public.people", "columns": [{"name": "name", "type": "varchar"}]},
    {"name": "analytics.u_ada.notes", "columns": [{"name": "text", "type": "varchar"}]},
]


def ask(sql: str, dialect: str = "trino", engine: str = "duckdb", **more: object) -> dict:
    return prepare({"sql": sql, "dialect": dialect, "engine": engine, "tables": TABLES, **more})


def refusal(sql: str, dialect: str = "trino", engine: str = "duckdb") -> QueryFailure:
    with pytest.raises(QueryFailure) as caught:
        ask(sql, dialect, engine)
    return caught.value


def test_a_name_of_two_parts_is_looked_for_in_lake_then_analytics_then_connections() -> None:
    assert ask("SELECT id FROM shop.orders")["reads"] == ["lake.shop.orders"]
    assert ask("SELECT text FROM U_Ada.Notes")["reads"] == ["analytics.u_ada.notes"]


def test_an_ambiguous_name_is_refused_with_its_candidates() -> None:
    failure = refusal("SELECT 1 FROM public.people")
    assert failure.message == "public.people may be any of crm.public.people, erp.public.people."
    assert failure.offset == 14


def test_an_absent_table_is_refused_with_the_nearest() -> None:
    failure = refusal("SELECT 1 FROM lake.shop.order")
    assert failure.message == "There is no table lake.shop.order."
    assert failure.hint == "Did you mean lake.shop.orders?" or "lake.shop.orders" in (failure.hint or "")


ODD = {
    "name": "crm.public.Odd Names",
    "columns": [{"name": "Odd One", "type": "integer"}, {"name": "doc", "type": "json"}],
}


def test_names_that_are_offered_are_quoted_where_they_have_to_be() -> None:
    for sql, meant in (
        ("SELECT 1 FROM crm.public.odd_names", 'crm.public."Odd Names"'),
        ('SELECT odd_one FROM crm.public."Odd Names"', '"odd one"'),
    ):
        with pytest.raises(QueryFailure) as caught:
            ask(sql, tables=[ODD])
        assert caught.value.hint == f"Did you mean {meant}?"


def test_json_of_a_connected_database_is_looked_into() -> None:
    told = ask("SELECT json_extract_scalar(doc, '$.a') FROM crm.public.\"Odd Names\"", tables=[ODD])
    assert "json_extract_string" in told["sql"]


def test_json_of_a_connected_database_is_its_own_text() -> None:
    told = ask("SELECT *, o.doc || 'x' AS y FROM crm.public.\"Odd Names\" o WHERE doc = '{\"a\": 1}'", tables=[ODD])
    assert 'FROM (SELECT * REPLACE (CAST(doc AS VARCHAR) AS doc) FROM crm.public."Odd Names") AS o' in told["sql"]
    assert told["reads"] == ["crm.public.Odd Names"]


def test_reads_stand_once_each_in_their_order() -> None:
    sql = "SELECT 1 FROM u_ada.notes CROSS JOIN shop.orders a CROSS JOIN shop.orders b"
    for engine in ("duckdb", "trino"):
        assert ask(sql, engine=engine)["reads"] == ["analytics.u_ada.notes", "lake.shop.orders"]


def test_a_cte_is_no_table_and_hides_one_only_where_it_is_seen() -> None:
    sql = "WITH orders AS (SELECT * FROM shop.orders) SELECT * FROM orders"
    assert ask(sql, engine="trino")["reads"] == ["lake.shop.orders"]
    assert (
        refusal("SELECT (WITH o AS (SELECT 1 AS x) SELECT x FROM o) FROM o", engine="trino").message
        == "There is no table o."
    )


def test_for_its_own_engine_the_text_stays_but_for_names() -> None:
    more = {"catalogs": {"lake": "lake_ws"}, "snapshots": {"lake.shop.orders": "7"}}
    written = ask("SELECT lake.shop.orders.id -- the id\nFROM lake.shop.orders", engine="trino", **more)
    assert written["sql"] == "SELECT lake_ws.shop.orders.id -- the id\nFROM lake_ws.shop.orders FOR VERSION AS OF 7"
    assert (
        ask("TABLE shop.orders", engine="trino", **more)["sql"]
        == "SELECT * FROM lake_ws.shop.orders FOR VERSION AS OF 7"
    )
    assert ask("SELECT id FROM shop.orders", dialect="duckdb")["sql"] == "SELECT id FROM lake.shop.orders"


def test_writes_are_told_apart() -> None:
    assert ask("CREATE TABLE IF NOT EXISTS analytics.u_ada.x AS SELECT 1 AS a")["write"] == {
        "table": "analytics.u_ada.x",
        "mode": "create",
        "ifExists": True,
        "columns": None,
    }
    assert ask("INSERT INTO analytics.u_ada.notes (text) VALUES ('a')")["write"] == {
        "table": "analytics.u_ada.notes",
        "mode": "append",
        "ifExists": False,
        "columns": ["text"],
    }
    dropped = ask("DROP TABLE IF EXISTS analytics.u_ada.gone;")
    assert (dropped["kind"], dropped["sql"], dropped["write"]["mode"]) == ("drop_table", "", "drop")
    assert refusal("DROP TABLE analytics.u_ada.gone").message == "There is no table analytics.u_ada.gone."


def test_explain_tells_whether_the_query_runs() -> None:
    assert ask("EXPLAIN SELECT 1")["kind"] == "explain"
    assert ask("EXPLAIN ANALYZE SELECT 1")["isAnalyzed"] is True


@pytest.mark.parametrize(
    "sql",
    [
        "CALL system.sync()", "CREATE CATALOG x USING memory", "SET SESSION a = 1", "COPY t TO 'x'", "ATTACH 'x'",
        "DELETE FROM shop.orders", "UPDATE shop.orders SET id = 1", "MERGE INTO shop.orders USING x ON true",
        "PRAGMA version", "GRANT ALL ON shop.orders TO x", "INSTALL httpfs", "CREATE VIEW analytics.a.b AS SELECT 1",
        "DROP SCHEMA x", "USE lake", "SELECT 1; SELECT 2", "", "-- nothing",
        "SELECT * FROM TABLE(crm.system.query(query => 'SELECT 1'))",
        "SELECT * FROM system.runtime.nodes", "SELECT * FROM crm.information_schema.tables",
    ],
)  # fmt: skip
def test_what_is_not_offered_is_refused_on_every_engine(sql: str) -> None:
    for engine in ("duckdb", "browser", "trino"):
        assert refusal(sql, engine=engine).code == "invalid_input"


def test_origins_lead_back_to_the_text_as_written() -> None:
    sql = "SELECT '😀' AS smile, o.total / 3 AS third\nFROM shop.orders o\nWHERE o.id > 10"
    units = sql.encode("utf-16-le")
    written = ask(sql)
    there = written["sql"].encode("utf-16-le")

    def stretch(text: bytes, start: int, length: int) -> str:
        return text[2 * start : 2 * (start + length)].decode("utf-16-le")

    for at, start, length in written["origins"]:
        original = stretch(units, start, length)
        assert original == "orders" or stretch(there, at, len(original.encode("utf-16-le")) // 2) == original
    assert any(stretch(units, start, length) == "total" for _, start, length in written["origins"])
    assert [it[0] for it in written["origins"]] == sorted(it[0] for it in written["origins"])


def test_char_columns_are_refused_by_name() -> None:
    assert "char(2)" in refusal("SELECT code FROM crm.public.people").message


@pytest.mark.parametrize(
    ("sql", "message", "offset"),
    [
        ("SELECT * FORM u_ada.notes", "u_ada is not expected here", 14),
        ("SELECT * FROM u_ada.notes GROUP id", "id is not expected here", 32),
        ("SELECT FROM WHERE", "the name of a table is missing before WHERE", 12),
        ("SELECT (1", ") is missing at the end", 8),
        ("SELECT max(id FROM u_ada.notes", ") is missing at FROM", 14),
        ("SELECT 1 FROM u_ada.notes\nWHERE", "the statement ends too early (line 2)", 26),
        ("SELECT id = = 1 FROM u_ada.notes", "something is missing at =", 12),
        ("SELECT 1,, 2", "something is missing between two commas", 9),
        ("DROP TABLE analytics.a.b c", "c is not expected here", 25),
    ],
)
def test_syntax_errors_say_what_is_wrong_where(sql: str, message: str, offset: int) -> None:
    failure = refusal(sql)
    assert (failure.code, failure.offset) == ("invalid_input", offset)
    assert failure.message.startswith("Syntax error: ")
    assert message in failure.message


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("SELECT 1 IN (" + ", ".join(str(it) for it in range(150_000)) + ")", "resource_exhausted"),
        ("SELECT " + "(" * 1000 + "1" + ")" * 1000, "resource_exhausted"),
        ("SELECT " + "+".join(["1"] * 30_000), "resource_exhausted"),
        ("SELECT " + "substr(" * 60 + "text" + ", length(text), 2)" * 60 + " FROM u_ada.notes", "resource_exhausted"),
        ("SELECT '" + "a" * 1_000_000, "resource_exhausted"),
        ("SELECT 'abc", "invalid_input"),
        ("SELECT /* never closed", "invalid_input"),
        ("SELECT FROM WHERE", "invalid_input"),
    ],
)
def test_bad_input_ends_soon_and_clearly(sql: str, code: str) -> None:
    started = time.process_time()
    assert refusal(sql).code == code
    assert time.process_time() - started < 2
