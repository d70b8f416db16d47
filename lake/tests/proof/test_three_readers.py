"""PyIceberg, DuckDB and Trino read equal rows of what the lake writer and whole syncs of both paths write.

Set CONTRACT_TRINO_URL and CONTRACT_DATABASE_URL (of a role that may make databases) to run it. Where they differ:

| what                               | PyIceberg 0.12 | DuckDB 1.5 | Trino 476                                |
|------------------------------------|----------------|------------|------------------------------------------|
| a NULL list of rows                | an empty list  | NULL       | NULL                                     |
| `userName` and `username`          | as written     | as written | one name, in small letters               |
| a table or schema with capitals    | found          | found      | not found: its catalog asks in small ones |

Types that the lake stores as another one, the same for all three: unsigned 64 bits as decimal(20,0), JSON as text,
small integers as integer.
"""

from __future__ import annotations

import datetime
import math
import os
import uuid
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from lake_of_three import TABLE, WORKSPACE, LakeOfThree
from three_readers import by_duckdb, by_pyiceberg, by_trino

pytestmark = pytest.mark.skipif(
    not (os.environ.get("CONTRACT_TRINO_URL") and os.environ.get("CONTRACT_DATABASE_URL")),
    reason="set CONTRACT_TRINO_URL and CONTRACT_DATABASE_URL",
)

UTC = datetime.UTC
MOMENT = datetime.datetime(2026, 11, 21, 16, 30, 1, 123456)
FIRST = datetime.datetime(1, 1, 1)
IDENT = uuid.UUID("12345678-1234-5678-1234-567812345678")
COMPLETE = {
    "type": "TRACE",
    "trace": {
        "type": "STREAM_STATUS",
        "emitted_at": 1,
        "stream_status": {"stream_descriptor": {"name": "orders"}, "status": "COMPLETE"},
    },
}


def record(**data: Any) -> dict[str, Any]:
    return {"type": "RECORD", "record": {"stream": "orders", "data": data, "emitted_at": 1_700_000_000_000}}


def state(number: int) -> dict[str, Any]:
    stream = {"stream_descriptor": {"name": "orders"}, "stream_state": {"id": number}}
    return {"type": "STATE", "state": {"type": "STREAM", "stream": stream}}


# --- what the lake writer writes


def test_every_mode_of_a_commit(lake: LakeOfThree) -> None:
    lake.commit("SELECT range::BIGINT AS id, 'old' AS v FROM range(100)", create={"key": ["id"]})
    lake.commit("SELECT 100::BIGINT AS id, 'more' AS v", "SELECT 101::BIGINT AS id, NULL::VARCHAR AS v")
    lake.commit("SELECT range::BIGINT AS id, 'new' AS v FROM range(90, 120)", mode="merge")
    lake.commit("SELECT unnest([0, 50, 119])::BIGINT AS id", mode="delete_where_key")
    rows = lake.rows_of_all_times()
    assert sorted(row[0] for row in rows) == [one for one in range(120) if one not in (0, 50, 119)]
    assert {row[1] for row in rows if row[0] >= 90} == {"new"}
    lake.commit("SELECT 7::BIGINT AS id, 'only' AS v", mode="overwrite")
    assert lake.rows_of_all_times() == [(7, "only")]


def test_a_table_without_rows(lake: LakeOfThree) -> None:
    lake.commit(columns=[{"name": "id", "type": "integer"}, {"name": "t", "type": "time(6)"}])
    assert lake.rows() == []


def test_a_missing_list_of_rows(lake: LakeOfThree) -> None:
    """PyIceberg 0.12 reads a NULL list of rows as an empty one, whoever wrote it; the other two are right."""
    kind = pa.list_(pa.struct([("a", pa.int64())]))
    lake.commit(pa.table({"id": [1, 2, 3], "l": pa.array([[{"a": 1}], None, []], kind)}))
    wanted = [(1, ((1,),)), (2, None), (3, ())]
    assert by_duckdb(lake.iceberg()) == wanted
    assert by_trino(lake.trino, f"{lake.catalog}.shop.orders", lake.iceberg()) == wanted
    assert by_pyiceberg(lake.iceberg()) == [(1, ((1,),)), (2, ()), (3, ())]


