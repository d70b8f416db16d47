"""Whole syncs of PostgreSQL tables into a lake of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from lake_world import TABLE, World

from workbench_sync.failure import SyncFailure


@pytest.fixture
def world(database: Any, tmp_path: Path) -> Any:
    database.run(
        """
        CREATE TABLE orders (id int PRIMARY KEY, at timestamptz, total numeric(10,2), tags text[], doc jsonb);
        INSERT INTO orders SELECT i, '2024-01-01'::timestamptz + i * interval '1 minute', i / 4.0,
          CASE WHEN i % 2 = 0 THEN ARRAY['even'] END, '{"a": 1}' FROM generate_series(1, 1000) i;
        """
    )
    made = World(database, tmp_path)
    yield made
    made.writer.close()


def test_a_full_refresh_puts_all_rows_in_place_of_the_old_ones_in_one_commit(world) -> None:
    full = {"sync_mode": "full_refresh"}
    result = world.sync(stream=full)
    assert result["committed_rows"] == 1000
    assert world.rows("count(*), sum(total), count(tags)") == [(1000, 125125, 500)]
    world.database.run("DELETE FROM orders WHERE id > 10; UPDATE orders SET total = 0 WHERE id = 1")
    result = world.sync(stream=full)
    assert result["committed_rows"] == 10
    assert world.rows("id, total")[:2] == [(1, 0), (2, 0.5)]
    assert world.snapshots() == 2
    types = {column["name"]: column["type"] for column in world.table()["columns"]}
    assert types == {
        "id": "integer",
        "at": "timestamp(6) with time zone",
        "total": "decimal(10,2)",
        "tags": "array(varchar)",
        "doc": "varchar",
        "_extracted_at": "timestamp(6) with time zone",
    }


def test_files_are_taken_over_as_they_are(world) -> None:
    world.sync()
    files = [file["path"].removeprefix("file://") for file in world.writer.files("w1", TABLE)["items"]]
    assert files
    assert {pq.read_metadata(file).created_by.split(" ")[0] for file in files} == {"parquet-cpp-arrow"}


def test_incremental_with_a_key_replaces_and_without_one_appends(world) -> None:
    world.sync(stream={"primary_key": ["id"]})
    world.database.run(
        "UPDATE orders SET total = -1, at = '2025-01-01' WHERE id IN (1, 2); "
        "INSERT INTO orders VALUES (2000, '2025-01-02')"
    )
    result = world.sync(stream={"primary_key": ["id"]})
    assert result["rows"] == 3
    assert world.rows("count(*), count(DISTINCT id)") == [(1001, 1001)]
    assert world.rows("id, total")[:2] == [(1, -1), (2, -1)]
    world.database.run("UPDATE orders SET total = -2, at = NULL WHERE id = 1")
    world.sync(stream={"primary_key": ["id"]})
    assert world.rows('id, total, "at" IS NULL')[0] == (1, -2, True)
    world.database.run("UPDATE orders SET total = -3, at = '2026-01-01' WHERE id = 1")
    world.sync()
    assert world.rows("count(*), count(DISTINCT id)") == [(1002, 1001)]


def test_a_sync_that_finds_nothing_makes_no_snapshot(world) -> None:
    world.sync()
    before = world.snapshots()
    result = world.sync()
    assert (result["rows"], world.snapshots()) == (0, before)


def test_each_checkpoint_is_a_commit_with_its_state_and_a_killed_sync_goes_on_there(world) -> None:
    world.database.run("CREATE INDEX ON orders (at); ANALYZE orders")
    checkpoint = {"rows": 200}
    taken = world.writer.commit
    calls = []

    def dies_at_the_third(workspace: str, table: str, body: dict[str, Any]) -> dict[str, Any]:
        calls.append(body)
        if len(calls) == 3:
            raise RuntimeError("killed")
        return taken(workspace, table, body)

    world.writer.commit = dies_at_the_third
    with pytest.raises(RuntimeError, match="killed"):
        world.sync(checkpoint=checkpoint)
    world.writer.commit = taken
    part = world.rows("count(*)")[0][0]
    assert 0 < part < 1000
    world.sync(checkpoint=checkpoint)
    assert world.rows("count(*), count(DISTINCT id)") == [(1000, 1000)]


def test_a_refresh_reads_everything_anew(world) -> None:
    world.sync()
    world.database.run("DELETE FROM orders WHERE id > 5")
    world.sync(refresh=True)
    assert world.rows("count(*)") == [(5,)]
    world.database.run("INSERT INTO orders VALUES (7000, '2030-01-01')")
    world.sync()
    assert world.rows("count(*)") == [(6,)]


def test_columns_are_renamed_and_a_key_uses_the_source_names(world) -> None:
    transformation = {
        "schema_mapping": {"id": "order_id", "total": 'Gesamt "€"'},
        "deduplication": {"key": ["id"], "strategy": "last_write_wins"},
    }
    world.sync(transformation=transformation)
    world.database.run("UPDATE orders SET at = '2031-01-01', total = 7 WHERE id = 3")
    world.sync(transformation=transformation)
    names = [column["name"] for column in world.table()["columns"]]
    assert names[:3] == ["order_id", "at", 'Gesamt "€"']
    assert world.rows('order_id, "Gesamt ""€"""')[2] == (3, 7)


