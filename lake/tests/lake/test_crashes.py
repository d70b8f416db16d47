"""A process that is killed between any two steps of a commit leaves the table before it or after it."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from committing_process import acknowledged, commit, commit_all, expected_rows, options
from lake_under_test import TABLE, WORKSPACE, LakeUnderTest
from victims import survives

from workbench_lake import fail_points
from workbench_lake.fail_points import FAIL_POINTS
from workbench_lake.lake_writer import LakeWriter

FULL = bool(os.environ.get("BENCHWRIGHT_FULL_TESTS"))
LAST = 9 if FULL else 4
SEED = 20261121


def kill_places() -> list[str]:
    """Each fail point once, at one of the first commits; in the full tier each at each of nine passes."""
    chance = random.Random(SEED)
    if FULL:
        return [f"{name}:{count}" for name in FAIL_POINTS for count in range(1, 10)]
    return [f"{name}:{chance.randint(1, 3)}" for name in FAIL_POINTS]


@pytest.mark.parametrize("place", kill_places())
def test_a_killed_writer_leaves_whole_commits_only(tmp_path: Path, place: str) -> None:
    folder = str(tmp_path)
    assert not survives(commit_all, folder, LAST, environment={"LAKE_FAIL_POINT": place})
    known = acknowledged(folder)

    writer = LakeWriter(options(folder))
    lake = LakeUnderTest(writer)
    try:
        visible = -1
        if writer.tables(WORKSPACE):
            state = lake.table()["sync_state"]
            visible = -1 if state is None else state
            assert dict(lake.rows()) == expected_rows(visible)
        assert visible in (known, known + 1)

        for number in range(max(known, 0), LAST + 1):
            commit(lake, number)
        rows = lake.rows()
        assert len(rows) == len(dict(rows))
        assert dict(rows) == expected_rows(LAST)
        assert lake.table()["sync_state"] == LAST

        body = {"action": "remove_orphans", "options": {"grace_hours": 0}}
        plan = writer.maintenance(WORKSPACE, TABLE, body)
        writer.maintenance(WORKSPACE, TABLE, {**body, "dryRun": False, "plan_id": plan["plan_id"]})
        assert lake.rows() == rows
        for one in writer.snapshots(WORKSPACE, TABLE, limit=100 if FULL else 2)["items"]:
            lake.rows(snapshot_id=one["snapshot_id"])
    finally:
        writer.close()


def test_every_fail_point_is_passed_by_some_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in the table that no commit passes would make its kill test an empty one."""
    monkeypatch.setattr(fail_points, "_armed", "nowhere:1")
    fail_points._reached.clear()
    writer = LakeWriter(options(str(tmp_path)))
    try:
        for number in range(4):
            commit(LakeUnderTest(writer), number)
    finally:
        writer.close()
    assert {name for name, times in fail_points._reached.items() if times} == set(FAIL_POINTS)