def test_capital_letters(lake: LakeOfThree) -> None:
    """Trino folds every name: columns are read whatever their case, tables and schemas only in small letters."""
    lake.commit('SELECT 1 AS "Id", 2 AS "userName"')
    assert lake.rows() == [(1, 2)]
    assert lake.trino.run(f"SELECT username FROM {lake.catalog}.shop.orders") == [[2]]
    lake.commit("SELECT 1 AS id", table="lake.shop.Customers")
    assert by_duckdb(lake.iceberg("lake.shop.Customers")) == by_pyiceberg(lake.iceberg("lake.shop.Customers")) == [(1,)]
    with pytest.raises(RuntimeError, match="does not exist"):
        lake.trino.run(f'SELECT * FROM {lake.catalog}.shop."Customers"')


def test_every_change_of_the_columns(lake: LakeOfThree) -> None:
    lake.commit("SELECT 1::INTEGER AS id, 'a' AS name, 1.5::DECIMAL(5,2) AS price, 2::FLOAT AS f, true AS gone")
    changes = [
        {"add": {"name": "tags", "type": "array(varchar)"}},
        {"drop": "gone"},
        {"rename": {"from": "name", "to": "title"}},
        {"widen": {"name": "id", "type": "bigint"}},
        {"widen": {"name": "price", "type": "decimal(12,2)"}},
        {"widen": {"name": "f", "type": "double"}},
    ]
    for change in changes:
        lake.writer.change_schema(WORKSPACE, TABLE, [change])
        lake.rows()
    lake.commit(
        "SELECT 5000000000 AS id, 'b' AS title, 123456.25::DECIMAL(12,2) AS price, 3::DOUBLE AS f, ['x'] AS tags"
    )
    lake.writer.change_schema(WORKSPACE, TABLE, [{"add": {"name": "gone", "type": "bigint"}}])
    lake.commit("SELECT 1::BIGINT AS id, 'c' AS title, 7::BIGINT AS gone", mode="merge", key=["id"])
    assert lake.rows_of_all_times() == [
        (1, "c", None, None, None, 7),
        (5000000000, "b", "123456.25", 3.0, ("x",), None),
    ]


def test_rows_within_rows_change_too(lake: LakeOfThree) -> None:
    lake.commit("SELECT 1 AS id, {'a': 1::INTEGER} AS s, [{'x': 1.5::FLOAT}] AS l, MAP {'k': 1::INTEGER} AS m")
    wider = [("s", "row(a bigint, b varchar)"), ("l", "array(row(x double, y date))"), ("m", "map(varchar, bigint)")]
    lake.writer.change_schema(WORKSPACE, TABLE, [{"widen": {"name": name, "type": kind}} for name, kind in wider])
    lake.commit(
        "SELECT 2 AS id, {'a': 5000000000, 'b': 'b'} AS s, [{'x': 2.5::DOUBLE, 'y': DATE '2026-01-01'}] AS l, "
        "MAP {'k': 5000000000} AS m"
    )
    assert lake.rows_of_all_times() == [
        (1, (1, None), ((1.5, None),), (("k", 1),)),
        (2, (5000000000, "b"), ((2.5, "2026-01-01"),), (("k", 5000000000),)),
    ]


def test_rollback_branch_and_publish(lake: LakeOfThree) -> None:
    first = lake.commit("SELECT 1 AS id, 'a' AS v", create={"key": ["id"]})
    lake.commit("SELECT 2 AS id, 'bad' AS v")
    lake.writer.rollback(WORKSPACE, TABLE, first["snapshot_id"], "ann")
    assert lake.rows_of_all_times() == [(1, "a")]
    lake.writer.create_branch(WORKSPACE, TABLE, "audit")
    lake.commit("SELECT 1 AS id, 'b' AS v", mode="merge", branch="audit")
    assert lake.rows() == [(1, "a")]
    assert lake.rows(version="audit") == [(1, "b")]
    lake.writer.fast_forward(WORKSPACE, TABLE, "audit", {"written_by": "ann"})
    assert lake.rows_of_all_times() == [(1, "b")]


