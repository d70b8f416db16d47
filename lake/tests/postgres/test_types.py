"""Every type of PostgreSQL that is read: what it becomes, and that its odd values are not lost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from read_stream import read_stream

from workbench_sync.failure import SyncFailure

UTC = dt.UTC
SETUP = """
CREATE EXTENSION hstore;
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE DOMAIN positive AS int CHECK (value > 0);
CREATE DOMAIN price AS numeric(8,2);
CREATE TYPE pair AS (a int, b text);
"""
#: Type, literal, type in the lake, value.
CASES = [
    ("boolean", "true", pa.bool_(), True),
    ("smallint", "-32768", pa.int32(), -32768),
    ("integer", "2147483647", pa.int32(), 2147483647),
    ("bigint", "-9223372036854775808", pa.int64(), -9223372036854775808),
    ("oid", "4294967295", pa.int64(), 4294967295),
    ("xid", "4294967295", pa.int64(), 4294967295),
    ("xid8", "18446744073709551615", pa.decimal128(20, 0), Decimal("18446744073709551615")),
    ("real", "1.5", pa.float32(), 1.5),
    ("real", "Infinity", pa.float32(), float("inf")),
    ("double precision", "0.1", pa.float64(), 0.1),
    ("double precision", "-Infinity", pa.float64(), float("-inf")),
    ("numeric(12,2)", "-1234567890.12", pa.decimal128(12, 2), Decimal("-1234567890.12")),
    (
        "numeric(38,10)",
        "1234567890123456789012345678.0123456789",
        pa.decimal128(38, 10),
        Decimal("1234567890123456789012345678.0123456789"),
    ),
    ("numeric(5,0)", "12345", pa.decimal128(5, 0), Decimal(12345)),
    ("numeric(2,-3)", "99000", pa.decimal128(5, 0), Decimal(99000)),
    ("numeric(2,4)", "0.0012", pa.decimal128(4, 4), Decimal("0.0012")),
    (
        "numeric(39,2)",
        "1234567890123456789012345678901234567.89",
        pa.string(),
        "1234567890123456789012345678901234567.89",
    ),
    (
        "numeric",
        "0.000000000000000000000000000000000000000000001",
        pa.string(),
        "0.000000000000000000000000000000000000000000001",
    ),
    ("numeric", "NaN", pa.string(), "NaN"),
    ("money", "12.34", pa.decimal128(19, 2), Decimal("12.34")),
    ("text", "Grüße, 世界 🌍", pa.string(), "Grüße, 世界 🌍"),
    ("text", "", pa.string(), ""),
    ("varchar(9)", "x ", pa.string(), "x "),
    ("char(4)", "ab", pa.string(), "ab"),
    ("name", "n", pa.string(), "n"),
    ('"char"', "c", pa.string(), "c"),
    ("bytea", "\\xdeadbeef00", pa.binary(), bytes.fromhex("deadbeef00")),
    ("date", "2024-02-29", pa.date32(), dt.date(2024, 2, 29)),
    ("time", "23:59:59.999999", pa.time64("us"), dt.time(23, 59, 59, 999999)),
    ("timetz", "10:00:00+02", pa.string(), "10:00:00+02"),
    ("timestamp", "1969-12-31 23:59:59.999999", pa.timestamp("us"), dt.datetime(1969, 12, 31, 23, 59, 59, 999999)),
    ("timestamptz", "2024-03-31 02:30:00+02", pa.timestamp("us", "UTC"), dt.datetime(2024, 3, 31, 0, 30, tzinfo=UTC)),
    ("interval", "1 year 2 mons -3 days 04:05:06.7", pa.string(), "P1Y2M-3DT4H5M6.7S"),
    ("uuid", "6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b", pa.string(), "6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b"),
    ("json", '{"a":  1}', pa.string(), '{"a":  1}'),
    ("jsonb", '{"a":  1.10}', pa.string(), '{"a": 1.10}'),
    ("integer[]", "{1,NULL,3}", pa.list_(pa.int32()), [1, None, 3]),
    ("integer[]", "{}", pa.list_(pa.int32()), []),
    ("smallint[]", "{1}", pa.list_(pa.int32()), [1]),
    ("text[]", '{a,"b,c",NULL}', pa.list_(pa.string()), ["a", "b,c", None]),
    ("boolean[]", "{t,f}", pa.list_(pa.bool_()), [True, False]),
    ("numeric(6,2)[]", "{1.50,NULL,-2}", pa.list_(pa.decimal128(6, 2)), [Decimal("1.50"), None, Decimal("-2.00")]),
    ("numeric[]", "{1.5,NaN}", pa.list_(pa.string()), ["1.5", "NaN"]),
    (
        "timestamptz[]",
        "{2024-01-01 00:00+00}",
        pa.list_(pa.timestamp("us", "UTC")),
        [dt.datetime(2024, 1, 1, tzinfo=UTC)],
    ),
    ("date[]", "{2024-01-01}", pa.list_(pa.date32()), [dt.date(2024, 1, 1)]),
    (
        "uuid[]",
        "{6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b}",
        pa.list_(pa.string()),
        ["6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b"],
    ),
    ("mood[]", "{sad}", pa.list_(pa.string()), ["sad"]),
    ("positive[]", "{7}", pa.list_(pa.int32()), [7]),
    ("integer[][]", "{{1,2},{3,4}}", pa.string(), "[[1, 2], [3, 4]]"),
    ("mood", "glad", pa.string(), "glad"),
    ("positive", "3", pa.int32(), 3),
    ("price", "9.90", pa.decimal128(8, 2), Decimal("9.90")),
    ("inet", "10.1.2.3/8", pa.string(), "10.1.2.3/8"),
    ("cidr", "10.0.0.0/8", pa.string(), "10.0.0.0/8"),
    ("macaddr", "08:00:2b:01:02:03", pa.string(), "08:00:2b:01:02:03"),
    ("int4range", "[1,5)", pa.string(), "[1,5)"),
    ("tstzmultirange", "{[2024-01-01 00:00+00,)}", pa.string(), '{["2024-01-01 00:00:00+00",)}'),
    ("hstore", "a=>1, b=>NULL", pa.string(), '{"a": "1", "b": null}'),
    ("pair", "(1,x)", pa.string(), '{"a": 1, "b": "x"}'),
    ("bit(3)", "101", pa.string(), "101"),
    ("bit varying", "10", pa.string(), "10"),
    ("tsvector", "a b", pa.string(), "'a' 'b'"),
    ("point", "(1,2)", pa.string(), "(1,2)"),
    ("pg_lsn", "0/16B3748", pa.string(), "0/16B3748"),
]


def test_each_type_becomes_its_type_of_the_lake_with_its_value_and_null(database) -> None:
    database.run(SETUP)
    columns = ", ".join(f"c{number} {source}" for number, (source, *_) in enumerate(CASES))
    database.run(f"CREATE TABLE kinds ({columns})")
    values = ", ".join(["%s"] * len(CASES))
    database.run(f"INSERT INTO kinds VALUES ({values})", [literal for _, literal, _, _ in CASES])
    database.run("INSERT INTO kinds DEFAULT VALUES")
    table, checkpoints, warnings = read_stream(database.config(), {"name": "kinds"})
    rows = table.to_pylist()
    full = next(row for row in rows if row["c0"] is not None)
    got = {number: (table.schema.field(number).type, full[f"c{number}"]) for number in range(len(CASES))}
    assert got == {number: (kind, value) for number, (_, _, kind, value) in enumerate(CASES)}
    empty = next(row for row in rows if row["c0"] is None)
    assert set(empty.values()) == {None}
    assert checkpoints[0].rows == 2
    assert warnings == []


def test_not_a_number_of_floats_stays(database) -> None:
    database.run("CREATE TABLE f (a real, b double precision); INSERT INTO f VALUES ('NaN', 'NaN')")
    table, _, _ = read_stream(database.config(), {"name": "f"})
    assert pc.all(pc.is_nan(table["a"])).as_py()
    assert pc.all(pc.is_nan(table["b"])).as_py()


SPECIAL = """
CREATE TABLE s (id int, n numeric(6,2), d date, t timestamp, z timestamptz, h time, ns numeric(6,2)[], ds date[]);
INSERT INTO s VALUES
  (1, 'NaN', 'infinity', '-infinity', 'infinity', '24:00', '{NaN,1}', '{infinity,2020-01-01}'),
  (2, '1.5', '2020-01-01', '2020-01-01', '2020-01-01', '12:00', '{2}', '{2020-01-02}')
