"""Commits: what is visible afterwards, and that each is made once."""

from __future__ import annotations

import errno
import os
import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lake_under_test import TABLE, WORKSPACE, LakeUnderTest
from sqlalchemy.orm import Session

from workbench_lake.failures import LakeFailure
from workbench_lake.files import data_files
from workbench_lake.lake_context import LakeOptions
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


@pytest.mark.parametrize("most_bytes", [1 << 30, 1], ids=["small", "large"])
def test_a_file_numbered_as_a_new_table_is_linked_unless_it_is_large(
    lake: LakeUnderTest, monkeypatch: pytest.MonkeyPatch, most_bytes: int
) -> None:
    monkeypatch.setattr(data_files, "ADOPTED_BYTES", most_bytes)
    folder = lake.writer.stage(WORKSPACE, TABLE, "k")["folder"]
    path = f"{folder}/0.parquet"
    rows = "SELECT 1 AS id, 'a' AS name, 2.5::DECIMAL(5, 2) AS price, DATE '2024-02-03' AS day"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY ({rows}) TO '{path}' (FORMAT parquet, FIELD_IDS {{id: 1, name: 2, price: 3, day: 4}})"
        )
    inode = os.stat(path).st_ino
    lake.writer.commit(
        WORKSPACE,
        TABLE,
        {"idempotency_key": "k", "mode": "overwrite", "files": [{"path": path}], "written_by": "me", "kind": "query"},
    )
    (file,) = lake.writer.files(WORKSPACE, TABLE)["items"]
    assert (os.stat(file["path"].removeprefix("file://")).st_ino == inode) == (most_bytes > 1)
    assert lake.rows() == [(1, "a", Decimal("2.50"), date(2024, 2, 3))]


def test_a_rewritten_file_of_many_columns_has_small_row_groups(options: LakeOptions) -> None:
    writer = LakeWriter(replace(options, memory_bytes=128 * 1024 * 1024))
    try:
        lake = LakeUnderTest(writer)
        lake.commit(f"SELECT {', '.join(f'range * {at} AS c{at}' for at in range(200))} FROM range(20000)")
        (file,) = writer.files(WORKSPACE, TABLE)["items"]
        footer = pq.read_metadata(file["path"].removeprefix("file://"))
        sizes = [footer.row_group(at).num_rows for at in range(footer.num_row_groups)]
        assert sum(sizes) == 20_000
        assert max(sizes) * 200 * 8 <= 2 * 128 * 1024 * 1024 // 16
    finally:
        writer.close()


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


class _Lost(Exception):
    """What a database driver raises when the connection breaks."""


