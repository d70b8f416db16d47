"""Logical replication: each change arrives in the lake, and the server is told only after the commit."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lake_world import World

from workbench_sync.events import Events
from workbench_sync.failure import SyncFailure
from workbench_sync.postgres import native
from workbench_sync.postgres.cdc.slot import slot_name

EXAMPLES = 60 if os.environ.get("BENCHWRIGHT_FULL_TESTS") else 6

METHOD = {"replication_method": {"method": "cdc", "replication_slot": "bench", "publication": "feed"}}
STREAM = {"cursor_field": None}


@pytest.fixture
def world(database: Any, tmp_path: Path) -> Any:
    if database.run("SHOW wal_level") != [("logical",)]:
        pytest.skip("the server's wal_level is not logical")
    database.run(
        """
        CREATE TABLE orders (id int PRIMARY KEY, at timestamptz, total numeric(10,2), tags text[], doc jsonb);
        INSERT INTO orders SELECT i, '2024-01-01', i, ARRAY['a'], '{"a": 1}' FROM generate_series(1, 100) i;
        CREATE PUBLICATION feed FOR ALL TABLES;
        """
    )
    made = World(database, tmp_path)
    made.config = METHOD
    yield made
    made.writer.close()


def same(world: World) -> bool:
    columns = 'id, "at"::varchar, total, tags::varchar, doc'
    mine = world.rows(columns)
    theirs = world.database.run(
        "SELECT id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS+00'), total, tags, doc::text "
        "FROM orders ORDER BY 1"
    )
    listed = [(*row[:3], None if row[3] is None else "[" + ", ".join(row[3]) + "]", row[4]) for row in theirs]
    return mine == listed


def test_changes_follow_the_first_copy(world) -> None:
    assert world.sync(stream=STREAM)["rows"] == 100
    world.database.run(
        """
        INSERT INTO orders VALUES (101, '2025-01-01', 1.5, NULL, NULL);
        UPDATE orders SET total = 7 WHERE id = 5;
        UPDATE orders SET id = 1000 WHERE id = 6;
        DELETE FROM orders WHERE id IN (7, 8);
        INSERT INTO orders VALUES (102); DELETE FROM orders WHERE id = 102;
        DELETE FROM orders WHERE id = 9; INSERT INTO orders VALUES (9, NULL, 99);
        """
    )
    result = world.sync(stream=STREAM)
    assert result["rows"] == 8
    assert same(world)
    assert world.rows("count(*)") == [(99,)]
    names = [column["name"] for column in world.table()["columns"]]
    assert names == ["id", "at", "total", "tags", "doc", "_extracted_at"]


def test_large_values_that_did_not_change_are_kept(world) -> None:
    world.database.run(
        "UPDATE orders SET doc = (SELECT jsonb_agg(md5(i::text)) FROM generate_series(1, 2000) i) WHERE id < 4"
    )
    world.sync(stream=STREAM)
    world.database.run("UPDATE orders SET total = 1 WHERE id = 1; UPDATE orders SET id = 2000 WHERE id = 2")
    world.database.run("UPDATE orders SET total = 3 WHERE id = 3; DELETE FROM orders WHERE id = 3")
    world.sync(stream=STREAM)
    assert same(world)


def test_an_emptied_table_is_emptied_here(world) -> None:
    world.sync(stream=STREAM)
    world.database.run("INSERT INTO orders VALUES (500); TRUNCATE orders; INSERT INTO orders VALUES (1, NULL, 2)")
    world.sync(stream=STREAM)
    assert same(world)
    assert world.rows("count(*)") == [(1,)]


def test_what_was_not_committed_comes_again_and_is_confirmed_only_then(world) -> None:
    world.sync(stream=STREAM)
    world.database.run("UPDATE orders SET total = -1")
    position = "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name LIKE 'bench_%'"
    before = world.database.run(position)
    taken = world.writer.commit

    def dies(workspace: str, table: str, body: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("killed")

    world.writer.commit = dies
    with pytest.raises(RuntimeError, match="killed"):
        world.sync(stream=STREAM)
    world.writer.commit = taken
    assert world.database.run(position) == before
    world.sync(stream=STREAM)
    assert same(world)
    assert world.database.run(position) != before


def test_the_log_is_cut_into_checkpoints_between_transactions(world) -> None:
    world.sync(stream=STREAM)
    for number in range(10):
        world.database.run(
            f"UPDATE orders SET total = {number} WHERE id <= 40; DELETE FROM orders WHERE id = {90 + number}"
        )
    result = world.sync(stream=STREAM, checkpoint={"rows": 100})
    assert result["checkpoints"] >= 3
    assert same(world)


def test_partitions_are_followed(world) -> None:
    world.database.run(
        """
        DROP TABLE orders;
        CREATE TABLE orders (id int, at timestamptz, total numeric(10,2), tags text[], doc jsonb, PRIMARY KEY (id))
          PARTITION BY RANGE (id);
        CREATE TABLE orders_low PARTITION OF orders FOR VALUES FROM (0) TO (50);
        CREATE TABLE orders_high PARTITION OF orders FOR VALUES FROM (50) TO (5000);
        INSERT INTO orders SELECT i FROM generate_series(1, 100) i;
        """
    )
    world.sync(stream=STREAM)
    world.database.run(
        "UPDATE orders SET id = 2000 WHERE id = 3; UPDATE orders SET total = 3 WHERE id = 70; "
        "DELETE FROM orders WHERE id = 80"
    )
    world.sync(stream=STREAM)
    assert same(world)


def test_a_lost_slot_and_a_table_that_cannot_be_followed_are_said(world) -> None:
    world.sync(stream=STREAM)
    world.database.run(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name LIKE 'bench_%'"
    )
    with pytest.raises(SyncFailure, match="is gone") as failure:
        world.sync(stream=STREAM)
    assert "Refresh" in failure.value.hint
    world.sync(stream=STREAM, refresh=True)
    assert same(world)
    world.database.run("ALTER TABLE orders DROP CONSTRAINT orders_pkey")
    with pytest.raises(SyncFailure, match="has no primary key"):
        world.sync(stream=STREAM)
    world.database.run("ALTER TABLE orders ADD PRIMARY KEY (id); DROP PUBLICATION feed; CREATE PUBLICATION feed")
    with pytest.raises(SyncFailure, match="not in the publication feed"):
        world.sync(stream=STREAM)


ROW = st.integers(1, 8)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "update", "rekey", "delete", "large", "truncate", "rollback", "sync"]), ROW, ROW
    ),
    min_size=3,
    max_size=25,
)
_numbers = itertools.count()


def test_any_history_ends_in_the_same_rows(world) -> None:
    world.sync(stream=STREAM)

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ACTS)
    def holds(acts: list[tuple[str, int, int]]) -> None:
        large = "(SELECT jsonb_agg(md5((i + %d)::text)) FROM generate_series(1, 500) i)"
        for act, row, other in acts:
            number = next(_numbers)
            statements = {
                "insert": f"INSERT INTO orders VALUES ({row}, NULL, {number % 1000}) ON CONFLICT DO NOTHING",
                "update": f"UPDATE orders SET total = {number % 1000} WHERE id >= {row}",
                "rekey": f"UPDATE orders SET id = {other} WHERE id = {row} AND NOT {other} IN (SELECT id FROM orders)",
                "delete": f"DELETE FROM orders WHERE id IN ({row}, {other})",
                "large": f"UPDATE orders SET doc = {large % number} WHERE id = {row}",
                "truncate": "TRUNCATE orders" if row == 1 else "SELECT 1",
                "rollback": f"BEGIN; DELETE FROM orders WHERE id >= {row}; ROLLBACK",
            }
            if act == "sync":
                world.sync(stream=STREAM, checkpoint={"rows": 3})
            else:
                world.database.run(statements[act])
        world.sync(stream=STREAM, checkpoint={"rows": 3})
        assert same(world)

    holds()


def test_a_release_drops_the_slots_of_the_prefix_and_no_others(world) -> None:
    world.sync(stream=STREAM)
    world.database.run("SELECT pg_create_logical_replication_slot('bench_of_somebody', 'pgoutput')")
    try:
        config = world.database.config(**METHOD)
        names = native.release(config, Events(lambda line: None))
        assert names == [slot_name("bench", "public", "orders")]
        assert world.database.run(
            "SELECT slot_name::text FROM pg_replication_slots WHERE database = current_database()"
        ) == [("bench_of_somebody",)]
        assert native.release(config, Events(lambda line: None)) == []
        with pytest.raises(SyncFailure, match="is gone"):
            world.sync(stream=STREAM)
    finally:
        world.database.run("SELECT pg_drop_replication_slot('bench_of_somebody')")
