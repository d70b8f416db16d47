from __future__ import annotations

import itertools
import json
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest


def spool(worker: Any, number: int) -> Path:
    return worker.folder / "results" / str(number)


def test_carries_every_type_exactly(worker: Any) -> None:
    answer = worker.run("SELECT * FROM test_all_types()")
    assert answer["result"]["rows"] == 3
    with pa.ipc.open_stream(spool(worker, answer["id"]) / "result.arrows") as stream:
        table = stream.read_all()
    types = {field.name: field.metadata[b"benchwright.type"].decode() for field in table.schema}
    smallest, largest, nothing = (
        {name: column[row] for name, column in zip(table.column_names, table.columns, strict=True)} for row in range(3)
    )
    assert types["hugeint"] == "HUGEINT"
    assert int(largest["hugeint"].as_py()) == 2**127 - 1
    assert largest["uhugeint"].as_py() == str(2**128 - 1)
    assert smallest["bigint"].as_py() == -(2**63)
    assert largest["ubigint"].as_py() == 2**64 - 1
    assert str(largest["dec38_10"].as_py()) == "9999999999999999999999999999.9999999999"
    assert smallest["time_tz"].as_py() == "00:00:00+15:59:59"
    assert largest["interval"].as_py() == "83 years 3 months 999 days 00:16:39.999999"
    assert largest["uuid"].as_py() == "ffffffff-ffff-ffff-ffff-ffffffffffff"
    assert smallest["small_enum"].as_py() == "DUCK_DUCK_ENUM"
    assert types["small_enum"] == "ENUM('DUCK_DUCK_ENUM', 'GOOSE')"
    assert types["medium_enum"] == "ENUM"
    assert smallest["bit"].as_py() == "0010001001011100010101011010111"
    assert smallest["blob"].as_py() == b"thisisalongblob\x00withnullbytes"
    assert smallest["union"].as_py() == "Frank"
    assert largest["array_of_structs"].as_py()[1] == {"a": 42, "b": "🦆🦆🦆🦆🦆🦆"}
    assert largest["map"].as_py() == [("key1", "🦆🦆🦆🦆🦆🦆"), ("key2", "goose")]
    assert table.schema.field("timestamp_tz").type.tz in ("UTC", "Etc/UTC")
    assert all(value.as_py() is None for value in nothing.values())


def test_carries_nested_types_that_arrow_readers_do_not_know(worker: Any) -> None:
    sql = """SELECT [2::UHUGEINT ** 0, NULL] AS a, {'e': 'x'::ENUM('x', 'y'), 'n': 1} AS b,
      MAP {INTERVAL 1 DAY: [TIMETZ '10:00:00+02']} AS c, 'NaN'::DOUBLE AS d, '' AS e, '{"a": 1}'::JSON AS f"""
    (row,) = worker.rows(sql)
    assert row[1] == {"e": "x", "n": 1}
    assert row[2] == [("1 day", ["10:00:00+02"])]
    assert row[3] != row[3]
    assert row[4:] == ("", '{"a": 1}')


def test_no_dictionary_no_view_no_compression(worker: Any) -> None:
    sql = "SELECT ('a' || (range % 3))::ENUM('a0', 'a1', 'a2') AS e, repeat('long ', 20) AS s FROM range(10)"
    number = worker.run(sql)["id"]
    data = (spool(worker, number) / "result.arrows").read_bytes()
    assert b"long long long" in data
    with pa.ipc.open_stream(data) as stream:
        assert stream.schema.types == [pa.string(), pa.string()]


def test_keeps_the_order_of_the_rows(worker: Any) -> None:
    rows = worker.rows("SELECT hash(range)::HUGEINT AS h, range::UHUGEINT FROM range(200000) ORDER BY 1 DESC")
    found = [row[0] for row in rows]
    assert found == sorted(found, reverse=True)


def test_cuts_long_rows_into_parts_that_can_be_read(worker: Any) -> None:
    sql = "SELECT repeat('x', 100000) AS long FROM range(300)"
    _head, *chunks = (spool(worker, worker.run(sql)["id"]) / "index.jsonl").read_text().splitlines()
    assert sum(json.loads(chunk)["rows"] for chunk in chunks) == 300
    assert max(json.loads(chunk)["bytes"] for chunk in chunks) < 3_000_000
    assert worker.rows(sql)[299] == ("x" * 100_000,)


