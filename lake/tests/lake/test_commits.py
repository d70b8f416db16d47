"""Commits: what is visible afterwards, and that each is made once."""

from __future__ import annotations

import os
import threading

import pyarrow as pa
import pytest
from lake_under_test import TABLE, WORKSPACE, LakeUnderTest

from workbench_lake.failures import LakeFailure
from workbench_lake.lake_writer import LakeWriter


def ids(rows: list[tuple]) -> list:
    return [row[0] for row in rows]


def test_the_first_commit_makes_the_table(lake: LakeUnderTest) -> None:
    done = lake.commit(
        "SELECT 1 AS id, 'a' AS name",
        state={"cursor": "é"},
        create={"key": ["id"], "doc": "Orders"},
        summary={"sync": "s1"},
    )
    assert (done["row_count"], done["added_rows"], done["deleted_rows"], done["replayed"]) == (1, 1, 0, False)
    table = lake.table()
    assert table["key"] == ["id"]
    assert table["doc"] == "Orders"
    assert table["sync_state"] == {"cursor": "é"}
    assert table["snapshot_id"] == done["snapshot_id"]
    assert lake.rows() == [(1, "a")]
    (snapshot,) = lake.writer.snapshots(WORKSPACE, TABLE)["items"]
    assert (snapshot["kind"], snapshot["written_by"], snapshot["summary"]) == ("sync", "test", {"sync": "s1"})
    assert [one["name"] for one in lake.writer.tables(WORKSPACE)] == [TABLE]
    assert lake.writer.tables("another") == []


def test_an_equal_key_commits_once(lake: LakeUnderTest) -> None:
    first = lake.commit("SELECT 1 AS id", idempotency_key="k", state=1)
    lake.commit("SELECT 2 AS id", state=2)
    again = lake.commit("SELECT 1 AS id", idempotency_key="k", state=1)
    assert again == {**first, "replayed": True}
    assert ids(lake.rows()) == [1, 2]
    assert lake.table()["sync_state"] == 2