def test_compaction_and_expiry(lake: LakeOfThree) -> None:
    for number in range(6):
        lake.commit(f"SELECT {number}::INTEGER AS id, {number % 2} AS part", create={"partition_by": ["part"]})
    lake.writer.change_schema(WORKSPACE, TABLE, [{"widen": {"name": "id", "type": "bigint"}}])
    before = lake.rows_of_all_times()
    lake.writer.maintenance(WORKSPACE, TABLE, {"action": "compact", "dryRun": False})
    assert lake.rows_of_all_times() == before
    assert len(lake.writer.files(WORKSPACE, TABLE)["items"]) == 2
    lake.writer.maintenance(WORKSPACE, TABLE, {"action": "expire", "options": {"keep": 1}, "dryRun": False})
    assert lake.rows_of_all_times() == before
    assert len(lake.writer.snapshots(WORKSPACE, TABLE)["items"]) == 1


VALUES: list[tuple[str, pa.DataType, list[Any]]] = [
    ("bool", pa.bool_(), [True, None, False]),
    ("int8", pa.int8(), [-128, None, 127]),
    ("int32", pa.int32(), [-(2**31), None, 2**31 - 1]),
    ("int64", pa.int64(), [-(2**63), None, 2**63 - 1]),
    ("uint32", pa.uint32(), [0, None, 2**32 - 1]),
    ("uint64", pa.uint64(), [0, None, 2**64 - 1]),
    ("float", pa.float32(), [math.nan, None, 0.1]),
    ("float at its end", pa.float32(), [math.inf, -math.inf, -0.0]),
    ("double", pa.float64(), [math.nan, None, 1e308]),
    ("double at its end", pa.float64(), [math.inf, -math.inf, 5e-324]),
    ("small decimal", pa.decimal128(5, 2), [Decimal("-999.99"), None, Decimal("0.01")]),
    ("decimal", pa.decimal128(18, 4), [Decimal("-12345678901234.5678"), None, Decimal("1.0000")]),
    ("wide decimal", pa.decimal128(38, 10), [Decimal("-1234567890123456789012345678.0123456789"), None, Decimal(0)]),
    ("date", pa.date32(), [datetime.date(1, 1, 1), None, datetime.date(9999, 12, 31)]),
    ("time", pa.time64("us"), [datetime.time(0), None, datetime.time(23, 59, 59, 999999)]),
    ("local", pa.timestamp("us"), [FIRST, None, MOMENT]),
    ("local before 1970", pa.timestamp("us"), [datetime.datetime(1969, 12, 31, 23, 59, 59, 999999), None, MOMENT]),
    ("zoned", pa.timestamp("us", "UTC"), [MOMENT.replace(tzinfo=UTC), None, datetime.datetime(1900, 1, 1, tzinfo=UTC)]),
    ("zoned elsewhere", pa.timestamp("us", "Europe/Berlin"), [MOMENT.replace(tzinfo=UTC), None, None]),
    ("text", pa.string(), ["", None, "naïve 日本 🙂 'q' \"d\" \n" + "x" * 400]),
    ("binary", pa.binary(), [b"", None, b"\x00\xff"]),
    ("list", pa.list_(pa.int64()), [[1, None], None, []]),
    ("list of text", pa.list_(pa.string()), [["a", None], None, []]),
    ("list of lists", pa.list_(pa.list_(pa.int32())), [[[1], None, []], None, []]),
    ("struct", pa.struct([("a", pa.int64()), ("b c", pa.string())]),
     [{"a": 1, "b c": "x"}, None, {"a": None, "b c": None}]),
    ("map", pa.map_(pa.string(), pa.float64()), [[("a", 1.5), ("b", None)], None, []]),
    ("map by number", pa.map_(pa.int64(), pa.timestamp("us")), [[(2**60, MOMENT)], None, []]),
    ("deep", pa.list_(pa.struct([("m", pa.map_(pa.string(), pa.list_(pa.decimal128(6, 1))))])),
     [[{"m": [("k", [Decimal("1.5"), None])]}], [], [{"m": []}]]),
]  # fmt: skip


@pytest.mark.parametrize("with_nulls", [True, False], ids=["with NULL", "without"])
def test_every_type(lake: LakeOfThree, with_nulls: bool) -> None:
    rows = [0, 1, 2] if with_nulls else [0]
    lake.commit(pa.table({name: pa.array([values[row] for row in rows], kind) for name, kind, values in VALUES}))
    lake.commit(f"SELECT UUID '{IDENT}' AS u, ['{IDENT}'::UUID, NULL] AS us, 1 AS n UNION ALL SELECT NULL, NULL, 2",
                table="lake.shop.idents")  # fmt: skip
    assert len(lake.rows()) == len(rows)
    assert set(lake.rows("lake.shop.idents")) == {(str(IDENT), (str(IDENT), None), 1), (None, None, 2)}
    lake.commit("SELECT UUID '00000000-0000-4000-8000-000000000001' AS u, 3 AS n", "SELECT 1 AS n, NULL::UUID AS u",
                table="lake.shop.idents", mode="merge", key=["n"])  # fmt: skip
    assert {row[0] for row in lake.rows("lake.shop.idents")} == {
        None,
        "00000000-0000-4000-8000-000000000001",
    }


