from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from workbench_query.language.prepare import prepare


def test_reads_a_database_under_its_connections_name(worker: Any, shop: Any) -> None:
    sql = "SELECT count(*), sum(price), min(sold) FROM shop.sales.orders WHERE note IS NULL"
    (row,) = worker.rows(sql, databases=[shop.attached()])
    assert (row[0], str(row[1]), row[2].isoformat()) == (1000, "125125.00", "2024-01-01T00:00:00+00:00")


def test_gives_json_as_the_database_spells_it(worker: Any, shop: Any) -> None:
    with shop.sql.cursor() as cursor:
        cursor.execute("CREATE TABLE sales.documents (id int, doc jsonb, raw json, docs jsonb[])")
        cursor.execute(
            """INSERT INTO sales.documents VALUES (1, '{"b": [1, 1.50], "aa": "x"}', '{"b":1,  "a":1e2}',
              ARRAY['{"a": 1}']::jsonb[])"""
        )
        cursor.execute("GRANT SELECT ON sales.documents TO reader")
    columns = [("id", "integer"), ("doc", "json"), ("raw", "json"), ("docs", "array(json)")]
    table = {"name": "shop.sales.documents", "columns": [{"name": name, "type": of} for name, of in columns]}
    sql = "SELECT doc, raw, docs[1], json_extract_scalar(doc, '$.aa') FROM shop.sales.documents WHERE doc <> 'null'"
    told = prepare({"sql": sql, "dialect": "trino", "engine": "duckdb", "tables": [table]})
    (row,) = worker.rows(told["sql"], databases=[shop.attached()])
    assert row == ('{"b": [1, 1.50], "aa": "x"}', '{"b":1,  "a":1e2}', '{"a": 1}', "x")


def test_reads_beside_other_tables_and_under_any_name(worker: Any, shop: Any) -> None:
    odd = 'shop "of" o\'clock; DROP'
    sql = (
        f'SELECT max(o.id) FROM "{odd.replace(chr(34), chr(34) * 2)}".sales.orders o JOIN range(10) r ON r.range = o.id'
    )
    assert worker.rows(sql, databases=[shop.attached(catalog=odd)]) == [(9,)]


def test_writes_nothing(worker: Any, shop: Any) -> None:
    failure = worker.refusal("INSERT INTO shop.sales.orders VALUES (1, 1, now(), 'x')", databases=[shop.attached()])
    assert failure["code"] == "invalid_input"
    with shop.sql.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sales.orders")
        assert cursor.fetchone() == (1000,)


@pytest.mark.parametrize(
    ("user", "reason"),
    [
        ("postgres", "is a superuser"),
        ("owner", "owns 1 tables"),
        ("maker", "may make roles"),
        ("files", "is a member of pg_read_server_files"),
    ],
)
def test_refuses_a_role_that_can_do_more_than_read(worker: Any, shop: Any, user: str, reason: str) -> None:
    failure = worker.refusal("SELECT 1 FROM shop.sales.orders", databases=[shop.attached(user)])
    assert failure["code"] == "invalid_input"
    assert reason in failure["message"]
    assert 'CREATE ROLE "shop_reader" LOGIN' in failure["hint"]
    assert "secret" not in str(failure).replace("secrets", "")


def test_the_proposed_reader_can_read(worker: Any, shop: Any) -> None:
    failure = worker.refusal("SELECT 1 FROM shop.sales.orders", databases=[shop.attached("owner")])
    script = failure["hint"].split(": ", 1)[1].replace("<password>", "it''s \\ secret")
    with shop.sql.cursor() as cursor:
        cursor.execute("CREATE TABLE public.notes AS SELECT 7 AS n")
        cursor.execute(script)
    attached = shop.attached("shop_reader")
    assert worker.rows("SELECT n FROM shop.public.notes", databases=[attached]) == [(7,)]


def test_says_what_is_wrong_and_never_the_password(worker: Any, shop: Any) -> None:
    sql = "SELECT 1 FROM shop.sales.orders"
    wrong = worker.refusal(sql, databases=[shop.attached(password="another secret")])
    assert wrong["code"] == "engine_unavailable"
    assert "password" in wrong["message"]
    gone = worker.refusal(sql, databases=[shop.attached(port=1)])
    assert gone["code"] == "engine_unavailable"
    assert gone["retryable"] is True
    denied = worker.refusal("SELECT * FROM shop.sales.secrets", databases=[shop.attached()])
    assert denied["code"] == "invalid_input"
    assert "permission denied for table secrets" in denied["message"]
    for failure in (wrong, gone, denied):
        words = str(failure)
        assert "another secret" not in words
        assert "127.0.0.1" not in words
        assert "it's" not in words


def test_a_long_statement_of_the_database_ends_at_its_time_limit(worker: Any, shop: Any) -> None:
    with shop.sql.cursor() as cursor:
        cursor.execute("CREATE VIEW sales.slow AS SELECT 1 AS one FROM pg_sleep(30)")
        cursor.execute("GRANT SELECT ON sales.slow TO reader")
    failure = worker.refusal("SELECT * FROM shop.sales.slow", databases=[shop.attached()], timeoutMs=500)
    assert failure["code"] == "timed_out"


def test_cancelling_stops_the_database_too(worker: Any, shop: Any) -> None:
    with shop.sql.cursor() as cursor:
        cursor.execute("CREATE VIEW sales.sleepy AS SELECT 1 AS one FROM pg_sleep(60)")
        cursor.execute("GRANT SELECT ON sales.sleepy TO reader")

        def asleep() -> int:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND wait_event = 'PgSleep'")
            return cursor.fetchone()[0]

        number = worker.begin(
            "run",
            sql="SELECT * FROM shop.sales.sleepy",
            folder=str(worker.folder / "sleepy"),
            databases=[shop.attached()],
        )
        wait_until(lambda: asleep() == 1)
        worker.cancel(number)
        assert worker.end(number, seconds=30)["failure"]["code"] == "cancelled"
        wait_until(lambda: asleep() == 0)


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


ESCAPES = [
    "SELECT * FROM postgres_query('shop', 'SELECT pg_read_file(''/etc/passwd'')')",
    "SELECT * FROM postgres_query('shop', 'COPY (SELECT 1) TO PROGRAM ''touch /tmp/escaped''')",
    "SELECT * FROM postgres_query('shop', 'DELETE FROM sales.orders RETURNING *')",
    "CALL postgres_execute('shop', 'CREATE TABLE sales.more (x int)')",
    "SELECT * FROM postgres_scan('host=127.0.0.1 user=postgres dbname=postgres', 'pg_catalog', 'pg_authid')",
    "SELECT * FROM postgres_attach('host=127.0.0.1 user=postgres dbname=postgres')",
    "ATTACH 'host=127.0.0.1 user=postgres dbname=postgres' AS other (TYPE postgres)",
    "SELECT * FROM shop.pg_catalog.pg_authid",
    "COPY (SELECT 1) TO '/tmp/escaped.csv'",
    "COPY shop.sales.orders FROM '/etc/passwd'",
    "DETACH shop",
    "SET pg_connection_limit = 5",
]


@pytest.mark.parametrize("sql", ESCAPES)
def test_the_engine_itself_refuses_what_the_check_refuses_first(worker: Any, shop: Any, sql: str) -> None:
    worker.refusal(sql, databases=[shop.attached()])
    with shop.sql.cursor() as cursor:
        cursor.execute("SELECT count(*), to_regclass('sales.more') FROM sales.orders")
        assert cursor.fetchone() == (1000, None)