def test_state_is_carried_by_commits_that_bring_none(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id", state={"a": 1})
    lake.commit("SELECT 2 AS id")
    assert lake.table()["sync_state"] == {"a": 1}
    lake.commit(state={"a": 2})
    assert lake.table()["sync_state"] == {"a": 2}
    assert lake.table()["row_count"] == 2
    lake.commit(state=None)
    assert lake.table()["sync_state"] is None


def test_an_overwrite_replaces_all_rows_and_may_leave_none(lake: LakeUnderTest) -> None:
    lake.commit("SELECT range AS id FROM range(10)")
    done = lake.commit("SELECT 99 AS id", mode="overwrite")
    assert (done["added_rows"], done["deleted_rows"], done["row_count"]) == (1, 10, 1)
    assert ids(lake.rows()) == [99]
    lake.commit(mode="overwrite")
    assert lake.rows() == []


def test_an_overwrite_brings_its_columns_and_keeps_those_that_fit(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1::BIGINT AS id, 'a' AS name, 1 AS gone, true AS flag")
    before = {one["name"]: one["id"] for one in lake.table()["columns"]}
    lake.commit("SELECT 2::INTEGER AS id, 'b' AS name, 'yes' AS flag, 1.5::DOUBLE AS extra", mode="overwrite")
    after = {one["name"]: (one["id"], one["type"]) for one in lake.table()["columns"]}
    assert after["id"] == (before["id"], "bigint")
    assert after["name"][0] == before["name"]
    assert after["flag"][0] not in before.values()
    assert set(after) == {"id", "name", "flag", "extra"}
    assert lake.rows() == [(2, "b", "yes", 1.5)]


def test_a_merge_updates_inserts_and_deletes(lake: LakeUnderTest) -> None:
    lake.commit("SELECT range AS id, 'old' AS v, 1 AS ts FROM range(5)", create={"key": ["id"]})
    done = lake.commit(
        "SELECT * FROM (VALUES (1::BIGINT, 'new', 2, false), (2, 'late', 0, false), (3, 'x', 2, true), "
        "(9, 'in', 0, false), (77, 'x', 1, true)) t(id, v, ts, _deleted)",
        mode="merge",
        order_by=["ts"],
        delete_marker="_deleted",
    )
    assert lake.rows() == [(0, "old", 1), (1, "new", 2), (2, "old", 1), (4, "old", 1), (9, "in", 0)]
    assert (done["added_rows"], done["deleted_rows"], done["row_count"]) == (2, 2, 5)


def test_a_merge_rewrites_only_files_that_hold_a_matched_key(lake: LakeUnderTest) -> None:
    for part in range(4):
        lake.commit(f"SELECT range + {part * 100} AS id, 'old' AS v FROM range(100)", create={"key": ["id"]})
    before = {one["path"] for one in lake.writer.files(WORKSPACE, TABLE)["items"]}
    lake.commit("SELECT * FROM (VALUES (150::BIGINT, 'new'), (1000, 'new')) t(id, v)", mode="merge")
    after = {one["path"] for one in lake.writer.files(WORKSPACE, TABLE)["items"]}
    assert len(before - after) == 1
    assert lake.table()["row_count"] == 401
    assert [row for row in lake.rows() if row[1] == "new"] == [(1000, "new"), (150, "new")]


def test_a_merge_of_new_keys_rewrites_nothing(lake: LakeUnderTest) -> None:
    lake.commit("SELECT range AS id FROM range(3)", create={"key": ["id"]})
    before = {one["path"] for one in lake.writer.files(WORKSPACE, TABLE)["items"]}
    lake.commit("SELECT range + 10 AS id FROM range(3)", mode="merge")
    assert before < {one["path"] for one in lake.writer.files(WORKSPACE, TABLE)["items"]}


def test_rows_are_deleted_by_key(lake: LakeUnderTest) -> None:
    lake.commit("SELECT range AS id, 'a' AS v, 9 AS ts FROM range(5)", create={"key": ["id"]})
    done = lake.commit("SELECT 2::BIGINT AS id, 'whatever' AS other UNION ALL SELECT 50, ''", mode="delete_where_key")
    assert ids(lake.rows()) == [0, 1, 3, 4]
    assert (done["added_rows"], done["deleted_rows"]) == (0, 1)


def test_a_staged_file_in_the_lakes_own_form_is_linked_not_rewritten(lake: LakeUnderTest) -> None:
    place = lake.writer.stage(
        WORKSPACE, TABLE, "k", [{"name": "id", "type": "bigint"}, {"name": "n", "type": "array(int)"}]
    )
    assert place["field_ids"] == {"id": 1, "n": {"__duckdb_field_id": 2, "element": 3}}
    ident = [pa.field("id", pa.int64(), metadata={"PARQUET:field_id": "1"})]
    element = pa.field("element", pa.int32(), metadata={"PARQUET:field_id": "3"})
    ident.append(pa.field("n", pa.list_(element), metadata={"PARQUET:field_id": "2"}))
    data = pa.table([[1, 2], [[1], None]], schema=pa.schema(ident))
    path = lake.stage("k", data)["path"]
    inode = os.stat(path).st_ino
    body = {"idempotency_key": "k", "mode": "append", "files": [{"path": path}], "columns": place["columns"]}
    lake.writer.commit(WORKSPACE, TABLE, {**body, "written_by": "me", "kind": "sync"})
    (file,) = lake.writer.files(WORKSPACE, TABLE)["items"]
    assert os.stat(file["path"].removeprefix("file://")).st_ino == inode
    assert lake.rows() == [(1, (1,)), (2, None)]
    assert file["column_bounds"] == {"id": {"lower": "1", "upper": "2"}}


def test_staged_files_of_several_shapes_become_one_table(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1::INTEGER AS id, 'a' AS v", "SELECT 2::BIGINT AS id")
    assert lake.rows() == [(1, "a"), (2, None)]
    assert lake.table()["columns"][0]["type"] == "bigint"


def test_files_without_rows_add_none(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id WHERE false")
    assert lake.table()["file_count"] == 0
    assert lake.rows() == []


def test_staged_files_are_gone_after_the_commit(lake: LakeUnderTest) -> None:
    folder = lake.writer.stage(WORKSPACE, TABLE, "k")["folder"]
    lake.commit("SELECT 1 AS id", idempotency_key="k")
    assert not os.path.exists(folder)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"mode": "replace"}, "mode"),
        ({"idempotency_key": ""}, "idempotency_key"),
        ({"files": [{"path": "/etc/passwd"}]}, "outside"),
        ({"files": [{"path": "../../../x"}]}, "outside"),
        ({"files": [{"path": "nothing.parquet"}]}, "does not exist"),
        ({"surprise": 1}, "surprise"),
        ({"mode": "merge", "key": ["nope"]}, "nope"),
        ({"branch": "elsewhere"}, "elsewhere"),
    ],
)
def test_bad_commits_are_refused_in_words(lake: LakeUnderTest, body: dict, words: str) -> None:
    lake.commit("SELECT 1 AS id", create={"key": ["id"]})
    given = {"idempotency_key": "k", "mode": "append", "written_by": "me", "kind": "sync", **body}
    if given["mode"] == "merge":
        given["files"] = [lake.stage("k", "SELECT 5 AS id")]
    with pytest.raises(LakeFailure) as caught:
        lake.writer.commit(WORKSPACE, TABLE, given)
    assert words in caught.value.message
    assert ids(lake.rows()) == [1]