NAMES = [
    "a.b",
    'say "hi"',
    "it's",
    "日本語",
    "with space",
    "SELECT",
    "été",
    "a,b;c",
    "{curly}",
    "back\\slash",
    "🙂",
    "x/y",
]


def test_columns_of_any_name(lake: LakeOfThree) -> None:
    data = pa.table({name: [f"{name}-1", f"{name}-2"] for name in NAMES})
    lake.commit(data, create={"key": ["a.b"], "partition_by": ['"x/y"']})
    lake.commit(pa.table({name: [f"{name}-2" if name in ("a.b", "x/y") else "new"] for name in NAMES}), mode="merge")
    lake.writer.change_schema(WORKSPACE, TABLE, [{"rename": {"from": "a.b", "to": "ключ.1"}}, {"drop": "🙂"}])
    assert {row[3] for row in lake.rows_of_all_times()} == {"日本語-1", "new"}


@pytest.mark.parametrize(
    "name", ['lake.shop."with space"', 'lake.shop."a.b"', 'lake."größe"."日本 ""q"""', "lake.shop.select"]
)
def test_tables_of_any_name(lake: LakeOfThree, name: str) -> None:
    lake.commit("SELECT 1 AS id", table=name)
    assert lake.rows(name) == [(1,)]


# --- what syncs write

CLOSED = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"n": {"type": "integer"}, "s": {"type": "string"}},
}
PROPERTIES: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "whole": ({"type": "integer"}, [2**63 - 1, None]),
    "huge": ({"type": "integer", "airbyte_type": "big_integer"}, [10**30, None]),
    "exact": ({"type": "string", "airbyte_type": "big_number"}, ["12345678901234567890.123456789", None]),
    "number": ({"type": "number"}, [0.1, None]),
    "flag": ({"type": "boolean"}, [False, None]),
    'say "hi" 日本': ({"type": "string"}, ['a "quoted" ünïcode\n☃', None]),
    "day": ({"type": "string", "format": "date"}, ["2024-02-29", None]),
    "at": ({"type": "string", "format": "date-time"}, ["2024-01-01T10:00:00.000001+02:00", None]),
    "local": ({"type": "string", "airbyte_type": "timestamp_without_timezone"}, ["2024-01-01T10:00:00.5", None]),
    "hour": ({"type": "string", "airbyte_type": "time_without_timezone"}, ["10:11:12.5", None]),
    "json": ({}, [{"a": [1, None]}, None]),
    "list": ({"type": "array", "items": {"type": "integer"}}, [[1, None], []]),
    "row": (CLOSED, [{"n": 1, "s": "x"}, None]),
    "rows": ({"type": "array", "items": CLOSED}, [[{"n": 1, "s": None}], []]),
}


def script(rows: int, first: int = 1, **more: Any) -> dict[str, Any]:
    records = [
        record(id=number, **{name: values[number % 2] for name, (_, values) in PROPERTIES.items()})
        for number in range(first, first + rows)
    ]
    properties = {"id": {"type": "integer"}} | {name: schema for name, (schema, _) in PROPERTIES.items()}
    return {"properties": properties, "steps": [*records, state(first + rows - 1), COMPLETE]} | more


def test_syncs_of_a_connector(lake: LakeOfThree, tmp_path: Path) -> None:
    lake.syncs.by_connector(tmp_path, script(6))
    assert len(lake.rows()) == 6
    lake.syncs.by_connector(tmp_path, script(4, first=7))
    assert sorted(row[0] for row in lake.rows_of_all_times()) == list(range(1, 11))
    deduplicated = {"transformation": {"deduplication": {"key": ["id"], "strategy": "last_write_wins"}}}
    lake.syncs.by_connector(tmp_path, script(8, first=5), **deduplicated)
    assert sorted(row[0] for row in lake.rows_of_all_times()) == list(range(1, 13))
    lake.syncs.by_connector(tmp_path, script(3), stream={"sync_mode": "full_refresh"})
    assert sorted(row[0] for row in lake.rows_of_all_times()) == [1, 2, 3]


