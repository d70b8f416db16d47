"""Types and names: what goes in comes out, whoever reads it and whoever wrote the staged file."""

from __future__ import annotations

import datetime
import math
import shutil
import uuid
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lake_under_test import TABLE, WORKSPACE, LakeUnderTest, arrow_rows

from workbench_lake.failures import LakeFailure
from workbench_lake.warehouse.duckdb_engine import load_extension

UTC = datetime.UTC
MOMENT = datetime.datetime(2026, 11, 21, 16, 30, 1, 123456)
OLD = datetime.datetime(1, 1, 1)
IDENT = uuid.UUID("12345678-1234-5678-1234-567812345678")

VALUES: list[tuple[str, pa.DataType, list, str]] = [
    ("bool", pa.bool_(), [True, None, False], "boolean"),
    ("int8", pa.int8(), [-128, None, 127], "integer"),
    ("int16", pa.int16(), [-32768, None, 32767], "integer"),
    ("int32", pa.int32(), [-(2**31), None, 2**31 - 1], "integer"),
    ("int64", pa.int64(), [-(2**63), None, 2**63 - 1], "bigint"),
    ("uint8", pa.uint8(), [0, None, 255], "integer"),
    ("uint16", pa.uint16(), [0, None, 65535], "integer"),
    ("uint32", pa.uint32(), [0, None, 2**32 - 1], "bigint"),
    ("uint64", pa.uint64(), [0, None, 2**64 - 1], "decimal(20,0)"),
    ("float", pa.float32(), [math.nan, None, math.inf], "real"),
    ("double", pa.float64(), [math.nan, -math.inf, 1e308], "double"),
    ("small decimal", pa.decimal128(5, 2), [Decimal("-999.99"), None, Decimal("0.01")], "decimal(5,2)"),
    ("decimal", pa.decimal128(18, 4), [Decimal("-12345678901234.5678"), None, Decimal("1.0000")], "decimal(18,4)"),
    ("wide decimal", pa.decimal128(38, 10), [Decimal("-1234567890123456789012345678.0123456789"), None, None],
     "decimal(38,10)"),
    ("date", pa.date32(), [datetime.date(1, 1, 1), None, datetime.date(9999, 12, 31)], "date"),
    ("time", pa.time64("us"), [datetime.time(0), None, datetime.time(23, 59, 59, 999999)], "time(6)"),
    ("time ms", pa.time32("ms"), [datetime.time(0), None, datetime.time(23, 59, 59, 999000)], "time(6)"),
    ("local", pa.timestamp("us"), [OLD, None, MOMENT], "timestamp(6)"),
    ("local ms", pa.timestamp("ms"), [OLD, None, MOMENT.replace(microsecond=123000)], "timestamp(6)"),
    ("zoned", pa.timestamp("us", "UTC"), [MOMENT.replace(tzinfo=UTC), None, MOMENT.replace(tzinfo=UTC)],
     "timestamp(6) with time zone"),
    ("zoned elsewhere", pa.timestamp("us", "Europe/Berlin"), [MOMENT.replace(tzinfo=UTC), None, None],
     "timestamp(6) with time zone"),
    ("text", pa.string(), ["", None, "naïve 日本 🙂 'q' \"d\" \n" + "x" * 400], "varchar"),
    ("large text", pa.large_string(), ["a", None, "b"], "varchar"),
    ("binary", pa.binary(), [b"", None, b"\x00\xff"], "varbinary"),
    ("list", pa.list_(pa.int64()), [[1, None], None, []], "array(bigint)"),
    ("list of text", pa.list_(pa.string()), [["a", None], None, []], "array(varchar)"),
    ("struct", pa.struct([("a", pa.int64()), ("b c", pa.string())]),
     [{"a": 1, "b c": "x"}, None, {"a": None, "b c": None}],
     'row(a bigint, "b c" varchar)'),
    ("map", pa.map_(pa.string(), pa.float64()), [[("a", 1.5), ("b", None)], None, []], "map(varchar, double)"),
    ("deep", pa.list_(pa.struct([("m", pa.map_(pa.string(), pa.list_(pa.decimal128(6, 1))))])),
     [[{"m": [("k", [Decimal("1.5"), None])]}], [], [{"m": []}]], "array(row(m map(varchar, array(decimal(6,1)))))"),
]  # fmt: skip

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