def test_a_torn_file_is_refused_and_nothing_is_left(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id")
    path = lake.stage("k", "SELECT 2 AS id")["path"]
    with open(path, "r+b") as file:
        file.truncate(100)
    body = {"idempotency_key": "k", "mode": "append", "written_by": "me", "kind": "sync", "files": [{"path": path}]}
    with pytest.raises(LakeFailure) as caught:
        lake.writer.commit(WORKSPACE, TABLE, body)
    assert caught.value.code == "invalid_input"
    assert ids(lake.rows()) == [1]


def test_values_that_do_not_fit_are_refused_and_leave_no_file(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1::INTEGER AS id")
    with pytest.raises(LakeFailure) as caught:
        lake.commit("SELECT 'seven' AS id")
    assert caught.value.code == "invalid_input"
    assert "seven" in caught.value.message
    data = f"{lake.table()['location']}/data"
    assert len(list(lake.writer.context.storage.files(data))) == 1


def test_unknown_columns_are_refused_by_name(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id")
    with pytest.raises(LakeFailure, match="'extra'"):
        lake.commit("SELECT 1 AS id, 2 AS extra")


def test_a_commit_to_a_branch_leaves_main_alone(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id", state="main")
    lake.writer.create_branch(WORKSPACE, TABLE, "audit")
    done = lake.commit("SELECT 2 AS id", branch="audit", state="branch")
    assert ids(lake.rows()) == [1]
    assert ids(lake.rows(snapshot_id=done["snapshot_id"])) == [1, 2]
    assert lake.table()["sync_state"] == "main"


def test_the_first_commit_may_go_to_a_branch(lake: LakeUnderTest) -> None:
    done = lake.commit("SELECT 1 AS id", branch="audit")
    assert lake.table()["row_count"] == 0
    assert set(lake.table()["refs"]) == {"main", "audit"}
    lake.writer.fast_forward(WORKSPACE, TABLE, "audit", {"written_by": "me"})
    assert lake.table()["snapshot_id"] == done["snapshot_id"]
    assert ids(lake.rows()) == [1]


def test_a_partitioned_table_has_files_of_one_partition_each(lake: LakeUnderTest) -> None:
    sql = (
        "SELECT range AS id, CASE WHEN range % 3 = 0 THEN NULL ELSE 'c' || range % 3 END AS country, "
        "TIMESTAMP '2026-01-01 12:00:00' + INTERVAL (range) HOUR AS made FROM range(48)"
    )
    create = {"key": ["id"], "partition_by": ["country", "day(made)"]}
    lake.commit(sql, create=create)
    assert lake.table()["partition_spec"] == ["country", "day(made)"]
    parts = lake.writer.partitions(WORKSPACE, TABLE)["items"]
    assert len(parts) == 9
    assert sum(part["rows"] for part in parts) == 48
    assert {part["partition"]["day(made)"] for part in parts} == {"2026-01-01", "2026-01-02", "2026-01-03"}
    assert {part["partition"]["country"] for part in parts} == {None, "c1", "c2"}
    lake.commit(sql.replace("range(48)", "range(5)"), mode="merge")
    assert lake.table()["row_count"] == 48
    assert len(lake.rows()) == 48
    found = lake.iceberg().scan(row_filter="country = 'c1'").to_arrow()
    assert found.num_rows == 16


def test_a_table_is_dropped(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id")
    location = lake.table()["location"]
    lake.writer.drop_table(WORKSPACE, TABLE)
    with pytest.raises(LakeFailure) as caught:
        lake.table()
    assert caught.value.code == "not_found"
    assert list(lake.writer.context.storage.files(location))
    lake.commit("SELECT 2 AS id")
    assert ids(lake.rows()) == [2]
    location = lake.table()["location"]
    lake.writer.drop_table(WORKSPACE, TABLE, purge=True)
    assert not list(lake.writer.context.storage.files(location))


def test_two_writers_of_one_table_both_get_through(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 0 AS id")
    other = LakeUnderTest(LakeWriter(lake.writer.context.options))
    failures: list[BaseException] = []

    def write(who: LakeUnderTest, name: str) -> None:
        try:
            for number in range(8):
                who.commit(f"SELECT {number} AS id", idempotency_key=f"{name}-{number}")
        except BaseException as error:
            failures.append(error)

    threads = [
        threading.Thread(target=write, args=(who, name)) for who, name in ((lake, "a"), (other, "b"), (lake, "c"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.writer.close()
    assert failures == []
    assert lake.table()["row_count"] == 25
    assert len(lake.rows()) == 25