def test_a_stream_that_changes(lake: LakeOfThree, tmp_path: Path) -> None:
    number, text = {"type": "integer"}, {"type": "string"}
    steps = [record(id=1, v=5, gone="x"), state(1), COMPLETE]
    lake.syncs.by_connector(tmp_path, {"properties": {"id": number, "v": number, "gone": text}, "steps": steps})
    steps = [record(id=2, v="six", new={"a": 1}), record(id=3, v="7", unknown=1.5), state(3), COMPLETE]
    lake.syncs.by_connector(tmp_path, {"properties": {"id": number, "v": text, "new": {}}, "steps": steps})
    rows = lake.rows_of_all_times()
    assert sorted(row[0] for row in rows) == [1, 2, 3]
    assert any("six" in map(str, row) for row in rows)


KINDS: list[tuple[str, str]] = [
    ("boolean", "true"), ("smallint", "-32768"), ("bigint", "-9223372036854775808"), ("xid8", "18446744073709551615"),
    ("real", "NaN"), ("double precision", "-Infinity"), ("double precision", "0.1"),
    ("numeric(12,2)", "-1234567890.12"),
    ("numeric(38,10)", "1234567890123456789012345678.0123456789"), ("numeric", "NaN"), ("money", "12.34"),
    ("text", "Grüße, 世界 🌍"), ("bytea", "\\xdeadbeef00"), ("date", "2024-02-29"), ("time", "23:59:59.999999"),
    ("timetz", "10:00:00+02"), ("timestamp", "1969-12-31 23:59:59.999999"), ("timestamptz", "2024-03-31 02:30:00+02"),
    ("interval", "1 year 2 mons"), ("uuid", "6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b"), ("jsonb", '{"a": 1.10}'),
    ("integer[]", "{1,NULL,3}"), ("integer[]", "{}"), ("text[]", '{a,"b,c",NULL}'),
    ("numeric(6,2)[]", "{1.50,NULL,-2}"),
    ("timestamptz[]", "{2024-01-01 00:00+00}"), ("date[]", "{2024-01-01}"), ("boolean[]", "{t,f}"),
    ("uuid[]", "{6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b}"), ("date", "infinity"), ("timestamptz", "-infinity"),
]  # fmt: skip


@pytest.fixture
def orders(source: Any) -> Callable[[int, int], None]:
    columns = ", ".join(f"c{number} {kind}" for number, (kind, _) in enumerate(KINDS))
    source.run(f'CREATE TABLE orders (id int PRIMARY KEY, "say ""hi"" 日本" text, {columns})')

    def insert(first: int, last: int) -> None:
        values = ", ".join(f"CASE WHEN i % 2 = 1 THEN {quoted(text)}::{kind} END" for kind, text in KINDS)
        source.run(f"INSERT INTO orders SELECT i, 'n' || i, {values} FROM generate_series({first}, {last}) i")

    return insert


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def test_syncs_of_postgres(lake: LakeOfThree, source: Any, orders: Callable[[int, int], None]) -> None:
    orders(1, 50)
    lake.syncs.of_postgres(source.config(), checkpoint={"rows": 20})
    assert sorted(row[0] for row in lake.rows_of_all_times()) == list(range(1, 51))
    orders(51, 80)
    lake.syncs.of_postgres(source.config(), checkpoint={"rows": 20})
    assert sorted(row[0] for row in lake.rows_of_all_times()) == list(range(1, 81))
    source.run("ALTER TABLE orders ALTER id TYPE bigint, ADD late numeric(9,3) DEFAULT 1.5")
    orders(81, 90)
    key = {"transformation": {"deduplication": {"key": ["id"], "strategy": "last_write_wins"}}}
    lake.syncs.of_postgres(source.config(), **key)
    assert sorted(row[0] for row in lake.rows()) == list(range(1, 91))
    source.run("ALTER TABLE orders DROP c0; DELETE FROM orders WHERE id > 10")
    lake.syncs.of_postgres(source.config(), stream={"sync_mode": "full_refresh"})
    assert sorted(row[0] for row in lake.rows_of_all_times()) == list(range(1, 11))
