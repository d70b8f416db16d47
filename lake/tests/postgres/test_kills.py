"""A sync that is killed at any point goes on without a row lost or doubled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lake_world import TABLE, World

SCRIPT = Path(__file__).with_name("sync_once.py")
POINTS = ["after_batch:2", "after_stage:3", "before_commit:2", "after_commit:1"]
LOG_POINTS = ["after_slot:1", "after_commit:2", "before_confirm:1", "after_confirm:1"]
CDC = {"replication_method": {"method": "cdc", "replication_slot": "kill", "publication": "feed"}}


class Victim(World):
    """Syncs in processes of their own, which may be told to kill themselves."""

    def __init__(self, database: Any, folder: Path) -> None:
        super().__init__(database, folder)
        self.folder = folder

    def attempt(self, sync_id: str, attempt: int, point: str | None, **stream: Any) -> bool:
        """Whether the attempt lived to its end."""
        wanted = {"name": "orders", "sync_mode": "incremental", "cursor_field": "at", "destination": TABLE} | stream
        request = {"sync_id": sync_id, "attempt": attempt, "stream": wanted, "checkpoint": {"rows": 300}}
        request["config"] = self.database.config(**self.config)
        env = {key: value for key, value in os.environ.items() if key != "BENCHWRIGHT_FAIL_POINT"}
        env |= {"BENCHWRIGHT_FAIL_POINT": point} if point else {}
        command = [sys.executable, str(SCRIPT), str(self.folder)]
        done = subprocess.run(command, input=json.dumps(request), env=env, text=True, capture_output=True)
        assert done.returncode in (0, -9), done.stderr
        return done.returncode == 0

    def sync_through(self, sync_id: str, point: str | None, **stream: Any) -> bool:
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