def test_shows_rows_that_trickle_in(own_worker: Any) -> None:
    # Each row needs a sum of its own.
    sql = "SELECT range AS n, list_sum(range(2000 + n % 2)) AS s FROM range(10000000) WHERE hash(n) % 3 = 0"
    number = own_worker.begin("run", sql=sql, folder=str(spool(own_worker, 1)))
    # How far it is, is told by the clock: on a busy machine before the columns too.
    said = (own_worker.next(number) for _ in range(10_000))
    columns, first = itertools.islice((message for message in said if message.get("event") != "progress"), 2)
    assert columns["event"] == "columns"
    assert first["event"] == "rows"
    assert first["rows"] <= 4096
    head, chunk = (spool(own_worker, 1) / "index.jsonl").read_text().splitlines()[:2]
    assert json.loads(head)["columns"][0] == {"name": "n", "type": "BIGINT"}
    assert json.loads(chunk)["firstRow"] == 0
    own_worker.cancel(number)
    assert own_worker.end(number)["failure"]["code"] == "cancelled"


@pytest.mark.parametrize(
    ("sql", "words", "offset"),
    [
        ("SELECT 'ž😀', nope FROM range(3)", 'Referenced column "nope" not found', 14),
        ("SELECT '😀' FROM WHERE", "syntax error", 17),
        ("SELECT 1 AS a\nFROM nothing", "Table with name nothing does not exist", 19),
        ("SELECT sum('ž') FROM range(3)", "No function matches", 7),
        ("SELECT (range || 'x')::INT FROM range(3)", "Could not convert string '0x'", 21),
        ("SELECT error('so it is')", "so it is", None),
    ],
)
def test_names_the_place_of_an_error(worker: Any, sql: str, words: str, offset: int | None) -> None:
    failure = worker.refusal(sql)
    assert failure["code"] == "invalid_input"
    assert words in failure["message"]
    assert failure.get("offset") == offset


def test_the_message_names_none_of_the_engines_own_views(worker: Any) -> None:
    assert "Did you mean" not in worker.refusal("SELECT * FROM nono")["message"]


def test_counts_the_rows_that_were_read(worker: Any, tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    worker.ask("write_parquet", sql="SELECT range AS n FROM range(5000)", path=str(path), partialPath=f"{path}.partial")
    tables = [{"name": "lake.shop.numbers", "uris": [str(path)]}]
    answer = worker.run("SELECT sum(n) FROM lake.shop.numbers", tables=tables)
    assert answer["result"]["rowsRead"] == 5000


def test_stops_where_memory_runs_out_and_goes_on(own_worker: Any) -> None:
    hungry = "SELECT list(range::VARCHAR || 'some text that takes room') FROM range(500000000)"
    failure = own_worker.refusal(hungry)
    assert failure["code"] == "resource_exhausted"
    assert own_worker.rows("SELECT 1 AS one") == [(1,)]
    assert list((own_worker.folder / "tmp").iterdir()) == []


def test_stops_what_the_engine_does_not_count(own_worker: Any) -> None:
    wide = "SELECT repeat('x', 30000000) || range AS s FROM range(60)"
    assert own_worker.refusal(wide)["code"] == "resource_exhausted"


def test_takes_a_megabyte_of_sql(worker: Any) -> None:
    sql = "SELECT " + " + ".join(["1"] * 50) + " AS n, '" + "x" * 1_000_000 + "' AS s"
    ((total, words),) = worker.rows(sql)
    assert (total, len(words)) == (50, 1_000_000)


def test_refuses_what_is_nested_too_deeply_and_goes_on(worker: Any) -> None:
    for deep in ("SELECT " + "(" * 20_000 + "1" + ")" * 20_000, "SELECT " + " + ".join(["1"] * 5_000)):
        failure = worker.refusal(deep)
        assert (failure["code"], failure["message"]) == ("resource_exhausted", "The statement is nested too deeply.")
    assert worker.rows("SELECT 1 AS one") == [(1,)]


def test_cancels_what_would_not_end(own_worker: Any) -> None:
    forever = "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE hash(a.range + b.range) = 1"
    number = own_worker.begin("run", sql=forever, folder=str(spool(own_worker, 1)))
    until = time.monotonic() + 30
    while not spool(own_worker, 1).exists() and time.monotonic() < until:
        time.sleep(0.02)
    own_worker.cancel(number)
    assert own_worker.end(number, seconds=30)["failure"]["code"] == "cancelled"
    assert not spool(own_worker, 1).exists()


def test_cancels_what_has_hardly_begun(own_worker: Any) -> None:
    sql = "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE hash(a.range + b.range) = 1"
    for pause in (0, 0.005, 0.02, 0.05):
        number = own_worker.begin("run", sql=sql, folder=str(spool(own_worker, 1)))
        time.sleep(pause)
        own_worker.cancel(number)
        assert own_worker.end(number, seconds=30)["failure"]["code"] == "cancelled"
