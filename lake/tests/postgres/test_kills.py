"""A sync that is killed at any point goes on without a row lost or doubled."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest
from lake_world import TABLE, World, sync_in_folder
from victims import survives

from workbench_lake.fail_points import FAIL_POINTS

POINTS = ["after_batch:2", "after_stage:3", "before_commit:2", "after_commit:1"]
LOG_POINTS = ["after_slot:1", "after_commit:2", "before_confirm:1", "after_confirm:1"]
CURSOR_NAMES = ("after_batch", "after_stage", "before_commit", "after_commit")
LOG_NAMES = ("after_slot", "after_stage", "before_commit", "after_commit", "before_confirm", "after_confirm")
FULL = bool(os.environ.get("BENCHWRIGHT_FULL_TESTS"))
SEEDS = range(50) if FULL else range(0)


def points_of(seed: str, names: tuple[str, ...]) -> list[dict[str, str]]:
    """Where the first attempts of four syncs end: at a place of the sync's or, as often, of the lake's commit."""
    chance = random.Random(seed)
    of_the_sync = [("BENCHWRIGHT_FAIL_POINT", f"{name}:{count}") for name in names for count in (1, 2, 3)]
    of_the_lake = [("LAKE_FAIL_POINT", f"{name}:{count}") for name in FAIL_POINTS for count in (1, 2, 3)]
    return [dict([chance.choice(chance.choice([of_the_sync, of_the_lake]))]) for _ in range(4)]


CDC = {"replication_method": {"method": "cdc", "replication_slot": "kill", "publication": "feed"}}


#: A place of the sync, or the variable that names one.
Point = str | dict[str, str] | None


class Victim(World):
    """Syncs in processes of their own, which may be told to kill themselves."""

    def __init__(self, database: Any, folder: Path) -> None:
        super().__init__(database, folder)
        self.folder = folder

    def attempt(self, sync_id: str, attempt: int, point: Point, **stream: Any) -> bool:
        """Whether the attempt lived to its end."""
        wanted = {"name": "orders", "sync_mode": "incremental", "cursor_field": "at", "destination": TABLE} | stream
        request = {"sync_id": sync_id, "attempt": attempt, "stream": wanted, "checkpoint": {"rows": 300}}
        request["config"] = self.database.config(**self.config)
        environment = {"BENCHWRIGHT_FAIL_POINT": point} if isinstance(point, str) else point or {}
        return survives(sync_in_folder, str(self.folder), request, environment=environment)

    def sync_through(self, sync_id: str, point: Point, **stream: Any) -> bool:
        """One sync with at most one kill; whether there was one."""
        if self.attempt(sync_id, 1, point, **stream):
            return False
        assert self.attempt(sync_id, 2, None, **stream)
        return True


@pytest.fixture
def victim(database: Any, tmp_path: Path) -> Any:
    database.run(
        """
        CREATE TABLE orders (id int PRIMARY KEY, at timestamptz, total int);
        INSERT INTO orders SELECT i, '2024-01-01'::timestamptz + i * interval '1 minute', i
          FROM generate_series(1, 1000) i;
        CREATE INDEX ON orders (at);
        ANALYZE orders;
        CREATE PUBLICATION feed FOR ALL TABLES;
        """
    )
    made = Victim(database, tmp_path)
    yield made
    made.writer.close()


@pytest.mark.parametrize("point", POINTS)
def test_by_cursor(victim: Victim, point: str) -> None:
    assert victim.sync_through("s1", point)
    assert victim.rows("count(*), count(DISTINCT id)") == [(1000, 1000)]
    victim.database.run(
        "INSERT INTO orders SELECT i, '2024-01-01'::timestamptz + (i - 1) * interval '1 minute' "
        "FROM generate_series(1001, 1999) i"
    )
    victim.sync_through("s2", point)
    assert victim.rows("count(*), count(DISTINCT id)") == [(1999, 1999)]


@pytest.mark.parametrize("point", LOG_POINTS)
def test_by_the_log(victim: Victim, point: str) -> None:
    if victim.database.run("SHOW wal_level") != [("logical",)]:
        pytest.skip("the server's wal_level is not logical")
    victim.config = CDC
    killed = victim.sync_through("s1", point, cursor_field=None)
    for number in range(6):
        victim.database.run(f"UPDATE orders SET total = {number} WHERE id % 5 = {number % 5}")
        victim.database.run(f"DELETE FROM orders WHERE id = {number}; INSERT INTO orders VALUES ({5000 + number})")
    killed = victim.sync_through("s2", point, cursor_field=None) or killed
    assert killed
    assert victim.rows("id, total") == victim.database.run("SELECT id, total FROM orders ORDER BY 1")


@pytest.mark.parametrize("seed", SEEDS)
def test_by_cursor_anywhere(victim: Victim, seed: int) -> None:
    rows = 1000
    for number, point in enumerate(points_of(f"cursor/{seed}", CURSOR_NAMES)):
        victim.sync_through(f"s{number}", point)
        assert victim.rows("count(*), count(DISTINCT id)") == [(rows, rows)]
        victim.database.run(
            "INSERT INTO orders SELECT i, '2024-01-01'::timestamptz + (i / 2) * interval '2 minute' "
            f"FROM generate_series({rows + 1}, {rows + 501}) i"
        )
        rows += 501


@pytest.mark.parametrize("seed", SEEDS)
def test_by_the_log_anywhere(victim: Victim, seed: int) -> None:
    if victim.database.run("SHOW wal_level") != [("logical",)]:
        pytest.skip("the server's wal_level is not logical")
    victim.config = CDC
    for number, point in enumerate(points_of(f"log/{seed}", LOG_NAMES)):
        victim.sync_through(f"s{number}", point, cursor_field=None)
        assert victim.rows("id, total") == victim.database.run("SELECT id, total FROM orders ORDER BY 1")
        victim.database.run(
            f"UPDATE orders SET total = {number} WHERE id % 5 = {number}; DELETE FROM orders WHERE id = {number + 1};"
            f"INSERT INTO orders VALUES ({5000 + number})"
        )