def test_a_schema_that_changes_evolves(world) -> None:
    world.sync()
    world.database.run(
        """
        ALTER TABLE orders ADD COLUMN note text DEFAULT 'new';
        ALTER TABLE orders ALTER COLUMN id TYPE bigint;
        ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2);
        ALTER TABLE orders DROP COLUMN doc;
        INSERT INTO orders VALUES (5000000000, '2031-01-01', 9999999999.99, NULL, 'here');
        """
    )
    world.sync()
    assert world.rows("id, total, note, doc", "id DESC")[0][::2] == (5000000000, "here")
    changes = [change for event in world.events if event["event"] == "schema_change" for change in event["changes"]]
    assert {(change["kind"], change["column"]) for change in changes} == {
        ("added", "note"),
        ("type_changed", "id"),
        ("type_changed", "total"),
        ("removed", "doc"),
    }


@pytest.mark.parametrize("policy", ["freeze", "discard_row", "discard_value", "quarantine"])
def test_a_new_column_under_the_other_policies(world, policy: str) -> None:
    world.sync()
    world.database.run(
        """
        ALTER TABLE orders ADD COLUMN note text;
        INSERT INTO orders VALUES (2001, '2031-01-01', 1, NULL, NULL, 'odd'), (2002, '2031-01-02', 2, NULL, NULL, NULL);
        """
    )
    if policy == "freeze":
        with pytest.raises(SyncFailure, match="'note' is new"):
            world.sync(on_schema_change=policy)
        assert world.rows("count(*)") == [(1000,)]
        return
    result = world.sync(on_schema_change=policy)
    landed = [row[0] for row in world.rows("id", "id DESC")[:2]]
    assert landed == ([2002, 2001] if policy == "discard_value" else [2002, 1000])
    assert result["rejected_rows"] == (0 if policy == "discard_value" else 1)
    assert result["quarantined_rows"] == (1 if policy == "quarantine" else 0)
    if policy == "quarantine":
        record, reason = world.rows("_record, _reason", table=f"{TABLE}__quarantine")[0]
        assert json.loads(record)["note"] == "odd"
        assert "note" in reason


def test_a_type_that_does_not_fit_gets_a_column_of_its_own(world) -> None:
    world.sync()
    world.database.run(
        "ALTER TABLE orders ALTER COLUMN total TYPE text; "
        "UPDATE orders SET at = '2031-01-01', total = 'dear' WHERE id = 1"
    )
    world.sync()
    assert world.rows("id, total, total__text", "id, total NULLS LAST")[:2] == [(1, 0.25, None), (1, None, "dear")]


def test_xmin_with_a_key_follows_updates(world) -> None:
    world.config = {"replication_method": {"method": "xmin"}}
    stream = {"cursor_field": None, "primary_key": ["id"]}
    world.sync(stream=stream)
    world.database.run("UPDATE orders SET total = 5 WHERE id = 9")
    result = world.sync(stream=stream)
    assert result["rows"] == 1
    assert world.rows("count(*), count(DISTINCT id), sum(CASE WHEN id = 9 THEN total END)") == [(1000, 1000, 5)]


def test_a_failure_leaves_the_last_good_data(world) -> None:
    world.sync(stream={"sync_mode": "full_refresh"})
    world.database.run("DROP TABLE orders")
    with pytest.raises(SyncFailure) as failure:
        world.sync(stream={"sync_mode": "full_refresh"})
    assert failure.value.code == "not_found"
    assert world.rows("count(*)") == [(1000,)]