def test_a_commit_whose_answer_was_lost_is_found_again(lake: LakeUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.commit("SELECT 1 AS id")
    really_commit = Session.commit

    def commit_and_lose_the_answer(session: Session) -> None:
        really_commit(session)
        raise _Lost

    monkeypatch.setattr(Session, "commit", commit_and_lose_the_answer)
    with pytest.raises(LakeFailure) as caught:
        lake.commit("SELECT 2 AS id", idempotency_key="lost")
    assert (caught.value.code, caught.value.retryable) == ("engine_unavailable", True)
    monkeypatch.setattr(Session, "commit", really_commit)
    assert ids(lake.rows()) == [1, 2]
    assert lake.commit("SELECT 2 AS id", idempotency_key="lost")["replayed"] is True
    assert ids(lake.rows()) == [1, 2]


def test_a_full_disk_is_said_and_leaves_the_table_as_it_was(
    lake: LakeUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake.commit("SELECT 1 AS id")
    before = {one.location for one in lake.writer.context.storage.files(f"{lake.table()['location']}/data")}
    files = [lake.stage("full", "SELECT 2 AS id")]
    body = {"idempotency_key": "full", "mode": "append", "files": files, "written_by": "me", "kind": "sync"}

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(LakeFailure) as caught:
            lake.writer.commit(WORKSPACE, TABLE, body)
    assert caught.value.code == "resource_exhausted"
    assert ids(lake.rows()) == [1]
    assert {one.location for one in lake.writer.context.storage.files(f"{lake.table()['location']}/data")} == before
    assert lake.writer.commit(WORKSPACE, TABLE, body)["replayed"] is False
    assert ids(lake.rows()) == [1, 2]


def test_old_metadata_files_do_not_pile_up(lake: LakeUnderTest) -> None:
    for number in range(103):
        lake.commit(state=number, columns=[{"name": "id", "type": "bigint"}])
    metadata = [
        one.location
        for one in lake.writer.context.storage.files(f"{lake.table()['location']}/metadata")
        if one.location.endswith(".json")
    ]
    assert len(metadata) == 101


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("INTEGER", "1", "2"),
        ("BIGINT", "-5", "9000000000"),
        ("VARCHAR", "'a'", "'" + "long" * 30 + "'"),
        ("DECIMAL(20,4)", "1.5", "-99999999.1234"),
        ("DATE", "'2026-01-01'", "'0001-01-01'"),
        ("TIME", "'10:00:00.000001'", "'23:59:59'"),
        ("TIMESTAMP", "'2026-01-01 10:00:00.000001'", "'1969-01-01'"),
        ("TIMESTAMPTZ", "'2026-01-01 10:00:00.000001+02'", "'1969-01-01 00:00:00Z'"),
        ("UUID", "'12345678-1234-5678-1234-567812345678'", "'ffffffff-1234-5678-1234-567812345678'"),
        ("BOOLEAN", "true", "false"),
        ("DOUBLE", "'nan'", "1.5"),
        ("BLOB", "'a'", "'b'"),
    ],
)
def test_a_key_may_be_of_any_plain_type(lake: LakeUnderTest, kind: str, old: str, new: str) -> None:
    lake.commit(f"SELECT {old}::{kind} AS k, 'old' AS v", create={"key": ["k"]})
    lake.commit(f"SELECT {new}::{kind} AS k, 'old' AS v")
    lake.commit(f"SELECT {old}::{kind} AS k, 'new' AS v UNION ALL SELECT NULL, 'null'", mode="merge")
    lake.commit(f"SELECT {new}::{kind} AS k, 'newer' AS v UNION ALL SELECT NULL, 'nil'", mode="merge")
    assert sorted(row[1] for row in lake.rows()) == ["new", "newer", "nil"]


@pytest.mark.parametrize(
    ("kind", "entry", "value"),
    [
        ("TIMESTAMPTZ", "hour(k)", "'2026-01-01 10:30:00.000001Z'"),
        ("TIMESTAMP", "month(k)", "'1969-01-01 10:30:00'"),
        ("DATE", "year(k)", "'2026-05-01'"),
        ("VARCHAR", "truncate(k, 2)", "'日本語'"),
        ("BIGINT", "truncate(k, 10)", "-3"),
        ("DECIMAL(9,2)", "k", "-3.25"),
        ("UUID", "k", "'12345678-1234-5678-1234-567812345678'"),
        ("BOOLEAN", "k", "true"),
        ("TIME", "k", "'10:00:00.000001'"),
    ],
)
def test_a_partition_may_come_of_any_plain_type(lake: LakeUnderTest, kind: str, entry: str, value: str) -> None:
    query = f"SELECT 1 AS id, {value}::{kind} AS k UNION ALL SELECT 2, NULL"
    lake.commit(query, create={"partition_by": [entry]})
    assert len(lake.rows()) == 2
    parts = lake.writer.partitions(WORKSPACE, TABLE)["items"]
    assert sorted(part["rows"] for part in parts) == [1, 1]
    assert lake.table()["partition_spec"] == [entry]
    assert lake.iceberg().scan(row_filter="k is null").to_arrow().num_rows == 1


@pytest.mark.parametrize("entry", ["nope", "day(id)", "truncate(id)", "f", "bucket(4, id)", "l"])
def test_what_cannot_partition_is_refused(lake: LakeUnderTest, entry: str) -> None:
    with pytest.raises(LakeFailure) as caught:
        lake.commit("SELECT 1 AS id, 1.5::FLOAT AS f, [1] AS l", create={"partition_by": [entry]})
    assert caught.value.code == "invalid_input"
    assert lake.writer.tables(WORKSPACE) == []
