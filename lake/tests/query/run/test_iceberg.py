from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.types import DoubleType, StringType
from s3_server import BUCKET, KEY, REGION, s3_server

SECRET = "word-of-the-bucket"
SQL = "SELECT * FROM lake.shop.products ORDER BY id"


def make_table(warehouse: str, catalog_file: Path, **properties: str) -> dict[str, Any]:
    """A table of two commits, the second after a column was renamed; and its neighbour."""
    catalog = SqlCatalog("test", uri=f"sqlite:///{catalog_file}", warehouse=warehouse, **properties)
    catalog.create_namespace("shop")
    first = pa.table({"id": pa.array([1, 2], pa.int64()), "name": ["milk", None]})
    table = catalog.create_table("shop.products", schema=first.schema)
    table.append(first)
    with table.update_schema() as update:
        update.rename_column("name", "label")
    table.append(pa.table({"id": pa.array([3], pa.int64()), "label": [""]}))
    other = catalog.create_table("shop.secrets", schema=pa.schema([("word", pa.string())]))
    other.append(pa.table({"word": ["hidden"]}))
    return {
        "location": table.metadata_location.removeprefix("file://"),
        "snapshots": [str(snapshot.snapshot_id) for snapshot in table.snapshots()],
        "files": [row["file_path"] for row in table.inspect.files().to_pylist()],
        "secret": other.metadata_location.removeprefix("file://"),
    }


def check(worker: Any, made: dict[str, Any]) -> None:
    at = {"name": "lake.shop.products", "metadataLocation": made["location"]}
    assert worker.rows(SQL, tables=[at]) == [(1, "milk"), (2, None), (3, "")]
    assert worker.rows(SQL, tables=[at | {"snapshotId": made["snapshots"][0]}]) == [(1, "milk"), (2, None)]
    assert worker.rows(SQL, tables=[at | {"onlyFiles": made["files"][:1]}]) == [(3, "")]
    assert worker.rows(SQL, tables=[at | {"onlyFiles": []}]) == []
    for sql in (
        f"SELECT * FROM iceberg_scan('{made['secret']}')",
        f"SELECT * FROM iceberg_metadata('{made['secret']}')",
        f"SELECT * FROM read_text('{made['secret']}')",
    ):
        failure = worker.refusal(sql, tables=[at])
        assert "hidden" not in str(failure)


def test_reads_a_table_of_the_lake_and_its_past(worker: Any, tmp_path: Path) -> None:
    made = make_table(f"file://{tmp_path}/lake", tmp_path / "catalog.db")
    check(worker, made)


def changed(table: Any, change: str) -> None:
    """What a table may be through before it is read."""
    if change == "appended":
        table.append(pa.table({"id": pa.array([4], pa.int64()), "price": pa.array([4.5])}))
    elif change == "overwritten":
        table.overwrite(pa.table({"id": pa.array([9], pa.int64()), "price": pa.array([9.5])}))
    elif change == "a column came":
        with table.update_schema() as update:
            update.add_column("note", StringType())
        table.append(pa.table({"id": pa.array([4], pa.int64()), "price": pa.array([4.5]), "note": ["new"]}))
    elif change == "a column was renamed and another took its name":
        with table.update_schema() as update:
            update.rename_column("price", "old_price")
        with table.update_schema() as update:
            update.add_column("price", DoubleType())
        table.append(
            pa.table({"id": pa.array([5], pa.int64()), "old_price": pa.array([1.0]), "price": pa.array([2.0])})
        )
    elif change == "rows were deleted":
        table.delete("id = 2")


@pytest.mark.parametrize(
    ("change", "is_plain", "rows"),
    [
        ("nothing", True, [(1, 1.5), (2, 2.5)]),
        ("appended", True, [(1, 1.5), (2, 2.5), (4, 4.5)]),
        ("overwritten", True, [(9, 9.5)]),
        ("rows were deleted", True, [(1, 1.5)]),
        ("a column came", False, [(1, 1.5, None), (2, 2.5, None), (4, 4.5, "new")]),
        ("a column was renamed and another took its name", False, [(1, 1.5, None), (2, 2.5, None), (5, 1.0, 2.0)]),
    ],
)
def test_reads_files_as_they_are_where_they_hold_what_the_table_holds(
    worker: Any, tmp_path: Path, change: str, is_plain: bool, rows: list[tuple[Any, ...]]
) -> None:
    catalog = SqlCatalog("test", uri=f"sqlite:///{tmp_path}/catalog.db", warehouse=f"file://{tmp_path}/lake")
    catalog.create_namespace("shop")
    first = pa.table({"id": pa.array([1, 2], pa.int64()), "price": pa.array([1.5, 2.5])})
    table = catalog.create_table("shop.prices", schema=first.schema)
    table.append(first)
    changed(table, change)
    location = table.metadata_location.removeprefix("file://")
    snapshot = table.current_snapshot().snapshot_id
    at = {"name": "lake.shop.prices", "metadataLocation": location, "snapshotId": str(snapshot)}
    sql = "SELECT * FROM lake.shop.prices ORDER BY id"
    assert worker.rows(sql, tables=[at]) == rows
    plan = str(worker.ask("explain", sql=sql, tables=[at], analyze=False)["result"])
    assert ("READ_PARQUET" in plan.upper()) is is_plain
    assert ("ICEBERG" in plan.upper()) is not is_plain


@pytest.mark.skipif("BENCHWRIGHT_FULL_TESTS" not in os.environ, reason="needs BENCHWRIGHT_FULL_TESTS")
def test_reads_and_writes_a_bucket_and_nothing_beside(own_worker: Any, tmp_path: Path) -> None:
    with s3_server() as s3:
        properties = {"s3.endpoint": s3.endpoint, "s3.access-key-id": KEY, "s3.secret-access-key": SECRET}
        made = make_table(f"s3://{BUCKET}/inside", tmp_path / "catalog.db", **properties, **{"s3.region": REGION})
        own_worker.settings["s3"] = {
            "endpoint": s3.endpoint,
            "region": REGION,
            "accessKeyId": KEY,
            "secretAccessKey": SECRET,
            "scope": f"s3://{BUCKET}/inside",
        }
        check(own_worker, made)
        path = f"s3://{BUCKET}/inside/staging/rows.parquet"
        at = {"name": "lake.shop.products", "metadataLocation": made["location"]}
        written = own_worker.ask("write_parquet", sql=SQL, tables=[at], path=path, partialPath=None)["result"]
        assert written["rowCount"] == 3
        again = {"name": "lake.a.b", "uris": [path]}
        assert own_worker.rows("SELECT count(*) FROM lake.a.b", tables=[again]) == [(3,)]
        for sql in ("SELECT * FROM duckdb_secrets()", "SELECT current_setting('s3_secret_access_key')"):
            assert SECRET not in str(own_worker.run(sql, tables=[again]).get("failure", "")).replace(sql, "")
        gone = {"name": "lake.a.b", "metadataLocation": f"s3://{BUCKET}/inside/none/metadata/v1.metadata.json"}
        failure = own_worker.refusal("SELECT * FROM lake.a.b", tables=[gone])
        assert SECRET not in str(failure)
        assert s3.endpoint not in str(failure)
