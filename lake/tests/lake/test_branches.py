"""Branches and tags: write, audit, publish."""

from __future__ import annotations

import pytest
from lake_under_test import TABLE, WORKSPACE, LakeUnderTest

from workbench_lake.failures import LakeFailure


def publish(lake: LakeUnderTest, **body: object) -> dict:
    return lake.writer.fast_forward(WORKSPACE, TABLE, "audit", {"written_by": "ann", **body})


def test_a_branch_is_published_by_fast_forward(lake: LakeUnderTest) -> None:
    main = lake.commit("SELECT 1 AS id", state=1)
    lake.writer.create_branch(WORKSPACE, TABLE, "audit", written_by="ann")
    landed = lake.commit("SELECT 2 AS id", branch="audit", state=2)
    answer = publish(lake, expected_main=main["snapshot_id"], expected_snapshot_id=landed["snapshot_id"])
    assert answer == {"branch": "audit", "snapshot_id": landed["snapshot_id"], "previous_main": main["snapshot_id"]}
    assert lake.rows() == [(1,), (2,)]
    table = lake.table()
    assert table["sync_state"] == 2
    assert [(one["kind"], one["by"]) for one in table["refs_log"]] == [
        ("branch_created", "ann"),
        ("fast_forward", "ann"),
    ]
    assert publish(lake)["snapshot_id"] == landed["snapshot_id"]


@pytest.mark.parametrize("body", [{}, {"expected_main": 7}, {"expected_snapshot_id": 7}])
def test_publishing_is_refused_when_something_moved(lake: LakeUnderTest, body: dict) -> None:
    lake.commit("SELECT 1 AS id")
    lake.writer.create_branch(WORKSPACE, TABLE, "audit")
    lake.commit("SELECT 2 AS id", branch="audit")
    if not body:
        lake.commit("SELECT 3 AS id")
    with pytest.raises(LakeFailure) as caught:
        publish(lake, **body)
    assert caught.value.code == "conflict"
    assert (2,) not in lake.rows()


def test_an_empty_table_gets_a_branch(lake: LakeUnderTest) -> None:
    lake.commit(columns=[{"name": "id", "type": "integer"}])
    lake.writer.create_branch(WORKSPACE, TABLE, "audit")
    lake.commit("SELECT 1 AS id", branch="audit")
    assert lake.rows() == []
    publish(lake)
    assert lake.rows() == [(1,)]


def test_merges_see_their_own_branch(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id, 'a' AS v", create={"key": ["id"]})
    lake.writer.create_branch(WORKSPACE, TABLE, "audit")
    lake.commit("SELECT 1 AS id, 'b' AS v", mode="merge", branch="audit")
    lake.commit("SELECT 1 AS id, 'c' AS v", mode="merge")
    audit = lake.table()["refs"]["audit"]["snapshot_id"]
    assert lake.rows() == [(1, "c")]
    assert lake.rows(snapshot_id=audit) == [(1, "b")]
    history = lake.writer.snapshots(WORKSPACE, TABLE, ref="audit")["items"]
    assert [one["kind"] for one in history] == ["sync", "sync"]


def test_names_are_given_and_taken(lake: LakeUnderTest) -> None:
    first = lake.commit("SELECT 1 AS id")["snapshot_id"]
    lake.commit("SELECT 2 AS id")
    lake.writer.create_tag(WORKSPACE, TABLE, "v1", first)
    lake.writer.create_branch(WORKSPACE, TABLE, "audit", first)
    assert lake.writer.create_branch(WORKSPACE, TABLE, "audit", first)["snapshot_id"] == first
    for act, code in (
        (lambda: lake.writer.create_branch(WORKSPACE, TABLE, "v1"), "conflict"),
        (lambda: lake.writer.create_branch(WORKSPACE, TABLE, "a/b"), "invalid_input"),
        (lambda: lake.writer.create_tag(WORKSPACE, TABLE, "v2", 7), "not_found"),
        (lambda: lake.writer.delete_branch(WORKSPACE, TABLE, "main"), "conflict"),
        (lambda: lake.writer.delete_branch(WORKSPACE, TABLE, "v1"), "not_found"),
        (lambda: lake.commit("SELECT 3 AS id", branch="v1"), "conflict"),
    ):
        with pytest.raises(LakeFailure) as caught:
            act()
        assert caught.value.code == code
    lake.writer.delete_branch(WORKSPACE, TABLE, "audit")
    lake.writer.delete_tag(WORKSPACE, TABLE, "v1")
    assert set(lake.table()["refs"]) == {"main"}
