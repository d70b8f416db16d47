"""A sync of a connector into a lake on an S3 server."""

from __future__ import annotations

import pytest
from s3_server import BUCKET, object_names, s3_environment, s3_server

from workbench_lake.lake_context import LakeOptions
from workbench_lake.lake_writer import LakeWriter
from workbench_lake.table_names import parse_table_name
from workbench_sync.lake_table import Lake

TABLE, QUARANTINE = "lake.shop.orders", "lake.shop.orders__quarantine"


@pytest.fixture
def world_on_s3(world, tmp_path, monkeypatch):
    with s3_server() as s3:
        for name, value in s3_environment(s3).items():
            monkeypatch.setenv(name, value)
        writer = LakeWriter(
            LakeOptions(f"sqlite:///{tmp_path}/s3.db", f"s3://{BUCKET}/some/prefix", s3, temp_folder=tmp_path / "temp")
        )
        local, world.writer, world.lake, world.s3 = world.writer, writer, Lake(writer, "w1"), s3
        local.close()
        yield world


def rows(world, table=TABLE):
    return world.writer.context.table("w1", parse_table_name(table)).scan().to_arrow()


def test_a_sync_goes_on_after_a_crash_and_leaves_nothing_staged(world_on_s3):
    world = world_on_s3
    script = {"count": 30, "every": 5, "bad_every": 7}
    request = {"checkpoint": {"rows": 10}, "on_schema_change": "quarantine"}
    world.fail({**script, "crash_at": 22}, **request)
    assert sorted(rows(world)["id"].to_pylist()) == [one for one in range(1, 21) if one % 7]
    world.run(script, attempt=2, **request)
    assert sorted(rows(world)["id"].to_pylist()) == [one for one in range(1, 31) if one % 7]
    assert rows(world, QUARANTINE).num_rows == 4
    full = {"sync_mode": "full_refresh"}
    world.run({"count": 3, "every": 5}, stream=full, sync_id="s2")
    assert sorted(rows(world)["id"].to_pylist()) == [1, 2, 3]
    left = [name for name in object_names(world.s3) if "/staging/" in name]
    assert left == []
    assert {name.split("/")[0] for name in object_names(world.s3)} == {"some"}


def test_what_a_killed_attempt_staged_goes_with_the_next(world_on_s3):
    world = world_on_s3
    folder = world.lake.stage(TABLE, "s1/1")["folder"]
    with world.writer.context.storage.io.new_output(f"{folder}/part-000001.parquet").create() as left:
        left.write(b"PAR1")
    assert any("/staging/" in name for name in object_names(world.s3))
    world.run({"count": 5, "every": 5}, attempt=2)
    assert not any("/staging/" in name for name in object_names(world.s3))
    assert rows(world).num_rows == 5
