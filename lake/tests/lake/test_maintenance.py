"""Upkeep: plans say exactly what happens, rows never change, writers always win."""

from __future__ import annotations

import os
import random
import threading
from pathlib import Path

import pytest
from lake_under_test import TABLE, WORKSPACE, LakeUnderTest

from workbench_lake.failures import LakeFailure
from workbench_lake.upkeep import compaction

RACES = 100 if os.environ.get("BENCHWRIGHT_FULL_TESTS") else 4


def plan(lake: LakeUnderTest, action: str, **options: object) -> dict:
    return lake.writer.maintenance(WORKSPACE, TABLE, {"action": action, "options": options, "dryRun": True})


def execute(lake: LakeUnderTest, planned: dict) -> dict:
    body = {"action": planned["action"], "dryRun": False, "plan_id": planned["plan_id"], "written_by": "ann"}
    return lake.writer.maintenance(WORKSPACE, TABLE, body)


def on_disk(lake: LakeUnderTest) -> set[str]:
    return {one.location for one in lake.writer.context.storage.files(lake.table()["location"])}


def test_compaction_joins_small_files_and_changes_no_row(lake: LakeUnderTest) -> None:
    for number in range(6):
        lake.commit(f"SELECT range + {number * 10} AS id, 'x' AS v FROM range(10)", state=number)
    before = lake.rows()
    planned = plan(lake, "compact")
    assert (planned["files_in"], planned["files_out"], planned["scan_saving_share"]) == (6, 1, 0.8333)
    assert planned["files"] == []
    assert lake.table()["file_count"] == 6
    done = execute(lake, planned)
    assert (done["files_replaced"], done["groups_yielded"]) == (6, 0)
    table = lake.table()
    assert (table["file_count"], table["row_count"], table["sync_state"]) == (1, 60, 5)
    assert lake.rows() == before
    item = lake.writer.snapshots(WORKSPACE, TABLE)["items"][0]
    assert (item["operation"], item["kind"], item["written_by"]) == ("replace", "compaction", "ann")
    assert plan(lake, "compact")["files_in"] == 0
    with pytest.raises(LakeFailure) as caught:
        execute(lake, planned)
    assert caught.value.code == "conflict"


def test_compaction_keeps_partitions_apart_and_heeds_the_target(lake: LakeUnderTest) -> None:
    for number in range(3):
        lake.commit(
            f"SELECT range AS id, 'c' || range % 2 AS c, {number} AS n FROM range(10)", create={"partition_by": ["c"]}
        )
    planned = plan(lake, "compact")
    assert (planned["files_in"], planned["files_out"], planned["partitions"]) == (6, 2, 2)
    before = lake.rows()
    execute(lake, planned)
    assert lake.rows() == before
    assert [part["files"] for part in lake.writer.partitions(WORKSPACE, TABLE)["items"]] == [1, 1]