@pytest.mark.parametrize("as_it_is", [False, True], ids=["rewritten", "taken over"])
def test_every_type_comes_back_as_it_went_in(lake: LakeUnderTest, as_it_is: bool) -> None:
    data = pa.table({name: pa.array(values, kind) for name, kind, values, _ in VALUES})
    if as_it_is:
        with_ids = lake.commit(data, table="lake.shop.shape")
        assert with_ids["row_count"] == 3
        (file,) = lake.writer.files(WORKSPACE, "lake.shop.shape")["items"]
        data = pq.read_table(file["path"].removeprefix("file://"))
        columns = lake.table("lake.shop.shape")["columns"]
        place = lake.writer.stage(WORKSPACE, TABLE, "commit-2", columns)["folder"]
        shutil.copy(file["path"].removeprefix("file://"), f"{place}/0.parquet")
        body = {"idempotency_key": "commit-2", "mode": "append", "files": [{"path": "0.parquet"}], "columns": columns}
        lake.writer.commit(WORKSPACE, TABLE, {**body, "written_by": "me", "kind": "sync"})
        (taken,) = lake.writer.files(WORKSPACE, TABLE)["items"]
        assert taken["bytes"] == file["bytes"]
    else:
        lake.commit(data)
    assert {one["name"]: one["type"] for one in lake.table()["columns"]} == {name: kind for name, _, _, kind in VALUES}
    got = lake.rows()
    expected = pa.table({name: pa.array(values, kind) for name, kind, values, _ in VALUES})
    as_stored = expected.cast(pa.schema([(f.name, _stored(f.type)) for f in expected.schema]))
    assert got == arrow_rows(as_stored)


def test_a_missing_list_of_structs_is_null_in_the_file(lake: LakeUnderTest) -> None:
    """PyIceberg 0.12 reads it as an empty list, whoever wrote it, so only DuckDB is asked."""
    kind = pa.list_(pa.struct([("a", pa.int64())]))
    lake.commit(pa.table({"id": [1, 2, 3], "l": pa.array([[{"a": 1}], None, []], kind)}))
    with duckdb.connect() as connection:
        load_extension(connection, "avro")
        load_extension(connection, "iceberg")
        query = f"SELECT l FROM iceberg_scan('{lake.iceberg().metadata_location}') ORDER BY id"
        assert connection.execute(query).fetchall() == [([{"a": 1}],), (None,), ([],)]


def test_uuids_and_json_keep_their_meaning(lake: LakeUnderTest) -> None:
    lake.commit(f"SELECT UUID '{IDENT}' AS u, '{{\"a\": [1]}}'::JSON AS j, 1 AS n UNION ALL SELECT NULL, NULL, 2")
    columns = {one["name"]: one for one in lake.table()["columns"]}
    assert columns["u"]["type"] == "uuid"
    assert columns["j"]["type"] == "varchar"
    assert columns["j"]["json"] is True
    found = lake.iceberg().scan().to_arrow().sort_by("n").to_pylist()
    assert [found[0]["j"], found[1]["j"]] == ['{"a": [1]}', None]
    assert found[0]["u"] in (IDENT, IDENT.bytes)
    with duckdb.connect() as connection:
        load_extension(connection, "avro")
        load_extension(connection, "iceberg")
        query = f"SELECT u, j FROM iceberg_scan('{lake.iceberg().metadata_location}') ORDER BY n"
        assert connection.execute(query).fetchall() == [(IDENT, '{"a": [1]}'), (None, None)]


def test_columns_are_named_in_any_script(lake: LakeUnderTest) -> None:
    data = pa.table({name: [f"{name}-1", f"{name}-2"] for name in NAMES})
    lake.commit(data, create={"key": ["a.b"], "partition_by": ['"x/y"']})
    change = pa.table({name: [f"{name}-2" if name in ("a.b", "x/y") else "new"] for name in NAMES})
    lake.commit(change, mode="merge")
    assert [one["name"] for one in lake.table()["columns"]] == NAMES
    rows = lake.rows()
    assert len(rows) == 2
    assert {row[NAMES.index("日本語")] for row in rows} == {"日本語-1", "new"}
    lake.writer.change_schema(WORKSPACE, TABLE, [{"rename": {"from": "a.b", "to": "ключ.1"}}, {"drop": "🙂"}])
    assert len(lake.rows()[0]) == len(NAMES) - 1


@pytest.mark.parametrize("names", [["a", "A"], ["x", "__lake_row"], [""]])
def test_names_that_no_engine_could_tell_apart_are_refused(lake: LakeUnderTest, names: list[str]) -> None:
    with pytest.raises(LakeFailure) as caught:
        lake.commit(pa.table({"k": [1]}), columns=[{"name": name, "type": "bigint"} for name in names])
    assert caught.value.code == "invalid_input"


def test_nan_is_not_hidden_by_bounds(lake: LakeUnderTest) -> None:
    lake.commit("SELECT * FROM (VALUES (1.0::DOUBLE), ('nan'::DOUBLE), (3.0)) t(x)")
    (file,) = lake.writer.files(WORKSPACE, TABLE)["items"]
    assert file["column_bounds"] == {}
    assert lake.rows() == [("NaN",), (1.0,), (3.0,)]


def test_long_texts_do_not_narrow_the_bounds(lake: LakeUnderTest) -> None:
    lake.commit("SELECT CASE WHEN range < 200000 THEN 'b' ELSE repeat('z', 3000) END AS s FROM range(200100)")
    found = lake.iceberg().scan(row_filter="s > 'x'").to_arrow()
    assert found.num_rows == 100


def _stored(kind: pa.DataType) -> pa.DataType:
    """The Arrow type of the values that a reader of the lake gets."""
    if pa.types.is_uint64(kind):
        return pa.decimal128(20, 0)
    if pa.types.is_time(kind):
        return pa.time64("us")
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", "UTC" if kind.tz else None)
    return kind
