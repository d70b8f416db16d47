from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyiceberg.catalog.sql import SqlCatalog
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