def test_compaction_brings_old_files_to_the_present_columns(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1::INTEGER AS id, 'a' AS v")
    changes = [{"rename": {"from": "v", "to": "w"}}, {"widen": {"name": "id", "type": "bigint"}}]
    lake.writer.change_schema(WORKSPACE, TABLE, changes)
    lake.commit("SELECT 2::BIGINT AS id, 'b' AS w")
    execute(lake, plan(lake, "compact"))
    assert lake.rows() == [(1, "a"), (2, "b")]
    assert lake.table()["file_count"] == 1


def test_compaction_yields_to_a_writer_that_rewrote_its_files(
    lake: LakeUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake.commit("SELECT range AS id, 'old' AS v FROM range(10)", create={"key": ["id"]})
    lake.commit("SELECT range + 10 AS id, 'old' AS v FROM range(10)")
    rewrite = compaction._rewrite

    def rewrite_while_another_writes(*arguments):
        result = rewrite(*arguments)
        lake.commit("SELECT 5::BIGINT AS id, 'new' AS v", mode="merge")
        return result

    monkeypatch.setattr(compaction, "_rewrite", rewrite_while_another_writes)
    files = on_disk(lake)
    done = execute(lake, plan(lake, "compact"))
    assert (done["snapshot_id"], done["groups_yielded"], done["files_replaced"]) == (None, 1, 0)
    assert (5, "new") in lake.rows()
    assert len(lake.rows()) == 20
    new_data = [path for path in on_disk(lake) - files if path.endswith(".parquet")]
    assert len(new_data) == 1


def test_compaction_keeps_what_was_appended_meanwhile(lake: LakeUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.commit("SELECT 1 AS id")
    lake.commit("SELECT 2 AS id")
    rewrite = compaction._rewrite

    def rewrite_while_another_writes(*arguments):
        result = rewrite(*arguments)
        lake.commit("SELECT 3 AS id", state="newest")
        return result

    monkeypatch.setattr(compaction, "_rewrite", rewrite_while_another_writes)
    done = execute(lake, plan(lake, "compact"))
    assert done["files_replaced"] == 2
    assert lake.rows() == [(1,), (2,), (3,)]
    assert lake.table()["sync_state"] == "newest"


def test_compaction_refuses_files_that_lost_rows(lake: LakeUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.commit("SELECT 1 AS id")
    lake.commit("SELECT 2 AS id")
    seen = iter([(2, 1), (1, 1)])
    monkeypatch.setattr(compaction, "_fingerprint", lambda *_: next(seen))
    before, head = on_disk(lake), lake.table()["snapshot_id"]
    with pytest.raises(LakeFailure, match="do not hold the rows"):
        execute(lake, plan(lake, "compact"))
    assert lake.table()["snapshot_id"] == head
    assert on_disk(lake) == before


def test_no_race_loses_a_commit(lake: LakeUnderTest) -> None:
    """A writer appends, merges and deletes while compactions run; the rows end as if none had run."""
    chance = random.Random(20261121)
    lake.commit("SELECT 0::BIGINT AS id, 0 AS v", create={"key": ["id"]})
    model = {0: 0}
    for race in range(RACES):
        for _ in range(2):
            key = 1000 + race * 10 + len(model)
            lake.commit(f"SELECT {key}::BIGINT AS id, {race} AS v")
            model[key] = race
        planned = plan(lake, "compact")
        failures: list[BaseException] = []

        def compact(planned: dict = planned, failures: list[BaseException] = failures) -> None:
            try:
                execute(lake, planned)
            except BaseException as error:
                failures.append(error)

        runner = threading.Thread(target=compact)
        runner.start()
        act = chance.choice(["append", "merge", "delete"])
        key = chance.choice(sorted(model)) if act != "append" else 10**6 + race
        mode = {"append": "append", "merge": "merge", "delete": "delete_where_key"}[act]
        lake.commit(f"SELECT {key}::BIGINT AS id, {race + 7} AS v", mode=mode, state=race)
        if act == "delete":
            model.pop(key)
        else:
            model[key] = race + 7
        runner.join()
        assert failures == []
        assert lake.table()["row_count"] == len(model)
        assert lake.table()["sync_state"] == race
    assert lake.rows() == sorted(model.items(), key=repr)


def test_expiry_removes_exactly_the_planned_files(lake: LakeUnderTest) -> None:
    for number in range(5):
        lake.commit(f"SELECT {number} AS id", mode="overwrite", state=number)
    before = on_disk(lake)
    planned = plan(lake, "expire", keep=2)
    assert len(planned["snapshots"]) == 3
    assert set(planned["files"]) <= before
    assert on_disk(lake) == before
    done = execute(lake, planned)
    assert done["files_deleted"] == len(planned["files"])
    left = on_disk(lake)
    assert before - left == set(planned["files"])
    assert lake.rows() == [(4,)]
    assert lake.rows(snapshot_id=lake.writer.snapshots(WORKSPACE, TABLE)["items"][1]["snapshot_id"]) == [(3,)]
    assert lake.table()["sync_state"] == 4
    assert plan(lake, "expire", keep=2)["snapshots"] == []


def test_expiry_keeps_what_branches_and_tags_need(lake: LakeUnderTest) -> None:
    made = [lake.commit(f"SELECT {number} AS id", mode="overwrite")["snapshot_id"] for number in range(4)]
    lake.writer.create_tag(WORKSPACE, TABLE, "v1", made[1])
    lake.writer.create_branch(WORKSPACE, TABLE, "audit")
    first = lake.commit("SELECT 8 AS id", mode="overwrite", branch="audit")["snapshot_id"]
    lake.commit("SELECT 9 AS id", mode="overwrite", branch="audit")
    planned = plan(lake, "expire", keep=1)
    assert set(planned["snapshots"]) == {made[0], made[2]}
    execute(lake, planned)
    assert lake.rows(snapshot_id=made[1]) == [(1,)]
    assert lake.rows(snapshot_id=first) == [(8,)]
    lake.writer.fast_forward(WORKSPACE, TABLE, "audit", {"written_by": "ann"})
    assert lake.rows() == [(9,)]


def test_a_snapshot_that_got_a_name_meanwhile_does_not_expire(lake: LakeUnderTest) -> None:
    made = [lake.commit(f"SELECT {number} AS id", mode="overwrite")["snapshot_id"] for number in range(3)]
    planned = plan(lake, "expire", keep=1)
    lake.writer.create_tag(WORKSPACE, TABLE, "keep", made[0])
    execute(lake, planned)
    assert lake.rows(snapshot_id=made[0]) == [(0,)]
    assert {one["snapshot_id"] for one in lake.writer.snapshots(WORKSPACE, TABLE)["items"]} == {made[0], made[2]}


def test_only_what_is_old_enough_expires(lake: LakeUnderTest) -> None:
    for number in range(3):
        lake.commit(f"SELECT {number} AS id", mode="overwrite")
    assert plan(lake, "expire", keep=1, older_than="2020-01-01T00:00:00Z")["snapshots"] == []
    assert len(plan(lake, "expire", keep=1, older_than="2100-01-01T00:00:00Z")["snapshots"]) == 2
    with pytest.raises(LakeFailure):
        plan(lake, "expire", older_than="yesterday")


def test_a_commit_is_not_made_twice_after_its_snapshot_expired(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id", idempotency_key="one")
    lake.commit("SELECT 2 AS id")
    execute(lake, plan(lake, "expire", keep=1))
    assert lake.commit("SELECT 1 AS id", idempotency_key="one")["replayed"] is True
    assert lake.rows() == [(1,), (2,)]


def test_orphans_are_found_by_exact_name_after_the_grace(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id")
    location = lake.table()["location"].removeprefix("file://")
    stray = [Path(f"{location}/data/stray.parquet"), Path(f"{location}/metadata/stray.metadata.json")]
    for path in stray:
        path.write_bytes(b"x")
    staged = lake.stage("never-committed", "SELECT 1 AS id")["path"]
    assert plan(lake, "remove_orphans")["files"] == []
    planned = plan(lake, "remove_orphans", grace_hours=0)
    assert set(planned["files"]) == {f"file://{path}" for path in [*stray, staged]}
    assert execute(lake, planned)["files_deleted"] == 3
    assert not any(path.exists() for path in stray)
    assert lake.rows() == [(1,)]


def test_a_planned_orphan_that_is_needed_by_now_stays(lake: LakeUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.commit("SELECT 1 AS id")
    path = f"{lake.table()['location']}/data/late.parquet"
    Path(path.removeprefix("file://")).write_bytes(b"x")
    planned = plan(lake, "remove_orphans", grace_hours=0)
    lake.writer.context.in_flight.add(path)
    assert execute(lake, planned)["files_deleted"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {"action": "polish"},
        {"action": "compact", "options": {"depth": 3}},
        {"action": "expire", "options": {"keep": 0}},
    ],
)
def test_unknown_upkeep_is_refused(lake: LakeUnderTest, body: dict) -> None:
    lake.commit("SELECT 1 AS id")
    with pytest.raises(LakeFailure) as caught:
        lake.writer.maintenance(WORKSPACE, TABLE, body)
    assert caught.value.code == "invalid_input"