"""


def test_values_that_a_type_cannot_hold_are_replaced_and_counted(database) -> None:
    database.run(SPECIAL)
    table, _, warnings = read_stream(database.config(), {"name": "s"})
    odd, plain = sorted(table.to_pylist(), key=lambda row: row["id"])
    assert odd == {
        "id": 1,
        "n": None,
        "d": dt.date(9999, 12, 31),
        "t": dt.datetime(1, 1, 1),
        "z": dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        "h": dt.time(23, 59, 59, 999999),
        "ns": [None, Decimal("1.00")],
        "ds": [dt.date(9999, 12, 31), dt.date(2020, 1, 1)],
    }
    assert plain["n"] == Decimal("1.50")
    assert plain["ns"] == [Decimal("2.00")]
    assert len(warnings) == 7
    assert any(warning.startswith("n: 1 x NaN or Infinity") for warning in warnings)


def test_values_that_a_type_cannot_hold_stop_the_sync_where_so_configured(database) -> None:
    database.run(SPECIAL)
    with pytest.raises(SyncFailure, match="which the lake's type of it cannot hold"):
        read_stream(database.config(special_values="fail"), {"name": "s"})


def test_an_array_of_hidden_dimensions_stops_the_sync_and_json_holds_it(database) -> None:
    database.run("CREATE TABLE a (x int[]); INSERT INTO a VALUES ('{{1,2},{3,4}}'), ('{5}')")
    with pytest.raises(SyncFailure, match="more than one dimension") as failure:
        read_stream(database.config(), {"name": "a"})
    assert "arrays" in failure.value.hint
    table, _, _ = read_stream(database.config(arrays="json"), {"name": "a"})
    assert sorted(table["x"].to_pylist()) == ["[5]", "[[1, 2], [3, 4]]"]


def test_names_of_any_script_and_with_quotes_are_read(database) -> None:
    names = ['Größe "in" cm', "таблица", "商品;--", "select", "%s {} 'x'"]
    columns = ", ".join('"' + name.replace('"', '""') + '" int' for name in names)
    database.run('CREATE SCHEMA "Ünïcode ""q"""')
    statement = f'CREATE TABLE "Ünïcode ""q"""."注文 ""2024""" ({columns})'
    database.run(statement)
    database.run('INSERT INTO "Ünïcode ""q"""."注文 ""2024""" VALUES (1, 2, 3, 4, 5)')
    config = database.config(schemas=['Ünïcode "q"'])
    table, _, _ = read_stream(config, {"name": '注文 "2024"', "namespace": 'Ünïcode "q"'})
    assert table.to_pylist() == [dict(zip(names, [1, 2, 3, 4, 5], strict=True))]


