from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq


def write(worker: Any, sql: str, path: Path, **more: Any) -> dict[str, Any]:
    return worker.ask("write_parquet", sql=sql, path=str(path), partialPath=f"{path}.partial", **more)


def test_writes_a_file_with_exact_types(worker: Any, tmp_path: Path) -> None:
    sql = (
        "SELECT sum(range) AS s, 18446744073709551615::UBIGINT AS u, INTERVAL 1 DAY AS i, 1 AS t, 2 AS t FROM range(4)"
    )
    result = write(worker, sql, tmp_path / "a.parquet")["result"]
    assert result["rowCount"] == 1
    assert [(column["name"], column["type"]) for column in result["columns"]] == [
        ("s", "DECIMAL(38,0)"),
        ("u", "DECIMAL(20,0)"),
        ("i", "VARCHAR"),
        ("t", "INTEGER"),
        ("t_1", "INTEGER"),
    ]
    table = pq.read_table(tmp_path / "a.parquet")
    assert table.column_names == [column["name"] for column in result["columns"]]
    assert [str(value) for value in table.to_pylist()[0].values()] == ["6", str(2**64 - 1), "1 day", "1", "2"]
    assert result["bytes"] == (tmp_path / "a.parquet").stat().st_size
    assert pq.ParquetFile(tmp_path / "a.parquet").metadata.row_group(0).column(0).compression == "ZSTD"


def test_numbers_plain_columns_as_a_new_table_does(worker: Any, tmp_path: Path) -> None:
    write(worker, """SELECT 1 AS "a ""b", 'x' AS c, INTERVAL 1 DAY AS i""", tmp_path / "plain.parquet")
    write(worker, "SELECT 1 AS a, [1] AS list", tmp_path / "nested.parquet")

    def ids(name: str) -> list[bytes | None]:
        schema = pq.read_schema(tmp_path / name)
        return [(field.metadata or {}).get(b"PARQUET:field_id") for field in schema]

    assert ids("plain.parquet") == [b"1", b"2", b"3"]
    assert ids("nested.parquet") == [None, None]


def test_row_groups_of_many_columns_have_fewer_rows(worker: Any, tmp_path: Path) -> None:
    columns = ", ".join(f"range AS c{at}" for at in range(1000))
    write(worker, f"SELECT {columns} FROM range(9000)", tmp_path / "wide.parquet")
    footer = pq.read_metadata(tmp_path / "wide.parquet")
    assert [footer.row_group(at).num_rows for at in range(footer.num_row_groups)] == [4096, 4096, 808]


def test_leaves_nothing_where_it_fails(worker: Any, tmp_path: Path) -> None:
    failure = write(worker, "SELECT (range || 'x')::INT FROM range(9)", tmp_path / "b.parquet")["failure"]
    assert failure["code"] == "invalid_input"
    assert "Could not convert" in failure["message"]
    number = worker.begin(
        "write_parquet",
        sql="SELECT range, hash(range) AS h FROM range(3000000000)",
        path=str(tmp_path / "c.parquet"),
        partialPath=str(tmp_path / "c.partial"),
    )
    until = time.monotonic() + 30
    while not (tmp_path / "c.partial").exists() and time.monotonic() < until:
        time.sleep(0.01)
    worker.cancel(number)
    assert worker.end(number)["failure"]["code"] == "cancelled"
    assert list(tmp_path.iterdir()) == []


def names(node: dict[str, Any]) -> list[str]:
    return [node["name"], *(name for child in node["children"] for name in names(child))]


def test_explains(worker: Any, tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    write(worker, "SELECT range AS n FROM range(1000)", path)
    tables = [{"name": "lake.shop.numbers", "uris": [str(path)]}]
    sql = "SELECT n % 3 AS r, count(*) FROM lake.shop.numbers WHERE n > 5 GROUP BY 1 ORDER BY 2"
    plan = worker.ask("explain", sql=sql, tables=tables)["result"]
    assert names(plan)[0] == "ORDER_BY"
    assert "HASH_GROUP_BY" in names(plan)
    assert plan["rows"] is None
    measured = worker.ask("explain", sql=sql, tables=tables, analyze=True)["result"]
    assert measured["rows"] == 3
    assert measured["ms"] >= 0
    assert str(tmp_path) not in str(plan) + str(measured)


def test_explains_nothing_but_the_statement(worker: Any) -> None:
    failure = worker.ask("explain", sql="SELECT 1; SELECT 2", analyze=True)["failure"]
    assert failure["code"] == "invalid_input"
