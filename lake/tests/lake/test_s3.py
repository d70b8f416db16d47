"""The same lake on an S3 server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lake_under_test import TABLE, WORKSPACE, LakeUnderTest, arrow_rows
from pyarrow import fs
from s3_server import BUCKET, duckdb_secret, s3_server

from workbench_lake.lake_context import LakeOptions
from workbench_lake.lake_writer import LakeWriter
from workbench_lake.warehouse.catalogs import S3Options
from workbench_lake.warehouse.duckdb_engine import load_extension


@pytest.fixture
def s3() -> Iterator[S3Options]:
    with s3_server() as options:
        yield options


class LakeOnS3(LakeUnderTest):
    """Stages through PyArrow and reads with both engines over HTTP."""

    def __init__(self, writer: LakeWriter, s3: S3Options) -> None:
        super().__init__(writer)
        self._s3 = s3
        self._files = fs.S3FileSystem(
            endpoint_override=s3.endpoint,
            access_key=s3.access_key_id,
            secret_key=s3.secret_access_key,
            region=s3.region,
        )

    def stage(self, key: str, data: pa.Table | str, table: str = TABLE, name: str = "0.parquet") -> dict[str, str]:
        folder = self.writer.stage(self.workspace, table, key)["folder"]
        assert folder.startswith("s3://")
        rows = duckdb.sql(data).to_arrow_table() if isinstance(data, str) else data
        pq.write_table(rows, f"{folder.removeprefix('s3://')}/{name}", filesystem=self._files)
        return {"path": f"{folder}/{name}"}

    def rows(self, table: str = TABLE, snapshot_id: int | None = None) -> list[tuple]:
        found = self.iceberg(table)
        one = arrow_rows(found.scan(snapshot_id=snapshot_id).to_arrow())
        with duckdb.connect() as connection:
            for extension in ("httpfs", "avro", "iceberg"):
                load_extension(connection, extension)
            connection.execute(duckdb_secret(self._s3))
            other = arrow_rows(connection.execute(f"FROM iceberg_scan('{found.metadata_location}')").to_arrow_table())
        assert one == other
        return one


def test_every_act_works_on_s3(s3: S3Options, tmp_path: Path) -> None:
    options = LakeOptions(
        f"sqlite:///{tmp_path}/c.db", f"s3://{BUCKET}/some/prefix", s3, temp_folder=tmp_path, orphan_grace_floor_hours=0
    )
    writer = LakeWriter(options)
    lake = LakeOnS3(writer, s3)
    try:
        writer.check()
        first = lake.commit("SELECT range AS id, 'old' AS v FROM range(10)", create={"key": ["id"]}, state=1)
        lake.commit("SELECT 5::BIGINT AS id, 'new' AS v UNION ALL SELECT 50, 'new'", mode="merge", state=2)
        assert [row for row in lake.rows() if row[1] == "new"] == [(5, "new"), (50, "new")]
        lake.commit("SELECT 60::BIGINT AS id, 'app' AS v")
        lake.commit("SELECT 0::BIGINT AS id", mode="delete_where_key")
        before = lake.rows()
        assert len(before) == 11
        plan = writer.maintenance(WORKSPACE, TABLE, {"action": "compact"})
        writer.maintenance(WORKSPACE, TABLE, {"action": "compact", "dryRun": False, "plan_id": plan["plan_id"]})
        assert lake.rows() == before
        plan = writer.maintenance(WORKSPACE, TABLE, {"action": "expire", "options": {"keep": 1}})
        done = writer.maintenance(WORKSPACE, TABLE, {"action": "expire", "dryRun": False, "plan_id": plan["plan_id"]})
        assert done["files_deleted"] == len(plan["files"]) > 0
        assert first["snapshot_id"] in plan["snapshots"]
        lake.stage("stray", "SELECT 1 AS id")
        plan = writer.maintenance(WORKSPACE, TABLE, {"action": "remove_orphans", "options": {"grace_hours": 0}})
        assert [path.rsplit("/", 1)[1] for path in plan["files"]] == ["0.parquet"]
        assert lake.rows() == before
        assert lake.table()["sync_state"] == 2
    finally:
        writer.close()