def test_a_whole_table_is_read_once_across_pages_partitions_and_children(database) -> None:
    database.run(
        """
        CREATE TABLE wide (id int, filler text);
        INSERT INTO wide SELECT i, repeat(md5(i::text), 40) FROM generate_series(1, 30000) i;
        CREATE TABLE heir (extra int) INHERITS (wide);
        INSERT INTO heir SELECT 30000 + i, 'x', i FROM generate_series(1, 5000) i;
        CREATE TABLE parts (id int, region text) PARTITION BY LIST (region);
        CREATE TABLE parts_a PARTITION OF parts FOR VALUES IN ('a');
        CREATE TABLE parts_b (region text, id int);
        ALTER TABLE parts ATTACH PARTITION parts_b FOR VALUES IN ('b');
        INSERT INTO parts SELECT i, CASE WHEN i % 2 = 0 THEN 'a' ELSE 'b' END FROM generate_series(1, 1000) i;
        CREATE MATERIALIZED VIEW kept AS SELECT id FROM parts;
        CREATE VIEW shown AS SELECT id FROM parts;
        """
    )
    table, checkpoints, _ = read_stream(database.config(), {"name": "wide"}, rows_per_file=6000)
    assert sorted(table["id"].to_pylist()) == list(range(1, 35001))
    assert len(checkpoints) == 1
    assert checkpoints[0].mode == "overwrite"
    assert len(checkpoints[0].files) > 2
    for name in ("parts", "kept", "shown"):
        table, _, _ = read_stream(database.config(), {"name": name})
        assert sorted(table["id"].to_pylist()) == list(range(1, 1001)), name


def test_an_empty_table_gives_a_checkpoint_without_files(database) -> None:
    database.run("CREATE TABLE none (id int)")
    _, checkpoints, _ = read_stream(database.config(), {"name": "none"})
    assert [(one.mode, one.files, one.rows) for one in checkpoints] == [("overwrite", (), 0)]
