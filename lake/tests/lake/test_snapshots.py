"""History: pages of snapshots, time travel, going back and forward."""

from __future__ import annotations

import time

import pytest
from lake_under_test import TABLE, WORKSPACE, LakeUnderTest
from pyiceberg.serializers import ToOutputFile

from workbench_lake.failures import LakeFailure


def test_the_history_comes_in_pages_newest_first(lake: LakeUnderTest) -> None:
    made = [lake.commit(f"SELECT {number} AS id")["snapshot_id"] for number in range(5)]
    first = lake.writer.snapshots(WORKSPACE, TABLE, limit=2)
    second = lake.writer.snapshots(WORKSPACE, TABLE, limit=2, cursor=first["nextCursor"])
    third = lake.writer.snapshots(WORKSPACE, TABLE, limit=2, cursor=second["nextCursor"])
    pages = [first, second, third]
    assert [one["snapshot_id"] for page in pages for one in page["items"]] == made[::-1]
    assert third["nextCursor"] is None
    assert first["items"][0]["refs"] == ["main"]
    assert first["items"][0]["parent_id"] == made[3]
    assert [one["total_rows"] for one in first["items"]] == [5, 4]


def test_an_older_snapshot_is_read_as_it_was(lake: LakeUnderTest) -> None:
    first = lake.commit("SELECT 1 AS id")["snapshot_id"]
    second = lake.commit("SELECT 2 AS id", mode="overwrite")["snapshot_id"]
    assert lake.rows(snapshot_id=first) == [(1,)]
    assert lake.rows(snapshot_id=second) == [(2,)]
    assert [one["snapshot_id"] for one in lake.writer.history(WORKSPACE, TABLE)["items"]] == [first, second]
    assert lake.writer.files(WORKSPACE, TABLE, snapshot_id=first)["items"][0]["rows"] == 1


def test_a_rollback_restores_rows_and_state_and_can_be_undone(lake: LakeUnderTest) -> None:
    first = lake.commit("SELECT range AS id FROM range(3)", state={"at": 1}, create={"key": ["id"]})
    second = lake.commit("SELECT 1::BIGINT AS id UNION ALL SELECT 9", mode="merge", state={"at": 2})
    back = lake.writer.rollback(WORKSPACE, TABLE, first["snapshot_id"], "ann")
    assert lake.rows() == [(0,), (1,), (2,)]
    assert lake.table()["sync_state"] == {"at": 1}
    assert lake.table()["row_count"] == 3
    item = lake.writer.snapshots(WORKSPACE, TABLE)["items"][0]
    assert (item["kind"], item["written_by"], item["rollback_to"]) == ("rollback", "ann", first["snapshot_id"])
    assert item["snapshot_id"] == back["snapshot_id"]
    lake.writer.rollback(WORKSPACE, TABLE, second["snapshot_id"], "ann")
    assert lake.rows() == [(0,), (1,), (2,), (9,)]
    assert lake.table()["sync_state"] == {"at": 2}
    lake.commit("SELECT 5::BIGINT AS id", mode="merge")
    assert len(lake.rows()) == 5


def test_a_commit_that_was_rolled_back_can_be_made_again(lake: LakeUnderTest) -> None:
    first = lake.commit("SELECT 1 AS id", idempotency_key="one")
    lake.commit("SELECT 2 AS id", idempotency_key="two")
    lake.writer.rollback(WORKSPACE, TABLE, first["snapshot_id"], "ann")
    assert lake.commit("SELECT 2 AS id", idempotency_key="two")["replayed"] is False
    assert lake.commit("SELECT 1 AS id", idempotency_key="one")["replayed"] is True
    assert lake.rows() == [(1,), (2,)]


def test_what_does_not_exist_is_said(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id")
    for act in (
        lambda: lake.writer.rollback(WORKSPACE, TABLE, 5, "ann"),
        lambda: lake.writer.files(WORKSPACE, TABLE, snapshot_id=5),
        lambda: lake.writer.snapshots(WORKSPACE, TABLE, ref="nope"),
        lambda: lake.writer.snapshots(WORKSPACE, TABLE, cursor="nope"),
    ):
        with pytest.raises(LakeFailure) as caught:
            act()
        assert caught.value.code == "not_found"


def test_files_come_in_pages(lake: LakeUnderTest) -> None:
    for number in range(5):
        lake.commit(f"SELECT {number} AS id")
    seen, cursor = [], None
    while True:
        page = lake.writer.files(WORKSPACE, TABLE, limit=2, cursor=cursor)
        seen += [one["path"] for one in page["items"]]
        assert page["total"] == 5
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert len(set(seen)) == len(seen) == 5


def test_a_table_of_ten_thousand_snapshots_opens_fast(lake: LakeUnderTest) -> None:
    """Only the metadata file grows: no manifest is read to list snapshots."""
    lake.commit("SELECT 1 AS id", state={"cursor": "x" * 100})
    found = lake.iceberg()
    (one,) = found.metadata.snapshots
    many = [
        one.model_copy(update={"snapshot_id": one.snapshot_id + number, "sequence_number": number + 1})
        for number in range(10_000)
    ]
    path = found.metadata_location.replace("00000-", "00001-")
    head = found.metadata.refs["main"].model_copy(update={"snapshot_id": many[-1].snapshot_id})
    grown = found.metadata.model_copy(
        update={
            "snapshots": many,
            "refs": {"main": head},
            "current_snapshot_id": many[-1].snapshot_id,
            "last_sequence_number": 10_000,
        }
    )
    ToOutputFile.table_metadata(grown, found.io.new_output(path))
    with lake.writer.context.catalogs.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE iceberg_tables SET metadata_location = ?", (path,))
    started = time.process_time()
    page = lake.writer.snapshots(WORKSPACE, TABLE, limit=50)
    assert time.process_time() - started < 2
    assert (len(page["items"]), page["total"]) == (50, 10_000)
    started = time.process_time()
    lake.commit("SELECT 2 AS id")
    assert time.process_time() - started < 5
    assert lake.table()["snapshot_count"] == 10_001
