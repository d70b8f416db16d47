"""Syncs of PostgreSQL into a lake on an S3 server."""

from __future__ import annotations

import pytest
from lake_world import TABLE, World
from s3_server import BUCKET, object_names, s3_environment, s3_server

from workbench_lake.lake_context import LakeOptions
from workbench_lake.lake_writer import LakeWriter


@pytest.fixture
def world(database, tmp_path, monkeypatch):
    database.run(
        """
        CREATE TABLE orders (id int PRIMARY KEY, at timestamptz, total numeric(10,2), tags text[], doc jsonb);
        INSERT INTO orders SELECT i, '2024-01-01'::timestamptz + i * interval '1 minute', i / 4.0,
          CASE WHEN i % 2 = 0 THEN ARRAY['even'] END, '{"a": 1}' FROM generate_series(1, 1000) i;
        """
    )
    with s3_server() as s3:
        for name, value in s3_environment(s3).items():
            monkeypatch.setenv(name, value)
        world = World(database, tmp_path)
        world.writer.close()
        world.s3 = s3
        world.writer = LakeWriter(
            LakeOptions(f"sqlite:///{tmp_path}/s3.db", f"s3://{BUCKET}/some/prefix", s3, temp_folder=tmp_path / "temp")
        )
        yield world
        world.writer.close()


def test_incremental_merge_and_full_refresh(world) -> None:
    merge = {"stream": {"primary_key": ["id"]}, "checkpoint": {"rows": 300}}
    assert world.sync(**merge)["committed_rows"] == 1000
    world.database.run(
        "UPDATE orders SET total = 0, at = now() WHERE id <= 10; INSERT INTO orders VALUES (1001, now())"
    )
    assert world.sync(**merge)["committed_rows"] == 11
    assert world.rows("count(*), count(DISTINCT id), sum(total)") == [(1001, 1001, 125125 - 13.75)]
    world.database.run("DELETE FROM orders WHERE id > 10")
    world.sync(stream={"sync_mode": "full_refresh"})
    assert world.rows("id, tags", order="id")[:2] == [(1, None), (2, ["even"])]
    assert world.table(TABLE)["row_count"] == 10
    assert [name for name in object_names(world.s3) if "/staging/" in name] == []
